"""The text of a YAML file to nodes with places, from the parser's events.

Events cost half of what composed nodes cost, and nothing recurses: a file of 100,000 brackets is
refused by depth, not by a crash.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from decide.model.place import Place
from decide.read.nodes import Entries, Items, Node, Scalar
from decide.read.problems import Problems

DEPTH = 64
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE_BREAKS = {"\x85": "U+0085", "\u2028": "U+2028", "\u2029": "U+2029"}
_FORMULA_IN_FLOW = re.compile(r"[{,\[]\s*[\w ]+:\s*[^\"'{\[,}]*\([^\"'{}]*$|\([^)]*[}\]]")


@dataclass(slots=True)
class _Open:
    """A collection that is not closed yet."""

    node: Entries | list[Node]
    place: Place
    key: Scalar | None = None


def read_yaml(text: str, file: str, problems: Problems) -> Entries | None:
    """Return a file's top-level mapping; None where it has none or cannot be read."""
    if not _is_plain_text(text, file, problems):
        return None
    try:
        root = _build(yaml.parse(text, Loader=_LOADER), text, file, problems)
    except yaml.YAMLError as error:
        _note_syntax(error, text, file, problems)
        return None
    if root is None or isinstance(root, Entries):
        return root
    problems.error(
        root,
        "a file starts with a section's name and a colon, and this one does not",
        "sections: decision, levers, quantities, sources, strategies, tree, criteria, "
        "performances, correlations, screening, targets, precedents, classes",
    )
    return None


def _is_plain_text(text: str, file: str, problems: Problems) -> bool:
    before = len(problems.found)
    for number, line in enumerate(text.split("\n"), start=1):
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent and line.strip():
            at = Place(file, number, indent.index("\t") + 1)
            problems.error(at, "a tab indents this line; YAML takes spaces", "use spaces")
        for mark, name in _LINE_BREAKS.items():
            if mark in line:
                at = Place(file, number, line.index(mark) + 1)
                problems.error(
                    at,
                    f"the invisible character {name} stands here; programs differ on whether it "
                    "ends the line",
                    "delete it; it often comes in with pasted text",
                )
    return len(problems.found) == before


def _build(events: Iterator[yaml.Event], text: str, file: str, problems: Problems) -> Node | None:
    root: Node | None = None
    open_: list[_Open] = []
    documents = 0
    for event in events:
        match event:
            case yaml.DocumentStartEvent():
                documents += 1
                if documents > 1:
                    at = _place(event, file)
                    problems.error(
                        at,
                        "a second document starts here; a file holds one",
                        "delete the line ---, or move what follows to a file of its own",
                        width=3,
                    )
                    return root
            case yaml.AliasEvent():
                anchor = event.anchor or ""
                problems.error(
                    _place(event, file),
                    f"an alias (*{anchor}) is not taken here; every number stands for itself",
                    "write the value out, or name it under quantities",
                    width=len(anchor) + 1,
                )
                _add(open_, Scalar("", _place(event, file)), problems)
            case yaml.ScalarEvent():
                _refuse_marks(event, file, problems)
                node = Scalar(event.value, _place(event, file), event.style in {"'", '"'})
                if open_:
                    _add(open_, node, problems)
                else:
                    root = node
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                _refuse_marks(event, file, problems)
                place = _place(event, file)
                if len(open_) >= DEPTH:
                    problems.error(
                        place,
                        f"this is nested deeper than {DEPTH} levels",
                        "look for a bracket that is never closed",
                    )
                    return None
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                open_.append(_Open(Entries(place) if is_mapping else [], place))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                done = open_.pop()
                closed: Node = (
                    done.node
                    if isinstance(done.node, Entries)
                    else Items(done.place, tuple(done.node))
                )
                if open_:
                    _add(open_, closed, problems)
                else:
                    root = closed
            case _:
                pass
    return root


def _add(open_: list[_Open], node: Node, problems: Problems) -> None:
    parent = open_[-1]
    if isinstance(parent.node, list):
        parent.node.append(node)
    elif parent.key is None:
        if not isinstance(node, Scalar):
            problems.error(
                node, "a key must be a word", "quote a formula that has brackets or braces"
            )
            node = Scalar("", node.place)
        parent.key = node
    else:
        key = parent.key
        if key.text in parent.node:
            first = parent.node.keys[key.text].place
            problems.error(
                key,
                f"the key {key.text!r} stands twice in one mapping; the first is in line "
                f"{first.line}",
                "delete one of the two",
            )
        else:
            parent.node.keys[key.text] = key
            parent.node.values[key.text] = node
        parent.key = None


def _refuse_marks(event: yaml.NodeEvent, file: str, problems: Problems) -> None:
    if event.anchor is not None:
        problems.error(
            _place(event, file),
            f"an anchor (&{event.anchor}) is not taken here",
            "delete it; a number that is used twice is named under quantities",
            width=len(event.anchor) + 1,
        )
    tag = getattr(event, "tag", None)
    if tag is not None:
        problems.error(
            _place(event, file),
            f"a tag ({tag}) is not taken here",
            "delete the tag",
            width=len(tag),
        )


def _place(event: yaml.Event, file: str) -> Place:
    mark = event.start_mark
    assert mark is not None, "the parser marks every event"
    return Place(file, mark.line + 1, mark.column + 1)


def _note_syntax(error: yaml.YAMLError, text: str, file: str, problems: Problems) -> None:
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    lines = text.split("\n")
    line = min(line, len(lines) - 1)
    while line > 0 and not lines[line].strip():
        line -= 1
        column = len(lines[line])
    message, advice = _wording(str(getattr(error, "problem", "") or ""), lines[line])
    problems.error(Place(file, line + 1, column + 1), message, advice)


def _wording(problem: str, line: str) -> tuple[str, str]:
    if _FORMULA_IN_FLOW.search(line):
        return (
            "a bracket or a comma of a formula ends the value too early here",
            'inside {…} and […] a formula with brackets or commas is quoted: {p: "min(a, b)"}',
        )
    if re.search(r"\d,\d", line):
        return (
            "this line is not YAML; a comma inside a number is read as the end of a value",
            "the decimal sign is a full stop: 0.35",
        )
    if "mapping values are not allowed" in problem:
        return (
            "a colon stands where none is expected",
            "quote a text that contains a colon and a space, and check the indentation",
        )
    if "could not find expected ':'" in problem or "simple key" in problem:
        return ("a colon is missing after a key", "write `key: value`, and indent what is below it")
    if "block end" in problem or "block mapping" in problem:
        return (
            "the indentation does not fit the lines above",
            "indent all entries of one mapping by the same number of spaces",
        )
    if "flow mapping" in problem or "flow sequence" in problem:
        return (
            "a bracket is opened and not closed, or a comma is missing between two entries",
            "check the brackets { } and [ ]; quote texts that contain them",
        )
    if "quoted scalar" in problem:
        return ("a quoted text is never closed", "close it with the same quotation mark")
    if "special characters" in problem or "control characters" in problem:
        return ("a control character stands in this file", "delete it")
    if "cannot start any token" in problem:
        return (
            "a value cannot start with this character",
            "quote the text, or write percent signs after the number",
        )
    return ("this line is not YAML", "check its indentation, colons, brackets and quotes")
