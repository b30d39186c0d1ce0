"""The quantile function of every distribution but mixtures."""

import math
from typing import assert_never

import numpy as np
from scipy.special import ndtr, ndtri

from decide.model.distribution import (
    Beta,
    Component,
    Discrete,
    Empirical,
    Interpolated,
    Lognormal,
    Metalog,
    Normal,
    Percentiles,
    Triangular,
    Uniform,
)
from decide.uncertainty.beta import beta_quantile
from decide.uncertainty.empirical import empirical_quantile
from decide.uncertainty.percentiles import interpolated, metalog, three_percentiles
from decide.uncertainty.points import Floats


def component_quantile(distribution: Component, u: Floats) -> Floats:
    """Return the value below which a share `u` of the distribution lies, in the shape of `u`.

    For a discrete distribution this is the number of the state, counted from 0.
    """
    match distribution:
        case Percentiles():
            return three_percentiles(distribution, u)
        case Metalog():
            return metalog(distribution, u)
        case Interpolated():
            return interpolated(distribution, u)
        case Normal(mean=mean, sd=sd, min=low, max=high) if low is not None and low > mean:
            # rounding leaves no digits in the far upper tail; the lower one has them
            mirrored = Normal(mean=-mean, sd=sd, min=None if high is None else -high, max=-low)
            return -component_quantile(mirrored, 1 - u)
        case Normal(mean=mean, sd=sd, min=low, max=high):
            return _clipped(mean + sd * ndtri(_within(u, mean, sd, low, high)), low, high)
        case Lognormal(mu=mu, sigma=sigma, min=low, max=high):
            logs = [None if b is None or b <= 0 else math.log(b) for b in (low, high)]
            normal = Normal(mean=mu, sd=sigma, min=logs[0], max=logs[1])
            return _clipped(np.exp(component_quantile(normal, u)), low, high)
        case Triangular(min=low, mode=mode, max=high):
            return _triangular(low, mode, high, u)
        case Beta(alpha=alpha, beta=beta, min=low, max=high):
            return low + (high - low) * beta_quantile(alpha, beta, u)
        case Uniform(min=low, max=high):
            return low + (high - low) * u
        case Discrete():
            return _state(distribution, u)
        case Empirical():
            return empirical_quantile(distribution, u)
        case _:
            assert_never(distribution)


def _state(d: Discrete, u: Floats) -> Floats:
    """Return states in the order of their values, so that ranks mean what they say."""
    rising = np.argsort(d.values, kind="stable")
    edges = np.cumsum(np.array(d.probabilities)[rising[:-1]])
    return rising[np.searchsorted(edges, u, side="right")].astype(np.float64)


def _within(u: Floats, mean: float, sd: float, low: float | None, high: float | None) -> Floats:
    """Squeeze `u` into the share of the normal that lies between the bounds."""
    if low is None and high is None:
        return u
    below = 0.0 if low is None else float(ndtr((low - mean) / sd))
    above = 1.0 if high is None else float(ndtr((high - mean) / sd))
    return below + u * (above - below)


def _clipped(x: Floats, low: float | None, high: float | None) -> Floats:
    """Take back what rounding pushed over a bound."""
    return x if low is None and high is None else np.clip(x, low, high)


def _triangular(low: float, mode: float, high: float, u: Floats) -> Floats:
    width = high - low
    rising = low + np.sqrt(u * width * (mode - low))
    falling = high - np.sqrt((1 - u) * width * (high - mode))
    return np.where(u < (mode - low) / width, rising, falling)
