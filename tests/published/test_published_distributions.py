"""Distributions written in files: closed forms, and what draws of them come to."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from scipy import stats

from decide.evaluate import evaluate
from decide.model.distribution import (
    Beta,
    Distribution,
    Interpolated,
    Lognormal,
    Metalog,
    Percentiles,
)
from decide.read.metalog import fit_metalog, is_feasible
from decide.uncertainty.quantiles import quantile
from tests.published.workspaces import (
    atoms,
    evaluated,
    evaluated_case,
    read_files,
    read_text,
    tail_mean,
    text_of,
)

TRIPLET = "{p10: 14, p50: 20, p90: 30, grade: judgement, reason: closed form}"
PROBABILITIES = (0.01, 0.05, 0.25, 0.75, 0.95, 0.99)


def distribution_of(quantity: str) -> Distribution:
    definition = read_text(text_of("distributions")).quantities[quantity].number.definition
    assert isinstance(definition, Distribution)
    return definition


def quantiles(of: Distribution, shares: Sequence[float]) -> list[float]:
    return [float(x) for x in quantile(of, np.array(shares))]


def with_percentiles(written: str) -> str:
    text = f"{{{written}, grade: judgement, reason: closed form}}"
    return text_of("distributions").replace(TRIPLET, text)


def definition_of(written: str) -> Distribution:
    definition = read_text(with_percentiles(written)).quantities["triplet"].number.definition
    assert isinstance(definition, (Percentiles, Metalog, Interpolated))
    return definition


def test_a_lognormal_goes_through_its_two_percentiles() -> None:
    found = distribution_of("lognormal")
    assert isinstance(found, Lognormal)
    assert found.mu == pytest.approx(6.253088618990256, rel=1e-12)
    assert found.sigma == pytest.approx(0.42862586188689583, rel=1e-12)
    expected = [300, 519.6152422706634, 900, 1408.416751987892]
    assert quantiles(found, [0.1, 0.5, 0.9, 0.99]) == pytest.approx(expected, rel=1e-12)


def test_a_pert_is_the_beta_with_lambda_4() -> None:
    found = distribution_of("pert")
    assert isinstance(found, Beta)
    assert found.alpha == pytest.approx(2.333333333333333, rel=1e-12)
    assert found.beta == pytest.approx(3.666666666666667, rel=1e-12)
    expected = [0.04754498486176626, 0.08764625126074177, 0.13600220557170445]
    assert quantiles(found, [0.1, 0.5, 0.9]) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (
            "triplet",
            [
                8.393123110262515,
                12.29458640466667,
                16.625,
                24.625,
                33.73573727863767,
                41.85438981941562,
            ],
        ),
        (
            "triplet_above_0",
            [
                9.595427110667131,
                12.451593276914501,
                16.656836349089826,
                24.383111712252813,
                34.576389991720596,
                47.236758170480066,
            ],
        ),
        (
            "triplet_to_100",
            [
                9.469720559926051,
                12.433911572510445,
                16.643529036295686,
                24.469507567380628,
                34.19115626169,
                44.196404877115484,
            ],
        ),
    ],
)
def test_three_percentiles_have_the_quantiles_of_the_metalog(
    quantity: str, expected: Sequence[float]
) -> None:
    found = distribution_of(quantity)
    assert isinstance(found, Percentiles)
    assert quantiles(found, PROBABILITIES) == pytest.approx(expected, rel=1e-12)
    assert quantiles(found, [0.1, 0.5, 0.9]) == pytest.approx([14, 20, 30], rel=1e-12)


@pytest.mark.parametrize(
    ("strategy", "mean", "variance"),
    [
        ("lognormal", 569.6081587990097, 569.6081587990097**2 * math.expm1(0.42862586188689583**2)),
        ("pert", 0.09, 0.0011),
        ("triplet", 21.137799033283546, 45.4635599684629),
        ("normal", 10, 16),
        ("skewed", math.exp(1.18), math.exp(2.36) * math.expm1(0.36)),
    ],
)
def test_draws_have_the_mean_and_the_spread_of_their_distribution(
    strategy: str, mean: float, variance: float
) -> None:
    value = evaluated_case("distributions").rollback.values[strategy]
    sd = math.sqrt(variance)
    assert value.expected_value == pytest.approx(mean, abs=0.002 * sd)
    assert value.sd == pytest.approx(sd, rel=0.01)


@pytest.mark.parametrize(
    ("strategy", "p10", "p50", "p90"),
    [
        ("lognormal", 300, 519.6152422706634, 900),
        ("pert", 0.04754498486176626, 0.08764625126074177, 0.13600220557170445),
        ("triplet", 14, 20, 30),
    ],
)
def test_draws_have_the_percentiles_that_were_written(
    strategy: str, p10: float, p50: float, p90: float
) -> None:
    found = evaluated_case("distributions")
    value, drawn = found.rollback.values[strategy], found.inputs.summaries[strategy]
    assert (value.p10, value.p50, value.p90) == pytest.approx((p10, p50, p90), rel=0.005)
    assert (drawn.p10, drawn.p50, drawn.p90) == pytest.approx((p10, p50, p90), rel=0.005)


REGIMES = """\
decision: {title: Regimes}
quantities:
  mixed:
    mixture:
      crash: {p: 20 %, normal: {mean: -50, sd: 5}}
      flat: {p: 30 %, value: 0}
      boom: {p: rest, normal: {mean: 30, sd: 10}}
    grade: judgement
    reason: closed form
  seen: {empirical: [3, 1, 4, 1, 5, 9, 2, 6], grade: judgement, reason: closed form}
