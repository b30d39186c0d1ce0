"""Values of information through workspace files, with figures by hand or published."""

import math
from functools import cache

import pytest

from decide.analyses.information import Information
from decide.analyses.rollback import Rollback
from decide.evaluate import evaluate
from tests.published.workspaces import (
    at_risk_tolerance,
    certainty_equivalents,
    evaluated_case,
    expected_values,
    probabilities,
    read_text,
    text_of,
)


@cache
def rolled(text: str, *together: tuple[str, ...], draws: int = 2**14) -> Rollback:
    return evaluate(read_text(text), together=together, draws=draws).rollback


def informed(text: str, *together: tuple[str, ...], draws: int = 2**14) -> Information:
    found = rolled(text, *together, draws=draws).information
    assert found is not None
    return found


LATER_DECISION = """\
decision: {title: A decision that comes after}
quantities:
  a: {discrete: {1: 50 %, -1: rest}, grade: judgement, reason: t}
  b: {discrete: {40: 50 %, -10: rest}, grade: judgement, reason: t}
strategies:
  go: {pay: b - 10, then: trial}
  no: {}
tree:
  trial: {chance: {works: {p: "if(a > 0, 75 %, 25 %)", then: gate}, fails: {p: rest}}}
  gate: {decide: {expand: {pay: "if(a > 0, 60, -100)"}, hold: {}}}
"""


def test_each_decision_is_made_anew_with_what_is_known() -> None:
    """Held at the later decision, knowing a would be worth 10; against mean values, 22.5."""
    found = informed(LATER_DECISION, ("a", "b"))
    worth = {", ".join(names): own.value for names, own in found.each.items()}
    assert worth == pytest.approx({"a": 12.5, "b": 5, "a, b": 17.5}, abs=1e-9)
    assert found.quantities.value == pytest.approx(17.5, abs=1e-9)
    assert found.outcomes is not None
    assert found.quantities.value + found.outcomes.value == pytest.approx(18.75, abs=1e-9)


CORRELATED = """\
decision: {title: What enters no formula may still inform}
quantities:
  x: {normal: {mean: 0, sd: 1}, grade: judgement, reason: t}
  y: {normal: {mean: 0, sd: 1}, grade: judgement, reason: t}
correlations:
  - {between: [x, y], rank: 0.6, grade: judgement, reason: t}
strategies:
  invest: {pay: 100 * y}
  pass: {}
"""


def test_a_quantity_that_enters_no_formula_informs_by_correlation() -> None:
    """100 r phi(0) with r = 2 sin(0.6 pi / 6); the rank as it stands would give 23.94."""
    found = informed(CORRELATED, draws=2**17)
    assert found.each["x",].value == pytest.approx(24.655988883747643, abs=0.1)
    assert found.each["y",].value == pytest.approx(39.894228040143275, abs=0.1)
    assert found.quantities.value == pytest.approx(39.894228040143275, abs=0.1)
    value = rolled(CORRELATED, draws=2**17).values["invest"]
    assert value.expected_value == pytest.approx(0, abs=0.01)


def test_the_first_order_index_counts_what_comes_by_correlation() -> None:
    """The square of r = 2 sin(0.6 pi / 6)."""
    found = informed(CORRELATED, draws=2**17).influences["invest", "x"]
    assert found.share_of_variance == pytest.approx(0.3819660112501051, abs=0.003)


IMPERFECT_TEST = """\
decision: {title: A market that may be good}
quantities:
  market: {discrete: {1: 30 %, 0: rest}, grade: judgement, reason: t}
strategies:
  invest: {pay: "if(market > 0, 1000, -400)"}
  pass: {}
"""


def test_perfect_information_on_the_market_is_worth_280() -> None:
    """30 % of 1,000 is 300 with foresight; without it investing is worth 20."""
    assert informed(IMPERFECT_TEST).each["market",].value == pytest.approx(280, abs=1e-9)


def bets(event: str, second_wins_on: str) -> str:
    first, second = (
        f"{{{event}chance: {{heads: {{p: 1/2, pay: {100 * (wins == 'heads')}}}, "
        f"tails: {{p: rest, pay: {100 * (wins == 'tails')}}}}}}}"
        for wins in ("heads", second_wins_on)
    )
    return f"""\
decision: {{title: Two even bets}}
strategies: {{a: {{then: first}}, b: {{then: second}}}}
tree: {{first: {first}, second: {second}}}
"""


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        (bets("", "heads"), 25),
        (bets("event: coin, ", "heads"), 0),
        (bets("event: coin, ", "tails"), 50),
    ],
    ids=["independent", "same", "opposite"],
)
def test_foresight_of_chance_is_worth_what_the_coupling_of_the_bets_makes_of_it(
    text: str, worth: float
) -> None:
    found = informed(text)
    assert rolled(text).values["a"].expected_value == pytest.approx(50, abs=1e-12)
    assert found.quantities.value == 0
    assert found.outcomes is not None
    assert found.outcomes.value == pytest.approx(worth, abs=1e-12)


