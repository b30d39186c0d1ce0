"""The question, and each option with what it sets."""

import re
from dataclasses import dataclass

from decide.model.decision import Strategy
from decide.report.view.anchors import option_anchor, setting_anchor
from decide.report.view.context import Context, family_members
from decide.report.view.parts import Part, Sentence
from decide.report.words import options as words
from decide.report.words.phrases import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class LeverSetting:
    """A column of the strategy table, for one strategy."""

    lever: str
    value: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One strategy family."""

    anchor: str
    title: str
    tags: tuple[str, ...]
    note: str
    firms: str  # "" where it is no family of firms
    settings: tuple[LeverSetting, ...]
    first: str  # what comes first in its tree; "" where nothing does
    tree: str  # link to its tree


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameLine:
    """One line of the decision's frame."""

    label: str
    value: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The second section."""

    question: str
    opening: Sentence
    frame: tuple[FrameLine, ...]
    cards: tuple[Card, ...]


def options_view(context: Context) -> Options:
    """Show the question and what each option means."""
    model = context.evaluation.model
    base = model.decision.base
    return Options(
        question=context.label(model.decision.question),
        opening=words.opening(
            len(context.representatives),
            Part(context.strategy(base), f"#{option_anchor(base)}") if base else None,
            context.language,
        ),
        frame=_frame(context),
        cards=tuple(_card(context, s) for s in context.representatives),
    )


def family_title(context: Context, strategy: str) -> str:
    """Return what a family is called: its strategy's name, less the firm's."""
    found = context.evaluation.model.strategies.get(strategy)
    if found is None:
        return strategy
    title = found.label.in_language(context.language)
    if not found.target:
        return title
    firm = context.target(found.target)
    bare = re.sub(rf"[\s:,(\u2013\u2014-]*{re.escape(firm)}[\s)]*$", "", title)
    return bare or title


def _family(context: Context, strategy: str) -> str:
    found = context.evaluation.model.strategies.get(strategy)
    return found.family if found else strategy


def _card(context: Context, strategy: str) -> Card:
    model = context.evaluation.model
    found = model.strategies.get(strategy)
    members = family_members(context.evaluation, strategy)
    is_firms = bool(found and found.target)
    node = model.nodes.get(found.then) if found and found.then else None
    return Card(
        anchor=option_anchor(_family(context, strategy)),
        title=family_title(context, strategy),
        tags=_tags(context, strategy),
        note=context.label(found.note) if found else "",
        firms=words.firms(len(members), context.strategy(strategy), context.language)
        if is_firms
        else "",
        settings=_settings(context, found) if found else (),
        first=words.starts_with(context.label(node.label), context.language) if node else "",
        tree=context.strategy_link(strategy).href,
    )


def _tags(context: Context, strategy: str) -> tuple[str, ...]:
    evaluation = context.evaluation
    tags = (
        ("tag_leader", strategy == evaluation.verdict.leader),
        ("tag_base", strategy == evaluation.model.decision.base),
    )
    return tuple(phrase(name, context.language) for name, holds in tags if holds)


def _settings(context: Context, strategy: Strategy) -> tuple[LeverSetting, ...]:
    model = context.evaluation.model
    found = []
    for setting in strategy.settings:
        lever = model.levers.get(setting.lever)
        name = context.label(lever.label) if lever else setting.lever
        href = f"#{setting_anchor(model, strategy.family, setting.lever)}"
        found.append(LeverSetting(lever=name, value=Part(setting.number.text, href)))
    if strategy.pay is not None:
        href = f"#{setting_anchor(model, strategy.family, 'pay')}"
        name = words.payment(context.language)
        found.append(LeverSetting(lever=name, value=Part(strategy.pay.text, href)))
    return tuple(found)


def _frame(context: Context) -> tuple[FrameLine, ...]:
    decision = context.evaluation.model.decision
    numerals, language = context.numerals, context.language
    years = decision.years
    rate, tolerance = decision.discount_rate, decision.risk_tolerance
    basis = words.money_basis(
        decision.currency,
        decision.prices,
        decision.tax,
        rate.text if rate else "",
        tolerance.text if tolerance else "",
        language,
    )
    lines = (
        ("frame_horizon", words.horizon(years[0], years[-1], language) if years else "", ""),
        ("frame_money", basis, "#frame-discount_rate" if rate else ""),
        ("frame_as_of", numerals.date(decision.as_of) if decision.as_of else "", ""),
        ("frame_meeting", numerals.date(decision.meeting) if decision.meeting else "", ""),
        ("frame_owner", decision.owner, ""),
    )
    return tuple(
        FrameLine(label=phrase(name, language), value=value, href=href)
        for name, value, href in lines
        if value
    )
