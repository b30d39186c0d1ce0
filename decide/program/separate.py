"""Levers and years factored out of draws.

A payoff is mostly a sum of products of something that varies by draw and something that varies by
year. Its present value then needs no array of years times draws: the part by year is summed up
once, when the program is compiled. Where a formula does not come apart, the part that does not
stays whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from decide.program.operations import Graph, run_kernel
from decide.uncertainty.points import Floats

MOST_TERMS = 48

Terms = Mapping[int, Floats]  # operation -> what it is multiplied by, (t, 1, 1)


@dataclass(slots=True)
class Separator:
    """Takes operations apart; remembers those it has seen."""

    graph: Graph
    _known: dict[int, Terms] = field(default_factory=dict)

    def present_value(self, number: int, factors: int) -> int:
        """Enter the present value of an operation, given the discount factors by year."""
        graph = self.graph
        total = graph.constant(0.0)
        for base, by_year in self.terms(number).items():
            if graph.by_year[base]:
                flow = graph.apply("multiply", base, graph.constant(by_year))
                term = graph.apply("present_value", flow, factors)
            else:
                weight = graph.apply("present_value", graph.constant(by_year), factors)
                term = graph.apply("multiply", base, weight)
            total = graph.apply("add", total, term)
        return total

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
        whole = {number: np.ones((1, 1, 1))}
        if operation.value is not None:
            return {self.graph.constant(1.0): operation.value}
        if not self.graph.by_year[number]:
            return whole
        found = self._linear(number)
        if found is None or len(found) > MOST_TERMS:
            return whole
        return {base: by_year for base, by_year in found.items() if by_year.any()}

    def _linear(self, number: int) -> Terms | None:
        operation = self.graph.operations[number]
        parts = [self._known[i] for i in operation.arguments]
        match operation.code, parts:
            case "add", [a, b]:
                return _sum(a, b)
            case "subtract", [a, b]:
                return _sum(a, _scaled(b, np.full((1, 1, 1), -1.0)))
            case "negate", [a]:
                return _scaled(a, np.full((1, 1, 1), -1.0))
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
        found: dict[int, Floats] = {}
        for x, by_year in a.items():
            for y, other in b.items():
                base = self.graph.apply("multiply", x, y)
                found = dict(_sum(found, {base: by_year * other}))
        return found

    def _quotient(self, a: Terms, divisor: int) -> Terms | None:
        constant = self.graph.value(divisor)
        if constant is not None:
            with np.errstate(all="ignore"):
                return _scaled(a, 1 / constant)
        if self.graph.by_year[divisor]:
            return None
        return {self.graph.apply("divide", base, divisor): by_year for base, by_year in a.items()}

    def _yearly(self, code: str, a: Terms, extra: tuple[int, ...]) -> Terms:
        """Take what varies by year only through a function of years; the rest stays whole."""
        found: Terms = {}
        for base, by_year in a.items():
            if self.graph.by_year[base]:
                flow = self.graph.apply("multiply", base, self.graph.constant(by_year))
                later = self.graph.apply(code, flow, extra=extra)
                found = _sum(found, {later: np.ones((1, 1, 1))})
            else:
                later_by_year = run_kernel(code, [by_year], extra, self.graph.years)
                found = _sum(found, {base: later_by_year})
        return found

    def _bounded(self, code: str, arguments: tuple[int, ...]) -> Terms | None:
        """Split max(0, a c) into max(0, a) max(0, c) + min(0, a) min(0, c); min likewise."""
        zero = self.graph.constant(0.0)
        others = [i for i in arguments if i != zero]
        if len(others) != 1 or len(self._known[others[0]]) != 1:
            return None
        ((base, by_year),) = self._known[others[0]].items()
        if self.graph.by_year[base]:
            return None
        same, opposite = ("maximum", "minimum") if code == "maximum" else ("minimum", "maximum")
        return _sum(
            {self.graph.apply(same, base, zero): np.maximum(by_year, 0.0)},
            {self.graph.apply(opposite, base, zero): np.minimum(by_year, 0.0)},
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
