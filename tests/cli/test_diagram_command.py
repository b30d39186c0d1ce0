"""What the commands say of a workspace that holds a diagram."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from decide.cli.entry import run
from tests.published.workspaces import text_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "criteria").mkdir()
    (tmp_path / "reports").mkdir()
    return tmp_path


def write(folder: Path, case: str, *changes: tuple[str, str]) -> None:
    text = text_of(case)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "criteria/case.yaml").write_text(text, encoding="utf-8", newline="\n")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(arguments) == 0
    return capsys.readouterr().out.replace("\u202f", " ")


def test_show_diagram_prints_value_method_information_and_policy(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "oil_wildcatter_diagram")
    out = said(capsys, "-C", str(folder), "show", "diagram").splitlines()
    assert out[0].startswith("Value in plain units: certain 22.5, expected 22.5, P10 ")
    assert out[1] == "Loss in 61 % of outcomes"
    assert out[2].startswith("Exact: nothing is forgotten")
    assert out[3] == "To know Oil before Test: worth 32.5"
    rows = [line.split() for line in out[5:]]
    assert ["Test", "always", "Test", "100", "%"] in rows
    assert ["Drill", "Result:", "No", "structure", "No", "drill", "41", "%"] in rows
    assert ["makes", "no", "difference:", "Test"] in rows


def test_show_diagram_as_json_has_the_documented_names(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "umbrella_diagram")
    found = json.loads(said(capsys, "-C", str(folder), "show", "diagram", "--json"))["diagram"]
    exported = json.loads(said(capsys, "-C", str(folder), "export", "json", "-o", "-"))["diagram"]
    assert found.pop("information") == {"weather": pytest.approx(14)}
    assert exported == found
    assert exported["policies"]["umbrella"]["matters"] == ["forecast"]


def test_a_diagram_is_reported_as_its_tree(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "used_car_diagram")
    out = said(capsys, "-C", str(folder), "report")
    assert out.startswith("The answer leans to Test: it is worth 3.0 more than No test")
    page = (folder / "reports/undated-used-car.html").read_text(encoding="utf-8")
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
    assert "Purchase : if “Told” came to “Lemon”, Guarantee; otherwise, Buy." in text
    assert "It leaves one decision for later" in text
    assert "Ten constants without a range were not tried" in text
    assert "10 numbers were written by hand: 10 rest on a publication" in text


def test_a_report_on_a_limited_memory_says_what_to_use(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "pigs_diagram")
    assert run(["-C", str(folder), "report"]) == 2
    err = capsys.readouterr().err
    assert "criteria/case.yaml:6:1: error: a diagram with a limited memory has no tree" in err
    assert "`decide show diagram` prints its policy" in err
    out = said(capsys, "-C", str(folder), "show", "diagram")
    assert "Exact: the best of all policies that the limited memory allows" in out
    assert ["Treat", "2", "Test", "2:", "Positive", "Treat"] in [
        line.split()[:6] for line in out.splitlines()
    ]


def test_a_local_optimum_is_called_one(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("decide.analyses.enumeration.MOST_POLICIES", 1)
    write(folder, "pigs_diagram")
    out = said(capsys, "-C", str(folder), "show", "diagram")
    assert "a better policy may exist (a local optimum), worth 729.23 at most" in out


def test_a_workspace_without_a_diagram_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "umbrella")
    out = said(capsys, "-C", str(folder), "show", "diagram")
    assert out == "The workspace has no diagram\n"
    shown = said(capsys, "-C", str(folder), "show", "diagram", "--json")
    assert json.loads(shown) == {"diagram": None}


def test_a_node_of_a_diagram_is_explained(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "oil_wildcatter_diagram")
    drill = said(capsys, "-C", str(folder), "explain", "drill").splitlines()
    assert drill[0].startswith("Drill (decision of the diagram")
    profit = said(capsys, "-C", str(folder), "explain", "profit")
    assert "Decision Analysis, 1968 (raiffa" in profit


def test_a_diagram_may_be_spread_over_files(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = text_of("umbrella_diagram")
    at = text.index("    umbrella:")
    end = text.index("sources:")
    rest = "diagram:\n  nodes:\n" + text[at:end]
    (folder / "criteria/case.yaml").write_text(text[:at] + text[end:], encoding="utf-8")
    (folder / "criteria/more.yaml").write_text(rest, encoding="utf-8")
    assert "expected 77" in said(capsys, "-C", str(folder), "show", "diagram")


def test_states_that_the_policy_does_not_lead_to_are_counted_where_there_are_many(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("decide.cli.diagram_table.MOST_ROWS", 3)
    write(folder, "oil_wildcatter_diagram")
    out = said(capsys, "-C", str(folder), "show", "diagram")
    assert "and 1 more that the policy does not lead to" in out
    assert "Result: None" not in out
    assert "Result: Open" in out
