"""Which histories lead to the same future, so that it need be laid out only once.

Two histories that come to a node with the same levers, in the same year, with the same events open,
have the same future. What is decided there may be merged where what they have seen is the same
evidence: where their probabilities are proportional in every draw. That is read off the factors,
as a multiset, since products of the same factors in another order differ in the last bit. With
exponential utility what they have paid must differ by a sure amount too. Where nothing is decided
below, what was seen does not matter.
"""

import itertools
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import networkx as nx

from decide.model.decision import Model
from decide.model.tree import ChanceNode, DecisionNode
from decide.program.operations import Graph
from decide.program.program import ProgramStep

Factors = tuple[int, ...]  # operations, sorted; one stands as often as it is a factor


@dataclass(frozen=True, slots=True, kw_only=True)
class Below:
    """What can still be met from a node on."""

    decides: bool
    events: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """Where a future is laid out, and what the history that came there had paid."""

    step: int
    paid: int
    cash: int


def what_lies_below(model: Model) -> Mapping[str, Below]:
    """Return for each node what it or any node that it leads to holds."""
    graph = nx.DiGraph()
    graph.add_nodes_from(model.nodes)
    graph.add_edges_from(
        (node.id, branch.then)
        for node in model.nodes.values()
        for branch in node.branches
        if branch.then is not None
    )
    found: dict[str, Below] = {}
    for name in reversed(list(nx.topological_sort(graph))):
        node, below = model.nodes[name], [found[n] for n in graph.successors(name)]
        own = {node.event} if isinstance(node, ChanceNode) and node.event else set()
        found[name] = Below(
            decides=isinstance(node, DecisionNode) or any(b.decides for b in below),
            events=frozenset(own).union(*(b.events for b in below)),
        )
    return found


def state_of(  # what makes up a state
    below: Below,
    *,
    is_lumped: bool,
    node: str,
    year: int | None,
    levers: Mapping[str, int],
    events: Mapping[str, str],
    seen: Factors,
    paid: Factors,
    is_possible: bool,
) -> Hashable:
    """Return what two histories must have alike for one future to do for both."""
    open_events = tuple(sorted((e, o) for e, o in events.items() if e in below.events))
    future = node, year, tuple(levers[name] for name in sorted(levers)), open_events, is_possible
    return future if is_lumped else (*future, seen, paid)


def factors_of(graph: Graph, number: int) -> Factors:
    """Return the operations whose product an operation is, those that are constant left out."""
    found: list[int] = []
    waiting = [number]
    while waiting:
        here = waiting.pop()
        operation = graph.operations[here]
        if operation.code == "multiply":
            waiting.extend(operation.arguments)
        elif operation.value is None:
            found.append(here)
    return tuple(sorted(found))


@dataclass(slots=True)
class Futures:
    """What histories gain from a step on in each draw, as operations; nothing is decided there.

    Expected, or with a risk tolerance the certainty equivalent over the outcomes.
    """

    graph: Graph
    risk_tolerance: float | None = None
    known: dict[int, int] = field(default_factory=dict)  # step -> operation

    def of(self, start: int, steps: Sequence[ProgramStep], tree: "Tree") -> int:
        """Enter what is gained from `start` on; return its operation."""
        waiting = [start]
        while waiting:
            here = waiting[-1]
            same_as = steps[here].same_as
            needed = [same_as] if same_as >= 0 else tree.below.get(here, [])
            unknown = [n for n in needed if n not in self.known]
            if unknown and here not in self.known:
                waiting.extend(unknown)
                continue
            if here not in self.known:
                self.known[here] = (
                    self.known[same_as] if same_as >= 0 else self._lottery(needed, steps, tree)
                )
            waiting.pop()
        return self.known[start]

    def _lottery(self, below: Sequence[int], steps: Sequence[ProgramStep], tree: "Tree") -> int:
        """Weigh the branches of a node; at an end nothing more is gained."""
        probabilities = [p for n in below if (p := steps[n].probability) is not None]
        amounts = [self.graph.apply("add", tree.gained[n], self.known[n]) for n in below]
        if not below:
            return self.graph.constant(0.0)
        pairs = zip(probabilities, amounts, strict=True)
        if self.risk_tolerance is None:
            return self.graph.apply("sum", *(self.graph.apply("multiply", *pair) for pair in pairs))
        arguments = itertools.chain.from_iterable(pairs)
        return self.graph.apply("certain", *arguments, extra=(self.risk_tolerance,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """What is noted of one strategy's steps while they are laid out."""

    laid: dict[Hashable, Laid] = field(default_factory=dict)
    below: dict[int, list[int]] = field(default_factory=dict)  # step -> those below it
    gained: dict[int, int] = field(default_factory=dict)
    # step -> operation: what its branch pays, discounted, and at ends what the payoff comes to
