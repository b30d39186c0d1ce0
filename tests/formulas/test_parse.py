import math

import pytest

from decide.formulas.error import FormulaError
from decide.formulas.expression import Call, Constant, Expression, Name
from decide.formulas.parse import FUNCTIONS, parse_formula, parse_number, written_suffix
from decide.formulas.terms import fold


def prefix(expression: Expression) -> str:
    """Write an expression with every operator before its operands."""
    match expression:
        case Constant(value):
            return f"{value:g}"
        case Name(name):
            return name
        case Call(function, arguments):
            return f"({function} {' '.join(prefix(a) for a in arguments)})"


def value(text: str) -> float | None:
    return fold(parse_formula(text))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12.0),
        ("1_000", 1000.0),
        ("1_000.5", 1000.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1.5e9", 1.5e9),
        ("1.5E-3", 0.0015),
        ("22 %", 0.22),
        ("22%", 0.22),
        ("48.1 bn", 48.1e9),
        ("48.1bn", 48.1e9),
        ("350 m", 350e6),
        ("10 k", 10e3),
        ("1e3 k", 1e6),
        ("2e1 %", 0.2),
        ("0.1 %", 0.001),
        ("22\u202f%", 0.22),
        ("1\u00a0bn", 1e9),
        ("-0.5", -0.5),
        ("- 22 %", -0.22),
        ("+5 %", 0.05),
        ("  7\n", 7.0),
    ],
)
def test_a_constant_is_its_number_to_the_last_bit(text: str, number: float) -> None:
    assert parse_number(text) == number


def test_minus_zero_is_zero() -> None:
    assert math.copysign(1, parse_number("-0")) == 1


@pytest.mark.parametrize("text", ["x", "1 + 1", "30/41", "- -5", "-x", "2 * bn"])
def test_a_formula_is_refused_where_one_number_is_wanted(text: str) -> None:
    with pytest.raises(FormulaError, match="where one number is wanted") as caught:
        parse_number(text)
    assert (caught.value.at, caught.value.width) == (0, len(text))
    assert "48.1 bn" in caught.value.advice


@pytest.mark.parametrize(
    ("text", "suffix"),
    [("48.1 bn", "bn"), ("-22 %", "%"), ("12", ""), ("m * 2", ""), ("2 k * m", "k"), ("a", "")],
)
def test_the_suffix_that_a_number_is_written_with_can_be_asked_for(text: str, suffix: str) -> None:
    assert written_suffix(text) == suffix


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("48.1 bn * x", "(multiply 4.81e+10 x)"),
        ("22 % - x", "(subtract 0.22 x)"),
        ("22 % -x", "(subtract 0.22 x)"),
        ("demand / 10 % * ramp", "(multiply (divide demand 0.1) ramp)"),
        ("m * 2", "(multiply m 2)"),
        ("2 * m", "(multiply 2 m)"),
        ("k + bn", "(add k bn)"),
        ("2 m * m", "(multiply 2e+06 m)"),
        ("min(2 m, m)", "(min 2e+06 m)"),
        ("2 k*k", "(multiply 2000 k)"),
        ("1 - 2 - 3", "(subtract (subtract 1 2) 3)"),
        ("8 / 4 / 2", "(divide (divide 8 4) 2)"),
        ("a + b * c ^ d", "(add a (multiply b (power c d)))"),
        ("2 ^ 3 ^ 2", "(power 2 (power 3 2))"),
        ("-2 ^ 2", "(negate (power 2 2))"),
        ("2 ^ -x ^ 2", "(power 2 (negate (power x 2)))"),
        ("-a * b", "(multiply (negate a) b)"),
        ("a * -b", "(multiply a (negate b))"),
        ("a ^ -b * c", "(multiply (power a (negate b)) c)"),
        ("a - -b", "(subtract a (negate b))"),
        ("--a", "(negate (negate a))"),
        ("a + 1 < b * 2", "(less (add a 1) (multiply b 2))"),
        ("(a < b) == (c >= d)", "(equal (less a b) (greater_equal c d))"),
        ("a <= b", "(less_equal a b)"),
        ("a > b", "(greater a b)"),
        ("a != b", "(not_equal a b)"),
        ("((a))", "a"),
        ("(a + b) * c", "(multiply (add a b) c)"),
        ("if(a > 0, b, c)", "(if (greater a 0) b c)"),
        ("min(a)", "(min a)"),
        ("max(a, b, c, 0,35)", "(max a b c 0 35)"),
        ("fleet * max(0, change(level))", "(multiply fleet (max 0 (change level)))"),
        ("lag(x)", "(lag x)"),
        ("lag(x, 2)", "(lag x 2)"),
        ("lag(x, 1 + 1)", "(lag x (add 1 1))"),
        ("cumulative(abs(x))", "(cumulative (abs x))"),
        ("exp(log(sqrt(x)))", "(exp (log (sqrt x)))"),
        ("min (a, b)", "(min a b)"),
        ("minimum + max_1", "(add minimum max_1)"),
        ("a\n  + b", "(add a b)"),
        ("Demand_2031", "Demand_2031"),
        ("+ a - b", "(subtract a b)"),
    ],
)
def test_a_formula_means_what_the_reference_says(text: str, meaning: str) -> None:
    assert prefix(parse_formula(text)) == meaning


