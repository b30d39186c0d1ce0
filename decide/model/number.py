"""A number that a person wrote: what it is, its unit, and where it comes from."""

from dataclasses import dataclass

from decide.formulas.expression import Expression
from decide.model.distribution import Distribution
from decide.model.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Why anyone should believe a number.

    At least one source, or the grade `judgement` with a reason; neither only where the file gave
    neither, which is a warning.
    """

    sources: tuple[str, ...] = ()  # ids of sources
    grade: str = ""  # "judgement", "" for a sourced number, "unsourced" where nothing is given
    reason: str = ""
    note: str = ""


COMPUTED = Provenance(reason="computed from the tables of the diagram")  # nobody wrote it


@dataclass(frozen=True, slots=True)
class Fixed:
    """A constant; `low` and `high` are its range for one-way sensitivity and never drawn."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression over quantities and levers."""

    text: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Series:
    """Values by year, linear between its points and flat outside."""

    points: tuple[tuple[int, float], ...]  # years ascend


@dataclass(frozen=True, slots=True)
class Mapped:
    """A firm's performance on a screening criterion, turned into a number.

    Linear between its points and flat outside.
    """

    criterion: str  # id of a screening criterion
    points: tuple[tuple[float, float], ...]  # performance, number; performances ascend


Definition = Fixed | Formula | Distribution | Series | Mapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number of the files, whole."""

    text: str  # as written: "48.1 bn", "p10 3 %, p50 10 %, p90 25 %"
    definition: Definition
    unit: str = ""  # "USD/year", "%", "HHI"; "" where none is given
    provenance: Provenance
    place: Place
