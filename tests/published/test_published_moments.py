"""Means, spreads and tail means of distributions written in files, by integrating their quantiles.

Draws only come near to these figures; the quantile function that they are made with has them to
the last digits.
"""

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy import special, stats

from decide.evaluate import evaluate
from decide.model.distribution import Beta, Distribution, Percentiles
from decide.read.metalog import fit_metalog, is_feasible
from decide.uncertainty.correlation import correlated_groups
from decide.uncertainty.points import Floats
from decide.uncertainty.quantiles import quantile
from tests.published.workspaces import (
    evaluated_case,
    probabilities,
    read_text,
    text_of,
)

SCORES = np.linspace(-8, 8, 32_001)  # of the shares at which a quantile function is summed


def distribution_of(quantity: str) -> Distribution:
    definition = read_text(text_of("distributions")).quantities[quantity].number.definition
    assert isinstance(definition, Distribution)
    return definition


def mean_of(of: Distribution, g: Callable[[Floats], Floats] = np.asarray) -> float:
    """E g(X), by the trapezoidal rule over normal scores, whose ends are nothing."""
    values = g(np.asarray(quantile(of, special.ndtr(SCORES))))
    return float((values * stats.norm.pdf(SCORES)).sum() * (SCORES[1] - SCORES[0]))


def worst_mean_of(of: Distribution, share: float) -> float:
    """The mean below a quantile, by Gauss and Legendre's rule over normal scores."""
    nodes, weights = np.polynomial.legendre.leggauss(400)
    low, high = -9.0, float(special.ndtri(share))
    scores = low + (nodes + 1) / 2 * (high - low)
    values = np.asarray(quantile(of, special.ndtr(scores))) * stats.norm.pdf(scores)
    return float((values * weights).sum() * (high - low) / 2 / share)


@pytest.mark.parametrize(
    ("quantity", "mean", "variance"),
    [
        ("lognormal", 569.6081587990097, 569.6081587990097**2 * math.expm1(0.42862586188689583**2)),
        ("pert", 0.09, 0.0011),
        ("triplet", 21.137799033283546, 45.4635599684629),
        ("posterior", 0.6, 0.6 * 0.4 / 16),
    ],
)
def test_quantiles_have_the_mean_and_the_variance_of_the_closed_form(
    quantity: str, mean: float, variance: float
) -> None:
    of = distribution_of(quantity)
    assert mean_of(of) == pytest.approx(mean, rel=1e-10)
    assert mean_of(of, lambda x: (x - mean) ** 2) == pytest.approx(variance, rel=1e-9)


def test_two_successes_have_the_mean_of_the_square_of_the_posterior() -> None:
    assert mean_of(distribution_of("posterior"), np.square) == pytest.approx(0.375, abs=1e-10)


def test_a_posterior_has_its_interval_to_ten_digits() -> None:
    ends = quantile(distribution_of("posterior"), np.array([0.1, 0.9]))
    assert list(ends) == pytest.approx([0.43689230555991326, 0.7568430305802719], abs=1e-10)


@pytest.mark.parametrize(
    ("quantity", "at_risk", "worst"),
    [
        ("normal", 3.4205854921941086, 1.749148769970299),
        ("skewed", 1.0131738442591693, 0.8063535695333542),
    ],
)
def test_the_worst_twentieth_has_its_edge_and_its_mean(
    quantity: str, at_risk: float, worst: float
) -> None:
    of = distribution_of(quantity)
    (edge,) = quantile(of, np.array([0.05]))
    assert edge == pytest.approx(at_risk, abs=1e-9)
    assert worst_mean_of(of, 0.05) == pytest.approx(worst, abs=1e-9)
    drawn = evaluated_case("distributions").rollback.values[quantity]
    assert next(x for x, p in drawn.profile if p >= 0.05) == pytest.approx(at_risk, abs=0.03)


