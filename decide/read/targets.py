"""The firms: gates, findings, facts, performances and their own values of quantities."""

from collections.abc import Mapping
from typing import get_args

from decide.formulas.units import parse_unit
from decide.language import said
from decide.model.decision import Quantity, SwitchedOff
from decide.model.number import Number, Provenance
from decide.model.target import Fact, Gate, GateFinding, GateStatus, Target
from decide.read.distributions import FORMS
from decide.read.evidence import read_provenance
from decide.read.labels import check_id, read_label, shown_id
from decide.read.nodes import Entries, Scalar
from decide.read.numbers import NumberReader
from decide.read.performances import Scored, read_row, require_row
from decide.read.problems import closest, nearest
from decide.read.written_percentiles import PERCENTILES


def read_gates(entries: Entries, reader: NumberReader) -> dict[str, Gate]:
    """Read the gates of the screening."""
    found = {}
    for name, key in entries.keys.items():
        check_id(key, said("gate"), reader.problems)
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
    screening: Scored,
    criteria: Scored,
    quantities: Mapping[str, Quantity],
    switched_off: list[SwitchedOff],
) -> dict[str, Target]:
    """Read the firms, those that are switched off left out."""
    found = {}
    for name, key in entries.keys.items():
        check_id(key, said("target"), reader.problems)
        below = entries.below(name)
        label = read_label(below, "label", reader.problems, shown_id(name))
        if below.text("off") == "true":
            switched_off.append(SwitchedOff(kind="target", id=name, label=label, place=key.place))
            continue
        target = Target(
            id=name,
            label=label,
            note=str(read_label(below, "note", reader.problems)),
            facts=_facts(below.below("facts"), reader),
            gates=_findings(key, below, reader, gates),
            performances=read_row(below.below("performances"), screening, reader),
            strategy_performances=read_row(below.below("strategy_performances"), criteria, reader),
            quantities=_own_quantities(below.below("quantities"), reader, quantities),
            place=key.place,
        )
        if not target.failed_gates:
            at = below.keys.get("performances", key)
            require_row(name, below.below("performances"), screening, at, reader.problems)
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
    return tuple(_fact(key, entries, reader) for key in entries.keys.values())


def _fact(key: Scalar, entries: Entries, reader: NumberReader) -> Fact:
    node = entries.values[key.text]
    below = entries.below(key.text)
    label = read_label(below, "label", reader.problems, shown_id(key.text))
    if isinstance(node, Scalar) or "text" not in below:
        number = reader.number(node)
        return Fact(
            id=key.text,
            label=label,
            text=number.text,
            number=number,
            provenance=number.provenance,
            place=key.place,
        )
    if any(form in below for form in ("value", "series", *PERCENTILES, *FORMS)):
        message = said("the fact {text!r} has a text and a number", text=key.text)
        reader.problems.error(key, message, said("keep one, and write the other in `note`"))
    return Fact(
        id=key.text,
        label=label,
        text=str(read_label(below, "text", reader.problems)),
        number=None,
        provenance=_evidence(key, below, reader),
        place=key.place,
    )


def _evidence(key: Scalar, entries: Entries, reader: NumberReader) -> Provenance:
    provenance = read_provenance(entries, reader.sources, reader.problems)
    if provenance.grade == "unsourced":
        message = said("{text!r} has neither a source nor a grade", text=key.text)
        advice = said("add `source: …`, or `grade: judgement` with a `reason`")
        reader.problems.warn(key, message, advice)
    return provenance


def _findings(
    key: Scalar, target: Entries, reader: NumberReader, gates: Mapping[str, Gate]
) -> dict[str, GateFinding]:
    found: dict[str, GateFinding] = {}
    entries = target.below("gates")
    for name, gate_key in entries.keys.items():
        if name not in gates:
            advice = nearest(name, gates, what=said("gates"), none=said("there are no gates"))
            reader.problems.gap(gate_key, said("there is no gate {name!r}", name=name), advice)
            continue
        below = entries.below(name)
        found[name] = GateFinding(
            status=_status(below.text("status")),
            why=str(read_label(below, "why", reader.problems)),
            provenance=_evidence(gate_key, below, reader),
            place=gate_key.place,
        )
    slips = {closest(name, gates) for name in entries if name not in gates}
    missing = [gate for gate in gates if gate not in found and gate not in slips]
    if missing:
        at = target.keys.get("gates", key)
        message = said(
            "{text!r} has no finding on {missing}", text=key.text, missing=", ".join(missing)
        )
        advice = said("add it under `gates`: {status: pass, fail or unknown, why: …}")
        reader.problems.gap(at, message, advice)
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
            message = said(
                "there is no quantity {name!r} that a firm could have its own value of", name=name
            )
            advice = nearest(
                name, quantities, what=said("quantities"), none=said("there are no quantities")
            )
            reader.problems.gap(key, message, advice)
            continue
        number = reader.number(entries.values[name])
        shared = quantities[name].number
        if number.unit and shared.unit and parse_unit(number.unit)[0] != parse_unit(shared.unit)[0]:
            at = entries.below(name).get("unit") or key
            message = said(
                "{name!r} is in {shared}, and this firm's own value in {own}",
                name=name,
                shared=shared.unit,
                own=number.unit,
            )
            reader.problems.error(at, message, said("give both the same unit"))
        found[name] = number
    return found
