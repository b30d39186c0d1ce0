"""Where every number comes from: all inputs in groups, the publications, warnings, files."""

from collections.abc import Iterable
from dataclasses import dataclass

from decide.model.decision import Source
from decide.report.view.anchors import precedent_anchor, source_anchor, target_anchor
from decide.report.view.context import Context
from decide.report.view.input_rows import (
    InputRow,
    correlation_rows,
    criterion_rows,
    frame_rows,
    grade_of,
    performance_rows,
    quantity_rows,
    source_dates,
    source_links,
    strategy_rows,
    target_rows,
    tree_rows,
)
from decide.report.words import precedents as precedent_words
from decide.report.words import sources as words
from decide.report.words import targets as target_words
from decide.report.words.phrases import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class InputGroup:
    """Rows of one kind."""

    anchor: str
    title: str
    rows: tuple[InputRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One publication."""

    anchor: str
    number: str
    title: str
    address: str
    href: str  # "" where the address is no web address
    published: str
    note: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningRow:
    """One thing that the checks noticed."""

    place: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OffRow:
    """Something that its file keeps but does not use."""

    kind: str
    name: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The ninth section."""

    opening: str
    groups: tuple[InputGroup, ...]
    unsourced: tuple[InputRow, ...]
    publications: tuple[SourceRow, ...]
    warnings: tuple[WarningRow, ...]
    switched_off: tuple[OffRow, ...]
    numbers: int
    unsourced_count: int


def sources_view(context: Context) -> Sources:
    """List every input with its grade, source, reason and place."""
    groups = tuple(group for group in _groups(context) if group.rows)
    rows = [row for group in groups for row in group.rows if row.is_number]
    counts = {
        grade: sum(1 for row in rows if row.grade == grade)
        for grade in ("sourced", "judgement", "unsourced")
    }
    numbers = sum(counts.values())
    model = context.evaluation.model
    return Sources(
        opening=words.opening(
            numbers, counts["sourced"], counts["judgement"], counts["unsourced"], context.language
        ),
        groups=groups,
        unsourced=tuple(row for row in rows if row.grade == "unsourced"),
        publications=tuple(
            _publication(source, index) for index, source in enumerate(model.sources.values(), 1)
        ),
        warnings=tuple(
            WarningRow(
                place=f"{p.place.file}:{p.place.line}" if p.place else "",
                message=p.message,
                advice=p.advice,
            )
            for p in context.evaluation.warnings
        ),
        switched_off=tuple(
            OffRow(
                kind=words.kind(off.kind, context.language),
                name=context.label(off.label),
                place=f"{off.place.file}:{off.place.line}",
            )
            for off in model.switched_off
        ),
        numbers=numbers,
        unsourced_count=counts["unsourced"],
    )


def _groups(context: Context) -> Iterable[InputGroup]:
    model = context.evaluation.model
    kinds = (
        ("frame", frame_rows(context)),
        ("quantities", quantity_rows(context)),
        ("settings", strategy_rows(context)),
        ("tree", tree_rows(context)),
        ("criteria", criterion_rows(context, model.criteria)),
        ("performances", performance_rows(context)),
        ("screening", criterion_rows(context, model.screening)),
        ("correlations", correlation_rows(context)),
    )
    for name, rows in kinds:
        title = phrase(f"group_{name}", context.language)
        yield InputGroup(anchor=f"inputs-{name}", title=title, rows=tuple(rows))
    for target in model.targets.values():
        yield InputGroup(
            anchor=target_anchor(target.id),
            title=target_words.firm_heading(context.label(target.label), context.language),
            rows=tuple(target_rows(context, target)),
        )
    yield InputGroup(
        anchor="inputs-precedents",
        title=phrase("group_precedents", context.language),
        rows=_precedent_rows(context),
    )


def _precedent_rows(context: Context) -> tuple[InputRow, ...]:
    rows = []
    for precedent in context.evaluation.model.precedents.values():
        provenance = precedent.provenance
        pieces = [
            str(precedent.year),
            "" if precedent.price is None else context.numerals.money(precedent.price),
            ""
            if precedent.years_to_deployment is None
            else words.years(
                context.numerals.number(precedent.years_to_deployment, 2), context.language
            ),
            precedent_words.outcome(precedent.outcome, context.language),
        ]
        grade = grade_of(provenance)
        rows.append(
            InputRow(
                anchor=precedent_anchor(precedent.id),
                name=precedent.label,
                value="; ".join(piece for piece in pieces if piece),
                drawn="",
                grade=grade,
                grade_text=words.grade(grade, context.language),
                sources=source_links(context, provenance.sources),
                dates=source_dates(context, provenance.sources),
                reason=" ".join(t for t in (precedent.why, provenance.reason) if t),
                place=f"{precedent.place.file}:{precedent.place.line}",
            )
        )
    return tuple(rows)


def _publication(source: Source, index: int) -> SourceRow:
    is_web = source.address.startswith(("https://", "http://"))
    published = source.published_text
    if not published and source.known_by:
        published = f"\u2264 {source.known_by}"
    return SourceRow(
        anchor=source_anchor(source.id),
        number=f"[{index}]",
        title=source.title,
        address=source.address,
        href=source.address if is_web else "",
        published=published,
        note=" ".join(t for t in (source.note, source.known_reason) if t),
        place=f"{source.place.file}:{source.place.line}",
    )
