"""The workbook, computed by an independent implementation of Excel's formulas."""

import io
import math
import re
from pathlib import Path
from typing import Any

import formulas
import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.analyses.value_function import value_of
from decide.evaluate import Evaluation
from decide.export.score_sheet import SWING, TOTAL, address, bend_of, score_sheet
from decide.export.workbook import workbook
from decide.model.criterion import Criterion, Exponential
from decide.report.view.context import context_of
from tests.export.conftest import SCORE, Evaluate
from tests.models import JUDGED, PLACE, label


def opened(evaluation: Evaluation, *, as_shown: bool = False) -> Any:  # noqa: ANN401  # has no types
    return openpyxl.load_workbook(io.BytesIO(workbook(evaluation)), data_only=as_shown)


def computed(book: Any, folder: Path) -> dict[str, Any]:  # noqa: ANN401
    """Compute the sheet Score by itself; return what each cell comes to, by its address."""
    for name in book.sheetnames:
        if name != "Score":
            del book[name]
    path = folder / "score.xlsx"
    book.save(path)
    solution = formulas.ExcelModel().loads(str(path)).finish().calculate()
    found = {}
    for key, cell in solution.items():
        _, _, place = str(key).partition("!")
        if place and ":" not in place:
            found[place] = cell.value[0, 0]
    return found


