"""One input at a time: bars, switch points, and the verdict that rests on them."""

import math
from datetime import date

import pytest
from scipy.optimize import brentq

from decide.analyses.policy_sample import agree_policy
from decide.analyses.rollback import Rollback, roll_back
from decide.analyses.sensitivity import Sensitivity, move_one_by_one
from decide.analyses.tails import look_at_tails, warn_of_few
from decide.analyses.verdict import Verdict, best_of_families, judge, kendall_tau_b
from decide.model.decision import Model
from decide.model.distribution import Discrete, Lognormal, Normal, Percentiles, Uniform
from decide.model.number import Fixed
from decide.model.place import InvalidInputError
from decide.program.compile import compile_program
from tests.models import Written, branch, chance, decide, model, observe, strategy


def moved(
    m: Model, risk_tolerance: float | None = None, attitude: tuple[float, ...] = ()
) -> tuple[Rollback, Sensitivity]:
    program = compile_program(m)
    agreed = agree_policy(program, risk_tolerance=risk_tolerance)
    rollback = roll_back(program, agreed, risk_tolerance=risk_tolerance)
    found = move_one_by_one(
        program,
        agreed,
        rollback,
        compared=rollback.ranking,
        risk_tolerance=None if risk_tolerance is None else Fixed(risk_tolerance, *attitude),
    )
    return rollback, found


def verdict(m: Model) -> Verdict:
    rollback, found = moved(m)
    return judge(rollback, None, found, {s: s for s in m.strategies})


LINEAR: dict[str, Written] = {"x": Uniform(min=0, max=10), "y": Fixed(4.0, 2.0, 8.0)}


def test_a_bar_goes_from_the_inputs_p10_to_its_p90_with_all_else_as_drawn() -> None:
    _, found = moved(model([strategy("s", pay="3 * x + y")], (), LINEAR))
    bars = {bar.quantity: bar for bar in found.bars}
    x, y = bars["x"], bars["y"]
    assert (x.low, x.high) == pytest.approx((1, 9))
    assert (x.at_low, x.at_high) == pytest.approx((3 + 4, 27 + 4), abs=0.01)
    assert (y.low, y.high) == (2, 8)
    assert (y.at_low, y.at_high) == pytest.approx((15 + 2, 15 + 8), abs=0.01)
    assert [bar.quantity for bar in found.bars] == ["x", "y"]


def test_an_input_that_moves_nothing_has_no_bar() -> None:
    quantities: dict[str, Written] = {**LINEAR, "idle": Normal(mean=0, sd=1)}
    _, found = moved(model([strategy("s", pay="x + 0 * idle")], (), quantities))
    assert [bar.quantity for bar in found.bars] == ["x"]


def test_a_switch_point_lies_where_two_strategies_are_worth_the_same() -> None:
    _, found = moved(model([strategy("s", pay="x + y"), strategy("t", pay=6)], (), LINEAR))
    points = {p.quantity: p for p in found.switch_points}
    assert points["x"].at == pytest.approx(2, abs=0.01)
    assert points["x"].leader == "t"
    assert points["x"].is_plausible
    assert points["x"].distance == pytest.approx((5 - 2) / 8, abs=0.01)
    assert "y" not in points


def test_the_rival_that_overtakes_first_is_named() -> None:
    rivals = [strategy("a", pay=1), strategy("b", pay="4*q"), strategy("c", pay="20*(q - 0.55)")]
    _, found = moved(model(rivals, (), {"q": Uniform(min=-1, max=1)}))
    first, second = found.switch_points
    assert (first.until, first.leader, second.until, second.leader) == ("a", "b", "b", "c")
    assert (first.at, second.at) == pytest.approx((0.25, 11 / 16), abs=0.001)


def test_a_lead_that_is_lost_around_the_median_is_no_clear_one() -> None:
    rivals = [strategy("a", pay="abs(q) - 0.3"), strategy("none")]
    m = model(rivals, (), {"q": Normal(mean=0, sd=1)})
    _, found = moved(m)
    assert [(p.until, p.leader) for p in found.switch_points] == [("none", "a"), ("none", "a")]
    assert sorted(p.at for p in found.switch_points) == pytest.approx([-0.3, 0.3], abs=0.02)
    assert all(p.is_plausible for p in found.switch_points)
    assert verdict(m).clarity != "clear"


