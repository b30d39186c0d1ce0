"""The text of a formula to an expression, by precedence climbing; and constants to numbers."""

from decide.formulas.error import FormulaError, shown
from decide.formulas.expression import Call, Constant, Expression, Name
from decide.formulas.mistakes import (
    chained,
    missing_operand,
    never_closed,
    unexpected,
    unknown_function,
    wrong_number_of_arguments,
)
from decide.formulas.scan import SPACES, Token, tokens
from decide.formulas.terms import fold, names
from decide.language import Said, said, said_many

__all__ = ["FUNCTIONS", "FormulaError", "names", "parse_formula", "parse_number", "written_suffix"]

MOST_CHARACTERS = 10_000
MOST_NESTED = 64  # brackets, minus signs and powers within one another
MOST_DEEP = 200  # calls within one another, a sum of 200 terms included; all later stages recurse
MOST_YEARS = 1_000  # of a lag

FUNCTIONS = {  # how many arguments each takes, at least and at most
    "if": (3, 3),
    "min": (1, MOST_CHARACTERS),
    "max": (1, MOST_CHARACTERS),
    "abs": (1, 1),
    "exp": (1, 1),
    "log": (1, 1),
    "sqrt": (1, 1),
    "change": (1, 1),
    "lag": (1, 2),
    "cumulative": (1, 1),
}
_COMPARISON, _SUM, _PRODUCT, _POWER = 1, 2, 3, 4  # how tightly operators bind
_OPERATORS = {
    "<": ("less", _COMPARISON),
    "<=": ("less_equal", _COMPARISON),
    ">": ("greater", _COMPARISON),
    ">=": ("greater_equal", _COMPARISON),
    "==": ("equal", _COMPARISON),
    "!=": ("not_equal", _COMPARISON),
    "+": ("add", _SUM),
    "-": ("subtract", _SUM),
    "*": ("multiply", _PRODUCT),
    "/": ("divide", _PRODUCT),
    "^": ("power", _POWER),
}


def parse_formula(text: str) -> Expression:
    """Read a formula.

    An operator's call stands at its sign, a function's at its name. No call is more than 200
    deep, so that what works through an expression may recurse. Raises FormulaError.
    """
    if len(text) > MOST_CHARACTERS:
        raise FormulaError(
            said(
                "the formula has {number:,} characters; {most:,} are the most",
                number=len(text),
                most=MOST_CHARACTERS,
            ),
            said("name its parts as quantities of their own"),
        )
    if not text.strip(SPACES):
        raise FormulaError(said("there is no formula"), said("write a number or a formula"))
    expression = _Parser(text).formula()
    _refuse_what_is_too_deep(expression)
    fold(expression)  # so that no later stage meets 1 / 0
    return expression


def parse_number(text: str) -> float:
    """Read a constant with its sign and suffix: `-22 %` is -0.22. Raises FormulaError."""
    match parse_formula(text):
        case Constant(value):
            return value
        case Call("negate", (Constant(value),)):
            return 0.0 - value
        case _:
            raise FormulaError(
                said("{text} is a formula, where one number is wanted", text=shown(text.strip())),
                said("write a number such as 12, -0.5, 22 % or 48.1 bn"),
                width=len(text),
            )


def written_suffix(text: str) -> str:
    """Return the first suffix of a formula that can be read, "" where its numbers have none."""
    return next((token.suffix for token in tokens(text) if token.suffix), "")


