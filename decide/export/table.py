"""A table of raw figures, before anyone has decided how it is written."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

# money in plain currency units, shares as fractions of 1; "sources" are ids, with "; " between
Kind = Literal["text", "number", "money", "share", "count", "flag", "link", "sources"]
Cell = str | float | bool | None  # None where there is no figure


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, in the words of the export, and what stands in it."""

    name: str
    kind: Kind = "text"

    @property
    def heading(self) -> str:
        """The name as people read it: `Certainty equivalent`."""
        return self.name.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells; the column says what a cell holds."""

    name: str
    title: str  # a sentence
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def heading(self) -> str:
        """The name as people read it: `Switch points`."""
        return self.name.replace("_", " ").capitalize()


def named(names: str, kind: Kind = "text") -> tuple[Column, ...]:
    """Return columns of one kind, whose names stand in one text."""
    return tuple(Column(name, kind) for name in names.split())


def known(number: float) -> float | None:
    """Return a figure, or None where it is not a number or infinite."""
    return float(number) if math.isfinite(number) else None


def fields(thing: object, names: Iterable[str]) -> tuple[float | None, ...]:
    """Return figures of a result by their names."""
    return tuple(known(getattr(thing, name)) for name in names)


def listed(names: Iterable[object]) -> str:
    """Return several ids in one cell."""
    return "; ".join(map(str, names))
