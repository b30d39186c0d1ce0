"""The smallest things that a template prints: pieces of sentences, links, cells."""

from dataclasses import dataclass, replace
from string import Formatter

LONGEST_FIGURE = 16


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence."""

    text: str
    href: str = ""  # "" where it leads nowhere
    strong: bool = False
    is_figure: bool = False  # kept on one line


Sentence = tuple[Part, ...]


def plain(text: str) -> Sentence:
    """Return a sentence of one piece."""
    return (Part(text),)


def strong(text: str, href: str = "") -> Part:
    """Return a piece that carries the weight of its sentence."""
    return Part(text, href, strong=True, is_figure=_is_figure(text))


def fill(template: str, **pieces: Part | Sentence | str) -> Sentence:
    """Put pieces into the named places of a sentence."""
    parts: list[Part] = []
    for text, name, _, _ in Formatter().parse(template):
        if text and (said := _without_second_stop(parts, text)):
            parts.append(Part(said))
        if name is not None:
            parts.extend(_parts(pieces[name]))
    return tuple(parts)


def join(items: tuple[Part, ...], last: str) -> Sentence:
    """Join pieces with commas, and `last` (as in " and ") before the final one."""
    parts: list[Part] = []
    for index, item in enumerate(items):
        if index:
            parts.append(Part(last if index == len(items) - 1 else ", "))
        parts.append(item)
    return tuple(parts)


def text_of(sentence: Sentence) -> str:
    """Return a sentence without its links, for places that hold text only."""
    return "".join(part.text for part in sentence)


def _without_second_stop(before: list[Part], text: str) -> str:
    """Drop a full stop after a name that brings its own."""
    is_ended = bool(before) and before[-1].text.endswith((".", "!", "?", "\u2026"))
    return text.removeprefix(".") if is_ended else text


def _parts(piece: Part | Sentence | str) -> Sentence:
    if isinstance(piece, str):
        return (Part(piece, is_figure=_is_figure(piece)),)
    if isinstance(piece, Part):
        return (replace(piece, is_figure=_is_figure(piece.text)),)
    return piece


def _is_figure(text: str) -> bool:
    return len(text) <= LONGEST_FIGURE and any(character.isdigit() for character in text)
