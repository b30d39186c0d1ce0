"""The sample of draws on which the policy is chosen, once and for all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from decide.analyses.policy import ENOUGH_DRAWS, Policy, choose_policy
from decide.program.checks import Findings
from decide.program.engine import BLOCK, Block, Plan, Stage, plan_draws, plan_stages, run_stages
from decide.program.path_sums import merge_tiles, no_sums, path_sums, reaches
from decide.program.program import Program, outputs_of
from decide.program.workers import ONE_WORKER, Workers, run_blocks
from decide.uncertainty.points import Floats

POLICY_DRAWS = 16_384
POLICY_SCRAMBLES = (0, 9, 10, 11, 12, 13, 14, 15)  # those between value the policy


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Agreed:
    """The policy of every strategy, and what it was chosen on."""

    policies: Mapping[str, Policy]
    sums: Mapping[str, Floats]  # strategy -> (steps, 1, columns)
    plan: Plan


def agree_policy(
    program: Program,
    *,
    risk_tolerance: float | None,
    block: int = BLOCK,
    workers: Workers = ONE_WORKER,
    scrambles: Sequence[int] = POLICY_SCRAMBLES,
    draws: int = POLICY_DRAWS,
    enough_draws: float = ENOUGH_DRAWS,
) -> Agreed:
    """Choose every strategy's policy on the policy sample."""
    plan = plan_draws(
        program,
        outputs_with_cash(program),
        scrambles=scrambles,
        draws=draws,
        block=block,
    )
    stages = plan_stages(program, tuple(program.strategies))
    sums = {s: no_sums(len(steps), 1) for s, steps in program.strategies.items()}
    findings = Findings(program)
    work = partial(_sum_paths, program, stages, risk_tolerance)
    for by_strategy, found in run_blocks(plan, work, workers):
        for strategy, here in by_strategy.items():
            merge_tiles(here, [0] * here.shape[1], sums[strategy], risk_tolerance)
        findings.merge(found)
    findings.raise_problems(sums)
    policies = {
        s: choose_policy(
            steps,
            sums[s],
            risk_tolerance,
            is_enumerated=plan.is_enumerated,
            enough_draws=enough_draws,
        )
        for s, steps in program.strategies.items()
    }
    return Agreed(policies=policies, sums=sums, plan=plan)


def _sum_paths(
    program: Program, stages: Sequence[Stage], risk_tolerance: float | None, drawn: Block
) -> tuple[dict[str, Floats], Findings]:
    """Return every strategy's path sums on one block, and what the block shows to be wrong."""
    findings = Findings(program)
    sums = {}
    for stage, values in run_stages(program, stages, drawn.inputs):
        findings.note(stage.strategy, values, drawn.weights)
        reach = reaches(stage.steps, values, drawn.weights)
        sums[stage.strategy] = path_sums(stage.steps, values, reach, risk_tolerance=risk_tolerance)
    return sums, findings


def tree_outputs(program: Program) -> list[int]:
    """Return the operations that the trees' values need."""
    wanted = (n for s in program.strategies for n in strategy_outputs(program, s))
    return list(dict.fromkeys(wanted))


def outputs_with_cash(program: Program) -> list[int]:
    """Return the operations that the trees' values and cash by year need.

    What cancels out of a present value may be left in the cash.
    """
    steps = (step for own in program.strategies.values() for step in own)
    cash = (n for step in steps for n in (step.cash, step.extra_cash) if n >= 0)
    return list(dict.fromkeys([*tree_outputs(program), *cash]))


def strategy_outputs(program: Program, strategy: str) -> list[int]:
    """Return what the value of one strategy's steps needs, as operations."""
    wanted = (n for step in program.strategies[strategy] for n in outputs_of(step) if n >= 0)
    return list(dict.fromkeys(wanted))
