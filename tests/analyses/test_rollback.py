"""The value and the policy: by hand, as laws, and against brute force over all policies."""

import itertools
import math
from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from decide.analyses.policy_sample import POLICY_DRAWS, agree_policy
from decide.analyses.rollback import Rollback, roll_back
from decide.model.decision import Model
from decide.model.distribution import Discrete, Lognormal, Normal, Uniform
from decide.model.place import InvalidInputError
from decide.model.tree import ChanceNode, DecisionNode, Node
from decide.program.compile import compile_program
from decide.program.engine import BLOCK
from decide.program.workers import ONE_WORKER, Workers
from tests.models import Written, branch, chance, decide, model, observe, strategy


def rolled(
    m: Model,
    risk_tolerance: float | None = None,
    *,
    draws: int = POLICY_DRAWS,
    block: int = BLOCK,
    workers: Workers = ONE_WORKER,
) -> Rollback:
    program = compile_program(m)
    agreed = agree_policy(program, risk_tolerance=risk_tolerance, block=block, workers=workers)
    return roll_back(
        program, agreed, risk_tolerance=risk_tolerance, draws=draws, block=block, workers=workers
    )


def policy(found: Rollback, of: str) -> dict[tuple[str, ...], str]:
    """The branches that lead to each decision, and what is chosen there."""
    steps = found.steps[of]
    chosen = {}
    for step in steps:
        if step.kind == "decision":
            path, here = [], step
            while here.parent >= 0:
                path.append(here.branch)
                here = steps[here.parent]
            chosen[tuple(reversed(path))] = step.choice
    return chosen


TWO_POINT = Discrete(values=(0.2, 0.8), probabilities=(0.5, 0.5))
GATE = decide("gate", branch("invest", then="trial"), branch("skip"))


def test_an_outcome_seen_is_evidence_about_an_uncertain_probability() -> None:
    first = chance("first", branch("s", "p", then="gate"), branch("f", "rest", then="gate"))
    trial = chance("trial", branch("win", "p", pay=100), branch("lose", "rest", pay=-100))
    m = model([strategy("go", "first")], [first, GATE, trial], {"p": TWO_POINT})
    found = rolled(m)
    assert found.values["go"].expected_value == pytest.approx(18)
    assert policy(found, "go") == {("s",): "invest", ("f",): "skip"}
    assert found.sampling.is_enumerated


def test_an_event_that_was_seen_does_not_happen_again() -> None:
    first = chance("first", branch("s", 0.5, then="second"), branch("f", "rest"), event="rain")
    second = chance("second", branch("s", 0.5, pay=8), branch("f", "rest", pay=-8), event="rain")
    found = rolled(model([strategy("go", "first")], [first, second]))
    assert found.values["go"].profile == ((0.0, 0.5), (8.0, 1.0))


def test_a_likelihood_table_turns_a_prior_into_the_posterior() -> None:
    oil = Discrete(values=(-70, 50, 200), probabilities=(0.5, 0.3, 0.2), states=("d", "w", "s"))
    test = chance(
        "seismic",
        branch("none", [0.6, 0.3, 0.1], then="drill"),
        branch("open", [0.3, 0.4, 0.4], then="drill"),
        branch("closed", [0.1, 0.3, 0.5], then="drill"),
        given="oil",
    )
    drill = decide("drill", branch("drill", pay="oil"), branch("no"))
    m = model([strategy("test", "seismic", pay=-10)], [test, drill], {"oil": oil})
    found = rolled(m)
    assert found.values["test"].expected_value == pytest.approx(22.5)
    assert policy(found, "test") == {("none",): "no", ("open",): "drill", ("closed",): "drill"}
    profile = [x for point in found.values["test"].profile for x in point]
    assert profile == pytest.approx([-80.0, 0.2, -10.0, 0.61, 40.0, 0.82, 190.0, 1.0])


