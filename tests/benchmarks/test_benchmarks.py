"""Our way and the limit's find the same."""

import pytest

from benchmarks import draws, four_plants, numeric_tree, one_way, tree


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