class _Parser:
    """One pass over the tokens, one token ahead."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.before: Token | None = None
        self.token = next(self.tokens)
        self.depth = 0

    def formula(self) -> Expression:
        if self.token.text == "+":  # +5, as YAML and spreadsheets write it
            self.advance()
        expression = self.operation(_COMPARISON)
        if self.token.kind != "end":
            raise unexpected(self.text, self.before, self.token, said("an operator or the end"))
        return expression

    def operation(self, least: int) -> Expression:
        """Read operands joined by operators that bind at least so tightly."""
        left = self.operand()
        while (binding := self.binding()) >= least:
            sign = self.advance()
            is_power = binding == _POWER  # a ^ b ^ c is a ^ (b ^ c)
            right = self.nested(sign, binding) if is_power else self.operation(binding + 1)
            left = Call(_OPERATORS[sign.text][0], (left, right), sign.at)
            if binding == _COMPARISON and self.binding() == _COMPARISON:
                raise chained(self.token)
        return left

    def operand(self) -> Expression:
        token = self.token
        match token.kind, token.text:
            case "number", _:
                self.advance()
                return Constant(token.value, token.at)
            case "name", _:
                self.advance()
                return self.call(token) if self.token.text == "(" else _name(token)
            case _, "-":
                self.advance()
                return Call("negate", (self.nested(token, _POWER),), token.at)  # -2 ^ 2 is -4
            case _, "(":
                self.advance()
                expression = self.nested(token, _COMPARISON)
                self.close(token, said("an operator or ')'"))
                return expression
        raise missing_operand(self.before, token)

    def nested(self, token: Token, least: int) -> Expression:
        self.depth += 1
        if self.depth > MOST_NESTED:
            raise _too_deep(
                said("the formula is nested more than {most} deep", most=MOST_NESTED),
                token.at,
            )
        expression = self.operation(least)
        self.depth -= 1
        return expression

    def call(self, name: Token) -> Call:
        if name.text not in FUNCTIONS:
            raise unknown_function(name, FUNCTIONS)
        bracket = self.advance()
        starts: list[Token] = []
        arguments: list[Expression] = []
        while self.token.text == "," if arguments else self.token.text != ")":
            if arguments:
                self.advance()
            starts.append(self.token)
            arguments.append(self.nested(self.token, _COMPARISON))
        inside = self.text[bracket.end : self.token.at]
        self.close(bracket, said("an operator, ',' or ')'"))
        _check_number_of_arguments(name, len(arguments), inside)
        if name.text == "lag" and len(arguments) == 2:
            _check_years(arguments[1], starts[1])
        return Call(name.text, tuple(arguments), name.at)

    def close(self, bracket: Token, expected: Said) -> None:
        if self.token.kind == "end":
            raise never_closed(bracket)
        if self.token.text != ")":
            raise unexpected(self.text, self.before, self.token, expected)
        self.advance()

    def binding(self) -> int:
        return _OPERATORS.get(self.token.text, ("", 0))[1]

    def advance(self) -> Token:
        self.before = self.token
        self.token = next(self.tokens)
        return self.before


def _name(token: Token) -> Name:
    if token.text in FUNCTIONS:
        raise FormulaError(
            said("the function {text} stands without its brackets", text=shown(token.text)),
            said("write {text}(…)", text=token.text),
            token.at,
            len(token.text),
        )
    return Name(token.text, token.at)


def _check_number_of_arguments(name: Token, found: int, inside: str) -> None:
    least, most = FUNCTIONS[name.text]
    if least <= found <= most:
        return
    if most == least:
        wanted = said_many(least, "{number} argument", "{number} arguments")
    elif most > 2:
        wanted = said("{least} or more arguments", least=least)
    else:
        wanted = said("{least} or {most} arguments", least=least, most=most)
    raise wrong_number_of_arguments(name, wanted, found, inside)


def _check_years(years: Expression, start: Token) -> None:
    value = fold(years)
    if value is None or not value.is_integer() or not 0 <= value <= MOST_YEARS:
        raise FormulaError(
            said("the years of a lag are not a whole number from 0 on"),
            said("write lag(x, 2) for the value two years before"),
            start.at,
            len(start.text),
        )


def _refuse_what_is_too_deep(expression: Expression) -> None:
    waiting = [(expression, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > MOST_DEEP:
            raise _too_deep(
                said("the formula goes more than {most} operations deep", most=MOST_DEEP),
                part.at,
            )
        if isinstance(part, Call):
            waiting.extend((argument, depth + 1) for argument in part.arguments)


def _too_deep(message: Said, at: int) -> FormulaError:
    return FormulaError(message, said("name its parts as quantities of their own"), at)
