"""A million draws of 30 correlated quantities under four strategies, and what they are worth."""

import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from scipy.sparse import csc_array
from scipy.special import ndtr

from benchmarks.products import multiply
from benchmarks.threads import THREADS, WORKERS
from benchmarks.timing import Row, compared
from benchmarks.workspace import compiled_from
from decide.analyses.information import Information
from decide.analyses.policy_sample import agree_policy
from decide.analyses.rollback import Rollback, roll_back
from decide.program.program import Program
from decide.uncertainty.points import Floats

DRAWS = 2**20
BLOCK = 8_192
CELLS = 64
QUANTITIES = 30
RANKS = tuple((f"n{k}", f"l{k}", 0.5) for k in range(5)) + tuple(
    (f"n{k}", f"n{k + 1}", 0.3) for k in range(4)
)
KEYS = {"normal": ("mean", "sd"), "lognormal": ("mu", "sigma"), "uniform": ("min", "max")}
LEVELS = np.linspace(0, 30, 257)  # the limit's bins of totals


def quantities() -> list[tuple[str, str, tuple[float, float]]]:
    """Return names, forms and figures of ten normal, ten lognormal and ten uniform quantities."""
    found: list[tuple[str, str, tuple[float, float]]] = []
    for k in range(10):
        found += [
            (f"n{k}", "normal", (k + 1.0, round(0.5 + 0.1 * k, 1))),
            (f"l{k}", "lognormal", (round(0.1 * k, 1), 0.4)),
            (f"u{k}", "uniform", (0.0, k + 1.0)),
        ]
    return found


def formulas() -> list[str]:
    """Return what each of four strategies pays."""
    terms = [[f"n{k} * u{(k + s) % 10} / l{(k + 2 * s) % 10}" for k in range(10)] for s in range(4)]
    return [f"({' + '.join(own)}) / 10" for own in terms]


def model_text() -> str:
    """Return the workspace's one file."""
    lines = ["decision: {title: A million draws}", "quantities:"]
    end = ", grade: judgement, reason: made up}"
    for name, form, figures in quantities():
        named = zip(KEYS[form], figures, strict=True)
        keys = ", ".join(f"{key}: {figure:g}" for key, figure in named)
        lines.append(f"  {name}: {{{form}: {{{keys}}}{end}")
    lines.append("correlations:")
    lines += [f"  - {{between: [{a}, {b}], rank: {rank}{end}" for a, b, rank in RANKS]
    lines.append("strategies:")
    lines += [f"  s{s}: {{pay: {formula}}}" for s, formula in enumerate(formulas())]
    return "\n".join(lines) + "\n"


def program() -> Program:
    """Read the model from files and compile it."""
    return compiled_from(model_text())


def ours(compiled: Program, draws: int, *, informed: bool) -> Rollback:
    """Choose on the policy sample, then value on the draws."""
    agreed = agree_policy(compiled, risk_tolerance=None, workers=WORKERS)
    return roll_back(
        compiled,
        agreed,
        risk_tolerance=None,
        draws=draws,
        workers=WORKERS,
        together=() if informed else None,
    )


def by_hand(draws: int, *, informed: bool) -> tuple[Floats, float, Floats]:
    """Draw and value the same model in NumPy written for it; return means, EVPI and EVPPI."""
    factor = _factor()
    blocks = range(draws // BLOCK)
    with ThreadPoolExecutor(THREADS) as pool:
        parts = list(pool.map(lambda n: _block(n, factor, informed=informed), blocks))
    sums = [sum(own[1:], own[0]) for own in zip(*parts, strict=True)]
    means = sums[0] / draws
    if not informed:
        return means, math.nan, np.zeros(0)
    base = means.max()
    evpi = float(sums[3]) / draws - base
    return (
        means,
        evpi,
        sums[4].reshape(QUANTITIES, CELLS, 4).max(axis=-1).sum(axis=-1) / draws - base,
    )


def _factor() -> Floats:
    names = [f"n{k}" for k in range(10)] + [f"l{k}" for k in range(10)]
    matrix = np.eye(20)
    for a, b, rank in RANKS:
        i, j = names.index(a), names.index(b)
        matrix[i, j] = matrix[j, i] = 2 * np.sin(np.pi * rank / 6)
    return np.asarray(np.linalg.cholesky(matrix))


def _block(number: int, factor: Floats, *, informed: bool) -> list[Floats]:
    random = np.random.Generator(np.random.SFC64(number))
    z = np.empty((20, BLOCK))
    multiply(factor, random.standard_normal((20, BLOCK)), z)
    u = random.random((10, BLOCK))
    k = np.arange(10.0)[:, None]
    n = z[:10] * (0.5 + 0.1 * k)
    n += k + 1
    inverse = np.exp(-(0.1 * k + 0.4 * z[10:]))
    uniform = u * (k + 1)
    totals = np.empty((4, BLOCK))
    for s in range(4):
        over = inverse[(np.arange(10) + 2 * s) % 10]
        over *= uniform[(np.arange(10) + s) % 10]
        np.einsum("kd,kd->d", n, over, out=totals[s])
    totals /= 10
    bins = np.array(
        [np.bincount(np.searchsorted(LEVELS, np.sort(x)), minlength=258) for x in totals]
    )
    found = [totals.sum(axis=1), np.einsum("sd,sd->s", totals, totals), bins.astype(np.float64)]
    if informed:
        shares = np.concatenate([ndtr(z), u])
        found += [np.array(totals.max(axis=0).sum()), _by_cell(shares, totals)]
    return found


def _by_cell(shares: Floats, totals: Floats) -> Floats:
    cells = (shares * CELLS).astype(np.int32)
    cells += np.arange(QUANTITIES, dtype=np.int32)[:, None] * CELLS
    ends = np.arange(0, cells.size + 1, QUANTITIES, dtype=np.int32)
    inside = np.ascontiguousarray(cells.T).ravel()  # draw by draw: nothing has to be sorted
    ones = csc_array((np.ones(cells.size), inside, ends), shape=(QUANTITIES * CELLS, BLOCK))
    return np.asarray(ones @ np.ascontiguousarray(totals.T))


def check(draws: int = 2**17) -> None:
    """See that both ways find the same, within sampling."""
    found = ours(program(), draws, informed=True)
    means, evpi, evppi = by_hand(8 * draws, informed=True)  # its draws are pseudo-random
    information = found.information
    assert information is not None, "the model is small"
    ranked = list(found.values.values())
    assert np.allclose([v.expected_value for v in ranked], means, atol=0.02)
    assert math.isclose(information.quantities.value, evpi, abs_tol=0.02)
    names = [f"{kind}{k}" for kind in "nlu" for k in range(10)]
    own = [_worth(information, name) for name in names]
    assert np.allclose(own, evppi, atol=0.03)


def _worth(information: Information, name: str) -> float:
    return information.each[name,].in_sample


def rows() -> Iterator[Row]:
    """Time both, without the value of information and with it."""
    compiled = program()
    for informed, most, what in ((False, 1.5, ""), (True, 1.3, " with EVPI, EVPPI of all 30")):
        yield compared(
            f"1,048,576 draws, 30 quantities, 4 strategies, correlated{what}",
            partial(ours, compiled, DRAWS, informed=informed),
            partial(by_hand, DRAWS, informed=informed),
            name="NumPy for this one model, two threads",
            most=most,
            rounds=5,
        )