def test_every_part_knows_its_column() -> None:
    assert parse_formula("-a + min(2 %, bc)") == Call(
        "add",
        (
            Call("negate", (Name("a", 1),), 0),
            Call("min", (Constant(0.02, 9), Name("bc", 14)), 5),
        ),
        3,
    )


MISTAKES = [  # text, offset, width, in the message, in the advice
    ("", 0, 1, "no formula", "write a number"),
    (" \n ", 0, 1, "no formula", "write a number"),
    ("0,35", 0, 4, "'0,35' is written with a comma", "write 0.35"),
    ("a * 0,35 %", 4, 4, "'0,35'", "write 0.35"),
    ("(0,35)", 1, 4, "'0,35'", "write 0.35"),
    ("1,000", 0, 5, "'1,000'", "write 1.000, or 1_000 for thousands"),
    ("0,125", 0, 5, "'0,125'", "write 0.125"),
    ("48,100,000", 0, 10, "'48,100,000'", "write 48_100_000"),
    ("1.000,5", 0, 7, "'1.000,5'", "write 1000.5"),
    ("1.000.000", 0, 9, "more than one full stop", "write 1_000_000"),
    ("1.2.3", 0, 5, "more than one full stop", "decimal sign"),
    ("a + 1 000", 4, 5, "'1 000' is written with spaces", "write 1_000"),
    ("12 000 000", 0, 10, "written with spaces", "write 12_000_000"),
    ("12 34", 3, 2, "'34' stands", "operator"),
    ("1__0", 0, 4, "underscore", "1_000"),
    ("2 * 5_", 4, 2, "underscore", "1_000"),
    ("a ** 2", 2, 2, "'**'", "write ^"),
    ("a // 2", 2, 2, "'//'", "write /"),
    ("a = b", 2, 1, "'='", "write =="),
    ("=a + b", 0, 1, "begins with '='", "leave the = out"),
    ("a === b", 2, 3, "'==='", "write =="),
    ("a => b", 2, 2, "'=>'", "write >="),
    ("a =< b", 2, 2, "'=<'", "write <="),
    ("a <> b", 2, 2, "'<>'", "write !="),
    ("!a", 0, 1, "'!'", "!="),
    ("a && b", 2, 2, "'&&'", "if("),
    ("a ? b : c", 2, 1, "'?'", "if(condition, a, b)"),
    ("a < b < c", 6, 1, "do not chain", "if(a < b, b < c, 0)"),
    ("a < b == c", 6, 2, "do not chain", "if(a < b, b < c, 0)"),
    ("a + maximum(b)", 4, 7, "no function 'maximum'", "did you mean max?"),
    ("MIN(a, b)", 0, 3, "no function 'MIN'", "did you mean min?"),
    ("cumlative(a)", 0, 9, "no function 'cumlative'", "did you mean cumulative?"),
    ("ln(x)", 0, 2, "no function 'ln'", "write log"),
    ("pow(x, 2)", 0, 3, "no function 'pow'", "write a ^ b"),
    ("price (1 + x)", 0, 5, "no function 'price'", "write *"),
    ("a + max", 4, 3, "'max' stands without its brackets", "write max(…)"),
    ("min()", 0, 3, "min takes 1 or more arguments, not 0", "min(a, b, …)"),
    ("2 * if(a, b)", 4, 2, "if takes 3 arguments, not 2", "if(condition, a, b)"),
    ("lag(a, 1, 2)", 0, 3, "lag takes 1 or 2 arguments, not 3", "lag(x, 2)"),
    ("abs(0,35)", 0, 3, "abs takes 1 argument, not 2", "0,35 is more than one number"),
    ("if(a, 0,35, b)", 0, 2, "not 4", "0,35 is more than one number"),
    ("lag(x, -1)", 7, 1, "years of a lag", "lag(x, 2)"),
    ("lag(x, 1.5)", 7, 3, "years of a lag", "lag(x, 2)"),
    ("lag(x, n)", 7, 1, "years of a lag", "lag(x, 2)"),
    ("a * (b + c", 4, 1, "'(' is never closed", "quoted"),
    ("a + min(b", 7, 1, "'(' is never closed", "quoted"),
    ("min(a,", 6, 1, "the formula ends", "quoted"),
    ("a + b)", 5, 1, "')' stands where an operator or the end", "quoted"),
    ("a, b", 1, 1, "a comma stands outside", "quoted"),
    ("(a, b)", 2, 1, "a comma stands outside", "arguments of a function"),
    ("a + (b c)", 7, 1, "'c' stands where an operator or ')'", "operator"),
    ("min(b cd)", 6, 2, "'cd' stands where an operator, ',' or ')'", "operator"),
    ("a +", 3, 1, "the formula ends", "after '+'"),
    ("a +  ", 3, 1, "the formula ends", "after '+'"),
    ("a + * b", 4, 1, "'*' stands where a number", "after '+'"),
    ("a ++ b", 3, 1, "'+' stands where a number", "leave the + out"),
    ("a + ()", 5, 1, "')' stands where a number", "between the brackets"),
    ("min(, a)", 4, 1, "',' stands where a number", "argument is missing"),
    ("a b", 2, 1, "'b' stands where an operator or the end", "operator"),
    ("2 a", 2, 1, "'a' stands", "write *"),
    ("2(a)", 1, 1, "'(' stands", "write *"),
    ("(a)(b)", 3, 1, "'(' stands", "write *"),
    ("(a) b", 4, 1, "'b' stands", "write *"),
    ("5 USD", 2, 3, "'USD' stands", "unit:"),
    ("5 million", 2, 7, "'million' stands", "write the suffix as m"),
    ("5 Mrd", 2, 3, "'Mrd' stands", "write the suffix as bn"),
    ("5 M", 2, 1, "'M' stands", "write the suffix as m"),
    ("5 percent", 2, 7, "'percent' stands", "write the suffix as %"),
    ("5 k m", 4, 1, "'m' stands", "one suffix"),
    ("0x1F", 1, 3, "'x1F' stands", "write *"),
    ("a and b", 2, 3, "'and' stands", "if(a > 0, b > 0, 0)"),
    ("a or b", 2, 2, "'or' stands", "if(a > 0, 1, b > 0)"),
    ("3 if a", 2, 2, "'if' stands", "if(condition, a, b)"),
    ("a % b", 2, 1, "'%'", "no remainder"),
    ("5 % %", 4, 1, "'%'", "right after a number"),
    ("10 % 3", 5, 1, "'3' stands", "no remainder"),
    ("22 % x", 5, 1, "'x' stands", "no remainder"),
    ("a.b", 1, 1, "'.'", "decimal sign"),
    ("x[0]", 1, 1, "'['", "lag(x)"),
    ("a + 'x y' * 2", 4, 5, "a text", "numbers, names and functions"),
    ('f"{x}"', 1, 5, "a text", "numbers, names and functions"),
    ("'open", 0, 5, "a text", "numbers, names and functions"),
    ("min(1;2)", 5, 1, "';'", "comma"),
    ("price@graphcore", 5, 1, "'@'", "firm"),
    ("$5", 0, 1, "'$'", "unit: USD"),
    ("5 €", 2, 1, "'€'", "unit: EUR"),
    ("_a", 0, 2, "underscore", "begin with a letter"),
    ("a \u2212 5", 2, 1, "(U+2212)", "write -"),
    ("a \u2013 5", 2, 1, "(U+2013)", "write -"),
    ("2 * \uff11\uff12", 4, 2, "(U+FF11)", "write 12"),
    ("\u0665", 0, 1, "(U+0665)", "write 5"),
    ("a \uff0b b", 2, 1, "(U+FF0B)", "write +"),
    ("a \u00d7 b", 2, 1, "(U+00D7)", "write *"),
    ("a \u2264 b", 2, 1, "(U+2264)", "write <="),
    ("x\u00b2", 1, 1, "(U+00B2)", "write ^2"),
    ("d\u0435mand", 1, 1, "(U+0435)", "a to z"),
    ("co\u00fbt", 2, 1, "(U+00FB)", "a to z"),
    ("\u201ca\u201d", 0, 1, "'\u201c'", "numbers, names and functions"),
    ("a\u2003b", 1, 1, "(U+2003)", "plain space"),
    ("a\x00b", 1, 1, "(U+0000)", "leave it out"),
    ("a\u200bb", 1, 1, "(U+200B)", "leave it out"),
    ("1 + 1e999", 4, 5, "too large", "1.8e308"),
    ("1e308 bn", 0, 8, "too large", "1.8e308"),
    ("a + 1/0", 5, 1, "divided by 0", "another"),
    ("9^9^9^9", 3, 1, "too large", "1.8e308"),
    ("1 + log(0)", 4, 3, "not above 0", "above 0"),
    ("sqrt(-1)", 0, 4, "below 0", "from 0 on"),
    ("(-8)^(1/3)", 4, 1, "broken", "above 0"),
    ("0^-1", 1, 1, "negative power", "above 0"),
    ("exp(1000)", 0, 3, "too large", "1.8e308"),
]


