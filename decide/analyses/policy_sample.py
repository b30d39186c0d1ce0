"""The sample of draws on which the policy is chosen, once and for all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from decide.analyses.policy import Policy, choose_policy
from decide.program.checks import Findings
from decide.program.engine import (
    BLOCK,
    COLUMNS,
    TILE,
    Plan,
    Stage,
    add_tiles,
    blocks,
    path_sums,
    plan_draws,
    plan_stages,
    run_stages,
)
from decide.program.program import Program
from decide.uncertainty.points import Floats

POLICY_DRAWS = 16_384


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Anchors:
    """What is fixed about a strategy before its totals are summed, from the first tile of draws."""

    references: Floats  # (steps,) the smallest total of each end
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Agreed:
    """The policy of every strategy, and what it was chosen on."""

    policies: Mapping[str, Policy]
    anchors: Mapping[str, Anchors]
    sums: Mapping[str, Floats]  # strategy -> (steps, 1, columns)
    plan: Plan


def agree_policy(program: Program, *, risk_tolerance: float | None, block: int = BLOCK) -> Agreed:
    """Choose every strategy's policy on the policy sample."""
    outputs = tree_outputs(program)
    plan = plan_draws(program, outputs, scrambles=[0], draws=POLICY_DRAWS, block=block)
    stages = plan_stages(program, tuple(program.strategies))
    anchors = {stage.strategy: a for stage, a in _anchors(program, stages, plan)}
    sums = {s: np.zeros((len(steps), 1, COLUMNS)) for s, steps in program.strategies.items()}
    findings = Findings(program)
    for drawn in blocks(plan):
        for stage, values in run_stages(program, stages, drawn.inputs):
            findings.note(stage.strategy, values, drawn.weights.size)
            here = path_sums(
                stage.steps,
                values,
                drawn.weights,
                references=anchors[stage.strategy].references,
                risk_tolerance=risk_tolerance,
            )
            add_tiles(here, drawn.groups, sums[stage.strategy])
    findings.raise_problems(sums)
    policies = {
        s: choose_policy(
            steps,
            sums[s],
            anchors[s].references,
            risk_tolerance,
            is_enumerated=plan.is_enumerated,
        )
        for s, steps in program.strategies.items()
    }
    return Agreed(policies=policies, anchors=anchors, sums=sums, plan=plan)


def tree_outputs(program: Program) -> list[int]:
    """Return the operations that the trees' values need."""
    wanted = (n for s in program.strategies for n in strategy_outputs(program, s))
    return list(dict.fromkeys(wanted))


def strategy_outputs(program: Program, strategy: str) -> list[int]:
    """Return the probabilities and totals of one strategy's steps, as operations."""
    wanted = (
        number
        for step in program.strategies[strategy]
        for number in (step.probability, step.total)
        if number is not None and number >= 0
    )
    return list(dict.fromkeys(wanted))


def _anchors(
    program: Program, stages: Sequence[Stage], plan: Plan
) -> Iterator[tuple[Stage, Anchors]]:
    first = next(blocks(replace(plan, block=TILE)))
    for stage, values in run_stages(program, stages, first.inputs):
        ends = [values[s.total] if s.total >= 0 else None for s in stage.steps]
        references = np.array([0.0 if x is None else float(x.min()) for x in ends])
        low = min(float(x.min()) for x in ends if x is not None)
        high = max(float(x.max()) for x in ends if x is not None)
        room = (high - low) / 2
        yield stage, Anchors(references=references, low=low - room, high=high + room)
