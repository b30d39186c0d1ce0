"""Rows of numbers that stand together, with what most of them share said once over them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase

from decide.report.view.context import Context
from decide.report.view.input_row import InputRow
from decide.report.words import sources as words

FEWEST = 3  # rows that make a reason worth saying once
SHORTEST = 20  # letters, likewise


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A reason that several rows give."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InputBlock:
    """Rows that belong together and stand in one file."""

    anchor: str  # "" where nothing leads here
    owner: str  # "" where only the file is named
    file: str
    grade: str  # what all rows are that say nothing else; "" where each says its own
    notes: tuple[Note, ...]
    rows: tuple[InputRow, ...]


def input_blocks(context: Context, rows: Iterable[InputRow]) -> Iterable[InputBlock]:
    """Put rows of one owner and one file together."""
    found: dict[tuple[str, str], list[InputRow]] = {}
    for row in rows:
        found.setdefault((row.owner, row.file), []).append(row)
    for (owner, file), members in found.items():
        yield _block(context, owner, file, members)


def _block(context: Context, owner: str, file: str, rows: Sequence[InputRow]) -> InputBlock:
    judged = sum(row.grade == "judgement" for row in rows)
    is_graded = judged >= FEWEST
    given = Counter(row.reason for row in rows if len(row.reason) >= SHORTEST)
    often = [reason for reason, count in given.items() if count >= FEWEST]
    marks = {r: f"({letter})" for letter, r in zip(ascii_lowercase, often, strict=False)}
    return InputBlock(
        anchor="",
        owner=owner,
        file=file,
        grade=words.grade_of_block(context.language) if is_graded else "",
        notes=tuple(Note(mark=mark, text=reason) for reason, mark in marks.items()),
        rows=tuple(
            replace(
                row,
                has_grade=not (is_graded and row.grade == "judgement"),
                note=marks.get(row.reason, ""),
            )
            for row in rows
        ),
    )
