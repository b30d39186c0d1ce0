"""What is each strategy worth, and what should be chosen at each decision?"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from decide.analyses.information import Information, ask, value_information
from decide.analyses.paths import count_paths
from decide.analyses.policy import Fold, Policy, Steps, fold, folding_order, is_chosen, is_needed
from decide.analyses.policy_sample import POLICY_DRAWS, Agreed, outputs_with_cash
from decide.analyses.profile import atoms
from decide.analyses.tally import Tally, hold_policy
from decide.language import said
from decide.model.place import InvalidInputError, Problem
from decide.model.tree import NodeKind
from decide.program.engine import BLOCK, Plan, plan_draws
from decide.program.path_sums import DISUTILITY, REACH, REACH_SQUARED, TOTAL, merge
from decide.program.program import Program
from decide.program.workers import ONE_WORKER, Workers, ignore
from decide.uncertainty.points import Floats
from decide.uncertainty.sample import number_of_states

SCRAMBLES = tuple(range(1, 9))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One node of a strategy's tree, unfolded so that each history has its own copy.

    Money is present value against the base strategy, in plain currency units.
    """

    parent: int  # index of the step above it in its strategy's tuple; -1 at the top
    branch: str  # id of the parent's branch that leads here; "" at the top
    node: str  # id of the node; "" where the path ends
    kind: NodeKind
    year: int | None
    probability: float  # of the branch, given its parent; 1 for an option
    reach: float  # probability of coming here under the policy; 0 where it is not chosen
    expected_value: float  # of the path's total, given that one comes here
    certainty_equivalent: float  # the same as utility sees it; equal to it when risk-neutral
    choice: str = ""  # at a decision: id of the option taken
    ties: tuple[str, ...] = ()  # other options worth the same, within 1e-12 of scale
    effective_draws: float = float("inf")  # behind a decision; infinite where enumerated
    same_as: int = -1  # of a merged step: where in its strategy's tuple its future is laid out
    borrowed: bool = False  # too few of them: the choice is that of the nearest bin with enough


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplingErrors:
    """Standard errors of a strategy's figures, from independent scrambles; 0 where exact."""

    expected_value: float
    sd: float
    p10: float
    p50: float
    p90: float
    probability_of_loss: float
    worst_tenth_mean: float


