"""The distribution of a strategy's total: exact atoms where few, else bins with fixed edges."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from decide.uncertainty.points import Floats

BINS = 1_024
POINTS = 200  # that a risk profile is drawn with, at most


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Distribution:
    """Masses at rising totals; their sum is 1."""

    totals: Floats
    masses: Floats

    def quantile(self, share: float) -> float:
        """Return the smallest total at or below which at least `share` of the mass lies."""
        reached = np.searchsorted(np.cumsum(self.masses), share - 1e-12)
        return float(self.totals[min(int(reached), len(self.totals) - 1)])

    def tail_mean(self, share: float) -> float:
        """Return the mean of the worst `share`; an atom that straddles it counts in part.

        Rockafellar and Uryasev, Journal of Banking and Finance 26 (2002) 1443-1471.
        """
        before = np.concatenate([[0.0], np.cumsum(self.masses)[:-1]])
        inside = np.clip(share - before, 0.0, self.masses)
        return float((inside * self.totals).sum() / inside.sum())

    def tail_disutility(self, share: float, risk_tolerance: float) -> float:
        """Return what share of the mean of exp(-total / R) the worst outcomes carry."""
        bent = np.exp((self.totals[0] - self.totals) / risk_tolerance)
        before = np.concatenate([[0.0], np.cumsum(self.masses)[:-1]])
        inside = np.clip(share - before, 0.0, self.masses)
        return float((inside * bent).sum() / (self.masses * bent).sum())

    def points(self) -> tuple[tuple[float, float], ...]:
        """Return (total, probability of at most that), thinned to some 200 even steps."""
        shares = np.cumsum(self.masses)
        shares[-1] = 1.0
        if len(shares) <= POINTS:
            kept = np.arange(len(shares))
        else:
            wanted = np.linspace(0, 1, POINTS)
            kept = np.unique(np.searchsorted(shares, wanted).clip(max=len(shares) - 1))
        return tuple((float(self.totals[i]), float(shares[i])) for i in kept)


@dataclass(slots=True)
class Sketch:
    """Gathers weighted totals into bins; a bin is later known by the mean of what fell into it.

    The edges are totals that a first sample had, evenly spaced in probability, each with a bin of
    its own, so that a total of which much comes out exactly is not blurred with its neighbours.
    """

    edges: Floats  # rising
    groups: int  # sets of draws that are kept apart
    masses: Floats = field(init=False)  # (groups, bins)
    moments: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.masses = np.zeros((self.groups, len(self.edges) + 1))
        self.moments = np.zeros((self.groups, len(self.edges) + 1))

    def add(self, tiles: Floats, groups: Sequence[int]) -> None:
        """Add what `bin_tiles` made of some tiles, one after the other."""
        for tile, group in zip(tiles, groups, strict=True):
            self.masses[group] += tile[0]
            self.moments[group] += tile[1]

    def distribution(self) -> Distribution:
        """Return what was gathered."""
        return _from_bins(
            sum(self.masses[1:], self.masses[0]), sum(self.moments[1:], self.moments[0])
        )

    def rank_error(self) -> float:
        """Return the largest share of the mass in one bin that holds different totals.

        A quantile is the mean of the bin that it falls in, so by no more than this share of the
        mass does it lie too high or too low.
        """
        masses = self.masses.sum(axis=0)
        holds_one = np.nextafter(self.edges[:-1], np.inf) == self.edges[1:]
        inner = masses[1:-1][~holds_one]
        return float(max(masses[0], masses[-1], inner.max(initial=0.0)) / masses.sum())

    def by_group(self) -> tuple[Distribution, ...]:
        """Return what was gathered in each group."""
        return tuple(_from_bins(*both) for both in zip(self.masses, self.moments, strict=True))


def bin_tiles(edges: Floats, totals: Floats, weights: Floats) -> Floats:
    """Return the mass and the moment of each bin, (tiles, 2, bins), of totals (ends, tiles, k)."""
    found = np.empty((totals.shape[1], 2, len(edges) + 1))
    if (weights == weights.flat[0]).all():
        for tile, both in enumerate(found):
            x = np.sort(totals[:, tile], axis=None)  # rising totals are found faster
            bins = np.searchsorted(edges, x, side="right")
            both[0] = np.bincount(bins, minlength=len(edges) + 1)
            both[1] = np.bincount(bins, x, len(edges) + 1)
        found *= weights.flat[0]
        return found
    for tile, both in enumerate(found):
        order = np.argsort(totals[:, tile], axis=None)
        x, w = totals[:, tile].ravel()[order], weights[:, tile].ravel()[order]
        bins = np.searchsorted(edges, x, side="right")
        both[0] = np.bincount(bins, w, len(edges) + 1)
        both[1] = np.bincount(bins, w * x, len(edges) + 1)
    return found


def _from_bins(masses: Floats, moments: Floats) -> Distribution:
    filled = masses > 0
    means = moments[filled] / masses[filled]
    return Distribution(totals=means, masses=masses[filled] / masses[filled].sum())


def edges_from(totals: Floats, weights: Floats) -> Floats:
    """Return the edges of some 2,000 bins for a sample of weighted totals."""
    first = atoms([totals], [weights])
    wanted = (np.arange(BINS) + 0.5) / BINS
    picked = np.searchsorted(np.cumsum(first.masses), wanted).clip(max=len(first.masses) - 1)
    values = first.totals[np.unique(picked)]
    return np.unique(np.concatenate([values, np.nextafter(values, np.inf)]))


def atoms(totals: Sequence[Floats], weights: Sequence[Floats]) -> Distribution:
    """Return the exact distribution of weighted totals, those within rounding taken together."""
    x = np.concatenate([t.ravel() for t in totals])
    w = np.concatenate([v.ravel() for v in weights])
    x, w = x[w > 0], w[w > 0]
    order = np.argsort(x, kind="stable")
    x, w = x[order], w[order]
    scale = np.abs(x).max(initial=0.0)
    starts = np.flatnonzero(np.concatenate([[True], np.diff(x) > 1e-12 * scale]))
    masses = np.add.reduceat(w, starts)
    return Distribution(totals=x[starts], masses=masses / masses.sum())
