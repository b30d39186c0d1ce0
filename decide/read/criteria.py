"""The value tree: anchors, shapes, described levels and swings; and what is scored on it."""

import math
from collections.abc import Iterable, Mapping

from decide.model.criterion import (
    Criterion,
    CriterionGroup,
    Exponential,
    Level,
    Linear,
    Piecewise,
    Shape,
    ValueTree,
    leaves,
)
from decide.model.decision import SwitchedOff
from decide.model.number import Fixed, Number
from decide.model.place import Place
from decide.read.labels import check_id, label_of, read_label, shown_id
from decide.read.nodes import Entries, Node, Scalar
from decide.read.numbers import NumberReader
from decide.read.problems import Problems, nearest


def read_value_tree(
    entries: Entries, reader: NumberReader, switched_off: list[SwitchedOff]
) -> ValueTree:
    """Read criteria and groups, those that are switched off left out."""
    found: list[Criterion | CriterionGroup] = []
    for name, key in entries.keys.items():
        check_id(key, "criterion", reader.problems)
        below = entries.below(name)
        if below.text("off") == "true":
            label = read_label(below, "label", reader.problems, shown_id(name))
            switched_off.append(
                SwitchedOff(kind="criterion", id=name, label=label, place=key.place)
            )
        elif "criteria" in below:
            found.append(_group(key, below, reader, switched_off))
        else:
            found.append(_leaf(key, below, reader))
    if found and not any(member.swing > 0 for member in found):
        reader.problems.error(
            entries, "every swing here is 0, so nothing has a weight", "give one a swing of 100"
        )
    return tuple(found)


def check_twins(tree: ValueTree, problems: Problems) -> None:
    """Note criteria that have the same id in two groups."""
    seen: dict[str, Criterion] = {}
    for criterion in leaves(tree):
        if criterion.id in seen:
            problems.error(
                criterion.place,
                f"the criterion {criterion.id!r} stands twice; the first is at "
                f"{seen[criterion.id].place}",
                "rename one",
                len(criterion.id),
            )
        seen[criterion.id] = criterion


def read_performances(
    entries: Entries,
    tree: ValueTree,
    reader: NumberReader,
    *,
    known: Iterable[str] = (),
) -> dict[str, Number]:
    """Read one row of performances; `known` criteria are switched off and passed over."""
    criteria = {criterion.id: criterion for criterion in leaves(tree)}
    passed = set(known)
    found = {}
    for name, key in entries.keys.items():
        if name in passed:
            continue
        if name not in criteria:
            reader.problems.gap(
                key,
                f"there is no criterion {name!r}",
                nearest(name, criteria, what="criteria"),
            )
            continue
        number = reader.number(entries.values[name], levers_allowed=False)
        _warn_beyond(criteria[name], number, entries.values[name], reader.problems)
        found[name] = number
    return found


def require_performances(
    who: str,
    row: Mapping[str, Number],
    tree: ValueTree,
    at: Node | Place,
    problems: Problems,
) -> None:
    """Note criteria on which somebody has no performance."""
    missing = [criterion.id for criterion in leaves(tree) if criterion.id not in row]
    if missing:
        listed = ", ".join(missing[:6]) + (", …" if len(missing) > 6 else "")
        problems.gap(
            at,
            f"{who!r} has no performance on {listed}",
            "add one each, or switch the criterion off",
        )


def _group(
    key: Scalar, entries: Entries, reader: NumberReader, switched_off: list[SwitchedOff]
) -> CriterionGroup:
    for word in ("worst", "best", "levels", "shape", "unit"):
        if word in entries:
            reader.problems.error(
                entries.keys[word],
                f"{word!r} stands in a group; only a criterion has a scale",
                "move it to a criterion, or take `criteria` away",
            )
    return CriterionGroup(
        id=key.text,
        label=read_label(entries, "label", reader.problems, shown_id(key.text)),
        swing=_swing(entries, reader),
        swing_reason=_swing_reason(key, entries, reader.problems),
        members=read_value_tree(entries.below("criteria"), reader, switched_off),
        place=key.place,
    )


