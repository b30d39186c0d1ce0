"""What moves the result, one input at a time?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import numpy as np

from decide.analyses.policy import Steps, fold
from decide.analyses.policy_sample import POLICY_SCRAMBLES, Agreed, strategy_outputs
from decide.analyses.rollback import Rollback
from decide.model.distribution import Discrete, Distribution
from decide.model.number import Fixed
from decide.program.engine import Block, blocks, path_sums, plan_draws, reaches, run
from decide.program.operations import Operation, ancestors
from decide.program.program import Program
from decide.uncertainty.points import Floats
from decide.uncertainty.quantiles import quantile

DRAWS = 1_024
SCRAMBLES = POLICY_SCRAMBLES[:4]  # several, so that two names rarely fall into step
SHARES = (0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99)  # of a drawn input's distribution


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
class SwitchPoint:
    """The value of one input at which another strategy takes the lead."""

    quantity: str
    now: float  # its median, or its agreed value
    at: float
    leader: str  # who leads beyond it
    distance: float  # from now, in widths of low to high; the smaller, the nearer
    is_plausible: bool  # it lies between low and high


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """Tornado and switch points of the leader.

    Moves are found on 1,024 of the model's own draws and added to the printed values, so that the
    draws' error largely cancels. An input is pinned: what is correlated with it stays as drawn.
    """

    leader: str
    base: float  # the leader's certainty equivalent, as printed
    bars: tuple[Bar, ...]  # the widest first
    switch_points: tuple[SwitchPoint, ...]  # the nearest first


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grid:
    """The values that one input is pinned to."""

    name: str
    settings: Floats  # (g,) what the program is given; numbers of states where discrete
    values: Floats  # (g,) the same in the input's own terms; rising
    low: int  # index of low
    now: int
    high: int


Moves = Mapping[str, tuple[Floats, Floats]]  # strategy -> change (g,), chosen anew and held


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
    printed = {s: rollback.values[s].certainty_equivalent for s in compared}
    bars: list[Bar] = []
    points: list[SwitchPoint] = []
    for grid, moves in _all_moves(program, agreed, compared, risk_tolerance):
        anew = {s: printed[s] + moves[s][0] for s in compared}
        held = printed[leader] + moves[leader][1]
        leaders = [max(compared, key=lambda s: anew[s][g]) for g in range(len(grid.values))]
        if any(np.ptp(anew[s]) > 0 for s in compared):
            bars.append(
                Bar(
                    quantity=grid.name,
                    low=float(grid.values[grid.low]),
                    high=float(grid.values[grid.high]),
                    at_low=float(anew[leader][grid.low]),
                    at_high=float(anew[leader][grid.high]),
                    held_at_low=float(held[grid.low]),
                    held_at_high=float(held[grid.high]),
                    width=float(np.ptp(anew[leader][grid.low : grid.high + 1])),
                    leader_at_low=leaders[grid.low],
                    leader_at_high=leaders[grid.high],
                )
            )
            points.extend(_switch_points(grid, anew, leader, leaders))
    return Sensitivity(
        leader=leader,
        base=printed[leader],
        bars=tuple(sorted(bars, key=lambda bar: -bar.width)),
        switch_points=tuple(sorted(points, key=lambda point: point.distance)),
    )


def _all_moves(
    program: Program,
    agreed: Agreed,
    compared: Sequence[str],
    risk_tolerance: Fixed | None,
) -> Iterator[tuple[Grid, Moves]]:
    outputs = {s: strategy_outputs(program, s) for s in compared}
    wanted = [number for numbers in outputs.values() for number in numbers]
    plan = plan_draws(program, wanted, scrambles=SCRAMBLES, draws=DRAWS, block=DRAWS)
    drawn = _side_by_side(next(blocks(plan)))
    grids = [_quantile_grid(name, d) for name, d in plan.uncertain.distributions.items()]
    grids += [_range_grid(name, fixed) for name, fixed in program.parameters.items()]
    attitude = _attitude_grid(risk_tolerance)
    moves: dict[str, dict[str, tuple[Floats, Floats]]] = {grid.name: {} for grid in grids}
    attitudes: dict[str, tuple[Floats, Floats]] = {}
    tolerance = None if risk_tolerance is None else risk_tolerance.value
    for strategy in compared:
        steps, choice = program.strategies[strategy], agreed.policies[strategy].choice
        order = ancestors(program.operations, outputs[strategy])
        base = run(program.operations, order, drawn.inputs, {}, len(program.years))
        sums = _sums(program, strategy, order, base, drawn, grids, tolerance)
        anew, held = _equivalents(steps, choice, sums, tolerance)
        start = 1
        for grid in grids:
            here = slice(start, start + len(grid.values))
            moves[grid.name][strategy] = anew[here] - anew[0], held[here] - held[0]
            start += len(grid.values)
        if attitude is not None:
            still = np.array([anew[0], held[0]])
            reach = reaches(steps, base, drawn.weights)
            moved = [
                np.ravel(_equivalents(steps, choice, path_sums(
                    steps, base, reach, risk_tolerance=x), x)) - still
                for x in attitude.values.tolist()
            ]  # fmt: skip
            attitudes[strategy] = np.array(moved)[:, 0], np.array(moved)[:, 1]
    for grid in grids:
        yield grid, moves[grid.name]
    if attitude is not None:
        yield attitude, attitudes


def _side_by_side(drawn: Block) -> Block:
    """Put a block's tiles into one, so that the second axis is free for what-ifs."""
    return Block(
        inputs={n: x.reshape(1, 1, -1) for n, x in drawn.inputs.items()},
        weights=drawn.weights.reshape(1, 1, -1),
        groups=(0,),
    )


