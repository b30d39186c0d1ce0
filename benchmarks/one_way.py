"""One-way sensitivity: each of 20 quantities at 51 values, the others at their medians."""

from collections.abc import Iterator, Mapping

import numpy as np

from benchmarks.timing import Row, compared
from benchmarks.tree import SHARES, STRATEGIES, program
from decide.analyses.policy import fold
from decide.analyses.policy_sample import tree_outputs
from decide.analyses.what_if import AsDrawn, as_drawn, pinned_sums
from decide.program.engine import Block, keep_freed_memory, run
from decide.program.operations import ancestors
from decide.program.program import Program
from decide.uncertainty.points import Floats
from decide.uncertainty.quantiles import quantile

POINTS = 51
LEVELS = np.linspace(0.01, 0.99, POINTS)
NAMES = (*(f"a{k}" for k in range(10)), *(f"b{k}" for k in range(6)), *(f"q{k}" for k in range(4)))


def settings(compiled: Program) -> dict[str, Floats]:
    """Return the values that each quantity is moved to, (points,)."""
    return {name: quantile(compiled.distributions[name], LEVELS) for name in NAMES}


def at_medians(compiled: Program) -> Mapping[str, AsDrawn]:
    """Return every strategy with all quantities at their medians, as one draw."""
    middle = np.array([0.5])
    drawn = Block(
        inputs={n: quantile(compiled.distributions[n], middle).reshape(1, 1, 1) for n in NAMES},
        weights=np.ones((1, 1, 1)),
        groups=(0,),
    )
    order = ancestors(compiled.operations, tree_outputs(compiled))
    values = run(compiled.operations, order, drawn.inputs, {}, len(compiled.years))
    return as_drawn(compiled, tuple(compiled.strategies), values, drawn, None)


def ours(compiled: Program, bases: Mapping[str, AsDrawn], moved: Mapping[str, Floats]) -> Floats:
    """Return each strategy's value, decisions taken anew, (strategies, quantities, points)."""
    found = np.empty((len(bases), len(moved), POINTS))
    sums = pinned_sums(compiled, bases, list(moved.items()))
    for own, (strategy, base) in zip(found, bases.items(), strict=True):
        folded = fold(base.steps, np.concatenate(sums[strategy], axis=1), None)
        own[:] = folded.equivalent[0].reshape(len(moved), POINTS)
    return found


def by_hand(moved: Mapping[str, Floats]) -> Floats:
    """Return the same in NumPy written for this tree, all quantities side by side."""
    middle = POINTS // 2
    x = np.empty((len(moved), len(moved), POINTS))
    for n, values in enumerate(moved.values()):
        x[n] = values[middle]
        x[n, n] = values
    return worth(x.reshape(len(moved), -1)).reshape(STRATEGIES, len(moved), POINTS)


def worth(x: Floats) -> Floats:
    """Return each strategy's value, (strategies, k), at quantities as in `NAMES`, (20, k)."""
    a, b, q = x[:10], x[10:16], x[16:]
    found = np.empty((STRATEGIES, x.shape[1]))
    shares = np.array(SHARES)[:, None]
    for s in range(STRATEGIES):
        weights = shares * (1 + 0.1 * q[s])
        weights[0] = 1 - weights[1:].sum(axis=0)
        amount = np.einsum("kd,kd->d", weights, a.take(range(s, s + 6), axis=0, mode="wrap"))
        cost = np.einsum("kd,kd->d", weights, b)
        best = np.maximum(2 * amount - b[s + 1], amount)
        found[s] = q[s] * a[s] - (0.7 - q[s]) * b[s] + best - cost
    return found


def check() -> None:
    """See that both ways find the same."""
    compiled = program()
    moved = settings(compiled)
    found = ours(compiled, at_medians(compiled), moved)
    assert np.allclose(found, by_hand(moved), rtol=1e-9, atol=1e-9)
    assert (np.ptp(found, axis=(0, 2)) > 0).all(), "every quantity moves something"


def rows() -> Iterator[Row]:
    """Time both."""
    compiled = program()
    moved = settings(compiled)
    bases = at_medians(compiled)
    keep_freed_memory()  # as an evaluation does
    yield compared(
        "one-way, 20 quantities at 51 values, tree of 185 nodes",
        lambda: ours(compiled, bases, moved),
        lambda: by_hand(moved),
        name="NumPy for this one tree",
        most=3,
    )