WILDCATTER = """\
decision: {title: Drill or not}
quantities:
  oil:
    discrete: {-70: 50 %, 50: 30 %, 200: rest}
    grade: judgement
    reason: given by the book
strategies: {drill: {pay: oil}, no_drill: {}}
"""
CONDOMINIUMS = """\
decision: {title: How many flats}
quantities:
  demand: {discrete: {1: 80 %, 0: rest}, grade: judgement, reason: given by the book}
strategies: {small: {pay: 7 + demand}, medium: {pay: 5 + 9 * demand}, large: {pay: 29 * demand - 9}}
"""
SKY = text_of("party_problem_sky")


@pytest.mark.parametrize(
    ("text", "quantity", "worth"),
    [
        (WILDCATTER, "oil", 35),
        (CONDOMINIUMS, "demand", 3.2),
        (SKY, "sky", 22),
        (at_risk_tolerance(SKY, 50 / math.log(2)), "sky", 20.264177641603297),
    ],
    ids=["oil", "demand", "sky", "sky-averse"],
)
def test_perfect_information_is_worth_its_published_figure(
    text: str, quantity: str, worth: float
) -> None:
    found = informed(text)
    assert found.each[quantity,].value == pytest.approx(worth, rel=1e-11)
    assert found.quantities.value == pytest.approx(worth, rel=1e-11)


def test_a_sounding_is_worth_12_5_to_the_wildcatter_before_its_cost() -> None:
    found = expected_values(evaluated_case("oil_wildcatter_likelihoods"))
    assert found["test"] + 10 - found["no_test"] == pytest.approx(12.5, rel=1e-11)


def test_the_condominium_study_has_its_exact_value_and_not_the_printed_one() -> None:
    """1.62, where posteriors in two digits give 1.73."""
    found = evaluated_case("pdc_condominium_likelihoods")
    values = expected_values(found)
    study = values["research"] - values["no_research"]
    assert study == pytest.approx(1.62, rel=1e-11)
    assert study / (values["know"] - values["no_research"]) == pytest.approx(0.50625, rel=1e-11)
    assert probabilities(found.rollback)["research/favourable"] == pytest.approx(0.77, rel=1e-12)


def test_the_party_has_its_published_utilities() -> None:
    found = certainty_equivalents(evaluated_case("party_problem"))
    utilities = {name: 4 / 3 * (1 - 2 ** (-x / 50)) for name, x in found.items()}
    assert utilities == pytest.approx(
        {"outdoors": 0.4, "porch": 0.5738869260629027, "indoors": 0.6270137720007907}, rel=1e-12
    )


def test_a_detector_that_says_sun_makes_it_likely() -> None:
    """8 / 11, printed as 0.727."""
    found = evaluated_case("party_problem_informed").rollback
    outdoors = next(
        step
        for step in found.steps["detector"]
        if step.branch == "outdoors" and found.steps["detector"][step.parent].branch == "says_sun"
    )
    assert outdoors.expected_value / 100 == pytest.approx(8 / 11, rel=1e-12)


@pytest.mark.parametrize(
    ("n", "worth"),
    [(1, 0), (2, 0.5641895835477563), (3, 0.8462843753216345), (4, 1.029375373003964)],
)
def test_the_best_of_standard_normals_has_its_published_mean(n: int, worth: float) -> None:
    normal = "{normal: {mean: 0, sd: 1}, grade: judgement, reason: standard normal}"
    lines = ["decision: {title: The best of several}", "quantities:"]
    lines += [f"  x{k}: {normal}" for k in range(n)]
    lines += ["strategies:", *(f"  s{k}: {{pay: x{k}}}" for k in range(n))]
    found = informed("\n".join([*lines, ""]), draws=2**20)
    assert found.quantities.value == pytest.approx(worth, abs=1e-4)


PAIRS = (("t5", "t14"), ("t6", "t15"), ("t7", "t16"))
FOUR = ("t5", "t6", "t14", "t15")


