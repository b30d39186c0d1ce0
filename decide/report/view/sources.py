"""Where every number comes from: all inputs in groups, the publications, warnings, files."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from decide.model.decision import Source
from decide.model.place import Problem
from decide.report.view.anchors import source_anchor, target_anchor
from decide.report.view.context import Context
from decide.report.view.diagram_rows import diagram_rows
from decide.report.view.input_block import InputBlock, input_blocks
from decide.report.view.input_row import InputRow
from decide.report.view.input_rows import (
    correlation_rows,
    criterion_rows,
    frame_rows,
    performance_rows,
    precedent_rows,
    quantity_rows,
    strategy_rows,
    target_rows,
    tree_rows,
)
from decide.report.words import sources as words
from decide.report.words.phrases import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class InputGroup:
    """Rows of one kind: a table."""

    anchor: str
    title: str
    blocks: tuple[InputBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsourcedRow:
    """A number that nobody backs."""

    href: str  # "" where its row has no name of its own
    text: str
    place: str


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
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """The publications of one file."""

    path: str
    rows: tuple[SourceRow, ...]


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
    unsourced: tuple[UnsourcedRow, ...]
    publications: tuple[SourceFile, ...]
    warnings: tuple[WarningRow, ...]
    switched_off: tuple[OffRow, ...]
    numbers: int
    unsourced_count: int


def sources_view(context: Context) -> Sources:
    """List every input with its grade, source, reason and place."""
    groups = tuple(group for group in _groups(context) if group.blocks)
    rows = [r for group in groups for block in group.blocks for r in block.rows if r.is_number]
    counts = Counter(row.grade for row in rows)
    numbers = counts["sourced"] + counts["judgement"] + counts["unsourced"]
    model = context.evaluation.model
    unsourced = tuple(_unsourced(row) for row in rows if row.grade == "unsourced")
    listed = {row.place for row in unsourced}
    return Sources(
        opening=words.opening(
            numbers, counts["sourced"], counts["judgement"], counts["unsourced"], context.language
        ),
        groups=groups,
        unsourced=unsourced,
        publications=_publications(model.sources.values()),
        warnings=tuple(
            row
            for row in (_warning(w, context.language) for w in context.evaluation.warnings)
            if row.place not in listed
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


def _warning(problem: Problem, language: str) -> WarningRow:
    place = problem.place
    return WarningRow(
        place=f"{place.file}:{place.line}" if place else "",
        message=problem.message.in_language(language),
        advice=problem.advice.in_language(language),
    )


def _groups(context: Context) -> Iterable[InputGroup]:
    model = context.evaluation.model
    kinds = (
        ("frame", frame_rows(context)),
        ("quantities", quantity_rows(context)),
        ("settings", strategy_rows(context)),
        ("tree", tree_rows(context)),
        ("diagram", diagram_rows(context)),
        ("criteria", criterion_rows(context, model.criteria)),
        ("performances", performance_rows(context)),
        ("screening", criterion_rows(context, model.screening)),
        ("correlations", correlation_rows(context)),
    )
    for name, rows in kinds:
        yield _group(context, name, tuple(input_blocks(context, rows)))
    yield _group(context, "targets", _firm_blocks(context))
    yield _group(context, "precedents", tuple(input_blocks(context, precedent_rows(context))))


def _group(context: Context, name: str, blocks: tuple[InputBlock, ...]) -> InputGroup:
    title = phrase(f"group_{name}", context.language)
    return InputGroup(anchor=f"inputs-{name}", title=title, blocks=blocks)


def _firm_blocks(context: Context) -> tuple[InputBlock, ...]:
    """Return each firm's rows; the first block of a firm carries its anchor."""
    found = []
    for target in context.evaluation.model.targets.values():
        name = context.label(target.label)
        for index, block in enumerate(input_blocks(context, target_rows(context, target))):
            where = "" if index else target_anchor(context.evaluation.model, target.id)
            found.append(replace(block, anchor=where, owner=name))
    return tuple(found)


def _unsourced(row: InputRow) -> UnsourcedRow:
    name = f"{row.owner}: {row.name}" if row.owner else row.name
    return UnsourcedRow(
        href=f"#{row.anchor}" if row.anchor else "",
        text=f"{name}: {row.value}",
        place=f"{row.file}:{row.line}",
    )


def _publications(sources: Iterable[Source]) -> tuple[SourceFile, ...]:
    numbered = enumerate(sources, 1)
    return tuple(
        SourceFile(path=path, rows=tuple(_publication(source, index) for index, source in members))
        for path, members in groupby(numbered, key=lambda pair: pair[1].place.file)
    )


def _publication(source: Source, index: int) -> SourceRow:
    is_web = source.address.startswith(("https://", "http://"))
    published = source.published_text
    if not published and source.known_by:
        published = f"\u2264 {source.known_by}"
    return SourceRow(
        anchor=source_anchor(index),
        number=f"[{index}]",
        title=source.title,
        address=source.address,
        href=source.address if is_web else "",
        published=published,
        note=" ".join(t for t in (source.note, source.known_reason) if t),
        line=str(source.place.line),
    )
