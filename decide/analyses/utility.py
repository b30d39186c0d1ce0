"""Exponential utility, kept as certainty equivalents so that nothing overflows or cancels."""

import math
from dataclasses import dataclass

import numpy as np

from decide.language import said
from decide.model.place import InvalidInputError, Problem
from decide.uncertainty.points import Floats

FARTHEST = 600.0  # risk tolerances from the centre of a scale

Tolerance = (
    float | Floats | None
)  # risk tolerance R, one for all lotteries or one each; None is risk-neutral


def checked(risk_tolerance: float | None) -> float | None:
    """Return a risk tolerance as a float, or None; InvalidInputError where it is not above 0."""
    if risk_tolerance is None:
        return None
    is_number = isinstance(risk_tolerance, int | float | np.integer | np.floating)
    if is_number and not isinstance(risk_tolerance, bool) and 0 < risk_tolerance < np.inf:
        return float(risk_tolerance)
    message = said("the risk tolerance is {risk_tolerance!r}", risk_tolerance=risk_tolerance)
    advice = said("give a number above 0, or leave it out")
    raise InvalidInputError([Problem(place=None, message=message, advice=advice)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A scale of utility in money: the distance to its centre, bent where risk bends it.

    What lies over 600 R from the centre counts as if it lay there, so that nothing overflows and
    nothing vanishes.
    """

    risk_tolerance: float | None
    centre: float  # near the best certainty equivalent, so that little overflows or is rounded away
    is_flat: bool  # whether all lies so near the centre that 1 less an exponential is told from 0

    def utility(self, total: Floats) -> Floats:
        """Return -R exp((centre - total) / R), and R more where that is flat."""
        away = total - self.centre
        if self.risk_tolerance is None:
            return away
        down = np.clip(-away / self.risk_tolerance, -FARTHEST, FARTHEST)
        bent = np.expm1(down) if self.is_flat else np.exp(down)
        return np.asarray(-self.risk_tolerance * bent)

    def reaches(self, utility: float) -> bool:
        """Whether a mean utility lies below the end of the scale, and so has its sure money."""
        if self.risk_tolerance is None or self.is_flat:
            return True
        return -utility / self.risk_tolerance > math.exp(-FARTHEST + 0.1)

    def equivalent(self, utility: Floats) -> Floats:
        """Return the sure money of a mean utility."""
        if self.risk_tolerance is None:
            return utility + self.centre
        bent = -utility / self.risk_tolerance
        with np.errstate(invalid="ignore", divide="ignore"):
            log = np.log1p(bent) if self.is_flat else np.log(bent)
        return np.asarray(self.centre - self.risk_tolerance * log)


def combine(weights: Floats, equivalents: Floats, risk_tolerance: Tolerance) -> Floats:
    """Return the certainty equivalent of a lottery over certainty equivalents.

    Both (c, g): c outcomes, g lotteries; the result is (g,). With m the smallest:
    m - R log1p(sum w expm1(-(x - m) / R) / sum w); the mean without R. An outcome that is nan had
    no mass left to be worth anything, and counts for nothing; nan where no outcome counts.
    """
    counts = (weights > 0) & ~np.isnan(equivalents)
    w = np.where(counts, weights, 0.0)
    x = np.where(counts, equivalents, 0.0)
    whole = w.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        if risk_tolerance is None:
            return np.asarray((w * x).sum(axis=0) / whole)
        least = np.where(counts, x, np.inf).min(axis=0)
        down = np.where(counts, (least - x) / risk_tolerance, 0.0)
        bent = (w * np.expm1(down)).sum(axis=0) / whole
        # near -1 nothing but the least outcome is left, which expm1 would round away
        left = np.where(bent < -0.5, (w * np.exp(down)).sum(axis=0) / whole, 1.0)
        log = np.where(bent < -0.5, np.log(left), np.log1p(np.maximum(bent, -0.5)))
        return np.asarray(least - risk_tolerance * log)


def equivalent(
    disutility: Floats, weight: Floats, level: Floats, risk_tolerance: float | Floats
) -> Floats:
    """Return the certainty equivalent behind sums of weight times expm1((level - x) / R)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(level - risk_tolerance * np.log1p(disutility / weight))
