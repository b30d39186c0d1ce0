"""What it is worth to know: published figures, laws, and brute force over all states."""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.analyses.information import Information
from decide.analyses.policy_sample import POLICY_DRAWS, agree_policy, tree_outputs
from decide.analyses.rollback import roll_back
from decide.evaluate import evaluate
from decide.model.decision import Model, Strategy
from decide.model.distribution import Discrete, Lognormal, Normal
from decide.program.compile import compile_program
from decide.program.engine import BLOCK, blocks, plan_draws
from decide.program.workers import ONE_WORKER, Workers
from tests import diagrams
from tests.models import branch, chance, decide, model, observe, strategy

EVEN = (0.5, 0.5)


def informed(
    m: Model,
    *together: Sequence[str],
    risk_tolerance: float | None = None,
    draws: int = POLICY_DRAWS,
    block: int = BLOCK,
    workers: Workers = ONE_WORKER,
) -> Information:
    program = compile_program(m)
    agreed = agree_policy(program, risk_tolerance=risk_tolerance)
    found = roll_back(
        program,
        agreed,
        risk_tolerance=risk_tolerance,
        draws=draws,
        block=block,
        workers=workers,
        together=together,
    )
    assert found.information is not None
    return found.information


def later_decision() -> Model:
    p = "if(a > 0, 0.75, 0.25)"
    go = chance("go", branch("works", p, then="gate"), branch("fails", "rest"))
    gate = decide("gate", branch("expand", pay="if(a > 0, 60, -100)"), branch("hold"))
    return model(
        [strategy("go", "go", pay="b - 10"), strategy("no")],
        [go, gate],
        {
            "a": Discrete(values=(1, -1), probabilities=EVEN),
            "b": Discrete(values=(40, -10), probabilities=EVEN),
        },
    )


def test_information_comes_before_the_first_decision_and_later_ones_are_made_anew() -> None:
    found = informed(later_decision(), ("a", "b"))
    assert found.each["a",].value == pytest.approx(12.5, abs=1e-12)
    assert found.each["b",].value == pytest.approx(5, abs=1e-12)
    assert found.each["a", "b"].value == pytest.approx(17.5, abs=1e-12)
    assert found.quantities.value == pytest.approx(17.5, abs=1e-12)
    assert found.outcomes is not None
    assert found.quantities.value + found.outcomes.value == pytest.approx(18.75, abs=1e-12)


def two_tosses(event: str = "", other: str = "on") -> Model:
    def toss(name: str, wins: str) -> object:
        pays = {"on": 0, "off": 0, wins: 100}
        return chance(
            name,
            branch("on", 0.5, pay=pays["on"]),
            branch("off", "rest", pay=pays["off"]),
            event=event,
        )

    return model(
        [strategy("a", "first"), strategy("b", "second")],
        [toss("first", "on"), toss("second", other)],  # type: ignore[list-item]
    )


@pytest.mark.parametrize(
    ("m", "evpi"),
    [(two_tosses(), 25.0), (two_tosses("rain"), 0.0), (two_tosses("rain", "off"), 50.0)],
)
def test_what_outcomes_are_worth_depends_on_whether_they_are_the_same_event(
    m: Model, evpi: float
) -> None:
    found = informed(m)
    assert found.quantities.value == 0
    assert found.outcomes is not None
    assert found.outcomes.value == pytest.approx(evpi, abs=1e-12)


def invest_or_pass() -> Model:
    return model(
        [strategy("invest", pay="100 * y"), strategy("pass")],
        [],
        {"x": Normal(mean=0, sd=1), "y": Normal(mean=0, sd=1), "z": Normal(mean=0, sd=1)},
        ranks={("x", "y"): 0.6},
    )


def test_a_quantity_that_reaches_no_payoff_is_not_valued_at_all() -> None:
    found = informed(invest_or_pass())
    assert ("z",) not in found.each
    assert ("invest", "z") not in found.influences
    assert ("pass", "y") not in found.influences


