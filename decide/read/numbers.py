"""Numbers as people write them: constants, formulas, distributions, and where they are from."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from decide.formulas.error import FormulaError, UnitError
from decide.formulas.expression import Call, Constant, Expression
from decide.formulas.parse import parse_formula, written_suffix
from decide.formulas.terms import constants, fold
from decide.formulas.units import PLAIN, Unit, parse_unit
from decide.language import said
from decide.model.distribution import Distribution
from decide.model.number import Definition, Fixed, Formula, Number, Provenance
from decide.model.place import Place
from decide.read.distributions import Parameters, read_bounds, read_distribution
from decide.read.evidence import EVIDENCE, of_definition, read_provenance, warn_unsourced
from decide.read.foreign_numbers import foreign_number
from decide.read.mixture import constant_component, read_empirical, read_mixture
from decide.read.nodes import Entries, Node, Scalar
from decide.read.number_form import form_of
from decide.read.number_text import number_text, shown_unit
from decide.read.points import read_discrete, read_mapped, read_series
from decide.read.problems import Problems
from decide.read.scale import BARE, Scale, in_unit

HARMLESS = {0.0, 1.0, 2.0, 12.0, 100.0, 365.0, *(10.0**n for n in range(-6, 13))}
UNREADABLE = Fixed(math.nan)  # stands for a number whose problem is noted


@dataclass(frozen=True, slots=True)
class Use:
    """A formula, and where it stands: its names are looked up once all are known."""

    scalar: Scalar
    expression: Expression
    levers_allowed: bool
    user: str  # id of the quantity that it defines, "" elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What a number is read for."""

    user: str  # id of the quantity that it defines, "" elsewhere
    levers_allowed: bool
    is_evident: bool  # nobody asks where it comes from
    scale: Scale
    unit: Unit = PLAIN