def test_a_bin_that_is_observed_is_known_and_no_more() -> None:
    quantities: dict[str, Written] = {
        "d": Uniform(min=0, max=1),
        "s": Discrete(values=(30, -30), probabilities=(0.5, 0.5)),
    }
    see = observe("see", "d", [0.25, 0.5], *(branch(b, then="gate") for b in ("a", "b", "c")))
    gate = decide("gate", branch("invest", pay="100*d + s - 40"), branch("pass"))
    found = rolled(model([strategy("go", "see")], [see, gate], quantities))
    assert found.values["go"].expected_value == pytest.approx(17.5, abs=0.02)
    assert policy(found, "go") == {("a",): "pass", ("b",): "pass", ("c",): "invest"}


def test_settings_hold_from_their_year_on_and_money_is_discounted_to_the_as_of_date() -> None:
    start = chance("start", branch("now", 1, then="later", lever=10), year=2025)
    later = decide("later", branch("more", pay=5, lever="lever * 2"), year=2026)
    m = model(
        [strategy("base"), strategy("go", "start", pay=-1)],
        [start, later],
        {"cash": "lever * share", "share": 0.5},
        levers={"lever": 2},
        years=(2024, 2025, 2026),
        as_of=date(2023, 12, 31),
        payoff="cash",
        base="base",
        discount_rate=0.1,
    )
    value = rolled(m).values["go"]
    assert value.cash == pytest.approx((0 - 1, 5 - 1, 10 - 1 + 5))
    assert value.expected_value == pytest.approx(-1 / 1.1 + 4 / 1.1**2 + 14 / 1.1**3)
    assert rolled(m).values["base"].expected_value == 0


def test_an_as_of_date_within_the_year_adds_the_share_that_is_left() -> None:
    m = model(
        [strategy("go", pay=100)],
        years=(2024,),
        as_of=date(2023, 10, 31),
        discount_rate=0.12,
    )
    assert rolled(m).values["go"].expected_value == pytest.approx(100 / 1.12 ** (1 + 61 / 365))


def test_the_certainty_equivalent_of_a_normal_is_its_closed_form() -> None:
    m = model([strategy("go", pay="x")], (), {"x": Normal(mean=10, sd=4)})
    value = rolled(m, 20.0).values["go"]
    assert value.certainty_equivalent == pytest.approx(10 - 16 / (2 * 20), abs=0.01)
    assert value.standard_error < 0.01
    assert value.sd == pytest.approx(4, abs=0.01)
    assert value.p10 == pytest.approx(10 - 4 * 1.2815515655, abs=0.03)


def test_worst_tenth_takes_part_of_an_atom() -> None:
    lottery = chance("x", branch("bad", 0.05, pay=-100), branch("good", "rest", pay=20))
    value = rolled(model([strategy("go", "x")], [lottery])).values["go"]
    assert value.worst_tenth_mean == pytest.approx(-40)
    assert value.probability_of_loss == pytest.approx(0.05)
    assert (value.p10, value.p50, value.p90) == (20, 20, 20)


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e9])
def test_totals_far_from_the_risk_tolerance_neither_overflow_nor_tie(scale: float) -> None:
    gate = decide("gate", branch("low", pay=0.0), branch("high", pay=scale))
    lottery = chance("x", branch("ruin", 0.5, pay=-1e6 * scale), branch("go", "rest", then="gate"))
    found = rolled(model([strategy("s", "x")], [lottery, gate]), scale)
    assert policy(found, "s") == {("go",): "high"}
    assert found.values["s"].certainty_equivalent == pytest.approx(
        -1e6 * scale + scale * math.log(2), rel=1e-12
    )


def test_an_option_that_is_never_taken_does_not_blur_the_profile() -> None:
    gate = decide("gate", branch("good", pay="x"), branch("bad", pay="-1e6 * y"))
    quantities: dict[str, Written] = {"x": Normal(mean=10, sd=1), "y": Uniform(min=0, max=1)}
    value = rolled(model([strategy("s", "gate")], [gate], quantities)).values["s"]
    found = (value.p10, value.p50, value.p90, value.worst_tenth_mean)
    assert found == pytest.approx((8.7184, 10, 11.2816, 8.245), abs=0.01)


