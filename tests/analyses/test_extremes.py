"""Odds, amounts and options that lie so far from the others that rounding could swallow them."""

import math
from dataclasses import replace

import pytest

import decide as product
from decide.analyses.diagram import solve
from decide.evaluate import evaluate
from decide.model.distribution import Discrete, Normal, Uniform
from decide.model.place import InvalidInputError
from decide.model.what_if import Supposition, WhatIf
from decide.program.supposing import supposing
from tests import diagrams
from tests.analyses.test_information import informed
from tests.analyses.test_rollback import policy, rolled
from tests.models import Written, branch, chance, decide, model, strategy

SCATTERED = tuple(float(37 * k % 100) for k in range(100))
RARE = [1e-9, 1e-13, 1e-15, 1e-17, 1e-60]


@pytest.mark.parametrize("p", RARE)
def test_a_state_however_improbable_keeps_its_weight(p: float) -> None:
    x = Discrete(values=(-1000, 0), probabilities=(p, 1 - p))
    found = rolled(model([strategy("risky", pay="x"), strategy("sure", pay=-5)], (), {"x": x}), 1.0)
    value = found.values["risky"].certainty_equivalent
    assert value == pytest.approx(-1000 - math.log(p), rel=1e-9)
    assert found.ranking == ("sure", "risky")


@pytest.mark.parametrize("p", RARE)
def test_a_path_however_improbable_keeps_its_weight_among_draws(p: float) -> None:
    """Draws that hardly reach a path, beside others that do, in tiles of their own or not."""
    node = chance("n", branch("rare", f"{p!r} * exp(x)", pay="-1000 + x"), branch("else", "rest"))
    m = model([strategy("s", "n"), strategy("sure", pay=-5)], [node], {"x": Normal(mean=0, sd=1)})
    value = rolled(m, 1.0).values["s"].certainty_equivalent
    # the rare path's disutility is p exp(x) exp(1000 - x): the quantity cancels
    assert value == pytest.approx(-1000 - math.log(p), rel=1e-9)


def test_what_nobody_would_take_may_be_as_bad_as_it_likes_and_stand_anywhere() -> None:
    for options in (("lose", "win"), ("win", "lose")):
        pays: dict[str, Written] = {"lose": -1000, "win": "x"}
        node = decide("d", *(branch(name, pay=pays[name]) for name in options))
        m = model(
            [strategy("a", "d"), strategy("b", pay=-0.5)],
            [node],
            {"x": Discrete(values=(-1, 1), probabilities=(0.5, 0.5))},
        )
        found = informed(m, risk_tolerance=1.0)
        without = -math.log(math.cosh(1.0))
        informed_ = -math.log(0.5 * math.exp(0.5) + 0.5 * math.exp(-1.0))
        assert found.quantities.value == pytest.approx(informed_ - without, abs=1e-9)
        assert found.each["x",].value == pytest.approx(found.quantities.value, abs=1e-9)


def test_an_impossible_option_does_not_blur_the_choice_among_the_others() -> None:
    node = decide("d", branch("never", pay=-1e13), branch("ok", pay=0), branch("good", pay=5))
    found = rolled(model([strategy("s", "d")], [node]))
    assert policy(found, "s") == {(): "good"}
    assert found.values["s"].expected_value == 5

    one = diagrams.decision("d", 3, ())
    solved = solve(diagrams.diagram(one, diagrams.value("v", ("d",), (-1e13, 0, 5))))
    assert solved.value.expected_value == solved.value.p50 == solved.value.minimum == 5


def test_a_discrete_quantity_of_many_states_is_known_state_by_state() -> None:
    x = Discrete(values=SCATTERED, probabilities=(0.01,) * 100)
    m = model([strategy("go", pay="x - 49.5"), strategy("stay")], (), {"x": x})
    found = informed(m)
    assert found.quantities.value == pytest.approx(12.5)
    assert found.each["x",].value == pytest.approx(12.5)


