"""The four plants in NumPy written for them alone: the limit.

Two threads, each with its own generator and buffers; quantities of one kind stand side by side and
are worked on in place.
"""

import itertools
import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_array
from scipy.special import ndtr, ndtri

from benchmarks.plants import PLANTS, QUANTITIES, figures, rank
from benchmarks.products import multiply
from benchmarks.threads import THREADS
from decide.uncertainty.points import Floats

Counts = npt.NDArray[np.intp]

BLOCK = 4_096
GROUPS = 8  # whose spread is the sampling error, as in ours
BINS = 2_048
CELLS = 64
GRID = 4_096  # steps between -8 and 8 normal scores, by which a draw finds its cell
PAIRS = tuple(itertools.permutations(range(len(PLANTS)), 2))

LOGNORMAL, NORMAL, METALOG = slice(0, 10), slice(10, 16), slice(16, 21)
UNIFORM, TRIANGULAR, BY_SHARE = slice(21, 26), slice(26, 30), slice(16, 30)

Z90 = float(ndtri(0.9))
LOGS = np.log(figures("lognormal"))
MU, SIGMA = LOGS.mean(axis=1, keepdims=True), np.diff(LOGS) / (2 * Z90)
MEAN, SD = np.hsplit(figures("normal"), 2)
P10, P50, P90 = np.hsplit(
    np.concatenate([figures("percentiles"), np.log(figures("share") / (1 - figures("share")))]), 3
)
SPREAD = (P90 - P10) / math.log(9)
SKEW = (1 - 2 * (P50 - P10) / (P90 - P10)) / 0.8
EVEN_FROM, EVEN_WIDTH = figures("uniform")[:, :1], np.diff(figures("uniform"))
FROM, PEAK, TO = np.hsplit(figures("triangular"), 3)
CELL_OF = (ndtr((np.arange(GRID) + 0.5) * (16 / GRID) - 8) * CELLS).astype(np.int32)
FIRST_CELLS = np.arange(len(QUANTITIES), dtype=np.int32)[:, None] * CELLS


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comparison:
    """What is known of the four plants."""

    means: Floats  # (plants,)
    errors: Floats  # (plants,) of the means
    sds: Floats  # (plants,)
    quantiles: Floats  # (plants, 3): P10, P50, P90
    losses: Floats  # (plants,) probability of a total below 0
    least: Floats  # (plants,)
    most: Floats  # (plants,)
    ahead: Floats  # (pairs,) share of draws in which the first is worth more
    evpi: float  # 0 unless asked for
    evppi: dict[str, float]  # empty unless asked for


@dataclass(slots=True, kw_only=True, eq=False)
class Sums:
    """What one group of draws adds."""

    total: Floats = field(default_factory=lambda: np.zeros(4))
    squares: Floats = field(default_factory=lambda: np.zeros(4))
    bins: Counts = field(default_factory=lambda: np.zeros((4, BINS), dtype=np.intp))
    lost: Counts = field(default_factory=lambda: np.zeros(4, dtype=np.intp))
    least: Floats = field(default_factory=lambda: np.full(4, np.inf))
    most: Floats = field(default_factory=lambda: np.full(4, -np.inf))
    ahead: Counts = field(default_factory=lambda: np.zeros(len(PAIRS), dtype=np.intp))
    best: float = 0.0
    by_cell: Floats = field(default_factory=lambda: np.zeros((len(QUANTITIES) * CELLS, 4)))


