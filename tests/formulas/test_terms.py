from decide.formulas.expression import Call, Constant, Name
from decide.formulas.parse import parse_formula
from decide.formulas.terms import constants, names, walk


def test_names_are_listed_once_in_the_order_of_writing() -> None:
    assert names(parse_formula("c * max(a, c, b) - if(a > d, 2 m, m)")) == ("c", "a", "b", "d", "m")
    assert names(parse_formula("30/41")) == ()


def test_constants_are_listed_in_the_order_of_writing_with_their_columns() -> None:
    found = constants(parse_formula("12 * x - min(-5 %, 12)"))
    assert found == (Constant(12, 0), Constant(0.05, 14), Constant(12, 19))


def test_a_call_is_walked_before_its_arguments() -> None:
    expression = parse_formula("-a + 1")
    negated = Call("negate", (Name("a", 1),), 0)
    assert list(walk(expression)) == [expression, negated, Name("a", 1), Constant(1, 5)]
