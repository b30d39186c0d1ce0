"""The quantile function of every distribution."""

import numpy as np
from scipy.special import ndtr, ndtri

from decide.model.distribution import Distribution, Lognormal, Mixture, Normal, Shifted
from decide.uncertainty.components import component_quantile
from decide.uncertainty.mixture import mixture_quantile
from decide.uncertainty.points import Floats


def quantile(distribution: Distribution, u: Floats) -> Floats:
    """Return the value below which a share `u` of the distribution lies, in the shape of `u`.

    For a discrete distribution this is the number of the state, counted from 0.
    """
    if isinstance(distribution, Shifted):
        return quantile(distribution.distribution, ndtr(ndtri(u) + distribution.score))
    if isinstance(distribution, Mixture):
        return mixture_quantile(distribution, u)
    return component_quantile(distribution, u)


def quantile_at(distribution: Distribution, score: Floats) -> Floats:
    """Return the value where a standard normal of the same rank is `score`."""
    match distribution:
        case Shifted():
            return quantile_at(distribution.distribution, score + distribution.score)
        case Normal(mean=mean, sd=sd, min=None, max=None):
            return mean + sd * score
        case Lognormal(mu=mu, sigma=sigma, min=None, max=None):
            return np.asarray(np.exp(mu + sigma * score))
        case _:
            return quantile(distribution, ndtr(score))
