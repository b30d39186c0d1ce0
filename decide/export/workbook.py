"""The workbook: the answer, the score in live formulas, and every table as a sheet."""

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from decide.evaluate import Evaluation
from decide.export.answer import answer_lines, answer_of
from decide.export.score_sheet import FIRST, NAME, STRATEGIES, TOTAL, ScoreSheet, score_sheet
from decide.export.table import Cell, Column, Table
from decide.export.tables import tables_of
from decide.export.xml_text import xml_text
from decide.language import in_language, say
from decide.report.view.context import Context, context_of

MADE_BY = "decide"
MOST_ROWS = 1_048_575  # under the heading
LONGEST_TEXT = 32_767  # characters that a cell holds
LONGEST_LINK, MOST_LINKS = 2_079, 60_000  # of a sheet
NARROWEST, WIDEST, MEASURED = 9, 60, 500  # widths in characters, taken from so many rows
ANSWER_WIDTH, LINE_HEIGHT = 105, 16  # letters of a line of the answer; points
CHARTED = 12  # strategies that a chart shows
NUMBERS = ("General", "#,##0", "0.0", "0.00", "0.0000", "0.00E+00")  # as short as tells enough
MONEY = {1.0: "#,##0.00", 1e3: "#,##0.0,", 1e6: "#,##0.0,,", 1e9: "#,##0.00,,,", 1e12: "0.00,,,,"}
FIELD = {"bg_color": "#FFF8D6", "border": 1, "border_color": "#E0D9B8"}
STYLES: Mapping[str, Mapping[str, object]] = {
    "text": {},
    "flag": {},
    "number": {},
    "share": {"num_format": "0.0%"},
    "count": {"num_format": "0"},
    "link": {"font_color": "#1F4E9E", "underline": 1},
    "points": {"num_format": "0.0"},
    "drawn": {"num_format": "0.0", "font_color": "#808080", "italic": True},
    "input": FIELD,
    "heading": {"bold": True, "bg_color": "#E8ECF2", "text_wrap": True, "valign": "top"},
    "block": {"bold": True, "top": 1},
    "group": {"bold": True, "valign": "top"},
    "title": {"bold": True, "font_size": 14},
    "note": {"font_color": "#606060"},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "total": {"num_format": "0.0", "bold": True},
    "rank": {"num_format": "0", "bold": True},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pen:
    """What every sheet is written with."""

    book: Workbook
    formats: Mapping[str, Format]
    unit: str  # that money is shown in
    sources: Mapping[Cell, int]  # id -> its row in the sheet of sources, counted from 1


def workbook(evaluation: Evaluation) -> bytes:
    """Return an .xlsx file; the same evaluation gives the same bytes."""
    context = context_of(evaluation)
    decision = evaluation.model.decision
    day = decision.meeting or decision.as_of or date(2000, 1, 1)
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    made = datetime.combine(day, time())
    title = xml_text(str(decision.title))
    book.set_properties({"title": title, "author": MADE_BY, "created": made})
    tables = [table for table in tables_of(evaluation) if table.rows]
    sources = next((table.rows for table in tables if table.name == "sources"), ())
    styles = {**STYLES, "money": {"num_format": MONEY[context.scale.factor]}}
    for name in ("number", "input"):
        styles |= {f"{name} {form}": {**STYLES[name], "num_format": form} for form in NUMBERS}
    pen = _Pen(
        book=book,
        formats={name: book.add_format(dict(style)) for name, style in styles.items()},
        unit=context.scale.unit,
        sources={row[0]: line for line, row in enumerate(sources, 2)},
    )
    answer = book.add_worksheet("Answer")
    score = score_sheet(context)
    if score is not None:
        _write_score(pen, score)
    for table in tables:
        _write_table(pen, table)
    _write_answer(pen, answer, context, tables, score)
    book.close()
    return stream.getvalue()


def _write_answer(
    pen: _Pen,
    sheet: Worksheet,
    context: Context,
    tables: Sequence[Table],
    score: ScoreSheet | None,
) -> None:
    """Write what `decide report` says, the key figures, and what the other sheets hold."""
    answer, decision = answer_of(context), context.evaluation.model.decision
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, ANSWER_WIDTH)
    sheet.hide_gridlines(2)
    _set_paper(sheet)
    _text(pen, sheet, 0, 0, context.label(decision.title), "title")
    _text(pen, sheet, 1, 0, context.label(decision.question), "note")
    _text(pen, sheet, 3, 0, answer.verdict, "group")
    row = 3
    for line in answer_lines(context):
        _text(pen, sheet, row, 1, line, "wrapped")
        sheet.set_row(row, LINE_HEIGHT * math.ceil(len(line) / ANSWER_WIDTH))
        row += 1
    row += 1
    for figure in answer.figures[:-1]:  # the last counts what the page alone lists
        _text(pen, sheet, row, 0, figure.label, "text")
        _text(pen, sheet, row, 1, f"{figure.value}  {figure.note}".rstrip(), "group")
        row += 1
    row += 1
    contents = [(table.heading, _contents(table, context.language)) for table in tables]
    if score is not None:
        contents.insert(
            0,
            (
                "Score",
                say(context.language, "The criteria in live formulas: change a weight and see"),
            ),
        )
    for heading, title in contents:
        sheet.write_url(row, 0, f"internal:'{heading}'!A1", pen.formats["link"], heading)
        _text(pen, sheet, row, 1, title, "text")
        row += 1
    _put_charts(pen, sheet, row + 1, context, tables, score)


