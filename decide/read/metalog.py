"""The metalog through given percentiles: its coefficients, and whether it is a distribution.

Keelin, The metalog distributions, Decision Analysis 13 (2016) 243-277.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

MOST = 10  # percentiles that a metalog is put through
SKEWED = 1.66711  # of |a3| / a2, the most at which three terms rise everywhere; section 6.2.1
FARTHEST = 25.0  # logit of the share up to which the quantile function is looked at
LOOKS = 2_000
ROUNDING = 1e-12  # of the largest coefficient


@dataclass(frozen=True, slots=True)
class Curve:
    """A quantile function without bounds: level(c) + steepness(c) ln(u / (1 - u)), c = u - 1/2."""

    level: tuple[float, ...]
    steepness: tuple[float, ...]

    @property
    def lower_tail(self) -> float:
        """How fast the value falls with the logit of the share, far out on the left."""
        return _polynomial(self.steepness, -0.5)

    @property
    def upper_tail(self) -> float:
        """How fast the value rises with the logit of the share, far out on the right."""
        return _polynomial(self.steepness, 0.5)

    def at(self, share: float) -> float:
        """Return the value below which a share lies."""
        c = share - 0.5
        logit = math.log(share / (1 - share))
        return _polynomial(self.level, c) + _polynomial(self.steepness, c) * logit


def fit_metalog(shares: Sequence[float], values: Sequence[float]) -> Curve:
    """Return the curve through every percentile, with as many terms as there are percentiles.

    Three that are symmetric (a, 50 %, 1 - a) have a closed form (Keelin's section 6.2.1), others
    are solved for. `shares` rise and lie in (0, 1).
    """
    if len(shares) == 3 and shares[1] == 0.5 and abs(shares[0] + shares[2] - 1) < 1e-12:
        low, middle, high = values
        logit = math.log(shares[2] / shares[0])
        scale = (high - low) / (2 * logit)
        skew = (low + high - 2 * middle) / (logit * (shares[2] - shares[0]))
        return Curve((middle,), (scale, skew))
    terms = _solve([_basis(share, len(shares)) for share in shares], values)
    largest = max(map(abs, terms))  # an even spread has no tails, but for rounding
    terms = [0.0 if abs(term) < ROUNDING * largest else term for term in terms]
    level = [terms[0], *(terms[k] for k in (3, 4, 6, 8) if k < len(terms))]
    steepness = [terms[k] for k in (1, 2, 5, 7, 9) if k < len(terms)]
    return Curve(tuple(level), tuple(steepness))


def is_feasible(curve: Curve) -> bool:
    """Say whether a curve rises everywhere, as a quantile function does.

    Closed form for three terms; for more, both tails and 2,000 steps between.
    """
    if len(curve.level) == 1:
        scale, skew = curve.steepness
        return scale > 0 and abs(skew) <= SKEWED * scale
    if curve.lower_tail < 0 or curve.upper_tail < 0:
        return False
    steps = ((2 * n / LOOKS - 1) * FARTHEST for n in range(LOOKS + 1))
    return all(_slope(curve, logit) > 0 for logit in steps)


def _slope(curve: Curve, logit: float) -> float:
    """Return the derivative with respect to the logit of the share."""
    share = 1 / (1 + math.exp(-logit))
    c, density = share - 0.5, share * (1 - share)
    rise = _derivative(curve.level, c) + _derivative(curve.steepness, c) * logit
    return density * rise + _polynomial(curve.steepness, c)


def _basis(share: float, count: int) -> list[float]:
    """Return Keelin's terms at a share, in his order (equation 6)."""
    c = share - 0.5
    logit = math.log(share / (1 - share))
    terms = [1.0, logit, c * logit, c]
    for power in range(2, 6):
        terms += [c**power, c**power * logit]
    return terms[:count]


def _solve(rows: Sequence[Sequence[float]], values: Sequence[float]) -> list[float]:
    """Solve linear equations by elimination with pivots."""
    system = [[*row, value] for row, value in zip(rows, values, strict=True)]
    size = len(system)
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(system[k][i]))
        system[i], system[pivot] = system[pivot], system[i]
        for k in range(i + 1, size):
            factor = system[k][i] / system[i][i]
            system[k] = [a - factor * b for a, b in zip(system[k], system[i], strict=True)]
    found = [0.0] * size
    for i in reversed(range(size)):
        known = math.fsum(system[i][k] * found[k] for k in range(i + 1, size))
        found[i] = (system[i][size] - known) / system[i][i]
    return found


def _polynomial(coefficients: Sequence[float], x: float) -> float:
    total = 0.0
    for coefficient in reversed(coefficients):
        total = total * x + coefficient
    return total


def _derivative(coefficients: Sequence[float], x: float) -> float:
    return _polynomial([n * coefficient for n, coefficient in enumerate(coefficients)][1:], x)
