"""The sections of all files, put together."""

from collections.abc import Mapping

from decide.language import said
from decide.model.place import Place
from decide.read.nodes import Entries, Items, Node, Scalar
from decide.read.problems import Problems, nearest
from decide.read.shape import note_wrong_kind
from decide.read.tables import has_known_header, read_table, table_path
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
    unknown = {n: t for n, t in texts.items() if _is_table(n) and not has_known_header(t)}
    for name, text in texts.items():
        if name in unknown:
            continue
        before = len(problems.found)
        entries = (read_table if _is_table(name) else read_yaml)(text, name, problems)
        if entries is None:
            problems.is_whole &= len(problems.found) == before
            continue
        _merge_file(root, entries, problems)
    named = _tables_named(root)
    is_said = not named <= texts.keys()  # a table that is not found may be any of those
    for name in () if is_said else unknown.keys() - named:
        before = len(problems.found)
        read_table(unknown[name], name, problems)  # says what is wrong with its header
        problems.is_whole &= len(problems.found) == before
    return root


def _tables_named(node: Node) -> set[str]:
    """Return the tables that are named under any `empirical`, "" for one that names none."""
    if not isinstance(node, Entries):
        return set()
    found = {name for value in node.values.values() for name in _tables_named(value)}
    column = node.get("empirical")
    if isinstance(column, Entries):
        file = column.get("file")
        found.add(table_path(file) if isinstance(file, Scalar) else "")
    return found


def _is_table(name: str) -> bool:
    return name.lower().endswith(".csv")


def _merge_file(root: Entries, entries: Entries, problems: Problems) -> None:
    for section, key in entries.keys.items():
        if section not in SECTIONS:
            problems.is_whole = False
            problems.error(
                key,
                said("{section!r} is not a section of a file", section=section),
                nearest(
                    section, SECTIONS, what=said("sections"), none=said("there are no sections")
                ),
            )
            continue
        wanted = said("a list") if section == "correlations" else said("a mapping")
        if isinstance(entries.values[section], Items if wanted == "a list" else Entries):
            _merge(root, entries, section, DEEPER.get(section, 1), problems)
        else:
            problems.is_whole = False
            note_wrong_kind((section,), wanted, entries.values[section], problems)


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
            said("{key!r} stands in two files; the other is {place}", key=key, place=first.place),
            said("rename one of the two, or delete it"),
        )
