"""Trees in which what is seen is evidence about what is uncertain, with figures by hand."""

import itertools
import math

import pytest
from scipy import stats

from tests.published.workspaces import (
    atoms,
    certainty_equivalents,
    evaluated,
    evaluated_case,
    expected_values,
    policy,
    probabilities,
    text_of,
)


def test_a_success_is_evidence_about_the_rate_behind_it() -> None:
    found = evaluated_case("learning_policy").rollback
    assert found.values["pilot"].expected_value == pytest.approx(18, rel=1e-12)
    assert policy(found) == {"pilot/success": "invest", "pilot/failure": "pass"}


def test_the_second_stage_has_the_posterior_rate() -> None:
    found = probabilities(evaluated_case("learning_policy").rollback)
    assert found["pilot/success/invest/success"] == pytest.approx(0.68, rel=1e-12)
    assert found["pilot/failure/invest/success"] == pytest.approx(0.32, rel=1e-12)


def test_histories_that_teach_different_things_are_kept_apart() -> None:
    found = evaluated_case("two_trials").rollback
    assert found.values["trials"].expected_value == pytest.approx(11.5625, rel=1e-12)
    assert policy(found) == {
        "trials/s/s": "invest",
        "trials/s/f": "pass",
        "trials/f/s": "pass",
        "trials/f/f": "pass",
    }


@pytest.mark.parametrize(
    ("history", "posterior"), [("s/s", 0.7), ("s/f", 0.5), ("f/s", 0.5), ("f/f", 0.3)]
)
def test_each_history_of_two_trials_has_its_posterior_rate(history: str, posterior: float) -> None:
    found = probabilities(evaluated_case("two_trials").rollback)
    assert found[f"trials/{history}/invest/win"] == pytest.approx(posterior, rel=1e-12)


def test_a_decision_after_a_bin_knows_the_bin_and_no_more() -> None:
    found = evaluated_case("observe_then_decide").rollback
    assert found.values["look"].expected_value == pytest.approx(17.5, abs=0.02)
    assert found.values["blind"].expected_value == pytest.approx(10, abs=0.02)
    assert policy(found) == {
        "look/low": "pass",
        "look/middle": "pass",
        "look/high": "invest",
        "blind": "invest",
    }


def test_bins_have_their_probabilities_and_means() -> None:
    found = evaluated_case("observe_then_decide").rollback
    chances = probabilities(found)
    names = ("low", "middle", "high")
    assert [chances[f"look/{name}"] for name in names] == pytest.approx([0.25, 0.25, 0.5], abs=1e-3)
    invest = [step for step in found.steps["look"] if step.branch == "invest"]
    means = [step.expected_value for step in invest]
    assert means == pytest.approx([-27.5, -2.5, 35], abs=0.02)


def test_to_see_the_bin_is_worth_the_difference_to_not_seeing_it() -> None:
    found = expected_values(evaluated_case("observe_then_decide"))
    assert found["look"] - found["blind"] == pytest.approx(7.5, abs=0.02)


def test_information_before_the_first_decision_changes_the_later_one_too() -> None:
    found = evaluated_case("later_decision")
    assert expected_values(found) == pytest.approx(
        {"untold": 15, "told_a": 27.5, "told_b": 20, "told_both": 32.5}, rel=1e-12
    )
    chosen = policy(found.rollback)
    assert chosen["untold"] == "go"
    assert chosen["untold/go/works"] == "expand"


def test_foresight_of_two_bets_is_worth_25_where_separate_and_nothing_where_the_same() -> None:
    assert expected_values(evaluated_case("same_or_separate_events")) == pytest.approx(
        {"bet_a": 50, "bet_b": 50, "told_separate": 75, "told_same": 50}, rel=1e-12
    )


def test_the_flipped_tree_has_the_published_probabilities() -> None:
    found = probabilities(evaluated_case("tree_flip").rollback)
    assert found["look/hat"] == pytest.approx(0.25, rel=1e-12)
    assert found["look/hat/man"] == pytest.approx(0.9, rel=1e-12)
    assert found["look/no_hat/man"] == pytest.approx(0.7, rel=1e-12)


