"""Influence diagrams against their trees, and against every policy gone through by hand."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import decide
from decide.analyses.diagram import is_influenced, solve
from decide.analyses.diagram_tree import unfold_diagram
from decide.analyses.limited import improve_policies
from decide.evaluate import evaluate
from decide.model.diagram import Diagram, DiagramDecision, DiagramNode
from decide.model.place import InvalidInputError
from tests import diagrams
from tests.diagrams import best_by_hand, number_of_plans, random_diagram, with_diagram

SEEDS = st.integers(min_value=0, max_value=10**6)
TOLERANCES = st.sampled_from([None, 15.0, 200.0])
FEW_PLANS = 2_000


def near(value: float | list[float]) -> object:
    return pytest.approx(value, rel=1e-9, abs=1e-9)


@given(seed=SEEDS, risk_tolerance=TOLERANCES)
@settings(max_examples=60, deadline=None)
def test_a_diagram_is_worth_what_its_tree_is(seed: int, risk_tolerance: float | None) -> None:
    diagram = random_diagram(seed)
    found = solve(diagram, risk_tolerance=risk_tolerance)
    rollback = evaluate(with_diagram(diagram, risk_tolerance)).rollback
    best = rollback.values[rollback.ranking[0]]
    assert found.value.certainty_equivalent == near(best.certainty_equivalent)
    in_tree = any(step.ties for steps in rollback.steps.values() for step in steps)
    values = [value.certainty_equivalent for value in rollback.values.values()]
    is_tied = any(abs(a - b) < 1e-9 for a, b in itertools.combinations(values, 2))
    if not in_tree and not is_tied:
        assert found.value.expected_value == near(best.expected_value)
        assert found.value.sd == pytest.approx(best.sd, rel=1e-6, abs=1e-6)
        assert [x for x, _ in found.value.profile] == near([x for x, _ in best.profile])
        assert [p for _, p in found.value.profile] == near([p for _, p in best.profile])
        assert found.value.probability_of_loss == near(best.probability_of_loss)
        assert found.value.worst_tenth_mean == near(best.worst_tenth_mean)


@given(seed=SEEDS, risk_tolerance=TOLERANCES)
@settings(max_examples=40, deadline=None)
def test_without_forgetting_no_policy_is_better(seed: int, risk_tolerance: float | None) -> None:
    diagram = random_diagram(seed, variables=5)
    assume(number_of_plans(diagram) <= FEW_PLANS)
    found = solve(diagram, risk_tolerance=risk_tolerance)
    assert found.value.certainty_equivalent == near(best_by_hand(diagram, risk_tolerance))


@given(seed=SEEDS, risk_tolerance=TOLERANCES)
@settings(max_examples=40, deadline=None)
def test_with_a_limited_memory_no_policy_is_better(seed: int, risk_tolerance: float | None) -> None:
    diagram = random_diagram(seed, memory="limited")
    assume(number_of_plans(diagram) <= FEW_PLANS)
    found = solve(diagram, risk_tolerance=risk_tolerance)
    assert found.method == "enumeration"
    assert found.value.certainty_equivalent == near(best_by_hand(diagram, risk_tolerance))


@given(seed=SEEDS, risk_tolerance=TOLERANCES)
@settings(max_examples=40, deadline=None)
def test_improving_single_policies_ends_at_or_below_the_best(
    seed: int, risk_tolerance: float | None
) -> None:
    diagram = random_diagram(seed, memory="limited")
    best = solve(diagram, risk_tolerance=risk_tolerance).value.certainty_equivalent
    _, worth = improve_policies(diagram, risk_tolerance)
    assert worth <= best + 1e-9 * (1 + abs(best))


@given(seed=SEEDS, risk_tolerance=TOLERANCES)
@settings(max_examples=40, deadline=None)
def test_forgetting_never_helps(seed: int, risk_tolerance: float | None) -> None:
    diagram = random_diagram(seed)
    forgetful = replace(diagram, memory="limited")
    with_memory, without = (
        solve(each, risk_tolerance=risk_tolerance).value.certainty_equivalent
        for each in (diagram, forgetful)
    )
    assert without <= with_memory + 1e-9 * (1 + abs(with_memory))


@given(seed=SEEDS)
@settings(max_examples=40, deadline=None)
def test_each_decision_is_reached_once(seed: int) -> None:
    for policy in solve(random_diagram(seed)).policies.values():
        assert sum(row.reach for row in policy.rows) == near(1.0)


@given(seed=SEEDS)
@settings(max_examples=40, deadline=None)
def test_another_scale_of_money_changes_no_choice(seed: int) -> None:
    diagram = random_diagram(seed)
    tables = {n.id: tuple(2**20 * x for x in n.table) for n in diagram.values.values()}
    scaled = {name: replace(diagram.values[name], table=table) for name, table in tables.items()}
    larger = replace(diagram, nodes={**diagram.nodes, **scaled})
    small, large = solve(diagram, risk_tolerance=8.0), solve(larger, risk_tolerance=8.0 * 2**20)
    assert large.policies == small.policies
    assert large.value.certainty_equivalent == near(2**20 * small.value.certainty_equivalent)


def test_a_total_of_a_million_risk_tolerances_does_not_overflow() -> None:
    diagram = diagrams.diagram(
        diagrams.chance("luck", 2, (), (0.5, 0.5)),
        diagrams.decision("bet", 2, ()),
        diagrams.value("gain", ("luck", "bet"), (3e6, 1e6, -3e6, 1e6 - 2.0)),
    )
    found = solve(diagram, risk_tolerance=1.0).value
    sure = evaluate(with_diagram(diagram, 1.0)).rollback.values["o1"].certainty_equivalent
    assert found.certainty_equivalent == sure
    assert 1e6 - 2 < sure < 1e6 - 1


def test_what_makes_no_difference_to_a_choice_is_named() -> None:
    diagram = diagrams.diagram(
        diagrams.chance("state", 2, (), (0.5, 0.5)),
        diagrams.chance("noise", 2, (), (0.5, 0.5)),
        diagrams.chance("signal", 2, ("state",), (0.9, 0.1, 0.2, 0.8)),
        diagrams.decision("act", 2, ("noise", "signal")),
        diagrams.value("gain", ("state", "act"), (10, 0, -10, 0)),
    )
    policy = solve(diagram).policies["act"]
    assert policy.matters == ("signal",)
    assert policy.ignored == ("noise",)
    assert [(row.states, row.option) for row in policy.rows] == [(("s0",), "o0"), (("s1",), "o1")]


def test_options_that_are_worth_the_same_are_said_to_be() -> None:
    diagram = diagrams.diagram(
        diagrams.decision("act", 3, ()), diagrams.value("gain", ("act",), (1, 2, 2))
    )
    (row,) = solve(diagram).policies["act"].rows
    assert row.option == "o1"
    assert row.ties == ("o2",)


def test_a_decision_that_changes_nothing_takes_its_first_option() -> None:
    diagram = diagrams.diagram(
        diagrams.decision("idle", 2, ()),
        diagrams.decision("act", 2, ("idle",)),
        diagrams.value("gain", ("act",), (1, 2)),
    )
    found = solve(diagram)
    assert found.policies["idle"].rows[0].option == "o0"
    assert found.value.expected_value == 2


def chain(months: int, signals: int = 3) -> Diagram:
    """A hidden state that is seen through a signal each month, with a treatment of its own."""
    nodes: list[DiagramNode] = [diagrams.chance("h0", 2, (), (0.2, 0.8))]
    for n in range(months):
        told = {2: (0.8, 0.2, 0.3, 0.7), 3: (0.6, 0.3, 0.1, 0.1, 0.3, 0.6)}[signals]
        nodes += [
            diagrams.chance(f"s{n}", signals, (f"h{n}",), told),
            diagrams.decision(f"d{n}", 2, (f"s{n}", f"d{n - 1}")[: 2 if n else 1]),
            diagrams.chance(
                f"h{n + 1}", 2, (f"h{n}", f"d{n}"), (0.5, 0.5, 0.9, 0.1, 0.1, 0.9, 0.3, 0.7)
            ),
            diagrams.value(f"c{n}", (f"d{n}",), (-100, 0)),
        ]
    nodes.append(diagrams.value("sale", (f"h{months}",), (300, 1000)))
    return diagrams.diagram(*nodes)


def test_a_diagram_whose_tree_is_too_large_is_solved_and_its_tree_refused_with_its_size() -> None:
    diagram = chain(6)
    found = solve(diagram)
    assert found.method == "elimination"
    assert len(found.value.profile) > 1
    with pytest.raises(InvalidInputError, match=r"the diagram has [0-9,]+ paths, and 20,000"):
        unfold_diagram(with_diagram(diagram))


def test_a_limited_memory_has_no_tree() -> None:
    with pytest.raises(InvalidInputError, match="a diagram with a limited memory has no tree"):
        unfold_diagram(with_diagram(replace(chain(2), memory="limited")))


def test_policies_that_are_too_many_are_improved_one_by_one_and_may_be_a_local_optimum() -> None:
    diagram = replace(chain(8), memory="limited")
    found = solve(diagram)
    assert found.method == "policy_updating"
    assert found.upper_bound >= found.value.certainty_equivalent
    assert found.is_local_optimum == (
        found.upper_bound > found.value.certainty_equivalent * (1 + 1e-9)
    )


def test_a_policy_that_is_worth_what_a_perfect_memory_is_worth_is_no_local_optimum() -> None:
    apart = [
        node
        for n in range(6)
        for node in (
            diagrams.chance(f"x{n}", 3, (), (0.2, 0.3, 0.5)),
            diagrams.decision(f"d{n}", 3, (f"x{n}",)),
            diagrams.value(f"u{n}", (f"x{n}", f"d{n}"), (1, 0, 0, 0, 1, 0, 0, 0, 1)),
        )
    ]
    found = solve(diagrams.diagram(*apart, memory="limited"))
    assert found.method == "policy_updating"
    assert found.value.expected_value == near(6.0)
    assert found.upper_bound == near(6.0)
    assert not found.is_local_optimum


def test_coordination_can_end_in_a_local_optimum_that_going_through_all_policies_avoids() -> None:
    diagram = diagrams.diagram(
        diagrams.decision("one", 2, ()),
        diagrams.decision("two", 2, ()),
        diagrams.value("gain", ("one", "two"), (10, -100, -100, 11)),
        memory="limited",
    )
    found = solve(diagram)
    assert found.value.expected_value == 11
    assert not found.is_local_optimum


@given(seed=SEEDS, risk_tolerance=TOLERANCES)
@settings(max_examples=25, deadline=None)
def test_knowing_more_never_hurts(seed: int, risk_tolerance: float | None) -> None:
    diagram = random_diagram(seed)
    first = next(iter(solve(diagram).policies))
    for node in diagram.chances:
        if is_influenced(diagram, node):
            continue
        here = diagram.nodes[first]
        assert isinstance(here, DiagramDecision)
        told = replace(here, knows=tuple(dict.fromkeys((*here.knows, node))))
        informed = replace(diagram, nodes={**diagram.nodes, first: told})
        with_it, without = (
            solve(each, risk_tolerance=risk_tolerance).value.certainty_equivalent
            for each in (informed, diagram)
        )
        assert with_it >= without - 1e-9 * abs(without)
        worth = decide.value_of_information(diagram, node, first, risk_tolerance=risk_tolerance)
        assert worth == pytest.approx(with_it - without, rel=1e-9, abs=1e-9 * abs(without))


def test_what_a_decision_influences_cannot_be_known_before() -> None:
    with pytest.raises(InvalidInputError, match="a decision influences 'h1'"):
        decide.value_of_information(chain(2), "h1", "d0")
    with pytest.raises(InvalidInputError, match="'nobody' is no chance node"):
        decide.value_of_information(chain(2), "nobody", "d0")


def test_a_table_that_no_memory_holds_is_refused_with_its_size() -> None:
    with pytest.raises(
        InvalidInputError, match=r"takes a table of [0-9,]+ numbers, and 50,000,000"
    ):
        solve(chain(14))


def test_a_table_of_a_limited_memory_that_no_memory_holds_is_refused() -> None:
    seen = [diagrams.chance(f"x{n}", 3, (), (0.2, 0.3, 0.5)) for n in range(20)]
    diagram = diagrams.diagram(
        *seen,
        diagrams.decision("act", 2, [node.id for node in seen]),
        diagrams.value("gain", ("x0", "act"), (1, 0, 0, 1, 0, 1)),
        memory="limited",
    )
    with pytest.raises(InvalidInputError, match=r"takes a table of [0-9,]+ numbers"):
        solve(diagram)


def test_what_does_not_matter_may_be_known_without_end() -> None:
    seen = [diagrams.chance(f"x{n}", 3, (), (0.2, 0.3, 0.5)) for n in range(40)]
    diagram = diagrams.diagram(
        *seen,
        diagrams.decision("act", 2, [node.id for node in seen]),
        diagrams.value("gain", ("x0", "act"), (1, 0, 0, 1, 0, 1)),
    )
    found = solve(diagram)
    assert found.value.expected_value == 1
    assert found.policies["act"].matters == ("x0",)
    assert len(found.policies["act"].ignored) == 39
