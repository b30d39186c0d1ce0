"""The text of a YAML file to nodes with places, from the parser's events.

Events cost half of what composed nodes cost, and nothing recurses: a file of 100,000 brackets is
refused by depth, not by a crash.
"""

import re
from dataclasses import dataclass, field

import yaml

from decide.language import said
from decide.model.place import Place
from decide.read.nodes import Entries, Items, Node, Scalar
from decide.read.problems import Problems
from decide.read.yaml_mistakes import syntax_mistake

DEPTH = 64
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE_BREAKS = {"\x85": "U+0085", "\u2028": "U+2028", "\u2029": "U+2029"}
_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_NO_KEY = "\0"  # no text holds it
_DIGITS = re.compile(r"-?\d+\Z")


def read_yaml(text: str, file: str, problems: Problems) -> Entries | None:
    """Return a file's top-level mapping; None where it has none or cannot be read."""
    lines = text.split("\n")
    if not _is_plain_text(lines, file, problems):
        return None
    builder = _Builder(lines=lines, file=file, problems=problems)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if not builder.take(event):
                return None
    except yaml.MarkedYAMLError as error:
        line, column, message, advice = syntax_mistake(error, lines)
        problems.error(Place(file, line + 1, column + 1), message, advice)
        return None
    root = builder.root
    if root is None or isinstance(root, Entries):
        return root
    problems.error(
        root,
        said("a file starts with a section's name and a colon, and this one does not"),
        said(
            "sections: decision, levers, quantities, sources, strategies, tree, criteria, "
            "performances, correlations, screening, targets, precedents, classes"
        ),
    )
    return None


def _is_plain_text(lines: list[str], file: str, problems: Problems) -> bool:
    before = len(problems.found)
    for number, line in enumerate(lines, start=1):
        if "\t" in line and line.strip():
            indent = line[: len(line) - len(line.lstrip(" \t"))]
            if "\t" in indent:
                at = Place(file, number, indent.index("\t") + 1)
                problems.error(
                    at, said("a tab indents this line, where YAML takes spaces"), said("use spaces")
                )
        for found in _REFUSED.finditer(line):
            character = found[0]
            message = said(
                "the character U+{character:04X} stands here, which nobody sees",
                character=ord(character),
            )
            if character in _LINE_BREAKS:
                message = said(
                    "{message}; programs differ on whether it ends the line", message=message
                )
            at = Place(file, number, found.start() + 1)
            problems.error(at, message, said("delete it; it often comes in with pasted text"))
    return len(problems.found) == before


@dataclass(slots=True)
class _Open:
    """A collection that is not closed yet."""

    node: Entries | list[Node]
    place: Place
    is_flow: bool
    key: Scalar | None = None


