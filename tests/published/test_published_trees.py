"""Textbook trees: value, policy, risk profile and certainty equivalent, read from files.

The certainty equivalents come from going through all policies with exact fractions and
-R ln sum p exp(-x / R), a computation that shares nothing with the program.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from tests.published.workspaces import (
    atoms,
    certainty_equivalents,
    distinct,
    evaluated,
    evaluated_case,
    expected_values,
    policy,
    tail_mean,
    text_of,
    values_of_all_policies,
)

PARTY_TOLERANCE = 72.13475204444818  # 50 / ln 2


@dataclass(frozen=True, kw_only=True)
class Averse:
    """What a risk-averse owner gets and does."""

    risk_tolerance: float
    equivalents: Mapping[str, float]
    policy: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What is known about a tree."""

    case: str
    values: Mapping[str, float]
    policy: Mapping[str, str]
    profile: Mapping[float, float]  # of the best strategy
    sd: float
    worst_tenth: float
    worst_fifth: float
    best_policies: tuple[float, ...]  # expected values of up to eight policies, best first
    policies: int
    averse: tuple[Averse, ...] = ()


OIL_AT_100 = Averse(
    risk_tolerance=100,
    equivalents={"test": -2.614775845199688, "no_test": 0},
    policy={
        "test/no_structure": "no_drill",
        "test/open": "no_drill",
        "test/closed": "drill",
        "no_test": "no_drill",
    },
)
OIL_POLICY = {
    "test/no_structure": "no_drill",
    "test/open": "drill",
    "test/closed": "drill",
    "no_test": "drill",
}
OIL = Figures(
    case="oil_wildcatter_plain",
    values={"test": 22.5, "no_test": 20},
    policy=OIL_POLICY,
    profile={-80: 0.2, -10: 0.41, 40: 0.21, 190: 0.18},
    sd=87.45713235637217,
    worst_tenth=-80,
    worst_fifth=-80,
    best_policies=(22.5, 20, 11, 10, 1.5, 0, -1.5, -10),
    policies=10,
    averse=(
        Averse(
            risk_tolerance=500,
            equivalents={"test": 15.263517259078895, "no_test": 9.768742860926892},
            policy=OIL_POLICY,
        ),
        OIL_AT_100,
    ),
)
PARTY = Figures(
    case="party_problem",
    values={"outdoors": 40, "porch": 48, "indoors": 46},
    policy={},
    profile={20: 0.6, 90: 0.4},
    sd=34.292856398964496,
    worst_tenth=20,
    worst_fifth=20,
    best_policies=(48, 46, 40),
    policies=3,
)
CAR = Figures(
    case="used_car_buyer",
    values={"no_test": 28, "test": 31},
    policy={"no_test": "buy", "test/lemon": "guarantee", "test/peach": "buy"},
    profile={15: 0.2, 35: 0.8},
    sd=8,
    worst_tenth=15,
    worst_fifth=15,
    best_policies=(31, 28, 24, 23, 3, 0, -1, -9),
    policies=12,
    averse=(
        Averse(
            risk_tolerance=20,
            equivalents={"no_test": 22.703205496736192, "test": 29.092109417593047},
            policy={"no_test": "guarantee", "test/lemon": "guarantee", "test/peach": "buy"},
        ),
    ),
)
SHALE = Figures(
    case="shale_gas",
    values={"sell": 800, "dig": 1450, "test": 1477},
    policy={"test/positive": "dig", "test/negative": "sell"},
    profile={-350: 0.09, 550: 0.28, 2150: 0.63},
    sd=909.0495036025266,
    worst_tenth=-260,
    worst_fifth=145,
    best_policies=(1477, 1450, 1400, 838, 800, 761),
    policies=6,
    averse=(
        Averse(
            risk_tolerance=200,
            equivalents={"sell": 800, "dig": -59.207178232065246, "test": 744.8679887435338},
            policy={"test/positive": "sell", "test/negative": "sell"},
        ),
        Averse(
            risk_tolerance=1000,
            equivalents={"sell": 800, "dig": 728.733212673555, "test": 1014.3252436908494},
            policy={"test/positive": "dig", "test/negative": "sell"},
        ),
    ),
)
SEPARABLE = Figures(
    case="kaminski_separable",
    values={"c1": 48, "c2": 44, "c3": 44},
    policy={},
    profile={30: 0.4, 60: 0.6},
    sd=14.696938456699069,
    worst_tenth=30,
    worst_fifth=30,
    best_policies=(48, 44),
    policies=3,
    averse=(
        Averse(
            risk_tolerance=20,
            equivalents={"c1": 42.55175501120459, "c2": 26.97712063864293, "c3": 42.70320549673619},
            policy={},
        ),
    ),
)
ROCKEFELLER = Figures(
    case="silverdecisions_rockefeller",
    values={"sell": 750, "install": 1000, "test": 1075},
    policy={"test/plus": "install", "test/minus": "sell"},
    profile={-350: 0.15, 400: 0.4, 2150: 0.45},
    sd=1003.4316120194738,
    worst_tenth=-350,
    worst_fifth=-162.5,
    best_policies=(1075, 1000, 900, 750, 700, 525),
    policies=6,
    averse=(
        Averse(
            risk_tolerance=500,
            equivalents={"sell": 750, "install": 93.21591603541367, "test": 638.4314181942073},
            policy={"test/plus": "sell", "test/minus": "sell"},
        ),
    ),
)
CONDOMINIUM = Figures(
    case="pdc_condominium",
    values={"research": 15.82, "no_research": 14.2},
    policy={
        "research/favourable": "large",
        "research/unfavourable": "medium",
        "no_research": "large",
    },
    profile={-9: 0.05, 5: 0.15, 14: 0.08, 20: 0.72},
    sd=7.823528615656748,
    worst_tenth=-2,
    worst_fifth=1.5,
    best_policies=(15.82, 15.64, 14.2, 12.2, 12.02, 10.58, 7.98, 7.8),
    policies=12,
    averse=(
        Averse(
            risk_tolerance=5,
            equivalents={"research": 10.800287797207488, "no_research": 10.509501783560676},
            policy={
                "research/favourable": "medium",
                "research/unfavourable": "small",
                "no_research": "medium",
            },
        ),
    ),
)
WINERY = Figures(
    case="freemark_abbey",
    values={"now": 34200, "wait": 39240},
    policy={"wait/storm/none": "bottle"},
    profile={24000: 0.3, 30000: 0.1, 36000: 0.2, 42000: 0.2, 67200: 0.2},
    sd=15433.418286303264,
    worst_tenth=24000,
    worst_fifth=24000,
    best_policies=(39240, 35640, 34200),
    policies=3,
    averse=(
        Averse(
            risk_tolerance=5000,
            equivalents={"now": 34200, "wait": 29195.638517965042},
            policy={"wait/storm/none": "bottle"},
        ),
        Averse(
            risk_tolerance=20000,
            equivalents={"now": 34200, "wait": 34612.97944048484},
            policy={"wait/storm/none": "bottle"},
        ),
    ),
)
UMBRELLA = Figures(
    case="umbrella",
    values={"go_out": 77},
    policy={"go_out/sunny": "leave", "go_out/cloudy": "leave", "go_out/rainy": "take"},
    profile={0: 0.12, 20: 0.07, 70: 0.18, 100: 0.63},
    sd=35.79106033634656,
    worst_tenth=0,
    worst_fifth=10.5,
    best_policies=(77, 71.05, 70, 64.05, 40.95, 35, 33.95, 28),
    policies=8,
    averse=(
        Averse(
            risk_tolerance=30,
            equivalents={"go_out": 49.03871748200723},
            policy={"go_out/sunny": "leave", "go_out/cloudy": "take", "go_out/rainy": "take"},
        ),
    ),
)
ALL = (OIL, PARTY, CAR, SHALE, SEPARABLE, ROCKEFELLER, CONDOMINIUM, WINERY, UMBRELLA)
RISK_NEUTRAL = tuple(figures for figures in ALL if figures is not PARTY)

