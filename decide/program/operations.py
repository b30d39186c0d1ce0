"""The program's graph: array operations, each built once, constants folded as they are built.

Every value has the axes (t, j, k): years, tiles or what-ifs, draws within one; an axis along which
nothing varies has length 1.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from decide.uncertainty.points import Floats

Code = str
Extra = tuple[Any, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """One step of the program; its arguments are numbers of earlier operations."""

    code: Code  # "constant", "input" or a key of KERNELS
    arguments: tuple[int, ...] = ()
    extra: Extra = ()  # what is no array: the name of an input, a year's place, a lag
    value: Floats | None = None  # of a constant


@dataclass(slots=True)
class Graph:
    """Operations under construction; the same operation is never entered twice."""

    years: int  # how many
    operations: list[Operation] = field(default_factory=list)
    by_year: list[bool] = field(default_factory=list)  # whether each may differ between years
    _known: dict[Extra, int] = field(default_factory=dict)

    def constant(self, value: float | Sequence[float] | Floats) -> int:
        """Enter a number, or one number a year."""
        array = np.asarray(value, dtype=np.float64).reshape(-1, 1, 1)
        if array.shape[0] > 1 and (array == array[0]).all():
            array = array[:1]
        array = array + 0.0  # -0.0 is 0.0
        key = ("constant", array.shape[0], array.tobytes())
        return self._enter(key, Operation("constant", value=array))

    def input(self, name: str) -> int:
        """Enter what is given at run time: a quantity's draws or a number that may be moved."""
        return self._enter(("input", name), Operation("input", extra=(name,)))

    def apply(self, code: Code, *arguments: int, extra: Extra = ()) -> int:
        """Enter an operation, or what it comes to where that is known already."""
        key = code, arguments, extra
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = self._applied(code, arguments, extra)
        return number

    def _applied(self, code: Code, arguments: tuple[int, ...], extra: Extra) -> int:
        simpler = self._simplified(code, arguments)
        if simpler is not None:
            return simpler
        values = [self.operations[i].value for i in arguments]
        known = [value for value in values if value is not None]
        if len(known) == len(values):
            with np.errstate(all="ignore"):
                return self.constant(run_kernel(code, known, extra, self.years))
        return self._added(Operation(code, arguments, extra))

    def value(self, number: int) -> Floats | None:
        """Return an operation's value where it is a constant."""
        return self.operations[number].value

    def _enter(self, key: Extra, operation: Operation) -> int:
        if key not in self._known:
            self._known[key] = self._added(operation)
        return self._known[key]

    def _added(self, operation: Operation) -> int:
        self.operations.append(operation)
        self.by_year.append(self._varies_by_year(operation))
        return len(self.operations) - 1

    def _varies_by_year(self, operation: Operation) -> bool:
        if operation.value is not None:
            return len(operation.value) > 1
        if operation.code in {"present_value", "at_year"}:
            return False
        return operation.code in YEARLY or any(self.by_year[i] for i in operation.arguments)

    def _is(self, number: int, value: float) -> bool:
        constant = self.operations[number].value
        return constant is not None and constant.size == 1 and constant.item() == value

    def _simplified(self, code: Code, arguments: tuple[int, ...]) -> int | None:
        match code, arguments:
            case (("add" | "subtract"), (a, b)) if self._is(b, 0):
                return a
            case "add", (a, b) if self._is(a, 0):
                return b
            case "subtract", (a, b) if a == b:
                return self.constant(0.0)
            case "multiply", (a, b) if self._is(a, 0) or self._is(b, 0):
                return self.constant(0.0)
            case (("multiply" | "divide"), (a, b)) if self._is(b, 1):
                return a
            case "multiply", (a, b) if self._is(a, 1):
                return b
            case "sum", (a,):
                return a
            case (("minimum" | "maximum"), (a, b)) if a == b:
                return a
            case "if", (condition, a, b):
                if a == b:
                    return a
                constant = self.operations[condition].value
                if constant is not None and constant.size == 1:
                    return a if constant.item() else b
        return None


def ancestors(
    operations: Sequence[Operation], wanted: Sequence[int], known: AbstractSet[int] = frozenset()
) -> list[int]:
    """Return the numbers of all that `wanted` needs, itself included, in an order that runs.

    What is `known` is left out, with all that only it needs.
    """
    needed = set()
    waiting = list(wanted)
    while waiting:
        number = waiting.pop()
        if number not in needed and number not in known:
            needed.add(number)
            waiting.extend(operations[number].arguments)
    return sorted(needed)


def run_kernel(code: Code, arguments: Sequence[Floats], extra: Extra, years: int) -> Floats:
    """Apply one operation to arrays of axes (t, j, k).

    Divisions by zero and the like come out as infinities and nan; what they reach is refused later.
    """
    if code in YEARLY:
        return YEARLY[code](_every_year(arguments[0], years), *arguments[1:], *extra)
    if code == "certain":
        return _certain(arguments[::2], arguments[1::2], *extra)
    return KERNELS[code](*arguments, *extra)


def _every_year(x: Floats, years: int) -> Floats:
    return np.broadcast_to(x, (years, *x.shape[1:])) if x.shape[0] != years else x


