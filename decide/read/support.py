"""Where nearly all of a distribution lies."""

import math
from typing import assert_never

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
from decide.read.metalog import Curve, fit_metalog
from decide.read.percentiles import bounded, straight, unbounded

RARE = 1e-9  # a share
FAR = 6.0  # standard deviations; what lies farther out is one in a billion


def support_of(d: Component) -> tuple[float, float]:
    """Return a range outside of which a draw falls once in 500 million, or never."""
    low, high = -math.inf, math.inf
    match d:
        case Normal(mean=mean, sd=sd):
            low, high = mean - FAR * sd, mean + FAR * sd
        case Lognormal(mu=mu, sigma=sigma):
            low, high = (math.exp(min(mu + side * FAR * sigma, 700.0)) for side in (-1, 1))
        case Triangular() | Beta() | Uniform():
            low, high = d.min, d.max
        case Empirical(values=values):
            low, high = values[0], values[-1]
        case Discrete(values=values):
            return min(values), max(values)
        case Percentiles(p10=p10, p50=p50, p90=p90):
            scores = [unbounded(x, d.min, d.max) for x in (p10, p50, p90)]
            curve = fit_metalog((0.1, 0.5, 0.9), scores)
            low, high = (bounded(curve.at(u), d.min, d.max) for u in (RARE, 1 - RARE))
        case Metalog(level=level, steepness=steepness):
            curve = Curve(level, steepness)
            low, high = (bounded(curve.at(u), d.min, d.max) for u in (RARE, 1 - RARE))
        case Interpolated(shares=shares, values=values):
            scores = [unbounded(x, d.min, d.max) for x in values]
            ends = (straight(shares, scores, u) for u in (RARE, 1 - RARE))
            low, high = (bounded(y, d.min, d.max) for y in ends)
        case _:
            assert_never(d)
    least = low if d.min is None else max(low, d.min)
    return least, high if d.max is None else min(high, d.max)
