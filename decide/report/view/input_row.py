"""One number that a person wrote, as a row that says where it comes from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from decide.language import in_language
from decide.model.number import COMPUTED, Formula, Number, Provenance
from decide.model.place import Place
from decide.report.view.anchors import source_anchor
from decide.report.view.context import Context
from decide.report.view.numerals import MINUS
from decide.report.view.parts import Part
from decide.report.words import sources as words


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRow:
    """One number (or finding) of the files."""

    anchor: str  # "" where nothing on the page leads here
    owner: str  # what it belongs to, for rows that stand together; "" where it stands alone
    name: str
    value: str  # as written, with its unit
    drawn: str  # what the draws made of it; "" where nothing is drawn
    grade: str  # "sourced", "judgement", "formula", "definition", "unsourced"
    grade_text: str  # "" for a sourced number, whose sources stand instead
    sources: tuple[Part, ...]
    dates: str
    why: str  # what is said of this one
    reason: str  # what may be said of others too
    file: str
    line: str
    is_number: bool = True
    has_grade: bool = True  # whether its grade stands in the row, not over its block
    note: str = ""  # the mark of its reason, where that stands over its block

    @property
    def said(self) -> str:
        """What the row says of its reasons."""
        return " ".join(text for text in (self.why, self.note or self.reason) if text)


def number_row(
    context: Context,
    where: str,
    name: str,
    number: Number,
    *,
    owner: str = "",
    unit: str = "",
    drawn: str = "",
    is_definition: bool = False,
) -> InputRow:
    """Return the row of one number."""
    fallback = "definition" if is_definition else "unsourced"
    if isinstance(number.definition, Formula) or number.provenance == COMPUTED:
        fallback = "formula"
    return input_row(
        context,
        where,
        name,
        written(number, context.language, unit),
        number.provenance,
        number.place,
        owner=owner,
        drawn=drawn,
        fallback=fallback,
    )


def input_row(
    context: Context,
    where: str,
    name: str,
    value: str,
    provenance: Provenance,
    place: Place,
    *,
    owner: str = "",
    why: str = "",
    drawn: str = "",
    fallback: str = "unsourced",
    is_number: bool = True,
) -> InputRow:
    """Return a row; `fallback` is its grade where the file gives neither source nor reason."""
    grade = grade_of(provenance, fallback)
    return InputRow(
        anchor=where,
        owner=owner,
        name=name,
        value=value,
        drawn=drawn,
        grade=grade,
        grade_text=words.grade(grade, context.language),
        sources=source_links(context, provenance.sources),
        dates=source_dates(context, provenance.sources),
        why=why,
        reason=" ".join(
            in_language(t, context.language) for t in (provenance.reason, provenance.note) if t
        ),
        file=place.file,
        line=str(place.line),
        is_number=is_number,
    )


def grade_of(provenance: Provenance, fallback: str = "unsourced") -> str:
    """Return how a number is backed; `fallback` where the file gives neither source nor reason.

    What a formula computes and what merely defines an option (a lever at 0 or 1, the edges of
    bins) needs no source of its own.
    """
    if provenance.sources:
        return "sourced"
    return "judgement" if provenance.grade == "judgement" else fallback


def source_links(context: Context, sources: Sequence[str]) -> tuple[Part, ...]:
    """Return short links to the publications' rows, by their numbers."""
    if not sources:
        return ()
    order = {source: index for index, source in enumerate(context.evaluation.model.sources, 1)}
    return tuple(
        Part(f"[{order[source]}]", f"#{source_anchor(order[source])}")
        for source in sources
        if source in order
    )


def source_dates(context: Context, sources: Iterable[str]) -> str:
    """Return the publications' dates as written, each once."""
    known = context.evaluation.model.sources
    dates = (known[s].published_text or str(known[s].known_by or "") for s in sources if s in known)
    return ", ".join(dict.fromkeys(d for d in dates if d))


def written(number: Number, language: str, unit: str = "") -> str:
    """Return a number as its file writes it, with its unit."""
    text = in_language(number.text, language)
    text = MINUS + text[1:] if text.startswith("-") else text
    shown = unit or number.unit
    return text if not shown or shown == "%" or text.endswith(shown) else f"{text} {shown}"
