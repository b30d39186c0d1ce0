"""The quantile function of the beta distribution, from a table that is as good as exact."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv, betaln

from decide.uncertainty.points import Floats

CELLS = 1_024  # even shares, in each of which a polynomial stands for the quantile
CLOSE = 1e-12  # how far one may be off, of the distance to the nearer end


def beta_quantile(alpha: float, beta: float, u: Floats) -> Floats:
    """Return the value in [0, 1] below which a share `u` lies, in the shape of `u`.

    Inverting the incomplete beta function takes a microsecond, a polynomial a twentieth of that.
    """
    coefficients, is_close = _table(alpha, beta)
    place = u * CELLS
    cell = np.minimum(place.astype(np.intp), CELLS - 1)
    place -= cell
    x = coefficients[-1][cell]
    for row in coefficients[-2::-1]:
        x *= place
        x += row[cell]
    is_far = ~is_close[cell]
    if is_far.any():
        x[is_far] = betaincinv(alpha, beta, u[is_far])
    return np.asarray(x)


@lru_cache(maxsize=1_024)
def _table(alpha: float, beta: float) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return each cell's polynomial, (6, cells), and whether it is close in the cell's middle.

    The quintic that has the quantile's value and first two derivatives at both ends (Hermite).
    With x' = 1 / density, x'' = -x'^2 times the slope of the density's logarithm.
    """
    edges = np.arange(CELLS + 1) / CELLS
    x = betaincinv(alpha, beta, edges)
    with np.errstate(all="ignore"):  # at the ends; cells that are not finite are not close
        first = np.exp(betaln(alpha, beta) - (alpha - 1) * np.log(x) - (beta - 1) * np.log1p(-x))
        first /= CELLS
        second = -(first**2) * ((alpha - 1) / x - (beta - 1) / (1 - x))
        rise = np.diff(x)
        a, b = first[:-1], first[1:]
        c, d = second[:-1], second[1:]
        coefficients = np.array(
            [
                x[:-1],
                a,
                c / 2,
                10 * rise - 6 * a - 4 * b - (3 * c - d) / 2,
                -15 * rise + 8 * a + 7 * b + (3 * c - 2 * d) / 2,
                6 * rise - 3 * (a + b) - (c - d) / 2,
            ]
        )
        middle = 0.5 ** np.arange(6) @ coefficients
        exact = betaincinv(alpha, beta, edges[:-1] + 0.5 / CELLS)
        is_close = np.abs(middle - exact) <= CLOSE * np.minimum(exact, 1 - exact)
    return coefficients, is_close
