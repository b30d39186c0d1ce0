"""A tree of 185 nodes with 20 uncertain quantities, on 131,072 draws."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from benchmarks.threads import THREADS, WORKERS
from benchmarks.timing import Row, compared
from benchmarks.workspace import compiled_from
from decide.analyses.policy_sample import agree_policy
from decide.analyses.rollback import Rollback, roll_back
from decide.program.program import Program
from decide.uncertainty.points import Floats

DRAWS = 2**17
POLICY_DRAWS = 2**14
BLOCK = 8_192
STRATEGIES = 4
SHARES = (0.1, 0.2, 0.25, 0.2, 0.15, 0.1)  # of the six outcomes, all but the first moved by odds
BINS = 1_024
LOW, HIGH = -150.0, 250.0  # between which the limit's bins lie


def model_text() -> str:
    """Four strategies: a chance of three, a decision of two, a chance of six, and payments."""
    end = ", grade: judgement, reason: made up}"
    lines = ["decision: {title: A tree of 185 nodes}", "quantities:"]
    lines += [f"  a{k}: {{normal: {{mean: {5 * k}, sd: {5 + k}}}{end}" for k in range(10)]
    lines += [f"  b{k}: {{uniform: {{min: 0, max: {10 + k}}}{end}" for k in range(6)]
    lines += [f"  q{k}: {{uniform: {{min: 10 %, max: {20 + 10 * k} %}}{end}" for k in range(4)]
    lines.append("strategies:")
    lines += [f"  s{s}: {{then: first{s}}}" for s in range(STRATEGIES)]
    lines.append("tree:")
    for s in range(STRATEGIES):
        branches = (
            f"high: {{p: q{s}, pay: a{s}, then: gate{s}}}, middle: {{p: 30 %, then: gate{s}}}"
        )
        lines.append(
            f"  first{s}: {{chance: {{{branches}, low: {{p: rest, pay: -b{s}, then: gate{s}}}}}}}"
        )
        lines.append(
            f"  gate{s}: {{decide: {{go: {{pay: -b{s + 1}, then: wide{s}}}, "
            f"stay: {{then: narrow{s}}}}}}}"
        )
        for name, factor in (("wide", 2), ("narrow", 1)):
            odds = ["rest", *(f"{SHARES[k]} * (1 + 0.1 * q{s})" for k in range(1, 6))]
            outcomes = ", ".join(
                f"o{k}: {{p: {p}, pay: {factor} * a{(s + k) % 10} - b{k}}}"
                for k, p in enumerate(odds)
            )
            lines.append(f"  {name}{s}: {{chance: {{{outcomes}}}}}")
    return "\n".join(lines) + "\n"


def program() -> Program:
    """Read the model from files and compile it."""
    return compiled_from(model_text())


def ours(compiled: Program, draws: int) -> Rollback:
    """Choose on the policy sample, then value on the draws."""
    agreed = agree_policy(compiled, risk_tolerance=None, workers=WORKERS)
    return roll_back(compiled, agreed, risk_tolerance=None, draws=draws, workers=WORKERS)


def by_hand(draws: int) -> tuple[Floats, Floats]:
    """Do the same in NumPy written for this tree; return expected values and P10, P50, P90."""
    chosen = _choose()
    with ThreadPoolExecutor(THREADS) as pool:
        parts = list(pool.map(partial(_value, chosen), range(2, 2 + draws // BLOCK)))
    sums = np.sum([mean for mean, _ in parts], axis=0)
    bins = np.sum([own for _, own in parts], axis=0)
    shares = np.cumsum(bins, axis=1) / bins.sum(axis=1, keepdims=True)
    width = (HIGH - LOW) / BINS
    spread = [
        [LOW + width * (np.searchsorted(own, level) + 0.5) for level in (0.1, 0.5, 0.9)]
        for own in shares
    ]
    return sums / draws, np.array(spread)


def _choose() -> list[list[bool]]:
    """Return whether to go, by strategy and first outcome."""
    sums = np.zeros((STRATEGIES, 3, 2))
    for block in range(POLICY_DRAWS // BLOCK):
        a, b, q = _draw(block)
        for s in range(STRATEGIES):
            odds, _ = _first(a, b, q, s)
            weights = _outcomes(q, s)
            for option, factor in enumerate((2.0, 1.0)):
                later = np.einsum("kd,kd->d", weights, _pays(a, b, s, factor))
                if option == 0:
                    later -= b[s + 1]
                sums[s, :, option] += np.einsum("kd,d->k", odds, later)
    return [[bool(go > stay) for go, stay in own] for own in sums.tolist()]


def _value(chosen: list[list[bool]], block: int) -> tuple[Floats, Floats]:
    a, b, q = _draw(block)
    means, bins = np.empty(STRATEGIES), np.empty((STRATEGIES, BINS))
    scale = BINS / (HIGH - LOW)
    for s in range(STRATEGIES):
        odds, early = _first(a, b, q, s)
        weights = _outcomes(q, s)
        later = {True: _pays(a, b, s, 2.0) - b[s + 1], False: _pays(a, b, s, 1.0)}
        totals, reach = np.empty((3, 6, BLOCK)), np.empty((3, 6, BLOCK))
        for h in range(3):
            np.add(later[chosen[s][h]], early[h], out=totals[h])
            np.multiply(weights, odds[h], out=reach[h])
        means[s] = np.vecdot(totals, reach).sum()  # a dot so long would start threads
        totals -= LOW
        totals *= scale
        place = totals.astype(np.int32).ravel()
        np.clip(place, 0, BINS - 1, out=place)
        bins[s] = np.bincount(place, reach.ravel(), BINS)
    return means, bins


def _draw(block: int) -> tuple[Floats, Floats, Floats]:
    random = np.random.Generator(np.random.SFC64(block))
    k = np.arange(10.0)[:, None]
    a = random.standard_normal((10, BLOCK)) * (5 + k) + 5 * k
    b = random.random((6, BLOCK)) * (10 + k[:6])
    q = 0.1 + random.random((4, BLOCK)) * (0.1 + 0.1 * k[:4])
    return a, b, q


def _first(a: Floats, b: Floats, q: Floats, s: int) -> tuple[Floats, list[Floats | float]]:
    odds = np.stack([q[s], np.full(BLOCK, 0.3), 0.7 - q[s]])
    return odds, [a[s], 0.0, -b[s]]


def _outcomes(q: Floats, s: int) -> Floats:
    weights = np.array(SHARES)[:, None] * (1 + 0.1 * q[s])
    weights[0] = 1 - weights[1:].sum(axis=0)
    return np.asarray(weights)


def _pays(a: Floats, b: Floats, s: int, factor: float) -> Floats:
    return np.asarray(factor * a[[(s + k) % 10 for k in range(6)]] - b)


def check(draws: int = DRAWS) -> None:
    """See that both ways find the same, within sampling and the width of the limit's bins."""
    compiled = program()
    assert sum(map(len, compiled.strategies.values())) == 184, "and the choice between them"
    found = ours(compiled, draws).values.values()
    means, spread = by_hand(draws)
    assert np.allclose([v.expected_value for v in found], means, atol=0.3)
    assert np.allclose([(v.p10, v.p50, v.p90) for v in found], spread, atol=1.0)


def rows() -> Iterator[Row]:
    """Time both."""
    compiled = program()
    yield compared(
        "tree of 185 nodes, 20 quantities, 131,072 draws",
        partial(ours, compiled, DRAWS),
        partial(by_hand, DRAWS),
        name="NumPy for this one tree, two threads",
        most=1.5,
        rounds=7,
    )
