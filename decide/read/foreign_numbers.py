"""Numbers as other programs and habits write them, which are none here: what to write instead."""

import re

from decide.language import Said, said

_WORDS = {"yes": "1", "true": "1", "on": "1", "no": "0", "false": "0", "off": "0"}
_NOTHING = frozenset({"~", "null", "none", "n/a", "na", "nan", ".nan", "tbd", "tbc", "?", "-"})
_OTHER_BASE = re.compile(r"[-+]?0(?:x[0-9a-f]+|o[0-7]+|b[01]+)\Z")
_INFINITE = re.compile(r"[-+]?(?:\.inf|inf|infinity)\Z")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}\Z")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?\Z")
_OTHER_BASES = {"x": 16, "o": 8, "b": 2}


def foreign_number(text: str) -> tuple[Said, Said] | None:
    """Return what is wrong with such a number, and the way out; None where it is no such one.

    A formula could make something of some of them: a date would be two subtractions.
    """
    word = text.strip().lower()
    if word in _WORDS:
        return said("{text!r} is a text, where a number is wanted", text=text), said(
            "write {number}", number=_WORDS[word]
        )
    if word in _NOTHING:
        message = said("{text!r} is no number; what is missing is never made up", text=text)
        return message, said("give the number, or take out what needs it")
    if _OTHER_BASE.match(word):
        value = int(word.replace("0o", "0").lstrip("+"), _OTHER_BASES[word.lstrip("+-")[1]])
        return said("{text!r} is not written in decimals", text=text), said(
            "write {number}", number=value
        )
    if _INFINITE.match(word):
        return (
            said("{text!r} is no number that can be reckoned with", text=text),
            said("give a large number in its place"),
        )
    if _DATE.match(word):
        return said("{text!r} is a date, where a number is wanted", text=text), said(
            "write a year as 2023"
        )
    if _TIME.match(word):
        return said("{text!r} is a time of day, where a number is wanted", text=text), said(
            "write a ratio as 12 / 30"
        )
    return None
