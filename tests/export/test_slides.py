"""The slides: what stands on them, that it can be edited, and that it fits."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.util import Inches, Pt

from decide.evaluate import Evaluation, evaluate
from decide.export.slides import draw_slides
from decide.export.template import TemplateError, open_template
from decide.language import languages
from decide.read.workspace import read_workspace
from decide.report.view.context import context_of
from decide.report.view.drivers import drivers_view
from tests.export.conftest import SCORE, Evaluate
from tests.report.hostile import write_hostile_workspace

TEMPLATE = b"presentationml.template.main+xml"
SLIDES = b"presentationml.presentation.main+xml"


def opened(evaluation: Evaluation, template: bytes | None = None) -> Any:  # noqa: ANN401  # has no types
    return Presentation(io.BytesIO(draw_slides(evaluation, open_template(template))))


def charts(slides: Any) -> list[Any]:  # noqa: ANN401
    return [s.chart for slide in slides.slides for s in slide.shapes if s.has_chart]


def tables(slides: Any) -> list[list[list[str]]]:  # noqa: ANN401
    found = [s.table for slide in slides.slides for s in slide.shapes if s.has_table]
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found]


def titles(slides: Any) -> list[str]:  # noqa: ANN401
    return [slide.shapes.title.text for slide in slides.slides]


def saved(slides: Any) -> bytes:  # noqa: ANN401
    stream = io.BytesIO()
    slides.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def company() -> bytes:
    """A template with a layout of its own name, another size, and a slide that shows it."""
    slides = Presentation()
    slides.slide_width, slides.slide_height = Inches(11), Inches(8)
    slides.slide_layouts[5].name = "Company: heading"
    slides.slide_layouts[0].name = "Company: opening"
    slides.slides.add_slide(slides.slide_layouts[1]).shapes.title.text = "How to use this"
    return saved(slides)


def test_every_model_has_slides_that_open_and_stay_on_their_page(
    every: tuple[Evaluation, ...], company: bytes, tmp_path: Path
) -> None:
    hostile = evaluate(read_workspace(write_hostile_workspace(tmp_path)), draws=1_024)
    for evaluation in (*every, hostile):
        for template in (None, company):
            slides = opened(evaluation, template)
            assert len(slides.slides) >= 4
            for slide in slides.slides:
                for shape in slide.shapes:
                    assert shape.left >= 0
                    assert shape.left + shape.width <= slides.slide_width
                    assert shape.top + shape.height <= slides.slide_height
                    assert shape.shape_type is None or "PICTURE" not in str(shape.shape_type)


def test_no_text_is_smaller_than_can_be_read(whole: Evaluation, scored: Evaluation) -> None:
    for evaluation in (whole, scored):
        for slide in opened(evaluation).slides:
            for shape in slide.shapes:
                paragraphs = shape.text_frame.paragraphs if shape.has_text_frame else ()
                sizes = {run.font.size for p in paragraphs for run in p.runs}
                assert all(size >= Pt(14) for size in sizes)


def test_the_first_slide_has_the_answer(whole: Evaluation) -> None:
    first = opened(whole).slides[0]
    assert first.shapes.title.text == "AI compute"
    said = " ".join(shape.text_frame.text for shape in first.placeholders)
    assert str(whole.model.strategies[whole.verdict.leader].label) in said
    assert "meeting November 14, 2023" in said


def test_the_charts_hold_the_figures_of_the_evaluation(whole: Evaluation) -> None:
    spread, stack, tornado = charts(opened(whole))
    values = whole.rollback.values
    p10, certain, p90 = spread.plots[0].series
    best = values[whole.rollback.ranking[0]]
    assert (p10.values[0], certain.values[0], p90.values[0]) == pytest.approx(
        (best.p10 / 1e9, best.certainty_equivalent / 1e9, best.p90 / 1e9)
    )
    assert whole.scores is not None
    parts = [series.values[0] for series in stack.plots[0].series]
    assert sum(parts) == pytest.approx(100 * whole.scores.totals[whole.scores.ranking[0]])
    low, high = tornado.plots[0].series
    bars = whole.sensitivity.bars
    assert list(low.values) == pytest.approx([b.at_low / 1e9 for b in bars[: len(low.values)]])
    assert list(high.values) == pytest.approx([b.at_high / 1e9 for b in bars[: len(low.values)]])
    assert tornado.value_axis.crosses_at == pytest.approx(whole.sensitivity.base / 1e9)


def test_what_a_model_lacks_has_no_slide(bare: Evaluation, lone: Evaluation) -> None:
    assert len(charts(opened(bare))) == 2
    assert len(charts(opened(lone))) == 1
    assert "Sources" not in titles(opened(lone))


def test_a_long_table_goes_on_and_leaves_nothing_out(evaluate_text: Evaluate) -> None:
    more = "".join(f"  s{n}: {{title: Note {n}, published: 2020}}\n" for n in range(40))
    slides = opened(evaluate_text(SCORE.replace("sources:\n", f"sources:\n{more}")))
    named = [title for title in titles(slides) if title.startswith("Sources")]
    assert named[:2] == ["Sources", "Sources \u2026"]
    listed = [row[1] for table in tables(slides) if table[0][0] == "Published" for row in table[1:]]
    assert sorted(listed) == sorted(["+A book", "A talk", *(f"Note {n}" for n in range(40))])


def test_a_template_gives_its_layouts_and_size_and_none_of_its_slides(
    whole: Evaluation, company: bytes
) -> None:
    slides = opened(whole, company)
    layouts = [slide.slide_layout.name for slide in slides.slides]
    assert layouts[0] == "Company: opening"
    assert set(layouts[1:]) == {"Company: heading"}
    assert (slides.slide_width, slides.slide_height) == (Inches(11), Inches(8))
    assert "How to use this" not in titles(slides)


def test_a_potx_is_taken_too(whole: Evaluation, company: bytes) -> None:
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(company)) as source, ZipFile(stream, "w") as copy:
        for entry in source.infolist():
            copy.writestr(entry, source.read(entry).replace(SLIDES, TEMPLATE))
    slides = opened(whole, stream.getvalue())
    assert slides.slides[0].slide_layout.name == "Company: opening"


def test_layouts_without_a_title_are_drawn_on(whole: Evaluation) -> None:
    bald = Presentation()
    for layout in bald.slide_layouts:
        for shape in list(layout.placeholders):
            shape.element.getparent().remove(shape.element)
    slides = opened(whole, saved(bald))
    said = [s.text_frame.text for slide in slides.slides for s in slide.shapes if s.has_text_frame]
    assert "AI compute" in said
    assert "What would change it" in said


@pytest.mark.parametrize("kind", ["text", "empty", "cut", "zip", "xml"])
def test_what_is_no_presentation_is_refused(company: bytes, kind: str) -> None:
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        if kind == "xml":
            with ZipFile(io.BytesIO(company)) as source:
                for entry in source.infolist():
                    is_main = entry.filename == "ppt/presentation.xml"
                    archive.writestr(entry, b"<p:" if is_main else source.read(entry))
        else:
            archive.writestr("a.txt", "nothing")
    broken = {"text": b"notes", "empty": b"", "cut": company[:5000]}
    with pytest.raises(TemplateError):
        open_template(broken.get(kind, stream.getvalue()))


def test_characters_that_xml_has_no_place_for_are_replaced(evaluate_text: Evaluate) -> None:
    odd = 'title: "a\\x01b \\uFFFE"'
    evaluation = evaluate_text(SCORE.replace('title: "=Ways"', odd).replace("@bold", "@\\x07bold"))
    slides = opened(evaluation)
    assert titles(slides)[0] == "a\ufffdb \ufffd"
    assert any("@\ufffdbold" in name for name in charts(slides)[0].plots[0].categories)


@pytest.mark.slow
def test_the_slides_of_the_shipped_case_say_who_leads_and_after_whom(shipped: Evaluation) -> None:
    found = tables(opened(shipped))
    rows = [row for table in found if table[0][0] == "Input" for row in table[1:]]
    points = [point for point in shipped.sensitivity.switch_points if point.is_plausible]
    assert len(rows) == min(len(points), 20) > 3
    for point, (_, _, _, said) in zip(points, rows, strict=False):
        assert said.startswith(str(shipped.model.strategies[point.leader].label)[:20])
        is_after = point.until != shipped.verdict.leader
        assert is_after == (", after" in said or "\u2026" in said)
        assert ", ," not in said


@pytest.mark.parametrize("language", languages())
def test_no_figure_of_a_table_is_cut_in_any_language(shipped: Evaluation, language: str) -> None:
    decision = replace(shipped.model.decision, language=language)
    spoken = replace(shipped, model=replace(shipped.model, decision=decision))
    switches, firms, *_ = tables(opened(spoken))
    written = {" ".join(row.at.split()) for row in drivers_view(context_of(spoken)).switches}
    assert {" ".join(row[2].split()) for row in switches[1:]} <= written
    figures = [row[1] for row in switches] + [text for row in firms for text in row[2:]]
    assert [text for text in figures if text.endswith("\u2026")] == []
