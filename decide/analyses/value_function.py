"""A criterion's value function: performance to value, 0 at worst and 1 at best, flat beyond."""

from typing import assert_never

import numpy as np

from decide.model.criterion import Criterion, Exponential, Linear, Piecewise
from decide.uncertainty.points import Floats


def value_of(criterion: Criterion, performance: Floats) -> Floats:
    """Return the value in [0, 1] of performances in the criterion's unit, any shape.

    Exponential: (1 - exp(-a x)) / (1 - exp(-a)) over the share x of the way from worst to best,
    with a such that the middle is worth 1/2 (Keeney and Raiffa 1976, section 4.9).
    """
    way = (performance - criterion.worst) / (criterion.best - criterion.worst)
    match criterion.shape:
        case Linear():
            return np.clip(way, 0.0, 1.0)
        case Exponential(middle=middle):
            share = (middle - criterion.worst) / (criterion.best - criterion.worst)
            return _bent(np.clip(way, 0.0, 1.0), share)
        case Piecewise(points=points):
            x, y = np.array(points).T
            return np.asarray(np.interp(performance, x, y))
        case _:
            assert_never(criterion.shape)


def is_beyond(criterion: Criterion, performance: Floats) -> Floats:
    """Say which performances lie beyond the anchors, as 0 or 1."""
    low, high = sorted((criterion.worst, criterion.best))
    return ((performance < low) | (performance > high)).astype(np.float64)


def _bent(x: Floats, middle: float) -> Floats:
    if abs(middle - 0.5) < 1e-9:
        return x
    bend = _bend(middle)
    return np.asarray(np.expm1(-bend * x) / np.expm1(-bend))


def _bend(middle: float) -> float:
    """Solve (1 - exp(-a m)) / (1 - exp(-a)) = 1/2 for a by bisection; a falls as m rises."""
    low, high = -700.0, 700.0
    for _ in range(200):
        a = (low + high) / 2
        half = middle if a == 0 else np.expm1(-a * middle) / np.expm1(-a)
        low, high = (a, high) if half < 0.5 else (low, a)
    return (low + high) / 2
