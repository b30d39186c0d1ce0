"""How do the strategies compare on the criteria?"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One strategy on one criterion."""

    performance: float  # mean over draws, in the criterion's unit
    p10: float  # equal to the performance where it is certain
    p90: float
    value: float  # mean over draws of the value, in [0, 1]
    contribution: float  # weight times value
    held_flat: float  # share of draws beyond the anchors, where the value is held at 0 or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The additive total of each strategy, with its parts."""

    criteria: tuple[str, ...]  # leaves of the value tree, in file order
    weights: Mapping[str, float]  # of leaves and groups (share of the whole); leaves sum to 1
    cells: Mapping[str, Mapping[str, Cell]]  # strategy -> criterion
    totals: Mapping[str, float]  # strategy -> total in [0, 1], in file order
    ranking: tuple[str, ...]  # best first; ties in file order
