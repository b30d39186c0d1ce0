"""The influence diagram: nodes with states, what they depend on, and their tables."""

from collections.abc import Mapping, Sequence

from decide.language import NOTHING, Said, said
from decide.model.diagram import Diagram, DiagramChance, DiagramDecision, DiagramNode, DiagramValue
from decide.model.label import Label
from decide.read.diagram_shape import check_diagram
from decide.read.diagram_tables import levels_of, read_amount, read_row, rows_of, where_of
from decide.read.evidence import read_provenance
from decide.read.labels import check_id, kind_of, read_label, shown_id
from decide.read.nodes import Entries, Node, Scalar
from decide.read.numbers import NumberReader
from decide.read.problems import Problems, nearest

KINDS = {  # each kind of node, and the keys that belong to it
    "chance": {"given", "table", "labels", "source", "grade", "reason", "note"},
    "decide": {"knows", "labels", "note"},
    "value": {"given", "source", "grade", "reason", "note"},
}
BESIDE = frozenset(
    {"decision", "diagram", "sources", "precedents", "theme"}
)  # may stand in one workspace
FRAME = ("years", "payoff", "base", "discount_rate")  # of the decision, which belong to a tree

States = Mapping[str, Sequence[str]]


def read_diagram(root: Entries, reader: NumberReader) -> Diagram | None:
    """Read the influence diagram of a workspace; None where there is none that can be used."""
    if "diagram" not in root:
        return None
    _check_alone(root, reader.problems)
    entries = root.below("diagram")
    return diagram_of(entries, root.keys["diagram"], reader)


def diagram_of(entries: Entries, key: Scalar, reader: NumberReader) -> Diagram | None:
    """Read a diagram as written; None where something is wrong with it, which is noted."""
    below = entries.below("nodes")
    before = reader.problems.number_of_errors
    kinds = {name: _kind(node_key, below, reader) for name, node_key in below.keys.items()}
    states = {name: _states(below.below(name), kinds[name], reader) for name in kinds}
    given = {name: _parents(below.below(name), kinds, reader.problems) for name in kinds}
    nodes: dict[str, DiagramNode] = {}
    for name, node_key in below.keys.items():
        if kinds[name]:
            nodes[name] = _node(
                node_key, below.below(name), kinds[name], states, given[name], reader
            )
    memory = entries.text("memory")
    diagram = Diagram(
        memory="limited" if memory == "limited" else "no_forgetting",
        nodes=nodes,
        place=key.place,
    )
    if len(nodes) == len(kinds):
        is_sound = reader.problems.is_whole and reader.problems.number_of_errors == before
        check_diagram(diagram, key, below, reader.problems, is_sound=is_sound)
    return diagram if reader.problems.number_of_errors == before else None


def _check_alone(root: Entries, problems: Problems) -> None:
    for section in root:
        if section not in BESIDE:
            message = said(
                "{section!r} does not stand beside a diagram, which holds its own numbers",
                section=section,
            )
            advice = said(
                "delete {section!r}, or write a tree in place of the diagram", section=section
            )
            problems.error(root.keys[section], message, advice)
    decision = root.below("decision")
    for key in FRAME:
        if key in decision:
            message = said(
                "{key!r} belongs to a tree: the values of a diagram are totals as they stand",
                key=key,
            )
            problems.error(
                decision.keys[key], message, said("delete {key!r}, or write a tree", key=key)
            )


def _kind(key: Scalar, below: Entries, reader: NumberReader) -> str:
    check_id(key, said("node"), reader.problems)
    entries = below.below(key.text)
    kind = kind_of(key, entries, KINDS, reader.problems, missing=said("say which"))
    for word in entries if kind else ():
        if word not in {*KINDS[kind], kind, "label"}:
            message = said(
                "{word!r} does not belong to a node that has {kind!r}", word=word, kind=kind
            )
            reader.problems.error(entries.keys[word], message, _instead(word, kind))
    return kind


def _instead(word: str, kind: str) -> Said:
    if kind == "decide" and word == "given":
        return said("what a decision sees stands under `knows`")
    if kind == "chance" and word == "knows":
        return said("what a chance depends on stands under `given`")
    if kind == "value" and word in {"table", "knows"}:
        return said("its table stands under `value`, what it depends on under `given`")
    return said("delete {word!r}", word=word)


def _states(entries: Entries, kind: str, reader: NumberReader) -> tuple[str, ...]:
    """Return the states of a chance node, or the options of a decision; () of others."""
    if kind not in {"chance", "decide"}:
        return ()
    node = entries.get(kind)
    keys = list(node.keys.values()) if isinstance(node, Entries) else list(entries.texts(kind))
    found: dict[str, None] = {}
    for key in keys:
        check_id(key, said("state"), reader.problems)
        if key.text in found:
            reader.problems.error(
                key, said("the state {text!r} stands twice", text=key.text), said("delete one")
            )
            return ()  # tables by these states would only follow
        found[key.text] = None
    if not found and node is not None:
        if kind == "decide":
            message, advice = said("a node without options cannot be taken"), said("add options")
        else:
            message, advice = said("a node without states cannot be anything"), said("add states")
        reader.problems.error(node, message, advice)
    return tuple(found)


