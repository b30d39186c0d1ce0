"""The decision's years in the program: what holds from a year on, and what its money is worth."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from decide.program.operations import Graph


def discount_exponent(as_of: date | None, year: int) -> float:
    """Return the years from the as-of date to the end of a year.

    The year less the as-of year, plus the share of the as-of year that is left: 1 for the year
    after an as-of date of 31 December.
    """
    if as_of is None:
        return 0.0
    left = (date(as_of.year, 12, 31) - as_of).days
    return year - as_of.year + left / (366 if _is_leap(as_of.year) else 365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The years, and the rate at which their money is discounted."""

    graph: Graph
    years: tuple[int, ...]  # none where the decision has none
    as_of: date | None
    rate: int  # operation
    horizon: int | None = None  # operation: the last year whose money counts; None: all do

    def factors(self) -> int:
        """Enter the discount factors by year."""
        exponents = [discount_exponent(self.as_of, year) for year in self.years]
        return self._counted(self._factor(exponents or 0.0), [float(y) for y in self.years] or 0.0)

    def factor(self, year: int | None) -> int:
        """Enter the discount factor of one year; 1 where there are no years."""
        if year is None or not self.years:
            return self._factor(0.0)
        return self._counted(self._factor(discount_exponent(self.as_of, year)), float(year))

    def in_year(self, amount: int, year: int | None) -> int:
        """Enter an amount by year that falls into one of them."""
        flags = [float(y == year) for y in self.years or (0,)]
        return self.graph.apply("multiply", amount, self.graph.constant(flags))

    def from_year(self, old: int, new: int, year: int | None) -> int:
        """Enter what is `old` before a year and `new` from it on."""
        first = self._place_of(year)
        if first == 0:
            return new
        graph = self.graph
        before = graph.operations[old]
        while before.code == "from_year" and before.extra[0] >= first:
            old = before.arguments[0]  # what was set for these years is overruled
            before = graph.operations[old]
        return old if old == new else graph.apply("from_year", old, new, extra=(first,))

    def at_year(self, number: int, year: int | None) -> int:
        """Enter the value that a number has in a year, or in the last one."""
        place = min(self._place_of(year), max(len(self.years), 1) - 1)
        return self.graph.apply("at_year", number, extra=(place,))

    def _factor(self, exponent: float | list[float]) -> int:
        growth = self.graph.apply("add", self.graph.constant(1.0), self.rate)
        return self.graph.apply("power", growth, self.graph.constant(-np.asarray(exponent)))

    def _counted(self, factors: int, years: float | list[float]) -> int:
        """Leave out what comes after the horizon."""
        if self.horizon is None:
            return factors
        counts = self.graph.apply("less_equal", self.graph.constant(years), self.horizon)
        return self.graph.apply("multiply", factors, counts)

    def _place_of(self, year: int | None) -> int:
        """Return how many of the years come before a year."""
        if year is None or not self.years:
            return 0
        return min(max(year - self.years[0], 0), len(self.years))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