def test_a_discrete_quantity_of_many_states_is_known_nearly_where_it_is_sampled() -> None:
    x = Discrete(values=SCATTERED, probabilities=(0.01,) * 100)
    noise = Normal(mean=0, sd=1)
    m = model([strategy("go", pay="x - 49.5 + e"), strategy("stay")], (), {"x": x, "e": noise})
    assert informed(m).each["x",].value == pytest.approx(12.5, abs=0.1)


def test_policies_whose_disutilities_underflow_are_not_gone_through() -> None:
    nodes = (
        diagrams.decision("a", 2, ()),
        diagrams.decision("b", 2, ()),
        diagrams.value("v", ("a", "b"), (900, 0, 0, 1000)),
    )
    found = solve(diagrams.diagram(*nodes, memory="limited"), risk_tolerance=1.0)
    assert found.value.certainty_equivalent == pytest.approx(1000)


def test_an_event_with_other_odds_in_another_strategy_has_no_value_of_outcomes() -> None:
    nodes = [
        chance("n", branch("up", "odds", pay=10), branch("down", "rest", pay=-10), event="e"),
        chance("m", branch("up", "odds", pay=-100), branch("down", "rest", pay=100), event="e"),
    ]
    strategies = [strategy("a", "n", odds=0.9), strategy("b", "m", odds=0.1)]
    assert informed(model(strategies, nodes, levers={"odds": 0.5})).outcomes is None
    alike = [strategy("a", "n", odds=0.9), strategy("b", "m", odds=0.9)]
    outcomes = informed(model(alike, nodes, levers={"odds": 0.5})).outcomes
    assert outcomes is not None
    assert outcomes.value == pytest.approx(0.9 * 10 + 0.1 * 100 - 8)


@pytest.mark.parametrize("draws", [0, 512, 1000, 3000, 16_392])
def test_draws_that_are_no_power_of_two_are_refused(draws: int) -> None:
    m = model([strategy("s", pay="x")], (), {"x": Normal(mean=0, sd=1)})
    with pytest.raises(InvalidInputError, match=f"draws is {draws}"):
        evaluate(m, draws=draws)
    with pytest.raises(InvalidInputError, match="block is 3000"):
        evaluate(m, block=3000)


@pytest.mark.parametrize("risk_tolerance", [-5, 0, math.nan, math.inf, True, "5"])
def test_a_risk_tolerance_that_is_no_number_above_0_is_refused(risk_tolerance: object) -> None:
    nodes = (
        diagrams.chance("c", 2, (), (0.5, 0.5)),
        diagrams.decision("d", 2, ()),
        diagrams.value("v", ("c", "d"), (1, 0, 0, 1)),
    )
    one = diagrams.diagram(*nodes)
    with pytest.raises(InvalidInputError, match="the risk tolerance is"):
        product.value_of_information(one, "c", "d", risk_tolerance=risk_tolerance)  # type: ignore[arg-type]  # what is refused
    with pytest.raises(InvalidInputError, match="the risk tolerance is"):
        product.solve_diagram(one, risk_tolerance=risk_tolerance)  # type: ignore[arg-type]  # what is refused


def test_an_impossible_state_is_no_fault() -> None:
    x = Discrete(values=(0, 2), probabilities=(0.0, 1.0))
    m = model([strategy("s", pay="1 / x")], (), {"x": x})
    assert rolled(m).values["s"].expected_value == 0.5


def test_a_breach_is_counted_by_its_probability() -> None:
    x = Discrete(values=(1.5, 0.5), probabilities=(0.001, 0.999))
    node = chance("n", branch("a", "x"), branch("b", "rest"))
    with pytest.raises(InvalidInputError, match=r"does not in 0\.10% of them"):
        rolled(model([strategy("s", "n")], [node], {"x": x}))