correlations:
  - {between: [mixed, seen], rank: 0.6829105038240887, grade: judgement, reason: closed form}
strategies: {mixed: {pay: mixed}, seen: {pay: seen}}
tree: {}
"""


def test_draws_of_a_mixture_have_its_mean_its_spread_and_its_atom() -> None:
    value = evaluated(REGIMES).rollback.values["mixed"]
    variance = 0.2 * (50**2 + 5**2) + 0.5 * (30**2 + 10**2) - 5**2
    assert value.expected_value == pytest.approx(5, abs=0.02)
    assert value.sd == pytest.approx(math.sqrt(variance), rel=0.002)
    assert value.probability_of_loss == pytest.approx(0.2 + 0.5 * stats.norm.cdf(-3), abs=5e-4)
    assert value.p10 == pytest.approx(-50, abs=0.1)


def test_draws_of_what_was_seen_have_the_mean_of_the_values() -> None:
    value = evaluated(REGIMES).rollback.values["seen"]
    assert value.expected_value == pytest.approx(31 / 8, abs=0.005)
    assert value.p50 == pytest.approx(3.5, abs=0.05)


def test_a_mixture_and_a_list_are_shown_in_words() -> None:
    quantities = read_text(REGIMES).quantities
    assert quantities["mixed"].number.text == (
        "mixture: crash (p 20 %, normal: mean -50, sd 5), flat (p 30 %, 0), "
        "boom (p rest, normal: mean 30, sd 10)"
    )
    assert quantities["seen"].number.text == "empirical: 3, 1, 4, 1, 5, 9, 2, 6"
    longer = read_text(REGIMES.replace("[3, 1,", "[3, 7, 7, 1,")).quantities["seen"]
    assert longer.number.text == "empirical: 3, 7, 7, 1, 4, 1, 5, 9, … (10 values)"


def test_a_posterior_has_its_80_percent_interval() -> None:
    drawn = evaluated_case("distributions").inputs.summaries["posterior"]
    assert drawn.mean == pytest.approx(0.6, abs=1e-4)
    interval = (0.43689230555991326, 0.7568430305802719)
    assert (drawn.p10, drawn.p90) == pytest.approx(interval, abs=1e-3)
    ends = quantiles(distribution_of("posterior"), [0.1, 0.9])
    assert ends == pytest.approx(interval, rel=1e-9)


@pytest.mark.parametrize(
    ("percentiles", "shown"),
    [
        ("p10: 0, p50: 50, p90: 51", "98 %"),
        ("p10: 0, p50: 16.65, p90: 100", "17 %"),
        ("p10: 0, p50: 83.35, p90: 100", "83 %"),
        ("p5: 0, p50: 12.4, p95: 100", "12 %"),
        ("p10: 0, p20: 50, p30: 51", "p10, p20 and p30"),
        ("p5: 0, p25: 1, p50: 2, p75: 40, p95: 41", "p5, p25, p50, p75 and p95"),
    ],
)
def test_percentiles_that_no_metalog_goes_through_are_interpolated_and_it_is_said(
    percentiles: str, shown: str
) -> None:
    model = read_text(with_percentiles(percentiles))
    found = model.quantities["triplet"].number.definition
    assert isinstance(found, Interpolated)
    assert quantiles(found, found.shares) == pytest.approx(found.values, rel=1e-12, abs=1e-12)
    fine = quantiles(found, np.linspace(0.0001, 0.9999, 9_999).tolist())
    assert (np.diff(fine) > 0).all()
    (warning,) = (w for w in model.warnings if "metalog" in w.message)
    assert warning.excerpt.strip().startswith("triplet")
    assert shown in warning.message
    assert "monotone curve through every one of them" in warning.advice


def test_the_infeasible_metalog_has_its_published_coefficients() -> None:
    curve = fit_metalog([0.1, 0.2, 0.3], [0, 50, 51])
    terms = [*curve.level, *curve.steepness]
    published = [-61.99629335080196, -238.50580686024838, -525.7251945089153]
    assert terms == pytest.approx(published, rel=1e-9)
    assert not is_feasible(curve)


@pytest.mark.parametrize(
    ("bounds", "low", "high"),
    [
        ("", None, None),
        (", min: 0", 0, None),
        (", max: 60", None, 60),
        (", min: 0, max: 60", 0, 60),
    ],
)
def test_p5_p50_p95_are_the_triplet_of_the_same_metalog(
    bounds: str, low: float | None, high: float | None
) -> None:
    tenths = Percentiles(p10=14, p50=20, p90=30, min=low, max=high)
    p5, p95 = quantiles(tenths, [0.05, 0.95])
    definition = definition_of(f"p5: {p5!r}, p50: 20, p95: {p95!r}{bounds}")
    assert isinstance(definition, Metalog)
    assert (definition.min, definition.max) == (low, high)
    assert quantiles(definition, PROBABILITIES) == pytest.approx(
        quantiles(tenths, PROBABILITIES), rel=1e-9
    )


def test_five_percentiles_of_a_normal_give_nearly_that_normal() -> None:
    shares = [0.05, 0.25, 0.5, 0.75, 0.95]
    values = stats.norm(10, 4).ppf(shares)
    pairs = zip(shares, values.tolist(), strict=True)
    definition = definition_of(", ".join(f"p{100 * p:.0f}: {x!r}" for p, x in pairs))
    assert isinstance(definition, Metalog)
    assert quantiles(definition, shares) == pytest.approx(values, rel=1e-12)
    assert quantiles(definition, PROBABILITIES) == pytest.approx(
        stats.norm(10, 4).ppf(PROBABILITIES), abs=0.4
    )


@pytest.mark.parametrize("p50", [16.67, 83.33])
def test_percentiles_that_a_metalog_just_goes_through_are_taken(p50: float) -> None:
    definition = definition_of(f"p10: 0, p50: {p50}, p90: 100")
    assert definition == Percentiles(p10=0, p50=p50, p90=100)
    fine = quantiles(definition, np.linspace(0.0001, 0.9999, 9_999).tolist())
    assert fine == sorted(fine)


@pytest.mark.parametrize(
    ("strategy", "worst_tenth"),
    [
        ("normal", 10 - 4 * stats.norm.pdf(stats.norm.ppf(0.1)) / 0.1),
        ("skewed", math.exp(1.18) * stats.norm.cdf(stats.norm.ppf(0.1) - 0.6) / 0.1),
    ],
)
def test_the_worst_tenth_of_draws_has_the_mean_of_the_closed_form(
    strategy: str, worst_tenth: float
) -> None:
    value = evaluated_case("distributions").rollback.values[strategy]
    assert value.worst_tenth_mean == pytest.approx(worst_tenth, abs=0.03)


def test_the_worst_tenth_of_ten_equal_atoms_is_the_worst_of_them() -> None:
    value = evaluated_case("ten_equal_atoms").rollback.values["take"]
    assert value.worst_tenth_mean == pytest.approx(-10, rel=1e-12)
    assert tail_mean(value, 0.25) == pytest.approx(-6, rel=1e-12)
    assert value.probability_of_loss == pytest.approx(0.2, rel=1e-12)


def test_a_profile_that_lies_above_at_every_level_dominates() -> None:
    values = evaluated_case("ordered_prospects").rollback.values

    def at_most(strategy: str, total: float) -> float:
        return sum(p for x, p in atoms(values[strategy]).items() if x <= total)

    totals = [x / 10 for x in range(-10, 61)]
    assert all(at_most("a", x) <= at_most("b", x) + 1e-12 for x in totals)
    assert any(at_most("c", x) > at_most("d", x) + 1e-12 for x in totals)
    assert any(at_most("d", x) > at_most("c", x) + 1e-12 for x in totals)


@pytest.mark.parametrize("risk_tolerance", [0.5, 2.0, 20.0])
def test_of_two_prospects_with_one_mean_the_risk_averse_take_the_steadier(
    risk_tolerance: float,
) -> None:
    found = evaluated_case("ordered_prospects", risk_tolerance).rollback.values
    assert found["c"].expected_value == pytest.approx(found["d"].expected_value, rel=1e-12)
    assert found["c"].certainty_equivalent > found["d"].certainty_equivalent


@pytest.mark.parametrize(
    ("pearson", "spearman", "kendall"),
    [
        (-0.9, -0.8914561316801003, -0.7128674137425876),
        (-0.5, -0.4825837395309974, -0.33333333333333337),
        (0, 0.0, 0.0),
        (0.3, 0.28756421862262127, 0.1939733680413566),
        (0.7, 0.6829105038240887, 0.49363337778673),
        (0.95, 0.9453116676052492, 0.7978347517914802),
    ],
)
def test_a_rank_correlation_of_the_file_is_that_of_the_draws(
    pearson: float, spearman: float, kendall: float
) -> None:
    values = evaluated(text_of("copula").replace("RANK", f"{spearman!r}")).rollback.values
    assert values["normals"].sd ** 2 / 2 - 1 == pytest.approx(pearson, abs=0.01)
    assert 6 * values["evens"].sd ** 2 - 1 == pytest.approx(spearman, abs=0.01)
    assert 4 * values["both_up"].expected_value - 1 == pytest.approx(kendall, abs=0.01)


def precedents(outcomes: Mapping[str, int]) -> str:
    rows = [
        f"{outcome}_{n},Case {outcome} {n},programme,A firm,system,2015,{outcome},1,as seen,"
        "judgement,made up for a test"
        for outcome, count in outcomes.items()
        for n in range(count)
    ]
    header = "precedent,label,kind,buyer,buyer_kind,year,outcome,relevance,why,grade,reason"
    return "\n".join([header, *rows, ""])


def test_a_class_has_the_jeffreys_interval_of_its_successes() -> None:
    outcomes = {"success": 7, "failure": 2, "abandoned": 1, "too_early": 1, "not_known": 1}
    files = {"case.yaml": text_of("class_rate"), "precedents.csv": precedents(outcomes)}
    found = evaluate(read_files(files))
    rate = found.references.rates["alike"]
    posterior = stats.beta(7.5, 3.5)
    assert (rate.successes, rate.trials, rate.undecided) == (7, 10, 2)
    assert rate.rate == pytest.approx(0.7, rel=1e-12)
    assert (rate.low, rate.high) == pytest.approx(posterior.interval(0.9), rel=1e-9)
    value = found.rollback.values["start"]
    assert value.expected_value == pytest.approx(7.5 / 11, abs=1e-4)
    assert found.inputs.summaries["alike"].p10 == pytest.approx(posterior.ppf(0.1), abs=1e-3)


@pytest.mark.parametrize(
    ("successes", "trials"), [(3, 10), (7, 12), (1, 9), (5, 8), (10, 30), (2, 3), (0, 4), (4, 4)]
)
def test_classes_of_every_size_have_their_jeffreys_interval(successes: int, trials: int) -> None:
    outcomes = {"success": successes, "failure": trials - successes}
    files = {"case.yaml": text_of("class_rate"), "precedents.csv": precedents(outcomes)}
    rate = evaluate(read_files(files), draws=1_024).references.rates["alike"]
    interval = stats.beta(successes + 0.5, trials - successes + 0.5).interval(0.9)
    assert (rate.low, rate.high) == pytest.approx(interval, rel=1e-9)


def test_the_classes_taken_together_have_the_pooled_rate() -> None:
    """28 successes in 72 trials of six classes."""
    outcomes = {"success": 28, "failure": 44}
    files = {"case.yaml": text_of("class_rate"), "precedents.csv": precedents(outcomes)}
    rate = evaluate(read_files(files), draws=1_024).references.rates["alike"]
    assert rate.rate == pytest.approx(0.3888888888888889, rel=1e-12)
