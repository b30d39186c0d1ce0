"""The sections of all files, put together."""

from collections.abc import Mapping

from decide.model.place import Place
from decide.read.nodes import Entries, Items, Scalar
from decide.read.problems import Problems, nearest
from decide.read.shape import note_wrong_kind
from decide.read.tables import read_table
from decide.read.written import SECTIONS
from decide.read.yaml_text import read_yaml

DEEPER = {
    "diagram": 2,
    "performances": 2,
    "screening": 2,
    "targets": 3,
}  # levels at which a section may be spread over files


def merge_sections(texts: Mapping[str, str], problems: Problems) -> Entries:
    """Put the sections of all files together; the same key in two files is a problem."""
    root = Entries(Place(next(iter(texts), "criteria/"), 1, 1))
    for name, text in texts.items():
        is_table = name.lower().endswith(".csv")
        before = len(problems.found)
        entries = (read_table if is_table else read_yaml)(text, name, problems)
        if entries is None:
            problems.is_whole &= len(problems.found) == before
            continue
        for section, key in entries.keys.items():
            if section not in SECTIONS:
                problems.is_whole = False
                problems.error(
                    key,
                    f"{section!r} is not a section of a file",
                    nearest(section, SECTIONS, what="sections"),
                )
                continue
            wanted = "a list" if section == "correlations" else "a mapping"
            if isinstance(entries.values[section], Items if wanted == "a list" else Entries):
                _merge(root, entries, section, DEEPER.get(section, 1), problems)
            else:
                problems.is_whole = False
                note_wrong_kind((section,), wanted, entries.values[section], problems)
    return root


def _merge(root: Entries, other: Entries, key: str, levels: int, problems: Problems) -> None:
    ours, theirs = root.get(key), other.values[key]
    if ours is None:
        root.keys[key], root.values[key] = other.keys[key], theirs
    elif isinstance(ours, Entries) and isinstance(theirs, Entries) and levels > 0:
        merged = Entries(ours.place, dict(ours.keys), dict(ours.values), ours.width)
        root.values[key] = merged
        for below in theirs:
            _merge(merged, theirs, below, levels - 1, problems)
    elif isinstance(ours, Items) and isinstance(theirs, Items):
        root.values[key] = Items(ours.place, (*ours.items, *theirs.items))
    else:
        first: Scalar = root.keys[key]
        problems.error(
            other.keys[key],
            f"{key!r} stands in two files; the other is {first.place}",
            "rename one of the two, or delete it",
        )
