"""Texts in pictures: how wide they are, about, and what to do where they are too wide."""

from functools import lru_cache
from unicodedata import combining, east_asian_width


@lru_cache(maxsize=4096)
def width_of(text: str) -> float:
    """Return how many ordinary letters a text is as wide as."""
    if text.isascii():
        return float(len(text))
    return sum(_width(character) for character in text)


def shorten(text: str, longest: float) -> str:
    """Return a text, cut with an ellipsis where it is wider than so many letters."""
    if width_of(text) <= longest:
        return text
    kept, width = "", 1.0
    for character in text:
        width += _width(character)
        if width > longest:
            break
        kept += character
    return kept.rstrip() + "\u2026"


def wrap(text: str, longest: float, most_lines: int) -> tuple[str, ...]:
    """Break a text at its spaces into lines of so many letters; the last takes what is left."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        is_full = width_of(longer) > longest + 0.01 and lines[-1] and len(lines) < most_lines
        if is_full:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(lines)


@lru_cache(maxsize=1024)
def width_wrapped(text: str, most_lines: int) -> float:
    """Return the width of the narrowest block of so many lines that a text can be broken into."""
    widths = sorted({width_of(piece) for piece in _runs(text.split(" "))})
    fitting = (w for w in widths if all(width_of(line) <= w for line in wrap(text, w, most_lines)))
    return next(fitting, width_of(text))


def _runs(words: list[str]) -> set[str]:
    """Return every run of words: one of them is the widest line of the narrowest block."""
    ends = range(1, len(words) + 1)
    return {" ".join(words[start:end]) for end in ends for start in range(end)}


def _width(character: str) -> float:
    if combining(character):
        return 0.0
    return 1.8 if east_asian_width(character) in "WF" else 1.0
