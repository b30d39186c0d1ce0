"""Distributions whose values give way to others of a higher rank, or a lower one."""

from dataclasses import replace

import numpy as np
from scipy.special import ndtr, ndtri

from decide.model.distribution import Discrete


def shifted_states(d: Discrete, score: float) -> Discrete:
    """Return a discrete distribution shifted by a normal score.

    What had z has what stood at z + score: an edge between two states, in the order of their
    values, moves from z to z - score.
    """
    rising = np.argsort(d.values, kind="stable")
    below = np.minimum(np.cumsum(np.array(d.probabilities)[rising[:-1]]), 1.0)  # but for rounding
    edges = ndtr(ndtri(below) - score)
    probabilities = np.empty(len(rising))
    probabilities[rising] = np.diff(np.concatenate([[0.0], edges, [1.0]]))
    return replace(d, probabilities=tuple(probabilities.tolist()))
