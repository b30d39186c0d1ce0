import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.formulas.parse import parse_formula
from decide.formulas.units import Unit, UnitError, parse_unit, unit_of

UNITS = {
    "cost": "USD/year",
    "price": "USD",
    "price_eur": "EUR",
    "share": "%",
    "horizon": "years",
    "delay": "months",
    "rate": "1/year",
    "fleet": "USD",
    "renewal": "USD/year",
    "level": "%",
}


def unit_of_name(name: str) -> Unit | None:
    return parse_unit(UNITS[name])[0] if name in UNITS else None


def inferred(text: str) -> str | None:
    unit = unit_of(parse_formula(text), unit_of_name)
    return None if unit is None else str(unit)


@pytest.mark.parametrize(
    ("text", "powers", "factor"),
    [
        ("USD", {"USD": 1}, 1),
        ("USD bn", {"USD": 1}, 1e9),
        ("USD/year", {"USD": 1, "year": -1}, 1),
        ("USD m / year", {"USD": 1, "year": -1}, 1e6),
        ("USD*year", {"USD": 1, "year": 1}, 1),
        ("1/year", {"year": -1}, 1),
        ("year^2", {"year": 2}, 1),
        ("USD/year/people", {"USD": 1, "year": -1, "people": -1}, 1),
        ("USD/year^2", {"USD": 1, "year": -2}, 1),
        ("USD^0.5", {"USD": 0.5}, 1),
        ("years", {"year": 1}, 1),
        ("months", {"month": 1}, 1),
        ("days", {"day": 1}, 1),
        ("people k", {"people": 1}, 1e3),
        ("HHI", {"HHI": 1}, 1),
        ("\u20ac m", {"\u20ac": 1}, 1e6),
        ("d\u00e9lai", {"d\u00e9lai": 1}, 1),
        ("%", {}, 0.01),
        ("%/year", {"year": -1}, 0.01),
        ("1", {}, 1),
        ("USD/USD", {}, 1),
        ("year*months", {"month": 1, "year": 1}, 1),
    ],
)
def test_a_unit_is_powers_of_its_words_and_a_factor(
    text: str, powers: dict[str, float], factor: float
) -> None:
    assert parse_unit(text) == (Unit(tuple(sorted(powers.items()))), factor)


@pytest.mark.parametrize(
    ("text", "at", "message", "advice"),
    [
        ("", 0, "missing", "USD/year"),
        ("USD/", 4, "missing at the end", "USD/year"),
        ("USD per year", 4, "'per year'", "write / for per"),
        ("USD/(people*year)", 4, "'(people*year)'", "its own /"),
        ("bn", 0, "scale 'bn' stands without a unit", "USD bn"),
        ("m", 0, "scale 'm' stands without a unit", "metre"),
        ("USD/m", 4, "scale 'm' stands without a unit", "USD m"),
        ("USD/year bn", 9, "two things", "USD bn/year"),
        ("% bn", 2, "two things", "USD bn/year"),
        ("USD m m", 6, "'m'", "USD/year"),
        ("USD m^2", 5, "'^2'", "year^2"),
        ("1000 USD", 0, "'1000 USD'", "USD bn"),
        ("metre\u00b2", 0, "digit", "metre^2"),
        ("USD/year * \u00b2", 11, "digit", "metre^2"),
    ],
)
def test_a_unit_that_cannot_be_read_is_refused_where_it_goes_wrong(
    text: str, at: int, message: str, advice: str
) -> None:
    with pytest.raises(UnitError) as caught:
        parse_unit(text)
    assert message in caught.value.message
    assert advice in caught.value.advice
    assert caught.value.at == at


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        ("cost", "USD/year"),
        ("unknown", None),
        ("5", None),
        ("2 * 3 + 1", None),
        ("price + 5", "USD"),
        ("5 - price", "USD"),
        ("price + unknown", "USD"),
        ("unknown + price", "USD"),
        ("unknown + 5", None),
        ("2 * price", "USD"),
        ("2 * (1 + 3) * price", "USD"),
        ("unknown * price", None),
        ("1 - share", "1"),
        ("(1 - share) * cost", "USD/year"),
        ("2 / horizon", "1/year"),
        ("price / horizon + cost", "USD/year"),
        ("cost * horizon + price", "USD"),
        ("price / price", "1"),
        ("-cost", "USD/year"),
        ("abs(cost)", "USD/year"),
        ("lag(cost, 2)", "USD/year"),
        ("change(price)", "USD/year"),
        ("change(share)", "1/year"),
        ("cumulative(cost)", "USD"),
        ("cumulative(price)", "USD*year"),
        ("change(cumulative(cost))", "USD/year"),
        ("max(0, price)", "USD"),
        ("min(price, unknown, 3)", "USD"),
        ("if(cost > 3, price, 0)", "USD"),
        ("if(share, 1, 0) * price", "USD"),
        ("if(unknown, unknown, 0)", None),
        ("(cost > 3) * price", "USD"),
        ("price > unknown", "1"),
        ("price ^ 2", "USD^2"),
        ("price ^ (1/3) * price ^ (2/3)", "USD"),
        ("(price ^ (1/3)) ^ 3", "USD"),
        ("price ^ 0", "1"),
        ("sqrt(price)", "USD^0.5"),
        ("sqrt(price * price)", "USD"),
        ("sqrt(unknown)", None),
        ("1.05 ^ share", "1"),
        ("1.05 ^ (rate * horizon)", "1"),
        ("2 ^ 3", None),
        ("share ^ unknown", "1"),
        ("unknown ^ 2", None),
        ("exp(-rate * horizon) * price", "USD"),
        ("exp(unknown)", None),
        ("log(price / fleet)", "1"),
        ("fleet * max(0, change(level)) + renewal * level", "USD/year"),
    ],
)
def test_a_formula_comes_out_in_a_unit(formula: str, unit: str | None) -> None:
    assert inferred(formula) == unit