@pytest.mark.parametrize("s", [10.0, 30.0, 300.0])
def test_knowing_may_be_worth_many_risk_tolerances(s: float) -> None:
    """Two bets on a coin, on its being known beforehand or not: s sure, or s lost half the time."""
    coin = Discrete(values=(-1, 1), probabilities=(0.5, 0.5))
    bets = [strategy("heads", pay=f"{s} * x"), strategy("tails", pay=f"-{s} * x")]
    exact = s + math.log((math.exp(s) + math.exp(-s)) / 2)
    found = informed(model(bets, (), {"x": coin}), risk_tolerance=1.0)
    assert found.quantities.value == pytest.approx(exact, rel=1e-12)
    assert found.each["x",].value == pytest.approx(exact, rel=1e-12)

    tosses = [
        chance(side, branch("h", 0.5, pay=up), branch("t", 0.5, pay=-up), event="coin")
        for side, up in (("heads", s), ("tails", -s))
    ]
    m = model([strategy(node.id, node.id) for node in tosses], tosses)
    outcomes = informed(m, risk_tolerance=1.0).outcomes
    assert outcomes is not None
    assert outcomes.value == pytest.approx(exact, rel=1e-12)


def test_knowing_a_continuous_quantity_may_be_worth_many_risk_tolerances() -> None:
    x = Uniform(min=-1, max=1)
    bets = [strategy("up", pay="40 * x"), strategy("down", pay="-40 * x")]
    found = informed(model(bets, (), {"x": x}), risk_tolerance=1.0).quantities
    without = -math.log(math.sinh(40) / 40)
    known = -math.log((1 - math.exp(-40)) / 40)
    assert found.value == pytest.approx(known - without, abs=3 * found.standard_error + 1e-3)
    assert 0 < found.standard_error < 0.1


@pytest.mark.parametrize("risk_tolerance", [1e3, 1e7, 1e12, 1e15])
def test_a_risk_tolerance_beyond_all_amounts_changes_nothing(risk_tolerance: float) -> None:
    x = Discrete(values=(-1, 1), probabilities=(0.5, 0.5))
    bets = [strategy("bet", pay="x"), strategy("not", pay=-0.25)]
    without = informed(model(bets, (), {"x": x})).quantities.value
    found = informed(model(bets, (), {"x": x}), risk_tolerance=risk_tolerance).quantities.value
    assert found == pytest.approx(without, rel=1e-9, abs=1 / risk_tolerance)


@pytest.mark.parametrize("options", [2, 26, 27, 60])
def test_the_best_of_many_gambles_with_rare_least_outcomes(options: int) -> None:
    """Each loses 1 for each of four accidents on end; with one sound gamble nothing is lost."""
    last = branch("sound", "rest")
    accidents = [
        chance(f"{n}.{d}", branch("x", 1e-3, pay=-1, then=f"{n}.{d + 1}" if d < 3 else None), last)
        for n in range(options)
        for d in range(4)
    ]
    top = decide("d", *(branch(f"g{n}", then=f"{n}.0") for n in range(options)))
    found = informed(model([strategy("s", "d")], [top, *accidents])).outcomes
    lost = sum(1e-3 ** (k * options) for k in range(1, 5))  # of the best, all being alike
    assert found is not None
    assert found.value == pytest.approx(sum(1e-3**k for k in range(1, 5)) - lost, rel=1e-9)


def test_several_discrete_quantities_of_many_states_have_cells_with_draws_enough() -> None:
    states = tuple(-1 + 2 * n / 149 for n in range(150))
    even = Discrete(values=states, probabilities=(1 / 150,) * 150)
    quantities: dict[str, Written] = {"x": even, "y": even, "z": Normal(mean=0, sd=3)}
    m = model([strategy("go", pay="x + y + z - 0.3"), strategy("stay")], (), quantities)
    found = informed(m, ("x", "y"), ("x", "z"))
    gain = sum(max(a + b - 0.3, 0) for a in states for b in states) / 150**2
    pair = found.each["x", "y"]
    assert pair.value == pytest.approx(gain, abs=3 * pair.standard_error)
    assert pair.standard_error < 0.15 * gain
    # E max(x + z - 0.3, 0), the noise folded in: a normal's loss function for each state
    losses = ((a - 0.3) / 3 for a in states)
    gain = sum(3 * (t * _phi(t) + math.exp(-t * t / 2) / math.sqrt(2 * math.pi)) for t in losses)
    pair = found.each["x", "z"]
    assert pair.value == pytest.approx(gain / 150, abs=3 * pair.standard_error)
    assert found.each["z",].value <= pair.value


