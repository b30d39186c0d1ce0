"""What is gathered about every strategy while the policy is held, block after block."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from decide.analyses.knowledge import (
    HELD_A_PARTITION,
    Asked,
    Knowledge,
    KnowledgePortion,
    gather_all,
    gather_strategy,
    memberships,
)
from decide.analyses.paths import Ways, expected_by_draw, spread_under, ways_of
from decide.analyses.policy_sample import Agreed
from decide.analyses.profile import Places, Sketch, bin_tiles, edges_from, places_of
from decide.program.checks import Findings
from decide.program.engine import Block, Plan, Stage, blocks, plan_stages, run_stages
from decide.program.memory import usual_block
from decide.program.path_sums import NOWHERE, add_tiles, merge_tiles, no_sums, path_sums, reaches
from decide.program.program import Program
from decide.program.workers import Workers, run_blocks
from decide.uncertainty.points import Floats

ROUNDING = 1e-12  # of the largest total of any strategy: less than that below 0 is no loss


@dataclass(slots=True, kw_only=True)
class Tally:
    """What is gathered about one strategy while the policy is held."""

    sums: Floats  # (steps, scrambles, columns)
    sketch: Sketch
    centre: float  # a total near the mean
    cash: Floats  # (years, scrambles)
    lost: Floats  # (scrambles,) mass of totals below 0
    squares: Floats  # (scrambles,) sum of squared distances from the centre
    paths: int  # that the policy leaves open
    is_simulated: bool  # one path a draw stands for all
    minimum: float = np.inf
    maximum: float = -np.inf
    totals: list[Floats] = field(default_factory=list)  # kept where they are few
    weights: list[Floats] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Holding:
    """A policy that is held, and what is to be gathered under it."""

    program: Program
    stages: Sequence[Stage]
    ways: Mapping[str, Ways]  # strategy -> how the policy's paths are gone through
    places: Mapping[str, Places]  # of totals among the bins
    centres: Mapping[str, float]
    rounding: float  # money that is nothing
    risk_tolerance: float | None
    keeps_totals: bool
    asked: Asked | None  # what is to be gathered about what it would be worth to know


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Portion:
    """What one block adds to the tally of one strategy; sums are kept apart by tile."""

    sums: Floats  # (steps, tiles, columns)
    bins: Floats  # (tiles, 2, bins)
    cash: Floats  # (years, tiles)
    lost: Floats  # (tiles,)
    squares: Floats  # (tiles,)
    minimum: float
    maximum: float
    totals: Floats | None  # (ends, tiles, draws) where they are kept
    weights: Floats | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gathered:
    """What one block adds."""

    groups: tuple[int, ...]
    portions: Mapping[str, Portion]
    won: Mapping[tuple[str, str], float]  # mass of the draws in which the first is worth more
    whole: float  # mass of all draws
    findings: Findings
    knowledge: KnowledgePortion | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Held:
    """What a held policy comes to."""

    tallies: Mapping[str, Tally]
    ahead: Mapping[tuple[str, str], float]  # share of draws in which the first is worth more
    knowledge: Knowledge | None


def hold_policy(
    program: Program,
    plan: Plan,
    agreed: Agreed,
    risk_tolerance: float | None,
    workers: Workers,
    asked: Asked | None,
    tell: Callable[[float], None],
    *,
    has_usual_block: bool = False,
) -> Held:
    """Run the draws once more with the policy held."""
    ways = {s: ways_of(steps, agreed.policies[s].choice) for s, steps in program.strategies.items()}
    kept = {s: own.kept for s, own in ways.items()}
    tallies, scale = _first_look(program, plan, ways)
    stages = plan_stages(
        program,
        tuple(program.strategies),
        kept=None if asked else kept,
        with_cash=program.has_years,
    )
    if has_usual_block:
        draws = plan.draws * len(plan.scrambles)
        beside = HELD_A_PARTITION * len(asked.partitions) if asked else 0
        plan = replace(plan, block=usual_block(program, stages, draws, beside=beside))
    holding = Holding(
        program=program,
        stages=stages,
        ways=ways,
        places={s: places_of(tally.sketch.edges) for s, tally in tallies.items()},
        centres={s: tally.centre for s, tally in tallies.items()},
        rounding=ROUNDING * scale,
        risk_tolerance=risk_tolerance,
        keeps_totals=plan.keeps_totals,
        asked=asked,
    )
    knowledge = Knowledge(asked=asked, groups=len(plan.scrambles)) if asked else None
    wins: dict[tuple[str, str], float] = dict.fromkeys(
        ((a, b) for a in tallies for b in tallies if a != b), 0.0
    )
    whole = 0.0
    findings = Findings(program)
    for gathered in run_blocks(plan, partial(_gather, holding), workers, tell):
        for strategy, portion in gathered.portions.items():
            _add(tallies[strategy], portion, gathered.groups, risk_tolerance)
        for pair, mass in gathered.won.items():
            wins[pair] += mass
        whole += gathered.whole
        findings.merge(gathered.findings)
        if knowledge is not None and gathered.knowledge is not None:
            knowledge.add(gathered.knowledge, gathered.groups)
    findings.raise_problems({s: t.sums for s, t in tallies.items()})
    ahead = {pair: won / whole for pair, won in wins.items()}
    return Held(tallies=tallies, ahead=ahead, knowledge=knowledge)


def _first_look(
    program: Program, plan: Plan, ways: Mapping[str, Ways]
) -> tuple[dict[str, Tally], float]:
    """Start the tallies from the first tile of draws; return them with the scale of the totals."""
    first = next(blocks(replace(plan, block=plan.tile)))
    tallies = {}
    scale = 0.0
    kept = {s: own.kept for s, own in ways.items()}
    stages = plan_stages(program, tuple(program.strategies), kept=kept)
    for stage, values in run_stages(program, stages, first.inputs):
        here = ways[stage.strategy]
        reach = reaches(stage.steps, values, first.weights, here.kept)
        spread = spread_under(here, program, stage.strategy, values, reach, first)
        totals, weights = spread.totals, spread.weights
        groups = len(plan.scrambles)
        with np.errstate(invalid="ignore"):
            scale = max(scale, float(np.nan_to_num(np.abs(totals), posinf=0.0).max()))
            centre = float((weights * totals).sum() / weights.sum())
        tallies[stage.strategy] = Tally(
            sums=no_sums(len(stage.steps), groups),
            sketch=Sketch(edges_from(totals, weights), groups),
            centre=centre,
            cash=np.zeros((len(program.years), groups)),
            lost=np.zeros(groups),
            squares=np.zeros(groups),
            paths=here.count,
            is_simulated=here.is_simulated,
        )
    return tallies, scale


def _gather(holding: Holding, drawn: Block) -> Gathered:
    findings = Findings(holding.program)
    portions = {}
    expected = {}
    known = {}
    asked = holding.asked
    inside = memberships(asked, drawn) if asked else {}
    for stage, values in run_stages(holding.program, holding.stages, drawn.inputs):
        strategy, ways = stage.strategy, holding.ways[stage.strategy]
        findings.note(strategy, values, drawn.weights)
        every = reaches(stage.steps, values, drawn.weights, None if asked else ways.kept)
        reach = [here if k else NOWHERE for here, k in zip(every, ways.kept, strict=True)]
        spread = spread_under(ways, holding.program, strategy, values, reach, drawn)
        totals, weights = spread.totals, spread.weights
        squares = totals - holding.centres[strategy]
        squares *= squares
        squares *= weights
        possible = totals if weights.min() > 0 else totals[weights > 0]
        minimum = float(possible.min())
        lost = np.zeros(weights.shape[1])
        if minimum < -holding.rounding:
            lost = _by_tile((totals < -holding.rounding) * weights)
        portions[strategy] = Portion(
            sums=path_sums(stage.steps, values, reach, risk_tolerance=holding.risk_tolerance),
            bins=bin_tiles(holding.places[strategy], totals, weights),
            cash=spread.cash,
            lost=lost,
            squares=_by_tile(squares),
            minimum=minimum,
            maximum=float(possible.max()),
            totals=totals if holding.keeps_totals else None,
            weights=weights if holding.keeps_totals else None,
        )
        expected[strategy] = (
            _by_draw(totals, weights, drawn.weights)
            if ways.is_laid_out
            else expected_by_draw(stage.steps, ways.choice, values) + np.zeros(drawn.weights.shape)
        )
        if asked:
            known[strategy] = gather_strategy(
                asked, stage, values, every, expected[strategy], drawn, inside
            )
    return Gathered(
        groups=drawn.groups,
        portions=portions,
        won=_won(expected, drawn.weights, holding.rounding),
        whole=float(drawn.weights.sum()),
        findings=findings,
        knowledge=gather_all(asked, known, drawn, inside) if asked else None,
    )


def _add(
    tally: Tally, portion: Portion, groups: Sequence[int], risk_tolerance: float | None
) -> None:
    """Add tile after tile, so that rounding does not depend on the blocks."""
    merge_tiles(portion.sums, groups, tally.sums, risk_tolerance)
    tally.sketch.add(portion.bins, groups)
    add_tiles(portion.cash, groups, tally.cash)
    add_tiles(portion.lost, groups, tally.lost)
    add_tiles(portion.squares, groups, tally.squares)
    tally.minimum = min(tally.minimum, portion.minimum)
    tally.maximum = max(tally.maximum, portion.maximum)
    if portion.totals is not None and portion.weights is not None:
        tally.totals.append(portion.totals)
        tally.weights.append(portion.weights)


def _won(
    expected: Mapping[str, Floats], weights: Floats, rounding: float
) -> dict[tuple[str, str], float]:
    """Return the mass of the draws in which the first of two strategies is worth more."""
    names, mass = list(expected), weights.ravel()
    worth = np.array([x.ravel() for x in expected.values()])
    won = {}
    for a, own in zip(names, worth, strict=True):
        ahead = (own - worth > rounding) @ mass
        won.update({(a, b): float(x) for b, x in zip(names, ahead, strict=True) if a != b})
    return won


def _by_tile(x: Floats) -> Floats:
    """Sum ends and draws, (ends, j, k) to (j,), in an order that does not depend on the tiles."""
    total = np.zeros(x.shape[1])
    for end in x.sum(axis=-1):
        total += end
    return total


def _by_draw(totals: Floats, weights: Floats, whole: Floats) -> Floats:
    """Return the expected total of each draw, (1, j, k)."""
    mean: Floats = (weights * totals).sum(axis=0, keepdims=True)
    return np.divide(mean, whole, out=np.zeros(whole.shape), where=whole > 0)