YEARS_LEFT = "multiply the left side by a number in year, or divide the right side by one"
YEARS_RIGHT = "multiply the right side by a number in year, or divide the left side by one"


@pytest.mark.parametrize(
    ("formula", "at", "message", "advice"),
    [
        ("cost + price", 5, "an amount per year against a total", YEARS_LEFT),
        ("price - cost", 6, "an amount per year against a total", YEARS_RIGHT),
        ("price > cost", 6, "USD is compared with a number in USD/year", YEARS_RIGHT),
        ("max(price, 0, cost)", 0, "per year against a total", "multiply argument 3 by"),
        ("if(share, cost, price)", 0, "per year against", "multiply its second argument by"),
        ("2 * cost + cumulative(cost)", 9, "per year against a total", YEARS_LEFT),
        ("change(cost) + cost", 13, "USD/year^2 is added to a number in USD/year", YEARS_LEFT),
        ("price + price_eur", 6, "added to a number in EUR", "by a number in USD/EUR"),
        ("price - price_eur", 6, "in EUR is subtracted from a number in USD", "in USD/EUR"),
        ("horizon + delay", 8, "in year is added to a number in month", "in year/month"),
        ("share + price", 6, "a plain number is added to", "left side by a number in USD"),
        ("price + share", 6, "to a plain number", "right side by a number in USD"),
        ("horizon + share", 8, "to a plain number", "right side by a number in year"),
        ("unknown + price + price_eur", 16, "USD is added to a number in EUR", "USD/EUR"),
        ("if(price > cost, 1, 2)", 9, "compared", YEARS_RIGHT),
        ("exp(price)", 0, "exp is taken of a number in USD", "divide it by a number in USD"),
        ("1 + log(price / 5)", 4, "log is taken of a number in USD", "divide it"),
        ("1.05 ^ horizon", 5, "the exponent is a number in year", "divide it"),
        ("price ^ share", 6, "not a constant", "divide by a number in USD"),
        ("price ^ unknown", 6, "not a constant", "divide by a number in USD"),
    ],
)
def test_two_units_that_do_not_fit_are_refused_at_the_operator(
    formula: str, at: int, message: str, advice: str
) -> None:
    with pytest.raises(UnitError) as caught:
        inferred(formula)
    assert message in caught.value.message
    assert advice in caught.value.advice
    assert caught.value.at == at


def test_the_deepest_formula_has_a_unit() -> None:
    assert inferred(" + ".join(["price"] * 200)) == "USD"


words = st.sampled_from(["USD", "EUR", "year", "month", "people", "HHI"])
powers = st.sampled_from([-2.0, -1.0, -0.5, 0.5, 1.0, 2.0, 12.0])
units = st.dictionaries(words, powers, max_size=4).map(lambda d: Unit(tuple(sorted(d.items()))))


@settings(deadline=None)
@given(units)
def test_a_unit_is_read_back_from_its_text(unit: Unit) -> None:
    assert parse_unit(str(unit)) == (unit, 1.0)


@settings(deadline=None)
@given(units, units)
def test_multiplying_by_a_unit_and_dividing_by_it_changes_nothing(a: Unit, b: Unit) -> None:
    expression = parse_formula("a * b / b + b * a / b - (a / b) * b")
    assert unit_of(expression, {"a": a, "b": b}.get) == a


@settings(deadline=None)
@given(units)
def test_a_root_undoes_a_square_and_change_undoes_cumulative(unit: Unit) -> None:
    expression = parse_formula("sqrt(a ^ 2) + sqrt(a) ^ 2 - change(cumulative(a)) + 1 / (1 / a)")
    assert unit_of(expression, {"a": unit}.get) == unit


@settings(deadline=None)
@given(units, units)
def test_two_units_are_added_only_where_they_are_the_same(a: Unit, b: Unit) -> None:
    expression = parse_formula("a + b")
    if a == b:
        assert unit_of(expression, {"a": a, "b": b}.get) == a
    else:
        with pytest.raises(UnitError):
            unit_of(expression, {"a": a, "b": b}.get)
