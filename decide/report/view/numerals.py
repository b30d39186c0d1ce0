"""How numbers are written: digits, signs, scales, money and dates in a language."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date

from decide.language import said

MINUS = "\u2212"
THIN = "\u202f"  # narrow no-break space
WIDE = "\u00a0"  # no-break space
UNKNOWN = "\u2013"

_SUFFIXES = ((1e12, said("tn")), (1e9, said("bn")), (1e6, said("m")), (1e3, said("k")))


@dataclass(frozen=True, slots=True)
class MoneyScale:
    """One unit and one number of decimals for figures that are compared with each other."""

    numerals: "Numerals"
    factor: float
    suffix: str
    decimals: int

    def write(self, amount: float) -> str:
        """Write an amount with its currency and suffix: "minus $0.6 bn"."""
        return self.numerals.with_currency(amount / self.factor, self.decimals, self.suffix)

    def write_bare(self, amount: float) -> str:
        """Write an amount without its unit, for a table whose caption names the unit."""
        return self.numerals.decimal(amount / self.factor, self.decimals)

    @property
    def unit(self) -> str:
        """The unit that a caption names: `$ bn`, `Md $`."""
        parts = (self.numerals.symbol, self.suffix)
        ordered = parts if self.numerals.symbol_first else parts[::-1]
        return WIDE.join(part for part in ordered if part)


@dataclass(frozen=True, slots=True)
class Numerals:
    """The number conventions of one language, and the decision's currency."""

    language: str
    currency: str
    point: str
    group: str
    symbol: str  # of the currency; "" where there is none
    symbol_first: bool

    def decimal(self, number: float, decimals: int) -> str:
        """Write a number with a fixed number of decimals; nan as a dash."""
        if math.isnan(number):
            return UNKNOWN
        if math.isinf(number):
            return f"{MINUS if number < 0 else ''}\u221e"
        text = f"{abs(number):,.{decimals}f}"
        if self.point != "." or self.group != ",":
            text = text.replace(",", "\0").replace(".", self.point).replace("\0", self.group)
        is_zero = not any(digit in text for digit in "123456789")
        return text if number >= 0 or is_zero else MINUS + text

    def number(self, number: float, digits: int = 3) -> str:
        """Write a number with so many significant digits, without trailing zeros."""
        if not math.isfinite(number) or number == 0:
            return self.decimal(number, 0)
        decimals = max(0, digits - 1 - _exponent(number, digits))
        text = self.decimal(number, decimals)
        return text.rstrip("0").rstrip(self.point) if decimals else text

    def percent(self, share: float, decimals: int | None = None) -> str:
        """Write a share in percent; finer near 0 and 1, so that neither is claimed falsely."""
        if math.isnan(share):
            return UNKNOWN
        if decimals is None:
            edge = min(abs(share), abs(1 - share))
            decimals = 1 if 0 < edge < 0.0095 else 0
            if 0 < edge < 0.0005:
                return self._percent_beyond(share)
        return f"{self.decimal(100 * share, decimals)}{THIN}%"

    def percent_value(self, share: float, digits: int = 3) -> str:
        """Write a quantity that is a share; of one below 1, a digit less is usual."""
        usual = 2 if digits == 3 and abs(share) < 1 else digits
        return f"{self.number(100 * share, usual)}{THIN}%"

    def money(self, amount: float) -> str:
        """Write one amount on its own, to two significant digits."""
        return self.money_scale((amount,)).write(rounded(amount, 2))

    def money_as_known(self, amount: float, digits: int = 3) -> str:
        """Write an amount that a file gives: to so many significant digits, no trailing zeros."""
        scale = self.money_scale((amount,))
        known = rounded(amount / scale.factor, digits)
        decimals = next((d for d in range(digits) if known == round(known, d)), digits - 1)
        return self.with_currency(known, decimals, scale.suffix)

    def money_scale(self, amounts: Iterable[float], error: float = math.inf) -> MoneyScale:
        """Choose the unit and decimals for amounts that stand together.

        The largest gets two significant digits, and a third where the standard error is smaller
        than that digit's place.
        """
        largest = max((abs(a) for a in amounts if math.isfinite(a)), default=0.0)
        factor, suffix = next(
            ((f, s) for f, s in _suffixes(self.language) if largest >= 0.9995 * f), (1.0, "")
        )
        exponent = _exponent(largest / factor, 2) if largest else 0
        digits = 3 if error <= factor * 10.0 ** (exponent - 2) else 2
        return MoneyScale(self, factor, suffix, max(0, digits - 1 - exponent))

    def with_currency(self, number: float, decimals: int, suffix: str = "") -> str:
        """Write a number with the currency where its language puts it."""
        text = self.decimal(number, decimals)
        tail = f"{WIDE}{suffix}" if suffix else ""
        if math.isnan(number) or not self.symbol:
            return text if math.isnan(number) else text + tail
        if not self.symbol_first:
            return f"{text}{tail}{WIDE}{self.symbol}"
        sign, digits = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
        return f"{sign}{self.symbol}{digits}{tail}"

    def date(self, day: date | None) -> str:
        """Write a day in full; a dash where there is none."""
        return UNKNOWN if day is None else format_date(day, "long", locale=self.language)

    def _percent_beyond(self, share: float) -> str:
        near_zero = abs(share) < 0.5
        sign, limit = ("<", 0.001) if near_zero else (">", 0.999)
        return f"{sign}{THIN}{self.decimal(100 * limit, 1)}{THIN}%"


@lru_cache
def numerals(language: str, currency: str) -> Numerals:
    """Return the conventions of a language, from the CLDR."""
    locale = Locale.parse(language)
    symbols = locale.number_symbols
    latin = symbols.get("latn", symbols)  # older releases of the CLDR have one set only
    pattern = locale.currency_formats["standard"].pattern
    return Numerals(
        language=language,
        currency=currency,
        point=latin["decimal"],
        group=latin["group"],
        symbol=locale.currency_symbols.get(currency, currency),
        symbol_first=pattern.startswith("\u00a4"),
    )


def rounded(number: float, digits: int) -> float:
    """Round to so many significant digits."""
    if not math.isfinite(number) or number == 0:
        return number
    return round(number, digits - 1 - _exponent(number, digits))


def _suffixes(language: str) -> tuple[tuple[float, str], ...]:
    return (*((factor, text.in_language(language)) for factor, text in _SUFFIXES), (1.0, ""))


def _exponent(number: float, digits: int) -> int:
    """Return the power of ten of the first digit after rounding to so many digits."""
    return int(f"{number:.{digits - 1}e}".split("e")[1])
