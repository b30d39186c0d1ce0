"""Checks the written form, in our own words: unknown keys, missing keys, texts for mappings."""

from collections.abc import Iterator, Sequence
from typing import get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from decide.read.nodes import Entries, Items, Node, Scalar, plain
from decide.read.problems import Problems, nearest
from decide.read.written import SHAPES, WORKSPACE, Workspace

Path = Sequence[str | int]


def check_shape(root: Entries, problems: Problems) -> None:
    """Note whatever in the workspace does not have the written form."""
    try:
        WORKSPACE.validate_python(plain(root))
    except ValidationError as error:
        for details in error.errors(include_url=False, include_context=True, include_input=False):
            _note(details, root, problems)


def _note(details: ErrorDetails, root: Entries, problems: Problems) -> None:
    path = [part for part in details["loc"] if part not in SHAPES and part != "[key]"]
    kind, context = details["type"], details.get("ctx", {})
    if kind == "missing":
        parent = _find(root, path[:-1])
        name = _name(path[:-1])
        if path == ["decision"]:
            problems.gap(root, "no file has a `decision`", "start with decision: {title: …}")
        else:
            problems.error(parent, f"{path[-1]!r} is missing{name}", f"add `{path[-1]}: …`")
    elif kind == "extra_forbidden":
        _note_unknown_key(root, path, problems)
    elif kind == "literal_error":
        allowed = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        node = _find(root, path)
        text = node.text if isinstance(node, Scalar) else "this"
        problems.error(
            node,
            f"{text!r} cannot stand under {str(path[-1])!r}",
            nearest(text, allowed.split(", "), what="it takes"),
        )
    else:
        wanted = _wanted(kind, str(context.get("discriminator", "")))
        problems.error(
            _find(root, path),
            f"{wanted} is wanted{_name(path)}, and {_found(_find(root, path))} stands here",
        )


def _note_unknown_key(root: Entries, path: Path, problems: Problems) -> None:
    parent = _find(root, path[:-1])
    key = parent.keys[str(path[-1])] if isinstance(parent, Entries) else root
    word = str(path[-1])
    value = parent.get(word) if isinstance(parent, Entries) else None
    is_empty = isinstance(value, Scalar) and not value.text and not value.is_quoted
    if is_empty and (")" in word or "(" in word):
        problems.error(
            key,
            f"{word!r} is what a comma cut off a formula",
            'inside {…} a formula with brackets or commas is quoted: {p: "min(a, b)"}',
        )
    elif is_empty and word[:1].isdigit():
        problems.error(
            key,
            f"{word!r} is what a comma cut off a number",
            "the decimal sign is a full stop: 0.35",
        )
    else:
        allowed = allowed_keys(path[:-1])
        problems.error(
            key, f"{word!r} is not a key{_inside(path[:-1])}", nearest(word, allowed, what="keys")
        )


def allowed_keys(path: Path) -> tuple[str, ...]:
    """Return the keys that the mapping at a path takes; () where any id may stand."""
    here: object = Workspace
    for part in path:
        here = _below(here, str(part))
    return tuple(
        field.alias or name for model in _models(here) for name, field in model.model_fields.items()
    )


def _below(annotation: object, key: str) -> object:
    """Return what stands under a key of an annotated mapping, or in an annotated list."""
    for model in _models(annotation):
        for name, field in model.model_fields.items():
            if key in {name, field.alias}:
                return field.annotation
    return next(_held(annotation), None)


def _held(annotation: object) -> Iterator[object]:
    """Yield what dictionaries and lists hold, through unions and annotations."""
    if get_origin(annotation) in {dict, list}:
        yield get_args(annotation)[-1]
        return
    for argument in get_args(annotation):
        yield from _held(argument)


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) not in {dict, list}:
        for argument in get_args(annotation):
            yield from _models(argument)


def _find(root: Entries, path: Path) -> Node:
    """Return the node at a path, or the nearest above it."""
    here: Node = root
    for part in path:
        below: Node | None = None
        if isinstance(here, Entries):
            below = here.get(str(part))
        elif isinstance(here, Items) and isinstance(part, int) and part < len(here.items):
            below = here.items[part]
        if below is None:
            return here
        here = below
    return here


def _name(path: Path) -> str:
    return f" under {'.'.join(str(part) for part in path)!r}" if path else ""


def _inside(path: Path) -> str:
    return f" of {'.'.join(str(part) for part in path)!r}" if path else " of a file"


def _wanted(kind: str, _: str) -> str:
    if kind in {"dict_type", "model_type", "model_attributes_type"}:
        return "a mapping"
    if kind == "list_type":
        return "a list"
    if kind == "string_type":
        return "a text or a number"
    return "a number, a text or a mapping"


def _found(node: Node) -> str:
    match node:
        case Scalar(text="", is_quoted=False):
            return "nothing"
        case Scalar():
            return "a text"
        case Items():
            return "a list"
        case Entries():
            return "a mapping"
