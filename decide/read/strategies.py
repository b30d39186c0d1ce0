"""Strategies: what they set, pay and lead to; one a firm where they are for each target."""

from collections.abc import Mapping
from dataclasses import replace

from decide.language import said
from decide.model.decision import Lever, Strategy, SwitchedOff
from decide.model.label import Label
from decide.model.number import Number
from decide.model.target import Target
from decide.model.tree import Setting
from decide.read.labels import check_id, read_label, shown_id
from decide.read.nodes import Entries, Scalar
from decide.read.numbers import NumberReader
from decide.read.problems import Problems, closest, nearest


def read_strategies(
    entries: Entries,
    reader: NumberReader,
    levers: Mapping[str, Lever],
    switched_off: list[SwitchedOff],
) -> dict[str, Strategy]:
    """Read the strategies as written; those for each target are not multiplied yet."""
    found = {}
    for name, key in entries.keys.items():
        check_id(key, said("strategy"), reader.problems)
        below = entries.below(name)
        label = read_label(below, "label", reader.problems, shown_id(name))
        strategy = Strategy(
            id=name,
            label=label,
            note=read_label(below, "note", reader.problems),
            family=name,
            target="",
            settings=read_settings(below, reader, levers),
            pay=read_payment(below, reader),
            then=below.text("then") or None,
            year=None,
            place=key.place,
        )
        if below.text("off") == "true":
            switched_off.append(SwitchedOff(kind="strategy", id=name, label=label, place=key.place))
        else:
            found[name] = strategy
    return found


def read_settings(
    entries: Entries, reader: NumberReader, levers: Mapping[str, Lever]
) -> tuple[Setting, ...]:
    """Read what a strategy or a branch sets."""
    found = []
    below = entries.below("set")
    for name, key in below.keys.items():
        number = reader.number(below.values[name])
        if name in levers:
            found.append(Setting(lever=name, number=number))
            continue
        advice = nearest(name, levers, what=said("levers"), none=said("there are no levers"))
        if not closest(name, levers):
            advice = said(
                "{advice}; a lever stands under `levers` with its initial value", advice=advice
            )
        reader.problems.gap(key, said("there is no lever {name!r} to set", name=name), advice)
    return tuple(found)


def read_payment(entries: Entries, reader: NumberReader) -> Number | None:
    """Read what a strategy or a branch pays."""
    return reader.number(entries.get("pay")) if "pay" in entries else None


def check_for_each(
    entries: Entries,
    families: Mapping[str, Strategy],
    targets: Mapping[str, Target],
    problems: Problems,
) -> None:
    """Note strategies for each target where no firm is left to be one for."""
    for name in families:
        node = entries.below(name).get("for_each")
        if not isinstance(node, Scalar) or node.text != "targets":
            continue
        if not targets:
            problems.gap(
                node,
                said("the strategy {name!r} is for each target, and there are none", name=name),
                said("write `targets: {firm: …}` in a file of targets/"),
            )
        elif all(target.failed_gates for target in targets.values()):
            problems.warn(
                node,
                said(
                    "the strategy {name!r} is for each target, and every firm fails a gate",
                    name=name,
                ),
                said("it is listed, not run; add a firm, or look at the gates again"),
            )


def for_each_target(
    entries: Entries, families: Mapping[str, Strategy], targets: Mapping[str, Target]
) -> dict[str, Strategy]:
    """Return one strategy a firm that passes, in place of those that are for each target."""
    found = {}
    for name, strategy in families.items():
        if "for_each" not in entries.below(name):
            found[name] = strategy
            continue
        for target in targets.values():
            if not target.failed_gates:
                own = _for_target(strategy, target)
                found[own.id] = own
    return found


def _for_target(strategy: Strategy, target: Target) -> Strategy:
    label = Label(
        tuple(
            (
                language,
                said("{strategy}: {firm}", strategy=text, firm=target.label.in_language(language)),
            )
            for language, text in strategy.label.texts
        )
    )
    return replace(strategy, id=f"{strategy.id}@{target.id}", label=label, target=target.id)
