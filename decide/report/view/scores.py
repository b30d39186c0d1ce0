"""How the strategies compare on the criteria."""

import math
from dataclasses import dataclass

from decide.analyses.policy import TIE
from decide.analyses.score import Cell, Scores
from decide.model.criterion import Criterion, CriterionGroup, ValueTree, leaves
from decide.report.view.anchors import criterion_anchor, performance_anchor
from decide.report.view.answer import agreement
from decide.report.view.context import Context
from decide.report.view.numerals import THIN, rounded
from decide.report.view.parts import Part, Sentence
from decide.report.view.score_bars import StackedBars, stack_bars
from decide.report.words import scores as words


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """One performance: its value with a tint, and what it was in its unit."""

    value: str
    tint: str  # class: h0 (worst) to h4 (best)
    performance: str
    href: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRow:
    """One line of the consequence table; a group has no cells of its own."""

    is_group: bool
    name: Part
    unit: str
    weight: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightRow:
    """One line of the table of weights."""

    is_group: bool
    name: Part
    weight: str
    swing: str
    anchors: str
    reason: str
    overlap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSection:
    """The sixth section."""

    opening: tuple[Sentence, ...]
    bars: StackedBars
    strategies: tuple[Part, ...]
    rows: tuple[CriterionRow, ...]
    totals: tuple[str, ...]
    is_held: bool  # some cell carries the note on values beyond the range
    weights: tuple[WeightRow, ...]
    agreement: Sentence
    rank_agreement: str


def scores_view(context: Context) -> ScoreSection | None:
    """Show performances, values, totals and weights; None where nothing is scored."""
    scores = context.evaluation.scores
    if scores is None or not scores.totals:
        return None
    order = _order(context, scores)
    tree = context.evaluation.model.criteria
    tau = context.evaluation.verdict.rank_agreement
    return ScoreSection(
        opening=_opening(context, scores, order),
        bars=stack_bars(context, scores, order),
        strategies=tuple(context.strategy_link(s) for s in order),
        rows=tuple(_rows(context, scores, order, tree)),
        is_held=any(scores.cells[s][c].held_flat > 0 for s in order for c in scores.criteria),
        totals=tuple(context.numerals.decimal(100 * scores.totals[s], 1) for s in order),
        weights=tuple(_weights(context, scores, tree)),
        agreement=agreement(context),
        rank_agreement=""
        if math.isnan(tau)
        else words.rank_agreement(context.numerals.decimal(tau, 2), context.language),
    )


def tint_of(value: float) -> str:
    """Return the class of a value's tint, in five steps from worst to best."""
    return f"h{min(4, max(0, int(5 * value)))}"


def heat_cell(context: Context, cell: Cell, href: str, *, is_share: bool) -> HeatCell:
    """Return a cell of the consequence table; a performance that says no more is left out."""
    value = context.numerals.decimal(100 * cell.value, 0)
    performance = _performance(context, cell.performance, is_share=is_share)
    if cell.p10 != cell.p90:
        low, high = (_performance(context, x, is_share=is_share) for x in (cell.p10, cell.p90))
        performance = words.spread(performance, low, high, context.language)
    note = ""
    if cell.held_flat > 0:
        note = words.held(context.numerals.percent(cell.held_flat), context.language)
    return HeatCell(
        value=value,
        tint=tint_of(cell.value),
        performance="" if performance == value else performance,
        href=href,
        note=note,
    )


def is_share(criterion: Criterion) -> bool:
    """Whether a criterion in % is measured as a share of 1, not in hundredths."""
    return criterion.unit == "%" and max(abs(criterion.worst), abs(criterion.best)) <= 1.5


def anchor_texts(context: Context, criterion: Criterion) -> tuple[str, str]:
    """Return a criterion's worst and best performance with their unit."""
    ends = (criterion.worst, criterion.best)
    unit = "" if is_share(criterion) else criterion.unit
    written = "%" if is_share(criterion) else ""
    worst, best = (
        f"{context.numerals.number(x)}{THIN}%" if unit == "%" else context.amount(x, unit, written)
        for x in ends
    )
    return worst, best


def _performance(context: Context, number: float, *, is_share: bool) -> str:
    if is_share:
        return context.numerals.percent(number)
    return context.numerals.number(rounded(number, 2))


def _order(context: Context, scores: Scores) -> tuple[str, ...]:
    """Return each family's representative, best total first."""
    shown = [s for s in context.representatives if s in scores.totals]
    return tuple(s for s in scores.ranking if s in shown)


def _opening(context: Context, scores: Scores, order: tuple[str, ...]) -> tuple[Sentence, ...]:
    decimal = context.numerals.decimal
    criteria = {c.id: c for c in leaves(context.evaluation.model.criteria)}
    heaviest = max(scores.criteria, key=lambda c: scores.weights[c])
    top = scores.weights[heaviest]
    is_alone = all(scores.weights[c] < top - TIE for c in scores.criteria if c != heaviest)
    second = order[1] if len(order) > 1 else None
    return (
        words.opening(
            context.strategy_link(order[0]),
            decimal(100 * scores.totals[order[0]], 1),
            context.strategy_link(second) if second else None,
            decimal(100 * scores.totals[second], 1) if second else "",
            is_best=scores.totals[order[0]] >= max(scores.totals.values()),
            language=context.language,
        ),
        words.heaviest(
            Part(
                context.label(criteria[heaviest].label),
                f"#{criterion_anchor(context.evaluation.model, heaviest)}",
            ),
            context.numerals.percent(top),
            is_alone=is_alone,
            language=context.language,
        ),
        agreement(context),
    )


def _rows(
    context: Context, scores: Scores, order: tuple[str, ...], tree: ValueTree
) -> list[CriterionRow]:
    model = context.evaluation.model
    rows = []
    for member in tree:
        is_group = isinstance(member, CriterionGroup)
        name = Part(
            context.label(member.label), f"#{criterion_anchor(context.evaluation.model, member.id)}"
        )
        weight = context.numerals.percent(scores.weights[member.id])
        cells: tuple[HeatCell, ...] = ()
        unit = ""
        if isinstance(member, Criterion):
            unit = member.unit
            cells = tuple(
                heat_cell(
                    context,
                    scores.cells[s][member.id],
                    f"#{performance_anchor(model, s, member.id)}",
                    is_share=is_share(member),
                )
                for s in order
            )
        rows.append(
            CriterionRow(is_group=is_group, name=name, unit=unit, weight=weight, cells=cells)
        )
        if isinstance(member, CriterionGroup):
            rows.extend(_rows(context, scores, order, member.members))
    return rows


def _weights(context: Context, scores: Scores, tree: ValueTree) -> list[WeightRow]:
    rows = []
    for member in tree:
        rows.append(_weight(context, scores, member))
        if isinstance(member, CriterionGroup):
            rows.extend(_weights(context, scores, member.members))
    return rows


def _weight(context: Context, scores: Scores, member: Criterion | CriterionGroup) -> WeightRow:
    anchors = overlap = ""
    if isinstance(member, Criterion):
        anchors = words.anchors(*anchor_texts(context, member), context.language)
        overlap = member.overlap_reason
    return WeightRow(
        is_group=isinstance(member, CriterionGroup),
        name=Part(
            context.label(member.label), f"#{criterion_anchor(context.evaluation.model, member.id)}"
        ),
        weight=context.numerals.percent(scores.weights[member.id]),
        swing=context.numerals.number(member.swing),
        anchors=anchors,
        reason=member.swing_reason,
        overlap=overlap,
    )
