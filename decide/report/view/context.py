"""What every section needs: the evaluation, its language, and what things are called in it."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from decide.analyses.policy import TIE
from decide.analyses.verdict import best_of_families
from decide.evaluate import Evaluation
from decide.language import ENGLISH
from decide.model.label import Label
from decide.model.number import Number
from decide.report.view.anchors import option_anchor, quantity_anchor, strategy_anchor
from decide.report.view.numerals import THIN, WIDE, MoneyScale, Numerals, numerals
from decide.report.view.parts import Part
from decide.report.words.sources import frame_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """An evaluation as it is to be shown in one language."""

    evaluation: Evaluation
    language: str
    numerals: Numerals
    scale: MoneyScale  # of certainty equivalents, which are compared with each other
    wide: MoneyScale  # of all other figures of strategies: the same unit, two digits
    representatives: tuple[str, ...]  # the best strategy of each family, in file order

    def label(self, label: Label) -> str:
        """Return a label in the page's language; signs stay with the words that they belong to."""
        text = label.in_language(self.language).replace(" %", f"{THIN}%")
        return _BEFORE_SIGN.sub(WIDE, text)

    def strategy(self, strategy: str) -> str:
        """Return what a strategy is called."""
        found = self.evaluation.model.strategies.get(strategy)
        return self.label(found.label) if found else strategy

    def strategy_link(self, strategy: str, *, strong: bool = False) -> Part:
        """Return a strategy's name, leading to its tree, or to its card where none is drawn."""
        return Part(self.strategy(strategy), self.strategy_href(strategy), strong)

    def strategy_href(self, strategy: str) -> str:
        """Return where a strategy is shown."""
        if strategy in self.drawn_trees:
            return f"#{strategy_anchor(self.evaluation.model, strategy)}"
        return f"#{option_anchor(family_of(self.evaluation, strategy))}"

    @property
    def drawn_trees(self) -> tuple[str, ...]:
        """The strategies whose tree is on the page: the leader's, and any with branches."""
        leader = self.evaluation.verdict.leader
        steps = self.evaluation.rollback.steps
        return tuple(s for s in self.representatives if s == leader or len(steps[s]) > 1)

    def quantity(self, quantity: str) -> str:
        """Return what a quantity is called; a firm's own carries the firm's name."""
        name, _, target = quantity.partition("@")
        model = self.evaluation.model
        own = model.target_quantities.get(target, {}).get(name) if target else None
        found = own or model.quantities.get(name)
        text = self.label(found.label) if found else self._other_quantity(name)
        return f"{text} ({self.target(target)})" if target else text

    def quantity_link(self, quantity: str) -> Part:
        """Return a quantity's name, leading to its row among the sources."""
        return Part(self.quantity(quantity), f"#{quantity_anchor(self.evaluation.model, quantity)}")

    def lead(self) -> str:
        """Return the leader's lead, finer than the table where it would vanish there."""
        lead = self.evaluation.verdict.lead
        is_visible = abs(lead) >= 10 * self.scale.factor * 10.0**-self.scale.decimals
        return self.scale.write(lead) if is_visible else self.numerals.money(lead)

    @property
    def is_tied(self) -> bool:
        """Whether the best two families are worth the same, but for rounding."""
        verdict = self.evaluation.verdict
        worth = self.evaluation.rollback.values[verdict.leader].certainty_equivalent
        return bool(verdict.runner_up) and verdict.lead <= TIE * abs(worth)

    def target(self, target: str) -> str:
        """Return what a firm is called."""
        found = self.evaluation.model.targets.get(target)
        return self.label(found.label) if found else target

    def amount(self, number: float, unit: str, written: str, digits: int = 3) -> str:
        """Write a value of a quantity in the manner in which its file writes it."""
        currency = self.evaluation.model.decision.currency
        if unit == "%" or (not unit and _is_in_percent(written)):
            return self.numerals.percent_value(number, digits)
        if currency and unit.split("/", maxsplit=1)[0].split(" ", maxsplit=1)[0] == currency:
            return self.numerals.money_as_known(number, digits)
        if abs(number) >= 1e6:
            return _with_unit(self._scaled(number), unit)
        return _with_unit(self.numerals.number(number, digits), unit)

    def quantity_amount(self, quantity: str, number: float, digits: int = 3) -> str:
        """Write a value of a named quantity in that quantity's own manner."""
        if quantity in self.evaluation.model.classes:
            return self.numerals.percent_value(number, digits)
        written = self.number_of(quantity)
        if written is None:
            return self.numerals.number(number, digits)
        return self.amount(number, written.unit, written.text, digits)

    def number_of(self, quantity: str) -> Number | None:
        """Return the number that a quantity (or the frame's rate) was written as."""
        name, _, target = quantity.partition("@")
        model = self.evaluation.model
        own = model.target_quantities.get(target, {}).get(name) if target else None
        found = own or model.quantities.get(name)
        if found is not None:
            return found.number
        return getattr(model.decision, name, None) if name in FRAME_NUMBERS else None

    def _other_quantity(self, name: str) -> str:
        reference = self.evaluation.model.classes.get(name)
        if reference:
            return self.label(reference.label)
        lever = self.evaluation.model.levers.get(name)
        return self.label(lever.label) if lever else frame_name(name, self.language)

    def _scaled(self, number: float) -> str:
        scale = self.numerals.money_scale((number,))
        return f"{scale.write_bare(number)}{WIDE}{scale.suffix}"


