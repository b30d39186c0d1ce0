"""Axes: from amounts to coordinates, and where the ticks stand."""

import math
from collections.abc import Iterable
from dataclasses import dataclass


def coordinate(number: float) -> str:
    """Write a coordinate to one decimal at most, as short as it goes."""
    text = f"{number:.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")


def whole(number: float) -> str:
    """Write a coordinate without decimals, where a text stands."""
    return str(round(number))


@dataclass(frozen=True, slots=True)
class Axis:
    """A straight line from amounts to coordinates."""

    low: float
    high: float
    start: float  # the coordinate of `low`
    end: float

    def at(self, amount: float) -> float:
        """Return the coordinate of an amount, held within the axis."""
        held = min(max(amount, self.low), self.high)
        share = (held - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def axis_over(amounts: Iterable[float], start: float, end: float) -> Axis:
    """Return an axis that holds all amounts, widened where they are all one."""
    finite = [a for a in amounts if math.isfinite(a)] or [0.0]
    low, high = min(finite), max(finite)
    if low == high:
        low, high = low - max(1.0, abs(low)), high + max(1.0, abs(high))
    return Axis(low, high, start, end)


def ticks(low: float, high: float, about: int = 5) -> tuple[float, ...]:
    """Return round amounts (1, 2 or 5 times a power of ten) within low and high."""
    raw = (high - low) / max(1, about)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1.0, 2.0, 5.0, 10.0) if m * power >= raw / math.sqrt(2))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(index * step for index in range(first, last + 1))
