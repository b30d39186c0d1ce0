"""The values that an input is pinned to, one after the other."""

from dataclasses import dataclass

import numpy as np

from decide.model.distribution import Discrete, Distribution
from decide.model.number import Fixed
from decide.uncertainty.points import Floats
from decide.uncertainty.quantiles import quantile

RISK_TOLERANCE = "risk_tolerance"  # the one input that no operation takes
SHARES = (0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99)  # of a drawn input's distribution


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grid:
    """The values that one input is pinned to."""

    name: str
    settings: Floats  # (g,) what the program is given; numbers of states where discrete
    values: Floats  # (g,) the same in the input's own terms; rising
    low: int  # index of low
    now: int
    high: int
    is_discrete: bool = False  # there is nothing between two values


def quantile_grid(name: str, distribution: Distribution) -> Grid:
    """Return a drawn input's quantiles, or its states."""
    if isinstance(distribution, Discrete):
        return _state_grid(name, distribution)
    values = quantile(distribution, np.array(SHARES))
    return Grid(name=name, settings=values, values=values, low=1, now=3, high=5)


def _state_grid(name: str, distribution: Discrete) -> Grid:
    states = np.argsort(distribution.values, kind="stable")
    values = np.array(distribution.values)[states]
    reached = np.cumsum(np.array(distribution.probabilities)[states])
    low, now, high = (int(np.searchsorted(reached, p - 1e-12)) for p in (0.1, 0.5, 0.9))
    if low == high:  # the rare states are all that it can be moved to
        low, high = 0, len(states) - 1
    return Grid(
        name=name,
        settings=states.astype(np.float64),
        values=values,
        low=low,
        now=now,
        high=high,
        is_discrete=True,
    )


def range_grid(name: str, fixed: Fixed) -> Grid:
    """Return the ends of a number's range, its agreed value, and what lies half-way."""
    low = fixed.value if fixed.low is None else fixed.low
    high = fixed.value if fixed.high is None else fixed.high
    values = np.unique([low, (low + fixed.value) / 2, fixed.value, (fixed.value + high) / 2, high])
    now = int(np.searchsorted(values, fixed.value))
    return Grid(name=name, settings=values, values=values, low=0, now=now, high=len(values) - 1)