NO_ERRORS = SamplingErrors(**dict.fromkeys(SamplingErrors.__slots__, 0.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyValue:
    """What one strategy is worth under the policy, on draws that did not choose it."""

    strategy: str
    expected_value: float
    certainty_equivalent: float
    standard_error: float  # of the certainty equivalent, from independent scrambles; 0 if exact
    by_scramble: tuple[float, ...]  # the certainty equivalent on each independent scramble
    errors: SamplingErrors  # of the other figures
    rank_error: (
        float  # by how much, in probability, P10 to P90 may be off for being gathered in bins
    )
    in_sample: float  # the certainty equivalent on the draws that chose the policy
    sd: float
    p10: float
    p50: float
    p90: float
    probability_of_loss: float  # of a total below 0
    worst_tenth_mean: float  # mean of the worst 10 % of outcomes
    worst_disutility: float  # share of the disutility that the worst 1 % carry; 0 if risk-neutral
    minimum: float
    maximum: float
    profile: tuple[tuple[float, float], ...]  # (total, probability of at most that); rising
    cash: tuple[float, ...]  # expected, undiscounted, by year of the decision; () without years
    path_ends: int  # of its tree, every history unfolded; 0 for a diagram, which has none
    paths: int  # of these, those that the policy leaves open
    is_simulated: bool  # they are too many to list: spread and cash are of one path in each draw


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How the numbers came about."""

    draws: int  # behind each printed value; the number of states where enumerated
    policy_draws: int  # on which the policy was chosen
    scrambles: int
    seed: int
    is_enumerated: bool  # all uncertainty is discrete and was gone through state by state
    path_ends: int  # of all strategies, every history unfolded
    sub_decisions: int  # decisions in distinct states, of all strategies


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollback:
    """The value and the policy of every strategy."""

    values: Mapping[str, StrategyValue]  # in the order of the files
    steps: Mapping[str, tuple[Step, ...]]  # a parent stands before its children
    ahead: Mapping[tuple[str, str], float]  # share of draws in which the first is worth more
    ranking: tuple[str, ...]  # by certainty equivalent, best first; ties in file order
    sampling: Sampling
    information: Information | None  # None where it was not asked for, or would be too much


def roll_back(
    program: Program,
    agreed: Agreed,
    *,
    risk_tolerance: float | None,
    draws: int = POLICY_DRAWS,
    scrambles: Sequence[int] = SCRAMBLES,
    block: int | None = None,
    workers: Workers = ONE_WORKER,
    together: Sequence[Sequence[str]] | None = None,
    tell: Callable[[float], None] = ignore,
) -> Rollback:
    """Hold the agreed policy and value every strategy on draws that did not choose it.

    `draws`, a power of two from 1,024 on, are split over eight independent scrambles, whose spread
    is the sampling error; it is nan where there is but one. A model whose uncertainty is all
    discrete is gone through state by state.
    Raises InvalidInputError where a probability leaves [0, 1] or a total is not a number.
    """
    plan = plan_draws(
        program,
        outputs_with_cash(program),
        scrambles=scrambles,
        draws=draws,
        block=block or BLOCK,
        with_shares=together is not None,
    )
    asked = None if together is None else ask(program, agreed, plan, risk_tolerance, together)
    held = hold_policy(
        program,
        plan,
        agreed,
        risk_tolerance,
        workers,
        asked,
        tell,
        has_usual_block=block is None,
    )
    values = {}
    steps = {}
    for strategy, tally in held.tallies.items():
        own, policy = program.strategies[strategy], agreed.policies[strategy]
        whole = _whole(own, tally, agreed, strategy, risk_tolerance)
        pooled = fold(own, whole, risk_tolerance, policy.choice)
        values[strategy] = _value(
            program,
            strategy,
            tally,
            agreed,
            plan,
            pooled,
            float(whole[0, 0, REACH]),
            risk_tolerance,
        )
        steps[strategy] = _steps(own, policy, whole[:, 0, REACH], pooled)
    _refuse_underflow(program, values)
    ranking = sorted(values, key=lambda s: -values[s].certainty_equivalent)
    states = number_of_states(plan.uncertain) or 0
    return Rollback(
        values=values,
        steps=steps,
        ahead=held.ahead,
        ranking=tuple(ranking),
        sampling=Sampling(
            draws=states if plan.is_enumerated else draws,
            policy_draws=states
            if plan.is_enumerated
            else agreed.plan.draws * len(agreed.plan.scrambles),
            scrambles=len(plan.scrambles),
            seed=program.seed,
            is_enumerated=plan.is_enumerated,
            path_ends=program.path_ends,
            sub_decisions=program.sub_decisions,
        ),
        information=value_information(program, held.knowledge, plan.scrambles)
        if held.knowledge
        else None,
    )


def _refuse_underflow(program: Program, values: Mapping[str, StrategyValue]) -> None:
    """Refuse a strategy whose laid-out histories are too unlikely to be told from impossible."""
    problems = [
        Problem(
            place=program.places[strategy],
            message=said(
                "the history under which a future of strategy {strategy!r} is laid out has a "
                "probability below 1e-308",
                strategy=strategy,
            ),
            advice=said(
                "leave out branches that hardly ever happen, or list the likely ones first"
            ),
        )
        for strategy, value in values.items()
        if np.isnan(value.certainty_equivalent)
    ]
    if problems:
        raise InvalidInputError(problems)


def _whole(
    steps: Steps, tally: Tally, agreed: Agreed, strategy: str, risk_tolerance: float | None
) -> Floats:
    """Return a strategy's sums over all scrambles, (steps, 1, columns).

    What the policy does not lead to was not run again: it stands as the policy sample had it.
    """
    whole = _pooled(tally.sums, risk_tolerance)
    before = agreed.sums[strategy].copy()
    scale = whole[0, 0, REACH] / before[0, 0, REACH]
    before[..., [REACH, REACH_SQUARED, TOTAL, DISUTILITY]] *= scale
    kept = np.array(is_needed(steps, agreed.policies[strategy].choice))
    return np.where(kept[:, None, None], whole, before)


def _pooled(sums: Floats, risk_tolerance: float | None) -> Floats:
    """Merge the scrambles, the first one first: (steps, g, columns) to (steps, 1, columns)."""
    whole = sums[:, :1]
    for group in range(1, sums.shape[1]):
        whole = merge(whole, sums[:, group : group + 1], risk_tolerance)
    return whole


def _value(
    program: Program,
    strategy: str,
    tally: Tally,
    agreed: Agreed,
    plan: Plan,
    pooled: Fold,
    mass: float,
    risk_tolerance: float | None,
) -> StrategyValue:
    steps, policy = program.strategies[strategy], agreed.policies[strategy]
    folded = fold(steps, tally.sums, risk_tolerance, policy.choice)
    apart = folded.equivalent[0]
    before = fold(steps, agreed.sums[strategy], risk_tolerance, policy.choice)
    spread = (
        atoms(tally.totals, tally.weights) if plan.keeps_totals else tally.sketch.distribution()
    )
    mean = float(pooled.expected[0, 0])
    return StrategyValue(
        strategy=strategy,
        expected_value=mean,
        certainty_equivalent=float(pooled.equivalent[0, 0]),
        standard_error=0.0 if plan.is_enumerated else _error(apart),
        by_scramble=tuple(float(x) for x in apart),
        errors=_errors(tally, plan, folded),
        rank_error=0.0 if plan.keeps_totals else tally.sketch.rank_error(),
        in_sample=float(before.equivalent[0, 0]),
        sd=max(float(sum(tally.squares)) / mass - (mean - tally.centre) ** 2, 0.0) ** 0.5,
        p10=spread.quantile(0.1),
        p50=spread.quantile(0.5),
        p90=spread.quantile(0.9),
        probability_of_loss=float(sum(tally.lost)) / mass,
        worst_tenth_mean=spread.tail_mean(0.1),
        worst_disutility=0.0
        if risk_tolerance is None
        else spread.tail_disutility(0.01, risk_tolerance),
        minimum=tally.minimum,
        maximum=tally.maximum,
        profile=spread.points(),
        cash=tuple(float(sum(c)) / mass for c in tally.cash) if program.has_years else (),
        path_ends=count_paths(steps, {}),
        paths=tally.paths,
        is_simulated=tally.is_simulated,
    )


def _errors(tally: Tally, plan: Plan, apart: Fold) -> SamplingErrors:
    if plan.is_enumerated:
        return _errors_of_paths(tally) if tally.is_simulated else NO_ERRORS
    mass = tally.sums[0, :, REACH]
    spreads = tally.sketch.by_group()
    means = apart.expected[0]
    variances = tally.squares / mass - (means - tally.centre) ** 2
    return SamplingErrors(
        expected_value=_error(means),
        sd=_error(np.sqrt(np.maximum(variances, 0.0))),
        p10=_error([spread.quantile(0.1) for spread in spreads]),
        p50=_error([spread.quantile(0.5) for spread in spreads]),
        p90=_error([spread.quantile(0.9) for spread in spreads]),
        probability_of_loss=_error(tally.lost / mass),
        worst_tenth_mean=_error([spread.tail_mean(0.1) for spread in spreads]),
    )


def _errors_of_paths(tally: Tally) -> SamplingErrors:
    """Return errors where every state was gone through, but not every path: of sets of paths."""
    (totals,), (weights,) = tally.totals, tally.weights
    apart = (np.split(x.ravel(), len(SCRAMBLES)) for x in (totals, weights))
    spreads = [atoms([x], [w]) for x, w in zip(*apart, strict=True)]
    means = [float((s.totals * s.masses).sum()) for s in spreads]
    return SamplingErrors(
        expected_value=0.0,
        sd=_error(
            [
                float((s.masses * (s.totals - mean) ** 2).sum()) ** 0.5
                for s, mean in zip(spreads, means, strict=True)
            ]
        ),
        p10=_error([s.quantile(0.1) for s in spreads]),
        p50=_error([s.quantile(0.5) for s in spreads]),
        p90=_error([s.quantile(0.9) for s in spreads]),
        probability_of_loss=_error([float(s.masses[s.totals < 0].sum()) for s in spreads]),
        worst_tenth_mean=_error([s.tail_mean(0.1) for s in spreads]),
    )


def _error(by_scramble: Sequence[float] | Floats) -> float:
    """Return the standard error of a mean over scrambles."""
    if len(by_scramble) < 2:
        return math.nan
    return float(np.std(by_scramble, ddof=1) / len(by_scramble) ** 0.5)


def _steps(steps: Steps, policy: Policy, weight: Floats, pooled: Fold) -> tuple[Step, ...]:
    reach = _reach(steps, policy.choice, weight)
    return tuple(
        Step(
            parent=step.parent,
            branch=step.branch,
            node=step.node,
            kind=step.kind,
            year=step.year,
            probability=_share(weight, n, step.parent),
            reach=reach[n],
            expected_value=float(pooled.expected[n, 0]),
            certainty_equivalent=float(pooled.equivalent[n, 0]),
            choice=steps[policy.choice[n]].branch if n in policy.choice else "",
            ties=tuple(steps[t].branch for t in policy.ties.get(n, ())),
            effective_draws=policy.effective_draws.get(n, float("inf")),
            borrowed=n in policy.borrowed,
            same_as=step.same_as,
        )
        for n, step in enumerate(steps)
    )


def _reach(steps: Steps, choice: Mapping[int, int], weight: Floats) -> list[float]:
    """Return the probability of coming to each step, by its own history or one merged with it.

    Where nothing is decided below, other histories see other odds there: then only its own counts.
    """
    reached = is_chosen(steps, choice)
    found = [float(weight[n] / weight[0]) if reached[n] else 0.0 for n in range(len(steps))]
    if all(step.same_as < 0 for step in steps):
        return found
    joined = [0.0] * len(steps)  # by other histories
    for n in reversed(list(folding_order(steps))):
        above = steps[n].parent
        if above >= 0 and joined[above] and choice.get(above, n) == n:
            joined[n] += joined[above] * (
                1.0 if steps[above].kind == "decision" else _share(weight, n, above)
            )
        found[n] += joined[n]
        if steps[n].kind == "merged" and steps[n].total < 0:
            joined[steps[n].same_as] += found[n]
    return found


def _share(weight: Floats, number: int, parent: int) -> float:
    if parent < 0 or weight[parent] <= 0:
        return 1.0 if parent < 0 else 0.0
    return float(weight[number] / weight[parent])
