"""What moves the result, one input at a time?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The leader's certainty equivalent as one input goes from low to high, others as drawn."""

    quantity: str
    low: float  # the input: its P10, or the low end of its range
    high: float
    at_low: float  # the leader's certainty equivalent, decisions below it taken anew
    at_high: float
    held_at_low: float  # the same with the agreed policy held
    held_at_high: float
    leader_at_low: str  # the strategy that is best there
    leader_at_high: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchPoint:
    """The value of one input at which another strategy takes the lead."""

    quantity: str
    now: float  # its median, or its agreed value
    at: float
    leader: str  # who leads beyond it
    distance: float  # from now, in widths of low to high; the smaller, the nearer


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """Tornado and switch points of the leader, on 1,024 of the model's own draws."""

    leader: str
    base: float  # the leader's certainty equivalent on those draws
    bars: tuple[Bar, ...]  # the widest first
    switch_points: tuple[SwitchPoint, ...]  # the nearest first