each_tree = pytest.mark.parametrize("tree", ALL, ids=lambda tree: tree.case)
each_averse = pytest.mark.parametrize(
    ("tree", "averse"),
    [(tree, averse) for tree in ALL for averse in tree.averse],
    ids=lambda x: x.case if isinstance(x, Figures) else f"{x.risk_tolerance:g}",
)


def best_of(tree: Figures) -> str:
    return max(tree.values, key=lambda strategy: tree.values[strategy])


@each_tree
def test_every_strategy_has_its_published_value(tree: Figures) -> None:
    found = evaluated_case(tree.case)
    assert expected_values(found) == pytest.approx(tree.values, rel=1e-12)
    assert found.rollback.sampling.is_enumerated


@pytest.mark.parametrize("tree", RISK_NEUTRAL, ids=lambda tree: tree.case)
def test_the_ranking_is_that_of_the_values(tree: Figures) -> None:
    by_value = sorted(tree.values, key=lambda strategy: -tree.values[strategy])
    assert list(evaluated_case(tree.case).rollback.ranking) == by_value


@each_tree
def test_every_decision_has_its_published_choice(tree: Figures) -> None:
    assert policy(evaluated_case(tree.case).rollback) == tree.policy


@each_tree
def test_the_best_strategy_has_its_published_risk_profile(tree: Figures) -> None:
    value = evaluated_case(tree.case).rollback.values[best_of(tree)]
    found = atoms(value)
    assert list(found) == pytest.approx(list(tree.profile), rel=1e-12)
    assert list(found.values()) == pytest.approx(list(tree.profile.values()), rel=1e-12)
    assert value.sd == pytest.approx(tree.sd, rel=1e-12)
    assert (value.minimum, value.maximum) == (min(found), max(found))


