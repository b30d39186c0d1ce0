"""Weights under which a few draws tell what many draws told."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from scipy.special import logsumexp

from decide.analyses.paths import expected_by_draw, is_merged
from decide.analyses.policy import is_chosen
from decide.analyses.policy_sample import Agreed
from decide.analyses.rollback import Rollback
from decide.program.engine import Block
from decide.program.path_sums import reaches
from decide.program.program import Program
from decide.uncertainty.points import Floats

STEPS = 50
CLOSE = 1e-9
ROUNDING = 1e-12


def calibrated(
    program: Program,
    agreed: Agreed,
    rollback: Rollback,
    strategies: Sequence[str],
    values: Mapping[int, Floats],
    drawn: Block,
    risk_tolerance: float | None,
) -> Block:
    """Weigh draws so that every strategy's printed values come out of them, the policy held.

    Of all weights that meet the expected values and the certainty equivalents, those are taken
    that stay nearest to equal ones in the sense of Kullback and Leibler: exponential tilting, as in
    Deville and Särndal, Journal of the American Statistical Association 87 (1992) 376-382. Where
    no weights meet them, the draws stay as they are.
    """
    rows = [
        row
        for strategy in strategies
        for row in _controls(program, agreed, rollback, strategy, values, drawn, risk_tolerance)
    ]
    weights = tilted(np.array(rows)) if rows else None
    if weights is None:
        return drawn
    return Block(
        inputs=drawn.inputs, weights=weights.reshape(drawn.weights.shape), groups=drawn.groups
    )


def tilted(rows: Floats) -> Floats | None:
    """Return weights of mean 1 under which every row of (rows, draws) has mean 0, or None.

    Newton's method on the convex dual, the log of the sum of exp of the rows' combination.
    """
    x = rows / rows.std(axis=1, keepdims=True)
    turn = np.zeros(len(x))
    for _ in range(STEPS):
        exponent = turn @ x
        weights = np.exp(exponent - exponent.max())
        weights /= weights.sum()
        slope = x @ weights
        if np.abs(slope).max() < CLOSE:
            return np.asarray(weights * x.shape[1])
        if not np.isfinite(slope).all():
            return None
        curvature = (x * weights) @ x.T - np.outer(slope, slope)
        step = np.linalg.lstsq(curvature, -slope, rcond=1e-10)[0]
        height = logsumexp(exponent)
        while logsumexp((turn + step) @ x) > height + ROUNDING:
            step = step / 2
            if np.abs(step).max() < CLOSE:
                return None
        turn = turn + step
    return None


def _controls(
    program: Program,
    agreed: Agreed,
    rollback: Rollback,
    strategy: str,
    values: Mapping[int, Floats],
    drawn: Block,
    risk_tolerance: float | None,
) -> Iterator[Floats]:
    """Yield each draw's expected total and disutility, less what they are printed as, (draws,).

    One that is the same in all draws, but for rounding, says nothing and is left out. Of a tree
    whose histories are merged there is the expected total alone.
    """
    steps, printed = program.strategies[strategy], rollback.values[strategy]
    choice = agreed.policies[strategy].choice
    if is_merged(steps):  # its ends are not its paths
        mean = (drawn.weights * expected_by_draw(steps, choice, values)).ravel()
        if np.ptp(mean) > ROUNDING * np.abs(mean).max():
            yield mean - printed.expected_value
        return
    kept = is_chosen(steps, choice)
    reach = reaches(steps, values, drawn.weights, kept)
    ends = [
        (np.broadcast_to(reach[n], drawn.weights.shape).ravel(), values[step.total].ravel())
        for n, step in enumerate(steps)
        if step.total >= 0 and kept[n]
    ]
    mean = np.sum([w * x for w, x in ends], axis=0)
    if np.ptp(mean) > ROUNDING * max(np.abs(x).max() for _, x in ends):
        yield mean - printed.expected_value
    least = min(x.min() for _, x in ends)
    if risk_tolerance is not None and printed.certainty_equivalent > least:  # else none meet it
        bent = np.sum([w * np.expm1((least - x) / risk_tolerance) for w, x in ends], axis=0)
        if np.ptp(bent) > ROUNDING:
            yield bent - np.expm1((least - printed.certainty_equivalent) / risk_tolerance)
