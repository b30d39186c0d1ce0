"""Each distribution meets its published quantiles, and the numbers that were asked of it."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from scipy.interpolate import PchipInterpolator
from scipy.special import betaincinv

from decide.model.distribution import (
    Beta,
    Discrete,
    Distribution,
    Interpolated,
    Lognormal,
    Metalog,
    Normal,
    Percentiles,
    Triangular,
    Uniform,
)
from decide.read.metalog import fit_metalog, is_feasible
from decide.uncertainty.beta import beta_quantile
from decide.uncertainty.quantiles import quantile

EVERY = [
    Percentiles(p10=3, p50=10, p90=25),
    Percentiles(p10=3, p50=10, p90=25, min=0),
    Percentiles(p10=3, p50=10, p90=25, max=40),
    Percentiles(p10=3, p50=10, p90=25, min=0, max=100),
    Metalog(level=(10, 1, 2), steepness=(3, 0.5)),
    Metalog(level=(1,), steepness=(0.3, 0.1), min=0),
    Interpolated(shares=(0.1, 0.5, 0.9), values=(1, 2, 40)),
    Interpolated(shares=(0.1, 0.5, 0.9), values=(1, 2, 40), min=0),
    Interpolated(shares=(0.1, 0.5, 0.9), values=(1, 2, 40), max=41),
    Interpolated(shares=(0.1, 0.5, 0.9), values=(1, 2, 40), min=0, max=41),
    Normal(mean=2, sd=3),
    Normal(mean=2, sd=3, min=0, max=5),
    Lognormal(mu=1, sigma=0.5),
    Lognormal(mu=1, sigma=0.5, max=4),
    Triangular(min=1, mode=2, max=5),
    Beta(alpha=2, beta=3, min=-1, max=4),
    Uniform(min=-1, max=1),
    Discrete(values=(3, 1, 2), probabilities=(0.5, 0.25, 0.25)),
]


def at(distribution: Distribution, *shares: float) -> list[float]:
    return [float(x) for x in quantile(distribution, np.array(shares))]


def test_metalog_has_the_published_quantiles_of_keelin_2016() -> None:
    found = at(Percentiles(p10=14, p50=20, p90=30), 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
    published = [8.393123110262515, 12.29458640466667, 16.625, 20, 24.625]
    published += [33.73573727863767, 41.85438981941562]
    assert found == pytest.approx(published, rel=1e-9)


def test_semibounded_metalog_is_the_log_metalog() -> None:
    found = at(Percentiles(p10=14, p50=20, p90=30, min=0), 0.01, 0.05, 0.25, 0.75, 0.95, 0.99)
    expected = [9.595427110667131, 12.451593276914501, 16.656836349089826]
    expected += [24.383111712252813, 34.576389991720596, 47.236758170480066]
    assert found == pytest.approx(expected, rel=1e-9)


def test_bounded_metalog_is_the_logit_metalog() -> None:
    d = Percentiles(p10=14, p50=20, p90=30, min=0, max=100)
    expected = [9.469720559926051, 12.433911572510445, 16.643529036295686]
    expected += [24.469507567380628, 34.19115626169, 44.196404877115484]
    assert at(d, 0.01, 0.05, 0.25, 0.75, 0.95, 0.99) == pytest.approx(expected, rel=1e-9)


def test_lognormal_from_its_p10_and_p90() -> None:
    d = Lognormal(mu=6.253088618990256, sigma=0.42862586188689583)
    assert at(d, 0.1, 0.5, 0.9, 0.99) == pytest.approx(
        [300, 519.6152422706634, 900, 1408.416751987892]
    )


def test_pert_is_a_beta_with_lambda_4() -> None:
    d = Beta(alpha=7 / 3, beta=11 / 3, min=0.02, max=0.2)
    expected = [0.04754498486176626, 0.08764625126074177, 0.13600220557170445]
    assert at(d, 0.1, 0.5, 0.9) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    "shares", [(0.1, 0.25, 0.5, 0.75, 0.9), (0.2, 0.4, 0.6, 0.8), (0.1, 0.3, 0.7, 0.9)]
)
def test_an_even_spread_is_a_metalog(shares: tuple[float, ...]) -> None:
    curve = fit_metalog(shares, [100 * u for u in shares])
    assert is_feasible(curve)
    assert [curve.at(u) for u in (0.001, 0.37, 0.999)] == pytest.approx([0.1, 37, 99.9])


def test_a_monotone_curve_has_the_slopes_of_scipys() -> None:
    shares, values = (0.1, 0.3, 0.5, 0.9), (1.0, 1.4, 5.0, 6.0)
    within = np.linspace(0.31, 0.49, 7)  # between inner percentiles, whose slopes are alike
    other = PchipInterpolator(np.array([stats.norm.ppf(u) for u in shares]), values)
    found = at(Interpolated(shares=shares, values=values), *within)
    assert found == pytest.approx(other(stats.norm.ppf(within)))


@given(
    alpha=st.floats(0.02, 2_000),
    beta=st.floats(0.02, 2_000),
    shares=st.lists(st.floats(2**-33, 1 - 2**-33), min_size=1, max_size=50),
)
def test_a_beta_is_inverted_as_well_as_scipy_inverts_it(
    alpha: float, beta: float, shares: list[float]
) -> None:
    u = np.array([*shares, *np.linspace(0, 1, 257)])
    exact = betaincinv(alpha, beta, u)
    rounding = 4 * np.finfo(float).eps
    bound = 1e-11 * np.minimum(exact, 1 - exact) + rounding
    assert (np.abs(beta_quantile(alpha, beta, u) - exact) <= bound).all()


def test_truncated_normal_is_scipys() -> None:
    d = Normal(mean=1, sd=2, min=0, max=4)
    other = stats.truncnorm((0 - 1) / 2, (4 - 1) / 2, loc=1, scale=2)
    shares = [0.001, 0.2, 0.5, 0.9, 0.999]
    assert at(d, *shares) == pytest.approx(other.ppf(shares), rel=1e-9)


def test_triangular_is_scipys() -> None:
    other = stats.triang(0.25, loc=1, scale=4)
    shares = [0.01, 0.25, 0.5, 0.99]
    assert at(Triangular(min=1, mode=2, max=5), *shares) == pytest.approx(other.ppf(shares))


def test_discrete_quantile_is_the_number_of_the_state_by_rising_value() -> None:
    d = Discrete(values=(5, 3, 9), probabilities=(0.2, 0.5, 0.3))
    assert at(d, 0.1, 0.49, 0.51, 0.69, 0.71, 0.999) == [1, 1, 0, 0, 2, 2]


@pytest.mark.parametrize("distribution", EVERY, ids=lambda d: repr(d)[:40])
def test_quantiles_rise_and_are_finite(distribution: Distribution) -> None:
    shares = (np.arange(4096) + 0.5) / 4096
    x = quantile(distribution, np.concatenate([[2.0**-33], shares, [1 - 2.0**-33]]))
    if isinstance(distribution, Discrete):
        x = np.array(distribution.values)[x.astype(int)]
    assert np.isfinite(x).all()
    assert (np.diff(x) >= 0).all()


@given(st.floats(-50, 50), st.floats(0.1, 20), st.floats(0.1, 20), st.floats(1, 50))
def test_percentiles_go_through_what_was_stated(
    p50: float, below: float, above: float, room: float
) -> None:
    p10, p90 = p50 - below, p50 + above
    assume(0.2 < below / (below + above) < 0.8)
    stated = pytest.approx([p10, p50, p90], rel=1e-7, abs=1e-7)
    for low, high in ((None, None), (p10 - room, None), (None, p90 + room)):
        assert (
            at(Percentiles(p10=p10, p50=p50, p90=p90, min=low, max=high), 0.1, 0.5, 0.9) == stated
        )


def test_bounds_hold_in_the_far_tails() -> None:
    d = Percentiles(p10=1, p50=2, p90=4, min=0, max=10)
    low, high = at(d, 2.0**-33, 1 - 2.0**-33)
    assert 0 <= low < 0.01
    assert 9.9 < high <= 10


def test_a_normal_cut_off_far_out_keeps_its_digits() -> None:
    x = quantile(Normal(mean=0, sd=1, min=9), (np.arange(1000) + 0.5) / 1000)
    assert np.isfinite(x).all()
    assert x.min() >= 9
    assert x.mean() == pytest.approx(9.1085, abs=0.001)


SHARES = st.sets(st.integers(1, 99), min_size=3, max_size=10)


@given(SHARES, st.data())
def test_a_curve_through_percentiles_goes_through_each_and_never_falls(
    percents: set[int], data: st.DataObject
) -> None:
    shares = tuple(n / 100 for n in sorted(percents))
    steps = data.draw(st.lists(st.floats(0.01, 100), min_size=len(shares), max_size=len(shares)))
    values = tuple(np.cumsum(steps).tolist())
    fine = np.linspace(0.0005, 0.9995, 1999)
    for low, high in ((None, None), (0.0, None), (None, values[-1] + 1), (0.0, values[-1] + 1)):
        curve = Interpolated(shares=shares, values=values, min=low, max=high)
        assert at(curve, *shares) == pytest.approx(values, rel=1e-9)
        x = quantile(curve, fine)  # infinite, where a steep tail has no bound
        assert (x[1:] >= x[:-1]).all()


@given(SHARES, st.data())
def test_a_metalog_goes_through_each_percentile_and_rises_where_it_is_called_feasible(
    percents: set[int], data: st.DataObject
) -> None:
    shares = tuple(n / 100 for n in sorted(percents))
    z = np.array(stats.norm.ppf(shares))
    bend = data.draw(st.floats(-0.2, 0.2))
    values = (z + bend * z**2).tolist()
    curve = fit_metalog(shares, values)
    found = Metalog(level=curve.level, steepness=curve.steepness)
    assert at(found, *shares) == pytest.approx(values, rel=1e-6, abs=1e-6)
    logits = np.linspace(-24, 24, 4999)
    rises = (np.diff(quantile(found, 1 / (1 + np.exp(-logits)))) > -1e-9).all()
    assert rises or not is_feasible(curve)