def _phi(t: float) -> float:
    return (1 + math.erf(t / math.sqrt(2))) / 2


def test_the_error_of_four_together_knows_of_the_width_of_their_cells() -> None:
    """Sixteen times the same on other draws: the figures lie about the exact one as they say."""
    names = [f"x{n}" for n in range(5)]
    m = model(
        [strategy("go", pay=" + ".join(names)), strategy("stay")],
        (),
        {name: Normal(mean=0, sd=1) for name in names},
    )
    exact = 2 / math.sqrt(2 * math.pi)
    away = []
    for seed in range(16):
        found = informed(replace(m, decision=replace(m.decision, seed=seed)), names[:4]).each[
            tuple(names[:4])
        ]
        away.append((found.value - exact) / found.standard_error)
    assert abs(sum(away) / len(away)) < 1.5


@pytest.mark.parametrize("risk_tolerance", [1e-300, 1e-9, 3.0])
def test_a_risk_tolerance_beside_which_the_totals_are_huge_leaves_the_worst_case(
    risk_tolerance: float,
) -> None:
    x = Uniform(min=-1e6, max=2e6)
    node = chance("n", branch("up", 0.5, pay="x"), branch("down", "rest", pay="2 * x"))
    m = model(
        [strategy("s", "n"), strategy("sure", pay=-5)],
        [node],
        {"x": x},
        risk_tolerance=risk_tolerance,
    )
    found = evaluate(m, draws=1024)
    value = found.rollback.values["s"]
    assert found.rollback.ranking == ("sure", "s")
    assert value.minimum <= value.certainty_equivalent <= value.minimum + 100 * risk_tolerance + 1e3


def test_what_cannot_be_seen_is_said_before_odds_that_no_draw_is_left_to_break() -> None:
    first = chance("first", branch("s", "p", then="toss"), branch("f", "rest"))
    toss = chance("toss", branch("h", "q", pay=1), branch("t", "rest"))
    m = model([strategy("a", "first"), strategy("b")], [first, toss], {"p": 0.4, "q": 0.5})
    seen = Supposition(node="first", branch="s", strategy="a")
    what_if = WhatIf(pinned={"p": 0.0, "q": 5.0}, supposed=(seen,))
    with pytest.raises(InvalidInputError, match="cannot be seen: its probability is 0"):
        evaluate(supposing(m, what_if), draws=1024)


@pytest.mark.parametrize(
    ("risk_tolerance", "is_valued"), [(0.004, True), (3e-3, False), (1e-300, False)]
)
def test_what_is_worth_more_than_the_scale_of_utility_reaches_is_not_valued(
    risk_tolerance: float, *, is_valued: bool
) -> None:
    """One strategy pays x, the other -x, either 1 or -1: about -1 now, and 1 to who knows x."""
    x = Discrete(values=(-1, 1), probabilities=(0.5, 0.5))
    m = model(
        [strategy("long", pay="x"), strategy("short", pay="-x")],
        (),
        {"x": x},
        risk_tolerance=risk_tolerance,
    )
    found = evaluate(m, draws=1024, together=()).rollback.information
    assert (found is not None) == is_valued
    if found is not None:
        expected = 2.0 - risk_tolerance * math.log(2)
        assert found.quantities.value == pytest.approx(expected, rel=1e-9)
        assert found.each["x",].value == pytest.approx(expected, rel=1e-9)
