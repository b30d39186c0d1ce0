"""The probabilities of branches as operations, and which of them each draw must find right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from decide.language import said
from decide.model.decision import Model
from decide.model.number import Fixed, Number
from decide.model.tree import (
    Branch,
    ChanceNode,
    DecisionNode,
    Likelihood,
    Node,
    ObservationNode,
)
from decide.program.calendar import Calendar
from decide.program.formula import Compiler, State
from decide.program.program import Outcomes


@dataclass(slots=True, kw_only=True)
class Chances:
    """Enters probabilities; what each set of them must sum to is noted once."""

    model: Model
    compiler: Compiler
    calendar: Calendar
    outcomes: list[Outcomes] = field(default_factory=list)
    _noted: set[tuple[str, tuple[int, ...]]] = field(default_factory=set)

    def of(self, node: Node, state: State, year: int | None, strategy: str) -> Sequence[int | None]:
        """Enter the probability of each branch of a node; None for options."""
        match node:
            case DecisionNode():
                return [None] * len(node.branches)
            case ObservationNode():
                return list(self._bins(node, state, year))
            case ChanceNode():
                return self._probabilities(node, state, year, strategy)

    def _bins(self, node: ObservationNode, state: State, year: int | None) -> Iterator[int]:
        seen = self.calendar.at_year(self.compiler.quantity(node.quantity, state), year)
        edges = [e.definition.value for e in node.edges if isinstance(e.definition, Fixed)]
        for low, high in zip([-np.inf, *edges], [*edges, np.inf], strict=True):
            yield self.compiler.graph.apply("between", seen, extra=(low, high))

    def _probabilities(
        self, node: ChanceNode, state: State, year: int | None, strategy: str
    ) -> list[int]:
        graph = self.compiler.graph
        stated = {
            branch.id: self.calendar.at_year(self._probability(node, branch, state), year)
            for branch in node.branches
            if branch.p != "rest"
        }
        rest = graph.constant(1.0)
        for number in stated.values():
            rest = graph.apply("subtract", rest, number)
        found = [stated.get(branch.id, rest) for branch in node.branches]
        self._note(node, found, strategy, has_rest=len(stated) < len(found))
        return found

    def _probability(self, node: ChanceNode, branch: Branch, state: State) -> int:
        name = f"{node.id}.{branch.id}.p"
        if isinstance(branch.p, Likelihood):
            quantity = node.given
            own = self.model.target_quantities.get(state.target, {})
            key = f"{quantity}@{state.target}" if quantity in own else quantity
            self.compiler.quantity(quantity, state)
            by_state = [self.compiler.number(n, name, state) for n in branch.p.by_state]
            return self.compiler.graph.apply("select", self.compiler.graph.input(key), *by_state)
        assert isinstance(branch.p, Number), "the reader gives every outcome a probability"
        return self.compiler.number(branch.p, name, state)

    def _note(
        self, node: ChanceNode, probabilities: list[int], strategy: str, *, has_rest: bool
    ) -> None:
        key = (node.id, tuple(probabilities))
        if key not in self._noted:
            self._noted.add(key)
            self.outcomes.append(
                Outcomes(
                    strategy=strategy,
                    node=node.id,
                    branches=tuple(b.id for b in node.branches),
                    probabilities=tuple(probabilities),
                    written=tuple(_written(b) for b in node.branches),
                    places=tuple(b.place for b in node.branches),
                    has_rest=has_rest,
                )
            )


def _written(branch: Branch) -> str:
    """Return a probability as its file has it."""
    if isinstance(branch.p, Number):
        return branch.p.text
    return "rest" if branch.p == "rest" else said("a table by states")
