"""The slides: native text, tables and charts, which whoever gets them can edit."""

import io
import math
from collections.abc import Sequence

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation as Slides
from pptx.slide import Slide as Drawn
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Pt

from decide.evaluate import Evaluation
from decide.export.deck import Grid, Opening, Points, Slide, Spread, Stack, Tornado, deck_of
from decide.export.template import FURNITURE, TITLES, Area, opening_layout, title_layout
from decide.export.xml_text import xml_text
from decide.report.view.context import context_of
from decide.report.view.fitting import shorten, width_of

MADE_BY = "decide"
MARGIN = Inches(0.6)
FOOT = Inches(0.55)  # left to a footer
POINT = 12_700  # EMU
CELL = 16  # points, of a cell's margins
LETTER, LINE = 0.6, 1.25  # of a wide font: a letter and a line, in sizes of it
TITLE_SIZES, TEXT_SIZES = (28, 24, 20, 18, 16, 14), (20, 18, 16, 14)
TABLE_SIZE, CHART_SIZE = 12, 12
ROW = Inches(0.36)
MOST_NAMES = 12  # categories of a chart
LONGEST_NAME = 44  # letters of a category
GREY, DARK, LIGHT = (
    RGBColor(0x60, 0x60, 0x60),
    RGBColor(0x1F, 0x3A, 0x5F),
    RGBColor(0x9D, 0xB4, 0xCF),
)


def draw_slides(evaluation: Evaluation, slides: Slides) -> bytes:
    """Return a .pptx file: the deck drawn in the layouts of an empty presentation."""
    decision = evaluation.model.decision
    for slide in deck_of(context_of(evaluation)):
        _draw(slides, slide)
    slides.core_properties.title = _one_line(str(decision.title))[:255]
    slides.core_properties.author = slides.core_properties.last_modified_by = MADE_BY
    stream = io.BytesIO()
    slides.save(stream)
    return stream.getvalue()


def _draw(slides: Slides, slide: Slide) -> None:
    match slide:
        case Opening():
            _draw_opening(slides, slide)
        case Points():
            _draw_points(slides, slide)
        case Grid():
            _draw_grid(slides, slide)
        case Spread():
            for part in _runs(len(slide.names), MOST_NAMES):
                _draw_spread(slides, slide, part)
        case Stack():
            for part in _runs(len(slide.names), MOST_NAMES):
                _draw_stack(slides, slide, part)
        case Tornado():
            _draw_tornado(slides, slide)


def _draw_opening(slides: Slides, slide: Opening) -> None:
    drawn = slides.slides.add_slide(opening_layout(slides))
    others = [s for s in drawn.placeholders if s.placeholder_format.type not in TITLES]
    subtitle = next((s for s in others if s.placeholder_format.type not in FURNITURE), None)
    _put_title(drawn, slides, slide.title)
    if subtitle is None:
        area = _area(drawn, slides)
        subtitle = drawn.shapes.add_textbox(area.left, area.top, area.width, area.height)
    _clear(drawn, keep=subtitle.shape_id)
    lines = [line for line in (slide.answer, slide.dates) if line]
    _put_lines(subtitle.text_frame, lines, Area(0, 0, subtitle.width, subtitle.height))


def _draw_points(slides: Slides, slide: Points) -> None:
    left = list(slide.lines)
    number = 0
    while left or not number:
        drawn, area = _page(slides, slide.title, number)
        taken = _lines_that_fit(left, area)
        box = drawn.shapes.add_textbox(area.left, area.top, area.width, area.height)
        _put_lines(box.text_frame, left[:taken], area)
        left, number = left[taken:], number + 1