@pytest.mark.parametrize(("text", "at", "width", "message", "advice"), MISTAKES)
def test_a_mistake_is_underlined_where_it_stands_and_shown_a_way_out(
    text: str, at: int, width: int, message: str, advice: str
) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    error = caught.value
    assert message in error.message
    assert advice in error.advice
    assert (error.at, error.width) == (at, width)
    assert not error.message.endswith(".")
    assert str(error) == error.message


def test_64_brackets_are_read_and_65_are_refused() -> None:
    assert parse_formula("(" * 64 + "a" + ")" * 64) == Name("a", 64)
    with pytest.raises(FormulaError, match="nested more than 64 deep") as caught:
        parse_formula("(" * 65 + "a" + ")" * 65)
    assert caught.value.at == 64


def test_the_deepest_formula_that_uses_every_precedence_is_read() -> None:
    text = "a"
    for _ in range(32):
        text = f"a < b + c * -max({text}, e) - sqrt(d)"
    assert prefix(parse_formula(text)).count("negate") == 32
    with pytest.raises(FormulaError, match="nested more than 64 deep"):
        parse_formula(f"({text})")


def test_a_sum_of_200_terms_is_read_and_one_of_202_is_refused() -> None:
    assert prefix(parse_formula(" + ".join(["a"] * 200))).count("add") == 199
    with pytest.raises(FormulaError, match="more than 200 operations deep"):
        parse_formula(" + ".join(["a"] * 202))


