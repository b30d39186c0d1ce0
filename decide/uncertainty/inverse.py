"""The inverse of a function that never falls, given by its points."""

from typing import Literal

import numpy as np

from decide.uncertainty.points import Floats


def inverse(
    x: Floats, heights: Floats, positions: Floats, *, side: Literal["left", "right"]
) -> Floats:
    """Return where the straight lines through the points reach `x`, in the shape of `x`.

    `heights` (n,) never fall over rising `positions` (n,). Where they stay at `x` for a while,
    `side` says which end of the stretch is meant; outside of the heights it is the outer position.
    """
    steps, first = np.unique(heights, return_index=True)
    last = np.append(first[1:], len(heights)) - 1
    at = np.clip(np.searchsorted(steps, x, side="right") - 1, 0, len(steps) - 1)
    after = np.minimum(at + 1, len(steps) - 1)
    width = np.where(after > at, steps[after] - steps[at], 1.0)
    start, end = positions[last[at]], positions[first[after]]
    between = start + np.where(after > at, (x - steps[at]) / width * (end - start), 0.0)
    if side == "left":
        between = np.where(x == steps[at], positions[first[at]], between)
    between = np.where(x < steps[0], positions[0], between)
    return np.asarray(np.where(x > steps[-1], positions[-1], between))
