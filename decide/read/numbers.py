"""Numbers as people write them: constants, formulas, distributions, series, and where they are from."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from decide.formulas.error import FormulaError, UnitError
from decide.formulas.expression import Constant, Expression
from decide.formulas.parse import parse_formula, written_suffix
from decide.formulas.terms import constants, fold, names
from decide.formulas.units import PLAIN, Unit, parse_unit
from decide.model.distribution import Discrete, Distribution
from decide.model.number import (
    Definition,
    Fixed,
    Formula,
    Mapped,
    Number,
    Provenance,
    Series,
)
from decide.model.place import Place
from decide.read.distributions import FORMS, PERCENTILES, Parameters, read_distribution
from decide.read.nodes import Entries, Node, Scalar
from decide.read.problems import Problems, nearest

EVIDENCE = ("source", "grade", "reason", "note", "label", "unit")
HARMLESS = {0.0, 1.0, 2.0, 12.0, 365.0, *(10.0**n for n in range(-6, 13))}


@dataclass(frozen=True, slots=True)
class Use:
    """A formula, and where it stands: its names are looked up once all are known."""

    scalar: Scalar
    expression: Expression
    levers_allowed: bool
    user: str  # id of the quantity that it defines, "" elsewhere


@dataclass(slots=True)
class NumberReader:
    """Reads numbers, noting what is wrong with them and which formulas they hold."""

    problems: Problems
    sources: frozenset[str]
    uses: list[Use] = field(default_factory=list)
    used_sources: set[str] = field(default_factory=set)
    units: dict[str, Unit] = field(default_factory=dict)  # of quantities and levers that have one

    def number(
        self,
        node: Node | None,
        *,
        user: str = "",
        levers_allowed: bool = True,
        is_evident: bool = False,
    ) -> Number:
        """Read a number; what cannot be read comes back as nan, its problem noted."""
        if isinstance(node, Scalar):
            definition = self._constant_or_formula(node, Unit(), 1.0, user, levers_allowed)
            if not is_evident:
                self._warn_unsourced(node, definition, Provenance())
            return _number(node.text, definition, "", Provenance(), node.place)
        if not isinstance(node, Entries):
            place = node.place if node is not None else Place("", 0)
            return _number("", Fixed(math.nan), "", Provenance(), place)
        return self._mapping(node, user, levers_allowed, is_evident=is_evident)

    def constant(self, node: Node | None, factor: float = 1.0) -> float:
        """Read a constant, a fraction such as 30/41 included; nan where it is none."""
        if not isinstance(node, Scalar):
            return math.nan
        expression = self.expression(node)
        if expression is None:
            return math.nan
        try:
            value = fold(expression)
        except FormulaError as error:
            self._note(node, error)
            return math.nan
        if value is None:
            self.problems.error(
                node,
                f"a constant is wanted here, and {node.text!r} names a quantity",
                "write the number itself",
            )
            return math.nan
        return self._scaled(node, value, factor)

    def expression(self, node: Scalar) -> Expression | None:
        """Read a formula's text."""
        try:
            return parse_formula(node.text)
        except FormulaError as error:
            self._note(node, error)
            return None

    def provenance(self, entries: Entries) -> Provenance:
        """Read where a number comes from; its sources must be known."""
        ids = []
        for scalar in entries.texts("source"):
            if scalar.text in self.sources:
                ids.append(scalar.text)
                self.used_sources.add(scalar.text)
            else:
                self.problems.gap(
                    scalar,
                    f"the source {scalar.text!r} is not known",
                    nearest(scalar.text, self.sources, what="sources"),
                )
        grade, reason = entries.text("grade"), entries.text("reason")
        if grade == "judgement" and not reason.strip():
            self.problems.error(
                entries.keys.get("grade", entries),
                "the grade 'judgement' needs a reason",
                "add `reason: …`: what makes you think so",
            )
        has_source = "source" in entries
        return Provenance(
            sources=tuple(ids),
            grade="" if has_source else grade or "unsourced",
            reason=reason,
            note=entries.text("note"),
        )

    def _mapping(
        self, entries: Entries, user: str, levers_allowed: bool, *, is_evident: bool
    ) -> Number:
        unit, factor = self._unit(entries)
        if unit is not None and user:
            self.units[user] = unit
        definition = self._definition(entries, unit or PLAIN, factor, user, levers_allowed)
        provenance = self.provenance(entries)
        if not is_evident:
            at = next((entries.values[k] for k in entries if k not in EVIDENCE), entries)
            self._warn_unsourced(at, definition, provenance)
        return _number(
            _text(entries), definition, _shown_unit(entries, unit), provenance, entries.place
        )

    def _definition(
        self, entries: Entries, unit: Unit, factor: float, user: str, levers_allowed: bool
    ) -> Definition:
        forms = [k for k in ("value", "series", "from", *FORMS) if k in entries]
        if any(key in entries for key in PERCENTILES):
            forms.append("p10, p50, p90")
        if len(forms) != 1:
            what = " and ".join(repr(form) for form in forms) if forms else "no value"
            self.problems.error(
                entries,
                f"a number has exactly one form, and this has {what}",
                "give value, or p10, p50 and p90, or one distribution, or series",
            )
            return Fixed(math.nan)
        match forms[0]:
            case "value":
                return self._value(entries, unit, factor, user, levers_allowed)
            case "series":
                return self._series(entries.below("series"), factor)
            case "from":
                return self._mapped(entries, factor)
            case "discrete":
                return self._discrete(entries.below("discrete"), factor)
            case form:
                return self._distribution(form, entries, factor)

    def _value(
        self, entries: Entries, unit: Unit, factor: float, user: str, levers_allowed: bool
    ) -> Definition:
        node = entries.get("value")
        if not isinstance(node, Scalar):
            return Fixed(math.nan)
        definition = self._constant_or_formula(node, unit, factor, user, levers_allowed)
        if "low" not in entries and "high" not in entries:
            return definition
        if not isinstance(definition, Fixed):
            self.problems.error(
                entries.keys.get("low", entries.keys.get("high", entries)),
                "a range stands beside a constant, and this value is a formula",
                "give the range to the quantities that the formula names",
            )
            return definition
        low = self.constant(entries.get("low"), factor) if "low" in entries else definition.value
        high = self.constant(entries.get("high"), factor) if "high" in entries else definition.value
        if not low <= definition.value <= high and not math.isnan(low + high + definition.value):
            self.problems.error(
                node,
                f"{node.text} does not lie between low {entries.text('low')} and high "
                f"{entries.text('high')}",
                "order them: low <= value <= high",
            )
        return Fixed(definition.value, low, high)

    def _constant_or_formula(
        self, node: Scalar, unit: Unit, factor: float, user: str, levers_allowed: bool
    ) -> Definition:
        expression = self.expression(node)
        if expression is None:
            return Fixed(math.nan)
        try:
            value = fold(expression)
        except FormulaError as error:
            self._note(node, error)
            return Fixed(math.nan)
        if value is not None:
            return Fixed(self._scaled(node, value, factor))
        if factor != 1.0 and unit != PLAIN:
            self.problems.error(
                node,
                "a formula comes out in plain units, and its unit has a scale",
                f"give it the unit {unit}",
            )
        if not names(expression):
            pass  # a function of the years alone, such as change(5)
        self.uses.append(Use(node, expression, levers_allowed, user))
        self._warn_bare_numbers(node, expression)
        return Formula(node.text, expression)

    def _scaled(self, node: Scalar, value: float, factor: float) -> float:
        suffix = written_suffix(node.text) if factor != 1.0 else ""
        if not suffix:
            return value * factor
        if suffix == "%" and factor == 0.01:
            return value
        self.problems.error(
            node,
            f"{node.text!r} has a suffix, and its unit has a scale too; it would count twice",
            "write the scale once: 48.1 bn with unit USD, or 48.1 with unit USD bn",
        )
        return value

    def _unit(self, entries: Entries) -> tuple[Unit | None, float]:
        node = entries.get("unit")
        if not isinstance(node, Scalar):
            return None, 1.0
        try:
            return parse_unit(node.text)
        except UnitError as error:
            self.problems.error(node, error.message, error.advice)
            return None, 1.0

    def _series(self, entries: Entries, factor: float) -> Definition:
        points = []
        for key, value in entries.values.items():
            if not key.isdigit() or len(key) != 4:
                self.problems.error(
                    entries.keys[key], f"{key!r} is not a year", "a series is {2024: 6 %, …}"
                )
                continue
            points.append((int(key), self.constant(value, factor)))
        if not points:
            return Fixed(math.nan)
        return Series(tuple(sorted(points)))

    def _mapped(self, entries: Entries, factor: float) -> Definition:
        points = []
        below = entries.below("points")
        for key, value in below.values.items():
            points.append((self.constant(below.keys[key]), self.constant(value, factor)))
        if len(points) < 2:
            self.problems.error(
                entries.keys["from"],
                "a number from a performance needs two points or more",
                "add points: {0: …, 100: …}",
            )
            return Fixed(math.nan)
        return Mapped(entries.text("from"), tuple(sorted(points)))

    def _discrete(self, entries: Entries, factor: float) -> Definition:
        values, chances, states = [], [], []
        rest: Scalar | None = None
        for key, node in entries.values.items():
            if isinstance(node, Entries):
                states.append(key)
                values.append(self.constant(node.get("value"), factor))
                p = node.get("p")
            else:
                values.append(self.constant(entries.keys[key], factor))
                p = node
            if isinstance(p, Scalar) and p.text == "rest":
                if rest is not None:
                    self.problems.error(p, "'rest' stands twice in one distribution")
                rest = p
                chances.append(math.nan)
            else:
                chances.append(self.constant(p))
        if not values:
            self.problems.error(entries, "a discrete distribution needs a value or more")
            return Fixed(math.nan)
        if states and len(states) != len(values):
            self.problems.error(
                entries, "some states are named and some are not", "name all states, or none"
            )
        return self._shares(entries, values, chances, tuple(states), rest)

    def _shares(
        self,
        entries: Entries,
        values: list[float],
        chances: list[float],
        states: tuple[str, ...],
        rest: Scalar | None,
    ) -> Definition:
        stated = sum(p for p in chances if not math.isnan(p))
        for p, key in zip(chances, entries, strict=True):
            if p < 0 or p > 1:
                self.problems.error(
                    entries.values[key], f"the probability {p:g} does not lie in [0, 1]"
                )
        if rest is not None and stated > 1 + 1e-9:
            self.problems.error(
                rest, f"nothing is left for 'rest': the others sum to {stated:g}", "lower one"
            )
        if rest is not None:
            chances = [1 - stated if math.isnan(p) else p for p in chances]
        elif abs(stated - 1) > 1e-9 and not any(math.isnan(p) for p in chances):
            self.problems.error(
                entries,
                f"the probabilities sum to {stated:g}, not 1",
                "correct one, or write 'rest' for it",
            )
        return Discrete(values=tuple(values), probabilities=tuple(chances), states=states)

    def _distribution(self, form: str, entries: Entries, factor: float) -> Definition:
        def parameters(of: Entries, keys: Iterable[str], *, scaled: bool = True) -> Parameters:
            return {k: self.constant(of.get(k), factor if scaled else 1.0) for k in keys if k in of}

        found: Distribution | None = read_distribution(form, entries, parameters, self.problems)
        return Fixed(math.nan) if found is None else found

    def _warn_unsourced(self, at: Node, definition: Definition, provenance: Provenance) -> None:
        if provenance.sources or provenance.grade == "judgement":
            return
        if isinstance(definition, Formula):
            return
        if isinstance(definition, Fixed) and (
            math.isnan(definition.value) or definition.value in {0.0, 1.0}
        ):
            return
        self.problems.warn(
            at,
            "this number has neither a source nor a grade",
            "add `source: …`, or `grade: judgement` with a `reason`",
        )

    def _warn_bare_numbers(self, node: Scalar, expression: Expression) -> None:
        for bare in _bare(expression):
            self.problems.warn(
                _inside(node, bare.at),
                f"the number {bare.value:g} stands bare in a formula",
                "name it under quantities and give it a source",
            )

    def _note(self, node: Scalar, error: FormulaError) -> None:
        self.problems.error(_inside(node, error.at), error.message, error.advice, error.width)


