"""Is the answer clear, and do score and tree agree?"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from decide.analyses.policy import TIE
from decide.analyses.rollback import Rollback
from decide.analyses.score import Scores
from decide.analyses.sensitivity import Sensitivity

Clarity = Literal["clear", "leaning", "too_close"]

TOO_FEW_AHEAD = 0.55  # share of draws ahead below which it is too close to call
TOO_SMALL_LEAD = 0.05  # lead in widths of P10 to P90 below which it is too close to call
CLEARLY_AHEAD = 0.70
NEARLY_ALWAYS_AHEAD = 0.95  # share of draws ahead from which a lead is no matter of the spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Who leads, by how much, and how sure that is.

    Thresholds: docs/method.md, "Clear, leaning, too close".
    """

    leader: str  # by certainty equivalent, one entry a family
    runner_up: str  # best of another family; "" where there is none
    lead: float  # difference of certainty equivalents
    lead_error: float  # its standard error from scrambles
    share_of_draws_ahead: float  # share of draws in which the leader's expected total is higher
    is_safer: bool  # worth less than the runner-up on average, it leads because it risks less
    clarity: Clarity
    score_leader: str  # by total; "" where nothing is scored
    score_lead: float
    agree: bool  # the same family leads both
    rank_agreement: float  # Kendall's tau-b between the two rankings; nan with fewer than two
    points_given_up: float  # total of the score's leader less that of the tree's leader, in points
    price_of_a_point: float  # money per point at which the two leaders tie; nan where they agree


def judge(
    rollback: Rollback,
    scores: Scores | None,
    sensitivity: Sensitivity,
    families: Mapping[str, str],
) -> Verdict:
    """Judge the answer; `families` gives each strategy's family."""
    front = best_of_families(rollback.ranking, families)
    leader, runner_up = front[0], front[1] if len(front) > 1 else ""
    lead, error, ahead, is_safer = 0.0, 0.0, 1.0, False
    if runner_up:
        first, second = rollback.values[leader], rollback.values[runner_up]
        lead = first.certainty_equivalent - second.certainty_equivalent
        apart = np.subtract(first.by_scramble, second.by_scramble)
        error = float(apart.std(ddof=1) / len(apart) ** 0.5) if len(apart) > 1 else 0.0
        ahead = rollback.ahead[leader, runner_up]
        is_safer = first.expected_value < second.expected_value - TIE * abs(second.expected_value)
    score_leader, score_lead, points = _score_lead(scores, leader, families)
    agree = not score_leader or families[score_leader] == families[leader]
    money = 0.0 if agree else lead_over(rollback, leader, score_leader)
    return Verdict(
        leader=leader,
        runner_up=runner_up,
        lead=lead,
        lead_error=error,
        share_of_draws_ahead=ahead,
        is_safer=is_safer,
        clarity=_clarity(rollback, sensitivity, leader, runner_up, lead, ahead, is_safer=is_safer),
        score_leader=score_leader,
        score_lead=score_lead,
        agree=agree,
        rank_agreement=_rank_agreement(rollback, scores, front),
        points_given_up=points,
        price_of_a_point=float("nan") if agree or points <= 0 else money / points,
    )


def best_of_families(ranking: tuple[str, ...], families: Mapping[str, str]) -> tuple[str, ...]:
    """Return the first of each family, in the order of the ranking."""
    found: dict[str, str] = {}
    for strategy in ranking:
        found.setdefault(families[strategy], strategy)
    return tuple(found.values())


def lead_over(rollback: Rollback, a: str, b: str) -> float:
    """Return the difference of two strategies' certainty equivalents."""
    return rollback.values[a].certainty_equivalent - rollback.values[b].certainty_equivalent


def kendall_tau_b(a: list[float], b: list[float]) -> float:
    """Return Kendall's tau-b, which allows for ties; nan where one list has no order at all."""
    agree, pairs_a, pairs_b = 0.0, 0.0, 0.0
    for (a1, b1), (a2, b2) in combinations(zip(a, b, strict=True), 2):
        one, two = np.sign(a1 - a2), np.sign(b1 - b2)
        agree += one * two
        pairs_a += one * one
        pairs_b += two * two
    return float(agree / (pairs_a * pairs_b) ** 0.5) if pairs_a * pairs_b > 0 else float("nan")


def _score_lead(
    scores: Scores | None, leader: str, families: Mapping[str, str]
) -> tuple[str, float, float]:
    if scores is None:
        return "", 0.0, 0.0
    front = best_of_families(scores.ranking, families)
    best = scores.totals[front[0]]
    lead = best - scores.totals[front[1]] if len(front) > 1 else 0.0
    return front[0], lead, 100 * (best - scores.totals[leader])


def _rank_agreement(rollback: Rollback, scores: Scores | None, front: tuple[str, ...]) -> float:
    if scores is None:
        return float("nan")
    money = [rollback.values[s].certainty_equivalent for s in front]
    return kendall_tau_b(money, [scores.totals[s] for s in front])


def _clarity(
    rollback: Rollback,
    sensitivity: Sensitivity,
    leader: str,
    runner_up: str,
    lead: float,
    ahead: float,
    *,
    is_safer: bool,
) -> Clarity:
    if not runner_up:
        return "clear"
    widths = [rollback.values[s].p90 - rollback.values[s].p10 for s in (leader, runner_up)]
    is_small = lead < TOO_SMALL_LEAD * max(widths) and (is_safer or ahead < NEARLY_ALWAYS_AHEAD)
    if is_safer:  # what draws say is that risk pays, not that the answer is in doubt
        ahead = 1.0
    if is_small or ahead < TOO_FEW_AHEAD:
        return "too_close"
    loses = any(p.is_plausible for p in sensitivity.switch_points) or any(
        {bar.leader_at_low, bar.leader_at_high} != {leader} for bar in sensitivity.bars
    )
    is_tried = bool(sensitivity.bars)
    return "clear" if ahead >= CLEARLY_AHEAD and is_tried and not loses else "leaning"