_BEFORE_SIGN = re.compile(r" (?=[:;?!\u00bb](\s|$))|(?<=\u00ab) ")  # as French is written
_PROBABILITY = re.compile(r"(rest|[\d./_]+\s?%?)\s*$")  # at the end of a state
FRAME_NUMBERS = ("discount_rate", "risk_tolerance")


def context_of(evaluation: Evaluation, language: str | None = None) -> Context:
    """Gather what the sections share; without a language, in the model's own."""
    language = language or evaluation.model.decision.language or ENGLISH
    writing = numerals(language, evaluation.model.decision.currency)
    values = evaluation.rollback.values
    shown = representatives(evaluation)
    front = [values[s] for s in evaluation.rollback.ranking if s in shown][:2]
    error = max(value.standard_error for value in front)
    equivalents = [values[s].certainty_equivalent for s in shown]
    scale = writing.money_scale(equivalents, error)
    return Context(
        evaluation=evaluation,
        language=language,
        numerals=writing,
        scale=scale,
        wide=writing.money_scale(equivalents, math.inf if error else 0.0),
        representatives=shown,
    )


def representatives(evaluation: Evaluation) -> tuple[str, ...]:
    """Return the best strategy of each family, by certainty equivalent, in file order."""
    ranking = evaluation.rollback.ranking
    best = best_of_families(ranking, {s: family_of(evaluation, s) for s in ranking})
    return tuple(s for s in evaluation.rollback.values if s in best)


def family_of(evaluation: Evaluation, strategy: str) -> str:
    """Return the id that a strategy was written under."""
    found = evaluation.model.strategies.get(strategy)
    return found.family if found else strategy


def family_members(evaluation: Evaluation, strategy: str) -> tuple[str, ...]:
    """Return all strategies of the same family, best first."""
    family = family_of(evaluation, strategy)
    return tuple(s for s in evaluation.rollback.ranking if family_of(evaluation, s) == family)


def ranked(evaluation: Evaluation, strategies: Iterable[str]) -> tuple[str, ...]:
    """Return the strategies, best first by certainty equivalent."""
    wanted = set(strategies)
    return tuple(s for s in evaluation.rollback.ranking if s in wanted)


def _is_in_percent(written: str) -> bool:
    """Whether values, apart from the probabilities of states, are written in per cent."""
    if not written.startswith("discrete:"):
        return "%" in written
    return any("%" in _PROBABILITY.sub("", state) for state in written.split(","))


def _with_unit(text: str, unit: str) -> str:
    return f"{text}{WIDE}{unit}" if unit else text
