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

FAR = 6.0  # standard deviations; what lies farther out is one in a billion


def support_of(d: Component) -> tuple[float, float]:
    """Return a range outside of which a draw falls once in 500 million, or never.

    Infinite where percentiles have no bound.
    """
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
        case Percentiles() | Metalog() | Interpolated():
            pass
        case _:
            assert_never(d)
    least = low if d.min is None else max(low, d.min)
    return least, high if d.max is None else min(high, d.max)
