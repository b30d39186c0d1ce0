"""Points are stratified, keyed by name, and the same however they are asked for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.uncertainty.points import points


@given(st.text(max_size=12), st.integers(0, 50), st.integers(0, 9), st.integers(0, 12))
def test_every_run_of_2_to_the_m_points_has_one_in_each_of_2_to_the_m_strata(
    name: str, seed: int, scramble: int, m: int
) -> None:
    count = 2**m
    run = points(name, seed=seed, scramble=scramble, start=3 * count, count=count)
    assert sorted((run * count).astype(int)) == list(range(count))


def test_points_do_not_depend_on_how_many_are_asked_for_at_once() -> None:
    whole = points("demand", seed=1, scramble=2, start=0, count=4096)
    parts = [points("demand", seed=1, scramble=2, start=s, count=512) for s in range(0, 4096, 512)]
    assert (np.concatenate(parts) == whole).all()


def test_no_point_is_0_or_1() -> None:
    run = points("x", seed=1, scramble=0, start=0, count=65_536)
    assert run.min() > 0
    assert run.max() < 1


@pytest.mark.parametrize("change", [{"seed": 2}, {"scramble": 1}])
def test_another_seed_or_scramble_gives_other_points(change: dict[str, int]) -> None:
    keys = {"seed": 1, "scramble": 0}
    a = points("x", **keys, start=0, count=1024)
    b = points("x", **(keys | change), start=0, count=1024)
    assert (a != b).mean() > 0.99


def test_names_are_nearly_uncorrelated_on_average() -> None:
    runs = np.array([points(f"q{i}", seed=1, scramble=0, start=0, count=4096) for i in range(60)])
    between = np.corrcoef(runs)[np.triu_indices(60, 1)]
    assert np.sqrt((between**2).mean()) < 1.5 / 64  # what independent draws would give is 1/64
    assert np.median(np.abs(between)) < 0.2 / 64


def test_products_of_two_names_are_integrated_better_than_by_independent_draws() -> None:
    errors = []
    for seed in range(100):
        x = points("x", seed=seed, scramble=0, start=0, count=4096)
        y = points("y", seed=seed, scramble=0, start=0, count=4096)
        errors.append(abs((x * y).mean() - 0.25))
    independent = np.sqrt(1 / 9 - 1 / 16) / 64
    assert np.median(errors) < independent / 10