def _contents(table: Table, language: str) -> str:
    if len(table.rows) <= MOST_ROWS:
        return in_language(table.title, language)
    return say(
        language,
        "{title}; the first {most:,} rows of {number:,}, all are in the CSV",
        title=table.title,
        most=MOST_ROWS,
        number=len(table.rows),
    )


def _write_score(pen: _Pen, score: ScoreSheet) -> None:
    sheet = pen.book.add_worksheet("Score")
    for (row, column), cell in score.cells.items():
        style = pen.formats[cell.style]
        if cell.formula:
            shown = xml_text(cell.value) if isinstance(cell.value, str) else cell.value
            sheet.write_formula(row, column, cell.formula, style, shown)
        elif isinstance(cell.value, str):
            _text(pen, sheet, row, column, cell.value, cell.style)
        else:
            _number(pen, sheet, row, column, cell.value, cell.style)
    sheet.set_column(NAME, NAME, 44)
    sheet.set_column(NAME + 1, STRATEGIES - 1, 10)
    sheet.set_column(STRATEGIES, STRATEGIES + len(score.strategies), 15)
    sheet.set_row(TOTAL - 1, 3 * LINE_HEIGHT)
    sheet.freeze_panes(FIRST - 1, 1)
    _set_paper(sheet)


def _write_table(pen: _Pen, table: Table) -> None:
    sheet = pen.book.add_worksheet(table.heading)
    rows = table.rows[:MOST_ROWS]
    for at, column in enumerate(table.columns):
        heading = _heading(pen, column)
        _text(pen, sheet, 0, at, heading, "heading")
        shown = [len(_shown(row[at])) for row in rows[:MEASURED]]
        width = max((*shown, NARROWEST, max(map(len, heading.split())) + 2))
        sheet.set_column(at, at, min(width, WIDEST))
        for line, row in enumerate(rows, 1):
            _write(pen, sheet, line, at, column, row[at])
    sheet.set_row(0, 2 * LINE_HEIGHT)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    _set_paper(sheet)
    sheet.autofilter(0, 0, len(rows), len(table.columns) - 1)


def _heading(pen: _Pen, column: Column) -> str:
    return (
        f"{column.heading} [{pen.unit}]" if column.kind == "money" and pen.unit else column.heading
    )


def _shown(cell: Cell) -> str:
    """Return about as much as is shown, for the width."""
    return f"{cell:.6g}" if isinstance(cell, float) else str("" if cell is None else cell)


