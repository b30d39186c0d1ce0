"""What a number is multiplied by: its unit's scale once, never twice."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """What bare numbers, suffixed numbers and plain formulas are multiplied by.

    `suffixed` is None where a suffix beside the unit's scale would count twice; `%` beside `%`
    never does.
    """

    bare: float = 1.0
    suffixed: float | None = 1.0
    whole: float = 1.0  # what a plain number is in the unit that is wanted
    is_percent: bool = False


BARE = Scale()


def in_unit(factor: float, whole: float = 1.0) -> Scale:
    """Return the scale of a number that has a unit of its own with this factor."""
    suffixed = whole if factor == 1.0 else None
    return Scale(factor * whole, suffixed, whole, is_percent=factor == 0.01)


def of_criterion(factor: float) -> Scale:
    """Return the scale of performances: bare ones are in the criterion's unit as they stand."""
    whole = 1 / factor
    return Scale(1.0, whole if factor == 1.0 else None, whole, is_percent=factor == 0.01)