def test_heavy_tails_leave_the_middle_of_the_profile_sharp() -> None:
    m = model([strategy("s", pay="x")], (), {"x": Lognormal(mu=0, sigma=3)})
    value = rolled(m).values["s"]
    assert (value.p10, value.p50, value.p90) == pytest.approx((0.0214, 1, 46.7), rel=0.03)


def test_an_amount_that_comes_out_exactly_is_printed_exactly() -> None:
    lottery = chance("x", branch("nothing", 0.6), branch("something", "rest", pay="q"))
    value = rolled(model([strategy("s", "x")], [lottery], {"q": Normal(mean=0.5, sd=2)})).values[
        "s"
    ]
    assert value.p50 == 0


def test_the_spread_of_large_totals_is_not_lost_in_rounding() -> None:
    m = model([strategy("s", pay="48.1 bn + x")], (), {"x": Normal(mean=0, sd=10)})
    assert rolled(m).values["s"].sd == pytest.approx(10, rel=0.01)


def test_what_a_path_excludes_does_not_enter_its_certainty_equivalent() -> None:
    see = observe("see", "q", [50.0], branch("low"), branch("high", then="gate"))
    gate = decide("gate", branch("take", pay="q"), branch("sure", pay=80))
    m = model([strategy("s", "see")], [see, gate], {"q": Uniform(min=0, max=100)})
    found = rolled(m, 1.0)
    assert policy(found, "s") == {("high",): "sure"}
    take = next(s for s in found.steps["s"] if s.branch == "take")
    assert take.certainty_equivalent == pytest.approx(53.912, abs=0.05)


def test_a_rare_disaster_that_the_first_draws_miss_does_not_overflow() -> None:
    m = model([strategy("s", pay="if(q < 0.0003, -1000, 0)")], (), {"q": Uniform(min=0, max=1)})
    value = rolled(m, 1.0).values["s"]
    assert value.certainty_equivalent == pytest.approx(-1000 - math.log(0.0003), abs=0.3)


def test_a_strategy_that_equals_the_base_but_for_rounding_loses_nothing() -> None:
    m = model(
        [strategy("base"), strategy("same", lever=1), strategy("other", pay=1e9)],
        (),
        {"q": Uniform(min=0, max=1e9), "cash": "q * 0.7 * lever / 0.7 + q * (1 - lever)"},
        levers={"lever": 0},
        years=(2024,),
        as_of=date(2023, 12, 31),
        payoff="cash",
        base="base",
    )
    found = rolled(m)
    assert found.values["same"].probability_of_loss == 0
    assert found.ahead["base", "same"] == 0


def test_ties_are_shown_and_the_first_in_the_file_is_taken() -> None:
    gate = decide("gate", branch("a", pay=0.1), branch("b", pay="0.3 - 0.2"), branch("c"))
    found = rolled(model([strategy("s", "gate")], [gate]))
    assert found.steps["s"][0].choice == "a"
    assert found.steps["s"][0].ties == ("b",)


def test_a_probability_outside_0_to_1_in_some_draws_is_refused_with_its_share() -> None:
    lottery = chance("x", branch("win", "p", pay=1), branch("lose", "rest"))
    m = model([strategy("s", "x")], [lottery], {"p": Uniform(min=0, max=1.25)})
    with pytest.raises(InvalidInputError, match=r"'win' at chance node 'x' \(p\).*20\.0"):
        rolled(m)


def test_probabilities_that_do_not_sum_to_1_are_refused() -> None:
    lottery = chance("x", branch("a", "p", pay=1), branch("b", "1 - p / 2"))
    m = model([strategy("s", "x")], [lottery], {"p": Uniform(min=0, max=1)})
    with pytest.raises(InvalidInputError, match="sum of the probabilities at chance node 'x'"):
        rolled(m)


