"""The distribution of a strategy's total: exact atoms where few, else bins with fixed edges."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from decide.uncertainty.points import Floats

BINS = 1_024
PARTS = 16_384  # of the way from the first edge to the last
MOST_LEFT = 24  # edges that may be left to look at
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


def bin_tiles(places: "Places", totals: Floats, weights: Floats) -> Floats:
    """Return the mass and the moment of each bin, (tiles, 2, bins), of totals (ends, tiles, k)."""
    tiles, bins = totals.shape[1], len(places.edges) + 1
    found = np.empty((tiles, 2, bins))
    x, w = totals.ravel(), weights.ravel()
    own = places.of(x).reshape(totals.shape)
    own += np.arange(0, tiles * bins, bins)[:, None]
    is_alike = bool((w == w[0]).all())
    moments = x if is_alike else w * x
    masses = np.bincount(own.ravel(), None if is_alike else w, tiles * bins)
    found[:, 0] = masses.reshape(tiles, bins)
    found[:, 1] = np.bincount(own.ravel(), moments, tiles * bins).reshape(tiles, bins)
    if is_alike:
        found *= w[0]
    return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Places:
    """Finds the bin of a total: the number of edges at or below it.

    A table says how many edges lie below each of 16,384 even parts, so that few are left to look
    at; where too many lie in one part, totals are sorted instead.
    """

    edges: Floats  # rising
    below: npt.NDArray[np.intp]  # edges below the part before each
    scale: float  # parts in a unit of totals; 0 where they are sorted

    def of(self, totals: Floats) -> npt.NDArray[np.intp]:
        """Return the bin of each total, (n,)."""
        if not self.scale:
            order = np.argsort(totals)
            found = np.empty(len(totals), dtype=np.intp)
            found[order] = np.searchsorted(self.edges, totals[order], side="right")
            return found
        part = totals - self.edges[0]
        part *= self.scale
        np.clip(part, 0, PARTS - 1, out=part)
        found = np.asarray(self.below.take(part.astype(np.intp)), dtype=np.intp)
        upper = np.append(self.edges, np.inf)
        left = np.flatnonzero(totals >= upper.take(found))
        while len(left):
            found[left] += 1
            left = left[totals[left] >= upper.take(found[left])]
        return found


def places_of(edges: Floats) -> Places:
    """Return where totals lie among edges."""
    width = float(edges[-1] - edges[0])
    scale = PARTS / width if 0 < width < np.inf else 0.0
    if not np.isfinite(scale):
        scale = 0.0
    part = np.clip((edges - edges[0]) * scale, 0, PARTS - 1).astype(np.intp)
    before = np.concatenate([[0], np.cumsum(np.bincount(part, minlength=PARTS))])
    below = before[np.maximum(np.arange(PARTS) - 1, 0)]
    if (before[np.minimum(np.arange(PARTS) + 2, PARTS)] - below).max() > MOST_LEFT:
        scale = 0.0
    return Places(edges=edges, below=below, scale=scale)


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
