"""Precedents, and the classes whose success rates formulas may name."""

import math
from collections.abc import Mapping
from datetime import date
from typing import get_args

from decide.language import said
from decide.model.decision import Quantity
from decide.model.distribution import Beta
from decide.model.number import Number, Provenance
from decide.model.precedent import Outcome, Precedent, ReferenceClass
from decide.read.evidence import read_provenance
from decide.read.labels import check_id, read_label, shown_id
from decide.read.nodes import Entries, Scalar
from decide.read.numbers import NumberReader
from decide.read.points import YEAR
from decide.read.problems import nearest

UNDECIDED = ("too_early", "not_known")


def read_precedents(
    entries: Entries, reader: NumberReader, as_of: date | None
) -> dict[str, Precedent]:
    """Read the deals and programmes."""
    found = {}
    for name, key in entries.keys.items():
        check_id(key, said("precedent"), reader.problems)
        below = entries.below(name)
        provenance = read_provenance(below, reader.sources, reader.problems)
        if provenance.grade == "unsourced":
            reader.problems.warn(
                key,
                said("the precedent {name!r} has neither a source nor a grade", name=name),
                said("add one"),
            )
        found[name] = Precedent(
            id=name,
            label=below.text("label", shown_id(name)),
            kind=below.text("kind"),
            buyer=below.text("buyer"),
            buyer_kind=below.text("buyer_kind"),
            year=_year(below, reader, as_of),
            price=_optional(below, "price", reader),
            years_to_deployment=_optional(below, "years_to_deployment", reader),
            outcome=_outcome(below.text("outcome")),
            relevance=_optional(below, "relevance", reader, most=3.0),
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
        check_id(key, said("reference class"), reader.problems)
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
        if not members and not _has_unknown(below, precedents):
            advice = said("widen its `kind` or `buyer_kind`, or exclude fewer")
            reader.problems.gap(key, said("the class {name!r} has no members", name=name), advice)
        found[name] = ReferenceClass(
            id=name,
            label=read_label(below, "label", reader.problems, shown_id(name)),
            note=read_label(below, "note", reader.problems, ""),
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


def _has_unknown(below: Entries, precedents: Mapping[str, Precedent]) -> bool:
    kinds = {p.kind for p in precedents.values()}
    buyers = {p.buyer_kind for p in precedents.values()}
    return any(
        scalar.text not in known
        for word, known in (("kind", kinds), ("buyer_kind", buyers))
        for scalar in below.texts(word)
    )


def _excluded(
    below: Entries, reader: NumberReader, precedents: Mapping[str, Precedent]
) -> set[str]:
    exclude = below.below("exclude")
    for name, key in exclude.keys.items():
        if name not in precedents:
            reader.problems.gap(
                key,
                said("there is no precedent {name!r} to exclude", name=name),
                nearest(
                    name, precedents, what=said("precedents"), none=said("there are no precedents")
                ),
            )
    return set(exclude)


def _choice(below: Entries, word: str, known: set[str], reader: NumberReader) -> tuple[str, ...]:
    chosen = below.texts(word)
    for scalar in chosen:
        if known and scalar.text not in known:
            reader.problems.gap(
                scalar,
                said("no precedent has the {word} {text!r}", word=word, text=scalar.text)
                if word != "success"
                else said("{text!r} is not an outcome", text=scalar.text),
                nearest(
                    scalar.text,
                    known,
                    what=said("known words"),
                ),
            )
    return tuple(scalar.text for scalar in chosen)


def _year(below: Entries, reader: NumberReader, as_of: date | None) -> int:
    node = below.get("year")
    if not isinstance(node, Scalar):
        return 0
    if not YEAR.match(node.text):
        reader.problems.error(
            node, said("{text!r} is not a year", text=node.text), said("write year: 2015")
        )
        return 0
    if as_of is not None and int(node.text) > as_of.year:
        message = said(
            "the precedent is of {text}, after the as-of date {as_of}",
            text=node.text,
            as_of=as_of.isoformat(),
        )
        reader.problems.error(node, message, said("hindsight cannot feed the model; take it out"))
    return int(node.text)


def _optional(
    below: Entries, word: str, reader: NumberReader, *, most: float = math.inf
) -> float | None:
    if word not in below:
        return None
    value = reader.constant(below.get(word))
    if value < 0 or value > most:
        span = said("from 0 to {most:g}", most=most) if most < math.inf else said("0 or more")
        message = said(
            "{word!r} is {value}; it must be {span}", word=word, value=below.text(word), span=span
        )
        reader.problems.error(below.values[word], message, said("correct it, or leave it out"))
    return None if math.isnan(value) else value


def _outcome(text: str) -> Outcome:
    for outcome in get_args(Outcome):
        if outcome == text:
            found: Outcome = outcome
            return found
    return "not_known"
