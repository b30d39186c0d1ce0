"""How value grows from worst to best: in proportion, bent, or point by point."""

import math

from decide.language import NOTHING, said
from decide.model.criterion import Exponential, Linear, Piecewise, Shape
from decide.read.nodes import Entries
from decide.read.numbers import NumberReader
from decide.read.scale import Scale


def read_shape(
    entries: Entries, worst: float, best: float, scale: Scale, reader: NumberReader
) -> Shape:
    """Return a criterion's shape; a straight line where its problem is noted."""
    node = entries.get("shape")
    if not isinstance(node, Entries):
        return Linear()
    if ("middle" in node) == ("points" in node):
        message = said("a shape has either `middle` or `points`")
        reader.problems.error(node, message, said("write {middle: …}, {points: {…}} or linear"))
        return Linear()
    if "middle" in node:
        return _bent(node, worst, best, scale, reader)
    return _piecewise(node.below("points"), worst, best, scale, reader)


def _bent(entries: Entries, worst: float, best: float, scale: Scale, reader: NumberReader) -> Shape:
    middle = reader.constant(entries.get("middle"), scale)
    share = (middle - worst) / (best - worst)
    if math.isnan(share):
        return Linear()
    if not 0.01 <= share <= 0.99:
        message = said(
            "the middle {middle} does not lie between worst {worst:g} and best {best:g}{inside}",
            middle=entries.text("middle"),
            worst=worst,
            best=best,
            inside=said(", a hundredth of the way at least from either")
            if 0 < share < 1
            else NOTHING,
        )
        advice = said("give the performance that is worth half the way")
        reader.problems.error(entries.values["middle"], message, advice)
        return Linear()
    return Exponential(middle)


def _piecewise(
    entries: Entries, worst: float, best: float, scale: Scale, reader: NumberReader
) -> Shape:
    points = sorted(
        (reader.constant(key, scale), reader.constant(entries.values[name]) / 100)
        for name, key in entries.keys.items()
    )
    if any(math.isnan(x) for point in points for x in point) or math.isnan(worst + best):
        return Linear()
    rising = points if worst < best else points[::-1]
    values = [value for _, value in rising]
    has_ends = [*rising[:1], *rising[-1:]] == [(worst, 0.0), (best, 1.0)]
    if not has_ends or values != sorted(values) or len(dict(points)) < len(points):
        message = said(
            "the points do not go from worst, worth 0, to best, worth 100, never falling"
        )
        advice = said("begin with {worst:g}: 0 and end with {best:g}: 100", worst=worst, best=best)
        reader.problems.error(entries, message, advice)
        return Linear()
    return Piecewise(tuple(points))