def _write(pen: _Pen, sheet: Worksheet, row: int, at: int, column: Column, cell: Cell) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, at, cell)
    elif isinstance(cell, str):
        link = _link(pen, column, cell) if row <= MOST_LINKS else ""
        if link:
            sheet.write_url(row, at, link, pen.formats["link"], xml_text(cell)[:LONGEST_TEXT])
        else:
            _text(pen, sheet, row, at, cell, "text")
    else:
        _number(pen, sheet, row, at, cell, column.kind)


def _link(pen: _Pen, column: Column, text: str) -> str:
    """Return where a cell leads: to a publication, or to its row among the sources."""
    if column.kind == "sources" and text in pen.sources:
        return f"internal:'Sources'!A{pen.sources[text]}"
    is_address = column.kind == "link" and text.startswith(("https://", "http://"))
    is_address &= text == xml_text(text)
    return text if is_address and len(text) <= LONGEST_LINK else ""


def _number(pen: _Pen, sheet: Worksheet, row: int, column: int, value: float, style: str) -> None:
    """Write a number with every digit, and show some four of them where its style says no more."""
    if f"{style} General" in pen.formats:
        style = f"{style} {_form(value)}"
    sheet.write_number(row, column, value, pen.formats[style])


def _form(value: float) -> str:
    size = abs(value)
    if size >= 1_000:
        return "#,##0"
    if value == round(value, 2):
        return "General"
    if size >= 1:
        return "0.0" if size >= 100 else "0.00"
    return "0.0000" if size >= 0.01 else "0.00E+00"


def _text(pen: _Pen, sheet: Worksheet, row: int, column: int, text: str, style: str) -> None:
    """Write a text as a text, whatever it begins with."""
    sheet.write_string(row, column, xml_text(text)[:LONGEST_TEXT], pen.formats[style])


def _set_paper(sheet: Worksheet) -> None:
    """Print on A4 across, as wide as one page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _put_charts(
    pen: _Pen,
    sheet: Worksheet,
    row: int,
    context: Context,
    tables: Sequence[Table],
    score: ScoreSheet | None,
) -> None:
    """Draw what the strategies are worth, and what makes up their scores."""
    worth = next(table for table in tables if table.name == "strategies")
    names = [column.name for column in worth.columns]
    last = min(len(worth.rows), CHARTED)
    spread = pen.book.add_chart({"type": "line"})
    for figure, mark in (
        ("p10", "short_dash"),
        ("certainty_equivalent", "diamond"),
        ("p90", "short_dash"),
    ):
        at = names.index(figure)
        spread.add_series(
            {
                "name": worth.columns[at].heading,
                "categories": ["Strategies", 1, 1, last, 1],
                "values": ["Strategies", 1, at, last, at],
                "line": {"none": True},
                "marker": {"type": mark, "size": 9},
            }
        )
    spread.set_high_low_lines()
    spread.set_title(
        {
            "name": say(
                context.language, "What the strategies are worth, {unit}", unit=context.scale.unit
            ).rstrip(", ")
        }
    )
    spread.set_x_axis({"label_position": "low"})
    spread.set_y_axis({"num_format": MONEY[context.scale.factor], "num_format_linked": False})
    spread.set_size({"width": 860, "height": 380})
    sheet.insert_chart(row, 0, spread)
    if score is None:
        return
    bars = pen.book.add_chart({"type": "bar", "subtype": "stacked"})
    first, end = score.contributions
    to = STRATEGIES + min(len(score.strategies), CHARTED) - 1
    for line in range(first, end + 1):
        bars.add_series(
            {
                "name": ["Score", line, NAME],
                "categories": ["Score", TOTAL - 1, STRATEGIES, TOTAL - 1, to],
                "values": ["Score", line, STRATEGIES, line, to],
            }
        )
    bars.set_title({"name": say(context.language, "What makes up the scores, in points of 100")})
    bars.set_y_axis({"reverse": True})
    bars.set_size({"width": 860, "height": 460})
    sheet.insert_chart(row + 20, 0, bars)