def test_a_total_that_is_no_number_is_refused() -> None:
    m = model([strategy("s", pay="log(x)")], (), {"x": Uniform(min=-1, max=1)})
    with pytest.raises(InvalidInputError, match="'s' is not a finite number"):
        rolled(m)


@pytest.mark.parametrize("risk_tolerance", [None, 50.0])
def test_a_path_too_improbable_for_a_float_counts_for_nothing(
    risk_tolerance: float | None,
) -> None:
    """Each of 1,500 tosses pays 1 and goes on with one half: 1 toss is missed on average."""
    tosses = [
        chance(f"n{k}", branch("on", 0.5, pay=1, then=f"n{k + 1}"), branch("off", 0.5))
        for k in range(1_500)
    ]
    last = chance("n1500", branch("on", 0.5, pay=1), branch("off", 0.5))
    value = rolled(model([strategy("s", "n0")], [*tosses, last]), risk_tolerance).values["s"]
    assert value.expected_value == pytest.approx(1)
    if risk_tolerance is not None:
        bent = sum(0.5 ** (k + 1) * math.exp(-k / 50) for k in range(1_000))
        assert value.certainty_equivalent == pytest.approx(-50 * math.log(bent))


def test_a_decision_with_too_few_draws_takes_the_nearest_bins_choice_and_says_so() -> None:
    see = observe("see", "x", [3.0, 3.2], *(branch(b, then="gate") for b in ("a", "b", "c")))
    gate = decide("gate", branch("take", pay="noise"), branch("leave"))
    m = model(
        [strategy("s", "see")],
        [see, gate],
        {"x": Normal(mean=0, sd=1), "noise": Normal(mean=-0.1, sd=5)},
    )
    found = rolled(m)
    gates = [step for step in found.steps["s"] if step.node == "gate"]
    assert [g.borrowed for g in gates] == [False, True, True]
    assert {g.choice for g in gates} == {"leave"}
    assert all(g.effective_draws < 200 for g in gates[1:])


@pytest.mark.parametrize("block", [1_024, 4_096, 65_536])
def test_the_block_changes_no_bit(block: int) -> None:
    see = observe("see", "x", [0.0, 1.0], *(branch(b, then="gate") for b in ("a", "b", "c")))
    gate = decide("gate", branch("take", pay="exp(x) * y", then="luck"), branch("leave", pay=1))
    luck = chance("luck", branch("up", "y", pay="x"), branch("down", "rest", pay="-x"))
    m = model(
        [strategy("s", "see"), strategy("t", "gate")],
        [see, gate, luck],
        {"x": Normal(mean=0, sd=1), "y": Uniform(min=0, max=1)},
        ranks={("x", "y"): 0.4},
    )
    assert rolled(m, 3.0, block=block) == rolled(m, 3.0)


def many_ends_and_years() -> Model:
    tosses = [
        chance(f"n{k}", branch("on", "p", pay=f"x + {k}", then=f"n{k + 1}"), branch("off", "rest"))
        for k in range(12)
    ]
    last = chance("n12", branch("on", "p", pay="-x"), branch("off", "rest", pay="x / 3"))
    return model(
        [strategy("now"), strategy("s", "n0", flow=1)],
        [*tosses, last],
        {"x": Normal(mean=-2, sd=3), "p": Uniform(min=0.3, max=0.9)},
        levers={"flow": 0.0},
        years=(2024, 2025, 2026),
        payoff="flow * x / 7",
        base="now",
        discount_rate=0.08,
        as_of=date(2024, 1, 1),
    )


@pytest.mark.parametrize("block", [1_024, 2_048, 32_768])
def test_the_block_changes_no_bit_of_many_ends_and_years(block: int) -> None:
    m = many_ends_and_years()
    assert rolled(m, 3.0, draws=32_768, block=block) == rolled(m, 3.0, draws=32_768)


