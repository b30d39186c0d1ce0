"""Laws of the parser: it gives back what was written, and never fails in another way."""

import math
import string

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from decide.formulas.error import FormulaError
from decide.formulas.expression import Call, Constant, Expression, Name
from decide.formulas.parse import FUNCTIONS, parse_formula, parse_number
from decide.formulas.terms import constants, fold, names

SIGNS = {  # of each operator, with how tightly it binds
    "less": ("<", 1),
    "less_equal": ("<=", 1),
    "greater": (">", 1),
    "greater_equal": (">=", 1),
    "equal": ("==", 1),
    "not_equal": ("!=", 1),
    "add": ("+", 2),
    "subtract": ("-", 2),
    "multiply": ("*", 3),
    "divide": ("/", 3),
    "negate": ("-", 4),
    "power": ("^", 5),
}


def written(expression: Expression, least: int = 0) -> str:
    """Write an expression with no more brackets than it needs where `least` must bind."""
    match expression:
        case Constant(value):
            return repr(value)
        case Name(name):
            return name
        case Call(function, arguments) if function not in SIGNS:
            return f"{function}({', '.join(written(a) for a in arguments)})"
        case Call(function, arguments):
            sign, binding = SIGNS[function]
            if function == "negate":
                text = f"-{written(arguments[0], 4)}"
            elif function == "power":
                text = f"{written(arguments[0], 6)} ^ {written(arguments[1], 4)}"
            else:
                left = binding + 1 if binding == 1 else binding
                text = f"{written(arguments[0], left)} {sign} {written(arguments[1], binding + 1)}"
            return text if binding >= least else f"({text})"


def without_columns(expression: Expression) -> Expression:
    match expression:
        case Constant(value):
            return Constant(value)
        case Name(name):
            return Name(name)
        case Call(function, arguments):
            return Call(function, tuple(without_columns(a) for a in arguments))


def calls(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    def some(least: int, most: int) -> st.SearchStrategy[tuple[Expression, ...]]:
        return st.lists(parts, min_size=least, max_size=min(most, 4)).map(tuple)

    functions = [
        st.builds(Call, st.just(name), some(least, most))
        for name, (least, most) in FUNCTIONS.items()
        if name != "lag"
    ]
    lag = st.builds(lambda x, n: Call("lag", (x, Constant(float(n)))), parts, st.integers(0, 1_000))
    operators = [
        st.builds(Call, st.just(name), some(1, 1) if name == "negate" else some(2, 2))
        for name in SIGNS
    ]
    return st.one_of(*functions, *operators, lag)


def mistake(text: str) -> FormulaError | None:
    try:
        parse_formula(text)
    except FormulaError as error:
        return error
    return None


identifiers = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,8}", fullmatch=True).filter(
    lambda name: name not in FUNCTIONS
)
numbers = st.floats(min_value=0, allow_infinity=False, allow_nan=False)
expressions = st.recursive(
    st.one_of(st.builds(Constant, numbers), st.builds(Name, identifiers)), calls, max_leaves=20
)


@settings(deadline=None, max_examples=300)
@given(expressions)
def test_what_is_written_out_is_read_back_the_same(expression: Expression) -> None:
    text = written(expression)
    error = mistake(text)
    if error:  # 1 / 0, or 1e300 * 1e300, somewhere in it
        assert any(word in error.message for word in ("too large", "divided", "taken", "raised"))
    else:
        assert without_columns(parse_formula(text)) == expression


@settings(deadline=None, max_examples=200)
@given(expressions, st.sampled_from(["", " ", "  ", "\n", "\u00a0"]))
def test_every_name_and_constant_stands_in_its_column(expression: Expression, gap: str) -> None:
    text = gap + written(expression)
    assume(mistake(text) is None)
    read = parse_formula(text)
    assert names(read) == names(expression)
    for constant in constants(read):
        assert text.startswith(repr(constant.value), constant.at)


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet=string.printable + "\u2212\uff15\u00e9\u20ac\x00", max_size=40))
def test_any_text_is_read_or_refused_with_a_way_out(text: str) -> None:
    error = mistake(text)
    if error:
        assert error.message.isprintable()
        assert error.advice.isprintable()
        assert error.advice
        assert 0 <= error.at <= len(text)
        assert error.width >= 1


pieces = st.sampled_from(
    ["1", "2.5", "22 %", "3 bn", "0,5", "a", "m", "min", "if", "lag", *"()+-*/^<>=!%,;.'[]@", "**"]
)


@settings(deadline=None, max_examples=500)
@given(st.lists(pieces, max_size=12))
def test_any_row_of_tokens_is_read_or_refused_with_a_way_out(row: list[str]) -> None:
    text = " ".join(row)
    error = mistake(text)
    if error:
        assert error.advice
        assert 0 <= error.at <= len(text)


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_is_read_back_to_the_last_bit(number: float) -> None:
    assert parse_number(repr(number)) == number


@settings(deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([("%", -2), ("k", 3), ("m", 6), ("bn", 9)]))
def test_a_suffix_is_a_power_of_ten(number: int, suffix: tuple[str, int]) -> None:
    sign, exponent = suffix
    assert parse_number(f"{number} {sign}") == float(f"{number}e{exponent}")


@settings(deadline=None)
@given(numbers, numbers)
def test_a_formula_of_constants_is_worked_out_as_floats(a: float, b: float) -> None:
    try:
        value = fold(parse_formula(f"{a!r} - {b!r} * 2"))
    except FormulaError:
        assert math.isinf(b * 2)
    else:
        assert value == a - b * 2
