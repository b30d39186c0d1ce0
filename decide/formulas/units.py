"""Units: their text, their algebra, and the unit that a formula comes out in."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from decide.formulas.error import UnitError, shown
from decide.formulas.expression import Call, Constant, Expression, Name
from decide.formulas.terms import fold
from decide.language import Said, said

__all__ = ["PLAIN", "YEAR", "Unit", "UnitError", "parse_unit", "unit_of"]

_SCALES = {"k": 1e3, "m": 1e6, "bn": 1e9}
_SINGULAR = {f"{word}s": word for word in ("year", "quarter", "month", "week", "day", "hour")}
_TIMES = frozenset(_SINGULAR.values())
_MOST_CHARACTERS = 100
_FACTOR = re.compile(
    r"[ ]*(?:(?P<word>[^\W\d_]\w*|[$\u20ac\u00a3\u00a5])|(?P<percent>%)|(?P<one>1)(?![\w.]))"
    r"(?:\^(?P<power>-?[0-9]{1,2}(?:\.[0-9]+)?)(?![\w.]))?"
    r"(?:[ ]+(?P<scale>bn|m|k)(?!\w))?[ ]*"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A product of powers of words; without any it is a plain number, of which % is a hundredth."""

    powers: tuple[tuple[str, float], ...] = ()  # sorted by word; no power is 0

    def __str__(self) -> str:
        above = [_written(word, power) for word, power in self.powers if power > 0]
        below = [_written(word, -power) for word, power in self.powers if power < 0]
        return "/".join(["*".join(above) or "1", *below])


PLAIN = Unit()
YEAR = Unit((("year", 1.0),))


def parse_unit(text: str) -> tuple[Unit, float]:
    """Read a unit and the factor that its numbers are multiplied by.

    `USD bn/year` is USD/year times 1e9, `%` a plain number times 0.01. Raises UnitError.
    """
    if len(text) > _MOST_CHARACTERS:
        raise UnitError(
            said("the unit is too long"),
            said("{most} characters are the most", most=_MOST_CHARACTERS),
        )
    unit, factor, at, sign = PLAIN, 1.0, 0, 1
    while True:
        found = _FACTOR.match(text, at)
        if found is None:
            raise _unreadable(text, at)
        part, scale = _factor(found, sign)
        unit, factor = _product(unit, part, sign), factor * scale**sign
        at = found.end()
        if at == len(text):
            return unit, factor
        if text[at] not in "*/":
            raise _unreadable(text, at)
        sign = 1 if text[at] == "*" else -1
        at += 1


def unit_of(expression: Expression, unit_of_name: Callable[[str], Unit | None]) -> Unit | None:
    """Return the unit that a formula comes out in, None where that is not known.

    A name without a unit goes with everything, and so does a number written in the formula where
    it is added or compared; where it multiplies it is a plain number. Raises UnitError where two
    units do not fit.
    """
    found = _infer(expression, unit_of_name)
    return None if found is _Bare.NUMBER else found


class _Bare(Enum):
    """What is made of numbers written in the formula alone."""

    NUMBER = 0


_Found = Unit | _Bare | None


def _infer(expression: Expression, unit_of_name: Callable[[str], Unit | None]) -> _Found:
    match expression:
        case Constant():
            return _Bare.NUMBER
        case Name(id=name):
            return unit_of_name(name)
        case Call(arguments=arguments):
            return _of_call(expression, [_infer(a, unit_of_name) for a in arguments])


def _of_call(call: Call, units: Sequence[_Found]) -> _Found:
    match call.function:
        case "multiply" | "divide":
            if all(unit is _Bare.NUMBER for unit in units):
                return _Bare.NUMBER
            return _combined(units[0], units[1], 1 if call.function == "multiply" else -1)
        case "power":
            return _of_power(call, units[0], units[1])
        case "exp" | "log":
            what = said("{function} is taken of", function=call.function)
            _require_plain(units[0], call, what)
            return units[0]
        case "sqrt":
            return _raised(units[0], 0.5)
        case "change":
            return _combined(units[0], YEAR, -1)
        case "cumulative":
            return _combined(units[0], YEAR, 1)
        case "lag" | "abs" | "negate":
            return units[0]
        case "if":
            return _shared(call, units[1:])
        case "add" | "subtract" | "min" | "max":
            return _shared(call, units)
        case _:
            _shared(call, units)
            return PLAIN  # a comparison is 0 or 1


def _shared(call: Call, units: Sequence[_Found]) -> _Found:
    """Return the one unit that all arguments have, as far as it is known."""
    known = [(i, unit) for i, unit in enumerate(units) if isinstance(unit, Unit)]
    if not known:
        return None if None in units else _Bare.NUMBER
    first, unit = known[0]
    for i, other in known[1:]:
        if other != unit:
            raise _misfit(call, (unit, other), _sides(call, first, i))
    return unit


def _of_power(call: Call, base: _Found, exponent: _Found) -> _Found:
    _require_plain(exponent, call, said("the exponent is"))
    if base is None or base == PLAIN:
        return base
    if base is _Bare.NUMBER:
        return base if exponent is _Bare.NUMBER else PLAIN
    constant = fold(call.arguments[1])
    if constant is None:
        raise UnitError(
            said("{base} is raised to a power that is not a constant", base=base),
            said("divide by a number in {base} first", base=base),
            call.at,
        )
    return _raised(base, constant)