def _leaf(key: Scalar, entries: Entries, reader: NumberReader) -> Criterion:
    worst, best = _anchors(key, entries, reader)
    label = read_label(entries, "label", reader.problems, shown_id(key.text))
    return Criterion(
        id=key.text,
        label=label,
        question=read_label(entries, "question", reader.problems),
        unit=entries.text("unit"),
        worst=worst,
        best=best,
        shape=_shape(entries, worst, best, reader),
        levels=_levels(entries, reader),
        swing=_swing(entries, reader),
        swing_reason=_swing_reason(key, entries, reader.problems),
        overlap=entries.text("overlap"),
        overlap_reason=entries.text("overlap_reason"),
        provenance=reader.provenance(entries),
        place=key.place,
    )


def _anchors(key: Scalar, entries: Entries, reader: NumberReader) -> tuple[float, float]:
    has_levels = "levels" in entries
    if not has_levels and not ("worst" in entries and "best" in entries):
        reader.problems.error(
            key,
            f"the criterion {key.text!r} has no anchors: a weight without its range means nothing",
            "add worst and best in the criterion's unit, or described levels",
        )
        return 0.0, 1.0
    worst = reader.constant(entries.get("worst")) if "worst" in entries else 0.0
    best = reader.constant(entries.get("best")) if "best" in entries else 100.0
    if worst == best:
        reader.problems.error(
            entries.values.get("best", key),
            f"worst and best are both {worst:g}; a criterion on which nothing can differ has no "
            "swing",
            "set the two anchors apart",
        )
        return worst, worst + 1
    return (0.0, 1.0) if math.isnan(worst + best) else (worst, best)


def _levels(entries: Entries, reader: NumberReader) -> tuple[Level, ...]:
    below = entries.below("levels")
    return tuple(
        Level(performance=reader.constant(key), label=label_of(below.values[name], reader.problems))
        for name, key in below.keys.items()
    )


def _shape(entries: Entries, worst: float, best: float, reader: NumberReader) -> Shape:
    node = entries.get("shape")
    if not isinstance(node, Entries):
        return Linear()
    if ("middle" in node) == ("points" in node):
        reader.problems.error(
            node, "a shape has either `middle` or `points`", "or write shape: linear"
        )
        return Linear()
    low, high = sorted((worst, best))
    if "middle" in node:
        middle = reader.constant(node.get("middle"))
        share = (middle - worst) / (best - worst)
        if not 0.01 <= share <= 0.99:
            reader.problems.error(
                node.values["middle"],
                f"the middle {node.text('middle')} does not lie well between worst and best",
                "give the performance that is worth half the way",
            )
            return Linear()
        return Exponential(middle)
    points = sorted(
        (reader.constant(key), reader.constant(node.below("points").values[name]) / 100)
        for name, key in node.below("points").keys.items()
    )
    values = [value for _, value in points]
    in_order = values if worst < best else values[::-1]
    ends = {points[0][0], points[-1][0]} if points else set()
    if ends != {low, high} or in_order[0] != 0 or in_order[-1] != 1 or in_order != sorted(in_order):
        reader.problems.error(
            node.values["points"],
            "points must go from worst with value 0 to best with value 100 and never fall",
            f"the anchors are worst {worst:g} and best {best:g}",
        )
        return Linear()
    return Piecewise(tuple(points))


def _swing(entries: Entries, reader: NumberReader) -> float:
    node = entries.get("swing")
    swing = reader.constant(node)
    if isinstance(node, Scalar) and swing < 0:
        reader.problems.error(
            node, f"the swing is {node.text}; it must be 0 or more", "turn worst and best round"
        )
        return 0.0
    return 0.0 if math.isnan(swing) else swing


def _swing_reason(key: Scalar, entries: Entries, problems: Problems) -> str:
    reason = entries.text("swing_reason")
    if not reason.strip() and "swing" in entries:
        problems.error(
            entries.values["swing"],
            f"the swing of {key.text!r} has no `swing_reason`; a weight without the range that was "
            "weighed means nothing",
            "say what going from worst to best is worth, and why",
        )
    return reason


def _warn_beyond(criterion: Criterion, number: Number, node: Node, problems: Problems) -> None:
    if not isinstance(number.definition, Fixed) or math.isnan(number.definition.value):
        return
    low, high = sorted((criterion.worst, criterion.best))
    if not low <= number.definition.value <= high:
        problems.warn(
            node,
            f"{number.text} lies beyond the anchors of {criterion.id!r} ({criterion.worst:g} to "
            f"{criterion.best:g}); its value is held flat there",
            "widen the anchors and weigh the swing anew, or check the performance",
        )
