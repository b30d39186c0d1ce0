"""The influence diagram as it is written: chance, decision and value nodes with their tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from decide.model.label import Label
from decide.model.number import Provenance
from decide.model.place import Place

Memory = Literal["no_forgetting", "limited"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagramChance:
    """What the world chooses, with a probability a state for every combination of its parents."""

    id: str
    label: Label
    states: Mapping[str, Label]
    given: tuple[str, ...]  # ids of its parents: chance and decision nodes
    table: tuple[float, ...]  # a parent's states in its order, the first slowest; its own fastest
    provenance: Provenance
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagramDecision:
    """What somebody chooses, knowing what it says it knows, and what is remembered."""

    id: str
    label: Label
    states: Mapping[str, Label]  # its options
    knows: tuple[str, ...]  # ids of chance nodes and earlier decisions, as written
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagramValue:
    """An amount for every combination of its parents; the value nodes of a diagram add up."""

    id: str
    label: Label
    given: tuple[str, ...]
    table: tuple[float, ...]  # a parent's states in its order, the first slowest
    provenance: Provenance
    place: Place


DiagramNode = DiagramChance | DiagramDecision | DiagramValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """An influence diagram, whole: without circles, and under no forgetting in one order."""

    memory: Memory
    nodes: Mapping[str, DiagramNode]  # in file order
    place: Place

    @property
    def variables(self) -> dict[str, DiagramChance | DiagramDecision]:
        """The nodes that have states."""
        return {n.id: n for n in self.nodes.values() if not isinstance(n, DiagramValue)}

    @property
    def chances(self) -> dict[str, DiagramChance]:
        """The chance nodes."""
        return {n.id: n for n in self.nodes.values() if isinstance(n, DiagramChance)}

    @property
    def decisions(self) -> dict[str, DiagramDecision]:
        """The decisions, in file order."""
        return {n.id: n for n in self.nodes.values() if isinstance(n, DiagramDecision)}

    @property
    def values(self) -> dict[str, DiagramValue]:
        """The value nodes."""
        return {n.id: n for n in self.nodes.values() if isinstance(n, DiagramValue)}


def parents_of(node: DiagramNode) -> tuple[str, ...]:
    """Return the nodes that an arc leads from: those it depends on, or is known at it."""
    return node.knows if isinstance(node, DiagramDecision) else node.given


def in_order(diagram: Diagram) -> tuple[str, ...]:
    """Return the chance nodes and decisions, each after its parents; else in file order."""
    variables = diagram.variables
    found: dict[str, None] = {}

    def add(name: str) -> None:
        waiting = [name]
        while waiting:
            here = waiting[-1]
            left = [p for p in parents_of(variables[here]) if p not in found]
            if left:
                waiting.extend(left)
            else:
                found[waiting.pop()] = None

    for name in variables:
        add(name)
    return tuple(found)


def information(diagram: Diagram) -> dict[str, tuple[str, ...]]:
    """Return what is known at each decision, the first decision first.

    Under no forgetting that is also what was known at earlier decisions, and what they took.
    """
    found: dict[str, tuple[str, ...]] = {}
    remembered: dict[str, None] = {}
    for name in in_order(diagram):
        node = diagram.nodes[name]
        if not isinstance(node, DiagramDecision):
            continue
        if diagram.memory == "limited":
            found[name] = node.knows
            continue
        remembered.update(dict.fromkeys(node.knows))
        found[name] = tuple(remembered)
        remembered[name] = None
    return found
