"""Exponential utility, kept as certainty equivalents so that nothing overflows or cancels."""

import numpy as np

from decide.uncertainty.points import Floats

Tolerance = (
    float | Floats | None
)  # risk tolerance R, one for all lotteries or one each; None is risk-neutral


def combine(weights: Floats, equivalents: Floats, risk_tolerance: Tolerance) -> Floats:
    """Return the certainty equivalent of a lottery over certainty equivalents.

    Both (c, g): c outcomes, g lotteries; the result is (g,), nan where all weights are 0. With
    m the smallest: m - R log1p(sum w expm1(-(x - m) / R) / sum w); the mean without R.
    """
    whole = weights.sum(axis=0)
    x = np.where(weights > 0, equivalents, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        if risk_tolerance is None:
            return np.asarray((weights * x).sum(axis=0) / whole)
        least = np.where(weights > 0, equivalents, np.inf).min(axis=0)
        bent = np.where(weights > 0, np.expm1((least - x) / risk_tolerance), 0.0)
        return np.asarray(least - risk_tolerance * np.log1p((weights * bent).sum(axis=0) / whole))


def equivalent(
    disutility: Floats, weight: Floats, least: Floats, risk_tolerance: float | Floats
) -> Floats:
    """Return the certainty equivalent behind sums of weight times expm1((least - x) / R)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(least - risk_tolerance * np.log1p(disutility / weight))
