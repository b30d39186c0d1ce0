"""The value tree: anchors, described levels and swings."""

import math
from collections.abc import Iterator, Mapping
from itertools import chain

from decide.formulas.units import Unit
from decide.language import said, said_many
from decide.model.criterion import Criterion, CriterionGroup, Level, ValueTree, leaves
from decide.model.decision import SwitchedOff
from decide.read.evidence import read_provenance
from decide.read.labels import check_id, label_of, read_label, shown_id
from decide.read.nodes import Entries, Scalar
from decide.read.numbers import NumberReader
from decide.read.problems import Problems
from decide.read.scale import Scale, of_criterion
from decide.read.shapes import read_shape

Member = Criterion | CriterionGroup


def read_value_tree(
    entries: Entries, reader: NumberReader, switched_off: list[SwitchedOff]
) -> ValueTree:
    """Read criteria and groups, those that are switched off left out, their problems noted."""
    tree = _members(entries, reader, switched_off)
    _check_twins(tree, reader.problems)
    return tree


def units_of(
    entries: Entries, tree: ValueTree, reader: NumberReader
) -> Mapping[str, tuple[Unit | None, Scale]]:
    """Return the unit of each criterion's performances, and the scale of bare ones."""
    quiet = NumberReader(Problems(), reader.sources)  # what is wrong with a unit is noted already
    found = {}
    for criterion in leaves(tree):
        unit, factor = quiet.unit(_written(entries, criterion.id) or entries)
        found[criterion.id] = unit, of_criterion(factor)
    return found


def switched_off_leaves(entries: Entries, *, is_off: bool = False) -> Iterator[str]:
    """Yield the criteria that are switched off, those in a group that is included."""
    for name in entries:
        below = entries.below(name)
        off = is_off or below.text("off") == "true"
        if "criteria" in below:
            yield from switched_off_leaves(below.below("criteria"), is_off=off)
        elif off:
            yield name


def _members(
    entries: Entries, reader: NumberReader, switched_off: list[SwitchedOff]
) -> tuple[Member, ...]:
    found: list[Member] = []
    for name, key in entries.keys.items():
        check_id(key, said("criterion"), reader.problems)
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
    swings = [entries.below(member.id).get("swing") for member in found]
    if found and None not in swings and all(member.swing == 0 for member in found):
        at = swings[0] or entries
        message = said("every swing among these siblings is 0, so nothing has a weight")
        reader.problems.error(at, message, said("give one a swing of 100"))
    return tuple(found)


def _group(
    key: Scalar, entries: Entries, reader: NumberReader, switched_off: list[SwitchedOff]
) -> CriterionGroup:
    for word in ("worst", "best", "levels", "shape", "unit"):
        if word in entries:
            message = said("{word!r} stands in a group; only a criterion has a scale", word=word)
            advice = said("move it to a criterion, or take `criteria` away")
            reader.problems.error(entries.keys[word], message, advice)
    below = entries.below("criteria")
    members = _members(below, reader, switched_off)
    if not members:
        message = said("the group {text!r} has no criterion that is on", text=key.text)
        advice = said("add one, or switch the group off with `off: true`")
        reader.problems.error(entries.keys["criteria"], message, advice)
    return CriterionGroup(
        id=key.text,
        label=read_label(entries, "label", reader.problems, shown_id(key.text)),
        swing=_swing(entries, reader),
        swing_reason=_swing_reason(key, entries, reader.problems),
        members=members,
        place=key.place,
    )


def _leaf(key: Scalar, entries: Entries, reader: NumberReader) -> Criterion:
    _, factor = reader.unit(entries)
    scale = of_criterion(factor)
    worst, best = _anchors(key, entries, scale, reader)
    return Criterion(
        id=key.text,
        label=read_label(entries, "label", reader.problems, shown_id(key.text)),
        question=read_label(entries, "question", reader.problems),
        unit=entries.text("unit"),
        worst=worst,
        best=best,
        shape=read_shape(entries, worst, best, scale, reader),
        levels=_levels(entries, worst, best, scale, reader),
        swing=_swing(entries, reader),
        swing_reason=_swing_reason(key, entries, reader.problems),
        overlap=entries.text("overlap"),
        overlap_reason=str(read_label(entries, "overlap_reason", reader.problems)),
        provenance=read_provenance(entries, reader.sources, reader.problems),
        place=key.place,
    )