@each_tree
def test_the_worst_tenth_and_fifth_have_their_published_means(tree: Figures) -> None:
    value = evaluated_case(tree.case).rollback.values[best_of(tree)]
    assert value.worst_tenth_mean == pytest.approx(tree.worst_tenth, rel=1e-12)
    assert tail_mean(value, 0.2) == pytest.approx(tree.worst_fifth, rel=1e-12)


@each_tree
def test_the_steps_give_the_value_of_every_policy(tree: Figures) -> None:
    found = distinct(values_of_all_policies(evaluated_case(tree.case).rollback))
    assert found[:8] == pytest.approx(tree.best_policies, rel=1e-12, abs=1e-12)


@each_tree
def test_the_steps_have_the_published_number_of_policies(tree: Figures) -> None:
    found = values_of_all_policies(evaluated_case(tree.case).rollback)
    assert len(found) == tree.policies


@each_averse
def test_risk_aversion_gives_the_certainty_equivalent_of_the_best_policy(
    tree: Figures, averse: Averse
) -> None:
    found = evaluated_case(tree.case, averse.risk_tolerance)
    assert certainty_equivalents(found) == pytest.approx(averse.equivalents, rel=1e-12, abs=1e-12)
    ranking = sorted(averse.equivalents, key=lambda strategy: -averse.equivalents[strategy])
    assert list(found.rollback.ranking) == ranking


@each_averse
def test_risk_aversion_changes_the_policy_where_it_should(tree: Figures, averse: Averse) -> None:
    assert policy(evaluated_case(tree.case, averse.risk_tolerance).rollback) == averse.policy


def test_the_party_moves_indoors_when_the_host_is_risk_averse() -> None:
    found = evaluated_case("party_problem")
    assert found.rollback.ranking == ("indoors", "porch", "outdoors")
    assert certainty_equivalents(found) == pytest.approx(
        {
            "outdoors": 25.728658641487918,
            "porch": 40.600871708493145,
            "indoors": 45.83222710276482,
        },
        rel=1e-12,
    )