@pytest.mark.parametrize(
    "workers", [Workers(count=2), Workers(count=3), Workers(count=2, are_processes=True)], ids=str
)
def test_threads_and_processes_change_no_bit(workers: Workers) -> None:
    m = many_ends_and_years()
    found = rolled(m, 3.0, draws=32_768, block=2_048, workers=workers)
    assert found == rolled(m, 3.0, draws=32_768)


def test_a_probability_that_leaves_its_range_is_counted_by_threads_as_by_one() -> None:
    toss = chance("toss", branch("on", "x", pay=1), branch("off", "rest"))
    m = model([strategy("s", "toss")], [toss], {"x": Uniform(min=0.5, max=1.5)})
    said = set()
    for workers in (Workers(), Workers(count=2)):
        with pytest.raises(InvalidInputError) as error:
            rolled(m, block=1_024, workers=workers)
        said.add(str(error.value))
    (text,) = said
    assert text.count("50.00% of them") == 2


def test_quantiles_lie_where_they_should_within_their_stated_error() -> None:
    m = model([strategy("s", pay="x")], [], {"x": Normal(mean=3, sd=2)})
    value = rolled(m, draws=2**17).values["s"]
    assert 0 < value.rank_error < 0.01
    for share, total in ((0.1, value.p10), (0.5, value.p50), (0.9, value.p90)):
        assert abs(float(ndtr((total - 3) / 2)) - share) <= value.rank_error + 1e-3


def test_the_errors_of_figures_are_those_of_other_sets_of_draws() -> None:
    found = []
    for seed in range(12):
        m = model([strategy("s", pay="exp(x + y)")], [], EXPONENTS, seed=seed)
        found.append(rolled(m).values["s"])
    for name in ("expected_value", "sd", "p10", "p90", "probability_of_loss", "worst_tenth_mean"):
        spread = np.std([getattr(value, name) for value in found], ddof=1)
        stated = np.sqrt(np.mean([getattr(value.errors, name) ** 2 for value in found]))
        assert spread / 3 <= stated <= 3 * spread + 1e-12, name


EXPONENTS = {"x": Normal(mean=0, sd=0.5), "y": Normal(mean=0, sd=0.5)}


# Laws, on random trees with uncertain probabilities shared between nodes.

PROBABILITIES = ("p", "q", "0.3", "1 - p", "p * q")
AMOUNTS = st.integers(-20, 20)


@st.composite
def random_nodes(draw: st.DrawFn, depth: int = 3, prefix: str = "n") -> list[Node]:
    """A tree of decisions and chances, two branches each, as a list with its root first."""
    kind = draw(st.sampled_from(["decide", "chance", "chance"]))
    below: list[Node] = []
    branches = []
    p = draw(st.sampled_from(PROBABILITIES))
    for side in ("a", "b"):
        then = None
        if depth > 1 and draw(st.booleans()):
            child = draw(random_nodes(depth=depth - 1, prefix=prefix + side))
            then = child[0].id
            below += child
        chances = {"a": p, "b": "rest"} if kind == "chance" else {"a": None, "b": None}
        branches.append(branch(side, chances[side], pay=draw(AMOUNTS), then=then))
    node = decide(prefix, *branches) if kind == "decide" else chance(prefix, *branches)
    return [node, *below]


@st.composite
def random_models(draw: st.DrawFn) -> Model:
    nodes = draw(random_nodes())
    share = st.integers(0, 10).map(lambda n: n / 10)
    quantities = {
        name: Discrete(values=(draw(share), draw(share)), probabilities=(0.25, 0.75))
        for name in ("p", "q")
    }
    return model([strategy("s", nodes[0].id)], nodes, quantities)


def all_policies(m: Model) -> Iterator[Mapping[str, int]]:
    """Every choice at every decision; the random trees have one history a node."""
    decisions = [n for n in m.nodes.values() if isinstance(n, DecisionNode)]
    for choice in itertools.product(*(range(len(d.branches)) for d in decisions)):
        yield dict(zip((d.id for d in decisions), choice, strict=True))


