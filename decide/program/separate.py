"""Levers and years factored out of draws.

A payoff is mostly a sum of products of something that varies by draw and something that varies by
year. Its present value then needs no array of years times draws: the part by year is summed up
once, when the program is compiled. Where a formula does not come apart, the part that does not
stays whole, and what multiplies it comes out.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from decide.program.operations import Graph, run_kernel
from decide.uncertainty.points import Floats

MOST_TERMS = 48
ONES = np.ones((1, 1, 1))

Base = tuple[int, int]  # an operation that differs by year and draw, one that differs by draw alone
Terms = Mapping[Base, Floats]  # their product -> what it is multiplied by, (t, 1, 1)


@dataclass(slots=True)
class Separator:
    """Takes operations apart; remembers those it has seen."""

    graph: Graph
    _known: dict[int, Terms] = field(default_factory=dict)
    _values: dict[tuple[int, int], int] = field(default_factory=dict)
    _one: int = field(init=False)

    def __post_init__(self) -> None:
        self._one = self.graph.constant(1.0)

    def present_value(self, number: int, factors: int) -> int:
        """Enter the present value of an operation, given the discount factors by year."""
        if (number, factors) not in self._values:
            self._values[number, factors] = self._present_value(number, factors)
        return self._values[number, factors]

    def _present_value(self, number: int, factors: int) -> int:
        graph = self.graph
        by_draw: dict[int, list[int]] = defaultdict(list)
        for (whole, draw), by_year in self.terms(number).items():
            weights = graph.apply("multiply", factors, graph.constant(by_year))
            by_draw[draw].append(graph.apply("present_value", whole, weights))
        products = [
            graph.apply("multiply", draw, graph.apply("sum", *values))
            for draw, values in by_draw.items()
        ]
        return graph.apply("sum", *products) if products else graph.constant(0.0)

    def terms(self, number: int) -> Terms:
        """Return an operation as a sum of operations times constants by year."""
        waiting = [number]
        while waiting:
            here = waiting[-1]
            unknown = [i for i in self.graph.operations[here].arguments if i not in self._known]
            if unknown and here not in self._known:
                waiting.extend(unknown)
            else:
                if here not in self._known:
                    self._known[here] = self._apart(here)
                waiting.pop()
        return self._known[number]

    def _apart(self, number: int) -> Terms:
        operation = self.graph.operations[number]
        if operation.value is not None:
            return {(self._one, self._one): operation.value}
        if not self.graph.by_year[number]:
            return {(self._one, number): ONES}
        found = self._linear(number)
        if found is None or len(found) > MOST_TERMS:
            return {(number, self._one): ONES}
        return {base: by_year for base, by_year in found.items() if by_year.any()}

    def _linear(self, number: int) -> Terms | None:
        operation = self.graph.operations[number]
        parts = [self._known[i] for i in operation.arguments]
        match operation.code, parts:
            case "add", [a, b]:
                return _sum(a, b)
            case "subtract", [a, b]:
                return _sum(a, _scaled(b, -ONES))
            case "negate", [a]:
                return _scaled(a, -ONES)
            case "multiply", [a, b]:
                return self._product(a, b)
            case "divide", [a, _]:
                return self._quotient(a, operation.arguments[1])
            case ("change" | "lag" | "cumulative") as code, [a]:
                return self._yearly(code, a, operation.extra)
            case "from_year", [a, b]:
                after = self._mask(operation.extra[0])
                return _sum(_scaled(a, 1 - after), _scaled(b, after))
            case ("minimum" | "maximum") as code, [_, _]:
                return self._bounded(code, operation.arguments)
            case _:
                return None

    def _product(self, a: Terms, b: Terms) -> Terms | None:
        if len(a) * len(b) > MOST_TERMS:
            return None
        found: dict[Base, Floats] = {}
        for (whole, draw), by_year in a.items():
            for (other_whole, other_draw), other in b.items():
                base = (
                    self.graph.apply("multiply", whole, other_whole),
                    self.graph.apply("multiply", draw, other_draw),
                )
                with np.errstate(all="ignore"):
                    both = by_year * other
                found[base] = found[base] + both if base in found else both
        return found

    def _quotient(self, a: Terms, divisor: int) -> Terms | None:
        constant = self.graph.value(divisor)
        if constant is not None:
            with np.errstate(all="ignore"):
                return _scaled(a, 1 / constant)
        if self.graph.by_year[divisor]:
            return None
        return {
            (whole, self.graph.apply("divide", draw, divisor)): by_year
            for (whole, draw), by_year in a.items()
        }

    def _yearly(self, code: str, a: Terms, extra: tuple[int, ...]) -> Terms:
        """Take a function of years, which is linear, of what differs by year only."""
        found: Terms = {}
        for (whole, draw), by_year in a.items():
            if whole == self._one:
                later = run_kernel(code, [by_year], extra, self.graph.years)
                found = _sum(found, {(whole, draw): later})
            else:
                flow = self.graph.apply("multiply", whole, self.graph.constant(by_year))
                base = self.graph.apply(code, flow, extra=extra), draw
                found = _sum(found, {base: ONES})
        return found

    def _bounded(self, code: str, arguments: tuple[int, ...]) -> Terms | None:
        """Split max(0, a c) into max(0, a) max(0, c) + min(0, a) min(0, c); min likewise."""
        zero = self.graph.constant(0.0)
        others = [i for i in arguments if i != zero]
        if len(others) != 1 or len(self._known[others[0]]) != 1:
            return None
        (((whole, draw), by_year),) = self._known[others[0]].items()
        if whole != self._one:
            return None
        same, opposite = ("maximum", "minimum") if code == "maximum" else ("minimum", "maximum")
        return _sum(
            {(whole, self.graph.apply(same, draw, zero)): np.maximum(by_year, 0.0)},
            {(whole, self.graph.apply(opposite, draw, zero)): np.minimum(by_year, 0.0)},
        )

    def _mask(self, first: int) -> Floats:
        return (np.arange(self.graph.years) >= first).astype(np.float64).reshape(-1, 1, 1)


def _sum(a: Terms, b: Terms) -> Terms:
    found = dict(a)
    for base, by_year in b.items():
        found[base] = found[base] + by_year if base in found else by_year
    return found


def _scaled(a: Terms, by_year: Floats) -> Terms:
    return {base: own * by_year for base, own in a.items()}
