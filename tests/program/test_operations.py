"""The program computes what the formulas say, year by year, whatever is folded or factored out."""

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.model.distribution import Discrete, Uniform
from decide.model.number import Series
from decide.program.calendar import discount_exponent
from decide.program.compile import compile_program
from decide.program.engine import run
from decide.program.operations import Graph, ancestors
from decide.program.separate import Separator
from decide.uncertainty.points import Floats
from tests.models import Written, model, strategy

YEARS = (2024, 2025, 2026, 2027)


def by_year(formula: str, **quantities: Written) -> Floats:
    """A formula's value in each of four years."""
    m = model([strategy("s")], (), {**quantities, "result": formula}, years=YEARS)
    program = compile_program(m)
    number = program.quantities["result"]
    order = ancestors(program.operations, [number])
    values = run(program.operations, order, {}, {}, len(YEARS))
    return np.broadcast_to(values[number], (4, 1, 1)).ravel()


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("change(x)", [1, 2, 4, 8]),
        ("lag(x)", [0, 1, 3, 7]),
        ("lag(x, 3)", [0, 0, 0, 1]),
        ("lag(x, 9)", [0, 0, 0, 0]),
        ("cumulative(x)", [1, 4, 11, 26]),
        ("change(5)", [5, 0, 0, 0]),
        ("cumulative(2)", [2, 4, 6, 8]),
        ("if(x > 3, x, -x)", [-1, -3, 7, 15]),
        ("max(2, min(x, 7))", [2, 3, 7, 7]),
        ("2 ^ 3 ^ 2 - -x", [513, 515, 519, 527]),
        ("(x >= 3) + (x == 7) + (x != 7) + (x < 1) + (x <= 1)", [2, 2, 2, 2]),
        ("abs(-x) * sqrt(4) / exp(log(2))", [1, 3, 7, 15]),
        ("12 % * 100 + 1 k / 1_000", [13, 13, 13, 13]),
    ],
)
def test_formulas_by_hand(formula: str, expected: list[float]) -> None:
    m = model([strategy("s")], (), {"x": "cumulative(2 ^ (cumulative(1) - 1))"}, years=YEARS)
    assert by_year("x", x=m.quantities["x"].number.text) == pytest.approx([1, 3, 7, 15])
    assert by_year(formula, x="cumulative(2 ^ (cumulative(1) - 1))") == pytest.approx(expected)


def test_a_series_is_linear_between_its_points_and_flat_outside() -> None:
    assert by_year("x", x=Series(((2025, 10.0), (2027, 20.0)))) == pytest.approx([10, 10, 15, 20])


@pytest.mark.parametrize(
    ("as_of", "year", "expected"),
    [
        (date(2023, 12, 31), 2024, 1.0),
        (date(2023, 10, 31), 2024, 1 + 61 / 365),
        (date(2024, 1, 1), 2024, 365 / 366),
        (None, 2030, 0.0),
    ],
)
def test_discounting_is_end_of_year_to_the_as_of_date(
    as_of: date | None, year: int, expected: float
) -> None:
    assert discount_exponent(as_of, year) == pytest.approx(expected)


def test_the_same_formula_is_entered_once_and_constants_are_folded() -> None:
    graph = Graph(years=1)
    x = graph.input("x")
    assert graph.apply("add", x, x) == graph.apply("add", x, x)
    assert graph.value(graph.apply("exp", graph.constant(0.0))) == pytest.approx(1)
    assert graph.apply("multiply", x, graph.constant(1.0)) == x
    assert graph.value(graph.apply("subtract", x, x)) == pytest.approx(0)


# What is factored out of draws is what was there.

LINEAR = ("add", "subtract", "multiply")


@st.composite
def random_operations(draw: st.DrawFn) -> tuple[Graph, int]:
    graph = Graph(years=3)
    amounts = st.integers(-3, 3).map(float)
    pool = [graph.input("x"), graph.input("y")]
    pool += [graph.constant([draw(amounts) for _ in range(3)]) for _ in range(2)]
    pool.append(graph.constant(0.0))
    for _ in range(draw(st.integers(1, 9))):
        code = draw(
            st.sampled_from([*LINEAR, "change", "cumulative", "maximum", "minimum", "if",
                             "from_year", "lag", "divide", "negate"])
        )  # fmt: skip
        a, b, c = (draw(st.sampled_from(pool)) for _ in range(3))
        match code:
            case "change" | "cumulative" | "negate":
                pool.append(graph.apply(code, a))
            case "lag" | "from_year":
                arguments = (a,) if code == "lag" else (a, b)
                pool.append(graph.apply(code, *arguments, extra=(draw(st.integers(1, 2)),)))
            case "if":
                pool.append(graph.apply(code, a, b, c))
            case "divide":
                two = graph.constant(2.0)
                pool.append(graph.apply(code, a, draw(st.sampled_from([two, pool[0]]))))
            case _:
                pool.append(graph.apply(code, a, b))
    return graph, pool[-1]


@settings(deadline=None, max_examples=300)
@given(random_operations())
def test_factoring_out_the_years_changes_no_present_value(made: tuple[Graph, int]) -> None:
    graph, number = made
    factors = graph.constant([0.9, 0.8, 0.7])
    whole = graph.apply("present_value", number, factors)
    apart = Separator(graph).present_value(number, factors)
    inputs = {
        "x": np.array([[[1.5, -2.0, 0.25]]]),
        "y": np.array([[[-1.0, 3.0, 2.0]]]),
    }
    order = ancestors(graph.operations, [whole, apart])
    values = run(graph.operations, order, inputs, {}, 3)
    assert np.broadcast_to(values[apart], (1, 1, 3)) == pytest.approx(
        np.broadcast_to(values[whole], (1, 1, 3)), rel=1e-9, abs=1e-9
    )


def test_a_payoff_of_products_needs_no_array_of_years_times_draws() -> None:
    m = model(
        [strategy("base"), strategy("go", share=0.3, cost=5)],
        (),
        {
            "demand": Uniform(min=1, max=2),
            "saving": Discrete(values=(0.1, 0.2), probabilities=(0.5, 0.5)),
            "level": "demand * cumulative(1)",
            "spend": "48 * max(0, change(level)) + 16 * level",
            "cash": "spend * saving * share - cost",
        },
        levers={"share": 0, "cost": 0},
        years=YEARS,
        as_of=date(2023, 12, 31),
        payoff="cash",
        base="base",
        discount_rate=0.1,
    )
    program = compile_program(m)
    end = program.strategies["go"][0]
    needed = ancestors(program.operations, [end.total])
    assert "present_value" not in {program.operations[n].code for n in needed}
    drawn = {"demand": np.array([[[1.2]]]), "saving": np.array([[[1.0]]])}
    total = run(program.operations, needed, drawn, {}, 4)[end.total].item()
    level = [1.2 * n for n in (1, 2, 3, 4)]
    cash = [(48 * 1.2 + 16 * x) * 0.2 * 0.3 - 5 for x in level]
    assert total == pytest.approx(sum(c / 1.1 ** (n + 1) for n, c in enumerate(cash)))


def test_division_by_zero_is_an_infinity_that_the_run_refuses_later() -> None:
    assert math.isinf(by_year("1 / x", x=0.0)[0])