def test_a_switch_point_is_found_where_the_worth_bends_between_two_looks() -> None:
    gate = decide("gate", branch("go", pay="x - 9.4"), branch("stop"))
    rivals = [strategy("flexible", "gate"), strategy("fixed", pay="0.05 * q")]
    m = model(rivals, [gate], {"x": "10 * max(0, q - 5)", "q": Uniform(min=0, max=10)})
    _, found = moved(m)
    (point,) = found.switch_points
    assert (point.until, point.leader) == ("fixed", "flexible")
    assert point.at == pytest.approx(59.4 / 9.95, rel=0.02)


def test_a_leader_that_wins_only_while_an_input_is_open_still_has_its_switch_points() -> None:
    rivals = [
        strategy("low", pay="-10 * q"),
        strategy("high", pay="10 * q"),
        strategy("both", pay="abs(q) + 1"),
    ]
    m = model(rivals, (), {"q": Discrete(values=(-1, 1), probabilities=(0.5, 0.5))})
    _, found = moved(m)
    assert found.leader == "both"
    (point,) = found.switch_points
    assert {point.leader} < {"low", "high"}
    assert verdict(m).clarity != "clear"


def test_a_year_that_does_not_count_leaves_the_discount_rate_its_bar() -> None:
    """The payoff of 2024 is the log of nothing, in a year that no lever has opened yet."""
    gate = decide("gate", branch("go", open=1), branch("stay"), year=2025)
    m = model(
        [strategy("now"), strategy("s", "gate")],
        [gate],
        {"x": Uniform(min=1, max=2), "r": Fixed(0.08, 0.04, 0.12), "one": 1.0, "late": "lag(one)"},
        levers={"open": 0.0},
        years=(2024, 2025, 2026),
        as_of=date(2024, 1, 1),
        payoff="open * log(late * x) + 0 * x",
        base="now",
        discount_rate="r",
    )
    rollback, found = moved(m)
    assert rollback.values["s"].certainty_equivalent > 0
    assert "r" in {bar.quantity for bar in found.bars}


def test_strategies_that_are_the_same_but_for_rounding_have_no_switch_points() -> None:
    rivals = [strategy("a", pay="x * y * 0.3"), strategy("b", pay="0.1 * x * y + 0.2 * x * y")]
    quantities: dict[str, Written] = {"x": Normal(mean=1, sd=2), "y": Normal(mean=0.1, sd=1)}
    _, found = moved(model(rivals, (), quantities))
    assert found.switch_points == ()
    assert {bar.leader_at_low for bar in found.bars} == {found.leader}


def test_a_rare_state_is_tried_where_it_is_all_that_an_input_can_move_to() -> None:
    x = Discrete(values=(5, -100), probabilities=(0.95, 0.05))
    _, found = moved(model([strategy("a", pay="x + 5"), strategy("b", pay=-1)], (), {"x": x}))
    (bar,), (point,) = found.bars, found.switch_points
    assert (bar.low, bar.high) == (-100, 5)
    assert (point.until, point.leader) == ("a", "b")


def test_an_input_that_acts_on_both_sides_has_a_wide_bar() -> None:
    m = model(
        [strategy("s", pay="x * x + 0.1 * y")],
        (),
        {"x": Normal(mean=0, sd=1), "y": Normal(mean=0, sd=1)},
    )
    _, found = moved(m)
    assert found.bars[0].quantity == "x"


def test_the_range_of_the_risk_tolerance_has_a_bar() -> None:
    m = model([strategy("s", pay="x")], (), {"x": Normal(mean=10, sd=4)})
    _, found = moved(m, 20.0, (10.0, 40.0))
    bar = next(b for b in found.bars if b.quantity == "risk_tolerance")
    assert (bar.at_low, bar.at_high) == pytest.approx((10 - 0.8, 10 - 0.2), abs=0.05)


