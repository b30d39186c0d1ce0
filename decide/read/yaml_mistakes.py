"""What a YAML parser cannot read, said in the words of the person who wrote it."""

import re
from collections.abc import Sequence

import yaml

from decide.language import Said, said

Found = tuple[int, int, Said, Said]  # line and column from 0, message, advice
_OPERATORS = frozenset("+-*/^<>=!")
_CLOSING = {"{": "}", "[": "]"}


def syntax_mistake(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Found:
    """Return where a file stops being YAML, why, and the way out.

    The two parsers of PyYAML word the same mistake differently; what is asked here is common to
    both.
    """
    context, problem = error.context or "", error.problem or ""
    line, column = _position(error.problem_mark, lines)
    begun = _position(error.context_mark, lines)
    if "quoted scalar" in context or "double-quoted" in context:
        return _of_quotes(problem, (line, column), begun)
    if "flow" in context:
        return _of_brackets((line, column), begun, lines)
    if "mapping values are not allowed" in problem:
        return _of_colon(line, column, lines[line])
    if "could not find expected ':'" in problem:
        return *begun, *_of_missing_colon(lines[begun[0]][begun[1] :].strip())
    if "cannot start any token" in problem or "anchor" in context or "alias" in context:
        return _of_first_character(*begun if "a" in context[-6:] else (line, column), lines)
    if "block scalar" in context:
        message = said("a text after | or > starts on the next line")
        return (
            line,
            column,
            message,
            said("move it there, or put the whole text in quotation marks"),
        )
    if "sequence entries" in problem:
        message = said("a list cannot start in the middle of a line")
        return line, column, message, said("put each `- …` on a line of its own")
    return _of_block(line, column, context, lines)


def _of_missing_colon(words: str) -> tuple[Said, Said]:
    """Return what is wrong with words that should be a key and its value, and the way out."""
    key, colon, value = words.partition(":") if ":" in words else words.partition(" ")
    if not value.strip():
        return said("a colon is missing after {words}", words=_short(words)), said(
            "write {words}: …", words=_short(words, "")
        )
    way_out = said("write {line}", line=_short(f"{key}: {value.strip()}", ""))
    if colon == ":":
        return said("a space is missing after the colon of {words}", words=_short(words)), way_out
    return said("a colon is missing after {key}", key=_short(key)), way_out


def _position(mark: yaml.Mark | None, lines: Sequence[str]) -> tuple[int, int]:
    """Return a mark's line and column, moved back to the last character where it is past it."""
    if mark is None:
        return 0, 0
    line, column = mark.line, mark.column
    while line > 0 and (line >= len(lines) or not lines[line].strip()):
        line -= 1
        column = len(lines[min(line, len(lines) - 1)])
    return line, column


def _of_quotes(problem: str, at: tuple[int, int], begun: tuple[int, int]) -> Found:
    if "escape" in problem:
        message = said(
            'a backslash inside "…" changes the next character, and this is none it knows'
        )
        return *at, message, said("write '…' in place of \"…\", or the backslash twice")
    return (
        *begun,
        said("this quotation mark is never closed"),
        said("close it at the end of the text"),
    )


def _of_brackets(at: tuple[int, int], begun: tuple[int, int], lines: Sequence[str]) -> Found:
    opening = lines[begun[0]][begun[1] : begun[1] + 1]
    rest = lines[at[0]][at[1] :]
    if not rest.strip() or (at[0] > begun[0] and lines[at[0]][:1].strip()):
        closing = _CLOSING.get(opening, "}")
        return (
            *begun,
            said("'{opening}' is never closed", opening=opening),
            said("close it with '{closing}'", closing=closing),
        )
    if rest[:1] in _OPERATORS:
        message = said(
            "the value is over before {rest}: inside {{…}} and […], brackets are YAML's",
            rest=_short(rest),
        )
        return *at, message, said('quote a formula that has brackets or commas: {p: "min(a, b)"}')
    if rest.startswith(":"):
        message = said("a second colon stands in one entry")
        return *at, message, said("put a comma between two entries, and quote a text with a colon")
    message = said("a comma is missing before {rest}", rest=_short(rest))
    return (
        *at,
        message,
        said("put commas between entries, and quote a text that goes on after its quote"),
    )


def _of_colon(line: int, column: int, text: str) -> Found:
    before = re.match(r"(\s*(?:- )?[^\s:]+:)\s+(.+)", text[:column])
    if before:
        value = text[before.start(2) :].strip().replace('"', "'")
        advice = said('quote it: {before} "{value}"', before=before[1].strip(), value=value)
        return line, column, said("the text has a colon of its own"), advice
    message = said("this line is indented as if it went on the value above")
    return line, column, message, said("indent it as the keys beside it, or delete the value above")


def _of_first_character(line: int, column: int, lines: Sequence[str]) -> Found:
    character = lines[line][column : column + 1]
    advice = said("put the text in quotation marks")
    if character == "%":
        advice = said("write the sign after the number: 30 %")
    return (
        line,
        column,
        said("a value cannot start with '{character}'", character=character),
        advice,
    )


def _of_block(line: int, column: int, context: str, lines: Sequence[str]) -> Found:
    text = lines[line]
    character = text[column : column + 1]
    if character in {"}", "]"}:
        message = said("'{character}' closes nothing here", character=character)
        return line, column, message, said("delete it, or quote the text that it belongs to")
    if character == ",":
        return (
            line,
            column,
            said("a comma stands where a value should be"),
            said("delete it, or quote the text"),
        )
    if not text[:column].strip():
        if "collection" in context:
            message = said("this line stands in a list and does not start with `-`")
            return line, column, message, said("start it with `- `, or indent it less")
        message = said("this line is indented neither as the keys above nor as a part of them")
        return (
            line,
            column,
            message,
            said("indent the keys of one mapping by the same number of spaces"),
        )
    if text[:column].rstrip()[-1:] in {"'", '"'}:
        message = said("the text goes on after its closing quotation mark")
        advice = said(
            "quote the whole text; an apostrophe inside '…' is written twice, or use \"…\""
        )
        return line, column, message, advice
    return (
        line,
        column,
        said("this line is not YAML"),
        said("check its indentation, colons, brackets and quotes"),
    )


def _short(text: str, quote: str = "'") -> str:
    cut = text.strip()
    cut = cut if len(cut) <= 30 else f"{cut[:27]}…"
    return f"{quote}{cut}{quote}"
