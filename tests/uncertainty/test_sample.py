"""Draws depend on the name alone; rank correlations are met; few states are gone through."""

import numpy as np
import pytest
from scipy import stats

from decide.model.distribution import Discrete, Distribution, Lognormal, Normal, Uniform
from decide.uncertainty.sample import draw, enumerate_states, number_of_states, uncertainty

COIN = Discrete(values=(0, 1), probabilities=(0.25, 0.75))
DIE = Discrete(values=(1, 2, 3), probabilities=(0.5, 0.3, 0.2))


def test_a_quantity_added_moves_no_others_draws() -> None:
    some: dict[str, Distribution] = {"a": Normal(mean=0, sd=1), "b": Uniform(min=0, max=1)}
    more: dict[str, Distribution] = {"c": COIN, **some}
    before = draw(uncertainty(some, {}, 1), scramble=0, start=0, count=1024)
    after = draw(uncertainty(more, {}, 1), scramble=0, start=0, count=1024)
    assert all((before[name] == after[name]).all() for name in some)


def test_a_correlation_moves_no_draws_outside_its_group() -> None:
    some: dict[str, Distribution] = {n: Normal(mean=0, sd=1) for n in "abc"}
    before = draw(uncertainty(some, {}, 1), scramble=0, start=0, count=1024)
    after = draw(uncertainty(some, {("a", "b"): 0.5}, 1), scramble=0, start=0, count=1024)
    assert (before["c"] == after["c"]).all()
    assert (before["b"] != after["b"]).any()


@pytest.mark.parametrize("rank", [-0.9, -0.3, 0.0, 0.28756421862262127, 0.6829105038240887])
def test_rank_correlations_are_met_whatever_the_margins(rank: float) -> None:
    margins: dict[str, Distribution] = {"x": Lognormal(mu=0, sigma=1), "y": Uniform(min=2, max=3)}
    drawn = draw(uncertainty(margins, {("x", "y"): rank}, 1), scramble=0, start=0, count=16_384)
    found = stats.spearmanr(drawn["x"], drawn["y"]).statistic
    assert found == pytest.approx(rank, abs=0.01)


def test_three_correlated_quantities_keep_all_their_ranks() -> None:
    margins: dict[str, Distribution] = {n: Normal(mean=0, sd=1) for n in "abc"}
    ranks = {("a", "b"): 0.6, ("b", "c"): -0.3, ("a", "c"): 0.2}
    drawn = draw(uncertainty(margins, ranks, 1), scramble=0, start=0, count=16_384)
    for (a, b), rank in ranks.items():
        assert stats.spearmanr(drawn[a], drawn[b]).statistic == pytest.approx(rank, abs=0.02)


@pytest.mark.parametrize("values", [(-30.0, 30.0), (30.0, -30.0)])
def test_states_are_correlated_by_their_values_in_whatever_order_they_are_written(
    values: tuple[float, ...],
) -> None:
    margins: dict[str, Distribution] = {
        "x": Discrete(values=values, probabilities=(0.5, 0.5)),
        "y": Normal(mean=0, sd=1),
    }
    drawn = draw(uncertainty(margins, {("x", "y"): 0.7}, 1), scramble=0, start=0, count=4096)
    assert np.corrcoef(np.array(values)[drawn["x"].astype(int)], drawn["y"])[0, 1] > 0.5


def test_states_are_gone_through_with_their_probabilities() -> None:
    drawn, weights = enumerate_states(uncertainty({"coin": COIN, "die": DIE}, {}, 1))
    assert list(zip(drawn["coin"], drawn["die"], strict=True)) == [
        (0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2),
    ]  # fmt: skip
    assert weights == pytest.approx([0.125, 0.075, 0.05, 0.375, 0.225, 0.15])


def test_what_is_continuous_correlated_or_too_much_is_not_gone_through() -> None:
    many: dict[str, Distribution] = {f"q{i}": COIN for i in range(17)}
    assert number_of_states(uncertainty({"coin": COIN, "die": DIE}, {}, 1)) == 6
    assert number_of_states(uncertainty({}, {}, 1)) == 1
    assert number_of_states(uncertainty({"coin": COIN, "u": Uniform(min=0, max=1)}, {}, 1)) is None
    assert number_of_states(uncertainty({"a": COIN, "b": DIE}, {("a", "b"): 0.2}, 1)) is None
    assert number_of_states(uncertainty(many, {}, 1)) is None
    assert np.isclose(enumerate_states(uncertainty({}, {}, 1))[1], 1).all()
