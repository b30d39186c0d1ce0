"""The text of a formula to its tokens; numbers take their suffix with them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isinf

from decide.formulas.error import FormulaError, short, shown
from decide.language import NOTHING, Said, said

SPACES = " \t\r\n\u00a0\u202f"  # the last two do not break: they stand before % in French
EXPONENTS = {"%": -2, "k": 3, "m": 6, "bn": 9}

_TOKEN = re.compile(
    r"(?P<mistake>\*\*|//|=[<>]|<>|===|&&|\|\|)"
    r"|(?P<stops>[0-9_]*\.[0-9_]*\.[0-9_.]*)"
    r"|(?P<number>(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<operator>[<>=!]=|[-+*/^<>(),])"
)
_SUFFIX = re.compile(rf"[{SPACES}]*(%|(?:bn|m|k)(?!\w))")
_MISPLACED = re.compile(r"(?<![0-9])_|_(?![0-9])")

_CONDITIONS = said("join conditions with if: if(a > 0, b > 0, 0) holds where both do")
_CHOICE = said("write a choice as if(condition, a, b)")
_TEXT = said("a formula holds numbers, names and functions only")
_GROUP = said("group with ( and ); the value of an earlier year is lag(x)")
_MISTAKES = {
    "**": said("write ^ for a power"),
    "//": said("write / to divide"),
    "=>": said("write >="),
    "=<": said("write <="),
    "<>": said("write !="),
    "=": said("write == to compare"),
    "===": said("write =="),
    "!": said("write != for two numbers that differ"),
    "%": said(
        "% means hundredths and stands right after a number; there is no remainder, and a "
        "quantity is divided by 100 to read it as a percentage"
    ),
    ".": said("the full stop is a decimal sign only; names are letters, digits and _"),
    "&": _CONDITIONS,
    "&&": _CONDITIONS,
    "|": _CONDITIONS,
    "||": _CONDITIONS,
    "?": _CHOICE,
    ":": _CHOICE,
    ";": said("separate arguments with a comma and decimals with a full stop"),
    "@": said("write the name alone: in a firm's strategy it means the firm's own value"),
    "$": said("give the unit beside the value: {value: …, unit: USD}"),
    "\u20ac": said("give the unit beside the value: {value: …, unit: EUR}"),
    **dict.fromkeys("\u2018\u2019\u201c\u201d\u00ab\u00bb", _TEXT),
    "[": _GROUP,
    "]": _GROUP,
    "{": _GROUP,
    "}": _GROUP,
}
_LOOK_ALIKES = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63", "-"),
    **dict.fromkeys("\u00b7\u00d7\u2217\u22c5\u2715", "*"),
    **dict.fromkeys("\u00f7\u2044\u2215", "/"),
    "\u00b2": "^2",
    "\u00b3": "^3",
    "\u2030": said("the number in %, a tenth of it"),
    "\u2260": "!=",
    "\u2264": "<=",
    "\u2265": ">=",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a formula."""

    kind: str  # "number", "name", "operator" or "end"
    text: str  # as written, a number with its suffix
    at: int
    value: float = 0.0  # of a number, its suffix applied
    suffix: str = ""

    @property
    def end(self) -> int:
        """Offset of the first character after it."""
        return self.at + len(self.text)


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a formula, the last of them of kind `end`.

    Raises FormulaError at the first character that has no meaning, once it is reached.
    """
    at = end = 0
    while True:
        while at < len(text) and text[at] in SPACES:
            at += 1
        if at == len(text):
            yield Token("end", "", end)
            return
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup == "mistake":
            raise _meaningless(text, at, found[0] if found else text[at])
        token = _token(text, at, found)
        yield token
        at = end = token.end


def _token(text: str, at: int, found: re.Match[str]) -> Token:
    if found.lastgroup == "stops":
        raise _two_stops(at, found[0])
    if found.lastgroup == "number":
        return _number(text, at, found[0])
    if found.lastgroup == "name":
        return _name(at, found[0])
    return Token("operator", found[0], at)


def _number(text: str, at: int, digits: str) -> Token:
    if _MISPLACED.search(digits):
        raise FormulaError(
            said(
                "in {digits} an underscore does not stand between two digits", digits=shown(digits)
            ),
            said("leave it out, or write it as in 1_000"),
            at,
            len(digits),
        )
    suffix = _SUFFIX.match(text, at + len(digits))
    sign = suffix[1] if suffix else ""
    written = text[at : suffix.end()] if suffix else digits
    value = _value(digits, sign)
    if isinf(value):
        raise FormulaError(
            said("{written} is too large for a number", written=shown(written)),
            said("numbers go up to 1.8e308"),
            at,
            len(written),
        )
    return Token("number", written, at, value, sign)


def _value(digits: str, suffix: str) -> float:
    if not suffix:
        return float(digits)
    if "e" in digits.lower():
        return float(digits) * float(f"1e{EXPONENTS[suffix]}")
    return float(f"{digits}e{EXPONENTS[suffix]}")  # rounded once: 48.1 bn is 48.1e9 to the bit


def _name(at: int, name: str) -> Token:
    if name.startswith("_"):
        raise FormulaError(
            said("the name {name} begins with an underscore", name=shown(name)),
            said("names begin with a letter"),
            at,
            len(name),
        )
    for offset, c in enumerate(name):
        if not c.isascii():
            advice = _look_alike(c) or said("write names with the letters a to z, digits and _")
            raise FormulaError(
                said(
                    "{name} holds the character {character} (U+{code:04X})",
                    name=shown(name),
                    character=shown(c),
                    code=ord(c),
                ),
                advice,
                at + offset,
                1,
            )
    return Token("name", name, at)


def _two_stops(at: int, run: str) -> FormulaError:
    whole, *groups = run.split(".")
    is_grouped = bool(whole) and all(len(g) == 3 and g.isdigit() for g in groups)
    return FormulaError(
        said("{run} has more than one full stop", run=shown(run)),
        said("write {right}", right=short(run.replace(".", "_")))
        if is_grouped
        else said("the full stop is the decimal sign"),
        at,
        len(run),
    )


def _meaningless(text: str, at: int, found: str) -> FormulaError:
    if found == "=" and not text[:at].strip(SPACES):
        return FormulaError(said("a formula begins with '='"), said("leave the = out"), at, 1)
    if found in {"'", '"', "`"}:
        close = text.find(found, at + 1)
        return FormulaError(
            said("a text stands in the formula"), _TEXT, at, (close + 1 or len(text)) - at
        )
    if found in _MISTAKES:
        return FormulaError(
            said("{found} has no meaning here", found=shown(found)),
            _MISTAKES[found],
            at,
            len(found),
        )
    width = 1
    while found.isdecimal() and text[at + width : at + width + 1].isdecimal():
        width += 1
    run = text[at : at + width]
    return FormulaError(
        said(
            "the character {character} (U+{code:04X}) has no meaning in a formula",
            character=shown(run),
            code=ord(found),
        ),
        _look_alike(run) or said("leave it out"),
        at,
        width,
    )


def _look_alike(run: str) -> Said:
    """Return what to write in place of characters that only look like the right ones."""
    if run in _LOOK_ALIKES:
        return said("write {right}", right=_LOOK_ALIKES[run])
    if run.isdecimal():
        return said("write {right}", right=short("".join(str(int(c)) for c in run)))
    if "\uff01" <= run <= "\uff5e":  # the wide forms of ASCII, in its order
        return said("write {right}", right=chr(ord(run) - 0xFEE0))
    return said("write a plain space") if run.isspace() else NOTHING
