"""The tables behind the CSV files and the workbook."""

import csv
import io
import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import decide
from decide.evaluate import Evaluation
from decide.export.comma_separated import csv_text, harmless
from decide.export.table import Table, named
from decide.export.tables import tables_of

ROOT = Path(__file__).parents[2]


def table(evaluation: Evaluation, name: str) -> list[dict[str, str]]:
    """Read a table back from its text."""
    (found,) = (t for t in tables_of(evaluation) if t.name == name)
    return list(csv.DictReader(io.StringIO(csv_text(found))))


def test_every_model_has_the_same_tables_with_the_same_columns(
    every: tuple[Evaluation, ...],
) -> None:
    shapes = {tuple((t.name, t.columns) for t in tables_of(evaluation)) for evaluation in every}
    assert len(shapes) == 1


def test_each_row_has_a_cell_for_each_column_of_its_kind(every: tuple[Evaluation, ...]) -> None:
    for evaluation in every:
        for found in tables_of(evaluation):
            assert len({column.name for column in found.columns}) == len(found.columns)
            for row in found.rows:
                for column, cell in zip(found.columns, row, strict=True):
                    is_text = column.kind in {"text", "link", "sources"}
                    assert cell is None or isinstance(cell, str) == is_text, column.name
                    assert isinstance(cell, str) or cell is None or math.isfinite(cell)


def test_every_column_is_documented_and_every_documented_one_is_there(lone: Evaluation) -> None:
    text = (ROOT / "docs/export.md").read_text(encoding="utf-8")
    section = text.partition("## As CSV")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)\.csv` \|[^|]*\| (.+) \|$", section, re.MULTILINE)
    documented = {name: re.findall(r"`(\w+)`", said) for name, said in rows}
    assert documented == {t.name: [c.name for c in t.columns] for t in tables_of(lone)}


def test_the_figures_are_those_of_the_evaluation_to_the_bit(whole: Evaluation) -> None:
    rows = {row["strategy"]: row for row in table(whole, "strategies")}
    assert tuple(rows) == whole.rollback.ranking
    for name, found in whole.rollback.values.items():
        assert float(rows[name]["certainty_equivalent"]) == found.certainty_equivalent
        assert float(rows[name]["p90"]) == found.p90
    assert whole.scores is not None
    for row in table(whole, "contributions"):
        cell = whole.scores.cells[row["strategy"]][row["criterion"]]
        assert float(row["contribution"]) == cell.contribution
    widths = [float(row["width"]) for row in table(whole, "drivers")]
    assert widths == [bar.width for bar in whole.sensitivity.bars]


def test_contributions_add_up_to_the_totals(scored: Evaluation) -> None:
    totals = {row["strategy"]: float(row["score_total"]) for row in table(scored, "strategies")}
    parts = table(scored, "contributions")
    for name, total in totals.items():
        own = sum(float(row["contribution"]) for row in parts if row["strategy"] == name)
        assert own == pytest.approx(total, abs=1e-12)


def test_each_input_stands_with_its_source_date_grade_and_place(whole: Evaluation) -> None:
    rows = {(row["kind"], row["of"], row["name"]): row for row in table(whole, "inputs")}
    fleet = rows["quantity", "", "fleet"]
    assert (fleet["written"], fleet["unit"]) == ("48.1 bn", "USD")
    assert (fleet["sources"], fleet["published"], fleet["grade"]) == (
        "bank",
        "2023-10-05",
        "sourced",
    )
    assert re.fullmatch(r"criteria/model\.yaml:\d+:\d+", fleet["place"])
    assert rows["tree", "silicon", "good: probability"]["grade"] == "formula"
    assert rows["quantity", "", "lock_in"]["grade"] == "unsourced"
    assert rows["quantity", "alpha", "price@alpha"]["written"] == "0.4 bn"


def test_the_firms_of_a_strategy_share_a_performance_that_stands_once(whole: Evaluation) -> None:
    of = [row["of"] for row in table(whole, "inputs") if row["name"] == "concentration"]
    assert len([name for name in of if name.startswith("acquire")]) == 1


def test_the_policy_of_a_diagram_is_a_table(umbrella: Evaluation) -> None:
    rows = table(umbrella, "policy")
    assert {row["decision"] for row in rows} == {"take"}
    assert sum(float(row["reach"]) for row in rows) == pytest.approx(1)
    assert table(umbrella, "inputs")[0]["kind"] == "diagram"


def test_the_choices_of_a_tree_are_marked(whole: Evaluation) -> None:
    rows = [row for row in table(whole, "tree") if row["strategy"] == "build"]
    chosen = [row for row in rows if row["is_chosen"] == "true"]
    decisions = [row for row in rows if row["kind"] == "decision"]
    assert len(chosen) == len(decisions) > 0
    assert {row["choice"] for row in decisions} == {row["branch"] for row in chosen}


def test_what_is_no_number_is_an_empty_cell(whole: Evaluation) -> None:
    (gamma,) = (row for row in table(whole, "targets") if row["target"] == "gamma")
    assert (gamma["failed"], gamma["certainty_equivalent"]) == ("silicon", "")
    assert "nan" not in "".join(csv_text(t) for t in tables_of(whole)).split(",")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1"])
def test_a_text_that_a_spreadsheet_would_run_stands_behind_a_quote(text: str) -> None:
    assert harmless(text) == f"'{text}"


@given(st.text())
def test_no_text_runs_and_every_text_comes_back(text: str) -> None:
    found = Table(name="t", title="", columns=named("a b"), rows=((text, "x"),))
    ((cell, other),) = list(csv.reader(io.StringIO(csv_text(found), newline="")))[1:]
    assert other == "x"
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    assert cell in {kept, f"'{kept}"}
    assert cell.lstrip(" ")[:1] not in set("=+-@\t\r\n")


def test_texts_of_the_files_cannot_run(scored: Evaluation) -> None:
    rows = {row["strategy"]: row["label"] for row in table(scored, "strategies")}
    assert rows == {"safe": "'=1+1", "bold": "'@bold", "late": "Late"}
    assert {row["title"] for row in table(scored, "sources")} == {"'+A book", "A talk"}


@pytest.mark.slow
def test_the_tables_of_the_shipped_case_hold_every_source(shipped: Evaluation) -> None:
    known = {row["source"] for row in table(shipped, "sources")}
    assert known == set(shipped.model.sources)
    cited = {name for row in table(shipped, "inputs") for name in row["sources"].split("; ")}
    assert cited - {""} <= known
    assert len(decide.to_frame(shipped.sensitivity)) == len(table(shipped, "drivers"))