def _sums(
    program: Program,
    strategy: str,
    order: Sequence[int],
    base: Mapping[int, Floats],
    drawn: Block,
    grids: Sequence[Grid],
    risk_tolerance: float | None,
) -> Floats:
    """Return a strategy's path sums: as drawn, then at each value of each grid in turn."""
    steps = program.strategies[strategy]
    reach = reaches(steps, base, drawn.weights)
    still = path_sums(steps, base, reach, risk_tolerance=risk_tolerance)
    found = [still]
    entering = _entering(program.operations, order, [grid.name for grid in grids])
    for place, grid in enumerate(grids):
        later = [n for n in order if entering[n] >> place & 1]
        if not later:
            found.append(np.repeat(still, len(grid.values), axis=1))
            continue
        values = dict(base)
        for number in later:
            del values[number]
        pinned = {**drawn.inputs, grid.name: grid.settings.reshape(1, -1, 1)}
        run(program.operations, later, pinned, values, len(program.years))
        reach = reaches(steps, values, drawn.weights)
        moved = path_sums(steps, values, reach, risk_tolerance=risk_tolerance)
        found.append(np.broadcast_to(moved, (len(steps), len(grid.values), moved.shape[2])))
    return np.concatenate(found, axis=1)


def _equivalents(
    steps: Steps, choice: Mapping[int, int], sums: Floats, risk_tolerance: float | None
) -> tuple[Floats, Floats]:
    """Return a strategy's certainty equivalents, chosen anew and with the policy held, (g,)."""
    anew = fold(steps, sums, risk_tolerance)
    held = fold(steps, sums, risk_tolerance, choice)
    return anew.equivalent[0], held.equivalent[0]


def _entering(
    operations: Sequence[Operation], order: Sequence[int], names: Sequence[str]
) -> Mapping[int, int]:
    """Return which inputs enter each operation: bit i stands for the i-th name."""
    bits = {name: 1 << place for place, name in enumerate(names)}
    found: dict[int, int] = {}
    for number in order:
        operation = operations[number]
        if operation.code == "input":
            found[number] = bits.get(operation.extra[0], 0)
        else:
            found[number] = reduce(or_, (found[i] for i in operation.arguments), 0)
    return found


def _quantile_grid(name: str, distribution: Distribution) -> Grid:
    if isinstance(distribution, Discrete):
        return _state_grid(name, distribution)
    values = quantile(distribution, np.array(SHARES))
    return Grid(name=name, settings=values, values=values, low=1, now=3, high=5)


def _state_grid(name: str, distribution: Discrete) -> Grid:
    states = np.argsort(distribution.values, kind="stable")
    values = np.array(distribution.values)[states]
    reached = np.cumsum(np.array(distribution.probabilities)[states])
    low, now, high = (int(np.searchsorted(reached, p - 1e-12)) for p in (0.1, 0.5, 0.9))
    return Grid(
        name=name, settings=states.astype(np.float64), values=values, low=low, now=now, high=high
    )


def _range_grid(name: str, fixed: Fixed) -> Grid:
    low = fixed.value if fixed.low is None else fixed.low
    high = fixed.value if fixed.high is None else fixed.high
    values = np.unique([low, (low + fixed.value) / 2, fixed.value, (fixed.value + high) / 2, high])
    now = int(np.searchsorted(values, fixed.value))
    return Grid(name=name, settings=values, values=values, low=0, now=now, high=len(values) - 1)


def _attitude_grid(risk_tolerance: Fixed | None) -> Grid | None:
    if risk_tolerance is None or risk_tolerance.low is None or risk_tolerance.high is None:
        return None
    return _range_grid("risk_tolerance", risk_tolerance)


def _switch_points(
    grid: Grid, anew: Mapping[str, Floats], leader: str, leaders: Sequence[str]
) -> Iterator[SwitchPoint]:
    """Find, to either side of now, the nearest value at which the lead changes hands."""
    width = grid.values[grid.high] - grid.values[grid.low]
    if width <= 0:
        return
    now = grid.values[grid.now]
    below: list[tuple[float, str]] = []
    above: list[tuple[float, str]] = []
    for here in range(len(leaders) - 1):
        pair = leaders[here], leaders[here + 1]
        if pair[0] == pair[1]:
            continue
        if leader in pair:
            at, other = _crossing(grid, anew, leader, here)
            (below if at < now else above).append((at, other))
        else:  # pinned, the input gives the lead to others on both sides
            at, _ = _crossing(grid, {s: anew[s] for s in pair}, pair[0], here)
            (below if at < now else above).append((at, pair[0] if at < now else pair[1]))
    for at, other in [*below[-1:], *above[:1]]:
        yield SwitchPoint(
            quantity=grid.name,
            now=float(now),
            at=at,
            leader=other,
            distance=float(abs(at - now) / width),
            is_plausible=bool(grid.values[grid.low] <= at <= grid.values[grid.high]),
        )


def _crossing(grid: Grid, anew: Mapping[str, Floats], leader: str, here: int) -> tuple[float, str]:
    """Return where, on the way from one value to the next, the leader is first overtaken, by whom.

    The way is walked from the end at which the leader leads; differences are taken as linear.
    """
    there = here + 1
    if max(anew, key=lambda s: anew[s][here]) != leader:
        here, there = there, here
    found = []
    for other, worth in anew.items():
        before = anew[leader][here] - worth[here]
        after = anew[leader][there] - worth[there]
        if other != leader and after < 0:
            found.append((float(before / (before - after)), other))
    way, other = min(found)
    return float(grid.values[here] + way * (grid.values[there] - grid.values[here])), other