def test_a_function_of_thousands_of_arguments_is_read() -> None:
    expression = parse_formula(f"max({','.join(['a'] * 4_000)})")
    assert isinstance(expression, Call)
    assert len(expression.arguments) == 4_000


def test_10_000_characters_are_read_and_one_more_is_refused() -> None:
    assert parse_formula("a" + " " * 9_999) == Name("a")
    with pytest.raises(FormulaError, match="10,001 characters"):
        parse_formula("a" + " " * 10_000)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_takes_its_least_number_of_arguments(function: str) -> None:
    least, _ = FUNCTIONS[function]
    text = f"{function}({', '.join(['x'] * least)})"
    assert prefix(parse_formula(text)) == f"({function}{' x' * least})"


def test_constants_are_worked_out_as_floats() -> None:
    assert value("30/41") == 30 / 41
    assert value("2^0.5 * sqrt(2) - 1") == pytest.approx(1)
    assert value("if(1 < 2, max(3, 4), min(5, 6)) + abs(-1)") == 5
    assert value("(1 == 1) + (1 != 1) + (2 >= 1) + (1 <= 0) + (1 > 0)") == 3
    assert value("exp(log(5))") == pytest.approx(5)
    assert value("-2^2") == -4


@pytest.mark.parametrize("text", ["x", "x * 0", "change(5)", "lag(5)", "cumulative(5) + 1"])
def test_what_names_something_or_goes_by_the_year_is_no_constant(text: str) -> None:
    assert value(text) is None


def test_folding_a_division_by_zero_that_nobody_wrote_is_a_formula_error() -> None:
    with pytest.raises(FormulaError, match="divided by 0") as caught:
        fold(Call("divide", (Constant(1.0), Constant(0.0)), 7))
    assert caught.value.at == 7


def test_a_number_too_large_by_multiplying_is_refused() -> None:
    with pytest.raises(FormulaError, match="too large"):
        value("1e200 * 1e200")
