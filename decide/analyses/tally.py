"""What is gathered about every strategy while the policy is held, block after block."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from decide.analyses.policy import is_chosen
from decide.analyses.policy_sample import Agreed
from decide.analyses.profile import Sketch, edges_from
from decide.program.checks import Findings
from decide.program.engine import (
    Block,
    Plan,
    Stage,
    add_tiles,
    blocks,
    merge_tiles,
    no_sums,
    path_sums,
    plan_stages,
    reaches,
    run_stages,
)
from decide.program.program import Program
from decide.uncertainty.points import Floats

ROUNDING = 1e-12  # of the largest total of any strategy: less than that below 0 is no loss


@dataclass(slots=True)
class Tally:
    """What is gathered about one strategy while the policy is held."""

    sums: Floats  # (steps, scrambles, columns)
    sketch: Sketch
    centre: float  # a total near the mean
    cash: Floats  # (years, scrambles)
    lost: Floats  # (scrambles,) mass of totals below 0
    squares: Floats  # (scrambles,) sum of squared distances from the centre
    minimum: float = np.inf
    maximum: float = -np.inf
    totals: list[Floats] = field(default_factory=list)  # kept where enumerated
    weights: list[Floats] = field(default_factory=list)


def hold_policy(
    program: Program, plan: Plan, agreed: Agreed, risk_tolerance: float | None
) -> tuple[dict[str, Tally], dict[tuple[str, str], float]]:
    """Run the draws once more with the policy held.

    Returns a tally a strategy, and the share of draws in which the first of two is worth more.
    """
    kept = {
        s: is_chosen(steps, agreed.policies[s].choice) for s, steps in program.strategies.items()
    }
    tallies, scale = _first_look(program, plan, kept)
    stages = plan_stages(program, tuple(program.strategies), kept=kept, with_cash=program.has_years)
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
            reach = reaches(stage.steps, values, drawn.weights, kept[strategy])
            here = path_sums(stage.steps, values, reach, risk_tolerance=risk_tolerance)
            merge_tiles(here, drawn.groups, tallies[strategy].sums, risk_tolerance)
            ends = _kept_ends(stage, kept[strategy])
            totals, weights = _ends(stage, ends, values, reach, drawn.weights.shape)
            _add_ends(tallies[strategy], totals, weights, drawn.groups, -ROUNDING * scale)
            if plan.is_enumerated:
                tallies[strategy].totals.append(totals)
                tallies[strategy].weights.append(weights)
            if program.has_years:
                _add_cash(tallies[strategy], stage, ends, values, reach, drawn)
            expected[strategy] = _by_draw(totals, weights, drawn.weights)
        whole += float(drawn.weights.sum())
        for a, b in wins:
            is_ahead = expected[a] - expected[b] > ROUNDING * scale
            wins[a, b] += float(drawn.weights[is_ahead].sum())
    findings.raise_problems({s: t.sums for s, t in tallies.items()})
    return tallies, {pair: won / whole for pair, won in wins.items()}


def _first_look(
    program: Program, plan: Plan, kept: Mapping[str, Sequence[bool]]
) -> tuple[dict[str, Tally], float]:
    """Start the tallies from the first tile of draws; return them with the scale of the totals."""
    first = next(blocks(replace(plan, block=plan.tile)))
    tallies = {}
    scale = 0.0
    stages = plan_stages(program, tuple(program.strategies), kept=kept)
    for stage, values in run_stages(program, stages, first.inputs):
        here = kept[stage.strategy]
        reach = reaches(stage.steps, values, first.weights, here)
        totals, weights = _ends(stage, _kept_ends(stage, here), values, reach, first.weights.shape)
        groups = len(plan.scrambles)
        with np.errstate(invalid="ignore"):
            scale = max(scale, float(np.nan_to_num(np.abs(totals), posinf=0.0).max()))
            centre = float((weights * totals).sum() / weights.sum())
        tallies[stage.strategy] = Tally(
            sums=no_sums(len(stage.steps), groups),
            sketch=Sketch(edges_from(totals, weights)),
            centre=centre,
            cash=np.zeros((len(program.years), groups)),
            lost=np.zeros(groups),
            squares=np.zeros(groups),
        )
    return tallies, scale


def _ends(
    stage: Stage,
    ends: Sequence[int],
    values: Mapping[int, Floats],
    reach: Sequence[Floats],
    shape: tuple[int, ...],
) -> tuple[Floats, Floats]:
    """Return totals and reach of the ends that the policy leads to, both (ends, j, k)."""
    totals = [np.broadcast_to(values[stage.steps[n].total], shape) for n in ends]
    return np.concatenate(totals), np.concatenate([np.broadcast_to(reach[n], shape) for n in ends])


def _kept_ends(stage: Stage, kept: Sequence[bool]) -> list[int]:
    return [n for n, step in enumerate(stage.steps) if step.kind == "end" and kept[n]]


def _add_ends(
    tally: Tally, totals: Floats, weights: Floats, groups: Sequence[int], loss: float
) -> None:
    add_tiles(_by_tile(np.where(totals < loss, weights, 0.0)), groups, tally.lost)
    away = totals - tally.centre
    add_tiles(_by_tile(weights * away * away), groups, tally.squares)
    possible = totals[weights > 0]
    tally.minimum = min(tally.minimum, float(possible.min()))
    tally.maximum = max(tally.maximum, float(possible.max()))
    for tile in range(totals.shape[1]):
        tally.sketch.add(totals[:, tile], weights[:, tile])


def _by_tile(x: Floats) -> Floats:
    """Sum ends and draws, (ends, j, k) to (j,), in an order that does not depend on the tiles."""
    total = np.zeros(x.shape[1])
    for end in x.sum(axis=-1):
        total += end
    return total


def _add_cash(
    tally: Tally,
    stage: Stage,
    ends: Sequence[int],
    values: Mapping[int, Floats],
    reach: Sequence[Floats],
    drawn: Block,
) -> None:
    cash = np.zeros((len(tally.cash), drawn.weights.shape[1]))
    for n in ends:
        cash += (reach[n] * values[stage.steps[n].cash]).sum(axis=-1)
    add_tiles(cash, drawn.groups, tally.cash)


def _by_draw(totals: Floats, weights: Floats, whole: Floats) -> Floats:
    """Return the expected total of each draw, (1, j, k)."""
    mean: Floats = (weights * totals).sum(axis=0, keepdims=True)
    return np.divide(mean, whole, out=np.zeros(whole.shape), where=whole > 0)
