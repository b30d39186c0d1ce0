"""The quantile function of every distribution."""

from decide.model.distribution import Distribution, Mixture
from decide.uncertainty.components import component_quantile
from decide.uncertainty.mixture import mixture_quantile
from decide.uncertainty.points import Floats


def quantile(distribution: Distribution, u: Floats) -> Floats:
    """Return the value below which a share `u` of the distribution lies, in the shape of `u`.

    For a discrete distribution this is the number of the state, counted from 0.
    """
    if isinstance(distribution, Mixture):
        return mixture_quantile(distribution, u)
    return component_quantile(distribution, u)
