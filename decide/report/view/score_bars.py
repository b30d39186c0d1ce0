"""The totals as stacked bars, a piece for each top criterion or group."""

from dataclasses import dataclass

from decide.analyses.score import Scores
from decide.model.criterion import leaves
from decide.report.view.anchors import criterion_anchor
from decide.report.view.context import Context
from decide.report.view.fitting import shorten
from decide.report.view.parts import Part
from decide.report.view.scale import coordinate, whole
from decide.report.words import scores as words

WIDTH, ROW, LEFT, RIGHT = 860, 30, 290, 800
SHADES = 8
NARROWEST = 14  # piece that a number fits into
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Shade:
    """All pieces of one shade, as strokes of a wide pen."""

    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceNumber:
    """Stands inside a piece where there is room."""

    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedBar:
    """One strategy's total."""

    name: str
    full: str  # the whole name where it is cut; "" elsewhere
    href: str
    y: str
    total: str
    total_x: str


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
    shades: tuple[Shade, ...]
    numbers: tuple[PieceNumber, ...]
    bars: tuple[StackedBar, ...]
    legend: tuple[LegendEntry, ...]


def stack_bars(context: Context, scores: Scores, order: tuple[str, ...]) -> StackedBars:
    """Draw the totals, best first."""
    tree = context.evaluation.model.criteria
    pieces = [p for row, s in enumerate(order) for p in _pieces(context, scores, s, row)]
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
        shades=_shades(pieces),
        numbers=tuple(
            PieceNumber(
                x=whole(piece.left + piece.width / 2),
                y=str(piece.row * ROW + 20),
                text=str(piece.member + 1),
            )
            for piece in pieces
            if piece.width > NARROWEST
        ),
        bars=tuple(_bar(context, scores, s, row) for row, s in enumerate(order)),
        legend=tuple(
            LegendEntry(
                number=str(index + 1),
                shade=f"s{index % SHADES}",
                name=Part(
                    context.label(member.label),
                    f"#{criterion_anchor(context.evaluation.model, member.id)}",
                ),
                weight=context.numerals.percent(scores.weights[member.id]),
            )
            for index, member in enumerate(tree)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    row: int
    member: int  # which criterion or group, from the top
    left: float
    width: float


def _pieces(context: Context, scores: Scores, strategy: str, row: int) -> list[_Piece]:
    cells = scores.cells[strategy]
    left = float(LEFT)
    pieces = []
    for index, member in enumerate(context.evaluation.model.criteria):
        inside = leaves((member,))
        width = (RIGHT - LEFT) * sum(cells[c.id].contribution for c in inside if c.id in cells)
        pieces.append(_Piece(row, index, left, width))
        left += width
    return pieces


def _shades(pieces: list[_Piece]) -> tuple[Shade, ...]:
    paths: dict[str, str] = {}
    for piece in pieces:
        if piece.width > 1:
            name = f"s{piece.member % SHADES}"
            stroke = (
                f"M{coordinate(piece.left)} {piece.row * ROW + 16}h{coordinate(piece.width - 1)}"
            )
            paths[name] = paths.get(name, "") + stroke
    return tuple(Shade(name=name, path=path) for name, path in paths.items())


def _bar(context: Context, scores: Scores, strategy: str, row: int) -> StackedBar:
    full = context.strategy(strategy)
    name = shorten(full, LONGEST_NAME)
    return StackedBar(
        name=name,
        full="" if name == full else full,
        href=context.strategy_link(strategy).href,
        y=str(row * ROW + 20),
        total=context.numerals.decimal(100 * scores.totals[strategy], 1),
        total_x=coordinate(LEFT + (RIGHT - LEFT) * scores.totals[strategy] + 8),
    )