def _anchors(
    key: Scalar, entries: Entries, scale: Scale, reader: NumberReader
) -> tuple[float, float]:
    """Return worst and best, nan where their problem is noted."""
    missing = [word for word in ("worst", "best") if word not in entries]
    if missing and "levels" not in entries:
        message = said_many(
            len(missing),
            "the criterion {criterion!r} has no {first}: a weight without its range means nothing",
            "the criterion {criterion!r} has no {first} and no {last}: a weight without its range "
            "means nothing",
            criterion=key.text,
            first=missing[0],
            last=missing[-1],
        )
        advice = said("give worst and best in the criterion's unit, or described levels")
        reader.problems.error(key, message, advice)
        return math.nan, math.nan
    worst = reader.constant(entries.get("worst"), scale) if "worst" in entries else 0.0
    best = reader.constant(entries.get("best"), scale) if "best" in entries else 100.0
    if worst == best:
        message = said(
            "worst and best are both {worst:g}; where nothing can differ, nothing can weigh",
            worst=worst,
        )
        at = entries.values.get("best", key)
        reader.problems.error(at, message, said("set the two anchors apart"))
        return math.nan, math.nan
    return worst, best


def _levels(
    entries: Entries, worst: float, best: float, scale: Scale, reader: NumberReader
) -> tuple[Level, ...]:
    below = entries.below("levels")
    found = []
    for name, key in below.keys.items():
        performance = reader.constant(key, scale)
        label = label_of(below.values[name], reader.problems)
        found.append(Level(performance=performance, label=label))
        if performance < min(worst, best) or performance > max(worst, best):
            message = said(
                "the level {name} lies beyond the anchors ({worst:g} to {best:g})",
                name=name,
                worst=worst,
                best=best,
            )
            advice = said("give worst and best, where levels do not run from 0 to 100")
            reader.problems.error(key, message, advice)
    return tuple(found)


def _swing(entries: Entries, reader: NumberReader) -> float:
    node = entries.get("swing")
    swing = reader.constant(node)
    if isinstance(node, Scalar) and swing < 0:
        message = said("the swing is {text}; it must be 0 or more", text=node.text)
        reader.problems.error(node, message, said("turn worst and best round"))
        return math.nan
    return swing


def _swing_reason(key: Scalar, entries: Entries, problems: Problems) -> str:
    reason = str(read_label(entries, "swing_reason", problems))
    if not reason.strip() and "swing" in entries:
        message = said(
            "the swing of {text!r} has no `swing_reason`; a weight without the range that was "
            "weighed means nothing",
            text=key.text,
        )
        advice = said("say what going from worst to best is worth, and why")
        problems.error(entries.keys["swing"], message, advice)
    return reason


def _check_twins(tree: ValueTree, problems: Problems) -> None:
    seen: dict[str, Member] = {}
    for member in _all(tree):
        if member.id in seen:
            message = said(
                "the id {id!r} stands twice; the first is at {place}",
                id=member.id,
                place=seen[member.id].place,
            )
            problems.error(member.place, message, said("rename one"), len(member.id))
        seen.setdefault(member.id, member)


def _all(tree: ValueTree) -> Iterator[Member]:
    below = (
        chain([member], _all(member.members)) if isinstance(member, CriterionGroup) else [member]
        for member in tree
    )
    return chain.from_iterable(below)


def _written(entries: Entries, criterion: str) -> Entries | None:
    """Return what the files say of a criterion, at whatever depth."""
    for name in entries:
        below = entries.below(name)
        if "criteria" in below:
            found = _written(below.below("criteria"), criterion)
            if found is not None:
                return found
        elif name == criterion:
            return below
    return None