@dataclass(slots=True)
class _Builder:
    """Puts nodes together, event by event."""

    lines: list[str]
    file: str
    problems: Problems
    root: Node | None = None
    _open: list[_Open] = field(default_factory=list)
    _documents: int = 0

    def take(self, event: yaml.Event) -> bool:
        """Take the next event; False where reading on would make no sense."""
        if isinstance(event, yaml.ScalarEvent):  # by far the most
            self._refuse_marks(event)
            self._add(self._scalar(event))
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._refuse_marks(event)
            return self._start(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._end()
        elif isinstance(event, yaml.AliasEvent):
            self._refuse_alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            return self._document(event)
        return True

    def _document(self, event: yaml.Event) -> bool:
        self._documents += 1
        if self._documents > 1:
            message = said("a second document starts here; a file holds one")
            advice = said("delete the line ---, or move what follows to a file of its own")
            self.problems.error(self._place(event), message, advice, width=3)
        return self._documents == 1

    def _start(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> bool:
        place = self._place(event)
        if len(self._open) >= DEPTH:
            message = said("this is nested deeper than {most} levels", most=DEPTH)
            self.problems.error(place, message, said("look for a bracket that is never closed"))
            return False
        node: Entries | list[Node] = []
        if isinstance(event, yaml.MappingStartEvent):
            node = Entries(place)
        self._open.append(_Open(node, place, bool(event.flow_style)))
        return True

    def _end(self) -> None:
        done = self._open.pop()
        if isinstance(done.node, Entries):
            self._add(done.node)
        else:
            self._add(Items(done.place, tuple(done.node)))

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        above = self._open[-1]
        if isinstance(above.node, list):
            if not (above.is_flow and self._rejoins(above.node, node)):
                above.node.append(node)
        elif above.key is None:
            above.key = self._as_key(node)
        else:
            key, above.key = above.key, None
            if not (above.is_flow and self._is_cut_off(above.node, key, node)):
                self._enter(above.node, key, node)

    def _as_key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        message = said("a key is a word, and this is a collection")
        self.problems.error(node, message, said("quote a formula that has brackets or braces"))
        return Scalar(_NO_KEY, node.place)

    def _enter(self, entries: Entries, key: Scalar, node: Node) -> None:
        if key.text == _NO_KEY:
            return
        if not key.text:
            message = said("a colon stands here without a key before it")
            self.problems.error(key, message, said("write `key: value`, or quote the text"))
        elif key.text in entries.keys:
            first = entries.keys[key.text].place.line
            message = said(
                "the key {text!r} stands twice in one mapping; the first is in line {first}",
                text=key.text,
                first=first,
            )
            self.problems.error(key, message, said("delete one of the two"))
        else:
            entries.keys[key.text] = key
            entries.values[key.text] = node

    def _is_cut_off(self, entries: Entries, key: Scalar, node: Node) -> bool:
        """Mend a value that its own comma cut in two: {p: min(a, b)} or {p: 0,35}."""
        if not (isinstance(node, Scalar) and not node.text and not node.is_quoted):
            return False
        last = next(reversed(entries.values), None)
        value = entries.values[last] if last is not None else None
        if last is None or not isinstance(value, Scalar) or value.is_quoted:
            return False
        mended = self._mended(value, key)
        if mended is None:
            return False
        entries.values[last] = mended
        return True

    def _rejoins(self, items: list[Node], node: Node) -> bool:
        """Mend an item that its own comma cut in two: [min(a, b)]."""
        last = items[-1] if items else None
        if not (isinstance(last, Scalar) and isinstance(node, Scalar)) or last.is_quoted:
            return False
        mended = self._mended(last, node) if _is_left_open(last.text) else None
        if mended is None:
            return False
        items[-1] = mended
        return True

    def _mended(self, value: Scalar, more: Scalar) -> Scalar | None:
        if _is_left_open(value.text):
            mended = value._replace(text=f"{value.text}, {more.text}")
            message = said("the comma inside {text!r} ends the value here", text=mended.text)
            advice = said('inside {{…}} and […], quote such a formula: "{text}"', text=mended.text)
        elif _DIGITS.match(value.text) and more.text[:1].isdigit():
            mended = value._replace(text=f"{value.text}.{more.text}")
            message = said(
                "'{whole},{part}' is written with a comma, which ends the value",
                whole=value.text,
                part=more.text,
            )
            advice = said("the decimal sign is a full stop: {text}", text=mended.text)
        else:
            return None
        if not _is_left_open(mended.text):
            self.problems.error(value, message, advice, width=len(mended.text))
        return mended

    def _refuse_alias(self, event: yaml.AliasEvent) -> None:
        name = event.anchor or ""
        message = said(
            "an alias (*{name}) is not taken here; every number stands for itself", name=name
        )
        advice = said("write the value out, or name it under quantities")
        self.problems.error(self._place(event), message, advice, width=len(name) + 1)
        self._add(Scalar("0", self._place(event)))

    def _refuse_marks(
        self, event: yaml.ScalarEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent
    ) -> None:
        if event.anchor is None and event.tag is None:
            return
        place = self._place(event)
        written = self.lines[place.line - 1][place.column - 1 :].split(maxsplit=1)[0]
        if event.anchor is not None:
            message = said("an anchor ({written}) is not taken here", written=written)
            advice = said("delete it; a number that is used twice is named under quantities")
        else:
            message = said("a tag ({written}) is not taken here", written=written)
            advice = said("delete it")
        self.problems.error(place, message, advice, width=len(written))

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        start, end = event.start_mark, event.end_mark
        assert start is not None, "the parser marks every event"
        assert end is not None, "the parser marks every event"
        place = Place(self.file, start.line + 1, start.column + 1)
        pieces: tuple[tuple[int, int, int], ...] = ()
        if end.line > start.line and event.value:
            pieces = self._pieces(event.value, start.line, end.line, start.column)
        return Scalar(event.value, place, event.style in {"'", '"'}, pieces)

    def _pieces(
        self, value: str, first: int, last: int, column: int
    ) -> tuple[tuple[int, int, int], ...]:
        """Return where each line of a text of several lines stands in the file."""
        found = []
        offset = 0
        for number in range(first, min(last + 1, len(self.lines))):
            line = self.lines[number][column if number == first else 0 :].strip(" '\"")
            at = value.find(line, offset) if line else -1
            if at >= 0:
                found.append((at, number + 1, self.lines[number].index(line) + 1))
                offset = at + len(line)
        return tuple(found)

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        assert mark is not None, "the parser marks every event"
        return Place(self.file, mark.line + 1, mark.column + 1)


def _is_left_open(text: str) -> bool:
    return text.count("(") > text.count(")")
