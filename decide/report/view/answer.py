"""The answer in one screen of words, and its key figures."""

import math
from dataclasses import dataclass

from decide.analyses.policy import TIE
from decide.analyses.rollback import StrategyValue
from decide.analyses.switch_points import SwitchPoint
from decide.analyses.verdict import TOO_FEW_AHEAD
from decide.model.decision import Model
from decide.model.number import COMPUTED, Fixed, Number
from decide.report.view.context import Context, family_of, ranked
from decide.report.view.diagram_rows import count_entries
from decide.report.view.drivers import switch_amount
from decide.report.view.parts import Part, Sentence, plain, strong
from decide.report.words import answer as words
from decide.report.words import drivers as driver_words
from decide.report.words.phrases import phrase

EVEN = 0.5
ABOUT_A_TENTH = 0.115  # a share up to which one speaks of one time in ten
NEAREST = 2  # switch points that the answer names


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """One figure of the header, with the section that explains it."""

    label: str
    value: str
    note: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The first section."""

    verdict: str
    clarity: str  # "clear", "leaning" or "too_close": a class of the style sheet
    headline: Sentence
    sentences: tuple[Sentence, ...]
    standing: Sentence  # every strategy with its worth, best first; empty where two say it all
    changes: tuple[Sentence, ...]
    basis: tuple[Sentence, ...]
    figures: tuple[KeyFigure, ...]


def answer_view(context: Context, *, numbers: int, unsourced: int, warnings: int) -> Answer:
    """Say who leads, how surely, what it is worth and what would change it."""
    verdict = context.evaluation.verdict
    return Answer(
        verdict=words.verdict(verdict.clarity, context.language),
        clarity=verdict.clarity,
        headline=_headline(context),
        sentences=_sentences(context),
        standing=_standing(context),
        changes=_changes(context),
        basis=_basis(context, numbers, unsourced, warnings),
        figures=_figures(context, unsourced),
    )


def _headline(context: Context) -> Sentence:
    verdict = context.evaluation.verdict
    leader = context.strategy_link(verdict.leader, strong=True)
    if not verdict.runner_up:
        return words.alone(leader, context.language)
    pair = (leader, context.strategy_link(verdict.runner_up))
    lead = strong(context.lead(), "#money")
    language = context.language
    ahead = _ahead(context)
    if context.is_tied:
        return words.tied(*pair, language)
    if verdict.clarity == "clear":
        return words.clear(*pair, lead, ahead, language)
    if verdict.clarity == "leaning":
        points = context.evaluation.sensitivity.switch_points
        is_switchable = any(point.is_plausible for point in points)
        return words.leaning(*pair, lead, ahead, is_switchable=is_switchable, language=language)
    is_even = verdict.share_of_draws_ahead < TOO_FEW_AHEAD and not verdict.is_safer
    return words.too_close(*pair, lead, ahead, is_even=is_even, language=language)


def _ahead(context: Context) -> Sentence:
    """Say how often the leader is worth more; nothing where that is all that can happen."""
    verdict, rollback = context.evaluation.verdict, context.evaluation.rollback
    if verdict.is_safer:
        return words.safer(context.language)
    if not verdict.runner_up or rollback.sampling.draws == 1:
        return ()
    return words.often(
        Part(context.numerals.percent(verdict.share_of_draws_ahead), "#money"),
        {0.0: "no", 1.0: "every"}.get(verdict.share_of_draws_ahead, ""),
        is_drawn=not rollback.sampling.is_enumerated,
        is_minority=verdict.share_of_draws_ahead < EVEN,
        language=context.language,
    )


def _has_chances(context: Context) -> bool:
    verdict, steps = context.evaluation.verdict, context.evaluation.rollback.steps
    pair = (*steps[verdict.leader], *steps[verdict.runner_up])
    return any(step.kind == "chance" for step in pair)


def _sentences(context: Context) -> tuple[Sentence, ...]:
    verdict = context.evaluation.verdict
    value = context.evaluation.rollback.values[verdict.leader]
    wide, model = context.wide, context.evaluation.model
    leader = Part(context.strategy(verdict.leader))
    base = context.strategy(model.decision.base) if model.decision.base else ""
    if verdict.leader == model.decision.base:
        return words.base_leads(leader, context.language), agreement(context)
    is_certain = value.minimum == value.maximum
    worth = words.worth(
        leader,
        strong(wide.write(value.expected_value), "#money"),
        strong(wide.write(value.certainty_equivalent), "#money"),
        base,
        is_certain=is_certain,
        is_neutral=model.decision.risk_tolerance is None,
        language=context.language,
    )
    downside = words.downside(
        strong(wide.write(value.p10), "#money"),
        _common(context, value),
        strong(context.numerals.percent(value.probability_of_loss), "#money"),
        strong(wide.write(value.worst_tenth_mean), "#money"),
        base,
        context.language,
    )
    return (worth, *(() if is_certain else (downside,)), agreement(context))


def _common(context: Context, value: StrategyValue) -> Part | None:
    """Return the share of outcomes at P10 or below, where that is well over a tenth."""
    share = max((share for total, share in value.profile if total <= value.p10), default=0.0)
    return strong(context.numerals.percent(share)) if share > ABOUT_A_TENTH else None


def _standing(context: Context) -> Sentence:
    order = ranked(context.evaluation, context.representatives)
    if len(order) < 3:
        return ()
    values = context.evaluation.rollback.values
    each = [
        words.worth_of(
            context.strategy_link(strategy),
            Part(context.scale.write(values[strategy].certainty_equivalent), "#money"),
            context.language,
        )
        for strategy in order
    ]
    is_neutral = context.evaluation.model.decision.risk_tolerance is None
    return words.standing(each, is_neutral=is_neutral, language=context.language)


def agreement(context: Context) -> Sentence:
    """Say whether score and tree have the same leader, and the rate at which they tie."""
    verdict = context.evaluation.verdict
    language = context.language
    if not verdict.score_leader:
        return plain(words.no_score(language))
    rival = _score_rival(context)
    if rival:
        name = context.strategy(rival)
        return words.score_ties(context.strategy_link(verdict.leader), name, language)
    lead = 100 * verdict.score_lead if verdict.agree else verdict.points_given_up
    points = Part(words.points(context.numerals.decimal(lead, 1), language), "#score")
    if verdict.agree:
        is_same = verdict.score_leader == verdict.leader
        say = words.score_agrees if is_same else words.score_prefers_firm
        return say(context.strategy_link(verdict.score_leader), points, language)
    leader = context.strategy(verdict.leader)
    score_leader = context.strategy_link(verdict.score_leader)
    price = verdict.price_of_a_point
    if math.isnan(price):
        return words.score_differs_unpriced(score_leader, points, leader, language)
    worth = strong(context.numerals.money(price), "#agreement")
    return words.score_differs(score_leader, points, worth, leader, language)


def _score_rival(context: Context) -> str:
    """Return a strategy of another family that has the highest score with the leader; or ""."""
    scores, leader = context.evaluation.scores, context.evaluation.verdict.leader
    if scores is None:
        return ""
    highest = max(scores.totals.values()) - TIE
    best = [s for s in scores.ranking if scores.totals[s] >= highest]
    family = family_of(context.evaluation, leader)
    others = (s for s in best if family_of(context.evaluation, s) != family)
    return next(others, "") if leader in best else ""


def _changes(context: Context) -> tuple[Sentence, ...]:
    points = context.evaluation.sensitivity.switch_points[:NEAREST]
    has_bars = bool(context.evaluation.sensitivity.bars)
    say = words.no_switch if has_bars else driver_words.nothing
    said = tuple(_change(context, point) for point in points) or (plain(say(context.language)),)
    plausible = {
        point.quantity
        for point in context.evaluation.sensitivity.switch_points
        if point.is_plausible
    }
    if len(plausible) > len(points):
        told = driver_words.switches(len(plausible), context.language)
        said = (*said, (Part(told, "#drivers"),))
    untried = count_untried(context.evaluation.model)
    return (*said, words.untried(untried, "#sources", context.language)) if untried else said


def count_untried(model: Model) -> int:
    """Count the constants of quantities, chances, payments and diagrams that have no range."""
    numbers = [quantity.number for quantity in model.every_quantity().values()]
    numbers += [strategy.pay for strategy in model.strategies.values() if strategy.pay]
    for node in model.nodes.values():
        for branch in node.branches:
            numbers += [n for n in (branch.p, branch.pay) if isinstance(n, Number)]
    fixed = [
        n.definition
        for n in numbers
        if isinstance(n.definition, Fixed) and n.provenance != COMPUTED
    ]
    return count_entries(model.diagram) + sum(1 for each in fixed if each.low is None)


def _change(context: Context, point: SwitchPoint) -> Sentence:
    is_agreed = point.until == context.evaluation.verdict.leader
    said = words.switch(
        context.quantity_link(point.quantity),
        strong(switch_amount(context, point), "#drivers"),
        context.quantity_amount(point.quantity, point.now),
        context.strategy_link(point.leader),
        until="" if is_agreed else context.strategy(point.until),
        is_below=point.at < point.now,
        language=context.language,
    )
    return said if point.is_plausible else (*said, Part(words.beyond(context.language)))


def _basis(context: Context, numbers: int, unsourced: int, warnings: int) -> tuple[Sentence, ...]:
    decision = context.evaluation.model.decision
    verdict = context.evaluation.verdict
    language = context.language
    found = [
        words.unsourced(unsourced, numbers, "#unsourced" if unsourced else "#sources", language)
    ]
    if warnings:
        found.append(words.warned(warnings, "#warnings", language))
    rollback = context.evaluation.rollback
    if _ahead(context) and not verdict.is_safer and _has_chances(context):
        is_drawn = not rollback.sampling.is_enumerated
        found.append(plain(words.averaged(is_drawn=is_drawn, language=language)))
    worth = rollback.values[verdict.leader].certainty_equivalent
    if verdict.runner_up and verdict.lead_error > TIE * max(abs(verdict.lead), abs(worth)):
        error = Part(context.numerals.money(verdict.lead_error), "#money")
        found.append(words.sampling(error, language))
    as_of = context.numerals.date(decision.as_of) if decision.as_of else ""
    meeting = context.numerals.date(decision.meeting) if decision.meeting else ""
    dates = words.dates(as_of, meeting, language)
    if dates:
        found.append(plain(dates))
    return tuple(found)


def _figures(context: Context, unsourced: int) -> tuple[KeyFigure, ...]:
    verdict = context.evaluation.verdict
    value = context.evaluation.rollback.values[verdict.leader]
    scale, wide, numerals = context.scale, context.wide, context.numerals

    def figure(name: str, shown: str, href: str, note: str = "") -> KeyFigure:
        label = phrase(name, context.language)
        return KeyFigure(label=label, value=shown, note=note, href=href)

    figures = [figure("expected_value", wide.write(value.expected_value), "#money")]
    if context.evaluation.model.decision.risk_tolerance is not None:
        equivalent = scale.write(value.certainty_equivalent)
        figures.insert(0, figure("certainty_equivalent", equivalent, "#money"))
    if verdict.runner_up:
        figures.append(
            figure("lead", context.lead(), "#money", context.strategy(verdict.runner_up))
        )
    figures += [
        figure("probability_of_loss", numerals.percent(value.probability_of_loss), "#profiles"),
        figure("p10", wide.write(value.p10), "#profiles"),
        figure("worst_tenth", wide.write(value.worst_tenth_mean), "#profiles"),
    ]
    if verdict.score_leader:
        name = "score_agrees" if verdict.agree else "score_differs"
        shown = phrase(name, context.language)
        figures.append(
            figure("score_and_tree", shown, "#agreement", context.strategy(verdict.score_leader))
        )
    figures.append(figure("unsourced", str(unsourced), "#unsourced" if unsourced else "#sources"))
    return tuple(figures)
