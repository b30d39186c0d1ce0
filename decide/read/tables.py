"""CSV tables as the sections they stand for; French Excel's too."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from decide.language import said
from decide.model.place import Place
from decide.read.nodes import Entries, Items, Node, Scalar
from decide.read.problems import Problems, nearest
from decide.read.written_percentiles import PERCENTILES

EVIDENCE = ("source", "grade", "reason", "note")
NUMBER = ("value", "low", "high", *PERCENTILES, "min", "max", "unit", *EVIDENCE)
PRECEDENT = (
    *("label", "kind", "buyer", "buyer_kind", "year", "price", "years_to_deployment"),
    *("outcome", "relevance", "why", *EVIDENCE),
)
KINDS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("strategy", "criterion"): NUMBER,
    ("target", "criterion"): NUMBER,
    ("precedent",): PRECEDENT,
}
TEXTS = {"reason", "note", "why", "label", "source", "buyer", "kind", "buyer_kind", "unit"}
DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")

Row = list[Scalar]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table's header, and what its cells become."""

    keys: tuple[str, ...]  # the columns that say whose row it is
    words: tuple[str, ...]  # all columns
    has_decimal_comma: bool


def read_table(text: str, file: str, problems: Problems) -> Entries | None:
    """Return a table as the file that it could have been in YAML; None where it is no table."""
    header = text.split("\n", 1)[0]
    separator = ";" if header.count(";") > header.count(",") else ","
    rows = _rows(text, separator, file, problems)
    first = next(rows, None)
    if first is None:
        return None
    table = _table(first, separator, problems)
    if table is None:
        return None
    root = Entries(Place(file, 1, 1))
    before = len(problems.found)
    for row in rows:
        if any(cell.text for cell in row):
            _add_row(root, row, table, problems)
    return root if len(problems.found) == before or root.keys else None