def _change(x: Floats) -> Floats:
    return np.concatenate([x[:1], x[1:] - x[:-1]])


def _lag(x: Floats, years: int) -> Floats:
    return np.concatenate([np.zeros_like(x[:years]), x[: max(len(x) - years, 0)]])


def _present_value(x: Floats, factors: Floats) -> Floats:
    """Sum over the years, first to last, so that rounding does not depend on the block.

    A year whose factor is 0 does not count, whatever its value.
    """
    if factors.shape[1:] != (1, 1):
        total = np.zeros((1, 1, 1))
        for now, factor in zip(x, _every_year(factors, len(x)), strict=True):
            total = total + np.where(factor == 0, 0.0, now * factor)
        return total
    years, weights = _counted(factors.tobytes(), len(x))
    if not len(weights):
        return np.zeros((1, *x.shape[1:]))
    return np.asarray(np.einsum("y,yjk->jk", weights, x[years])[None])


@lru_cache(maxsize=64)
def _counted(factors: bytes, years: int) -> tuple[slice | npt.NDArray[np.intp], Floats]:
    """Return the years whose discount factor is not 0, and these factors."""
    weights = np.broadcast_to(np.frombuffer(factors), years)
    counted = np.flatnonzero(weights)
    if not len(counted):
        return counted, np.zeros(0)
    first, last = counted[0], counted[-1] + 1
    if last - first == len(counted):
        return slice(first, last), weights[first:last]
    return counted, weights[counted]


def _sum(first: Floats, *others: Floats) -> Floats:
    """Add up, first to last, in one array as soon as there is one that is large enough."""
    total, is_own = first, False
    for x in others:
        if is_own and (x.shape == total.shape or x.size == 1):
            total += x
        else:
            total, is_own = total + x, True
    return total


def _certain(
    probabilities: Sequence[Floats], amounts: Sequence[Floats], risk_tolerance: float
) -> Floats:
    """Return the certainty equivalent of amounts under exponential utility.

    An amount that cannot come counts for nothing, whatever it is worth.
    """
    shape = np.broadcast_shapes(*(x.shape for x in (*probabilities, *amounts)))
    p = np.array([np.broadcast_to(own, shape) for own in probabilities])
    x = np.array([np.broadcast_to(own, shape) for own in amounts])
    least = np.where(p > 0, x, np.inf).min(axis=0)
    down = np.where(p > 0, (least - x) / risk_tolerance, 0.0)
    bent = (p * np.expm1(down)).sum(axis=0)
    # near -1 nothing but the least amount is left, which expm1 would round away
    left = np.where(bent < -0.5, (p * np.exp(down)).sum(axis=0), 1 + bent)
    return np.asarray(least - risk_tolerance * np.where(bent < -0.5, np.log(left), np.log1p(bent)))


def _from_year(old: Floats, new: Floats, first: int) -> Floats:
    shape = np.broadcast_shapes(old[:1].shape, new[:1].shape)
    result = np.empty((len(old), *shape[1:]))
    result[:first] = old[:first]
    result[first:] = new[first:] if len(new) > 1 else new
    return result


def _at_year(x: Floats, year: int) -> Floats:
    return x[year : year + 1] if len(x) > 1 else x


def _take(states: Floats, *values: float) -> Floats:
    """Turn numbers of states into their values."""
    return np.array(values)[states.astype(np.intp)]


def _select(states: Floats, *by_state: Floats) -> Floats:
    result: Floats = by_state[-1]
    for number in reversed(range(len(by_state) - 1)):
        result = np.where(states == number, by_state[number], result)
    return result


def _interpolate(x: Floats, *points: float) -> Floats:
    """Linear between points, given as x, y, x, y, ...; flat outside."""
    return np.asarray(np.interp(x, points[0::2], points[1::2]))


def _if(condition: Floats, a: Floats, b: Floats) -> Floats:
    return np.where(condition != 0, a, b)


def _between(x: Floats, low: float, high: float) -> Floats:
    return ((x >= low) & (x < high)).astype(np.float64)


def _comparison(compare: Callable[[Floats, Floats], Any]) -> Callable[..., Floats]:
    def compared(a: Floats, b: Floats) -> Floats:
        return np.asarray(compare(a, b), dtype=np.float64)

    return compared


KERNELS: Mapping[Code, Callable[..., Floats]] = {
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "divide": np.divide,
    "power": np.power,
    "negate": np.negative,
    "minimum": np.minimum,
    "maximum": np.maximum,
    "abs": np.abs,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "less": _comparison(np.less),
    "less_equal": _comparison(np.less_equal),
    "greater": _comparison(np.greater),
    "greater_equal": _comparison(np.greater_equal),
    "equal": _comparison(np.equal),
    "not_equal": _comparison(np.not_equal),
    "if": _if,
    "take": _take,
    "select": _select,
    "interpolate": _interpolate,
    "between": _between,
    "at_year": _at_year,
    "sum": _sum,
}

YEARLY: Mapping[Code, Callable[..., Floats]] = {
    "change": _change,
    "lag": _lag,
    "cumulative": lambda x: np.cumsum(x, axis=0),
    "from_year": _from_year,
    "present_value": _present_value,
}
