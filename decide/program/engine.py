"""Runs a program on draws, in blocks of whole tiles."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from decide.program.operations import Operation, ancestors, run_kernel
from decide.program.program import Program, ProgramStep, outputs_of
from decide.uncertainty.points import Floats
from decide.uncertainty.quantiles import quantile, quantile_at
from decide.uncertainty.sample import (
    Uncertainty,
    draw_places,
    enumerate_states,
    number_of_states,
    uncertainty,
)

TILE = 1_024  # draws that are summed together, whatever the block
LARGEST_KEPT = 32 * 2**20 - 2**16  # bytes: glibc takes no block above 32 MiB as a measure
BLOCK = 8_192  # draws that are held at once: a series of them fits the cache
SHARES = 256  # even shares of a distribution, by which draws are told apart


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """Some tiles of draws."""

    inputs: Mapping[str, Floats]  # (1, j, k)
    weights: Floats  # (1, j, k); 1 a draw, or the probability of a state
    groups: tuple[int, ...]  # of each tile: the scramble it belongs to, counted from 0
    origins: tuple[tuple[int, int], ...] = ()  # of each tile: its scramble and its first draw
    shares: Mapping[str, npt.NDArray[np.uint8]] = field(default_factory=dict)
    # (j, k) in which of 256 even shares of its distribution each draw lies, if asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is supposed to be seen: a draw counts by how likely it makes it."""

    operations: Sequence[Operation]
    order: tuple[int, ...]
    likelihoods: tuple[int, ...]  # operations
    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which draws to run."""

    uncertain: Uncertainty
    parameters: Mapping[str, float]
    scrambles: tuple[int, ...]
    draws: int  # a scramble; a power of two
    is_enumerated: bool
    block: int = BLOCK  # a power of two
    with_shares: bool = False  # whether it is noted where in its distribution a draw lies
    evidence: "Evidence | None" = None

    @property
    def tile(self) -> int:
        """How many draws are summed together."""
        return min(TILE, self.draws)

    @property
    def keeps_totals(self) -> bool:
        """Whether every draw's totals are kept, rather than gathered in bins."""
        return self.is_enumerated or self.draws * len(self.scrambles) <= TILE


def needed_inputs(program: Program, outputs: Sequence[int]) -> Uncertainty:
    """Return the uncertainty that some outputs depend on, correlated quantities together."""
    operations = program.operations
    wanted = ancestors(operations, outputs)
    names = {operations[n].extra[0] for n in wanted if operations[n].code == "input"}
    links = nx.Graph(list(program.ranks))
    for name in names & set(links):
        names = names | nx.node_connected_component(links, name)
    drawn = {
        name: program.distributions[name] for name in sorted(names & set(program.distributions))
    }
    return uncertainty(drawn, program.ranks, program.seed)


def plan_draws(
    program: Program,
    outputs: Sequence[int],
    *,
    scrambles: Sequence[int],
    draws: int,
    block: int = BLOCK,
    with_shares: bool = False,
) -> Plan:
    """Plan to run `draws` draws in all over the scrambles, or every state where that is exact."""
    uncertain = needed_inputs(program, (*outputs, *program.evidence))
    is_enumerated = number_of_states(uncertain) is not None
    return Plan(
        uncertain=uncertain,
        parameters={name: fixed.value for name, fixed in program.parameters.items()},
        scrambles=(0,) if is_enumerated else tuple(scrambles),
        draws=0 if is_enumerated else draws // len(scrambles),
        is_enumerated=is_enumerated,
        block=max(block, TILE),
        with_shares=with_shares,
        evidence=_evidence(program),
    )


def _evidence(program: Program) -> Evidence | None:
    if not program.evidence:
        return None
    return Evidence(
        operations=program.operations,
        order=tuple(ancestors(program.operations, program.evidence)),
        likelihoods=program.evidence,
        years=len(program.years),
    )


Run = tuple[int, int, int]  # of draws: its group, its scramble, and the number it starts from