def test_with_risk_aversion_the_value_is_the_price_to_pay() -> None:
    tolerance, states = 40.0, (-30, 10, 60)
    m = model(
        [strategy("go", pay="x + y"), strategy("no", pay=5)],
        [],
        {
            "x": Discrete(values=states, probabilities=(0.3, 0.4, 0.3)),
            "y": Discrete(values=(-20, 20), probabilities=EVEN),
        },
    )
    price = informed(m, risk_tolerance=tolerance).each["x",].value

    def equivalent(lottery: Sequence[tuple[float, float]]) -> float:
        return -tolerance * math.log(sum(p * math.exp(-x / tolerance) for p, x in lottery))

    best = [max(equivalent([(0.5, x - 20), (0.5, x + 20)]), 5.0) - price for x in states]
    knowing = equivalent(list(zip((0.3, 0.4, 0.3), best, strict=True)))
    blind = max(
        equivalent(
            [
                (p * 0.5, x + y)
                for x, p in zip(states, (0.3, 0.4, 0.3), strict=True)
                for y in (-20, 20)
            ]
        ),
        5.0,
    )
    assert price > 1
    assert knowing == pytest.approx(blind, abs=1e-9)


@pytest.mark.parametrize("workers", [Workers(), Workers(count=2)], ids=str)
@pytest.mark.parametrize("block", [1_024, 4_096])
def test_blocks_and_threads_change_no_bit_of_what_information_is_worth(
    block: int, workers: Workers
) -> None:
    found = informed(invest_or_pass(), ("x", "y"), draws=2**15, block=block, workers=workers)
    assert found == informed(invest_or_pass(), ("x", "y"), draws=2**15)


# Laws, on random trees gone through state by state.

AMOUNTS = st.integers(-20, 20)
TWO = Discrete(values=(0.2, 0.9), probabilities=(0.4, 0.6))
THREE = Discrete(values=(-2, 0, 3), probabilities=(0.3, 0.3, 0.4))


@st.composite
def random_models(draw: st.DrawFn) -> Model:
    """A few strategies with chances, observations and decisions over quantities p, q and x."""

    def amount() -> str:
        return draw(st.sampled_from(["{} * x", "{}", "{} * x + 10 * q"])).format(draw(AMOUNTS))

    gate = decide(
        "gate",
        branch("a", pay=amount()),
        branch("b", pay=amount(), then=draw(st.sampled_from([None, "last"]))),
        branch("c", pay=amount(), then=draw(st.sampled_from([None, "luck"]))),
    )
    luck = chance(
        "luck",
        branch("u", draw(st.sampled_from(["p", "q", "p * q"])), pay=amount(), then="last"),
        branch("d", "rest", pay=amount()),
    )
    last = decide("last", branch("y", pay=amount()), branch("n"))
    see = observe("see", "x", [0.0], *(branch(b, then="gate") for b in ("low", "high")))
    first = chance("first", branch("s", "p", then="gate"), branch("f", "rest", pay=amount()))
    starts = draw(
        st.lists(st.sampled_from(["see", "first", "gate", "luck"]), min_size=1, max_size=3)
    )
    strategies: list[Strategy] = [
        strategy(f"s{k}", then, pay=amount()) for k, then in enumerate(starts)
    ]
    strategies.append(strategy("stay", pay=amount()))
    return model(strategies, [see, first, gate, luck, last], {"p": TWO, "q": TWO, "x": THREE})


@given(random_models(), st.sampled_from([None, 15.0]))
@settings(max_examples=60, deadline=None)
def test_more_knowledge_is_worth_at_least_as_much(m: Model, risk_tolerance: float | None) -> None:
    names = ("p", "q", "x")
    groups = [g for k in (1, 2, 3) for g in itertools.combinations(names, k)]
    found = informed(m, *groups, risk_tolerance=risk_tolerance)
    worth = {g: found.each[g].value if g in found.each else 0.0 for g in groups}
    for small, large in itertools.permutations(groups, 2):
        if set(small) < set(large) and large in found.each:
            assert -1e-9 <= worth[small] <= worth[large] + 1e-9
    if names in found.each:
        assert worth[names] == pytest.approx(found.quantities.value, abs=1e-9)


@given(random_models())
@settings(max_examples=60, deadline=None)
def test_what_each_quantity_is_worth_equals_brute_force_over_its_states(m: Model) -> None:
    """Knowing a quantity is worth what the models with it fixed come to, less the model as is."""
    found = informed(m)
    for name, distribution in (("p", TWO), ("q", TWO), ("x", THREE)):
        known = 0.0
        for value, p in zip(distribution.values, distribution.probabilities, strict=True):
            known += p * _best_value(_with(m, name, value))
        worth = found.each[name,].value if (name,) in found.each else 0.0
        assert worth == pytest.approx(known - _best_value(m), abs=1e-9)


