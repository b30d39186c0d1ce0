"""What a strategy comes to when one input is pinned and everything else stays as drawn."""

from collections import defaultdict
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
    """One strategy on some draws with nothing pinned."""

    steps: Steps
    entered: Mapping[str, Sequence[int]]  # input -> operations that it enters, in order
    spent: Mapping[int, tuple[int, ...]]  # after an operation, those that nothing needs any more
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
    strategy: str,
    values: Mapping[int, Floats],
    drawn: Block,
    risk_tolerance: float | None,
) -> AsDrawn:
    """Sum up one strategy on a block of one tile, given the values of its operations."""
    steps, outputs = program.strategies[strategy], strategy_outputs(program, strategy)
    order = ancestors(program.operations, outputs)
    reach = reaches(steps, values, drawn.weights)
    return AsDrawn(
        steps=steps,
        entered=_entered(program.operations, order),
        spent=used_up(program.operations, order, set(outputs)),
        values=values,
        reach=reach,
        sums=path_sums(steps, values, reach, risk_tolerance=risk_tolerance),
        drawn=drawn,
        risk_tolerance=risk_tolerance,
    )


def sums_at(base: AsDrawn, risk_tolerance: float) -> Floats:
    """Return the path sums as drawn at another risk tolerance, (steps, 1, columns)."""
    return path_sums(base.steps, base.values, base.reach, risk_tolerance=risk_tolerance)


def pinned_sums(program: Program, base: AsDrawn, name: str, settings: Floats) -> Floats:
    """Return the path sums with an input pinned to each of g settings, (steps, g, columns)."""
    shape = len(base.steps), len(settings), base.sums.shape[2]
    moved = base.entered.get(name, ())
    if not moved:
        return np.broadcast_to(base.sums, shape)
    values = dict(base.values)
    for number in moved:
        del values[number]
    inputs = {**base.drawn.inputs, name: settings.reshape(1, -1, 1)}
    run(program.operations, moved, inputs, values, len(program.years), spent=base.spent)
    reach = _moved_reach(base, values, frozenset(moved))
    sums = path_sums(base.steps, values, reach, risk_tolerance=base.risk_tolerance)
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