def compare_plants(draws: int, *, informed: bool, block: int = BLOCK) -> Comparison:
    """Compare the plants on `draws` draws, a power of two."""
    each = draws // GROUPS
    block = min(block, each)
    factor = _factor()
    sample = np.random.default_rng(2**20).standard_normal((len(QUANTITIES), 4_096))
    totals = _totals(factor @ sample)
    span = np.ptp(totals, axis=1)
    low, high = totals.min(axis=1) - span / 4, totals.max(axis=1) + span / 4

    def sums(group: int) -> Sums:
        random = np.random.Generator(np.random.SFC64([1, group]))
        z, x = np.empty((2, len(QUANTITIES), block))
        found = Sums()
        for _ in range(each // block):
            random.standard_normal(out=z)
            multiply(factor, z, x)
            members = _members(x, z) if informed else None
            _add(found, _totals(x), low, high, members)
        return found

    with ThreadPoolExecutor(THREADS) as pool:
        groups = list(pool.map(sums, range(GROUPS)))
    return _compared(groups, draws, low, high)


def _add(found: Sums, totals: Floats, low: Floats, high: Floats, members: csc_array | None) -> None:
    found.total += totals.sum(axis=1)
    found.squares += np.vecdot(totals, totals)
    np.minimum(found.least, totals.min(axis=1), out=found.least)
    np.maximum(found.most, totals.max(axis=1), out=found.most)
    found.lost += np.count_nonzero(totals < 0, axis=1)
    for n, (a, b) in enumerate(PAIRS):
        found.ahead[n] += np.count_nonzero(totals[a] > totals[b])
    if members is not None:
        found.best += float(totals.max(axis=0).sum())
        found.by_cell += members @ np.ascontiguousarray(totals.T)
    totals -= low[:, None]
    totals *= (BINS / (high - low))[:, None]
    np.clip(totals, 0, BINS - 1, out=totals)
    for n, bins in enumerate(totals.astype(np.intp)):
        found.bins[n] += np.bincount(bins, minlength=BINS)


def _members(x: Floats, spare: Floats) -> csc_array:
    """Return which cells each draw lies in, (quantities x cells, draws).

    Stored draw by draw, so that nothing has to be sorted.
    """
    np.multiply(x, GRID / 16, out=spare)
    spare += GRID / 2
    cells = CELL_OF.take(spare.astype(np.int32), mode="clip")
    cells += FIRST_CELLS
    ends = np.arange(0, cells.size + 1, len(QUANTITIES), dtype=np.int32)
    inside = np.ascontiguousarray(cells.T).ravel()
    shape = len(QUANTITIES) * CELLS, x.shape[1]
    return csc_array((np.ones(cells.size), inside, ends), shape=shape)


def _totals(x: Floats) -> Floats:
    """Turn correlated normal scores, which are used up, into the four plants' totals."""
    for rows, factor, shift in ((LOGNORMAL, SIGMA, MU), (NORMAL, SD, MEAN)):
        x[rows] *= factor
        x[rows] += shift
    np.exp(x[LOGNORMAL], out=x[LOGNORMAL])
    ndtr(x[BY_SHARE], out=x[BY_SHARE])
    _to_metalog(x[METALOG])
    x[UNIFORM] *= EVEN_WIDTH
    x[UNIFORM] += EVEN_FROM
    _to_triangular(x[TRIANGULAR])
    market, currency = x[:2]
    price, fixed = x[2:6], x[6:10]
    growth, wage = x[10:12]
    unit_cost = x[12:16]
    grant, share = x[16], x[17:21]
    inflation, output = x[21], x[22:26]
    capacity = x[26:30]
    share *= market * growth
    np.minimum(share, capacity, out=share)
    share *= output
    price *= currency
    unit_cost *= wage
    price -= unit_cost
    share *= price
    fixed *= inflation
    share -= fixed
    share += grant
    return share


def _to_metalog(u: Floats) -> None:
    """Turn shares of the grant and of the markets into their values."""
    logit = np.subtract(1, u)
    np.divide(u, logit, out=logit)
    np.log(logit, out=logit)
    u -= 0.5
    u *= SKEW
    u += 0.5
    u *= SPREAD
    u *= logit
    u += P50
    share = u[1:]
    np.negative(share, out=share)
    np.exp(share, out=share)
    share += 1
    np.reciprocal(share, out=share)


def _to_triangular(u: Floats) -> None:
    """Turn shares into capacities."""
    is_rising = u < (PEAK - FROM) / (TO - FROM)
    up = u * ((TO - FROM) * (PEAK - FROM))
    np.subtract(1, u, out=u)
    u *= (TO - FROM) * (TO - PEAK)
    np.copyto(u, up, where=is_rising)
    np.sqrt(u, out=u)
    np.subtract(TO, u, out=up)
    u += FROM
    np.copyto(u, up, where=~is_rising)


def _compared(groups: Sequence[Sums], draws: int, low: Floats, high: Floats) -> Comparison:
    means = _added([g.total for g in groups]) / draws
    apart = np.array([g.total for g in groups]) / (draws // GROUPS)
    shares = np.cumsum(_added([g.bins for g in groups]), axis=1) / draws
    base = float(means.max())
    best = sum(g.best for g in groups) / draws
    by_cell = _added([g.by_cell for g in groups]).reshape(len(QUANTITIES), CELLS, len(PLANTS))
    known = by_cell.max(axis=2).sum(axis=1) / draws - base
    return Comparison(
        means=means,
        errors=apart.std(axis=0, ddof=1) / math.sqrt(GROUPS),
        sds=np.sqrt(_added([g.squares for g in groups]) / draws - means**2),
        quantiles=np.array(
            [
                (np.searchsorted(own, (0.1, 0.5, 0.9)) + 0.5) * (b - a) / BINS + a
                for own, a, b in zip(shares, low, high, strict=True)
            ]
        ),
        losses=_added([g.lost for g in groups]) / draws,
        least=np.minimum.reduce([g.least for g in groups]),
        most=np.maximum.reduce([g.most for g in groups]),
        ahead=_added([g.ahead for g in groups]) / draws,
        evpi=best - base if best else 0.0,
        evppi=dict(zip(QUANTITIES, known.tolist(), strict=True)) if best else {},
    )


def _added(parts: Sequence[Floats] | Sequence[Counts]) -> Floats:
    """Add the groups' sums up, the first one first."""
    return np.asarray(np.array(parts, dtype=np.float64).sum(axis=0))


def _factor() -> Floats:
    matrix = np.eye(len(QUANTITIES))
    for (i, a), (j, b) in itertools.permutations(enumerate(QUANTITIES), 2):
        matrix[i, j] = 2 * math.sin(math.pi * rank(a, b) / 6)
    return np.asarray(np.linalg.cholesky(matrix), dtype=np.float64)