def test_somebody_to_ask_is_worth_the_difference_of_certainty_equivalents() -> None:
    found = certainty_equivalents(evaluated_case("party_problem_informed"))
    assert found["clairvoyant"] - found["unasked"] == pytest.approx(20.264177641603297, rel=1e-11)
    assert found["detector"] - found["unasked"] == pytest.approx(8.817580804831557, rel=1e-11)


@pytest.mark.parametrize(
    ("case", "values"),
    [
        ("oil_wildcatter_likelihoods", {"test": 22.5, "no_test": 20, "know": 55}),
        ("pdc_condominium_likelihoods", {"research": 15.82, "no_research": 14.2, "know": 17.4}),
        ("umbrella_likelihoods", {"go_out": 77}),
        ("imperfect_test", {"at_once": 20, "after_test": 212, "foretold": 300}),
    ],
)
def test_a_prior_and_likelihoods_give_the_published_values(
    case: str, values: Mapping[str, float]
) -> None:
    found = evaluated_case(case)
    assert expected_values(found) == pytest.approx(values, rel=1e-12)
    assert found.rollback.sampling.is_enumerated


@pytest.mark.parametrize(
    ("case", "tree", "strategy"),
    [
        ("oil_wildcatter_likelihoods", OIL, "test"),
        ("pdc_condominium_likelihoods", CONDOMINIUM, "research"),
        ("umbrella_likelihoods", UMBRELLA, "go_out"),
    ],
)
def test_likelihoods_and_posteriors_are_the_same_tree(
    case: str, tree: Figures, strategy: str
) -> None:
    found = evaluated_case(case)
    value = found.rollback.values[strategy]
    chosen = policy(found.rollback)
    assert {path: chosen[path] for path in tree.policy} == tree.policy
    assert list(atoms(value)) == pytest.approx(list(tree.profile), rel=1e-12)
    assert list(atoms(value).values()) == pytest.approx(list(tree.profile.values()), rel=1e-12)
    assert value.sd == pytest.approx(tree.sd, rel=1e-12)
    assert value.worst_tenth_mean == pytest.approx(tree.worst_tenth, rel=1e-12)


@pytest.mark.parametrize("averse", OIL.averse, ids=lambda averse: f"{averse.risk_tolerance:g}")
def test_likelihoods_and_posteriors_have_the_same_certainty_equivalents(averse: Averse) -> None:
    found = evaluated_case("oil_wildcatter_likelihoods", averse.risk_tolerance)
    equivalents = certainty_equivalents(found)
    expected = {name: equivalents[name] for name in averse.equivalents}
    assert expected == pytest.approx(averse.equivalents, rel=1e-12, abs=1e-12)
    chosen = policy(found.rollback)
    assert {path: chosen[path] for path in averse.policy} == averse.policy


def test_a_forecast_of_the_storm_alone_is_worth_nothing() -> None:
    found = expected_values(evaluated_case("freemark_abbey_informed"))
    assert found["untold"] == pytest.approx(39240, rel=1e-12)
    assert found["told_storm"] - found["untold"] == pytest.approx(0, abs=1e-8)


def test_a_forecast_of_storm_and_mold_is_worth_3060() -> None:
    found = expected_values(evaluated_case("freemark_abbey_informed"))
    assert found["told_storm_and_mold"] - found["untold"] == pytest.approx(3060, rel=1e-11)


@pytest.mark.parametrize(
    ("quantity", "ends", "held"),
    [
        ("pr", (0, 1), (175, 1975)),
        ("sens", (0, 1), (287.5, 1162.5)),
        ("spec", (0.1, 0.9), (850, 1150)),
    ],
)
def test_the_tornado_with_the_policy_held_is_the_published_one(
    quantity: str, ends: tuple[float, float], held: tuple[float, float]
) -> None:
    sensitivity = evaluated_case("silverdecisions_rockefeller").sensitivity
    (bar,) = (bar for bar in sensitivity.bars if bar.quantity == quantity)
    assert sensitivity.leader == "test"
    assert (bar.low, bar.high) == ends
    assert (bar.held_at_low, bar.held_at_high) == pytest.approx(held, rel=1e-9)


