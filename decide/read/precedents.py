"""Precedents, and the classes whose success rates formulas may name."""

import math
from collections.abc import Mapping
from typing import get_args

from decide.model.decision import Quantity
from decide.model.distribution import Beta
from decide.model.number import Number, Provenance
from decide.model.precedent import Outcome, Precedent, ReferenceClass
from decide.read.labels import check_id, read_label, shown_id
from decide.read.nodes import Entries, Scalar
from decide.read.numbers import NumberReader
from decide.read.problems import nearest

UNDECIDED = ("too_early", "not_known")


def read_precedents(entries: Entries, reader: NumberReader) -> dict[str, Precedent]:
    """Read the deals and programmes."""
    found = {}
    for name, key in entries.keys.items():
        check_id(key, "precedent", reader.problems)
        below = entries.below(name)
        provenance = reader.provenance(below)
        if provenance.grade == "unsourced":
            reader.problems.warn(
                key, f"the precedent {name!r} has neither a source nor a grade", "add one"
            )
        found[name] = Precedent(
            id=name,
            label=below.text("label", shown_id(name)),
            kind=below.text("kind"),
            buyer=below.text("buyer"),
            buyer_kind=below.text("buyer_kind"),
            year=_year(below, reader),
            price=_optional(below, "price", reader),
            years_to_deployment=_optional(below, "years_to_deployment", reader),
            outcome=_outcome(below.text("outcome")),
            relevance=_optional(below, "relevance", reader),
            why=str(read_label(below, "why", reader.problems)),
            provenance=provenance,
            place=key.place,
        )
    return found


def read_classes(
    entries: Entries, reader: NumberReader, precedents: Mapping[str, Precedent]
) -> dict[str, ReferenceClass]:
    """Read the classes and find their members."""
    found = {}
    for name, key in entries.keys.items():
        check_id(key, "reference class", reader.problems)
        below = entries.below(name)
        left_out = _excluded(below, reader, precedents)
        kinds = _choice(below, "kind", {p.kind for p in precedents.values()}, reader)
        buyers = _choice(below, "buyer_kind", {p.buyer_kind for p in precedents.values()}, reader)
        success = _choice(below, "success", set(get_args(Outcome)), reader)
        members = [
            p
            for p in precedents.values()
            if (p.kind in kinds or "kind" not in below)
            and (p.buyer_kind in buyers or "buyer_kind" not in below)
            and p.id not in left_out
        ]
        trials = [p for p in members if p.outcome not in UNDECIDED]
        if not members and precedents:
            reader.problems.gap(key, f"the class {name!r} has no members", "widen it")
        found[name] = ReferenceClass(
            id=name,
            label=read_label(below, "label", reader.problems, shown_id(name)),
            members=tuple(p.id for p in members),
            successes=sum(p.outcome in success for p in trials),
            trials=len(trials),
            success=success,
            place=key.place,
        )
    return found


def class_rate(reference: ReferenceClass, precedents: Mapping[str, Precedent]) -> Quantity:
    """Return a class's success rate as a quantity: Beta(successes + 1/2, failures + 1/2)."""
    hits, trials = reference.successes, reference.trials
    sources = dict.fromkeys(s for m in reference.members for s in precedents[m].provenance.sources)
    number = Number(
        text=f"{hits} of {trials}",
        definition=Beta(alpha=hits + 0.5, beta=trials - hits + 0.5),
        provenance=Provenance(
            sources=tuple(sources),
            grade="" if sources else "judgement",
            reason=f"{hits} successes in {trials} precedents",
        ),
        place=reference.place,
    )
    return Quantity(id=reference.id, label=reference.label, number=number, place=reference.place)


def _excluded(
    below: Entries, reader: NumberReader, precedents: Mapping[str, Precedent]
) -> set[str]:
    exclude = below.below("exclude")
    for name, key in exclude.keys.items():
        if name not in precedents:
            reader.problems.gap(
                key,
                f"there is no precedent {name!r} to exclude",
                nearest(name, precedents, what="precedents"),
            )
    return set(exclude)


def _choice(below: Entries, word: str, known: set[str], reader: NumberReader) -> tuple[str, ...]:
    chosen = below.texts(word)
    for scalar in chosen:
        if known and scalar.text not in known:
            reader.problems.gap(
                scalar,
                f"no precedent has the {word} {scalar.text!r}"
                if word != "success"
                else f"{scalar.text!r} is not an outcome",
                nearest(scalar.text, known, what="known"),
            )
    return tuple(scalar.text for scalar in chosen)


def _year(below: Entries, reader: NumberReader) -> int:
    node = below.get("year")
    if isinstance(node, Scalar) and node.text.isdigit() and len(node.text) == 4:
        return int(node.text)
    if isinstance(node, Scalar):
        reader.problems.error(node, f"{node.text!r} is not a year", "write year: 2015")
    return 0


def _optional(below: Entries, word: str, reader: NumberReader) -> float | None:
    if word not in below or not below.text(word):
        return None
    value = reader.constant(below.get(word))
    return None if math.isnan(value) else value


def _outcome(text: str) -> Outcome:
    for outcome in get_args(Outcome):
        if outcome == text:
            found: Outcome = outcome
            return found
    return "not_known"
