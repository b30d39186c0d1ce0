"""Small counts as words, capitals, quotation marks and stops."""

from collections.abc import Iterable

from decide.language import in_language, said, say

_COUNTS = (
    said("no"),
    said("one"),
    said("two"),
    said("three"),
    said("four"),
    said("five"),
    said("six"),
    said("seven"),
    said("eight"),
    said("nine"),
    said("ten"),
)


def count(number: int, language: str) -> str:
    """Write a small count as a word, as a sentence wants it."""
    return in_language(_COUNTS[number], language) if number < len(_COUNTS) else str(number)


def opened(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]


def quoted(text: str, language: str) -> str:
    """Return a text in quotation marks."""
    return say(language, "\u201c{text}\u201d", text=text)


def stop(language: str) -> str:
    """Return what stands between pieces that have commas of their own."""
    return say(language, "; ")


def in_series(pieces: Iterable[str], language: str) -> str:
    """Join the pieces that say something."""
    return stop(language).join(piece for piece in pieces if piece)
