"""Quantiles of mixtures."""

from functools import lru_cache
from typing import Literal

import numpy as np
from scipy.special import ndtr, ndtri

from decide.model.distribution import Component, Discrete, Empirical, Mixture
from decide.uncertainty.components import component_quantile
from decide.uncertainty.empirical import empirical_quantile, points_of
from decide.uncertainty.inverse import inverse
from decide.uncertainty.points import Floats

REACH = 8.0  # normal scores from -8 to 8 hold all but 1e-15
PARTS = 256  # of each unit of the normal score, at which a component is looked at


def mixture_quantile(d: Mixture, u: Floats) -> Floats:
    """Return quantiles of a mixture, in the shape of `u`.

    Read off a table of the mixed distribution function over normal scores. The share that lies
    below the result is within 1e-5 of `u`.
    """
    scores, heights, below, above = _table(d)
    found = np.interp(ndtri(below + u * (above - below)), scores, heights)
    return found if d.min is None and d.max is None else np.clip(found, d.min, d.max)


@lru_cache(maxsize=64)
def _table(d: Mixture) -> tuple[Floats, Floats, float, float]:
    """Return the normal scores of the mixed shares, the values there, and the shares at the bounds.

    Every component is looked at in 4,097 normal scores and at its own steps; the mixed share is
    found at all values that any of them has there, on both sides of a step.
    """
    curves = [_curve(component) for component in d.components]
    heights = np.unique(np.concatenate([curve[0] for curve in curves]))

    def share(x: Floats, side: Literal["left", "right"]) -> Floats:
        parts = zip(d.probabilities, curves, strict=True)
        return np.asarray(sum(p * _share_below(x, *curve, side) for p, curve in parts))

    shares = np.stack([share(heights, "left"), share(heights, "right")], axis=1).ravel()
    scores = np.maximum.accumulate(np.clip(ndtri(np.clip(shares, 0.0, 1.0)), -REACH, REACH))
    below = 0.0 if d.min is None else float(share(np.array(d.min), "left"))
    above = 1.0 if d.max is None else float(share(np.array(d.max), "right"))
    return scores, np.repeat(heights, 2), below, above


def _share_below(
    x: Floats, heights: Floats, scores: Floats, side: Literal["left", "right"]
) -> Floats:
    inside = ndtr(inverse(x, heights, scores, side=side))
    return np.where(x < heights[0], 0.0, np.where(x > heights[-1], 1.0, inside))


def _curve(d: Component) -> tuple[Floats, Floats]:
    """Return values that never fall, and the normal scores at which a component has them."""
    if isinstance(d, Discrete):
        order = np.argsort(d.values, kind="stable")
        shares = np.cumsum(np.array(d.probabilities)[order])
        edges = _scores(np.concatenate([[0.0], shares[:-1], [1.0]]))
        steps = np.stack([edges[:-1], edges[1:]], axis=1).ravel()
        return np.repeat(np.array(d.values)[order], 2), steps
    scores = np.arange(-REACH * PARTS, REACH * PARTS + 1) / PARTS
    if isinstance(d, Empirical):
        scores = np.unique(np.concatenate([scores, _scores(points_of(d)[1])]))
        return empirical_quantile(d, ndtr(scores)), scores
    return np.maximum.accumulate(component_quantile(d, ndtr(scores))), scores


def _scores(shares: Floats) -> Floats:
    return np.clip(ndtri(np.clip(shares, 0.0, 1.0)), -REACH, REACH)