def test_a_test_has_its_probability_and_its_posteriors() -> None:
    found = evaluated_case("imperfect_test").rollback
    assert probabilities(found)["after_test/positive"] == pytest.approx(0.31, rel=1e-12)
    invest = [s.expected_value for s in found.steps["after_test"] if s.branch == "invest"]
    posteriors = [(mean + 400) / 1400 for mean in invest]
    assert posteriors == pytest.approx([0.7741935483870969, 0.0869565217391304], rel=1e-12)
    chosen = policy(found)
    assert (chosen["after_test/positive"], chosen["after_test/negative"]) == ("invest", "pass")


def test_at_the_walk_away_price_buying_is_worth_as_much_as_the_alternative() -> None:
    found = certainty_equivalents(evaluated_case("walk_away_price"))
    assert found == pytest.approx({"acquire": 60, "alternative": 60}, abs=1e-9)


@pytest.mark.parametrize(("price", "leader"), [("46.3032", "acquire"), ("46.3034", "alternative")])
def test_the_walk_away_price_is_where_the_lead_changes(price: str, leader: str) -> None:
    text = text_of("walk_away_price").replace("46.30331265650624", price)
    assert evaluated(text).rollback.ranking[0] == leader


def test_the_risk_neutral_walk_away_price_is_higher() -> None:
    text = text_of("walk_away_price").replace(", risk_tolerance: 200", "")
    text = text.replace("46.30331265650624", "88.33333333333333")
    assert expected_values(evaluated(text))["acquire"] == pytest.approx(60, rel=1e-12)


def test_a_signal_that_enters_no_formula_is_worth_what_it_tells_about_the_outcome() -> None:
    found = evaluated_case("correlated_signal").rollback
    chosen = policy(found)
    phi = 1 / math.sqrt(2 * math.pi)
    pearson = 2 * math.sin(math.pi * 0.6 / 6)
    assert pearson * 100 * phi == pytest.approx(24.655988883747643, rel=1e-12)
    assert found.values["see_x"].expected_value == pytest.approx(100 * pearson * phi, abs=0.35)
    assert found.values["see_y"].expected_value == pytest.approx(100 * phi, abs=0.35)
    assert found.values["invest"].expected_value == pytest.approx(0, abs=0.35)
    assert [chosen[path] for path in chosen if path.startswith("see_x")] == ["pass", "invest"]


def test_the_net_benefits_of_two_treatments_have_the_means_of_their_products() -> None:
    found = evaluated_case("two_treatments").rollback
    for strategy, mean in {"old_drug": 4967, "new_drug": 5404.8}.items():
        value = found.values[strategy]
        assert value.expected_value == pytest.approx(mean, abs=5 * value.standard_error)
        assert value.standard_error < 0.5 * value.sd / math.sqrt(16_384)  # plain draws would be 1


def test_two_successes_in_a_row_are_likelier_than_the_square_of_the_mean_rate() -> None:
    value = evaluated_case("distributions").rollback.values["two_more"]
    assert value.expected_value == pytest.approx(0.375, abs=1e-4)  # 0.6 * 0.6 would be 0.36
    assert atoms(value)[1.0] == pytest.approx(0.375, abs=1e-4)


HISTORIES = tuple("/".join(history) for history in itertools.product("sf", repeat=5))


def test_each_history_of_trials_has_the_conjugate_posterior() -> None:
    found = probabilities(evaluated_case("beta_binomial").rollback)
    learnt = [found[f"learn/{history}/stake/s"] for history in HISTORIES]
    assert learnt == pytest.approx([(2 + h.count("s")) / 10 for h in HISTORIES], abs=1e-3)


def test_after_trials_the_stake_is_put_where_the_posterior_pays_for_it() -> None:
    found = policy(evaluated_case("beta_binomial").rollback)
    chosen = [found[f"learn/{history}"] for history in HISTORIES]
    assert chosen == ["stake" if h.count("s") >= 4 else "pass" for h in HISTORIES]


def test_learning_by_trials_is_worth_its_closed_form() -> None:
    value = evaluated_case("beta_binomial").rollback.values["learn"]
    chances = {s: stats.betabinom(5, 2, 3).pmf(s) for s in range(6)}
    expected = sum(p * max(0.0, (2 + s) / 10 - 0.55) for s, p in chances.items())
    assert value.expected_value == pytest.approx(expected, abs=1e-4)
