"""What is gathered about every strategy while the policy is held, block after block."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from decide.analyses.policy import is_chosen
from decide.analyses.policy_sample import Agreed
from decide.analyses.profile import Sketch
from decide.program.checks import Findings
from decide.program.engine import (
    COLUMNS,
    Block,
    Plan,
    Stage,
    add_tiles,
    blocks,
    path_sums,
    plan_stages,
    reaches,
    run_stages,
)
from decide.program.program import Program
from decide.uncertainty.points import Floats


@dataclass(slots=True)
class Tally:
    """What is gathered about one strategy while the policy is held."""

    sums: Floats  # (steps, scrambles, columns)
    sketch: Sketch
    cash: Floats  # (years, scrambles)
    lost: Floats  # (scrambles,) mass of totals below 0
    squares: Floats  # (scrambles,) sum of squared totals
    minimum: float = np.inf
    maximum: float = -np.inf
    totals: list[Floats] = field(default_factory=list)  # kept where enumerated
    weights: list[Floats] = field(default_factory=list)


def hold_policy(
    program: Program, plan: Plan, agreed: Agreed, risk_tolerance: float | None
) -> tuple[dict[str, Tally], dict[tuple[str, str], float]]:
    """Run the draws once more with the policy held."""
    groups = len(plan.scrambles)
    tallies = {}
    chosen = {}
    for strategy, steps in program.strategies.items():
        anchors = agreed.anchors[strategy]
        tallies[strategy] = Tally(
            sums=np.zeros((len(steps), groups, COLUMNS)),
            sketch=Sketch(low=anchors.low, high=anchors.high),
            cash=np.zeros((len(program.years), groups)),
            lost=np.zeros(groups),
            squares=np.zeros(groups),
        )
        reached = is_chosen(steps, agreed.policies[strategy].choice)
        chosen[strategy] = [n for n, s in enumerate(steps) if s.kind == "end" and reached[n]]
    cash_of = chosen if program.has_years else {}
    stages = plan_stages(program, tuple(program.strategies), cash_of=cash_of)
    wins: dict[tuple[str, str], float] = dict.fromkeys(
        ((a, b) for a in tallies for b in tallies if a != b), 0.0
    )
    whole = 0.0
    findings = Findings(program)
    for drawn in blocks(plan):
        expected = {}
        for stage, values in run_stages(program, stages, drawn.inputs):
            strategy = stage.strategy
            findings.note(strategy, values, drawn.weights.size)
            here = path_sums(
                stage.steps,
                values,
                drawn.weights,
                references=agreed.anchors[strategy].references,
                risk_tolerance=risk_tolerance,
            )
            add_tiles(here, drawn.groups, tallies[strategy].sums)
            expected[strategy] = _add_ends(
                tallies[strategy], stage, chosen[strategy], values, drawn, plan, program
            )
        whole += float(drawn.weights.sum())
        for a, b in wins:
            wins[a, b] += float(drawn.weights[expected[a] > expected[b]].sum())
    findings.raise_problems({s: t.sums for s, t in tallies.items()})
    return tallies, {pair: won / whole for pair, won in wins.items()}


def _add_ends(
    tally: Tally,
    stage: Stage,
    chosen: Sequence[int],
    values: Mapping[int, Floats],
    drawn: Block,
    plan: Plan,
    program: Program,
) -> Floats:
    """Add the ends that the policy leads to; return the expected total of each draw."""
    shape = drawn.weights.shape
    reach = reaches(stage.steps, values, drawn.weights)
    totals = np.concatenate([np.broadcast_to(values[stage.steps[n].total], shape) for n in chosen])
    weights = np.concatenate([np.broadcast_to(reach[n], shape) for n in chosen])
    lost = np.where(totals < 0, weights, 0.0).sum(axis=-1).sum(axis=0)
    add_tiles(lost[None], drawn.groups, tally.lost[None])
    squares = (weights * totals * totals).sum(axis=-1).sum(axis=0)
    add_tiles(squares[None], drawn.groups, tally.squares[None])
    possible = totals[weights > 0]
    tally.minimum = min(tally.minimum, float(possible.min()))
    tally.maximum = max(tally.maximum, float(possible.max()))
    if plan.is_enumerated:
        tally.totals.append(totals)
        tally.weights.append(weights)
    else:
        for tile in range(shape[1]):
            tally.sketch.add(totals[:, tile], weights[:, tile])
    if program.has_years:
        for n in chosen:
            cash = (reach[n] * values[stage.steps[n].cash]).sum(axis=-1)
            cash = np.broadcast_to(cash, (len(program.years), shape[1]))
            add_tiles(cash, drawn.groups, tally.cash)
    mean: Floats = (weights * totals).sum(axis=0, keepdims=True)
    return np.divide(mean, drawn.weights, out=np.zeros(shape), where=drawn.weights > 0)
