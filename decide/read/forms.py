"""Where a node does not have its written form: the form is walked beside the node."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Literal, TypeGuard, Union, get_args, get_origin, get_type_hints, is_typeddict

from decide.read.nodes import Entries, Items, Node, Scalar
from decide.read.written_numbers import Words

Path = tuple[str | int, ...]
UNIONS = (UnionType, Union)


@dataclass(frozen=True, slots=True)
class Slip:
    """One node that does not have its written form."""

    kind: Literal["unknown key", "missing key", "unknown word", "wrong kind"]
    path: Path
    node: Node  # for keys, the mapping
    wanted: tuple[str, ...]  # the keys or words that are known; the kind of node that is wanted


def is_form(form: object) -> TypeGuard[type]:
    """Whether a form is a mapping with keys of its own."""
    return is_typeddict(form)


@cache
def hints_of(form: type) -> tuple[Mapping[str, object], frozenset[str]]:
    """Return the forms under the keys of a mapping, and the keys that must stand in it."""
    required: frozenset[str] = getattr(form, "__required_keys__", frozenset())
    return get_type_hints(form), required


def slips(node: Node, form: object, path: Path = ()) -> Iterator[Slip]:
    """Yield what does not have the written form, at any depth."""
    origin, parts = get_origin(form), get_args(form)
    if is_form(form):
        yield from _of_mapping(node, form, path)
    elif origin in UNIONS:
        fitting = next((part for part in parts if _fits(node, part)), None)
        if fitting is None:
            yield Slip("wrong kind", path, node, ("one of several",))
        else:
            yield from slips(node, fitting, path)
    elif origin in {dict, list}:
        yield from _of_collection(node, origin, parts[-1], path)
    elif form is not object:
        yield from _of_text(node, form, path)


def _of_collection(node: Node, kind: object, held: object, path: Path) -> Iterator[Slip]:
    """Yield the slips of a list, or of a mapping with any keys; languages are one at least."""
    below: Iterable[tuple[str | int, Node]]
    if kind is dict and isinstance(node, Entries) and (node.keys or held is not Words):
        below = node.values.items()
    elif kind is list and isinstance(node, Items):
        below = enumerate(node.items)
    else:
        is_empty = kind is dict and isinstance(node, Entries)
        wanted = "words" if is_empty else "mapping" if kind is dict else "list"
        yield Slip("wrong kind", path, node, (wanted,))
        return
    for key, value in below:
        yield from slips(value, held, (*path, key))


def _of_mapping(node: Node, form: type, path: Path) -> Iterator[Slip]:
    if not isinstance(node, Entries):
        yield Slip("wrong kind", path, node, ("mapping",))
        return
    hints, required = hints_of(form)
    for key, below in node.values.items():
        if key in hints:
            yield from slips(below, hints[key], (*path, key))
        else:
            yield Slip("unknown key", (*path, key), node, tuple(hints))
    for key in hints:
        if key in required and key not in node:
            yield Slip("missing key", (*path, key), node, ())


def _of_text(node: Node, form: object, path: Path) -> Iterator[Slip]:
    words = get_args(form)
    if words and (not isinstance(node, Scalar) or node.text not in words):
        yield Slip("unknown word", path, node, words)
    elif not isinstance(node, Scalar):
        yield Slip("wrong kind", path, node, ("text",))
    elif form is Words and not node.text.strip():
        yield Slip("wrong kind", path, node, ("words",))


def _fits(node: Node, form: object) -> bool:
    """Whether a node is of the kind that one part of a union takes."""
    if isinstance(node, Entries):
        return is_form(form) or get_origin(form) is dict
    if isinstance(node, Items):
        return get_origin(form) is list
    return not is_form(form) and get_origin(form) not in {dict, list}
