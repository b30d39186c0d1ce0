"""Numbers and formulas as operations, in the state of the levers that a path has reached."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import reduce
from typing import assert_never

import networkx as nx
import numpy as np

from decide.formulas.expression import Call, Constant, Expression, Name
from decide.formulas.parse import names
from decide.model.decision import Model
from decide.model.distribution import Discrete, Distribution
from decide.model.number import Fixed, Formula, Mapped, Number, Series
from decide.program.operations import Graph

OPERATIONS = {"min": "minimum", "max": "maximum"}  # where a function's kernel has another name


@dataclass(frozen=True, slots=True)
class State:
    """Where a formula stands: the firm it is about, and every lever's operation."""

    target: str
    levers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Needs:
    """All that enters a quantity, directly or through others."""

    quantities: tuple[str, ...]  # each after all that it names itself
    levers: tuple[str, ...]


def needs_of_quantities(model: Model, target: str) -> Mapping[str, Needs]:
    """Return what every quantity needs, with a firm's own values in place of the shared ones."""
    numbers = {q.id: q.number for q in model.quantities.values()}
    numbers |= {n: q.number for n, q in model.target_quantities.get(target, {}).items()}
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(numbers)
    levers: dict[str, set[str]] = {name: set() for name in numbers}
    for user, number in numbers.items():
        for name in used_names(number):
            if name in model.levers:
                levers[user].add(name)
            else:
                graph.add_edge(name, user)
    place = {name: i for i, name in enumerate(nx.topological_sort(graph))}
    quantities: dict[str, set[str]] = {}
    for user in place:
        quantities[user] = set(graph.predecessors(user))
        for name in graph.predecessors(user):
            quantities[user] |= quantities[name]
            levers[user] |= levers[name]
    return {
        name: Needs(
            quantities=tuple(sorted(quantities[name], key=place.__getitem__)),
            levers=tuple(sorted(levers[name])),
        )
        for name in place
    }


def used_names(number: Number) -> tuple[str, ...]:
    """Return the quantities and levers that a number's formula names; () where it is none."""
    definition = number.definition
    return names(definition.expression) if isinstance(definition, Formula) else ()


@dataclass(slots=True)
class Compiler:
    """Enters numbers into the graph, each quantity once for each state that it can tell apart."""

    model: Model
    years: tuple[int, ...]
    graph: Graph
    moved: AbstractSet[str] = frozenset()  # constants that are inputs too, though without a range
    distributions: dict[str, Distribution] = field(default_factory=dict)
    parameters: dict[str, Fixed] = field(default_factory=dict)
    _known: dict[tuple[str, str, tuple[int, ...]], int] = field(default_factory=dict)
    _needs: dict[str, Mapping[str, Needs]] = field(default_factory=dict)
    _levers: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    _names: dict[int, tuple[str, ...]] = field(default_factory=dict)  # by identity of the formula

    def number(self, number: Number, name: str, state: State) -> int:
        """Enter a number; `name` is the key of its draws where it is uncertain."""
        definition = number.definition
        match definition:
            case Fixed(low=None, high=None) if name not in self.moved:
                return self.graph.constant(definition.value)
            case Fixed():
                self.parameters[name] = definition
                return self.graph.input(name)
            case Formula():
                return self.formula(definition.expression, state)
            case Series():
                years, values = np.array(definition.points).T
                return self.graph.constant(np.interp(np.array(self.years), years, values))
            case Mapped():
                performance = self.model.targets[state.target].performances[definition.criterion]
                key = f"{state.target}.{definition.criterion}"
                x = self.number(performance, key, state)
                flat = tuple(float(n) for point in definition.points for n in point)
                return self.graph.apply("interpolate", x, extra=flat)
            case _:
                return self._drawn(definition, name)

    def formula(self, expression: Expression, state: State) -> int:
        """Enter a formula, everything that it names first."""
        key = id(expression)
        if key not in self._names:
            self._names[key] = names(expression)
        for name in self._names[key]:
            if name not in state.levers:
                self.quantity(name, state)
        return self._expression(expression, state)

    def quantity(self, name: str, state: State) -> int:
        """Enter a quantity, in an order in which each comes after all that it names."""
        wanted = self._key(name, state)
        if wanted not in self._known:
            for needed in (*self.needs(state.target)[name].quantities, name):
                key = self._key(needed, state)
                if key not in self._known:
                    self._known[key] = self._quantity(needed, state)
        return self._known[wanted]

    def needs(self, target: str) -> Mapping[str, Needs]:
        """Return what each quantity needs, as far as one firm is concerned."""
        if target not in self._needs:
            self._needs[target] = needs_of_quantities(self.model, target)
        return self._needs[target]

    def _quantity(self, name: str, state: State) -> int:
        own = self.model.target_quantities.get(state.target, {}).get(name)
        if own is not None:
            return self.number(own.number, f"{name}@{state.target}", state)
        return self.number(self.model.quantities[name].number, name, state)

    def _drawn(self, distribution: Distribution, name: str) -> int:
        self.distributions[name] = distribution
        drawn = self.graph.input(name)
        if isinstance(distribution, Discrete):
            return self.graph.apply("take", drawn, extra=distribution.values)
        return drawn

    def _key(self, name: str, state: State) -> tuple[str, str, tuple[int, ...]]:
        place = name, state.target
        levers = self._levers.get(place)
        if levers is None:
            levers = self._levers[place] = self.needs(state.target)[name].levers
        return name, state.target, tuple([state.levers.get(lever, -1) for lever in levers])

    def _expression(self, expression: Expression, state: State) -> int:
        match expression:
            case Constant(value):
                return self.graph.constant(value)
            case Name(id=name):
                if name in state.levers:
                    return state.levers[name]
                return self._known[self._key(name, state)]
            case Call("lag", (x, years)):
                offset = self.graph.value(self._expression(years, state))
                assert offset is not None, "the reader takes constant lags only"
                lagged = self._expression(x, state)
                return self.graph.apply("lag", lagged, extra=(int(offset.item()),))
            case Call("lag", (x,)):
                return self.graph.apply("lag", self._expression(x, state), extra=(1,))
            case Call(function, arguments):
                entered = [self._expression(a, state) for a in arguments]
                code = OPERATIONS.get(function, function)
                if code in {"minimum", "maximum"}:
                    return reduce(lambda a, b: self.graph.apply(code, a, b), entered)
                return self.graph.apply(code, *entered)
            case _:
                assert_never(expression)
