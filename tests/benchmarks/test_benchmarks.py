"""Our way and the limit's find the same, and the table is kept where it belongs."""

import pytest

from benchmarks import draws, four_plants, numeric_tree, one_way, tree
from benchmarks.table import PAGE, as_text, kept_in
from benchmarks.timing import Row

ROW = Row(work="a fold", ours=0.002, fastest=0.0018, limit=0.001, limit_name="NumPy", most=1.5)


def test_the_limit_of_the_numeric_tree_is_the_same_fold() -> None:
    numeric_tree.check()


def test_the_limit_of_the_one_way_sensitivity_finds_the_same_values() -> None:
    one_way.check()


def test_the_limit_of_the_plants_finds_what_we_do() -> None:
    four_plants.check(2**16)


@pytest.mark.slow
def test_the_limits_on_draws_find_what_we_do() -> None:
    draws.check(2**16)
    tree.check(2**16)


def test_a_row_that_takes_too_long_is_called_missed() -> None:
    assert as_text([ROW]).splitlines()[-1] == (
        "| a fold | 2 ms (1.8 ms) | 1 ms: NumPy | 2.00 | 1.5 (missed) |"
    )


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
