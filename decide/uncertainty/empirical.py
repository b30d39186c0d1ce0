"""Quantiles of what was seen."""

import numpy as np

from decide.model.distribution import Empirical
from decide.uncertainty.inverse import inverse
from decide.uncertainty.points import Floats


def empirical_quantile(d: Empirical, u: Floats) -> Floats:
    """Return quantiles of the values that were seen, in the shape of `u`."""
    heights, positions = points_of(d)
    return np.interp(u, positions, heights)


def points_of(d: Empirical) -> tuple[Floats, Floats]:
    """Return values and the shares at which they are reached, from 0 to 1."""
    values = np.array(d.values)
    shares = (np.arange(len(values)) + 0.5) / len(values)
    heights = np.concatenate([values[:1], values, values[-1:]])
    positions = np.concatenate([[0.0], shares, [1.0]])
    if d.min is None and d.max is None:
        return heights, positions
    low = heights[0] if d.min is None else max(d.min, heights[0])
    high = heights[-1] if d.max is None else min(d.max, heights[-1])
    ends = np.array([low, high])
    first, last = inverse(ends, heights, positions, side="left")
    after_first, after_last = inverse(ends, heights, positions, side="right")
    inner = (heights > low) & (heights < high)
    kept = np.concatenate([[first, after_first], positions[inner], [last, after_last]])
    found = np.concatenate([[low, low], heights[inner], [high, high]])
    return found, (kept - first) / (after_last - first)
