"""The firms: gates, findings, facts, performances and their own values of quantities."""

from collections.abc import Mapping
from typing import get_args

from decide.model.criterion import ValueTree
from decide.model.decision import Quantity, SwitchedOff
from decide.model.number import Number, Provenance
from decide.model.target import Fact, Gate, GateFinding, GateStatus, Target
from decide.read.criteria import read_performances, require_performances
from decide.read.labels import check_id, read_label, shown_id
from decide.read.nodes import Entries, Scalar
from decide.read.numbers import NumberReader
from decide.read.problems import nearest


def read_gates(entries: Entries, reader: NumberReader) -> dict[str, Gate]:
    """Read the gates of the screening."""
    found = {}
    for name, key in entries.keys.items():
        check_id(key, "gate", reader.problems)
        below = entries.below(name)
        found[name] = Gate(
            id=name,
            label=read_label(below, "label", reader.problems, shown_id(name)),
            question=read_label(below, "question", reader.problems),
            place=key.place,
        )
    return found


def read_targets(
    entries: Entries,
    reader: NumberReader,
    gates: Mapping[str, Gate],
    screening: ValueTree,
    criteria: ValueTree,
    quantities: Mapping[str, Quantity],
    switched_off: list[SwitchedOff],
) -> dict[str, Target]:
    """Read the firms, those that are switched off left out."""
    found = {}
    off = {s.id for s in switched_off if s.kind == "criterion"}
    for name, key in entries.keys.items():
        check_id(key, "target", reader.problems)
        below = entries.below(name)
        label = read_label(below, "label", reader.problems, shown_id(name))
        if below.text("off") == "true":
            switched_off.append(SwitchedOff(kind="target", id=name, label=label, place=key.place))
            continue
        performances = read_performances(below.below("performances"), screening, reader, known=off)
        target = Target(
            id=name,
            label=label,
            note=below.text("note"),
            facts=_facts(below.below("facts"), reader),
            gates=_findings(key, below.below("gates"), reader, gates),
            performances=performances,
            strategy_performances=read_performances(
                below.below("strategy_performances"), criteria, reader, known=off
            ),
            quantities=_own_quantities(below.below("quantities"), reader, quantities),
            place=key.place,
        )
        if not target.failed_gates:
            require_performances(name, performances, screening, key, reader.problems)
        found[name] = target
    return found


def own_quantities(target: Target, quantities: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """Return a firm's own values as quantities."""
    return {
        name: Quantity(
            id=name,
            label=quantities[name].label,
            number=number,
            target=target.id,
            place=number.place,
        )
        for name, number in target.quantities.items()
    }


def _facts(entries: Entries, reader: NumberReader) -> tuple[Fact, ...]:
    found = []
    for name, key in entries.keys.items():
        node = entries.values[name]
        below = entries.below(name)
        label = read_label(below, "label", reader.problems, shown_id(name))
        if isinstance(node, Scalar) or "text" not in below:
            number = reader.number(node)
            fact = Fact(
                id=name,
                label=label,
                text=number.text,
                number=number,
                provenance=number.provenance,
                place=key.place,
            )
        else:
            fact = Fact(
                id=name,
                label=label,
                text=str(read_label(below, "text", reader.problems)),
                number=None,
                provenance=_evidence(key, below, reader),
                place=key.place,
            )
        found.append(fact)
    return tuple(found)


def _evidence(key: Scalar, entries: Entries, reader: NumberReader) -> Provenance:
    provenance = reader.provenance(entries)
    if provenance.grade == "unsourced":
        reader.problems.warn(
            key,
            f"{key.text!r} has neither a source nor a grade",
            "add `source: …`, or `grade: judgement` with a `reason`",
        )
    return provenance


def _findings(
    key: Scalar, entries: Entries, reader: NumberReader, gates: Mapping[str, Gate]
) -> dict[str, GateFinding]:
    found: dict[str, GateFinding] = {}
    for name, gate_key in entries.keys.items():
        if name not in gates:
            reader.problems.gap(
                gate_key, f"there is no gate {name!r}", nearest(name, gates, what="gates")
            )
            continue
        below = entries.below(name)
        status = below.text("status")
        found[name] = GateFinding(
            status=_status(status),
            why=str(read_label(below, "why", reader.problems)),
            provenance=_evidence(gate_key, below, reader),
            place=gate_key.place,
        )
    missing = [gate for gate in gates if gate not in found]
    if missing:
        reader.problems.gap(
            key,
            f"{key.text!r} has no finding on {', '.join(missing)}",
            "add status: pass, fail or unknown, and why",
        )
    return {gate: found[gate] for gate in gates if gate in found}


def _status(text: str) -> GateStatus:
    for status in get_args(GateStatus):
        if status == text:
            found: GateStatus = status
            return found
    return "unknown"


def _own_quantities(
    entries: Entries, reader: NumberReader, quantities: Mapping[str, Quantity]
) -> dict[str, Number]:
    found = {}
    for name, key in entries.keys.items():
        if name not in quantities:
            reader.problems.gap(
                key,
                f"there is no quantity {name!r} that a firm could have its own value of",
                nearest(name, quantities, what="quantities"),
            )
            continue
        found[name] = reader.number(entries.values[name], user=name)
    return found