def lottery(m: Model, choice: Mapping[str, int]) -> list[tuple[float, float]]:
    """Every (total, probability) of a policy, by plain enumeration of states and paths."""
    p, q = (m.quantities[n].number.definition for n in ("p", "q"))
    assert isinstance(p, Discrete)
    assert isinstance(q, Discrete)
    found = []
    for (pv, pw), (qv, qw) in itertools.product(
        zip(p.values, p.probabilities, strict=True), zip(q.values, q.probabilities, strict=True)
    ):
        known = {"p": pv, "q": qv, "0.3": 0.3, "1 - p": 1 - pv, "p * q": pv * qv}
        found += _paths(m, m.strategies["s"].then, choice, known, 0.0, pw * qw)
    return found


def _paths(
    m: Model,
    node: str | None,
    choice: Mapping[str, int],
    known: Mapping[str, float],
    paid: float,
    weight: float,
) -> list[tuple[float, float]]:
    if node is None:
        return [(paid, weight)]
    here = m.nodes[node]
    found = []
    if isinstance(here, ChanceNode):
        assert here.branches[0].p is not None
        text = getattr(here.branches[0].p, "text", "")
        shares = [known[text], 1 - known[text]]
        taken = list(zip(here.branches, shares, strict=True))
    else:
        taken = [(here.branches[choice[node]], 1.0)]
    for b, share in taken:
        assert b.pay is not None
        found += _paths(m, b.then, choice, known, paid + float(b.pay.text), weight * share)
    return found


def equivalent(outcomes: list[tuple[float, float]], risk_tolerance: float | None) -> float:
    if risk_tolerance is None:
        return sum(x * w for x, w in outcomes)
    least = min(x for x, _ in outcomes)
    mean = sum(w * math.exp(-(x - least) / risk_tolerance) for x, w in outcomes)
    return least - risk_tolerance * math.log(mean)


@settings(deadline=None, max_examples=60)
@given(random_models(), st.sampled_from([None, 3.0, 40.0]))
def test_rollback_is_the_best_of_all_policies(m: Model, risk_tolerance: float | None) -> None:
    best = max(equivalent(lottery(m, c), risk_tolerance) for c in all_policies(m))
    value = rolled(m, risk_tolerance).values["s"]
    assert value.certainty_equivalent == pytest.approx(best, rel=1e-9, abs=1e-9)


@settings(deadline=None, max_examples=30)
@given(random_models(), st.floats(0.5, 100))
def test_the_certainty_equivalent_never_exceeds_the_expected_value_and_tends_to_it(
    m: Model, risk_tolerance: float
) -> None:
    value = rolled(m, risk_tolerance).values["s"]
    slack = 1e-9 * max(1.0, abs(value.expected_value))
    assert value.certainty_equivalent <= value.expected_value + slack
    neutral = rolled(m).values["s"].expected_value
    assert rolled(m, 1e12).values["s"].certainty_equivalent == pytest.approx(neutral, abs=1e-6)


@settings(deadline=None, max_examples=30)
@given(random_models(), AMOUNTS)
def test_a_strategy_added_changes_no_others_value_or_order(m: Model, amount: int) -> None:
    two = model(
        [*m.strategies.values(), strategy("sure", pay=amount)],
        list(m.nodes.values()),
        {n: q.number.definition for n, q in m.quantities.items()},
    )
    assert rolled(two).values["s"] == rolled(m).values["s"]


@settings(deadline=None, max_examples=30)
@given(random_models())
def test_the_risk_profile_has_the_strategys_mean_and_the_steps_add_up(m: Model) -> None:
    found = rolled(m)
    value = found.values["s"]
    shares = np.diff([0.0, *(p for _, p in value.profile)])
    mean = float((shares * [x for x, _ in value.profile]).sum())
    assert mean == pytest.approx(value.expected_value, abs=1e-9)
    ends = sum(step.reach for step in found.steps["s"] if step.kind == "end")
    assert ends == pytest.approx(1)
