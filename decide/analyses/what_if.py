"""What a strategy comes to when one input is pinned and everything else stays as drawn."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from decide.analyses.policy import Steps
from decide.analyses.policy_sample import strategy_outputs
from decide.program.engine import Block, run, used_up
from decide.program.operations import Operation, ancestors
from decide.program.path_sums import NOWHERE, path_sums, reaches
from decide.program.program import Program, outputs_of
from decide.uncertainty.points import Floats

AT_ONCE = 8_192  # settings times draws that are gone through side by side

Move = tuple[str, Floats]  # an input, and the settings that it is pinned to, (g,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AsDrawn:
    """One of several strategies on some draws with nothing pinned."""

    steps: Steps
    entered: Mapping[str, Sequence[int]]  # input -> operations that it enters, in order
    spent: Mapping[int, tuple[int, ...]]  # after an operation, what no strategy needs any more
    own: frozenset[int]  # outputs that no other strategy needs
    values: Mapping[int, Floats]  # of every operation
    reach: Sequence[Floats]
    sums: Floats  # (steps, 1, columns)
    drawn: Block
    risk_tolerance: float | None


def side_by_side(drawn: Block) -> Block:
    """Put a block's tiles into one, which leaves the second axis to what is pinned."""
    return Block(
        inputs={n: x.reshape(1, 1, -1) for n, x in drawn.inputs.items()},
        weights=drawn.weights.reshape(1, 1, -1),
        groups=(0,),
    )


def as_drawn(
    program: Program,
    strategies: Sequence[str],
    values: Mapping[int, Floats],
    drawn: Block,
    risk_tolerance: float | None,
) -> dict[str, AsDrawn]:
    """Sum up each strategy on a block of one tile, given the values of its operations."""
    operations = program.operations
    outputs = {s: strategy_outputs(program, s) for s in strategies}
    orders = {s: ancestors(operations, outputs[s]) for s in strategies}
    users = Counter(number for order in orders.values() for number in order)
    shared = {number for number, count in users.items() if count > 1}
    bases = {}
    for strategy, order in orders.items():
        steps = program.strategies[strategy]
        reach = reaches(steps, values, drawn.weights)
        bases[strategy] = AsDrawn(
            steps=steps,
            entered=_entered(operations, order),
            spent=used_up(operations, order, shared.union(outputs[strategy])),
            own=frozenset(outputs[strategy]) - shared,
            values=values,
            reach=reach,
            sums=path_sums(steps, values, reach, risk_tolerance=risk_tolerance),
            drawn=drawn,
            risk_tolerance=risk_tolerance,
        )
    return bases


def sums_at(base: AsDrawn, risk_tolerances: Floats) -> Floats:
    """Return the path sums as drawn at each of g risk tolerances, (steps, g, columns)."""
    each = [
        path_sums(base.steps, base.values, base.reach, risk_tolerance=risk_tolerance)
        for risk_tolerance in risk_tolerances.tolist()
    ]
    return np.concatenate(each, axis=1)


def pinned_sums(
    program: Program, bases: Mapping[str, AsDrawn], moves: Sequence[Move]
) -> dict[str, list[Floats]]:
    """Return each strategy's path sums under each of several moves, (steps, g, columns) each.

    A move pins an input to each of g settings. What several strategies need is found once, and
    moves are made side by side where there are few draws.
    """
    found: dict[str, list[Floats]] = {s: [] for s in bases}
    for together in _side_by_side(moves, next(iter(bases.values())).drawn.weights.size):
        ends = np.cumsum([len(settings) for _, settings in together])
        for strategy, sums in _pinned_together(program, bases, together).items():
            found[strategy] += np.split(sums, ends[:-1], axis=1)
    return found


def _side_by_side(moves: Sequence[Move], draws: int) -> Iterator[Sequence[Move]]:
    """Divide moves into sets whose settings times draws are not too many to stay in the cache."""
    waiting: list[Move] = []
    count = 0
    for move in moves:
        size = len(move[1]) * draws
        if waiting and count + size > AT_ONCE:
            yield waiting
            waiting, count = [], 0
        waiting.append(move)
        count += size
    if waiting:
        yield waiting


def _pinned_together(
    program: Program, bases: Mapping[str, AsDrawn], moves: Sequence[Move]
) -> dict[str, Floats]:
    names = {name for name, _ in moves}
    moved = {
        s: sorted({number for name in names for number in base.entered.get(name, ())})
        for s, base in bases.items()
    }
    anywhere = {number for numbers in moved.values() for number in numbers}
    first = next(iter(bases.values()))
    drawn = first.drawn.inputs
    inputs = {**drawn, **{name: _pinned(drawn[name], name, moves) for name in names}}
    values = dict(first.values)
    for number in anywhere:
        del values[number]
    count = sum(len(settings) for _, settings in moves)
    return {
        s: _moved_sums(program, base, moved[s], inputs, values, count) for s, base in bases.items()
    }


def _pinned(drawn: Floats, name: str, moves: Sequence[Move]) -> Floats:
    """Return an input at all settings of its own moves, and as drawn during the others."""
    if len(moves) == 1:
        return moves[0][1].reshape(1, -1, 1)
    found = np.empty((1, sum(len(settings) for _, settings in moves), drawn.size))
    found[:] = drawn
    start = 0
    for own, settings in moves:
        if own == name:
            found[0, start : start + len(settings)] = settings[:, None]
        start += len(settings)
    return found


def _moved_sums(
    program: Program,
    base: AsDrawn,
    moved: Sequence[int],
    inputs: Mapping[str, Floats],
    values: dict[int, Floats],
    count: int,
) -> Floats:
    """Return one strategy's path sums; leave in `values` only what others may need."""
    shape = len(base.steps), count, base.sums.shape[2]
    if not moved:
        return np.broadcast_to(base.sums, shape)
    run(program.operations, moved, inputs, values, len(program.years), spent=base.spent)
    reach = _moved_reach(base, values, frozenset(moved))
    sums = path_sums(base.steps, values, reach, risk_tolerance=base.risk_tolerance)
    for number in base.own.intersection(moved):
        del values[number]
    stays = np.array([here is NOWHERE for here in reach])
    sums[stays] = base.sums[stays]
    return np.broadcast_to(sums, shape)


def _moved_reach(
    base: AsDrawn, values: Mapping[int, Floats], moved: frozenset[int]
) -> list[Floats]:
    """Return the reach of each step whose sums move; the others are nowhere."""
    reach: list[Floats] = []
    found: list[Floats] = []
    for step, before in zip(base.steps, base.reach, strict=True):
        above = step.parent
        is_reached_anew = above >= 0 and reach[above] is not base.reach[above]
        if not is_reached_anew and step.probability not in moved:
            here = before
        elif step.probability is None:
            here = reach[above]
        else:
            here = reach[above] * values[step.probability]
        reach.append(here)
        is_moved = here is not before or not moved.isdisjoint(outputs_of(step))
        found.append(here if is_moved else NOWHERE)
    return found


def _entered(operations: Sequence[Operation], order: Sequence[int]) -> Mapping[str, list[int]]:
    """Return the operations that each input enters, in the order in which they run."""
    inputs: dict[int, frozenset[str]] = {}
    found: dict[str, list[int]] = defaultdict(list)
    for number in order:
        operation = operations[number]
        own = frozenset(operation.extra if operation.code == "input" else ())
        inputs[number] = own.union(*(inputs[i] for i in operation.arguments))
        for name in inputs[number]:
            found[name].append(number)
    return found
