"""CSV tables as the sections they stand for; French Excel's too."""

import csv
import io
from collections.abc import Callable, Sequence

from decide.model.place import Place
from decide.read.nodes import Entries, Items, Node, Scalar
from decide.read.problems import Problems, nearest

EVIDENCE = ("source", "grade", "reason", "note")
NUMBER = ("value", "low", "high", "p10", "p50", "p90", "min", "max", "unit", *EVIDENCE)
PRECEDENT = (
    *("label", "kind", "buyer", "buyer_kind", "year", "price", "years_to_deployment"),
    *("outcome", "relevance", "why", *EVIDENCE),
)
KINDS = {
    ("strategy", "criterion"): NUMBER,
    ("target", "criterion"): NUMBER,
    ("precedent",): PRECEDENT,
}
TEXTS = {"reason", "note", "why", "label", "source", "buyer", "kind", "buyer_kind", "unit"}


def read_table(text: str, file: str, problems: Problems) -> Entries | None:
    """Return a table as the file that it could have been in YAML; None where it is no table."""
    header, *lines = text.split("\n", 1)
    separator = ";" if header.count(";") > header.count(",") else ","
    rows = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    place = Place(file, 1, 1)
    try:
        words = [word.strip() for word in next(rows, [])]
        keys = next((keys for keys in KINDS if tuple(words[: len(keys)]) == keys), None)
        if keys is None:
            problems.error(
                place,
                "the header does not say what this table holds",
                "start it with strategy,criterion or target,criterion or precedent",
            )
            return None
        if not _is_header(words, keys, file, problems):
            return None
        root = Entries(place)
        for row in rows:
            if any(cell.strip() for cell in row):
                _add_row(root, row, words, keys, Place(file, rows.line_num, 1), separator, problems)
    except csv.Error as error:
        problems.error(
            Place(file, max(rows.line_num, 1), 1),
            f"this line is not CSV ({error})",
            "close every quotation mark",
        )
        return None
    del lines
    return root


def _is_header(words: Sequence[str], keys: tuple[str, ...], file: str, problems: Problems) -> bool:
    before = len(problems.found)
    allowed = KINDS[keys]
    for number, word in enumerate(words):
        at = Place(file, 1, 1 + sum(len(w) + 1 for w in words[:number]))
        if word in words[:number]:
            problems.error(at, f"the column {word!r} stands twice", "delete one", len(word))
        elif number >= len(keys) and word not in allowed:
            advice = nearest(word, allowed, what="columns")
            problems.error(at, f"{word!r} is not a column of this table", advice, len(word))
    return len(problems.found) == before


def _add_row(
    root: Entries,
    row: Sequence[str],
    words: Sequence[str],
    keys: tuple[str, ...],
    place: Place,
    separator: str,
    problems: Problems,
) -> None:
    if len(row) != len(words):
        problems.error(
            place,
            f"this row has {len(row)} cells, and the header {len(words)}",
            "quote a text that contains the separator",
        )
        return
    decimal: Callable[[str], str] = (
        (lambda text: text.replace(",", ".")) if separator == ";" else (lambda text: text)
    )
    cells = Entries(place)
    for word, cell in zip(words[len(keys) :], row[len(keys) :], strict=True):
        text = cell.strip()
        if not text:
            continue
        if word not in TEXTS:
            text = decimal(text)
        value: Node = Scalar(text, place)
        if word == "source" and "|" in text:
            value = Items(place, tuple(Scalar(part.strip(), place) for part in text.split("|")))
        _put(cells, Scalar(word, place), value)
    path = _path(keys, [cell.strip() for cell in row[: len(keys)]])
    here = root
    for word in path[:-1]:
        if word not in here:
            _put(here, Scalar(word, place), Entries(place))
        here = here.below(word)
    if path[-1] in here:
        first = here.keys[path[-1]].place
        problems.error(
            place,
            f"{' '.join(row[: len(keys)])!r} stands twice; the first is in line {first.line}",
            "delete one of the two",
        )
        return
    _put(here, Scalar(path[-1], place), cells)


def _path(keys: tuple[str, ...], ids: Sequence[str]) -> list[str]:
    match keys:
        case ("strategy", _):
            return ["performances", *ids]
        case ("target", _):
            return ["targets", ids[0], "performances", ids[1]]
        case _:
            return ["precedents", *ids]


def _put(entries: Entries, key: Scalar, value: Node) -> None:
    entries.keys[key.text] = key
    entries.values[key.text] = value
