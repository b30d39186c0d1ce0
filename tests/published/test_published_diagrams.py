"""Textbook influence diagrams, read from files: value, policy, risk profile, information."""

from dataclasses import replace

import pytest

import decide
from decide.analyses.diagram import DiagramSolution, solve
from decide.model.diagram import Diagram
from tests.diagrams import best_by_hand
from tests.published.workspaces import atoms, evaluated_case, policy, read_text, text_of


def diagram_of(case: str) -> Diagram:
    found = read_text(text_of(case)).diagram
    assert found is not None
    return found


def taken(found: DiagramSolution, decision: str) -> dict[tuple[str, ...], str]:
    return {row.states: row.option for row in found.policies[decision].rows}


def test_the_umbrella_is_taken_only_when_the_forecast_is_rainy() -> None:
    found = decide.solve_diagram(read_text(text_of("umbrella_diagram")))
    assert found.value.expected_value == pytest.approx(77, rel=1e-12)
    assert taken(found, "umbrella") == {
        ("sunny",): "leave",
        ("cloudy",): "leave",
        ("rainy",): "take",
    }
    assert atoms(found.value) == pytest.approx({0: 0.12, 20: 0.07, 70: 0.18, 100: 0.63})
    assert found.value.sd == pytest.approx(35.79106033634656, rel=1e-12)
    assert found.value.worst_tenth_mean == pytest.approx(0, abs=1e-12)


def test_the_wildcatter_tests_and_drills_unless_there_is_no_structure() -> None:
    found = solve(diagram_of("oil_wildcatter_diagram"))
    assert found.value.expected_value == pytest.approx(22.5, rel=1e-12)
    assert taken(found, "test") == {(): "test"}
    drills = taken(found, "drill")
    assert drills == {
        ("none",): "drill",
        ("no_structure",): "no_drill",
        ("open",): "drill",
        ("closed",): "drill",
    }
    assert found.policies["drill"].ignored == ("test",)
    assert atoms(found.value) == pytest.approx({-80: 0.2, -10: 0.41, 40: 0.21, 190: 0.18})


@pytest.mark.parametrize(
    ("risk_tolerance", "value"), [(500, 15.263517259078895), (100, 0)], ids=str
)
def test_the_wildcatter_has_his_certainty_equivalent(risk_tolerance: float, value: float) -> None:
    diagram = diagram_of("oil_wildcatter_diagram")
    found = decide.solve_diagram(diagram, risk_tolerance=risk_tolerance)
    assert found.value.certainty_equivalent == pytest.approx(value, rel=1e-12, abs=1e-12)


def test_to_know_the_oil_is_worth_35_to_the_wildcatter_without_a_test() -> None:
    diagram = diagram_of("oil_wildcatter_diagram")
    told = decide.value_of_information(diagram, "oil", "test")
    assert 22.5 + told == pytest.approx(20 + 35, rel=1e-12)


@pytest.mark.parametrize("case", ["umbrella_diagram", "oil_wildcatter_diagram", "used_car_diagram"])
@pytest.mark.parametrize("risk_tolerance", [None, 100.0])
def test_a_published_diagram_is_worth_what_its_tree_is(
    case: str, risk_tolerance: float | None
) -> None:
    found = solve(diagram_of(case), risk_tolerance=risk_tolerance)
    values = evaluated_case(case, risk_tolerance).rollback.values.values()
    best = max(value.certainty_equivalent for value in values)
    assert found.value.certainty_equivalent == pytest.approx(best, rel=1e-12)


def test_the_tree_of_the_wildcatter_has_the_published_values_and_policy() -> None:
    found = evaluated_case("oil_wildcatter_diagram").rollback
    expected = {name: value.expected_value for name, value in found.values.items()}
    assert expected == pytest.approx({"test": 22.5, "no_test": 20}, rel=1e-12)
    assert policy(found) == {
        "test/no_structure": "no_drill",
        "test/open": "drill",
        "test/closed": "drill",
        "no_test/none": "drill",
    }


def test_the_car_is_tested_and_a_lemon_bought_with_the_guarantee() -> None:
    found = solve(diagram_of("used_car_diagram"))
    assert found.value.expected_value == pytest.approx(31, rel=1e-12)
    assert taken(found, "stranger") == {(): "test"}
    assert taken(found, "purchase") == {
        ("nothing",): "buy",
        ("lemon",): "guarantee",
        ("peach",): "buy",
    }
    assert atoms(found.value) == pytest.approx({15: 0.2, 35: 0.8})
    assert found.value.sd == pytest.approx(8, rel=1e-12)


def test_the_tree_of_a_diagram_has_posterior_probabilities() -> None:
    steps = evaluated_case("tree_flip_diagram").rollback.steps["head"]
    hat, no_hat = (n for n, step in enumerate(steps) if step.parent == 0)
    assert steps[hat].probability == pytest.approx(0.25, rel=1e-12)
    men = {
        above: step.probability
        for above in (hat, no_hat)
        for option in range(len(steps))
        if steps[option].parent == above
        for step in steps
        if step.parent == option and step.branch == "man"
    }
    assert men == pytest.approx({hat: 0.9, no_hat: 0.7}, rel=1e-12)


def test_the_imperfect_test_is_worth_192_and_a_perfect_one_280() -> None:
    diagram = diagram_of("imperfect_test_diagram")
    go = diagram.decisions["go"]
    untold = replace(diagram, nodes={**diagram.nodes, "go": replace(go, knows=())})
    found, without = solve(diagram), solve(untold)
    assert found.value.expected_value == pytest.approx(212, rel=1e-12)
    assert without.value.expected_value == pytest.approx(20, rel=1e-12)
    assert found.policies["go"].rows[0].reach == pytest.approx(0.31, rel=1e-12)
    assert decide.value_of_information(untold, "signal", "go") == pytest.approx(192, rel=1e-12)
    assert decide.value_of_information(untold, "venture", "go") == pytest.approx(280, rel=1e-12)


def test_the_pigs_are_treated_from_the_second_month_on_when_the_test_is_positive() -> None:
    diagram = diagram_of("pigs_diagram")
    found = solve(diagram)
    assert found.method == "enumeration"
    assert not found.is_local_optimum
    assert found.value.expected_value == pytest.approx(726.8121, rel=1e-12)
    assert found.value.expected_value == pytest.approx(best_by_hand(diagram), rel=1e-12)
    assert taken(found, "treat_1") == {(): "leave"}
    for month in ("treat_2", "treat_3"):
        assert taken(found, month) == {("positive",): "treat", ("negative",): "leave"}
