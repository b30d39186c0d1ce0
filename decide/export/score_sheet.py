"""The score as a sheet of formulas: who changes a weight sees totals and ranks move.

Rows are the value tree, columns the strategies. What a formula should give stands beside it, for
programs that show a workbook and do not compute.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from decide.analyses.score import Scores
from decide.analyses.value_function import value_of
from decide.language import said, say
from decide.model.criterion import Criterion, CriterionGroup, Exponential, Linear, ValueTree, leaves
from decide.report.view.context import Context

TOTAL, RANK = 3, 4  # rows, counted from 0; those above hold the title, a note and the names
FIRST = 6  # row of the first block
(NAME, UNIT, WORST, BEST, SHAPE, BEND, SWING, OF_GROUP, WEIGHT) = range(9)
STRATEGIES = 9  # column of the first strategy
LONGEST_FORMULA = 8_000  # characters; Excel takes 8,192
ALIKE = 1e-12  # of a value: by how much the value of the mean may differ from the mean of the value
HEADINGS = (
    said("Criterion"),
    said("Unit"),
    said("Worst"),
    said("Best"),
    said("Shape"),
    said("Bend"),
    said("Swing"),
    said("Of group"),
    said("Weight"),
)
NOTE = said(
    "Yellow cells may be changed: swings, anchors, performances; all else follows. "
    "A value in grey is the mean over uncertain performances and stays as it is."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCell:
    """A cell: its formula, where it has one, and what it shows."""

    value: str | float
    formula: str = ""
    style: str = "text"


@dataclass(slots=True)
class ScoreSheet:
    """The cells by row and column, counted from 0."""

    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    contributions: tuple[int, int] = (0, 0)  # first and last row of the block
    strategies: tuple[str, ...] = ()

    def put(
        self, row: int, column: int, value: str | float, style: str = "text", formula: str = ""
    ) -> None:
        """Place a cell."""
        self.cells[row, column] = SheetCell(value=value, formula=formula, style=style)


def score_sheet(context: Context) -> ScoreSheet | None:
    """Lay out the score; None where nothing is scored."""
    scores = context.evaluation.scores
    if scores is None or not scores.totals:
        return None
    tree = context.evaluation.model.criteria
    sheet = ScoreSheet(strategies=scores.ranking)
    rows = _put_weights(sheet, context, scores, tree)
    first_value = max(rows.values()) + 3
    points = first_value + 2 * (len(scores.criteria) + 2)
    _put_values(sheet, context, scores, rows, first_value, points)
    _put_contributions(sheet, context, scores, first_value)
    _put_totals(sheet, context, scores, first_value)
    return sheet


def address(row: int, column: int, fixed: str = "") -> str:
    """Return the address of a cell; `fixed` says what carries a dollar: a row, a column, both."""
    letters = ""
    left = column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(ord("A") + rest) + letters
    dollar = "$" if fixed in {"column", "both"} else ""
    return f"{dollar}{letters}{'$' if fixed in {'row', 'both'} else ''}{row + 1}"


def _put_weights(
    sheet: ScoreSheet, context: Context, scores: Scores, tree: ValueTree
) -> dict[str, int]:
    """Place swings, weights and performances; return the row of each criterion and group."""
    sheet.put(FIRST, NAME, say(context.language, "Weights and performances"), "block")
    rows = {member.id: FIRST + 1 + n for n, (member, _, _) in enumerate(_members(tree))}
    for member, depth, group in _members(tree):
        row = rows[member.id]
        siblings = _siblings(tree, group)
        swings = "+".join(address(rows[sibling.id], SWING) for sibling in siblings)
        own = address(row, SWING)
        share = f"=IF(({swings})>0,{own}/({swings}),0)"
        whole = sum(sibling.swing for sibling in siblings)
        upper = f"*{address(rows[group], WEIGHT)}" if group else ""
        style = "text" if isinstance(member, Criterion) else "group"
        sheet.put(row, NAME, f"{'    ' * depth}{context.label(member.label)}", style)
        sheet.put(row, SWING, member.swing, "input")
        sheet.put(row, OF_GROUP, member.swing / whole if whole > 0 else 0.0, "share", share)
        weight = f"={address(row, OF_GROUP)}{upper}"
        sheet.put(row, WEIGHT, scores.weights[member.id], "share", weight)
        if isinstance(member, Criterion):
            _put_criterion(sheet, scores, member, row)
    return rows


def _put_criterion(sheet: ScoreSheet, scores: Scores, criterion: Criterion, row: int) -> None:
    is_straight = isinstance(criterion.shape, Linear)
    bend = bend_of(criterion)
    sheet.put(row, UNIT, criterion.unit)
    sheet.put(row, WORST, criterion.worst, "input")
    sheet.put(row, BEST, criterion.best, "input")
    sheet.put(row, SHAPE, "linear" if is_straight else type(criterion.shape).__name__.lower())
    if bend:
        sheet.put(row, BEND, bend, "number")
    for column, strategy in enumerate(scores.ranking, STRATEGIES):
        sheet.put(row, column, scores.cells[strategy][criterion.id].performance, "input")


def _put_values(
    sheet: ScoreSheet,
    context: Context,
    scores: Scores,
    rows: dict[str, int],
    first: int,
    points: int,
) -> None:
    """Place the values, and the points of broken lines below everything."""
    sheet.put(first - 1, NAME, say(context.language, "Values, in points of 100"), "block")
    for row, criterion in enumerate(leaves(context.evaluation.model.criteria), first):
        above = rows[criterion.id]
        sheet.put(row, NAME, context.label(criterion.label))
        weight = f"={address(above, WEIGHT)}"
        sheet.put(row, WEIGHT, scores.weights[criterion.id], "share", weight)
        if not isinstance(criterion.shape, Linear | Exponential):
            _put_points(sheet, context, criterion, points)
        for column, strategy in enumerate(scores.ranking, STRATEGIES):
            cell = scores.cells[strategy][criterion.id]
            formula = _value_formula(criterion, above, column, points)
            of_mean = float(value_of(criterion, np.array(cell.performance)))
            is_live = abs(of_mean - cell.value) <= ALIKE and len(formula) <= LONGEST_FORMULA
            style = "points" if is_live else "drawn"
            sheet.put(row, column, 100 * cell.value, style, formula if is_live else "")
        points += 0 if isinstance(criterion.shape, Linear | Exponential) else 2


def _put_points(sheet: ScoreSheet, context: Context, criterion: Criterion, row: int) -> None:
    assert not isinstance(criterion.shape, Linear | Exponential), "its line is broken"
    sheet.put(
        row,
        NAME,
        say(context.language, "{criterion}: performance", criterion=context.label(criterion.label)),
        "text",
    )
    sheet.put(
        row + 1,
        NAME,
        say(
            context.language,
            "{criterion}: value, from 0 to 1",
            criterion=context.label(criterion.label),
        ),
        "text",
    )
    for column, (performance, value) in enumerate(criterion.shape.points, STRATEGIES):
        sheet.put(row, column, performance, "input")
        sheet.put(row + 1, column, value, "input")


def _value_formula(criterion: Criterion, row: int, column: int, points: int) -> str:
    """Return what a performance is worth, in points of 100, flat beyond the anchors."""
    performance = address(row, column)
    worst, best = address(row, WORST, "column"), address(row, BEST, "column")
    way = f"MAX(0,MIN(1,({performance}-{worst})/({best}-{worst})))"
    match criterion.shape:
        case Linear():
            return f"=100*{way}"
        case Exponential():
            bend = address(row, BEND, "column")
            if bend_of(criterion) == 0:
                return f"=100*{way}"
            return f"=100*EXP({bend}*(1-{way})/2)*SINH({bend}*{way}/2)/SINH({bend}/2)"
        case _:
            count = len(criterion.shape.points)
            at = [
                (address(points, c, "both"), address(points + 1, c, "both"))
                for c in range(STRATEGIES, STRATEGIES + count)
            ]
            parts = (
                f"+({v2}-{v1})*MAX(0,MIN(1,({performance}-{x1})/({x2}-{x1})))"
                for (x1, v1), (x2, v2) in pairwise(at)
            )
            return f"=100*({at[0][1]}{''.join(parts)})"


def bend_of(criterion: Criterion) -> float:
    """Return a in (1 - exp(-a x)) / (1 - exp(-a)), the value x of the way; 0 where it is straight.

    At twice the middle m, which is worth 1/2, that is (1 + exp(-a m)) / 2, so a follows from what
    the value function gives there; where the middle lies beyond 1/2, from the other end.
    """
    if not isinstance(criterion.shape, Exponential):
        return 0.0
    span = criterion.best - criterion.worst
    middle = (criterion.shape.middle - criterion.worst) / span
    if abs(middle - 0.5) < 1e-9:
        return 0.0
    near = min(middle, 1 - middle)
    way = 2 * near if middle < 0.5 else 1 - 2 * near
    value = float(value_of(criterion, np.array(criterion.worst + way * span)))
    from_end = value if middle < 0.5 else 1 - value
    return math.copysign(math.log(2 * from_end - 1) / near, 0.5 - middle)


def _put_contributions(sheet: ScoreSheet, context: Context, scores: Scores, values: int) -> None:
    first = values + len(scores.criteria) + 2
    sheet.contributions = (first, first + len(scores.criteria) - 1)
    sheet.put(first - 1, NAME, say(context.language, "Contributions, in points of 100"), "block")
    for n, criterion in enumerate(leaves(context.evaluation.model.criteria)):
        sheet.put(first + n, NAME, context.label(criterion.label))
        for column, strategy in enumerate(scores.ranking, STRATEGIES):
            weight = address(values + n, WEIGHT, "column")
            formula = f"={weight}*{address(values + n, column)}"
            contribution = 100 * scores.cells[strategy][criterion.id].contribution
            sheet.put(first + n, column, contribution, "points", formula)


def _put_totals(sheet: ScoreSheet, context: Context, scores: Scores, values: int) -> None:
    last_column = STRATEGIES + len(scores.ranking) - 1
    last = values + len(scores.criteria) - 1
    weights = f"{address(values, WEIGHT, 'both')}:{address(last, WEIGHT, 'both')}"
    names, totals = (
        f"{address(row, STRATEGIES, 'both')}:{address(row, last_column, 'both')}"
        for row in (TOTAL - 1, TOTAL)
    )
    best = context.strategy(scores.ranking[0])
    told = say(context.language, "Best on the criteria: ")
    quoted = told.replace('"', '""')
    lead = f'="{quoted}"&INDEX({names},MATCH(MAX({totals}),{totals},0))'
    sheet.put(0, NAME, f"{told}{best}", "title", lead)
    sheet.put(1, NAME, NOTE.in_language(context.language), "note")
    for column, heading in enumerate(HEADINGS):
        sheet.put(TOTAL - 1, column, heading.in_language(context.language), "heading")
    sheet.put(TOTAL, NAME, say(context.language, "Total, in points of 100"), "group")
    sheet.put(RANK, NAME, say(context.language, "Rank"), "group")
    for column, strategy in enumerate(scores.ranking, STRATEGIES):
        sheet.put(TOTAL - 1, column, context.strategy(strategy), "heading")
        own = f"{address(values, column)}:{address(last, column)}"
        total = scores.totals[strategy]
        rank = 1 + sum(other > total for other in scores.totals.values())
        sheet.put(TOTAL, column, 100 * total, "total", f"=SUMPRODUCT({weights},{own})")
        formula = f"=RANK({address(TOTAL, column)},{totals})"
        sheet.put(RANK, column, rank, "rank", formula)


def _members(
    tree: ValueTree, depth: int = 0, group: str = ""
) -> Iterator[tuple[Criterion | CriterionGroup, int, str]]:
    """Yield each criterion and group with its depth and the id of its group."""
    for member in tree:
        yield member, depth, group
        if isinstance(member, CriterionGroup):
            yield from _members(member.members, depth + 1, member.id)


def _siblings(tree: ValueTree, group: str) -> Sequence[Criterion | CriterionGroup]:
    if not group:
        return tree
    return next(
        member.members
        for member, _, _ in _members(tree)
        if isinstance(member, CriterionGroup) and member.id == group
    )
