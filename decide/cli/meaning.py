"""What a name of the files stands for, as facts with their terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    return Meaning(kind=kind, name=name, label=str(label) or name, facts=kept)
