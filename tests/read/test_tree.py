"""Strategies and trees, firms, and quantities that belong to them."""

from decide.model.distribution import Beta, Percentiles
from decide.model.number import Fixed, Mapped
from decide.model.tree import ChanceNode, Likelihood, ObservationNode
from tests.read.reading import CHOICE, read

FIRMS = """\
decision: {title: T}
quantities:
  price: {value: 5, grade: judgement, reason: r}
  stay: {from: team, points: {0: 30 %, 100: 80 %}, grade: judgement, reason: r}
  deal: stay * 10 - price
strategies:
  wait: {}
  buy: {label: {en: Buy, fr: Acheter}, for_each: targets, pay: deal}
screening:
  gates: {silicon: {question: Is there any?}}
  criteria: {team: {worst: 0, best: 100, swing: 100, swing_reason: r}}
targets:
  one:
    label: {en: One, fr: Un}
    gates: {silicon: {status: pass, why: seen, grade: judgement, reason: r}}
    performances: {team: 60}
    quantities: {price: {p10: 1, p50: 2, p90: 4, grade: judgement, reason: r}}
    facts:
      founded: {value: 2016, grade: judgement, reason: r}
      memory: {text: SRAM, grade: judgement, reason: r}
  two:
    gates: {silicon: {status: unknown, why: not seen, grade: judgement, reason: r}}
    performances: {team: 50}
  three:
    gates: {silicon: {status: fail, why: none, grade: judgement, reason: r}}
"""


def test_the_options_of_a_root_decision_are_the_strategies() -> None:
    model = read(
        "decision: {title: T}\n"
        "tree:\n  root: {decide: {a: {pay: 1, then: luck}, b: {}}}\n"
        "  luck: {chance: {up: {p: 1}}}\n"
    )
    assert model.root == "root"
    assert [(s.id, s.family, s.then) for s in model.strategies.values()] == [
        ("a", "a", "luck"),
        ("b", "b", None),
    ]


def test_a_root_chance_is_the_only_strategy() -> None:
    model = read(
        "decision: {title: T}\ntree: {luck: {chance: {up: {p: 30 %, pay: 1}, down: {p: rest}}}}\n"
    )
    assert model.root is None
    assert [(s.id, s.then) for s in model.strategies.values()] == [("luck", "luck")]
    node = model.nodes["luck"]
    assert isinstance(node, ChanceNode)
    assert [branch.p if branch.p == "rest" else "number" for branch in node.branches] == [
        "number",
        "rest",
    ]


def test_a_strategy_for_each_target_is_one_for_each_firm_that_fails_no_gate() -> None:
    model = read(FIRMS)
    assert list(model.strategies) == ["wait", "buy@one", "buy@two"]
    bought = model.strategies["buy@one"]
    assert (bought.family, bought.target) == ("buy", "one")
    assert bought.label.in_language("fr") == "Acheter\u00a0: Un"
    assert model.targets["three"].failed_gates == ("silicon",)


def test_a_firm_has_its_own_quantities_beside_the_shared_ones() -> None:
    model = read(FIRMS)
    own = model.target_quantities["one"]["price"]
    assert own.number.definition == Percentiles(p10=1, p50=2, p90=4)
    assert (own.id, own.target) == ("price", "one")
    assert model.quantities["price"].number.definition == Fixed(5)
    assert model.target_quantities["two"] == {}


def test_a_quantity_may_be_read_off_a_performance() -> None:
    assert read(FIRMS).quantities["stay"].number.definition == Mapped(
        "team", ((0, 0.3), (100, 0.8))
    )


def test_a_fact_is_a_number_or_a_text() -> None:
    founded, memory = read(FIRMS).targets["one"].facts
    assert founded.number is not None
    assert founded.number.definition == Fixed(2016)
    assert (memory.text, memory.number) == ("SRAM", None)


def test_what_a_firm_says_of_itself_comes_before_what_is_said_of_the_strategy() -> None:
    model = read(
        FIRMS.replace(
            "    performances: {team: 60}",
            "    performances: {team: 60}\n    strategy_performances: {fit: 8}",
        )
        + "criteria: {fit: {worst: 0, best: 10, swing: 1, swing_reason: r}}\n"
        "performances: {wait: {fit: 0}, buy: {fit: 5}}\n"
    )
    found = {name: row["fit"].definition for name, row in model.performances.items()}
    assert found == {"wait": Fixed(0), "buy@one": Fixed(8), "buy@two": Fixed(5)}


def test_a_firm_that_is_off_has_no_strategy() -> None:
    text = FIRMS.replace("  one:\n", "  one:\n    off: true\n")
    assert list(read(text).strategies) == ["wait", "buy@two"]


def test_bins_without_outcomes_are_numbered_from_the_lowest() -> None:
    model = read(
        f"{CHOICE.replace('{pay: 1}', '{then: look}')}"
        "  look: {observe: x, bins: [1, 2 m], then: end}\n"
        "  end: {decide: {yes: {pay: x}, no: {}}}\n"
        "quantities: {x: {p10: 0, p50: 1, p90: 2, grade: judgement, reason: r}}\n"
    )
    node = model.nodes["look"]
    assert isinstance(node, ObservationNode)
    assert [(b.id, str(b.label), b.then) for b in node.branches] == [
        ("bin_1", "below 1", "end"),
        ("bin_2", "1 to 2 m", "end"),
        ("bin_3", "2 m or more", "end"),
    ]
    assert [edge.definition for edge in node.edges] == [Fixed(1), Fixed(2e6)]


def test_a_table_by_states_is_in_the_order_of_the_states() -> None:
    model = read(
        f"{CHOICE.replace('{pay: 1}', '{then: test}')}"
        "  test:\n    given: oil\n"
        "    chance: {open: {p: {wet: 60 %, dry: 30 %}, pay: oil}, shut: {p: rest}}\n"
        "quantities: {oil: {discrete: {dry: {value: -1, p: 50 %}, wet: {value: 1, p: rest}}, "
        "grade: judgement, reason: r}}\n"
    )
    node = model.nodes["test"]
    assert isinstance(node, ChanceNode)
    p = node.branches[0].p
    assert isinstance(p, Likelihood)
    assert [number.definition for number in p.by_state] == [Fixed(0.3), Fixed(0.6)]


def test_a_class_is_a_quantity_with_the_rate_of_its_members() -> None:
    outcomes = ("success", "failure", "partial", "too_early")
    precedents = "".join(
        f"  case_{n}: {{kind: a, buyer: A, buyer_kind: cloud, year: 2015, outcome: {outcome}, "
        "grade: judgement, reason: r}\n"
        for n, outcome in enumerate(outcomes)
    )
    model = read(
        f"{CHOICE.replace('{pay: 1}', '{pay: rate}')}precedents:\n{precedents}"
        "classes: {rate: {kind: a, success: [success, partial]}}\n"
    )
    assert model.quantities["rate"].number.definition == Beta(alpha=2.5, beta=1.5)
