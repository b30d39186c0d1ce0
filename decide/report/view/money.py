"""What each strategy is worth, by itself and year by year."""

from dataclasses import dataclass
from itertools import accumulate

from decide.analyses.rollback import StrategyValue
from decide.report.view.anchors import target_anchor
from decide.report.view.context import Context, family_members, ranked
from decide.report.view.numerals import MoneyScale
from decide.report.view.options import family_title
from decide.report.view.parts import Part, Sentence, join
from decide.report.view.risk_profile import RiskProfile, risk_profile_view
from decide.report.view.scale import axis_over, coordinate
from decide.report.words import money as words

SPARK_WIDTH, SPARK_HEIGHT = 96, 26


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRow:
    """One strategy's money."""

    strategy: Part
    href: str  # of its figures
    is_leader: bool
    expected_value: str
    certainty_equivalent: str
    error: str
    p10: str
    p50: str
    p90: str
    loss: str
    worst_tenth: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmTable:
    """The strategies of one family of firms."""

    summary: str
    rows: tuple[ValueRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CashRow:
    """One strategy's expected cash, with a small chart."""

    strategy: Part
    is_leader: bool
    bars: str  # path of the bars at or above zero
    bars_below: str  # path of the bars below zero
    zero: str  # height of the zero line
    years: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cash:
    """Cash by year."""

    opening: Sentence
    caption: str
    years: tuple[str, ...]
    rows: tuple[CashRow, ...]
    width: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """The third section."""

    opening: tuple[Sentence, ...]
    caption: str
    rows: tuple[ValueRow, ...]
    note: str
    bracket: Sentence  # empty where choosing and valuing draws agree
    firms: tuple[FirmTable, ...]
    cash: Cash | None
    profile: RiskProfile


def money_view(context: Context) -> Money:
    """Show what every strategy is worth and may lose."""
    order = ranked(context.evaluation, context.representatives)
    base = context.evaluation.model.decision.base
    return Money(
        opening=_opening(context, order),
        caption=words.caption(
            context.scale.unit,
            context.strategy(base) if base else "",
            is_discounted=context.evaluation.model.decision.discount_rate is not None,
            language=context.language,
        ),
        rows=tuple(_value_row(context, s) for s in order),
        note=_note(context),
        bracket=_bracket(context, order),
        firms=_firm_tables(context, order),
        cash=_cash(context, order),
        profile=risk_profile_view(context, order),
    )


def _opening(context: Context, order: tuple[str, ...]) -> tuple[Sentence, ...]:
    values = context.evaluation.rollback.values
    leader, second = order[0], order[1] if len(order) > 1 else None
    losers = sum(1 for s in order if values[s].probability_of_loss > 0.5)
    decision = context.evaluation.model.decision
    base = context.strategy(decision.base) if decision.base else ""
    is_neutral = decision.risk_tolerance is None
    best = context.strategy_link(leader)
    worth = Part(context.scale.write(values[leader].certainty_equivalent))
    language = context.language
    if second is None:
        opening = words.opening(best, worth, is_neutral=is_neutral, language=language)
    elif context.is_tied:
        opening = words.equal(best, context.strategy_link(second), worth, language)
    else:
        other = context.scale.write(values[second].certainty_equivalent)
        link = context.strategy_link(second)
        opening = words.best(best, worth, link, other, is_neutral=is_neutral, language=language)
    return opening, words.loses_more_often(losers, base, language)


def _value_row(context: Context, strategy: str) -> ValueRow:
    value = context.evaluation.rollback.values[strategy]
    write = context.wide.write_bare
    return ValueRow(
        strategy=context.strategy_link(strategy),
        href=_figures_href(context, strategy),
        is_leader=strategy == context.evaluation.verdict.leader,
        expected_value=write(value.expected_value),
        certainty_equivalent=context.scale.write_bare(value.certainty_equivalent),
        error=_error(context, value),
        p10=write(value.p10),
        p50=write(value.p50),
        p90=write(value.p90),
        loss=context.numerals.percent(value.probability_of_loss),
        worst_tenth=write(value.worst_tenth_mean),
    )


def _figures_href(context: Context, strategy: str) -> str:
    """Return what a strategy's figures rest on: its tree, its firm's numbers, or its card."""
    model = context.evaluation.model
    found = model.strategies.get(strategy)
    firm = found.target if found else ""
    if firm and strategy not in context.drawn_trees:
        return f"#{target_anchor(model, firm)}"
    return context.strategy_href(strategy)


def _error(context: Context, value: StrategyValue) -> str:
    if value.standard_error == 0:
        return "0"
    return context.numerals.number(value.standard_error / context.scale.factor, 1)


def _note(context: Context) -> str:
    """Say how precise the figures are, and what of the trees was gone through."""
    rollback, numerals, language = context.evaluation.rollback, context.numerals, context.language
    sampling, values = rollback.sampling, rollback.values.values()
    draws = numerals.decimal(sampling.draws, 0)
    if sampling.is_enumerated:
        notes = [words.exact_note(draws, language)]
    else:
        error = numerals.money(max(v.standard_error for v in values))
        notes = [words.error_note(draws, sampling.scrambles, error, language)]
    if any(step.kind == "merged" for steps in rollback.steps.values() for step in steps):
        ends = numerals.decimal(sampling.path_ends, 0)
        distinct = numerals.decimal(sampling.sub_decisions, 0)
        notes.append(words.merged_note(ends, distinct, language))
    simulated = [context.strategy(v.strategy) for v in values if v.is_simulated]
    if simulated:
        notes.append(words.simulated_note(", ".join(simulated), language))
    return " ".join(notes)


def _bracket(context: Context, order: tuple[str, ...]) -> Sentence:
    values = context.evaluation.rollback.values
    write = context.scale.write
    apart = tuple(
        words.in_sample(context.strategy(s), write(values[s].in_sample), context.language)
        for s in order
        if any(step.kind == "decision" for step in context.evaluation.rollback.steps[s])
        and write(values[s].in_sample) != write(values[s].certainty_equivalent)
    )
    return words.bracket(join(apart, ", "), context.language) if apart else ()


def _firm_tables(context: Context, order: tuple[str, ...]) -> tuple[FirmTable, ...]:
    tables = []
    for strategy in order:
        members = family_members(context.evaluation, strategy)
        if len(members) > 1:
            rows = tuple(_value_row(context, s) for s in members)
            title = family_title(context, strategy)
            summary = words.firms_summary(title, len(members), context.language)
            tables.append(FirmTable(summary=summary, rows=rows))
    return tuple(tables)


def _cash(context: Context, order: tuple[str, ...]) -> Cash | None:
    years = context.evaluation.model.decision.years
    values = context.evaluation.rollback.values
    order = tuple(s for s in order if values[s].cash)
    if not years or not order:
        return None
    base = context.evaluation.model.decision.base
    everything = [amount for s in order for amount in values[s].cash]
    scale = context.numerals.money_scale(everything)
    return Cash(
        opening=_cash_opening(context, order[0], scale),
        caption=words.cash_caption(
            scale.unit, context.strategy(base) if base else "", context.language
        ),
        years=tuple(str(year) for year in years),
        rows=tuple(_cash_row(context, s, scale, everything) for s in order),
        width=str(SPARK_WIDTH),
        height=str(SPARK_HEIGHT),
    )


def _cash_opening(context: Context, leader: str, scale: MoneyScale) -> Sentence:
    cash = context.evaluation.rollback.values[leader].cash
    running = tuple(accumulate(cash))
    link = context.strategy_link(leader)
    lowest = min(running)
    if scale.write_bare(lowest) == scale.write_bare(0.0) or lowest > 0:
        return words.cash_never_negative(link, context.language)
    year = context.evaluation.model.decision.years[running.index(lowest)]
    return words.cash_opening(link, scale.write(-lowest), year, context.language)


def _cash_row(
    context: Context, strategy: str, scale: MoneyScale, everything: list[float]
) -> CashRow:
    cash = context.evaluation.rollback.values[strategy].cash
    axis = axis_over([0.0, *everything], SPARK_HEIGHT - 1, 1)
    zero = axis.at(0.0)
    step = SPARK_WIDTH / len(cash)
    bars: dict[bool, list[str]] = {True: [], False: []}
    for index, amount in enumerate(cash):
        if amount:
            left = coordinate(index * step + 1)
            rise = coordinate(axis.at(amount) - zero)
            width = coordinate(step - 2)
            bars[amount > 0].append(f"M{left} {coordinate(zero)}v{rise}h{width}v{_opposite(rise)}z")
    return CashRow(
        strategy=context.strategy_link(strategy),
        is_leader=strategy == context.evaluation.verdict.leader,
        bars="".join(bars[True]),
        bars_below="".join(bars[False]),
        zero=coordinate(zero),
        years=tuple(scale.write_bare(amount) for amount in cash),
        total=scale.write_bare(sum(cash)),
    )


def _opposite(text: str) -> str:
    return text[1:] if text.startswith("-") else f"-{text}"
