"""The table says what was timed, against what, and why a peer is not there."""

from dataclasses import replace

import pytest

from benchmarks.table import PAGE, as_text, kept_in
from benchmarks.timing import Peer, Row

ROW = Row(work="a fold", ours=0.002, fastest=0.0018, limit=0.001, limit_name="NumPy", most=1.5)


def last(row: Row) -> str:
    return as_text([row]).splitlines()[-1]


def test_a_row_that_takes_too_long_is_called_missed() -> None:
    assert last(ROW) == "| a fold | 2 ms (1.8 ms) | 1 ms: NumPy | 2.00 | 1.5 (missed) | - |"


def test_a_size_has_its_unit_and_no_second_figure() -> None:
    page = Row(
        work="a page", ours=63, fastest=63, limit=400, limit_name="an aim", most=1, unit="KB"
    )
    assert last(page) == "| a page | 63 KB | 400 KB: an aim | 0.16 | 1 | - |"


def test_a_peer_is_a_multiple_of_our_time() -> None:
    quick = Peer(name="Lists", seconds=0.0009)
    slow = Peer(name="Fractions", seconds=9000, note="64 draws, scaled to all")
    assert last(replace(ROW, peers=(quick, slow))).split(" | ")[-1] == (
        "Lists: 0.9 ms, 0.45 times ours; "
        "Fractions: 2.5 h, 4,500,000 times ours (64 draws, scaled to all) |"
    )


def test_a_peer_that_was_not_timed_says_why() -> None:
    absent = Peer(name="Elsewhere", seconds=None, note="needs R")
    assert last(replace(ROW, peers=(absent,))).endswith("| Elsewhere: not timed (needs R) |")


def test_the_table_is_kept_between_its_marks_and_nothing_else_changes() -> None:
    page = PAGE.read_text(encoding="utf-8")
    once = kept_in(page, "| a table |", "A machine")
    assert kept_in(once, "| a table |", "A machine") == once
    assert "A machine.\n\n| a table |" in once
    assert once.partition("<!--")[0] == page.partition("<!--")[0]
    assert once.rpartition("-->")[2] == page.rpartition("-->")[2]


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks the marks"):
        kept_in("# A page", "| a table |", "A machine")
