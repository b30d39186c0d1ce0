"""Checks the written form, in our own words: unknown keys, missing keys, texts for mappings.

One slip makes one message: what is read later goes on as if the slip had not been made.
"""

import re

from decide.language import NOTHING, Said, said
from decide.read.forms import Path, Slip, slips
from decide.read.nodes import Entries, Items, Node, Scalar
from decide.read.problems import Problems, closest, nearest
from decide.read.written import Workspace

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


def check_shape(root: Entries, problems: Problems, form: object = Workspace) -> None:
    """Note whatever in the workspace does not have the written form, and mend it for the reader."""
    found = list(slips(root, form))
    meant = {(*slip.path[:-1], _meant(slip)) for slip in found if slip.kind == "unknown key"}
    for slip in found:
        if slip.kind != "missing key" or slip.path not in meant:
            _note(slip, problems)
    for slip in found:
        if slip.kind != "missing key":
            _mend(slip, root, problems)


def _meant(slip: Slip) -> str:
    """Return the key that an unknown one was probably meant to be, "" where none is close."""
    word = str(slip.path[-1])
    other = _MEANT.get(word.lower(), "")
    return other if other in slip.wanted else closest(word, slip.wanted)


def _note(slip: Slip, problems: Problems) -> None:
    *above, word = slip.path
    match slip.kind:
        case "missing key" if slip.path == ("decision",):
            problems.gap(
                slip.node, said("no file has a `decision`"), said("start with decision: {title: …}")
            )
        case "missing key":
            message = said("{word!r} is missing{above}", word=word, above=_under(tuple(above)))
            problems.error(slip.node, message, said("add `{word}: …`", word=word))
        case "unknown key":
            meant, near = (
                _meant(slip),
                nearest(
                    str(word),
                    slip.wanted,
                    what=said("its keys"),
                ),
            )
            at = slip.node.keys[str(word)] if isinstance(slip.node, Entries) else slip.node
            message = said("{word!r} is not a key{above}", word=word, above=_inside(tuple(above)))
            problems.error(
                at, message, said("did you mean {meant!r}?", meant=meant) if meant else near
            )
        case "unknown word":
            text = slip.node.text if isinstance(slip.node, Scalar) else ""
            what = repr(text) if text else _found(slip.node)
            message = said("{what} cannot stand under {word!r}", what=what, word=str(word))
            problems.error(
                slip.node,
                message,
                nearest(
                    text,
                    slip.wanted,
                    what=said("allowed words"),
                ),
            )
        case "wrong kind":
            note_wrong_kind(slip.path, _wanted(slip), slip.node, problems)


def note_wrong_kind(path: Path, wanted: Said, node: Node, problems: Problems) -> None:
    """Note a text, a list or a mapping where another of them is wanted."""
    message = said(
        "{wanted} is wanted{path}, and {node} stands here",
        wanted=wanted,
        path=_under(path),
        node=_found(node),
    )
    problems.error(node, message, _way_out(wanted, node))


def _mend(slip: Slip, root: Entries, problems: Problems) -> None:
    """Put what was probably meant in the place of a slip, and nothing in that of a wrong kind."""
    above, word = _find(root, slip.path[:-1]), str(slip.path[-1])
    keys = (*_key_of(root, slip.path), *_key_of(root, slip.path[:-1]))
    problems.settle(slip.node, above, *keys)
    if not isinstance(above, Entries) or slip.kind == "unknown word":
        return
    if slip.kind == "unknown key":
        meant = _meant(slip)
        problems.is_whole &= bool(meant)
        above.rename(word, meant)
    else:
        problems.is_whole = False
        above.values[word] = _stand_in(_wanted(slip), slip.node)


def _stand_in(wanted: str, node: Node) -> Node:
    match wanted:
        case "a mapping":
            return Entries(node.place)
        case "a list" | "a list of values, or a file and a column,":
            return Items(node.place)
        case "a number or a mapping":
            return node
        case "a mapping or a list":
            return Entries(node.place)
        case _:
            return Scalar("?", node.place)


def _key_of(root: Entries, path: Path) -> tuple[Scalar, ...]:
    above = _find(root, path[:-1])
    key = above.keys.get(str(path[-1])) if path and isinstance(above, Entries) else None
    return () if key is None else (key,)


def _find(root: Entries, path: Path) -> Node:
    """Return the node at a path."""
    here: Node = root
    for part in path:
        if isinstance(here, Entries):
            here = here.values[str(part)]
        elif isinstance(here, Items):
            here = here.items[int(part)]
    return here


def _under(path: Path) -> Said:
    return said(" under {keys!r}", keys=_dotted(path)) if path else NOTHING


def _inside(path: Path) -> Said:
    return said(" of {keys!r}", keys=_dotted(path)) if path else said(" of a file")


def _dotted(path: Path) -> str:
    return ".".join(str(part) for part in path)


def _wanted(slip: Slip) -> Said:
    key = slip.path[-1]
    match slip.wanted:
        case ("mapping",):
            return said("a mapping")
        case ("list",):
            return said("a list")
        case ("text",):
            return said("a text or a number")
        case _ if key in _TEXTS:
            return said("a text, or one text a language,")
        case _ if key == "empirical":
            return said("a list of values, or a file and a column,")
        case _ if key in _LISTS:
            return said("a word or a list of words")
        case _ if key in _TABLES:
            return said("a mapping or a list")
        case ("words",):
            return said("a text")
        case _:
            return said("a number or a mapping")


_TEXTS = frozenset(
    (
        *("label", "title", "question", "note", "why", "reason", "text"),
        *("swing_reason", "overlap_reason", "risk_reason", "known_reason"),
    )
)
_TABLES = frozenset({"chance", "table"})  # of a diagram
_LISTS = frozenset({"source", "kind", "buyer_kind", "success"})


def _found(node: Node) -> Said:
    match node:
        case Scalar(text=text):
            return said("a text") if text.strip() else said("nothing")
        case Items():
            return said("a list")
        case Entries():
            return said("a mapping") if node.keys else said("nothing")


def _way_out(wanted: str, node: Node) -> Said:
    match node:
        case Scalar(text="", is_quoted=False) if wanted == "a mapping":
            return said("write {} where nothing is meant, or delete the line")
        case Scalar() | Entries() if _found(node) == "nothing":
            return said("fill it in, or delete the line")
        case Scalar(text=text) if re.match(r"[a-z_]+:\S", text):
            return said("put a space after the colon: {line}", line=text.replace(":", ": ", 1))
        case Scalar() if wanted == "a mapping":
            return said("write its parts as `key: value`, indented below it or inside {…}")
        case Items() if wanted == "a mapping":
            return said("write `name: …` in place of `- name`")
        case Scalar(text=text) if wanted.startswith("a list"):
            return said("write it in brackets: [{text}]", text=text)
        case _:
            return NOTHING