def _parents(entries: Entries, kinds: Mapping[str, str], problems: Problems) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for word in ("given", "knows"):
        for scalar in entries.texts(word):
            name = scalar.text
            if name not in kinds:
                nodes = [n for n, kind in kinds.items() if kind != "value"]
                advice = nearest(name, nodes, what=said("nodes"), none=said("there are no nodes"))
                problems.gap(
                    scalar, said("there is no node {name!r} in the diagram", name=name), advice
                )
            elif kinds[name] == "value":
                message = said(
                    "{name!r} is a value node, and nothing depends on or knows an amount", name=name
                )
                problems.error(scalar, message, said("name the nodes that the amount depends on"))
            elif name in found:
                problems.error(
                    scalar,
                    said("{name!r} stands twice under {word!r}", name=name, word=word),
                    said("delete one"),
                )
            else:
                found[name] = None
    return tuple(found)


def _node(
    key: Scalar,
    entries: Entries,
    kind: str,
    states: States,
    given: tuple[str, ...],
    reader: NumberReader,
) -> DiagramNode:
    label = read_label(entries, "label", reader.problems, shown_id(key.text))
    if kind == "decide":
        return DiagramDecision(
            id=key.text,
            label=label,
            states=_labels(key.text, entries, states, reader.problems),
            knows=given,
            place=key.place,
        )
    can_read = all(states[name] for name in given) and _names(entries) == given
    table: list[float] = []
    if can_read and kind == "value":
        table = _amounts(entries.values["value"], given, states, reader)
    elif can_read and states[key.text]:
        table = _probabilities(key, entries, given, states, reader)
    provenance = read_provenance(entries, reader.sources, reader.problems)
    if provenance.grade == "unsourced" and any(x not in {0.0, 1.0} for x in table):
        message = said("the numbers of {text!r} have neither a source nor a grade", text=key.text)
        advice = said("add `source: …`, or `grade: judgement` with a `reason`, to the node")
        reader.problems.warn(key, message, advice)
    if kind == "value":
        return DiagramValue(
            id=key.text,
            label=label,
            given=given,
            table=tuple(table),
            provenance=provenance,
            place=key.place,
        )
    return DiagramChance(
        id=key.text,
        label=label,
        states=_labels(key.text, entries, states, reader.problems),
        given=given,
        table=tuple(table),
        provenance=provenance,
        place=key.place,
    )


def _names(entries: Entries) -> tuple[str, ...]:
    return tuple(scalar.text for scalar in entries.texts("given"))


def _labels(name: str, entries: Entries, states: States, problems: Problems) -> dict[str, Label]:
    below = entries.below("labels")
    for key in below.keys.values():
        if states[name] and key.text not in states[name]:
            message = said("{text!r} is not a state of {name!r}", text=key.text, name=name)
            problems.error(
                key,
                message,
                nearest(
                    key.text, states[name], what=said("states"), none=said("there are no states")
                ),
            )
    return {state: read_label(below, state, problems, shown_id(state)) for state in states[name]}


def _amounts(node: Node, given: Sequence[str], states: States, reader: NumberReader) -> list[float]:
    rows = rows_of(node, levels_of(given, states), reader.problems)
    return [read_amount(below, reader) for below, _ in rows]


def _probabilities(
    key: Scalar, entries: Entries, given: Sequence[str], states: States, reader: NumberReader
) -> list[float]:
    name, node = key.text, entries.values["chance"]
    table = entries.get("table")
    if isinstance(node, Entries):
        for word in ("given", "table"):
            if word in entries:
                message = said(
                    "{name!r} has its probabilities under 'chance', and {word!r} beside them",
                    name=name,
                    word=word,
                )
                advice = said(
                    "write chance: [{states}], and the rows under `table`",
                    states=", ".join(states[name]),
                )
                reader.problems.error(entries.keys[word], message, advice)
                return []
        return read_row(node, name, states[name], NOTHING, reader)
    if table is None:
        message = said("{name!r} has states and no probabilities", name=name)
        advice = said("add a `table` with a row of probabilities")
        if given:
            advice = said(
                "add a `table` with a row of probabilities for every combination of what stands "
                "under `given`"
            )
        reader.problems.error(key, message, advice)
        return []
    numbers: list[float] = []
    for below, above in rows_of(table, levels_of(given, states), reader.problems):
        where = where_of(above, given) if below is not None else NOTHING
        numbers += read_row(below, name, states[name], where, reader)
    return numbers
