"""The nodes of the tree: decisions, chances, and what is observed."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import get_args

from decide.language import said, said_many
from decide.model.decision import Lever
from decide.model.distribution import Distribution
from decide.model.label import Label
from decide.model.number import Fixed, Formula, Mapped, Number, Provenance
from decide.model.tree import Branch, ChanceNode, DecisionNode, Node, ObservationNode
from decide.read.branches import read_branches
from decide.read.chances import read_outcomes
from decide.read.labels import check_id, kind_of, read_label, shown_id
from decide.read.nodes import Entries, Items, Scalar
from decide.read.numbers import NumberReader, is_unreadable
from decide.read.points import YEAR
from decide.read.problems import nearest

KINDS = {  # each kind of node, and the keys that belong to it
    "decide": {"decide"},
    "chance": {"chance", "event", "given"},
    "observe": {"observe", "bins", "outcomes", "then"},
}


def read_nodes(
    entries: Entries,
    reader: NumberReader,
    levers: Mapping[str, Lever],
    quantities: Mapping[str, Number],
) -> dict[str, Node]:
    """Read the nodes of the tree; those that cannot be read are left out, their problems noted."""
    found: dict[str, Node] = {}
    for name, key in entries.keys.items():
        check_id(key, said("node"), reader.problems)
        node = _node(key, entries.below(name), reader, levers, quantities)
        if node is not None:
            found[name] = node
    return found


def _node(
    key: Scalar,
    entries: Entries,
    reader: NumberReader,
    levers: Mapping[str, Lever],
    quantities: Mapping[str, Number],
) -> Node | None:
    kind = _kind(key, entries, reader)
    label = read_label(entries, "label", reader.problems, shown_id(key.text))
    year = _year(entries, reader)
    match kind:
        case "decide":
            branches = read_branches(entries.below("decide"), reader, levers)
            return DecisionNode(
                id=key.text, label=label, year=year, branches=branches, place=key.place
            )
        case "chance":
            return ChanceNode(
                id=key.text,
                label=label,
                year=year,
                event=entries.text("event"),
                given=entries.text("given"),
                branches=read_outcomes(key, entries, reader, levers, quantities),
                place=key.place,
            )
        case "observe":
            edges = _edges(key, entries, reader)
            return ObservationNode(
                id=key.text,
                label=label,
                year=year,
                quantity=_observed(entries, reader, quantities),
                edges=edges,
                branches=_bins(key, entries, edges, reader, levers),
                place=key.place,
            )
        case _:
            return None


def _kind(key: Scalar, entries: Entries, reader: NumberReader) -> str:
    missing = said("say which, with its branches below it")
    kind = kind_of(key, entries, KINDS, reader.problems, missing=missing)
    for word in entries if kind else ():
        if word not in KINDS[kind] and any(word in words for words in KINDS.values()):
            message = said(
                "{word!r} does not belong to a node that has {kind!r}", word=word, kind=kind
            )
            advice = (
                said("each branch has its own `then`")
                if word == "then"
                else said("delete {word!r}", word=word)
            )
            reader.problems.error(entries.keys[word], message, advice)
    return kind


def _year(entries: Entries, reader: NumberReader) -> int | None:
    node = entries.get("year")
    if not isinstance(node, Scalar):
        return None
    if not YEAR.match(node.text):
        reader.problems.error(
            node, said("{text!r} is not a year", text=node.text), said("write year: 2027")
        )
        return None
    return int(node.text)


def _observed(entries: Entries, reader: NumberReader, quantities: Mapping[str, Number]) -> str:
    node = entries.get("observe")
    if not isinstance(node, Scalar):
        return ""
    number = quantities.get(node.text)
    if number is None:
        message = said("there is no quantity {text!r} to observe", text=node.text)
        reader.problems.gap(
            node,
            message,
            nearest(
                node.text, quantities, what=said("quantities"), none=said("there are no quantities")
            ),
        )
    elif not is_unreadable(number) and not isinstance(
        number.definition, (*get_args(Distribution), Formula, Mapped)
    ):
        message = said(
            "{text!r} is the same in every draw, so seeing it tells nothing", text=node.text
        )
        reader.problems.warn(node, message, said("observe a quantity that is drawn"))
    return node.text


def _edges(key: Scalar, entries: Entries, reader: NumberReader) -> tuple[Number, ...]:
    bins = entries.get("bins")
    if not isinstance(bins, Items) or not bins.items:
        at = key if bins is None else bins
        message = said("{text!r} observes without bins", text=key.text)
        reader.problems.error(at, message, said("add bins: [5 %, 15 %]"))
        return ()
    edges = entries.texts("bins")
    values = [reader.constant(edge) for edge in edges]
    if any(b <= a for a, b in pairwise(values)):
        shown = ", ".join(edge.text for edge in edges)
        reader.problems.error(
            bins,
            said("the edges of the bins do not rise: {shown}", shown=shown),
            said("order them"),
        )
    unsourced = Provenance(grade="unsourced")
    return tuple(
        Number(text=edge.text, definition=Fixed(value), provenance=unsourced, place=edge.place)
        for edge, value in zip(edges, values, strict=True)
    )


def _bins(
    key: Scalar,
    entries: Entries,
    edges: Sequence[Number],
    reader: NumberReader,
    levers: Mapping[str, Lever],
) -> tuple[Branch, ...]:
    if ("then" in entries) == ("outcomes" in entries) and "bins" in entries:
        at = entries.keys.get("then", key)
        message = said(
            "{node!r} has {which}: `then` for all bins, or `outcomes`, one branch a bin",
            node=key.text,
            which=said("both") if "then" in entries else said("neither"),
        )
        advice = said("delete one") if "then" in entries else said("say where it leads")
        reader.problems.error(at, message, advice)
    if "outcomes" in entries:
        below = entries.below("outcomes")
        if edges and len(below.keys) != len(edges) + 1:
            message = said(
                "{edges} make {bins}, and {outcomes} are given",
                edges=said_many(len(edges), "{number} edge", "{number} edges"),
                bins=said_many(len(edges) + 1, "{number} bin", "{number} bins"),
                outcomes=said_many(len(below.keys), "{number} outcome", "{number} outcomes"),
            )
            advice = said("give one outcome a bin, the lowest first")
            reader.problems.error(entries.keys["outcomes"], message, advice)
        return read_branches(below, reader, levers)
    then = entries.text("then") or None
    return tuple(
        Branch(id=f"bin_{n}", label=Label((("", name),)), then=then, place=key.place)
        for n, name in enumerate(_bin_names([edge.text for edge in edges]), start=1)
    )


def _bin_names(edges: Sequence[str]) -> list[str]:
    if not edges:
        return []
    between = [f"{a} to {b}" for a, b in pairwise(edges)]
    return [f"below {edges[0]}", *between, f"{edges[-1]} or more"]


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
