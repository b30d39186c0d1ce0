"""What a formula is made of: its names, its constants, and its value where it has no names."""

import math
import operator
from collections.abc import Callable, Iterator, Mapping
from math import isfinite

from decide.formulas.error import FormulaError
from decide.formulas.expression import Call, Constant, Expression, Name
from decide.language import said


def walk(expression: Expression) -> Iterator[Expression]:
    """Yield an expression and all its parts, each call before its arguments."""
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        yield part
        if isinstance(part, Call):
            waiting.extend(reversed(part.arguments))


def names(expression: Expression) -> tuple[str, ...]:
    """Return the names that a formula uses, each once, in the order in which they first stand."""
    return tuple(dict.fromkeys(part.id for part in walk(expression) if isinstance(part, Name)))


def constants(expression: Expression) -> tuple[Constant, ...]:
    """Return the numbers written in a formula, in their order; the sign is not part of them."""
    return tuple(part for part in walk(expression) if isinstance(part, Constant))


def fold(expression: Expression) -> float | None:
    """Return the value of a formula that neither names anything nor goes by the year, else None.

    Raises FormulaError where any part that can be worked out has no finite value: `x + 1 / 0`.
    """
    if isinstance(expression, Constant):
        return expression.value
    if isinstance(expression, Name):
        return None
    values = [fold(argument) for argument in expression.arguments]
    known = [value for value in values if value is not None]
    if len(known) < len(values) or expression.function not in _KERNELS:
        return None
    return _apply(expression, known)


# change, lag and cumulative are missing: they need the years.
_KERNELS: Mapping[str, Callable[..., float]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "power": math.pow,  # ** turns (-8) ^ (1/3) into a complex number
    "negate": lambda x: 0.0 - x,  # so that 0 does not become -0
    "less": operator.lt,
    "less_equal": operator.le,
    "greater": operator.gt,
    "greater_equal": operator.ge,
    "equal": operator.eq,
    "not_equal": operator.ne,
    "if": lambda condition, a, b: a if condition else b,
    "min": lambda *values: min(values),
    "max": lambda *values: max(values),
    "abs": abs,
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
}
_OUTSIDE = {
    "power": (
        said("0 is raised to a negative power, or a negative number to a broken one"),
        said("raise a number above 0"),
    ),
    "log": (said("log is taken of a number that is not above 0"), said("log(x) is for x above 0")),
    "sqrt": (said("sqrt is taken of a number below 0"), said("sqrt(x) is for x from 0 on")),
}


def _apply(call: Call, values: list[float]) -> float:
    """Work out a call; the caret stands under the operator or the function's name."""
    width = len(call.function) if call.function in {"exp", "log", "sqrt"} else 1
    try:
        value = float(_KERNELS[call.function](*values))
    except ZeroDivisionError:
        raise FormulaError(
            said("a number is divided by 0"), said("divide by another"), call.at
        ) from None
    except ValueError:
        raise FormulaError(*_OUTSIDE[call.function], call.at, width) from None
    except OverflowError:
        value = math.inf
    if not isfinite(value):
        raise FormulaError(
            said("the result is too large for a number"),
            said("numbers go up to 1.8e308"),
            call.at,
            width,
        )
    return value
