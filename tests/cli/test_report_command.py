"""From an edited file to the page that it makes, through the command line."""

import errno
import json
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command

Edit = Callable[[str, str, str], None]
PAGE = "reports/2026-02-15-two-ways.html"


def results(decide: Command) -> dict[str, Any]:
    done = decide("export", "json", "--output", "-")
    assert done.code == 0, done.err
    return dict(json.loads(done.out))


def worth(decide: Command) -> dict[str, float]:
    return {name: s["expected_value"] for name, s in results(decide)["strategies"].items()}


def points(decide: Command) -> dict[str, float]:
    return {name: round(100 * x, 9) for name, x in results(decide)["score"]["totals"].items()}


def test_the_answer_is_five_lines_and_the_last_is_the_page(
    decide: Command, workspace: Path
) -> None:
    done = decide("report")
    lines = done.out.splitlines()
    assert (done.code, done.err, len(lines)) == (0, "", 5)
    assert "Firm a" in lines[0]
    assert (workspace / PAGE).samefile(lines[-1])


def test_the_page_shows_what_the_files_say(decide: Command, workspace: Path, edit: Edit) -> None:
    edit("criteria/model.yaml", "title: Two ways", "title: Two roads")
    decide("report")
    page = (workspace / "reports/2026-02-15-two-roads.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "Two roads" in page
    assert "A book" in page


def test_the_small_case_comes_to_what_can_be_worked_out_by_eye(
    decide: Command, workspace: Path
) -> None:
    assert workspace
    assert worth(decide) == pytest.approx({"safe": 0, "risky": 20, "acquire@firm_a": 50})
    assert points(decide) == {"safe": 75, "risky": 25, "acquire@firm_a": 20}


def test_a_changed_formula_changes_the_result(decide: Command, edit: Edit) -> None:
    edit("criteria/model.yaml", "win: 2 * prize", "win: 3 * prize")
    assert worth(decide)["risky"] == pytest.approx(0.5 * 3 * 60 - 40)


def test_a_changed_quantity_changes_the_result(decide: Command, edit: Edit) -> None:
    edit("criteria/model.yaml", "prize: {value: 60", "prize: {value: 70")
    assert worth(decide)["risky"] == pytest.approx(0.5 * 2 * 70 - 40)


def test_a_changed_probability_changes_the_result(decide: Command, edit: Edit) -> None:
    edit("criteria/model.yaml", "odds: {value: 50 %", "odds: {value: 75 %")
    assert worth(decide)["risky"] == pytest.approx(0.75 * 2 * 60 - 40)


def test_a_changed_weight_changes_the_score_and_not_the_money(decide: Command, edit: Edit) -> None:
    edit("criteria/model.yaml", "swing: 75", "swing: 25")
    assert points(decide) == {"safe": 50, "risky": 50, "acquire@firm_a": 20}
    assert worth(decide) == pytest.approx({"safe": 0, "risky": 20, "acquire@firm_a": 50})


def test_a_changed_firm_changes_its_strategy_alone(decide: Command, edit: Edit) -> None:
    edit("targets/firm_a.yaml", "price: {value: 30", "price: {value: 100")
    assert worth(decide) == pytest.approx({"safe": 0, "risky": 20, "acquire@firm_a": -20})


def test_a_firm_that_fails_a_gate_is_not_run(decide: Command, edit: Edit) -> None:
    edit("targets/firm_a.yaml", "status: pass", "status: fail")
    assert set(worth(decide)) == {"safe", "risky"}


def test_the_same_files_give_the_same_bytes(decide: Command, workspace: Path) -> None:
    decide("report")
    decide("export", "json")
    first = {p.name: p.read_bytes() for p in (workspace / "reports").iterdir()}
    decide("report")
    decide("export", "json")
    assert {p.name: p.read_bytes() for p in (workspace / "reports").iterdir()} == first
    assert set(first) == {"2026-02-15-two-ways.html", "2026-02-15-two-ways.json"}


def test_a_later_meeting_leaves_the_earlier_page_alone(
    decide: Command, workspace: Path, edit: Edit
) -> None:
    decide("report")
    before = (workspace / PAGE).read_bytes()
    edit("criteria/model.yaml", "meeting: 2026-02-15", "meeting: 2026-03-15")
    edit("criteria/model.yaml", "win: 2 * prize", "win: 3 * prize")
    assert decide("report").code == 0
    assert (workspace / PAGE).read_bytes() == before
    assert (workspace / "reports/2026-03-15-two-ways.html").read_bytes() != before


def test_wrong_files_are_said_and_leave_the_page_as_it_was(
    decide: Command, workspace: Path, edit: Edit
) -> None:
    decide("report")
    before = (workspace / PAGE).read_bytes()
    edit("criteria/model.yaml", "win: 2 * prize", "win: 2 * prise")
    edit("targets/firm_a.yaml", "status: pass", "status: perhaps")
    done = decide("report")
    assert (done.code, done.out) == (2, "")
    assert "criteria/model.yaml:7:12: error: " in done.err
    assert "'prize'" in done.err
    assert "targets/firm_a.yaml:6:28: error: " in done.err
    assert done.err.endswith("2 errors\n")
    assert (workspace / PAGE).read_bytes() == before


def test_what_only_draws_show_points_at_its_line(decide: Command, edit: Edit) -> None:
    edit("criteria/model.yaml", "p: odds", "p: 3 * odds")
    done = decide("report")
    assert done.code == 2
    assert "criteria/model.yaml:" in done.err
    assert "luck" in done.err
    assert "^" in done.err


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_while_writing_leaves_the_old_page_whole(
    decide: Command,
    workspace: Path,
    edit: Edit,
    monkeypatch: pytest.MonkeyPatch,
    failure: BaseException,
) -> None:
    decide("report")
    before = (workspace / PAGE).read_bytes()
    edit("criteria/model.yaml", "win: 2 * prize", "win: 3 * prize")

    def fail(_: int) -> None:
        raise failure

    monkeypatch.setattr(os, "fsync", fail)  # the new page is written by then, beside the old one
    done = decide("report")
    assert done.code in {1, 130}
    assert "Traceback" not in done.err
    assert [p.name for p in (workspace / "reports").iterdir()] == [Path(PAGE).name]
    assert (workspace / PAGE).read_bytes() == before


def test_output_names_the_page(decide: Command, workspace: Path) -> None:
    page = workspace / "sent" / "board.html"
    assert decide("report", "--output", str(page)).code == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert list((workspace / "reports").iterdir()) == []


def test_a_file_of_another_kind_is_never_replaced(decide: Command, workspace: Path) -> None:
    notes = workspace / "notes.txt"
    notes.write_text("what the board said", encoding="utf-8")
    done = decide("report", "--output", str(notes))
    assert done.code == 2
    assert "notes.txt is another kind of file" in done.err
    assert notes.read_text(encoding="utf-8") == "what the board said"


def test_a_folder_is_not_written_to(decide: Command, workspace: Path) -> None:
    done = decide("report", "--output", str(workspace / "reports"))
    assert done.code == 2
    assert "is a folder" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no /dev/null")
def test_a_device_is_not_replaced_by_a_file(decide: Command, workspace: Path) -> None:
    assert workspace
    assert decide("report", "--output", os.devnull).code == 2
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.skipif(sys.platform == "win32", reason="making a link needs rights on Windows")
def test_a_linked_page_is_written_where_the_link_leads(decide: Command, workspace: Path) -> None:
    link, page = workspace / "latest.html", workspace / "kept.html"
    link.symlink_to(page)
    assert decide("report", "--output", str(link)).code == 0
    assert link.is_symlink()
    assert page.is_file()


@pytest.mark.parametrize("draws", ["1000", "512", "0", "-4", "many"])
def test_draws_are_a_power_of_two(decide: Command, workspace: Path, draws: str) -> None:
    assert workspace
    done = decide("report", "--draws", draws)
    assert done.code == 2
    assert "--draws" in done.err


def test_the_answer_as_json_names_page_and_leader(decide: Command, workspace: Path) -> None:
    answer = json.loads(decide("report", "--json").out)
    assert Path(answer["page"]) == workspace / PAGE
    assert answer["verdict"]["leader"] == "acquire@firm_a"
    assert answer["verdict"]["lead"] == pytest.approx(30)


def test_outside_a_workspace_the_way_in_is_named(decide: Command, tmp_path: Path) -> None:
    done = decide("report")
    assert done.code == 2
    assert "decide init" in done.err
    assert f"neither {tmp_path.resolve()} nor a folder above it" in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_page_that_cannot_be_written_is_named_as_it_was_asked_for(
    decide: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fail(path: Path, _: object) -> None:  # a page that another program has locked
        raise OSError(number, "in other words", str(path))

    monkeypatch.setattr(Path, "replace", fail)
    done = decide("report", "--output", str(workspace / "board.html"))
    assert done.code == 1
    assert done.err.startswith(f"error: {workspace / 'board.html'}: ")
    assert "choose another place" in done.err
    assert ".part" not in done.err


def test_a_file_where_the_folder_of_a_page_should_be_is_named(
    decide: Command, workspace: Path
) -> None:
    (workspace / "sent").write_text("a letter", encoding="utf-8")
    done = decide("report", "--output", str(workspace / "sent" / "board.html"))
    assert done.code == 1
    assert str(workspace / "sent") in done.err
    assert "choose another place" in done.err


def test_the_page_is_printed_alone_where_the_output_is_a_dash(
    decide: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace)
    decide("report")
    done = decide("report", "--output", "-")
    assert (done.code, done.err) == (0, "")
    assert done.out == (workspace / PAGE).read_text(encoding="utf-8")
    assert not (workspace / "-").exists()


@pytest.mark.parametrize("other", ["--json", "--open"])
def test_a_page_that_is_printed_alone_has_nothing_beside_it(
    decide: Command, workspace: Path, other: str
) -> None:
    assert workspace
    done = decide("report", "--output", "-", other)
    assert (done.code, done.out) == (2, "")
    assert "prints the page alone" in done.err


def test_what_knowing_is_worth_is_on_the_page_where_it_is_asked(
    decide: Command, workspace: Path
) -> None:
    decide("report")
    assert 'id="information"' not in (workspace / PAGE).read_text(encoding="utf-8")
    assert decide("report", "--information").code == 0
    assert 'id="information"' in (workspace / PAGE).read_text(encoding="utf-8")


# What-ifs


def test_a_what_if_is_a_page_of_its_own_that_says_so(decide: Command, workspace: Path) -> None:
    agreed = decide("report")
    (workspace / "bold.yaml").write_text(
        "what_if: {pinned: {odds: 75 %, prize: 70}, swings: {calm: 0}}\n", encoding="utf-8"
    )
    done = decide("report", "--with", str(workspace / "bold.yaml"))
    assert done.code == 0, done.err
    page = workspace / "reports/2026-02-15-two-ways-what-if-bold.html"
    assert page.samefile(done.out.splitlines()[-1])
    text = page.read_text(encoding="utf-8")
    assert "This page is a what-if, not the agreed model." in text
    assert 'id="what_if"' not in text
    assert (workspace / PAGE).samefile(agreed.out.splitlines()[-1])
    assert "This page is a what-if" not in (workspace / PAGE).read_text(encoding="utf-8")


def test_every_fault_of_a_what_if_is_said_with_its_place(decide: Command, workspace: Path) -> None:
    (workspace / "bad.yaml").write_text(
        "what_if:\n  pinned: {ods: 1, prize: 2 * x}\n  swings: {calm: -1}\n  horizon: 2030\n"
        "  made: {luck: wins}\n  colour: red\n",
        encoding="utf-8",
    )
    done = decide("report", "--with", str(workspace / "bad.yaml"))
    assert done.code == 2
    assert [line for line in done.err.splitlines() if line.startswith("bad.yaml")] == [
        "bad.yaml:2:12: error: 'ods' cannot be moved",
        "bad.yaml:2:27: error: '2 * x' is a formula, where one number is wanted",
        "bad.yaml:3:18: error: the swing of 'calm' is -1",
        "bad.yaml:4:12: error: the horizon 2030 is not a year of the decision",
        "bad.yaml:5:16: error: 'wins' is not an outcome of 'luck'",
        "bad.yaml:6:3: error: 'colour' is not a key of 'what_if'",
    ]
    assert not list((workspace / "reports").glob("*what-if*"))


def test_what_a_what_if_makes_impossible_is_said_with_its_name(
    decide: Command, workspace: Path
) -> None:
    (workspace / "bold.yaml").write_text("what_if: {pinned: {odds: 170 %}}\n", encoding="utf-8")
    done = decide("report", "--with", str(workspace / "bold.yaml"))
    assert done.code == 2
    assert "or move less in bold.yaml: as agreed, it may hold" in done.err