def test_the_bar_chooses_anew_and_the_held_mark_does_not() -> None:
    gate = decide("gate", branch("go", pay="x - 3"), branch("stop", pay=0))
    _, found = moved(model([strategy("s", "gate")], [gate], LINEAR))
    bar = found.bars[0]
    assert (bar.at_low, bar.held_at_low) == pytest.approx((0, -2), abs=0.01)
    assert bar.at_high == pytest.approx(bar.held_at_high)


def test_a_discrete_input_goes_over_its_states() -> None:
    x = Discrete(values=(30, 10, 20), probabilities=(0.2, 0.3, 0.5))
    _, found = moved(model([strategy("s", pay="x")], (), {"x": x}))
    bar = found.bars[0]
    assert (bar.low, bar.high, bar.at_low, bar.at_high) == (10, 30, 10, 30)


def test_a_lead_that_no_input_and_few_draws_overturn_is_clear() -> None:
    m = model([strategy("s", pay="x + 5"), strategy("t", pay="x")], (), LINEAR)
    found = verdict(m)
    assert (found.clarity, found.leader, found.runner_up) == ("clear", "s", "t")
    assert found.lead == pytest.approx(5)
    assert found.share_of_draws_ahead == 1
    assert found.lead_error == pytest.approx(0, abs=1e-9)


def test_a_lead_in_two_draws_of_three_that_an_input_overturns_is_leaning() -> None:
    m = model([strategy("s", pay="x"), strategy("t", pay=3.3)], (), LINEAR)
    assert verdict(m).clarity == "leaning"


def test_a_lead_that_is_small_beside_the_spread_is_too_close_to_call() -> None:
    quantities: dict[str, Written] = {**LINEAR, "e": Normal(mean=0, sd=0.1)}
    m = model([strategy("s", pay="x + 0.1 + e"), strategy("t", pay="x")], (), quantities)
    found = verdict(m)
    assert 0.7 < found.share_of_draws_ahead < 0.95
    assert found.clarity == "too_close"


def test_a_small_lead_that_holds_in_nearly_every_draw_is_no_toss_up() -> None:
    m = model([strategy("s", pay="x + 0.1"), strategy("t", pay="x")], (), LINEAR)
    assert verdict(m).clarity == "clear"


def test_nothing_is_clear_where_no_input_was_tried() -> None:
    assert verdict(model([strategy("s", pay=5), strategy("t", pay=3)])).clarity == "leaning"


def test_a_lead_that_comes_from_less_risk_is_not_too_close_because_risk_often_pays() -> None:
    coin = chance("coin", branch("win", 0.5, pay=100), branch("lose", "rest", pay=-90))
    for m in (
        model([strategy("safe"), strategy("bet", "coin")], [coin]),
        model([strategy("safe"), strategy("bet", pay="x")], (), {"x": Normal(mean=20, sd=60)}),
    ):
        rollback, found = moved(m, 10.0)
        judged = judge(rollback, None, found, {s: s for s in m.strategies})
        assert judged.leader == "safe"
        assert judged.is_safer
        assert judged.share_of_draws_ahead < 0.5
        assert judged.clarity != "too_close"


@pytest.mark.parametrize("agreed", [100.0, 132.0, 136.0])
def test_a_switch_point_of_the_risk_tolerance_is_found_to_four_digits(agreed: float) -> None:
    """A sure 10 against 100 or -50: (exp(50 / R) + exp(-100 / R)) / 2 = exp(-10 / R)."""
    coin = chance("coin", branch("win", 0.5, pay=100), branch("lose", "rest", pay=-50))
    m = model([strategy("safe", pay=10), strategy("bet", "coin")], [coin])
    exact = brentq(
        lambda r: (math.exp(50 / r) + math.exp(-100 / r)) / 2 - math.exp(-10 / r), 50, 1000
    )
    _, found = moved(m, agreed, (50.0, 500.0))
    (point,) = found.switch_points
    assert point.at == pytest.approx(exact, rel=5e-4)


def test_kendalls_tau_b_allows_for_ties() -> None:
    assert kendall_tau_b([1, 2, 3, 4], [1, 2, 3, 4]) == 1
    assert kendall_tau_b([1, 2, 3, 4], [4, 3, 2, 1]) == -1
    assert kendall_tau_b([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]) == pytest.approx(-0.4714045207910316)
    assert math.isnan(kendall_tau_b([1, 1], [1, 2]))