def _draw_grid(slides: Slides, slide: Grid) -> None:
    start, number = 0, 0
    while start < len(slide.rows):
        drawn, area = _page(slides, slide.title, number)
        count = max(1, area.height // ROW - 1)
        rows = slide.rows[start : start + count]
        size = (len(rows) + 1, len(slide.headings))
        height = ROW * size[0]
        shape = drawn.shapes.add_table(*size, area.left, area.top, area.width, height)
        for column, width in enumerate(_widths(slide, area.width)):
            shape.table.columns[column].width = Emu(width)
            longest = (width / POINT - CELL) / (LETTER * TABLE_SIZE)
            for line, row in enumerate((slide.headings, *rows)):
                cell = shape.table.cell(line, column)
                cell.margin_top = cell.margin_bottom = Inches(0.03)
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                paragraph = cell.text_frame.paragraphs[0]
                run = paragraph.add_run()
                run.text = shorten(_one_line(row[column]), longest)
                run.font.size = Pt(TABLE_SIZE)
                paragraph.alignment = PP_ALIGN.RIGHT if column in slide.numbers else PP_ALIGN.LEFT
        start, number = start + count, number + 1


def _widths(slide: Grid, whole: int) -> list[int]:
    """Return each column's width: figures are never cut while texts have half of the table."""
    needed = {
        column: max(width_of(_one_line(line[column])) for line in (slide.headings, *slide.rows))
        for column in slide.numbers
    }
    figures = {c: round((LETTER * TABLE_SIZE * (n + 1) + CELL) * POINT) for c, n in needed.items()}
    taken = sum(figures.values())
    if taken > whole / 2:
        figures = {column: width * whole // (2 * taken) for column, width in figures.items()}
    left = whole - sum(figures.values())
    return [figures.get(column, round(left * share)) for column, share in enumerate(slide.widths)]


def _draw_spread(slides: Slides, slide: Spread, part: slice) -> None:
    """Draw P10 to P90 as lines between marks, which no stacked bar can do across zero."""
    data = _data(slide.names[part], [(n, row[part]) for n, row in slide.series], slide.decimals)
    drawn, area = _page(slides, slide.title, part.start)
    chart = _add_chart(drawn, area, XL_CHART_TYPE.LINE_MARKERS, data)
    styles = (XL_MARKER_STYLE.DASH, XL_MARKER_STYLE.DIAMOND, XL_MARKER_STYLE.DASH)
    for series, style in zip(chart.plots[0].series, styles, strict=True):
        series.format.line.fill.background()
        series.smooth = False
        series.marker.style, series.marker.size = style, 12
        is_middle = style == XL_MARKER_STYLE.DIAMOND
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = DARK if is_middle else GREY
        series.marker.format.line.fill.background()
    plot = chart._chartSpace.chart.plotArea.findall(".//{*}lineChart/{*}marker")[0]  # noqa: SLF001
    plot.addprevious(parse_xml(f"<c:hiLowLines {nsdecls('c')}/>"))
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _name_axis(chart, slide.unit)


def _draw_stack(slides: Slides, slide: Stack, part: slice) -> None:
    data = _data(slide.names[part], [(n, row[part]) for n, row in slide.series], 0)
    drawn, area = _page(slides, slide.title, part.start)
    chart = _add_chart(drawn, area, XL_CHART_TYPE.BAR_STACKED, data)
    chart.category_axis.reverse_order = True
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    plot.has_data_labels = True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = "0", False
    plot.data_labels.font.size = Pt(CHART_SIZE - 2)
    _name_axis(chart, slide.unit)


def _draw_tornado(slides: Slides, slide: Tornado) -> None:
    series = ((slide.ends[0], slide.low), (slide.ends[1], slide.high))
    drawn, area = _page(slides, slide.title, 0)
    data = _data(slide.names, series, slide.decimals)
    chart = _add_chart(drawn, area, XL_CHART_TYPE.BAR_CLUSTERED, data)
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.crosses_at = slide.base  # where the bars begin
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 40, 100
    for drawn_series, inputs, color in zip(
        plot.series, (slide.low_inputs, slide.high_inputs), (LIGHT, DARK), strict=True
    ):
        drawn_series.format.fill.solid()
        drawn_series.format.fill.fore_color.rgb = color
        drawn_series.invert_if_negative = False
        for index, text in enumerate(inputs):
            frame = drawn_series.points[index].data_label.text_frame
            frame.text = _one_line(text)
            frame.paragraphs[0].runs[0].font.size = Pt(CHART_SIZE - 2)
    _name_axis(chart, slide.unit)


def _add_chart(drawn: Drawn, area: Area, kind: XL_CHART_TYPE, data: CategoryChartData) -> Chart:
    frame = drawn.shapes.add_chart(kind, area.left, area.top, area.width, area.height, data)
    chart = frame.chart
    chart.font.size = Pt(CHART_SIZE)
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.value_axis.major_gridlines.format.line.color.rgb = RGBColor(0xD9, 0xD9, 0xD9)
    return chart


def _data(
    names: Sequence[str], series: Sequence[tuple[str, Sequence[float]]], decimals: int
) -> CategoryChartData:
    data = CategoryChartData(number_format=f"0.{'0' * decimals}" if decimals else "0")
    data.categories = [shorten(_one_line(name), LONGEST_NAME) for name in names]
    for name, values in series:
        figures = [value if math.isfinite(value) else None for value in values]
        data.add_series(shorten(_one_line(name), LONGEST_NAME), figures)
    return data


def _name_axis(chart: Chart, unit: str) -> None:
    chart.value_axis.has_title = bool(unit)
    if unit:
        frame = chart.value_axis.axis_title.text_frame
        frame.text = _one_line(unit)
        frame.paragraphs[0].runs[0].font.size = Pt(CHART_SIZE)


def _page(slides: Slides, title: str, number: int) -> tuple[Drawn, Area]:
    """Add a slide; return it with the place below its title."""
    drawn = slides.slides.add_slide(title_layout(slides))
    _clear(drawn)
    _put_title(drawn, slides, f"{title} \u2026" if number else title)
    return drawn, _area(drawn, slides)


def _clear(drawn: Drawn, keep: int = -1) -> None:
    """Take out the placeholders that nothing was put in; they would ask to be filled."""
    for shape in list(drawn.placeholders):
        if shape.placeholder_format.type not in TITLES and shape.shape_id != keep:
            shape.element.getparent().remove(shape.element)


def _put_title(drawn: Drawn, slides: Slides, title: str) -> None:
    shape = drawn.shapes.title
    if shape is None:
        width = slides.slide_width - 2 * MARGIN
        shape = drawn.shapes.add_textbox(MARGIN, MARGIN // 2, width, Inches(1.1))
    frame = shape.text_frame
    frame.word_wrap = True
    _put_lines(frame, [title], Area(0, 0, shape.width, shape.height), TITLE_SIZES)


def _area(drawn: Drawn, slides: Slides) -> Area:
    """Return the place below the title, down to the footer."""
    width, height = slides.slide_width or 0, slides.slide_height or 0
    title = drawn.shapes.title
    top = title.top + title.height if title is not None else MARGIN + Inches(0.9)
    if top > 0.4 * height:  # the title stands elsewhere than on top
        top = round(0.22 * height)
    return Area(MARGIN, top + Inches(0.1), width - 2 * MARGIN, height - top - FOOT - Inches(0.1))


def _put_lines(
    frame: TextFrame, lines: Sequence[str], area: Area, sizes: Sequence[int] = TEXT_SIZES
) -> None:
    """Write lines in the largest size in which they fit; cut them where none is small enough."""
    frame.word_wrap = True
    size = next((s for s in sizes if _height(lines, area, s) <= area.height), sizes[-1])
    most = max(1, area.height // len(lines) // round(size * LINE * POINT)) if lines else 1
    is_full = _height(lines, area, size) > area.height
    for index, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        said = xml_text(line)
        run.text = shorten(said, most * _letters(area, size)) if is_full else said
        run.font.size = Pt(size)
        if index:
            paragraph.space_before = Pt(size // 2)


def _lines_that_fit(lines: Sequence[str], area: Area) -> int:
    """Return how many lines one slide takes in the smallest size, at least one."""
    fitting = [
        n
        for n in range(1, len(lines) + 1)
        if _height(lines[:n], area, TEXT_SIZES[-1]) <= area.height
    ]
    return max(fitting, default=1)


def _height(lines: Sequence[str], area: Area, size: int) -> float:
    """Return about how high lines stand, in English Metric Units."""
    letters = _letters(area, size)
    rows = sum(max(1, math.ceil(1.06 * width_of(line) / letters)) for line in lines)
    return (rows * size * LINE + (len(lines) - 1) * (size // 2) + 8) * POINT


def _letters(area: Area, size: int) -> float:
    """Return about how many letters a line takes."""
    return max(8.0, (area.width / POINT - CELL) / (LETTER * size))


def _one_line(text: str) -> str:
    return xml_text(" ".join(text.split()))


def _runs(count: int, most: int) -> list[slice]:
    return [slice(start, start + most) for start in range(0, count, most)]
