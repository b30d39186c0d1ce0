"""Quantile functions through given percentiles, within bounds."""

import math
from functools import lru_cache

import numpy as np
from scipy.special import ndtri

from decide.model.distribution import Interpolated, Metalog, Percentiles
from decide.uncertainty.points import Floats


def three_percentiles(d: Percentiles, u: Floats) -> Floats:
    """Symmetric-percentile triplet at 10/50/90: Keelin 2016, eqs. 14-18 and section 4."""
    y10, y50, y90 = (_unbounded(x, d.min, d.max) for x in (d.p10, d.p50, d.p90))
    spread = (y90 - y10) / math.log(9)
    skew = (1 - 2 * (y50 - y10) / (y90 - y10)) / 0.8
    logit = np.log(u / (1 - u))
    y = y50 + spread * (0.5 + skew * (u - 0.5)) * logit
    return _bounded(y, d.min, d.max)


def metalog(d: Metalog, u: Floats) -> Floats:
    """Metalog of any number of terms: Keelin 2016, eq. 6 and section 4."""
    c = u - 0.5
    y = _polynomial(d.level, c) + _polynomial(d.steepness, c) * np.log(u / (1 - u))
    return _bounded(y, d.min, d.max)


def interpolated(d: Interpolated, u: Floats) -> Floats:
    """Monotone cubic of the value over the normal score of the share, with straight tails.

    Slopes within are those of Fritsch and Butland, SIAM J. Sci. Stat. Comput. 5 (1984) 300-304; at
    the ends they are the chords', which keeps the curve monotone and joins the tails smoothly.
    """
    knots, heights, slopes = _curve(d)
    z = ndtri(u)
    k = np.clip(np.searchsorted(knots, z) - 1, 0, len(knots) - 2)
    width, rise = np.diff(knots)[k], np.diff(heights)[k]
    t = np.clip((z - knots[k]) / width, 0.0, 1.0)
    first, last = slopes[k] * width, slopes[k + 1] * width
    inner = heights[k] + t * (
        first + t * (3 * rise - 2 * first - last + t * (first + last - 2 * rise))
    )
    outside = (
        np.minimum(z - knots[0], 0.0) * slopes[0] + np.maximum(z - knots[-1], 0.0) * slopes[-1]
    )
    return _bounded(inner + outside, d.min, d.max)


@lru_cache(maxsize=256)
def _curve(d: Interpolated) -> tuple[Floats, Floats, Floats]:
    """Return the normal scores, the unbounded values and the slopes at the percentiles."""
    knots = np.asarray(ndtri(np.array(d.shares)))
    heights = np.array([_unbounded(x, d.min, d.max) for x in d.values])
    widths = np.diff(knots)
    chords = np.diff(heights) / widths
    left, right = widths[:-1] + 2 * widths[1:], 2 * widths[:-1] + widths[1:]
    inner = (left + right) / (left / chords[:-1] + right / chords[1:])
    return knots, heights, np.concatenate([chords[:1], inner, chords[-1:]])


def _polynomial(coefficients: tuple[float, ...], x: Floats) -> Floats:
    total = np.full_like(x, coefficients[-1])
    for coefficient in reversed(coefficients[:-1]):
        total = total * x + coefficient
    return total


def _bounded(y: Floats, low: float | None, high: float | None) -> Floats:
    with np.errstate(over="ignore"):  # so far out the bound, or infinity, is what it comes to
        if low is not None and high is not None:
            return low + (high - low) / (1 + np.exp(-y))
        if low is not None:
            return low + np.exp(y)
        if high is not None:
            return high - np.exp(-y)
    return y


def _unbounded(x: float, low: float | None, high: float | None) -> float:
    if low is not None and high is not None:
        return math.log((x - low) / (high - x))
    if low is not None:
        return math.log(x - low)
    if high is not None:
        return -math.log(high - x)
    return x