def table_path(name: Scalar) -> str:
    """Return the path in the workspace of a table that is named from the folder of its file."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name.place.file), name.text))


def has_known_header(text: str) -> bool:
    """Whether a table holds performances or precedents; others are columns of values."""
    words = re.split("[,;]", text.split("\n", 1)[0])
    cells = [word.strip().strip('"') for word in words]
    return any(tuple(cells[: len(keys)]) == keys for keys in KINDS)


def read_column(
    text: str, file: str, column: Scalar, problems: Problems
) -> tuple[Scalar, ...] | None:
    """Return the cells below a header; None where there is no such column, or a row is not whole.

    An empty row is passed over, an empty cell is not.
    """
    header = text.split("\n", 1)[0]
    separator = ";" if header.count(";") > header.count(",") else ","
    rows = _rows(text, separator, file, problems)
    words = [cell.text for cell in next(rows, [])]
    if words.count(column.text) != 1:
        is_twice = column.text in words
        message = (
            said("{file} has two columns {column!r}", file=file, column=column.text)
            if is_twice
            else said("{file} has no column {column!r}", file=file, column=column.text)
        )
        advice = (
            said("rename one")
            if is_twice
            else nearest(
                column.text, words, what=said("columns"), none=said("there are no columns")
            )
        )
        problems.error(column, message, advice)
        return None
    before, found = len(problems.found), []
    for row in rows:
        if len(row) == len(words):
            cell = row[words.index(column.text)]
            if any(other.text for other in row):
                found.append(_value("value", cell, _Table((), (), separator == ";")))
        elif any(cell.text for cell in row):
            message = said(
                "this row has {cells} cells, and the header {columns}",
                cells=len(row),
                columns=len(words),
            )
            problems.error(row[0], message, said("quote a text that contains the separator"))
    cells = tuple(cell for cell in found if isinstance(cell, Scalar))
    return cells if len(problems.found) == before else None


def _rows(text: str, separator: str, file: str, problems: Problems) -> Iterator[Row]:
    """Yield the rows of cells, each with its place; stops where a quotation mark stays open."""
    at, line, start = 0, 1, 0
    row: Row = []
    while at < len(text):
        place = Place(file, line, at - start + 1)
        if text[at] == '"':
            end = _closing(text, at)
            if end < 0:
                message = said("this quotation mark is never closed")
                problems.error(
                    place, message, said('close it; one inside a text is written twice: ""')
                )
                return
            cell = text[at + 1 : end].replace('""', '"')
            if "\n" in text[at:end]:
                line += text.count("\n", at, end)
                start = text.rindex("\n", at, end) + 1
            at = end + 1
        else:
            end = next((i for i in range(at, len(text)) if text[i] in {separator, "\n"}), len(text))
            cell, at = text[at:end], end
        row.append(Scalar(cell.strip(), place))
        if at < len(text) and text[at] not in {separator, "\n"}:
            message = said("a cell goes on after its closing quotation mark")
            problems.error(Place(file, line, at - start + 1), message, said("quote the whole cell"))
            return
        if at >= len(text) or text[at] == "\n":
            yield row
            row, line, start = [], line + 1, at + 1
        elif at + 1 >= len(text) or text[at + 1] == "\n":  # a row may end with a separator
            row.append(Scalar("", Place(file, line, at - start + 2)))
            at += 1
            yield row
            row, line, start = [], line + 1, at + 1
        at += 1


def _closing(text: str, at: int) -> int:
    """Return where the quotation mark that opens here is closed, -1 where it is not."""
    at += 1
    while True:
        at = text.find('"', at)
        if at < 0 or text[at + 1 : at + 2] != '"':
            return at
        at += 2


def _table(header: Row, separator: str, problems: Problems) -> _Table | None:
    words = tuple(cell.text for cell in header)
    keys = next((keys for keys in KINDS if words[: len(keys)] == keys), None)
    if keys is None:
        message = said("the header does not say what this table holds")
        advice = said(
            "start it with strategy,criterion or target,criterion or precedent, or name its "
            "column under `empirical`"
        )
        problems.error(header[0], message, advice)
        return None
    before = len(problems.found)
    for number, cell in enumerate(header):
        if cell.text in words[:number]:
            problems.error(
                cell, said("the column {text!r} stands twice", text=cell.text), said("delete one")
            )
        elif number >= len(keys) and cell.text not in KINDS[keys]:
            message = said("{text!r} is not a column of this table", text=cell.text)
            problems.error(
                cell,
                message,
                nearest(
                    cell.text, KINDS[keys], what=said("columns"), none=said("there are no columns")
                ),
            )
    return _Table(keys, words, separator == ";") if len(problems.found) == before else None


def _add_row(root: Entries, row: Row, table: _Table, problems: Problems) -> None:
    if len(row) != len(table.words):
        message = said(
            "this row has {cells} cells, and the header {columns}",
            cells=len(row),
            columns=len(table.words),
        )
        problems.error(row[0], message, said("quote a text that contains the separator"))
        problems.is_whole = False
        return
    ids = row[: len(table.keys)]
    cells = Entries(ids[-1].place)
    for word, cell in zip(table.words[len(ids) :], row[len(ids) :], strict=True):
        if cell.text:
            _put(cells, Scalar(word, cell.place), _value(word, cell, table))
    path = _path(table.keys, ids)
    here = root
    for key in path[:-1]:
        if key.text not in here:
            _put(here, key, Entries(key.place))
        here = here.below(key.text)
    if path[-1].text in here:
        first = here.keys[path[-1].text].place.line
        whose = " ".join(cell.text for cell in ids)
        message = said(
            "the row of {whose!r} stands twice; the first is in line {first}",
            whose=whose,
            first=first,
        )
        problems.error(ids[0], message, said("delete one of the two"))
    else:
        _put(here, path[-1], cells)


def _value(word: str, cell: Scalar, table: _Table) -> Node:
    if word == "source" and "|" in cell.text:
        parts = [part.strip() for part in cell.text.split("|")]
        return Items(cell.place, tuple(Scalar(part, cell.place) for part in parts if part))
    if table.has_decimal_comma and word not in TEXTS:
        return Scalar(DECIMAL_COMMA.sub(".", cell.text), cell.place)
    return cell


def _path(keys: Sequence[str], ids: Sequence[Scalar]) -> list[Scalar]:
    """Return the keys under which a row stands."""
    at = ids[0].place
    match keys[0]:
        case "strategy":
            return [Scalar("performances", at), *ids]
        case "target":
            return [Scalar("targets", at), ids[0], Scalar("performances", at), ids[1]]
        case _:
            return [Scalar("precedents", at), *ids]


def _put(entries: Entries, key: Scalar, value: Node) -> None:
    entries.keys[key.text] = key
    entries.values[key.text] = value