def _best_value(m: Model) -> float:
    program = compile_program(m)
    agreed = agree_policy(program, risk_tolerance=None)
    found = roll_back(program, agreed, risk_tolerance=None, together=None)
    return max(value.expected_value for value in found.values.values())


def _with(m: Model, name: str, value: float) -> Model:
    fixed = replace(
        m.quantities[name].number, definition=Discrete(values=(value,), probabilities=(1.0,))
    )
    quantities: Mapping[str, object] = {
        **m.quantities,
        name: replace(m.quantities[name], number=fixed),
    }
    return replace(m, quantities=quantities)  # type: ignore[arg-type]


@given(st.lists(st.lists(AMOUNTS, min_size=2, max_size=2), min_size=2, max_size=4))
@settings(max_examples=60, deadline=None)
def test_outcomes_known_beforehand_are_worth_the_mean_of_the_best(pays: list[list[int]]) -> None:
    shares = (0.3, 0.6, 0.5, 0.8)
    nodes = [
        chance(f"n{k}", branch("u", shares[k], pay=up), branch("d", "rest", pay=down))
        for k, (up, down) in enumerate(pays)
    ]
    m = model([strategy(f"s{k}", f"n{k}") for k in range(len(pays))], nodes)
    best = 0.0
    for sides in itertools.product((0, 1), repeat=len(pays)):
        p = math.prod(shares[k] if side == 0 else 1 - shares[k] for k, side in enumerate(sides))
        best += p * max(pays[k][side] for k, side in enumerate(sides))
    blind = max(shares[k] * up + (1 - shares[k]) * down for k, (up, down) in enumerate(pays))
    found = informed(m).outcomes
    assert found is not None
    assert found.value == pytest.approx(best - blind, abs=1e-9)


def test_whole_arrays_give_what_the_streamed_sums_do() -> None:
    m = invest_or_pass()
    found = informed(m, draws=2**14)
    program = compile_program(m)
    plan = plan_draws(program, tree_outputs(program), scrambles=range(1, 9), draws=2**14)
    y = np.concatenate([b.inputs["y"].ravel() for b in blocks(plan)])
    assert found.quantities.value == pytest.approx(
        np.maximum(100 * y, 0).mean() - max(100 * y.mean(), 0), rel=1e-9
    )


def test_a_variable_of_a_diagram_is_one_event_wherever_its_tree_meets_it() -> None:
    one = diagrams.diagram(
        diagrams.chance("weather", 2, (), (0.3, 0.7)),
        diagrams.decision("bet", 2, ()),
        diagrams.value("v", ("bet", "weather"), (100, -90, -90, 100)),
    )
    found = evaluate(diagrams.with_diagram(one, None), together=()).rollback.information
    assert found is not None
    assert found.outcomes is not None
    assert found.outcomes.value == pytest.approx(100 - 43)


def test_outcomes_whose_odds_hang_on_what_was_seen_have_no_value_of_their_own() -> None:
    one = diagrams.diagram(
        diagrams.chance("oil", 2, (), (0.5, 0.5)),
        diagrams.chance("seismic", 2, ("oil",), (0.8, 0.2, 0.3, 0.7)),
        diagrams.decision("drill", 2, ("seismic",)),
        diagrams.value("gain", ("oil", "drill"), (-70, 0, 100, 0)),
    )
    found = evaluate(diagrams.with_diagram(one, None), together=()).rollback.information
    assert found is not None
    assert found.outcomes is None


def test_who_knows_the_only_quantity_knows_all_however_rarely_it_matters() -> None:
    x = Lognormal(mu=0, sigma=1.5)
    found = informed(model([strategy("go", pay="x - 100"), strategy("no")], (), {"x": x}))
    assert found.quantities.value > 0
    assert found.each["x",] == found.quantities


def test_the_error_of_a_share_of_variance_knows_of_the_width_of_its_cells() -> None:
    m = model(
        [strategy("go", pay="x + y")],
        (),
        {"x": Lognormal(mu=0, sigma=1), "y": Normal(mean=0, sd=0.001)},
    )
    found = informed(m, draws=2**17).influences["go", "x"]
    assert found.share_of_variance < 0.95  # of nearly 1: its tail is wider than a cell
    assert found.standard_error > 0.02