def _require_plain(unit: _Found, call: Call, what: Said) -> None:
    if isinstance(unit, Unit) and unit != PLAIN:
        raise UnitError(
            said(
                "{what} {unit}, where it should be a plain number",
                what=what,
                unit=_a_number_in(unit),
            ),
            said("divide it by a number in {unit} first", unit=unit),
            call.at,
        )


def _misfit(call: Call, units: tuple[Unit, Unit], sides: tuple[Said, Said]) -> UnitError:
    one, other = units
    message = _joined(call.function, _a_number_in(one), _a_number_in(other))
    ratio = _product(one, other, -1)
    for (rate, total), (per, of) in ((units, sides), (units[::-1], sides[::-1])):
        time = _time_between(rate, total)
        if time:
            return UnitError(
                said("{message}: an amount per {time} against a total", message=message, time=time),
                said(
                    "multiply {per} by a number in {time}, or divide {of} by one",
                    per=per,
                    time=time,
                    of=of,
                ),
                call.at,
            )
    wanted = (sides[0], other) if one == PLAIN else (sides[1], ratio)
    return UnitError(
        message,
        said(
            "correct a unit, or multiply {what} by a number in {unit}",
            what=wanted[0],
            unit=wanted[1],
        ),
        call.at,
    )


def _time_between(rate: Unit, total: Unit) -> str:
    """Return the word of time that a rate is per, "" where it is no rate of such totals."""
    words = [word for word, power in rate.powers if word in _TIMES and power < 0]
    return next((w for w in words if _product(rate, Unit(((w, 1.0),)), 1) == total), "")


def _joined(function: str, one: Said, other: Said) -> Said:
    match function:
        case "add":
            return said("{one} is added to {other}", one=one, other=other)
        case "subtract":
            return said("{other} is subtracted from {one}", one=one, other=other)
        case "if":
            return said("{one} is an alternative to {other}", one=one, other=other)
        case _:
            return said("{one} is compared with {other}", one=one, other=other)


def _a_number_in(unit: Unit) -> Said:
    return said("a plain number") if unit == PLAIN else said("a number in {unit}", unit=unit)


def _sides(call: Call, first: int, second: int) -> tuple[Said, Said]:
    if call.function == "if":
        return said("its second argument"), said("its third argument")
    if call.function in {"min", "max"}:
        return _argument(first), _argument(second)
    return said("the left side"), said("the right side")


def _argument(place: int) -> Said:
    return said("argument {number}", number=place + 1)


def _combined(left: _Found, right: _Found, sign: int) -> Unit | None:
    if left is None or right is None:
        return None
    return _product(_plain_if_bare(left), _plain_if_bare(right), sign)


def _plain_if_bare(unit: Unit | _Bare) -> Unit:
    return unit if isinstance(unit, Unit) else PLAIN


def _product(left: Unit, right: Unit, sign: int) -> Unit:
    powers = dict(left.powers)
    for word, power in right.powers:
        powers[word] = powers.get(word, 0.0) + sign * power
    return _unit(powers)


def _raised(unit: _Found, exponent: float) -> _Found:
    if not isinstance(unit, Unit):
        return unit
    return _unit({word: power * exponent for word, power in unit.powers})


def _unit(powers: dict[str, float]) -> Unit:
    snapped = ((word, _snapped(power)) for word, power in powers.items())
    return Unit(tuple(sorted((word, power) for word, power in snapped if power)))


def _snapped(power: float) -> float:
    """Return the whole number that thirds and tenths should have added up to."""
    whole = round(power, 0)
    return whole if abs(power - whole) < 1e-9 else power


def _written(word: str, power: float) -> str:
    return word if power == 1 else f"{word}^{power:g}"


def _factor(found: re.Match[str], sign: int) -> tuple[Unit, float]:
    """Return one factor of a unit's text."""
    word, scale = found["word"], found["scale"]
    if word in _SCALES:
        raise UnitError(
            said("the scale {word} stands without a unit", word=shown(word)),
            said(
                "write it after one, USD {word}, or after the number; a metre is written metre",
                word=word,
            ),
            found.start("word"),
        )
    if scale and (not word or sign < 0):
        raise UnitError(
            said("the scale {scale} stands where it could mean two things", scale=shown(scale)),
            said("write it after the first unit: USD bn/year"),
            found.start("scale"),
        )
    if word is None:
        return PLAIN, 0.01 if found["percent"] else 1.0
    if any(c.isdigit() and not c.isascii() for c in word):
        raise UnitError(
            said("the unit {word} has a digit that is not 0 to 9", word=shown(word)),
            said("write a power as metre^2"),
            found.start("word"),
        )
    power = float(found["power"] or 1)
    return _unit({_SINGULAR.get(word, word): power}), _SCALES.get(scale, 1.0)


def _unreadable(text: str, at: int) -> UnitError:
    rest = text[at:].strip()
    advice = said("write a unit as USD, USD bn, USD/year, 1/year, year^2 or %")
    if rest.startswith("per "):
        advice = said("write / for per")
    elif rest.startswith("("):
        advice = said("write each word under the line with its own /: USD/people/year")
    if not rest:
        return UnitError(said("a unit is missing at the end"), advice, len(text.rstrip()))
    return UnitError(
        said("the unit cannot be read from {rest} on", rest=shown(rest)),
        advice,
        text.index(rest, at),
    )