@pytest.mark.parametrize(
    ("names", "worth"),
    [
        (("t5",), 181.8102369407552),
        (("t14",), 181.8102369407561),
        (("t6",), 637.019040810289),
        (("t15",), 291.3423268761753),
        (("t7",), 235.88272231608698),
        (("t16",), 754.4476129416244),
        (("t5", "t14"), 318.53698033899127),
        (("t6", "t15"), 761.7425993296274),
        (("t7", "t16"), 840.7447755819112),
    ],
    ids=str,
)
def test_the_parameters_of_two_treatments_have_their_exact_values(
    names: tuple[str, ...], worth: float
) -> None:
    found = informed(text_of("two_treatments"), *PAIRS, FOUR, draws=2**20)
    tolerance = 0.5 if len(names) == 1 else 2
    assert found.each[names].value == pytest.approx(worth, abs=tolerance)


def test_all_parameters_of_two_treatments_have_their_value_and_a_slight_one_has_none() -> None:
    found = informed(text_of("two_treatments"), *PAIRS, FOUR, draws=2**20)
    assert found.quantities.value == pytest.approx(1310.516739193552, abs=5.2)
    assert not found.each["t8",].is_distinguishable
    values = rolled(text_of("two_treatments"), *PAIRS, FOUR, draws=2**20).values
    for name, mean in {"old_drug": 4967, "new_drug": 5404.8}.items():
        assert values[name].expected_value == pytest.approx(mean, abs=0.5)


def test_four_parameters_together_have_their_value_within_its_stated_error() -> None:
    found = informed(text_of("two_treatments"), *PAIRS, FOUR, draws=2**20).each[FOUR]
    assert found.value == pytest.approx(892.8900566507682, rel=0.01)
    assert abs(found.value - 892.8900566507682) < 1.5 * found.standard_error


@pytest.mark.parametrize("draws", [2**14, 2**17])
def test_several_normals_known_together_are_worth_the_mean_of_the_better(draws: int) -> None:
    normal = "{normal: {mean: 0, sd: 10}, grade: judgement, reason: normal}"
    lines = [
        "decision: {title: Four in a sum}",
        "quantities:",
        *(f"  {n}: {normal}" for n in "abce"),
    ]
    lines += ["strategies:", "  go: {pay: a + b + c + e}", "  no: {pay: 0}"]
    groups = [tuple("abce"[:k]) for k in (2, 3, 4)]
    found = informed("\n".join([*lines, ""]), *groups, draws=draws)
    for names in groups:
        worth = found.each[names]
        exact = 10 * math.sqrt(len(names) / (2 * math.pi))
        assert abs(worth.value - exact) < 4 * worth.standard_error
        assert worth.value == pytest.approx(exact, rel=0.02)


def ishigami(draws: int = 2**16) -> Rollback:
    text = text_of("ishigami")
    for v in ("x", "y"):
        text = text.replace(f"SINE({v})", sine(v))
    return rolled(text, draws=draws)


def sine(of: str) -> str:
    terms = [f"{(-1) ** k / math.factorial(2 * k + 1)!r} * {of}^{2 * k + 1}" for k in range(11)]
    return " + ".join(terms)


def test_the_function_of_ishigami_has_its_mean_and_its_variance() -> None:
    value = ishigami(2**18).values["take"]
    assert value.expected_value == pytest.approx(3.5, abs=0.001)
    assert value.sd**2 == pytest.approx(13.844587940719254, abs=0.01)


@pytest.mark.parametrize(
    ("quantity", "share"), [("x", 0.31390519114781146), ("y", 0.4424111447900409), ("z", 0)]
)
def test_the_function_of_ishigami_has_its_first_order_indices(quantity: str, share: float) -> None:
    found = ishigami().information
    assert found is not None
    own = found.influences["take", quantity]
    assert own.share_of_variance == pytest.approx(share, abs=0.01)


@pytest.mark.parametrize("cell", [2, 8, 20])
def test_the_function_of_ishigami_has_its_means_in_each_cell_of_x(cell: int) -> None:
    """3.5 + sin x (1 + pi^4 / 50), averaged over the cell."""
    found = ishigami().information
    assert found is not None
    means = found.influences["take", "x"].means
    low, high = (-math.pi + 2 * math.pi * (cell + end) / len(means) for end in (0, 1))
    sine_there = (math.cos(low) - math.cos(high)) / (high - low)
    assert means[cell] == pytest.approx(3.5 + sine_there * (1 + math.pi**4 / 50), abs=0.05)
