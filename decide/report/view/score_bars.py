"""The totals as stacked bars, a piece for each top criterion or group."""

from dataclasses import dataclass

from decide.analyses.score import Scores
from decide.model.criterion import leaves
from decide.report.view.anchors import criterion_anchor
from decide.report.view.context import Context
from decide.report.view.parts import Part
from decide.report.view.scale import coordinate
from decide.report.words import scores as words

WIDTH, ROW, LEFT, RIGHT = 860, 30, 290, 800
SHADES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of a stacked bar."""

    x: str
    width: str
    shade: str
    number: str  # stands inside where there is room
    number_x: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedBar:
    """One strategy's total."""

    name: str
    href: str
    y: str
    text_y: str
    total: str
    total_x: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """What a shade stands for."""

    number: str
    shade: str
    name: Part
    weight: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedBars:
    """The picture of the totals."""

    width: str
    height: str
    name_x: str
    title: str
    description: str
    bars: tuple[StackedBar, ...]
    legend: tuple[LegendEntry, ...]


def stack_bars(context: Context, scores: Scores, order: tuple[str, ...]) -> StackedBars:
    """Draw the totals, best first."""
    tree = context.evaluation.model.criteria
    said = (
        words.bar(
            context.strategy(s),
            context.numerals.decimal(100 * scores.totals[s], 1),
            context.language,
        )
        for s in order
    )
    return StackedBars(
        width=str(WIDTH),
        height=str(ROW * len(order) + 6),
        name_x=str(LEFT - 10),
        title=words.chart(context.language),
        description=" ".join(said),
        bars=tuple(_bar(context, scores, s, row) for row, s in enumerate(order)),
        legend=tuple(
            LegendEntry(
                number=str(index + 1),
                shade=f"s{index % SHADES}",
                name=Part(context.label(member.label), f"#{criterion_anchor(member.id)}"),
                weight=context.numerals.percent(scores.weights[member.id]),
            )
            for index, member in enumerate(tree)
        ),
    )


def _bar(context: Context, scores: Scores, strategy: str, row: int) -> StackedBar:
    cells = scores.cells[strategy]
    left = float(LEFT)
    segments = []
    for index, member in enumerate(context.evaluation.model.criteria):
        inside = leaves((member,))
        width = (RIGHT - LEFT) * sum(cells[c.id].contribution for c in inside if c.id in cells)
        segments.append(
            Segment(
                x=coordinate(left),
                width=coordinate(max(0.0, width - 1)),
                shade=f"s{index % SHADES}",
                number=str(index + 1) if width > 14 else "",
                number_x=coordinate(left + width / 2),
            )
        )
        left += width
    return StackedBar(
        name=context.strategy(strategy),
        href=context.strategy_link(strategy).href,
        y=str(row * ROW + 5),
        text_y=str(row * ROW + 20),
        total=context.numerals.decimal(100 * scores.totals[strategy], 1),
        total_x=coordinate(left + 8),
        segments=tuple(segments),
    )
