"""Small counts as words, and capitals."""

from decide.language import in_language, said

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
