"""What to say where a formula's tokens do not fit together."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from decide.formulas.error import FormulaError, short, shown
from decide.formulas.scan import Token
from decide.language import NOTHING, Said, said

_QUOTE = said(
    'within {…} or […] of a file, a formula with brackets or commas is quoted: "min(a, b)"'
)
_OTHER_FUNCTIONS = {
    "ln": said("write log, which is natural"),
    "log10": said("write log(x) / log(10)"),
    "pow": said("write a ^ b"),
    "sum": said("write a + b"),
    "diff": said("write change(x)"),
    "cumsum": said("write cumulative(x)"),
    "previous": said("write lag(x)"),
    "si": said("write if(condition, a, b)"),
}
_OTHER_SUFFIXES = {
    **dict.fromkeys(("m", "million", "millions", "mn", "mm", "mio"), "m"),
    **dict.fromkeys(("bn", "billion", "billions", "b", "bln", "md", "mrd"), "bn"),
    **dict.fromkeys(("k", "thousand", "thousands", "t"), "k"),
    **dict.fromkeys(("percent", "pct", "pc"), "%"),
}
_JOINING = {
    "and": said("write if(a > 0, b > 0, 0), which holds where both do"),
    "or": said("write if(a > 0, 1, b > 0), which holds where either does"),
    "if": said("write if(condition, a, b)"),
}
_USAGE = {
    "if": said("write if(condition, a, b)"),
    "min": said("write min(a, b, …)"),
    "max": said("write max(a, b, …)"),
    "lag": said("write lag(x) or lag(x, 2)"),
}
# Compiled where a mistake is found, so that the rest starts faster.
_SPACED = r"[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3}(?![0-9_]))+"
_DECIMAL_COMMA = r"(?<![0-9._])[0-9._]+,[0-9]+(?:,[0-9]+)*"


def missing_operand(before: Token | None, token: Token) -> FormulaError:
    """Say that an operator, a bracket or the end stands where a number should."""
    before_text = before.text if before else ""
    advice = said("begin with a number or a name")
    if token.kind == "end" and before_text in {"(", ","}:
        advice = _QUOTE
    elif token.text == ")" and before_text == "(":
        advice = said("put something between the brackets, or leave them out")
    elif token.text == "+":
        advice = said("leave the + out: a number without a sign is positive")
    elif token.text == "," and before_text in {"(", ","}:
        advice = said("an argument is missing before the comma")
    elif before and before.kind == "operator":
        advice = said(
            "put a number or a name after {text}, or leave it out", text=shown(before.text)
        )
    return FormulaError(
        said("{token} where a number, a name or '(' should be", token=_found(token)),
        advice,
        token.at,
        max(len(token.text), 1),
    )


def unexpected(text: str, before: Token | None, token: Token, expected: Said) -> FormulaError:
    """Say that something follows an operand that cannot; `before` is the operand's last token."""
    if token.text == ",":
        return _comma(text, before, token)
    if before and before.kind == "number" and (spaced := re.match(_SPACED, text[before.at :])):
        return FormulaError(
            said("{spaced} is written with spaces", spaced=shown(spaced[0])),
            said("write {spaced}", spaced=short("_".join(spaced[0].split()))),
            before.at,
            len(spaced[0]),
        )
    advice = NOTHING
    if token.text == ")":
        advice = said("leave it out, or add its '('; {quote}", quote=_QUOTE)
    elif token.text in _JOINING:
        advice = _JOINING[token.text]
    elif before and before.kind == "number":
        advice = _after_number(before, token)
    elif token.kind in {"number", "name"} or token.text == "(":
        advice = said("put an operator between them; a name has no spaces")
        if token.text == "(" or (before and before.text == ")"):
            advice = said("write * to multiply")
    return FormulaError(
        said("{token} where {expected} should be", token=_found(token), expected=expected),
        advice,
        token.at,
        len(token.text),
    )


def never_closed(bracket: Token) -> FormulaError:
    """Say that the text ends within a bracket."""
    return FormulaError(
        said("'(' is never closed"), said("add ')'; {quote}", quote=_QUOTE), bracket.at
    )


def chained(token: Token) -> FormulaError:
    """Say that a comparison follows a comparison."""
    return FormulaError(
        said("comparisons do not chain: {text} follows another", text=shown(token.text)),
        said("write if(a < b, b < c, 0)"),
        token.at,
        len(token.text),
    )


def unknown_function(name: Token, functions: Iterable[str]) -> FormulaError:
    """Say that there is no such function, and which comes nearest."""
    known = tuple(functions)
    small = name.text.lower()
    near = get_close_matches(small, known, n=1)
    advice = said(
        "the functions are {known}; to multiply by a bracket, write *", known=", ".join(known)
    )
    if small in _OTHER_FUNCTIONS:
        advice = _OTHER_FUNCTIONS[small]
    elif near:
        advice = said("did you mean {near}?", near=near[0])
    return FormulaError(
        said("there is no function {text}", text=shown(name.text)), advice, name.at, len(name.text)
    )


def wrong_number_of_arguments(name: Token, wanted: Said, found: int, inside: str) -> FormulaError:
    """Say how many arguments a function takes; `inside` is the text of those it has."""
    comma = re.search(_DECIMAL_COMMA, inside)
    advice = _USAGE.get(name.text) or said("write {function}(x)", function=name.text)
    if comma:
        advice = said(
            "the decimal sign is a full stop: {comma} is more than one number",
            comma=short(comma[0]),
        )
    return FormulaError(
        said(
            "{function} takes {wanted}, not {found}", function=name.text, wanted=wanted, found=found
        ),
        advice,
        name.at,
        len(name.text),
    )


def _found(token: Token) -> Said:
    if token.kind == "end":
        return said("the formula ends")
    return said("{token} stands", token=shown(token.text))


def _after_number(number: Token, token: Token) -> Said:
    suffix = _OTHER_SUFFIXES.get(token.text.lower())
    if suffix and number.suffix:
        return said("a number has one suffix at most")
    if suffix:
        return said("write the suffix as {suffix}", suffix=suffix)
    if number.suffix == "%":
        return said(
            "% after a number means hundredths, there is no remainder; put an operator after it"
        )
    if token.kind == "number":
        return said("put an operator between them")
    if token.text == "(":
        return said("write * to multiply")
    return said("write * to multiply; suffixes are %, k, m and bn; a unit stands under unit:")


def _comma(text: str, before: Token | None, token: Token) -> FormulaError:
    start = before.at if before and before.kind == "number" and before.end == token.at else token.at
    written = re.match(_DECIMAL_COMMA, text[start:])
    if written is None:
        return FormulaError(
            said("a comma stands outside a function's brackets"),
            said("commas separate the arguments of a function; {quote}", quote=_QUOTE),
            token.at,
        )
    number = written[0]
    return FormulaError(
        said("{number} is written with a comma", number=shown(number)),
        _without_comma(number),
        start,
        len(number),
    )


def _without_comma(number: str) -> Said:
    whole, *groups = number.replace(".", "").split(",")
    if len(groups) > 1:
        return said("write {number}", number=short("_".join((whole, *groups))))
    decimal = said("write {whole}.{groups}", whole=short(whole), groups=short(groups[0]))
    if len(groups[0]) == 3 and whole.strip("0"):
        return said(
            "{decimal}, or {whole}_{groups} for thousands",
            decimal=decimal,
            whole=whole,
            groups=groups[0],
        )
    return decimal