@dataclass(slots=True)
class NumberReader:
    """Reads numbers, noting what is wrong with them and which formulas they hold."""

    problems: Problems
    sources: frozenset[str]
    tables: Mapping[str, str] = field(default_factory=dict)  # texts of CSV files, by path
    uses: list[Use] = field(default_factory=list)
    series: list[Node] = field(default_factory=list)
    mapped: list[tuple[Scalar, str]] = field(default_factory=list)  # each `from`, and its user
    _constants: dict[str, Constant] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)  # of quantities and levers that have one

    def number(
        self,
        node: Node | None,
        *,
        user: str = "",
        levers_allowed: bool = True,
        is_evident: bool = False,
        scale: Scale = BARE,
    ) -> Number:
        """Read a number; what cannot be read comes back as nan, its problem noted.

        `is_evident` spares it the question where it comes from; `scale` is that of its unit where
        it gives none.
        """
        wanted = _Wanted(
            user=user, levers_allowed=levers_allowed, is_evident=is_evident, scale=scale
        )
        if isinstance(node, Scalar):
            definition = self._constant_or_formula(node, wanted)
            provenance = of_definition(definition, Provenance(grade="unsourced"))
            if not is_evident:
                warn_unsourced(node, definition, provenance, self.problems)
            return Number(
                text=node.text, definition=definition, provenance=provenance, place=node.place
            )
        if isinstance(node, Entries):
            return self._mapping(node, wanted)
        place = node.place if node is not None else Place("", 0)
        return Number(text="", definition=UNREADABLE, provenance=Provenance(), place=place)

    def constant(self, node: Node | None, scale: Scale = BARE) -> float:
        """Read a constant, a fraction such as 30/41 included; nan where it is none."""
        if not isinstance(node, Scalar):
            return math.nan
        expression = self._expression(node)
        value = None if expression is None else fold(expression)
        if value is not None:
            return self._scaled(node, value, scale)
        if expression is not None:
            message = said("{text!r} is no number, and a constant is wanted here", text=node.text)
            self.problems.error(node, message, said("write the number itself"))
        return math.nan

    def use_of(self, expression: Expression) -> Use | None:
        """Return where a formula stands."""
        parts = expression.arguments if isinstance(expression, Call) else ()
        found = {id(part) for part in (expression, *parts[:1])}  # a scaled one is multiplied
        return next((use for use in self.uses if id(use.expression) in found), None)

    def _expression(self, node: Scalar) -> Expression | None:
        known = self._constants.get(node.text)
        if known is not None:
            return known
        foreign = foreign_number(node.text)
        if foreign is not None:
            self.problems.error(node, *foreign)
            return None
        if not node.text.strip():
            self.problems.error(
                node, said("a number is wanted, and nothing stands here"), said("fill it in")
            )
            return None
        try:
            expression = parse_formula(node.text)
        except FormulaError as error:
            self.problems.error(node.at(error.at), error.message, error.advice, error.width)
            return None
        if isinstance(expression, Constant):
            self._constants[node.text] = expression
        return expression

    def _mapping(self, entries: Entries, wanted: _Wanted) -> Number:
        unit, factor = self.unit(entries)
        if "unit" in entries:
            scale = in_unit(factor, wanted.scale.whole)
            wanted = replace(wanted, scale=scale, unit=unit or PLAIN)
        if unit is not None and wanted.user:
            self.units[wanted.user] = unit
        definition = self._definition(entries, wanted)
        provenance = of_definition(
            definition, read_provenance(entries, self.sources, self.problems)
        )
        if not wanted.is_evident:
            at = next((entries.values[k] for k in entries if k not in EVIDENCE), entries)
            warn_unsourced(at, definition, provenance, self.problems)
        return Number(
            text=number_text(entries),
            definition=definition,
            unit=shown_unit(entries, unit),
            provenance=provenance,
            place=entries.place,
        )

    def _definition(self, entries: Entries, wanted: _Wanted) -> Definition:
        form = form_of(entries, self.problems)
        below = entries.below(form)
        found: Definition | None = None
        match form:
            case "value":
                found = self._value(entries, wanted)
            case "series":
                self.series.append(entries.keys["series"])
                found = read_series(below, self.constant, wanted.scale, self.problems)
            case "from":
                self.mapped.append((entries.keys["from"], wanted.user))
                found = read_mapped(entries, self.constant, wanted.scale, self.problems)
            case str() if form:
                found = self._distribution(form, entries, wanted.scale)
        return found or UNREADABLE

    def _component(self, entries: Entries, scale: Scale) -> Distribution | None:
        form = form_of(entries, self.problems)
        if form == "value":
            return constant_component(self.constant(entries.get("value"), scale))
        return self._distribution(form, entries, scale) if form else None

    def _value(self, entries: Entries, wanted: _Wanted) -> Definition:
        node = entries.get("value")
        if not isinstance(node, Scalar):
            return UNREADABLE
        if "low" not in entries and "high" not in entries:
            return self._constant_or_formula(node, wanted)
        expression = self._expression(node)
        if expression is None:
            return UNREADABLE
        constant = fold(expression)
        if constant is None:
            at = entries.keys.get("low") or entries.keys["high"]
            message = said("a range stands beside a constant, and this value is a formula")
            self.problems.error(at, message, said("give the range to the quantities that it names"))
            return UNREADABLE
        value = self._scaled(node, constant, wanted.scale)
        low, high = (
            self.constant(entries.get(end), wanted.scale) if end in entries else value
            for end in ("low", "high")
        )
        if low > value or value > high:
            message = said(
                "{value} does not lie between low {low} and high {high}",
                value=node.text,
                low=entries.text("low", node.text),
                high=entries.text("high", node.text),
            )
            self.problems.error(node, message, said("order them: low <= value <= high"))
        return Fixed(value, low, high)

    def _constant_or_formula(self, node: Scalar, wanted: _Wanted) -> Definition:
        expression = self._expression(node)
        if expression is None:
            return UNREADABLE
        scale, unit = wanted.scale, wanted.unit
        value = fold(expression)
        if value is not None:
            return Fixed(self._scaled(node, value, scale))
        if scale.bare != scale.whole and unit != PLAIN:
            message = said("a formula comes out in plain units, and its unit has a scale")
            self.problems.error(node, message, said("give it the unit {unit}", unit=unit))
        self.uses.append(Use(node, expression, wanted.levers_allowed, wanted.user))
        for bare in constants(expression):
            if abs(bare.value) not in HARMLESS:
                message = said("the number {value:g} stands bare in a formula", value=bare.value)
                advice = said("name it under quantities and give it a source")
                self.problems.warn(node.at(bare.at), message, advice)
        return Formula(node.text, _times(expression, scale.whole))

    def _scaled(self, node: Scalar, value: float, scale: Scale) -> float:
        suffix = written_suffix(node.text) if scale != BARE else ""
        if suffix and scale.suffixed is None and not (suffix == "%" and scale.is_percent):
            message = said(
                "{text!r} has a suffix, and its unit has a scale; it would count twice",
                text=node.text,
            )
            advice = said("write the scale once: 48.1 bn with unit USD, or 48.1 with unit USD bn")
            if scale.bare == 1.0:
                advice = said("write the bare number, in the unit of the criterion")
            self.problems.error(node, message, advice)
            return math.nan
        scaled = value * ((scale.suffixed or scale.whole) if suffix else scale.bare)
        if math.isfinite(scaled):
            return scaled
        self.problems.error(node, said("the number is too large"), said("numbers go up to 1.8e308"))
        return math.nan

    def unit(self, entries: Entries) -> tuple[Unit | None, float]:
        """Read a mapping's unit and the factor that its bare numbers are multiplied by."""
        node = entries.get("unit")
        if not isinstance(node, Scalar):
            return None, 1.0
        try:
            return parse_unit(node.text)
        except UnitError as error:
            self.problems.error(node, error.message, error.advice)
            return None, 1.0

    def _distribution(self, form: str, entries: Entries, scale: Scale) -> Distribution | None:
        def parameters(of: Entries, keys: Iterable[str], *, scaled: bool = True) -> Parameters:
            return {k: self.constant(of.get(k), scale if scaled else BARE) for k in keys if k in of}

        if form == "discrete":
            return read_discrete(entries.below(form), self.constant, scale, self.problems)
        if form not in {"empirical", "mixture"}:
            return read_distribution(form, entries, parameters, scale, self.problems)
        bounds = read_bounds(entries, parameters, self.problems)
        if bounds is None:
            return None
        if form == "empirical":
            return read_empirical(entries, self.tables, self.constant, bounds, scale, self.problems)
        return read_mixture(
            entries,
            lambda part: self._component(part, scale),
            self.constant,
            bounds,
            self.problems,
        )


def is_unreadable(number: Number) -> bool:
    """Whether a number could not be read; its problem is noted."""
    return isinstance(number.definition, Fixed) and math.isnan(number.definition.value)


def _times(expression: Expression, factor: float) -> Expression:
    """Return a formula in another unit than the plain one that it comes out in."""
    if factor == 1.0:
        return expression
    return Call("multiply", (expression, Constant(factor)))