@pytest.mark.parametrize(
    ("written", "at_risk", "worst"),
    [
        ("normal: {mean: 10, sd: 4}", 3.4205854921941086, 1.749148769970299),
        ("lognormal: {mu: 1, sigma: 0.6}", 1.0131738442591693, 0.8063535695333542),
    ],
)
def test_the_shortfall_below_the_worst_twentieth_gives_its_mean(
    written: str, at_risk: float, worst: float
) -> None:
    """As the mean of q + min(0, x - q) / 5 %: Rockafellar and Uryasev 2000, theorem 1."""
    text = f"""\
decision: {{title: A tail}}
quantities: {{x: {{{written}, grade: judgement, reason: closed form}}}}
strategies: {{tail: {{pay: "{at_risk!r} + min(0, x - {at_risk!r}) / 0.05"}}}}
"""
    value = evaluate(read_text(text), draws=2**17).rollback.values["tail"]
    assert value.expected_value == pytest.approx(worst, abs=0.03)


def test_a_pert_has_its_mode() -> None:
    found = distribution_of("pert")
    assert isinstance(found, Beta)
    share = (found.alpha - 1) / (found.alpha + found.beta - 2)
    assert 0.02 + share * 0.18 == pytest.approx(0.08, abs=1e-12)


def test_the_symmetric_triplet_has_its_published_coefficients() -> None:
    curve = fit_metalog([0.1, 0.5, 0.9], [14, 20, 30])
    terms = [*curve.level, *curve.steepness]
    assert terms == pytest.approx([20, 3.64095690650735, 2.275598066567093], abs=1e-9)
    assert is_feasible(curve)


@pytest.mark.parametrize(
    ("edge", "inward"), [(0.16657735705375673, 1e-4), (0.8334226429462432, -1e-4)]
)
def test_a_metalog_is_taken_from_where_it_rises_everywhere(edge: float, inward: float) -> None:
    feasible = [
        is_feasible(fit_metalog([0.1, 0.5, 0.9], [0, edge + step, 1])) for step in (-inward, inward)
    ]
    assert feasible == [False, True]
    assert isinstance(percentiles(edge + inward), Percentiles)
    assert not isinstance(percentiles(edge - inward), Percentiles)


def percentiles(p50: float) -> object:
    triplet = "triplet: {p10: 14, p50: 20, p90: 30,"
    text = text_of("distributions").replace(triplet, f"triplet: {{p10: 0, p50: {p50!r}, p90: 1,", 1)
    return read_text(text).quantities["triplet"].number.definition


@pytest.mark.parametrize(
    ("pearson", "spearman", "kendall"),
    [
        (-0.9, -0.8914561316801003, -0.7128674137425876),
        (-0.5, -0.4825837395309974, -0.33333333333333337),
        (0.3, 0.28756421862262127, 0.1939733680413566),
        (0.7, 0.6829105038240887, 0.49363337778673),
        (0.95, 0.9453116676052492, 0.7978347517914802),
    ],
)
def test_a_rank_correlation_is_turned_into_that_of_normal_scores(
    pearson: float, spearman: float, kendall: float
) -> None:
    (group,) = correlated_groups(["x", "y"], {("x", "y"): spearman})
    found = float((group.factor @ group.factor.T)[0, 1])
    assert found == pytest.approx(pearson, abs=1e-9)
    assert 2 / math.pi * math.asin(found) == pytest.approx(kendall, abs=1e-9)


SEEN = """\
decision: {title: Seven of ten}
quantities:
  rate: {beta: {alpha: 2, beta: 3}, grade: judgement, reason: worth five trials}
strategies: {try: {then: ten}}
tree:
  ten: {chance: {seven: {p: 120 * rate^7 * (1 - rate)^3, then: next}, other: {p: rest}}}
  next: {chance: {success: {p: rate, then: last}, failure: {p: rest}}}
  last: {chance: {success: {p: rate, pay: 1}, failure: {p: rest}}}
"""


def test_seven_successes_in_ten_move_the_rate_two_thirds_of_the_way_to_theirs() -> None:
    found = probabilities(evaluate(read_text(SEEN), draws=2**18).rollback)
    posterior = found["try/seven/success"]
    assert posterior == pytest.approx(0.6, abs=1e-5)
    assert (posterior - 0.4) / (0.7 - 0.4) == pytest.approx(2 / 3, abs=1e-4)
    assert posterior * found["try/seven/success/success"] == pytest.approx(0.375, abs=1e-5)
