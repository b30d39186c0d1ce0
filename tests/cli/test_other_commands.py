"""Every other command, on the small workspace."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from decide.cli.show import SUBJECTS
from tests.cli.conftest import Command

Edit = Callable[[str, str, str], None]
pytestmark = pytest.mark.usefixtures("workspace")


def test_check_finds_nothing_wrong_with_good_files(decide: Command) -> None:
    assert decide("check").out == "nothing is wrong\n"
    assert decide("check", "--draws", "--strict").code == 0


def test_check_lists_all_problems_and_counts_them(decide: Command, edit: Edit) -> None:
    edit("criteria/model.yaml", "win: 2 * prize", "win: 2 * prise")
    edit("targets/firm_a.yaml", "status: pass", "status: perhaps")
    done = decide("check")
    assert done.code == 2
    assert done.out.splitlines()[-1] == "2 errors"
    assert len(re.findall(r"^\S+\.yaml:\d+:\d+: error: ", done.out, re.MULTILINE)) == 2


def test_warnings_fail_under_strict_only(decide: Command, edit: Edit) -> None:
    edit("criteria/model.yaml", ", grade: judgement, reason: a test}\n  win", "}\n  win")
    assert decide("check").code == 0
    assert decide("check", "--strict").code == 3


def test_check_with_draws_finds_what_only_draws_show(decide: Command, edit: Edit) -> None:
    edit("criteria/model.yaml", "p: odds", "p: 3 * odds")
    assert decide("check").code == 0
    done = decide("check", "--draws")
    assert done.code == 2
    assert "luck" in done.out


def test_check_as_json_has_places(decide: Command, edit: Edit) -> None:
    edit("criteria/model.yaml", "win: 2 * prize", "win: 2 * prise")
    done = decide("check", "--json")
    found = json.loads(done.out)
    assert (done.code, found["errors"], found["warnings"]) == (2, 1, 0)
    (error,) = (p for p in found["problems"] if p["severity"] == "error")
    assert (error["file"], error["line"], error["column"]) == ("criteria/model.yaml", 7, 12)


@pytest.mark.parametrize("subject", [s for s in SUBJECTS if s != "decided"])
def test_each_subject_is_shown_as_a_table_and_as_json(decide: Command, subject: str) -> None:
    table, plain = decide("show", subject), decide("show", subject, "--json")
    assert (table.code, plain.code) == (0, 0), table.err + plain.err
    assert table.out.strip()
    assert json.loads(plain.out)


def test_strategies_are_shown_best_first_and_with_ids(decide: Command) -> None:
    rows = decide("show", "strategies").out.splitlines()[2:]
    assert [row.split()[0] for row in rows] == ["acquire@firm_a", "risky", "safe"]


def test_the_tree_shows_both_outcomes_with_their_odds(decide: Command) -> None:
    out = decide("show", "tree", "--strategy", "risky").out
    assert re.search(r"good\s+end\s+50\s%\s+50\s%\s+80\.0\s+80\.0", out)
    assert re.search(r"bad\s+end\s+50\s%\s+50\s%\s+\N{MINUS SIGN}40\.0\s+\N{MINUS SIGN}40\.0", out)


def test_an_unknown_strategy_is_answered_with_the_nearest(decide: Command) -> None:
    done = decide("show", "tree", "--strategy", "risk")
    assert done.code == 2
    assert "did you mean 'risky'?" in done.err


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("win", "quantity", "prize"),
        ("prize", "quantity", "drives"),
        ("price@firm_a", "quantity", "A book, 2020"),
        ("calm", "criterion", "75.0 % of the whole"),
        ("risky", "strategy", "luck"),
        ("luck", "chance", "good: p odds; pays win"),
        ("firm_a", "firm", "price@firm_a"),
        ("size", "screening criterion", "firm_a: 5"),
        ("book", "source", "https://example.org/book"),
        ("acquire", "family of strategies", "acquire@firm_a"),
    ],
)
def test_explain_says_what_a_name_stands_for_and_where_it_stands(
    decide: Command, name: str, kind: str, said: str
) -> None:
    done = decide("explain", name)
    assert done.code == 0, done.err
    assert f"({kind} {name})" in done.out
    assert said in done.out
    assert re.search(r"(criteria/model|targets/firm_a)\.yaml:\d+:\d+", done.out)
    (meaning,) = json.loads(decide("explain", name, "--json").out)["meanings"]
    assert (meaning["kind"], meaning["name"]) == (kind, name)


def test_explain_calls_a_group_a_group(decide: Command, edit: Edit) -> None:
    edit(
        "criteria/model.yaml",
        "  speed: {worst: 0, best: 100, swing: 25, swing_reason: from none to all}",
        "  pace:\n    swing: 25\n    swing_reason: from none to all\n    criteria:\n"
        "      speed: {worst: 0, best: 100, swing: 25, swing_reason: from none to all}",
    )
    out = decide("explain", "pace").out
    assert out.startswith("Pace (group of criteria pace)\n")
    assert re.search(r"weight +25\.0 % of the whole", out)
    assert re.search(r"criteria +speed", out)


def test_explain_gives_the_value_of_a_formula(decide: Command) -> None:
    (meaning,) = json.loads(decide("explain", "win", "--json").out)["meanings"]
    assert meaning["value"] == "120"
    assert set(meaning["drives"]) == {"luck", "acquire"}


def test_explain_names_the_nearest_of_all_names(decide: Command) -> None:
    done = decide("explain", "prizes")
    assert done.code == 2
    assert "did you mean 'prize'?" in done.err


def test_nothing_is_decided_at_first(decide: Command) -> None:
    assert "nothing is on the record" in decide("decided").out
    assert json.loads(decide("show", "decided", "--json").out) == {"decisions": []}


def test_what_a_meeting_decided_is_kept_in_order(decide: Command, workspace: Path) -> None:
    first = decide(
        "decided", "risky", "--owner", "Chief executive", "--note", "as long: as it lasts"
    )
    second = decide("decided", "safe", "--owner", "Board", "--on", "2026-05-01")
    assert (first.code, second.code) == (0, 0), first.err + second.err
    record = json.loads(decide("decided", "--json").out)["decisions"]
    assert [(d["decided"], d["strategy"], d["owner"], d["note"]) for d in record] == [
        ("2026-02-15", "risky", "Chief executive", "as long: as it lasts"),
        ("2026-05-01", "safe", "Board", ""),
    ]
    assert decide("show", "decided").out == decide("decided").out
    assert (workspace / "reports/decisions.yaml").read_text(encoding="utf-8").startswith("#")


def test_the_record_says_which_files_were_decided_on(decide: Command, workspace: Path) -> None:
    decide("report")
    decide("decided", "risky", "--owner", "Board")
    (entry,) = json.loads(decide("decided", "--json").out)["decisions"]
    page = (workspace / "reports" / entry["page"]).read_text(encoding="utf-8")
    assert len(entry["digest"]) == 64
    assert entry["digest"] in page


def test_what_a_person_added_to_the_record_stays(decide: Command, workspace: Path) -> None:
    decide("decided", "risky", "--owner", "Board")
    path = workspace / "reports/decisions.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}  # by phone\n", encoding="utf-8")
    decide("decided", "safe", "--owner", "Board", "--on", "2026-05-01")
    assert "# by phone" in path.read_text(encoding="utf-8")
    assert len(json.loads(decide("decided", "--json").out)["decisions"]) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["riskyy", "--owner", "Board"], "did you mean 'risky'?"),
        (["risky"], "--owner"),
        (["risky", "--owner", "Board", "--on", "15.2.2026"], "--on"),
        (["risky", "--owner", "Board", "--next-gate", "luck"], "no decision 'luck'"),
        (["risky", "--owner", "Board", "--gate-date", "2026-01-01"], "not after the decision"),
        (["--owner", "Board"], "name the strategy"),
    ],
)
def test_a_wrong_record_is_refused_and_nothing_written(
    decide: Command, workspace: Path, arguments: list[str], said: str
) -> None:
    done = decide("decided", *arguments)
    assert done.code == 2
    assert said in done.err
    assert not (workspace / "reports/decisions.yaml").exists()


def test_a_record_that_cannot_be_read_says_where(decide: Command, workspace: Path) -> None:
    path = workspace / "reports/decisions.yaml"
    text = "decisions:\n  - {decided: soon, title: T, strategy: safe, owner: Board, wner: x}\n"
    path.write_text(text, encoding="utf-8")
    done = decide("decided")
    assert done.code == 2
    assert "reports/decisions.yaml:2:15: error: 'soon' is no date" in done.err
    assert "did you mean 'owner'?" in done.err
    assert decide("decided", "safe", "--owner", "Board").code == 2
    assert path.read_text(encoding="utf-8") == text


def test_a_record_that_is_no_utf8_is_said_and_left_as_it_is(
    decide: Command, workspace: Path
) -> None:
    path = workspace / "reports/decisions.yaml"
    path.write_bytes("decisions: []\n# Décidé\n".encode("cp1252"))
    before = path.read_bytes()
    for arguments in (["decided"], ["show", "decided"], ["decided", "safe", "--owner", "Board"]):
        done = decide(*arguments)
        assert done.code == 2
        assert "reports/decisions.yaml:2:4: error: this is not UTF-8" in done.err
    assert path.read_bytes() == before


def test_the_line_ends_of_a_record_stay_as_they_are(decide: Command, workspace: Path) -> None:
    decide("decided", "risky", "--owner", "Board")
    path = workspace / "reports/decisions.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert decide("decided", "safe", "--owner", "Board").code == 0
    lines = path.read_bytes().split(b"\n")
    assert all(line.endswith(b"\r") for line in lines[:-1])
    assert len(json.loads(decide("decided", "--json").out)["decisions"]) == 2


def test_what_is_decided_twice_stands_on_the_record_once(decide: Command, workspace: Path) -> None:
    decide("decided", "risky", "--owner", "Board")
    before = (workspace / "reports/decisions.yaml").read_bytes()
    decide("report")
    again = decide("decided", "risky", "--owner", "Board")
    assert (again.code, again.err) == (0, "this is on the record already; nothing was added\n")
    assert (workspace / "reports/decisions.yaml").read_bytes() == before


def test_the_schema_is_json_that_knows_the_sections(decide: Command) -> None:
    schema = json.loads(decide("schema").out)
    assert {"decision", "quantities", "tree", "criteria"} <= set(schema["properties"])


def test_the_export_holds_no_number_that_json_lacks(decide: Command) -> None:
    text = decide("export", "json", "--output", "-").out
    assert "NaN" not in text
    assert "Infinity" not in text
    assert json.loads(text)["verdict"]["price_of_a_point"] == pytest.approx(50 / 55)


def drawn(edit: Edit) -> None:
    """Let the odds be 20 or 80 %, and the prize 30 or 90, either as likely."""
    how = "discrete: {a: {value: %s, p: 50 %%}, b: {value: %s, p: rest}}, "
    edit(
        "criteria/model.yaml", "{value: 50 %, low: 20 %, high: 80 %, ", "{" + how % ("20 %", "80 %")
    )
    edit("criteria/model.yaml", "{value: 60, low: 10, high: 90, ", "{" + how % (30, 90))


def test_information_shows_what_each_quantity_would_be_worth(decide: Command, edit: Edit) -> None:
    """Acquiring is worth -10 or 110 by the prize, and risky -28, 8, -4 or 104 by both.

    Knowing both, the best are 0, 8, 110 and 110; knowing the prize, 0 and 110; knowing the odds,
    50 and 56 (the mean of 8 and 104); knowing nothing, 50. Where the outcome is known too, a good
    one makes risky the best: 20 or 140 instead of 0 or 110.
    """
    drawn(edit)
    rows = [line.split("  ") for line in decide("show", "information").out.splitlines()]
    cells = {row[0]: [cell.strip() for cell in row[1:] if cell.strip()] for row in rows}
    assert cells["all quantities"][0] == "7.0"
    assert cells["prize"][0] == "5.0"
    assert cells["odds"] == ["3.0", "3.0", "3.0", "0.0"]
    assert cells["all quantities and outcomes"][0] == "17.5"


def test_what_several_are_worth_together_is_shown_on_demand(decide: Command, edit: Edit) -> None:
    drawn(edit)
    out = decide("show", "information", "--together", "odds, prize", "--json").out
    each = json.loads(out)["information"]["each"]
    together = next(worth for worth in each if worth["known"] == ["odds", "prize"])
    assert together["value"] == pytest.approx(7)


def test_what_is_not_drawn_is_not_valued(decide: Command, edit: Edit) -> None:
    drawn(edit)
    done = decide("show", "information", "--together", "odds,price")
    assert done.code == 2
    assert done.out + done.err == (
        "error: 'price' is not a quantity that is drawn\n  drawn are odds, prize\n1 error\n"
    )


def test_together_goes_with_information_alone(decide: Command) -> None:
    assert decide("show", "score", "--together", "odds,prize").code == 2
