"""Checks the written form, in our own words: unknown keys, missing keys, texts for mappings.

One slip makes one message: what is read later goes on as if the slip had not been made.
"""

import re
from collections.abc import Iterator, Sequence
from typing import get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from decide.read.nodes import Entries, Items, Node, Scalar, plain
from decide.read.problems import Problems, closest, nearest
from decide.read.written import SHAPES, Workspace

Path = Sequence[str | int]


_MEANT = {  # what others call it
    "weight": "swing",
    "importance": "swing",
    "name": "label",
    "title": "label",
    "description": "note",
    "comment": "note",
    "prob": "p",
    "probability": "p",
    "next": "then",
    "goto": "then",
    "options": "decide",
    "cost": "pay",
    "payoff": "pay",
    "date": "published",
    "url": "address",
    "link": "address",
    "median": "p50",
    "std": "sd",
}


def check_shape(root: Entries, problems: Problems) -> None:
    """Note whatever in the workspace does not have the written form, and mend it for the reader."""
    try:
        Workspace.model_validate(plain(root))
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=True, include_input=False)
        meant = {_meant(details) for details in found if details["type"] == "extra_forbidden"}
        for details in found:
            if details["type"] != "missing" or tuple(_path(details)) not in meant:
                _note(details, root, problems)
        for details in found:
            _mend(details, root, problems)


def _path(details: ErrorDetails) -> list[str | int]:
    return [part for part in details["loc"] if part not in SHAPES and part != "[key]"]


def _meant(details: ErrorDetails) -> tuple[str | int, ...]:
    """Return the path of the key that an unknown one was probably meant to be."""
    *above, word = _path(details)
    return (*above, _known_word(str(word), allowed_keys(above)))


def _known_word(word: str, allowed: Sequence[str]) -> str:
    other = _MEANT.get(word.lower(), "")
    return other if other in allowed else closest(word, allowed)


def _note(details: ErrorDetails, root: Entries, problems: Problems) -> None:
    path = _path(details)
    node = _find(root, path)
    match details["type"]:
        case "missing" if path == ["decision"]:
            problems.gap(root, "no file has a `decision`", "start with decision: {title: …}")
        case "missing":
            parent = _find(root, path[:-1])
            message = f"{path[-1]!r} is missing{_under(path[:-1])}"
            problems.error(parent, message, f"add `{path[-1]}: …`")
        case "extra_forbidden":
            _note_unknown_key(root, path, problems)
        case "literal_error":
            _note_unknown_word(details, path, node, problems)
        case kind:
            note_wrong_kind(path, _wanted(kind, str(path[-1])), node, problems)


def note_wrong_kind(path: Path, wanted: str, node: Node, problems: Problems) -> None:
    """Note a text, a list or a mapping where another of them is wanted."""
    message = f"{wanted} is wanted{_under(path)}, and {_found(node)} stands here"
    problems.error(node, message, _way_out(wanted, node))


def _mend(details: ErrorDetails, root: Entries, problems: Problems) -> None:
    """Put what was probably meant in the place of a slip, and nothing in that of a wrong kind."""
    path = _path(details)
    kind = details["type"]
    if kind == "missing":
        return
    above, word, node = _find(root, path[:-1]), str(path[-1]), _find(root, path)
    problems.settle(node, above, *_key_of(root, path), *_key_of(root, path[:-1]))
    if not isinstance(above, Entries):
        return
    if kind == "extra_forbidden":
        meant = _known_word(word, allowed_keys(path[:-1]))
        problems.is_whole &= bool(meant)
        above.rename(word, meant)
    elif kind != "literal_error":
        problems.is_whole = False
        above.values[word] = _stand_in(_wanted(kind, word), node)


def _stand_in(wanted: str, node: Node) -> Node:
    match wanted:
        case "a mapping":
            return Entries(node.place)
        case "a list":
            return Items(node.place)
        case "a number or a mapping":
            return node
        case _:
            return Scalar("?", node.place)


def _key_of(root: Entries, path: Path) -> tuple[Scalar, ...]:
    above = _find(root, path[:-1])
    key = above.keys.get(str(path[-1])) if path and isinstance(above, Entries) else None
    return () if key is None else (key,)


def _note_unknown_word(details: ErrorDetails, path: Path, node: Node, problems: Problems) -> None:
    expected = str(details.get("ctx", {}).get("expected", ""))
    allowed = expected.replace("'", "").replace(" or ", ", ").split(", ")
    text = node.text if isinstance(node, Scalar) else ""
    message = f"{text!r} cannot stand under {str(path[-1])!r}"
    problems.error(node, message, nearest(text, allowed, what="allowed words"))


def _note_unknown_key(root: Entries, path: Path, problems: Problems) -> None:
    parent = _find(root, path[:-1])
    word = str(path[-1])
    key = parent.keys[word] if isinstance(parent, Entries) else root
    allowed = allowed_keys(path[:-1])
    meant = _known_word(word, allowed)
    advice = f"did you mean {meant!r}?" if meant else nearest(word, allowed, what="its keys")
    problems.error(key, f"{word!r} is not a key{_inside(path[:-1])}", advice)


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


def _under(path: Path) -> str:
    return f" under {'.'.join(str(part) for part in path)!r}" if path else ""


def _inside(path: Path) -> str:
    return f" of {'.'.join(str(part) for part in path)!r}" if path else " of a file"


def _wanted(kind: str, key: str) -> str:
    if kind in {"dict_type", "model_type", "model_attributes_type"}:
        return "a mapping"
    if kind == "list_type":
        return "a list"
    if kind == "string_type":
        return "a text or a number"
    if key in _TEXTS:
        return "a text, or one text a language,"
    if key in _LISTS:
        return "a word or a list of words"
    if kind == "string_too_short":
        return "a text"
    return "a number or a mapping"


_TEXTS = frozenset(
    (
        *("label", "title", "question", "note", "why", "reason", "text"),
        *("swing_reason", "overlap_reason", "risk_reason", "known_reason"),
    )
)
_LISTS = frozenset({"source", "kind", "buyer_kind", "success"})


def _found(node: Node) -> str:
    match node:
        case Scalar(text=text):
            return "a text" if text.strip() else "nothing"
        case Items():
            return "a list"
        case Entries():
            return "a mapping" if node.keys else "nothing"


def _way_out(wanted: str, node: Node) -> str:
    match node:
        case Scalar(text="", is_quoted=False) if wanted == "a mapping":
            return "write {} where nothing is meant, or delete the line"
        case Scalar() | Entries() if _found(node) == "nothing":
            return "fill it in, or delete the line"
        case Scalar(text=text) if re.match(r"[a-z_]+:\S", text):
            return f"put a space after the colon: {text.replace(':', ': ', 1)}"
        case Scalar() if wanted == "a mapping":
            return "write its parts as `key: value`, indented below it or inside {…}"
        case Items() if wanted == "a mapping":
            return "write `name: …` in place of `- name`"
        case Scalar(text=text) if wanted == "a list":
            return f"write it in brackets: [{text}]"
        case _:
            return ""
