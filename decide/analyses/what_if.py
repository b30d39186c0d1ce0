"""What a strategy comes to when one input is pinned and everything else stays as drawn."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from decide.analyses.policy import Steps
from decide.analyses.policy_sample import strategy_outputs
from decide.program.engine import (
    NOWHERE,
    Block,
    outputs_of,
    path_sums,
    reaches,
    run,
    used_up,
)
from decide.program.operations import Operation, ancestors
from decide.program.program import Program
from decide.uncertainty.points import Floats


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
    program: Program, bases: Mapping[str, AsDrawn], name: str, settings: Floats
) -> dict[str, Floats]:
    """Return path sums with an input pinned to each of g settings, (steps, g, columns) each.

    What several strategies need is found once.
    """
    moved = {s: base.entered.get(name, ()) for s, base in bases.items()}
    anywhere = {number for numbers in moved.values() for number in numbers}
    values: dict[int, Floats] = {}
    found = {}
    for strategy, base in bases.items():
        values = values or {n: x for n, x in base.values.items() if n not in anywhere}
        found[strategy] = _pinned(program, base, moved[strategy], name, settings, values)
    return found


def _pinned(
    program: Program,
    base: AsDrawn,
    moved: Sequence[int],
    name: str,
    settings: Floats,
    values: dict[int, Floats],
) -> Floats:
    """Return one strategy's path sums; leave in `values` only what others may need."""
    shape = len(base.steps), len(settings), base.sums.shape[2]
    if not moved:
        return np.broadcast_to(base.sums, shape)
    inputs = {**base.drawn.inputs, name: settings.reshape(1, -1, 1)}
    run(program.operations, moved, inputs, values, len(program.years), spent=base.spent)
    reach = _moved_reach(base, values, frozenset(moved))
    sums = path_sums(base.steps, values, reach, risk_tolerance=base.risk_tolerance)
    for number in base.own.intersection(moved):
        del values[number]
    is_moved = np.array([here is not NOWHERE for here in reach])[:, None, None]
    return np.broadcast_to(np.where(is_moved, sums, base.sums), shape)


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