def _bare(expression: Expression) -> Iterator[Constant]:
    return (c for c in constants(expression) if abs(c.value) not in HARMLESS)


def _inside(node: Scalar, offset: int) -> Place:
    """Return the place of a character of a text that stands in one line."""
    column = node.place.column + offset + node.is_quoted
    return Place(node.place.file, node.place.line, column)


def _number(
    text: str, definition: Definition, unit: str, provenance: Provenance, place: Place
) -> Number:
    if not provenance.sources and not provenance.grade:
        grade = "" if isinstance(definition, Formula) else "unsourced"
        provenance = Provenance(grade=grade)
    return Number(text=text, definition=definition, unit=unit, provenance=provenance, place=place)


def _text(entries: Entries) -> str:
    """Return a mapping as one line: its value, or its parameters by name."""
    parts = []
    for key in entries:
        if key in EVIDENCE or key in {"low", "high", "text"}:
            continue
        node = entries.values[key]
        if isinstance(node, Scalar):
            parts.append(node.text if key == "value" else f"{key} {node.text}")
        elif isinstance(node, Entries):
            inner = ", ".join(f"{k} {node.text(k) or _text(node.below(k))}" for k in node)
            parts.append(f"{key}: {inner}")
    if "low" in entries or "high" in entries:
        parts.append(f"({entries.text('low')} to {entries.text('high')})")
    return " ".join(parts) if "value" in entries else ", ".join(parts)


def _shown_unit(entries: Entries, unit: Unit | None) -> str:
    if unit is None:
        return ""
    return "%" if unit == PLAIN and "%" in entries.text("unit") else str(unit)