def links(sheet: Any) -> list[Any]:  # noqa: ANN401
    return [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def totals(cells: dict[str, Any], evaluation: Evaluation) -> dict[str, float]:
    sheet = score_sheet(context_of(evaluation, "en"))
    assert sheet is not None
    places = {name: address(TOTAL, 9 + n) for n, name in enumerate(sheet.strategies)}
    return {name: float(cells[place]) / 100 for name, place in places.items()}


@pytest.mark.slow
def test_the_formulas_come_to_the_totals_of_the_engine(
    whole: Evaluation, scored: Evaluation, shipped: Evaluation, tmp_path: Path
) -> None:
    for evaluation in (whole, scored, shipped):
        assert evaluation.scores is not None
        found = totals(computed(opened(evaluation), tmp_path), evaluation)
        assert found == pytest.approx(dict(evaluation.scores.totals), abs=1e-9)


@pytest.mark.slow
def test_every_formula_stands_with_what_it_comes_to(scored: Evaluation, tmp_path: Path) -> None:
    shown = opened(scored, as_shown=True)["Score"]
    cells = computed(opened(scored), tmp_path)
    count = 0
    for row in opened(scored)["Score"].iter_rows():
        for cell in row:
            if cell.data_type == "f":
                here = shown[cell.coordinate].value
                is_text = isinstance(here, str)
                wanted = here if is_text else pytest.approx(here, abs=1e-9)
                assert cells[cell.coordinate] == wanted, cell.coordinate
                count += 1
    assert (
        count == 12 + 4 + 11 + 12 + 6 + 1
    )  # weights, values but one, contributions, totals, ranks


@pytest.mark.slow
def test_another_weight_gives_what_the_engine_gives_with_it(
    scored: Evaluation, evaluate_text: Evaluate, tmp_path: Path
) -> None:
    changes = {75: 20, 45: 5, 30: 300}
    text = SCORE
    for old, new in changes.items():
        text = re.sub(rf"swing: {old}\b", f"swing: {new}", text)
    other = evaluate_text(text)
    assert scored.scores is not None
    assert other.scores is not None
    assert scored.scores.ranking != other.scores.ranking
    book = opened(scored)
    changed = 0
    for row in book["Score"].iter_rows(min_col=SWING + 1, max_col=SWING + 1):
        for cell in row:
            if cell.value in changes:
                cell.value = changes[cell.value]
                changed += 1
    cells = computed(book, tmp_path)
    assert changed == 3
    assert totals(cells, scored) == pytest.approx(dict(other.scores.totals), abs=1e-9)
    best = other.model.strategies[other.scores.ranking[0]].label
    assert cells["A1"] == f"Best on the criteria: {best}"


@pytest.mark.slow
def test_another_performance_gives_what_the_engine_gives_with_it(
    scored: Evaluation, evaluate_text: Evaluate, tmp_path: Path
) -> None:
    changes = (("value: 6.5", "value: 2.5"), ("value: 47", "value: 11"), ("3.25", "1.5"))
    text = SCORE
    for old, new in changes:
        text = text.replace(old, new)
    other = evaluate_text(text)
    book = opened(scored)
    for row in book["Score"].iter_rows():
        for cell in row:
            if cell.data_type == "n" and cell.value in {6.5, 47, 3.25}:
                cell.value = {6.5: 2.5, 47: 11, 3.25: 1.5}[cell.value]
    assert other.scores is not None
    found = totals(computed(book, tmp_path), scored)
    assert found == pytest.approx(dict(other.scores.totals), abs=1e-9)


def test_a_mean_of_values_is_no_formula_where_it_is_not_the_value_of_the_mean(
    scored: Evaluation,
) -> None:
    sheet = score_sheet(context_of(scored, "en"))
    assert sheet is not None
    drawn = [cell for cell in sheet.cells.values() if cell.style == "drawn"]
    assert scored.scores is not None
    value = scored.scores.cells["bold"]["calm"].value
    assert [(cell.formula, cell.value) for cell in drawn] == [("", 100 * value)]


@given(st.floats(0.011, 0.989), st.floats(0, 1), st.booleans())
def test_the_bend_gives_the_value_function(middle: float, way: float, is_falling: bool) -> None:  # noqa: FBT001
    worst, best = (90.0, 10.0) if is_falling else (10.0, 90.0)
    half = worst + middle * (best - worst)
    criterion = Criterion(
        id="c",
        label=label("c"),
        question=label(""),
        unit="",
        worst=worst,
        best=best,
        shape=Exponential(middle=half),
        swing=1.0,
        swing_reason="",
        provenance=JUDGED,
        place=PLACE,
    )
    bend = bend_of(criterion)
    value = float(value_of(criterion, np.array(worst + way * (best - worst))))
    if bend == 0:
        assert value == pytest.approx(way, abs=1e-8)
    else:
        found = math.exp(bend * (1 - way) / 2) * math.sinh(bend * way / 2) / math.sinh(bend / 2)
        assert found == pytest.approx(value, abs=1e-8)


def test_the_first_sheet_says_what_the_report_says(whole: Evaluation) -> None:
    sheet = opened(whole, as_shown=True)["Answer"]
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    leader = str(whole.model.strategies[whole.verdict.leader].label)
    assert said[0] == "AI compute"
    assert any(leader in text for text in said[3:5])


def test_no_text_of_the_files_is_a_formula(scored: Evaluation) -> None:
    formulas_found = set()
    for sheet in opened(scored):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    formulas_found.add(sheet.title)
    assert formulas_found == {"Score"}
    assert opened(scored)["Strategies"]["B2"].value in {"=1+1", "@bold", "Late"}
    assert opened(scored)["Answer"]["A1"].value == "=Ways"
    assert opened(scored)["Answer"]["A1"].data_type == "s"


def test_sources_lead_to_their_address_and_inputs_to_their_source(scored: Evaluation) -> None:
    book = opened(scored)
    addresses = links(book["Sources"])
    assert [link.target for link in addresses] == ["https://example.org/book"]
    assert "'Sources'!A2" in {link.location for link in links(book["Inputs"])}


def test_every_model_has_a_workbook_that_opens(every: tuple[Evaluation, ...]) -> None:
    for evaluation in every:
        book = opened(evaluation)
        assert book.sheetnames[0] == "Answer"
        assert ("Score" in book.sheetnames) == (evaluation.scores is not None)
        assert {"Decision", "Strategies"} <= set(book.sheetnames)
        assert all(len(name) <= 31 for name in book.sheetnames)
        assert all(sheet.max_row > 1 for sheet in book)


def test_headings_stay_in_sight_and_money_is_shown_in_its_unit(whole: Evaluation) -> None:
    sheet = opened(whole)["Strategies"]
    assert sheet.freeze_panes == "B2"
    headings = [cell.value for cell in sheet[1]]
    money = headings.index("Certainty equivalent [$\u00a0bn]")
    assert sheet.cell(2, money + 1).number_format == "#,##0.00,,,"
    best = whole.rollback.values[whole.rollback.ranking[0]]
    assert sheet.cell(2, money + 1).value == pytest.approx(best.certainty_equivalent, rel=1e-15)


def test_the_same_evaluation_gives_the_same_bytes(scored: Evaluation) -> None:
    assert workbook(scored) == workbook(scored)


def test_characters_that_xml_has_no_place_for_are_replaced(evaluate_text: Evaluate) -> None:
    odd = 'title: "a\\x01b \\uFFFE"'
    book = opened(evaluate_text(SCORE.replace('title: "=Ways"', odd)))
    assert book["Answer"]["A1"].value == "a\ufffdb \ufffd"
