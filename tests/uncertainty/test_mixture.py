"""Mixtures and empirical distributions: their quantiles against the distribution functions."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from decide.model.distribution import (
    Beta,
    Component,
    Discrete,
    Empirical,
    Interpolated,
    Lognormal,
    Metalog,
    Mixture,
    Normal,
    Percentiles,
    Triangular,
    Uniform,
)
from decide.uncertainty.inverse import inverse
from decide.uncertainty.points import Floats
from decide.uncertainty.quantiles import quantile

SHARES = np.concatenate([[1e-9, 1e-6], np.linspace(0.0003, 0.9997, 20_001), [1 - 1e-6, 1 - 1e-9]])
COMPONENTS: list[Component] = [
    Normal(mean=2, sd=3),
    Normal(mean=2, sd=3, min=0, max=5),
    Lognormal(mu=1, sigma=1.5),
    Lognormal(mu=1, sigma=0.5, min=2),
    Triangular(min=1, mode=2, max=5),
    Beta(alpha=0.5, beta=0.5, min=-1, max=4),
    Beta(alpha=2, beta=30),
    Uniform(min=-1, max=1),
    Percentiles(p10=3, p50=10, p90=25),
    Percentiles(p10=3, p50=10, p90=25, min=0),
    Metalog(level=(10, 1, 2), steepness=(3, 0.5)),
    Interpolated(shares=(0.1, 0.5, 0.9), values=(1, 2, 40), min=0),
    Empirical(values=(1, 1, 1, 5, 7)),
    Empirical(values=(1, 2, 4, 4, 9), min=1.5, max=4),
]


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda d: repr(d)[:40])
def test_a_mixture_of_one_component_is_that_component(component: Component) -> None:
    mixture = Mixture(probabilities=(1.0,), components=(component,))
    around = [quantile(component, np.clip(SHARES + e, 1e-12, 1 - 1e-12)) for e in (-1e-5, 1e-5)]
    found, spread = quantile(mixture, SHARES), np.ptp(quantile(component, SHARES[2:-2]))
    assert (found >= around[0] - 1e-5 * spread).all()
    assert (found <= around[1] + 1e-5 * spread).all()
    middle = slice(1000, -1000)
    exact = quantile(component, SHARES)[middle]
    assert found[middle] == pytest.approx(exact, abs=1e-4 * spread)


def mixed(x: Floats, parts: list[tuple[float, Any]]) -> Floats:
    return np.asarray(sum(p * part.cdf(x) for p, part in parts))


@pytest.mark.parametrize("apart", [0, 3, 40, 4000])
@pytest.mark.parametrize("chance", [0.5, 0.2, 1e-3])
def test_the_share_below_a_quantile_of_a_mixture_is_the_share_asked_for(
    apart: float, chance: float
) -> None:
    mixture = Mixture(
        probabilities=(chance, 0.7 * (1 - chance), 0.3 * (1 - chance)),
        components=(
            Normal(mean=-apart, sd=1),
            Lognormal(mu=1, sigma=1),
            Beta(alpha=2, beta=5, min=apart, max=apart + 0.5),
        ),
    )
    parts = [
        (chance, stats.norm(-apart, 1)),
        (0.7 * (1 - chance), stats.lognorm(1, scale=np.e)),
        (0.3 * (1 - chance), stats.beta(2, 5, loc=apart, scale=0.5)),
    ]
    assert mixed(quantile(mixture, SHARES), parts) == pytest.approx(SHARES, abs=1e-5)


def test_a_mixture_with_an_atom_stays_at_it_for_its_share() -> None:
    atom = Discrete(values=(0.0,), probabilities=(1.0,))
    mixture = Mixture(probabilities=(0.25, 0.75), components=(atom, Normal(mean=0, sd=1)))
    left = 0.75 * 0.5
    found = quantile(mixture, np.array([left - 1e-4, left + 1e-4, left + 0.2499, left + 0.2501]))
    assert found[0] < 0 < found[3]
    assert found[1:3].tolist() == [0, 0]
    two = Discrete(values=(5.0, 3.0), probabilities=(0.4, 0.6))
    steps = quantile(Mixture(probabilities=(1.0,), components=(two,)), np.array([0.59, 0.61]))
    assert steps.tolist() == [3, 5]


@given(
    st.lists(st.sampled_from(COMPONENTS), min_size=1, max_size=4),
    st.lists(st.integers(1, 100), min_size=4, max_size=4),
)
def test_quantiles_of_a_mixture_rise_and_lie_among_those_of_its_components(
    components: list[Component], chances: list[int]
) -> None:
    total = sum(chances[: len(components)])
    mixture = Mixture(
        probabilities=tuple(c / total for c in chances[: len(components)]),
        components=tuple(components),
    )
    u = np.linspace(0.001, 0.999, 999)
    found = quantile(mixture, u)
    each = np.array([quantile(component, u) for component in components])
    assert (np.diff(found) >= 0).all()
    slack = 1e-4 * (1 + np.abs(found))
    assert (found >= each.min(axis=0) - slack).all()
    assert (found <= each.max(axis=0) + slack).all()


def test_the_bounds_of_a_mixture_truncate_it_as_a_whole() -> None:
    components = (Normal(mean=-3, sd=1), Normal(mean=3, sd=1))
    mixture = Mixture(probabilities=(0.5, 0.5), components=components, min=-1, max=4)
    parts = [(0.5, stats.norm(-3, 1)), (0.5, stats.norm(3, 1))]
    below, above = mixed(np.array([-1.0, 4.0]), parts)
    found = quantile(mixture, SHARES)
    assert found.min() >= -1
    assert found.max() <= 4
    shares = (mixed(found, parts) - below) / (above - below)
    assert shares == pytest.approx(SHARES, abs=2e-5)


def test_an_atom_at_a_bound_is_kept() -> None:
    atom = Discrete(values=(0.0,), probabilities=(1.0,))
    halves = (0.5, 0.5)
    mixture = Mixture(probabilities=halves, components=(atom, Normal(mean=0, sd=1)), min=0)
    found = quantile(mixture, np.array([0.3, 0.66, 0.67, 0.9]))
    assert found[:2].tolist() == [0, 0]
    assert found[2] > 0


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=40))
def test_an_empirical_distribution_has_its_values_mean_and_their_hazen_quantiles(
    values: list[int],
) -> None:
    d = Empirical(values=tuple(map(float, sorted(values))))
    u = (np.arange(4000 * len(values)) + 0.5) / (4000 * len(values))
    assert quantile(d, u).mean() == pytest.approx(np.mean(values), abs=1e-3)
    shares = np.array([0.01, 0.1, 0.25, 0.5, 0.77, 0.99])
    assert quantile(d, shares) == pytest.approx(np.quantile(values, shares, method="hazen"))


def test_the_bounds_of_an_empirical_distribution_truncate_it() -> None:
    d = Empirical(values=(1, 2, 4, 4, 9), min=1.5, max=4)
    # 1.5 is reached at a share of 0.2, and 4 up to 0.7
    assert quantile(d, np.array([1e-9, 0.2, 0.599, 0.61, 1.0])) == pytest.approx(
        [1.5, 2, 3.99, 4, 4], abs=0.02
    )


@pytest.mark.parametrize(("side", "at_two"), [("left", 0.25), ("right", 0.5)])
def test_an_inverse_has_either_end_of_a_flat_stretch(side: str, at_two: float) -> None:
    heights, positions = np.array([1.0, 2, 2, 4]), np.array([0.0, 0.25, 0.5, 1])
    x = np.array([0.0, 1, 1.5, 2, 3, 4, 5])
    found = inverse(x, heights, positions, side="left" if side == "left" else "right")
    assert found.tolist() == [0, 0, 0.125, at_two, 0.75, 1, 1]


def test_a_lognormal_cut_off_far_out_keeps_its_digits() -> None:
    x = quantile(Lognormal(mu=0, sigma=1, min=np.exp(9)), (np.arange(1000) + 0.5) / 1000)
    assert np.isfinite(x).all()
    assert np.log(x).mean() == pytest.approx(9.1085, abs=0.001)
