"""How it went for others: classes of precedents, every member with its outcome."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from decide.analyses.reference import ClassRate
from decide.model.precedent import Precedent, ReferenceClass
from decide.report.view.anchors import anchor, precedent_anchor
from decide.report.view.context import Context
from decide.report.view.numerals import UNKNOWN
from decide.report.view.parts import Part, Sentence, join, plain
from decide.report.view.scale import Axis, coordinate
from decide.report.words import precedents as words

BAR_WIDTH, BAR_HEIGHT = 240, 26
MOST_PLACED = 4  # members whose place in the class is said in words


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """One precedent in its class."""

    name: Part
    year: str
    price: str
    price_rank: str
    years: str
    years_rank: str
    outcome: str
    is_success: bool
    is_undecided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RateBar:
    """A rate with its interval on a line from 0 to 100 %."""

    width: str
    height: str
    left: str
    right: str
    middle: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassView:
    """One reference class."""

    anchor: str
    title: str
    sentences: tuple[Sentence, ...]
    bar: RateBar
    members: tuple[MemberRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecedentSection:
    """The eighth section."""

    opening: tuple[str, ...]
    classes: tuple[ClassView, ...]


def precedents_view(context: Context) -> PrecedentSection | None:
    """Show every class; None where the model has no precedents."""
    model = context.evaluation.model
    rates = context.evaluation.references.rates
    if not model.precedents:
        return None
    shown = {name: c for name, c in model.classes.items() if name in rates}
    opening = tuple(
        words.opening(
            context.label(c.label),
            c.successes,
            c.trials,
            context.numerals.percent(rates[name].rate),
            context.language,
        )
        for name, c in shown.items()
        if c.trials
    )
    return PrecedentSection(
        opening=opening or (words.none(context.language),),
        classes=tuple(_class(context, c, rates[name]) for name, c in shown.items()),
    )


def _class(context: Context, reference: ReferenceClass, rate: ClassRate) -> ClassView:
    known = context.evaluation.model.precedents
    members = [known[m] for m in reference.members]
    return ClassView(
        anchor=anchor("class", reference.id),
        title=context.label(reference.label),
        sentences=(
            plain(_rate(context, reference, rate) + " " + _interval(context, rate)),
            *_note(context, reference),
            *_medians(context, rate),
            *_places(context, members, rate),
            *_uses(context, rate),
        ),
        bar=_bar(context, reference, rate),
        members=tuple(_member(context, m, reference, rate) for m in members),
    )


def _rate(context: Context, reference: ReferenceClass, rate: ClassRate) -> str:
    counted = tuple(words.outcome(outcome, context.language) for outcome in reference.success)
    return words.rate(rate.successes, rate.trials, rate.undecided, counted, context.language)


def _note(context: Context, reference: ReferenceClass) -> tuple[Sentence, ...]:
    note = context.label(reference.note)
    return (plain(note),) if note else ()


def _interval(context: Context, rate: ClassRate) -> str:
    percent = context.numerals.percent
    low, high = percent(rate.low), percent(rate.high)
    if not rate.trials:
        return words.no_trials(low, high, context.language)
    return words.interval(percent(rate.rate), low, high, context.language)


def _medians(context: Context, rate: ClassRate) -> tuple[Sentence, ...]:
    price, years = rate.median_price, rate.median_years
    text = words.medians(
        "" if math.isnan(price) else context.numerals.money(price),
        "" if math.isnan(years) else context.numerals.number(years, 2),
        context.language,
    )
    return (plain(text),) if text else ()


def _places(context: Context, members: list[Precedent], rate: ClassRate) -> tuple[Sentence, ...]:
    """Say where the members most like this decision stand."""
    top = max((m.relevance or 0.0 for m in members), default=0.0)
    ranked = {*rate.price_rank, *rate.years_rank}
    nearest = [m for m in members if m.relevance == top and m.id in ranked][:MOST_PLACED]
    return tuple(
        words.place(
            Part(m.label, f"#{precedent_anchor(context.evaluation.model, m.id)}"),
            _rank(rate.price_rank, m.id),
            len(rate.price_rank),
            _rank(rate.years_rank, m.id),
            len(rate.years_rank),
            words.outcome(m.outcome, context.language),
            context.language,
        )
        for m in nearest
    )


def _rank(ranks: Mapping[str, int], precedent: str) -> str:
    return str(ranks[precedent]) if precedent in ranks else ""


def _uses(context: Context, rate: ClassRate) -> tuple[Sentence, ...]:
    links = tuple(context.quantity_link(q) for q in rate.used_by)
    said = [words.used_by(links, context.language)]
    for quantity in rate.used_by:
        sentence = _beside(context, quantity, rate)
        if sentence:
            said.append(sentence)
    return tuple(said)


def _beside(context: Context, quantity: str, rate: ClassRate) -> Sentence:
    """Put the other numbers of a formula, the team's own, beside the class's rate."""
    summaries = context.evaluation.inputs.summaries
    summary = summaries.get(quantity)
    if summary is None:
        return ()
    own = tuple(
        words.own_number(context.quantity_link(name), _mean(context, name), context.language)
        for name in summary.inputs
        if name != rate.reference_class and name in summaries
    )
    return words.beside(
        context.quantity_link(quantity),
        _mean(context, quantity),
        context.numerals.percent(rate.rate) if rate.trials else "",
        join(own, ", "),
        context.language,
    )


def _mean(context: Context, quantity: str) -> str:
    mean = context.evaluation.inputs.summaries[quantity].mean
    if math.isnan(mean):
        return ""
    return context.numerals.percent(mean) if 0 < mean < 1 else context.numerals.number(mean, 2)


def _bar(context: Context, reference: ReferenceClass, rate: ClassRate) -> RateBar:
    axis = Axis(0.0, 1.0, 1, BAR_WIDTH - 1)
    middle = (rate.low + rate.high) / 2 if math.isnan(rate.rate) else rate.rate
    return RateBar(
        width=str(BAR_WIDTH),
        height=str(BAR_HEIGHT),
        left=coordinate(axis.at(rate.low)),
        right=coordinate(axis.at(rate.high)),
        middle=coordinate(axis.at(middle)),
        name=f"{context.label(reference.label)}: {_interval(context, rate)}",
    )


def _member(
    context: Context, member: Precedent, reference: ReferenceClass, rate: ClassRate
) -> MemberRow:
    years = member.years_to_deployment
    return MemberRow(
        name=Part(member.label, f"#{precedent_anchor(context.evaluation.model, member.id)}"),
        year=str(member.year),
        price=UNKNOWN if member.price is None else context.numerals.money_as_known(member.price),
        price_rank=_rank(rate.price_rank, member.id),
        years=UNKNOWN if years is None else context.numerals.number(years, 2),
        years_rank=_rank(rate.years_rank, member.id),
        outcome=words.outcome(member.outcome, context.language),
        is_success=member.outcome in reference.success,
        is_undecided=member.outcome in ("too_early", "not_known"),
    )
