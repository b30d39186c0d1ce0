"""What a formula is once it is parsed: constants, names and calls, each with its column."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Constant:
    """A number as written, its suffix applied: `48.1 bn` is 48.1e9, `22 %` is 0.22."""

    value: float
    at: int = 0  # offset of its first character in the formula


@dataclass(frozen=True, slots=True)
class Name:
    """A quantity or a lever."""

    id: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator applied to its arguments.

    Operators are calls too: add, subtract, multiply, divide, power, negate, less, less_equal,
    greater, greater_equal, equal, not_equal. Functions: if, min, max, abs, exp, log, sqrt,
    change, lag, cumulative.
    """

    function: str
    arguments: "tuple[Expression, ...]"
    at: int = 0  # of the operator's sign, or of the function's name


Expression = Constant | Name | Call
