"""What moves the result, one input at a time?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from decide.analyses.calibration import calibrated
from decide.analyses.grid import RISK_TOLERANCE, Grid, quantile_grid, range_grid
from decide.analyses.policy import fold
from decide.analyses.policy_sample import POLICY_SCRAMBLES, Agreed, strategy_outputs
from decide.analyses.rollback import Rollback
from decide.analyses.switch_points import (
    Stretch,
    SwitchPoint,
    Worth,
    crossings,
    gap_of,
    leader_at,
    stretches,
    switch_points,
    with_crossings,
)
from decide.analyses.what_if import AsDrawn, as_drawn, pinned_sums, side_by_side, sums_at
from decide.model.number import Fixed
from decide.program.engine import blocks, plan_draws, run
from decide.program.operations import ancestors
from decide.program.program import Program
from decide.uncertainty.points import Floats

DRAWS = 1_024
Moved = tuple[Floats, Floats | None]  # path sums, (steps, g, columns), and risk tolerances, (g,)
SCRAMBLES = POLICY_SCRAMBLES[:4]  # several, so that two names rarely fall into step


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The leader's certainty equivalent as one input goes from low to high, others as drawn."""

    quantity: str
    low: float  # the input: its P10, or the low end of its range
    high: float
    at_low: float  # the leader's certainty equivalent, decisions below it taken anew
    at_high: float
    held_at_low: float  # the same with the agreed policy held
    held_at_high: float
    width: float  # between the largest and the smallest on the way, decisions taken anew
    leader_at_low: str  # the strategy that is best there
    leader_at_high: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """Tornado and switch points of the leader.

    Moves are found on 1,024 of the model's own draws, weighted so that the printed values come out
    of them. An input is pinned: what is correlated with it stays as drawn.
    """

    leader: str
    base: float  # the leader's certainty equivalent, as printed
    bars: tuple[Bar, ...]  # the widest first
    switch_points: tuple[SwitchPoint, ...]  # the nearest first, those out of range last


def move_one_by_one(
    program: Program,
    agreed: Agreed,
    rollback: Rollback,
    *,
    compared: Sequence[str],
    risk_tolerance: Fixed | None,
) -> Sensitivity:
    """Pin each input of the compared strategies to low and high values, all else as drawn."""
    leader = next(s for s in rollback.ranking if s in compared)
    grids, bases = _start(program, agreed, rollback, compared, risk_tolerance)
    sums = _sums_along(program, bases, grids)
    anew = {s: _worth(rollback, s, bases[s], sums[s]) for s in compared}
    choice = agreed.policies[leader].choice
    held = _worth(rollback, leader, bases[leader], sums[leader], choice)
    bars: list[Bar] = []
    found: list[Stretch] = []
    for n, grid in enumerate(grids):
        here = {s: anew[s][n] for s in compared}
        if any(np.ptp(x) > 0 for x in here.values()):
            bars.append(_bar(grid, here, held[n], leader))
            found.extend(stretches(grid, here))
    return Sensitivity(
        leader=leader,
        base=rollback.values[leader].certainty_equivalent,
        bars=tuple(sorted(bars, key=lambda bar: -bar.width)),
        switch_points=_all_switch_points(program, rollback, bases, found),
    )


def _all_switch_points(
    program: Program, rollback: Rollback, bases: Mapping[str, AsDrawn], found: Sequence[Stretch]
) -> tuple[SwitchPoint, ...]:
    """Look closer at each stretch, then where the lead seems to pass; return the nearest first."""
    worth = _worth_on(program, rollback, bases, found, [stretch.fine for stretch in found])
    crossed = [crossings(stretch, own) for stretch, own in zip(found, worth, strict=True)]
    there = _worth_on(program, rollback, bases, found, crossed)
    points = [
        point
        for known in zip(found, worth, crossed, there, strict=True)
        for point in switch_points(*(with_crossings(*known) if len(known[2].values) else known[:2]))
    ]
    return tuple(sorted(points, key=lambda point: (not point.is_plausible, point.distance)))