def test_each_family_stands_with_its_best() -> None:
    families = {"a@x": "a", "a@y": "a", "b": "b"}
    assert best_of_families(("a@y", "b", "a@x"), families) == ("a@y", "b")


def _refused(m: Model, risk_tolerance: float | None) -> int:
    """Look at the tails; return how many warnings there are."""
    program = compile_program(m)
    agreed = agree_policy(program, risk_tolerance=risk_tolerance)
    return len(look_at_tails(program, m, agreed, risk_tolerance))


HEAVY = Lognormal(mu=0, sigma=1)


def test_an_unbounded_heavy_tailed_loss_is_refused_under_exponential_utility() -> None:
    loss = model([strategy("s", pay="-x")], (), {"x": HEAVY})
    with pytest.raises(InvalidInputError, match="'x' has no max, and strategy 's' loses"):
        _refused(loss, 10.0)
    assert _refused(loss, None) == 0
    assert _refused(model([strategy("s", pay="x")], (), {"x": HEAVY}), 10.0) == 0
    bounded: dict[str, Written] = {"x": Lognormal(mu=0, sigma=1, max=9)}
    assert _refused(model([strategy("s", pay="-x")], (), bounded), 10.0) == 0
    assert _refused(model([strategy("s", pay="-x")], (), {"x": Normal(mean=0, sd=90)}), 10.0) == 0


@pytest.mark.parametrize(
    ("loss", "risk_tolerance"),
    [("-exp(x)", 5.0), ("-x*x", 1.9), ("-1/exp(x)", 1.0)],
)
def test_a_light_tail_that_a_formula_makes_heavy_is_refused(
    loss: str, risk_tolerance: float
) -> None:
    m = model([strategy("s", pay=loss)], (), {"x": Normal(mean=0, sd=1)})
    with pytest.raises(InvalidInputError, match="does not exist"):
        _refused(m, risk_tolerance)


def test_a_heavy_tail_that_a_formula_makes_light_is_not_refused() -> None:
    m = model([strategy("s", pay="-log(x)")], (), {"x": HEAVY})
    assert _refused(m, 1.0) == 0


def test_a_loss_in_a_bin_that_ends_before_the_tail_is_not_refused() -> None:
    see = observe("see", "x", [2.0], branch("low", pay="-x"), branch("high"))
    assert _refused(model([strategy("s", "see")], [see], {"x": HEAVY}), 1.0) == 0


def test_a_mean_without_a_variance_is_warned_of() -> None:
    m = model([strategy("s", pay="-x")], (), {"x": Percentiles(p10=-1, p50=0, p90=1)})
    scale = 1 / math.log(9)
    assert _refused(m, 1.5 * scale) > 0
    assert _refused(m, 2.5 * scale) == 0


def test_a_metalogs_exponential_tail_is_refused_once_it_is_wider_than_the_risk_tolerance() -> None:
    m = model([strategy("s", pay="-x")], (), {"x": Percentiles(p10=-10, p50=0, p90=10)})
    scale = 10 / math.log(9)  # of the logistic tail
    assert _refused(m, scale * 1.1) > 0
    with pytest.raises(InvalidInputError, match="has no max"):
        _refused(m, scale * 0.9)


def test_a_loss_that_the_policy_never_meets_is_not_refused() -> None:
    gate = decide("gate", branch("stop"), branch("go", pay="-x"))
    assert _refused(model([strategy("s", "gate")], [gate], {"x": HEAVY}), 10.0) == 0


def test_few_draws_that_carry_the_disutility_are_warned_of() -> None:
    ruin = chance("ruin", branch("yes", "p", pay=-60), branch("no", "rest", pay="x"))
    m = model(
        [strategy("s", "ruin")],
        [ruin],
        {"x": Normal(mean=0, sd=1), "p": Uniform(min=0.0005, max=0.0015)},
    )
    rollback, _ = moved(m, 10.0)
    (problem,) = warn_of_few(m, rollback)
    assert "worst 1 % of outcomes carry" in problem.message
    calm, _ = moved(model([strategy("s", pay="x")], (), {"x": Normal(mean=0, sd=1)}), 10.0)
    assert warn_of_few(m, calm) == ()
