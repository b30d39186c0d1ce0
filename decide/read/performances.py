"""How strategies and firms perform on the criteria, in each criterion's unit."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from decide.formulas.units import Unit
from decide.language import said
from decide.model.criterion import Criterion, ValueTree, leaves
from decide.model.decision import Strategy
from decide.model.number import Fixed, Number
from decide.model.target import Target
from decide.read.criteria import switched_off_leaves, units_of
from decide.read.nodes import Entries, Node, Scalar
from decide.read.numbers import NumberReader
from decide.read.problems import Problems, closest, nearest
from decide.read.scale import Scale


@dataclass(frozen=True, slots=True)
class Scored:
    """What performances may be given on."""

    criteria: Mapping[str, Criterion]
    units: Mapping[str, tuple[Unit | None, Scale]]
    switched_off: Collection[str]


def scored(entries: Entries, tree: ValueTree, reader: NumberReader) -> Scored:
    """Return the criteria of a value tree, and those that it leaves out."""
    return Scored(
        criteria={criterion.id: criterion for criterion in leaves(tree)},
        units=units_of(entries, tree, reader),
        switched_off=frozenset(switched_off_leaves(entries)),
    )


def read_row(entries: Entries, on: Scored, reader: NumberReader) -> dict[str, Number]:
    """Read the performances of one strategy or firm."""
    found = {}
    for name, key in entries.keys.items():
        criterion = on.criteria.get(name)
        if criterion is None:
            if name not in on.switched_off:
                advice = nearest(
                    name, on.criteria, what=said("criteria"), none=said("there are no criteria")
                )
                reader.problems.gap(key, said("there is no criterion {name!r}", name=name), advice)
            continue
        _, scale = on.units[name]
        number = reader.number(entries.values[name], levers_allowed=False, scale=scale)
        _warn_beyond(criterion, number, entries.values[name], reader.problems)
        found[name] = number
    return found


def require_row(
    who: str, entries: Entries, on: Scored, at: Node | Scalar, problems: Problems
) -> None:
    """Note criteria on which somebody has no performance, slips of the pen apart."""
    slips = {closest(name, on.criteria) for name in entries if name not in on.criteria}
    missing = [name for name in on.criteria if name not in entries and name not in slips]
    if missing:
        listed = ", ".join(missing[:6]) + (", …" if len(missing) > 6 else "")
        advice = (
            said("add one, or switch the criterion off")
            if len(missing) == 1
            else said("add one on each, or switch the criterion off")
        )
        problems.gap(
            at, said("{who!r} has no performance on {listed}", who=who, listed=listed), advice
        )


def read_performances(
    root: Entries, on: Scored, families: Mapping[str, Strategy], reader: NumberReader
) -> dict[str, dict[str, Number]]:
    """Read every strategy's performances; each needs one on every criterion."""
    entries, written = root.below("performances"), root.below("strategies")
    if entries.keys and not on.criteria and not on.switched_off:
        message = said("there are performances, and no criteria")
        reader.problems.gap(root.keys["performances"], message, said("write `criteria`"))
        return {}
    found = {}
    slips = set()
    for name, key in entries.keys.items():
        if name in families:
            found[name] = read_row(entries.below(name), on, reader)
        elif name not in written:
            slips.add(closest(name, families))
            advice = nearest(
                name, families, what=said("strategies"), none=said("there are no strategies")
            )
            reader.problems.gap(key, said("there is no strategy {name!r}", name=name), advice)
    for name, strategy in families.items():
        if name not in slips:
            at = entries.keys.get(name, Scalar(name, strategy.place))
            require_row(name, entries.below(name), on, at, reader.problems)
    return found


def by_strategy(
    performances: Mapping[str, Mapping[str, Number]],
    strategies: Mapping[str, Strategy],
    targets: Mapping[str, Target],
) -> dict[str, dict[str, Number]]:
    """Return each strategy's performances, a firm's own before its family's."""
    return {
        s.id: {
            **performances.get(s.family, {}),
            **(targets[s.target].strategy_performances if s.target else {}),
        }
        for s in strategies.values()
    }


def _warn_beyond(criterion: Criterion, number: Number, node: Node, problems: Problems) -> None:
    if not isinstance(number.definition, Fixed):
        return
    value = number.definition.value
    low, high = sorted((criterion.worst, criterion.best))
    if math.isnan(low + high + value) or low <= value <= high:
        return
    at = node.get("value") or node if isinstance(node, Entries) else node
    message = said(
        "{text} lies beyond the anchors of {criterion!r} ({worst:g} to {best:g}); its value is "
        "held flat there",
        text=number.text,
        criterion=criterion.id,
        worst=criterion.worst,
        best=criterion.best,
    )
    problems.warn(at, message, said("widen the anchors and weigh the swing anew, or correct it"))
