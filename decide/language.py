"""Sentences in the languages of the product: English in the code, the others in catalogues."""

from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from gettext import NullTranslations

ENGLISH = "en"
CATALOGUES = Path(__file__).parent / "languages"


class Said(str):
    """A sentence in English that can still be said in another language."""

    __slots__ = ("_number", "_pieces", "_template")

    _template: tuple[str, ...]  # one, or that for one thing and that for several
    _number: int
    _pieces: Mapping[str, object]

    def __new__(cls, template: tuple[str, ...], number: int, pieces: Mapping[str, object]) -> Self:
        """Make a sentence of a template, with the named places in braces filled by pieces."""
        english = template[0] if number == 1 else template[-1]
        made = super().__new__(cls, _filled(english, pieces))
        made._template, made._number, made._pieces = template, number, pieces
        return made

    def __reduce__(self) -> tuple[object, ...]:
        """Let copies and other processes have the sentence whole."""
        return Said, (self._template, self._number, dict(self._pieces))

    @property
    def pieces(self) -> Mapping[str, object]:
        """What fills the named places."""
        return self._pieces

    def in_language(self, language: str) -> str:
        """Say the sentence in a language; in English where its catalogue has it not."""
        if language == ENGLISH or not self:
            return str(self)
        catalogue = _catalogue(language)
        one, many = self._template[0], self._template[-1]
        if one is many:
            template = catalogue.gettext(one)
        else:
            template = catalogue.ngettext(one, many, self._number)
        pieces = {
            name: in_language(piece, language) if isinstance(piece, str) else piece
            for name, piece in self._pieces.items()
        }
        return _filled(template, pieces)


def said(template: str, /, **pieces: object) -> Said:
    """Return a sentence; `{name}` in it is filled by the piece of that name, if there is one."""
    return Said((template,), 1, pieces)


def said_many(number: int, one: str, many: str, /, **pieces: object) -> Said:
    """Return a sentence about so many things; the piece `number` is the number."""
    return Said((one, many), number, {"number": number} | pieces)


def say(language: str, template: str, /, **pieces: object) -> str:
    """Say a sentence in a language."""
    return said(template, **pieces).in_language(language)


def say_many(language: str, number: int, one: str, many: str, /, **pieces: object) -> str:
    """Say a sentence about so many things in a language."""
    return said_many(number, one, many, **pieces).in_language(language)


def listed(items: Sequence[str]) -> str:
    """Return items as a sentence lists them: with "and" between them."""
    *others, last = items
    return said("{others} and {last}", others=listed(others), last=last) if others else last


def in_series(items: Sequence[str]) -> str:
    """Return items with commas between them."""
    *others, last = items
    return said("{others}, {last}", others=in_series(others), last=last) if others else last


def in_language(text: str, language: str) -> str:
    """Return a text in a language, where it is a sentence of ours; any other as it is."""
    return text.in_language(language) if isinstance(text, Said) else text


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that there are: English, and those with a catalogue."""
    return (ENGLISH, *sorted(path.stem for path in CATALOGUES.glob("??.po")))


@cache
def _catalogue(language: str) -> "NullTranslations":
    from gettext import GNUTranslations, NullTranslations  # noqa: PLC0415  # English needs none

    if language not in languages():
        return NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = BytesIO()
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _filled(template: str, pieces: Mapping[str, object]) -> str:
    """Fill the places that have a piece; the others stay as they are written."""
    if not pieces:
        return template
    formatter, parts = Formatter(), []
    for text, name, form, conversion in formatter.parse(template):
        parts.append(text)
        if name is None:
            continue
        if name in pieces:
            piece = formatter.convert_field(pieces[name], conversion)
            parts.append(format(piece, form or ""))
        else:
            parts.append(f"{{{name}}}")
    return "".join(parts)


NOTHING = Said(("",), 1, {})
