"""Axes: from amounts to coordinates, and where the ticks stand."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

VISIBLE = 0.4  # pixels


def coordinate(number: float) -> str:
    """Write a coordinate to one decimal at most, as short as it goes."""
    text = f"{number:.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")


def whole(number: float) -> str:
    """Write a coordinate without decimals, where a text stands."""
    return str(round(number))


def polyline(points: Sequence[tuple[float, float]]) -> str:
    """Write a line through points, to a tenth and each from the one before, as short as it goes."""
    tenths = [(round(10 * x), round(10 * y)) for x, y in _visible(points)]
    start = " ".join(_tenths(t) for t in tenths[0])
    steps = ((x - left, y - top) for (left, top), (x, y) in pairwise(tenths))
    return f"M{start}" + "".join(_step(x, y) for x, y in steps if x or y)


def _step(across: int, down: int) -> str:
    if not down:
        return f"h{_tenths(across)}"
    if not across:
        return f"v{_tenths(down)}"
    second = _tenths(down)
    return f"l{_tenths(across)}{'' if second.startswith('-') else ' '}{second}"


def _tenths(number: int) -> str:
    return f"{number / 10:g}"


def _visible(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Leave out points that a straight line between others passes within what the eye can tell."""
    kept = [points[0]]
    passed: list[tuple[float, float]] = []
    for before, after in pairwise(points[1:]):
        passed.append(before)
        if any(_distance(p, kept[-1], after) > VISIBLE for p in passed):
            kept.append(before)
            passed = []
    return [*kept, points[-1]]


def _distance(
    point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]
) -> float:
    """Return how far a point is from the piece of a line between two others."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = across * across + down * down
    share = (
        ((point[0] - start[0]) * across + (point[1] - start[1]) * down) / length if length else 0
    )
    share = min(1.0, max(0.0, share))
    return math.hypot(point[0] - start[0] - share * across, point[1] - start[1] - share * down)


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
