"""A what-if: some numbers of a model moved, for the length of a meeting."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposition:
    """An outcome that is supposed to come."""

    node: str
    branch: str
    strategy: str = ""  # in whose tree it is seen, and so is evidence; "" where it is made so


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What is moved; what is not named stays as agreed."""

    pinned: Mapping[str, float] = field(default_factory=dict)  # number -> its value
    shifted: Mapping[str, float] = field(
        default_factory=dict
    )  # number -> by how many normal scores
    swings: Mapping[str, float] = field(default_factory=dict)  # criterion or group -> its swing
    horizon: int | None = None
    risk_tolerance: float | None = None
    supposed: tuple[Supposition, ...] = ()
    acquired: str = ""  # the one firm that is left to buy; "" leaves them all
    withheld: int = 0  # numbers that are moved, and not shown in a redacted copy

    @property
    def is_empty(self) -> bool:
        """Whether nothing is moved."""
        return self == WhatIf()


AS_AGREED = WhatIf()
