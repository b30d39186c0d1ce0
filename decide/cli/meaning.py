"""What a name of the files stands for, as facts with their terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from decide.cli.language import chosen
from decide.language import said
from decide.model.label import Label

KINDS = {
    "frame number": said("frame number"),
    "quantity": said("quantity"),
    "reference class": said("reference class"),
    "lever": said("lever"),
    "source": said("source"),
    "precedent": said("precedent"),
    "strategy": said("strategy"),
    "family of strategies": said("family of strategies"),
    "decision": said("decision"),
    "chance": said("chance"),
    "observation": said("observation"),
    "decision of the diagram": said("decision of the diagram"),
    "chance of the diagram": said("chance of the diagram"),
    "value of the diagram": said("value of the diagram"),
    "criterion": said("criterion"),
    "screening criterion": said("screening criterion"),
    "group of criteria": said("group of criteria"),
    "group of screening criteria": said("group of screening criteria"),
    "firm": said("firm"),
}
TERMS = {
    "as_written": said("as written"),
    "mean": said("mean"),
    "p10_p50_p90": said("p10 p50 p90"),
    "by_year": said("by year"),
    "inputs": said("inputs"),
    "sources": said("sources"),
    "grade": said("grade"),
    "reason": said("reason"),
    "note": said("note"),
    "drives": said("drives"),
    "where": said("where"),
    "successes": said("successes"),
    "counts_as_success": said("counts as success"),
    "members": said("members"),
    "at_first": said("at first"),
    "set_by": said("set by"),
    "named_by": said("named by"),
    "kind": said("kind"),
    "year": said("year"),
    "price": said("price"),
    "outcome": said("outcome"),
    "why": said("why"),
    "classes": said("classes"),
    "published": said("published"),
    "known_by": said("known by"),
    "address": said("address"),
    "backs": said("backs"),
    "performances": said("performances"),
    "strategies": said("strategies"),
    "sets": said("sets"),
    "pays": said("pays"),
    "then": said("then"),
    "observes": said("observes"),
    "given": said("given"),
    "knows": said("knows"),
    "states": said("states"),
    "branches": said("branches"),
    "reached_from": said("reached from"),
    "weight": said("weight"),
    "question": said("question"),
    "worst_and_best": said("worst and best"),
    "levels": said("levels"),
    "overlap": said("overlap"),
    "criteria": said("criteria"),
    "facts": said("facts"),
    "gates": said("gates"),
    "own_quantities": said("own quantities"),
}

Facts = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """One thing that a name stands for."""

    kind: str  # "quantity", "criterion"
    name: str
    label: str
    facts: Facts  # in the order in which they are read; an empty one is not known or does not apply


def meaning(kind: str, name: str, label: object, facts: Facts) -> Meaning:
    """Return what a name stands for, without the facts that are not known or do not apply."""
    kept = {term: fact for term, fact in facts.items() if fact}
    text = label.in_language(chosen()) if isinstance(label, Label) else str(label)
    return Meaning(kind=kind, name=name, label=text or name, facts=kept)
