"""Why anyone should believe a number: its sources or its grade, the reason, a note."""

import math
from collections.abc import Collection
from dataclasses import replace

from decide.language import said
from decide.model.number import Definition, Fixed, Formula, Provenance
from decide.read.labels import read_label
from decide.read.nodes import Entries, Node
from decide.read.problems import Problems, nearest

EVIDENCE = ("source", "grade", "reason", "note", "label", "unit")


def read_provenance(entries: Entries, sources: Collection[str], problems: Problems) -> Provenance:
    """Read where a number comes from; its sources must be known."""
    ids = []
    for scalar in entries.texts("source"):
        if scalar.text in sources:
            ids.append(scalar.text)
        else:
            message = said("the source {text!r} is not known", text=scalar.text)
            problems.gap(
                scalar,
                message,
                nearest(
                    scalar.text, sources, what=said("sources"), none=said("there are no sources")
                ),
            )
    grade = entries.text("grade")
    if grade == "judgement" and "reason" not in entries:
        message = said("the grade 'judgement' needs a reason")
        at = entries.keys["grade"]
        problems.error(at, message, said("add `reason: …`: what makes you think so"))
    return Provenance(
        sources=tuple(ids),
        grade="" if "source" in entries else grade or "unsourced",
        reason=str(read_label(entries, "reason", problems)),
        note=str(read_label(entries, "note", problems)),
    )


def of_definition(definition: Definition, provenance: Provenance) -> Provenance:
    """Return a number's provenance; a formula without one has that of what it names."""
    is_open = isinstance(definition, Formula) and provenance.grade == "unsourced"
    return replace(provenance, grade="") if is_open else provenance


def warn_unsourced(
    at: Node, definition: Definition, provenance: Provenance, problems: Problems
) -> None:
    """Note a number that nothing stands behind; 0, 1 and what cannot be read need nothing."""
    if provenance.grade != "unsourced":
        return
    if isinstance(definition, Fixed) and (
        math.isnan(definition.value) or definition.value in {0.0, 1.0}
    ):
        return
    advice = said("add `source: …`, or `grade: judgement` with a `reason`")
    if provenance.reason:
        advice = said("add `grade: judgement` to its reason, or `source: …`")
    problems.warn(at, said("this number has neither a source nor a grade"), advice)