def _worth_on(
    program: Program,
    rollback: Rollback,
    bases: Mapping[str, AsDrawn],
    found: Sequence[Stretch],
    grids: Sequence[Grid],
) -> list[dict[str, Floats]]:
    """Return what the rivals of each stretch are worth on a grid of its own."""
    worth: list[dict[str, Floats]] = [{} for _ in found]
    for rivals in dict.fromkeys(stretch.rivals for stretch in found):
        places = [n for n, s in enumerate(found) if s.rivals == rivals and len(grids[n].values)]
        sums = _sums_along(program, {s: bases[s] for s in rivals}, [grids[n] for n in places])
        for strategy in rivals:
            own = _worth(rollback, strategy, bases[strategy], sums[strategy])
            for n, x in zip(places, own, strict=True):
                worth[n][strategy] = x
    return worth


def _bar(grid: Grid, anew: Worth, held: Floats, leader: str) -> Bar:
    low, high, own = grid.low, grid.high, anew[leader]
    gap = gap_of(anew)
    return Bar(
        quantity=grid.name,
        low=float(grid.values[low]),
        high=float(grid.values[high]),
        at_low=float(own[low]),
        at_high=float(own[high]),
        held_at_low=float(held[low]),
        held_at_high=float(held[high]),
        width=float(np.ptp(own[low : high + 1])),
        leader_at_low=leader_at(anew, low, gap),
        leader_at_high=leader_at(anew, high, gap),
    )


def _start(
    program: Program,
    agreed: Agreed,
    rollback: Rollback,
    compared: Sequence[str],
    risk_tolerance: Fixed | None,
) -> tuple[list[Grid], Mapping[str, AsDrawn]]:
    """Return what each input is pinned to, and every strategy with nothing pinned."""
    tolerance = None if risk_tolerance is None else risk_tolerance.value
    wanted = list(dict.fromkeys(n for s in compared for n in strategy_outputs(program, s)))
    plan = plan_draws(program, wanted, scrambles=SCRAMBLES, draws=DRAWS, block=DRAWS)
    drawn = side_by_side(next(blocks(plan)))
    order = ancestors(program.operations, wanted)
    values = run(program.operations, order, drawn.inputs, {}, len(program.years))
    if not plan.is_enumerated:
        drawn = calibrated(program, agreed, rollback, compared, values, drawn, tolerance)
    grids = [quantile_grid(name, d) for name, d in plan.uncertain.distributions.items()]
    grids += [range_grid(name, fixed) for name, fixed in program.parameters.items()]
    if risk_tolerance is not None and risk_tolerance.low is not None:
        grids.append(range_grid(RISK_TOLERANCE, risk_tolerance))
    return grids, as_drawn(program, compared, values, drawn, tolerance)


def _sums_along(
    program: Program, bases: Mapping[str, AsDrawn], grids: Sequence[Grid]
) -> dict[str, list[Moved]]:
    """Return strategies' path sums at each value of each grid, and the risk tolerance there."""
    pinned = [grid for grid in grids if grid.name != RISK_TOLERANCE]
    sums = pinned_sums(program, bases, [(grid.name, grid.settings) for grid in pinned])
    found: dict[str, list[Moved]] = {s: [] for s in bases}
    for strategy, base in bases.items():
        waiting = iter(sums[strategy])
        for grid in grids:
            if grid.name == RISK_TOLERANCE:
                found[strategy].append((sums_at(base, grid.values), grid.values))
            else:
                r = base.risk_tolerance
                found[strategy].append(
                    (next(waiting), None if r is None else np.full(len(grid.values), r))
                )
    return found


def _worth(
    rollback: Rollback,
    strategy: str,
    base: AsDrawn,
    sums: Sequence[Moved],
    choice: Mapping[int, int] | None = None,
) -> list[Floats]:
    """Return certainty equivalents for each of several sums, (g,): chosen anew, or held.

    What the sums move is added to the printed value.
    """
    if not sums:
        return []
    still = fold(base.steps, base.sums, base.risk_tolerance, choice).equivalent[0, 0]
    tolerances = [tolerance for _, tolerance in sums if tolerance is not None]
    together = fold(
        base.steps,
        np.concatenate([moved for moved, _ in sums], axis=1),
        np.concatenate(tolerances) if tolerances else None,
        choice,
    )
    ends = np.cumsum([moved.shape[1] for moved, _ in sums])
    worth = rollback.values[strategy].certainty_equivalent + together.equivalent[0] - still
    return np.split(worth, ends[:-1])
