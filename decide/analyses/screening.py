"""Which firms are worth a closer look, and what is buying each one worth?"""

from collections.abc import Mapping
from dataclasses import dataclass

from decide.analyses.score import Scores


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenedTarget:
    """One firm: its gates, its total on the screening criteria, its money from the tree."""

    target: str
    failed: tuple[str, ...]  # gates
    unknown: tuple[str, ...]
    total: float  # in [0, 1]; nan where it fails a gate
    strategy: str  # the best strategy that buys it, by certainty equivalent; "" where none ran
    certainty_equivalent: float  # nan where none ran
    expected_value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """All firms: those that pass by certainty equivalent, then those that fail."""

    targets: tuple[ScreenedTarget, ...]
    scores: Scores  # of the firms that pass, on the screening criteria
    shortfall: Mapping[str, float]  # target -> leader's certainty equivalent less its own