@pytest.mark.parametrize(
    ("strategy", "value", "worst_tenth", "worst_fifth", "loss"),
    [
        ("survey_drill_drill", 70, -130, -130, 0.75),
        ("survey_drill_if_favourable", 123, -130, -82.5, 0.15),
        ("survey_drill_if_unfavourable", 7, -130, -130, 0.6),
        ("survey_sell", 60, 60, 60, 0),
        ("drill", 100, -100, -100, 0.75),
        ("sell", 90, 90, 90, 0),
    ],
)
def test_goferbroke_has_its_value_and_tail_under_every_policy(
    strategy: str, value: float, worst_tenth: float, worst_fifth: float, loss: float
) -> None:
    found = evaluated_case("goferbroke_policies").rollback.values[strategy]
    assert found.expected_value == pytest.approx(value, rel=1e-12)
    assert found.worst_tenth_mean == pytest.approx(worst_tenth, rel=1e-12)
    assert tail_mean(found, 0.2) == pytest.approx(worst_fifth, rel=1e-12)
    assert found.probability_of_loss == pytest.approx(loss, rel=1e-12)


def test_sumatriptan_has_its_costs_and_utilities() -> None:
    found = expected_values(evaluated_case("sumatriptan"))
    assert found == pytest.approx(
        {
            "sumatriptan_cost": 22.058057360000003,
            "caffeine_cost": 4.71497244,
            "sumatriptan_utility": 0.4168609120000001,
            "caffeine_utility": 0.201275956,
        },
        rel=1e-12,
    )
    assert ratio_of(found) * 365 == pytest.approx(29363.022880873003, rel=1e-11)
    assert ratio_of(found) * 365.25 == pytest.approx(29383.134540380444, rel=1e-11)


def ratio_of(found: Mapping[str, float]) -> float:
    """What sumatriptan costs more, by what its utility is more, in the same day."""
    utility = found["sumatriptan_utility"] - found["caffeine_utility"]
    return (found["sumatriptan_cost"] - found["caffeine_cost"]) / utility


@pytest.mark.parametrize(
    ("more_relieved", "ratio"), [(0.268, 19632.194814462095), (0.091, 58497.724292282)]
)
def test_sumatriptan_has_its_ratio_at_each_end_of_its_effect(
    more_relieved: float, ratio: float
) -> None:
    written = "sumatriptan_relief: {value: 0.558,"
    text = text_of("sumatriptan")
    assert written in text
    relief = f"sumatriptan_relief: {{value: {0.379 + more_relieved:.3f},"
    found = expected_values(evaluated(text.replace(written, relief)))
    assert ratio_of(found) * 365.25 == pytest.approx(ratio, rel=1e-9)


def test_the_most_and_the_least_of_each_strategy_give_the_rules_without_probabilities() -> None:
    values = evaluated_case("silverdecisions_rockefeller").rollback.values.values()
    assert max(value.minimum for value in values) == pytest.approx(750, rel=1e-12)
    assert max(value.maximum for value in values) == pytest.approx(2250, rel=1e-12)
    assert min(value.minimum for value in values) == pytest.approx(-350, rel=1e-12)
    assert min(value.maximum for value in values) == pytest.approx(750, rel=1e-12)
    every = values_of_all_policies(evaluated_case("silverdecisions_rockefeller").rollback)
    assert every[-1] == pytest.approx(525, rel=1e-12)


def test_the_tested_car_has_the_published_skewness_and_kurtosis() -> None:
    value = evaluated_case("used_car_buyer").rollback.values["test"]
    away = {(x - value.expected_value) / value.sd: p for x, p in atoms(value).items()}
    assert sum(p * z**3 for z, p in away.items()) == pytest.approx(-1.5, rel=1e-9)
    assert sum(p * z**4 for z, p in away.items()) - 3 == pytest.approx(0.25, rel=1e-9)
