"""YAML as it stands in a file: scalars, lists and mappings, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from decide.model.place import Place

_Part = TypeVar("_Part")


class Scalar(NamedTuple):
    """A text, as written; a named tuple, since files hold thousands."""

    text: str
    place: Place
    is_quoted: bool = False
    pieces: tuple[tuple[int, int, int], ...] = ()  # offset, line, column of each of several lines

    @property
    def width(self) -> int:
        """How many characters of its line a caret underlines."""
        if self.pieces:
            return max(self.pieces[1][0] - 1, 1) if len(self.pieces) > 1 else len(self.text)
        return max(len(self.text.partition("\n")[0]), 1) + 2 * self.is_quoted

    def at(self, offset: int) -> Place:
        """Return the place of one of its characters."""
        for start, line, column in reversed(self.pieces):
            if offset >= start:
                return Place(self.place.file, line, column + offset - start)
        column = self.place.column + offset + self.is_quoted
        return Place(self.place.file, self.place.line, column)


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    place: Place
    items: "tuple[Node, ...]" = ()
    width: int = 1


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping; no key stands in it twice."""

    place: Place
    keys: dict[str, Scalar] = field(default_factory=dict)
    values: "dict[str, Node]" = field(default_factory=dict)
    width: int = 1

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys)

    def __contains__(self, key: str) -> bool:
        return key in self.keys

    def get(self, key: str) -> "Node | None":
        """Return what stands under a key."""
        return self.values.get(key)

    def text(self, key: str, default: str = "") -> str:
        """Return the text under a key; `default` where there is none or it is no text."""
        found = self.values.get(key)
        return found.text if isinstance(found, Scalar) else default

    def below(self, key: str) -> "Entries":
        """Return the mapping under a key, empty where there is none."""
        found = self.values.get(key)
        return found if isinstance(found, Entries) else Entries(self.place)

    def rename(self, key: str, other: str) -> None:
        """Put another key in the place of one; one that is there already only loses the first."""
        _rename(self.keys, key, other)
        _rename(self.values, key, other)

    def texts(self, key: str) -> "tuple[Scalar, ...]":
        """Return the texts under a key that holds one text or a list of them."""
        found = self.values.get(key)
        if isinstance(found, Scalar):
            return (found,)
        items = found.items if isinstance(found, Items) else ()
        return tuple(item for item in items if isinstance(item, Scalar))


Node = Scalar | Items | Entries


def _rename(parts: dict[str, _Part], key: str, other: str) -> None:
    is_free = bool(other) and other not in parts
    kept = [(other if k == key else k, part) for k, part in parts.items() if k != key or is_free]
    parts.clear()
    parts.update(kept)