def block_runs(plan: Plan) -> list[tuple[Run, ...]]:
    """Return the runs of draws that make up each block; none where states are gone through."""
    if plan.is_enumerated:
        return [()]
    step = min(plan.block, plan.draws)
    runs = [
        (group, scramble, start)
        for group, scramble in enumerate(plan.scrambles)
        for start in range(0, plan.draws, step)
    ]
    together = max(plan.block // step, 1)
    return [tuple(runs[first : first + together]) for first in range(0, len(runs), together)]


def block_of(plan: Plan, runs: Sequence[Run]) -> Block:
    """Draw some runs side by side, or go through every state where the plan is to."""
    drawn = _drawn(plan, runs)
    if plan.evidence is None:
        return drawn
    evidence = plan.evidence
    values = run(evidence.operations, evidence.order, drawn.inputs, {}, evidence.years)
    weights = drawn.weights
    for likelihood in evidence.likelihoods:
        weights = weights * values[likelihood]
    return replace(drawn, weights=weights)


def _drawn(plan: Plan, runs: Sequence[Run]) -> Block:
    if plan.is_enumerated:
        drawn, weights = enumerate_states(plan.uncertain)
        inputs = {name: x.reshape(1, 1, -1) for name, x in drawn.items()}
        return Block(
            inputs=inputs | _constants(plan.parameters),
            weights=weights.reshape(1, 1, -1),
            groups=(0,),
        )
    count = min(plan.block, plan.draws)
    uncertain = plan.uncertain
    found = [
        draw_places(uncertain, scramble=scramble, start=start, count=count)
        for _, scramble, start in runs
    ]
    tiles = count // plan.tile
    shape = (1, tiles * len(runs), plan.tile)
    inputs = {}
    shares = {}
    for name, distribution in uncertain.distributions.items():
        is_share = name in found[0][0]
        places = [(u if is_share else z).pop(name) for u, z in found]
        x = (np.concatenate(places) if len(places) > 1 else places[0]).reshape(shape)
        inputs[name] = quantile(distribution, x) if is_share else quantile_at(distribution, x)
        if plan.with_shares:
            u = x if is_share else ndtr(x)
            shares[name] = np.minimum(u[0] * SHARES, SHARES - 1).astype(np.uint8)
    return Block(
        inputs=inputs | _constants(plan.parameters),
        weights=np.ones(shape),
        groups=tuple(group for group, _, _ in runs for _ in range(tiles)),
        origins=tuple((s, first + n * plan.tile) for _, s, first in runs for n in range(tiles)),
        shares=shares,
    )


def blocks(plan: Plan) -> Iterator[Block]:
    """Yield a plan's draws, block after block."""
    for runs in block_runs(plan):
        yield block_of(plan, runs)


def run(
    operations: Sequence[Operation],
    order: Iterable[int],
    inputs: Mapping[str, Floats],
    values: dict[int, Floats],
    years: int,
    *,
    spent: Mapping[int, tuple[int, ...]] | None = None,
) -> dict[int, Floats]:
    """Run operations in `order`, adding to `values` what is not there yet.

    What is `spent` after an operation is forgotten, so that its memory is used again.
    """
    spent = spent or {}
    with np.errstate(all="ignore"):
        for number in order:
            if number not in values:
                operation = operations[number]
                if operation.value is not None:
                    values[number] = operation.value
                elif operation.code == "input":
                    values[number] = inputs[operation.extra[0]]
                else:
                    arguments = [values[i] for i in operation.arguments]
                    values[number] = run_kernel(operation.code, arguments, operation.extra, years)
            for used_up in spent.get(number, ()):
                del values[used_up]
    return values


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One strategy's share of the work."""

    strategy: str
    steps: tuple[ProgramStep, ...]
    order: tuple[int, ...]  # operations to run, those of earlier stages left out
    spent: Mapping[int, tuple[int, ...]]  # after an operation, those that nothing needs any more
    left: tuple[int, ...]  # what is forgotten when the stage is over


def plan_stages(
    program: Program,
    strategies: Sequence[str],
    *,
    kept: Mapping[str, Sequence[bool]] | None = None,
    with_cash: bool = False,
) -> tuple[Stage, ...]:
    """Order the operations by the strategy that needs them first, and note who needs them last.

    `kept` says which steps of each strategy are wanted; `with_cash` wants their cash by year too.
    """
    operations = program.operations
    outputs = {
        s: _stage_outputs(program.strategies[s], None if kept is None else kept[s], with_cash)
        for s in strategies
    }
    done: set[int] = set()
    orders = {}
    last: dict[int, str] = {}
    for strategy in strategies:
        order = tuple(ancestors(operations, outputs[strategy], known=done))
        done.update(order)
        orders[strategy] = order
        last |= dict.fromkeys((a for n in order for a in operations[n].arguments), strategy)
        last |= dict.fromkeys([*order, *outputs[strategy]], strategy)
    stages = []
    for strategy in strategies:
        order = orders[strategy]
        held = {n for n in order if last[n] != strategy} | set(outputs[strategy])
        spent = used_up(operations, order, held)
        early = {n for numbers in spent.values() for n in numbers}
        left = tuple(n for n, s in last.items() if s == strategy and n not in early)
        stages.append(
            Stage(
                strategy=strategy,
                steps=program.strategies[strategy],
                order=order,
                spent=spent,
                left=left,
            )
        )
    return tuple(stages)


def keep_freed_memory() -> None:
    """Let the C library use freed memory again rather than give it back to the system.

    glibc takes a large block that is freed as the measure of what to keep: otherwise every block
    of draws is paged in anew, which is a tenth of the time. Elsewhere this does nothing.
    """
    np.empty(LARGEST_KEPT // 8)


def run_stages(
    program: Program, stages: Sequence[Stage], inputs: Mapping[str, Floats]
) -> Iterator[tuple[Stage, dict[int, Floats]]]:
    """Yield each strategy with the values that its tree needs, forgetting them afterwards."""
    values: dict[int, Floats] = {}
    for stage in stages:
        run(program.operations, stage.order, inputs, values, len(program.years), spent=stage.spent)
        yield stage, values
        for number in stage.left:
            del values[number]


def _stage_outputs(
    steps: Sequence[ProgramStep],
    kept: Sequence[bool] | None,
    with_cash: bool,  # noqa: FBT001  # passed on as it came
) -> list[int]:
    wanted: list[int] = []
    for number, step in enumerate(steps):
        if kept is None or kept[number]:
            wanted += [n for n in outputs_of(step) if n >= 0]
            if with_cash:
                wanted += [n for n in (step.cash, step.extra_cash) if n >= 0]
    return wanted


def used_up(
    operations: Sequence[Operation], order: Sequence[int], held: set[int]
) -> dict[int, tuple[int, ...]]:
    """Return after which operation each intermediate result of a stage is used up."""
    inside = set(order)
    last = {
        argument: number
        for number in order
        for argument in operations[number].arguments
        if argument in inside and argument not in held
    }
    spent: dict[int, tuple[int, ...]] = {}
    for argument, number in last.items():
        spent[number] = (*spent.get(number, ()), argument)
    return spent


def _constants(parameters: Mapping[str, float]) -> dict[str, Floats]:
    return {name: np.full((1, 1, 1), value) for name, value in parameters.items()}
