"""Every number that a person wrote, as a row that says where it comes from."""

import math
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from decide.model.criterion import Criterion, CriterionGroup, ValueTree
from decide.model.decision import MOVED, Correlation, Quantity
from decide.model.distribution import Percentiles
from decide.model.number import Fixed, Number, Provenance
from decide.model.target import Target
from decide.model.tree import Branch, Likelihood, ObservationNode, Setting
from decide.report.view.anchors import (
    anchor,
    branch_anchor,
    criterion_anchor,
    gate_anchor,
    has_own_performance,
    performance_anchor,
    precedent_anchor,
    quantity_anchor,
    setting_anchor,
    target_performance_anchor,
)
from decide.report.view.context import FRAME_NUMBERS, Context
from decide.report.view.input_row import InputRow, input_row, number_row, written
from decide.report.view.options import family_title
from decide.report.view.scores import anchor_texts
from decide.report.words import precedents as precedent_words
from decide.report.words import sources as words
from decide.report.words.choice import in_series


def frame_rows(context: Context) -> Iterator[InputRow]:
    """Rows of the decision's frame and of the levers' first values."""
    model = context.evaluation.model
    for name in FRAME_NUMBERS:
        number = context.number_of(name)
        if number is not None:
            title = words.frame_name(name, context.language)
            yield number_row(context, anchor("frame", name), title, number)
    owner = words.levers_at_first(context.language)
    for lever in model.levers.values():
        yield number_row(
            context,
            quantity_anchor(model, lever.id),
            context.label(lever.label),
            lever.number,
            owner=owner,
            unit=lever.unit,
            is_definition=True,
        )


def quantity_rows(context: Context) -> Iterator[InputRow]:
    """Rows of the shared quantities."""
    model = context.evaluation.model
    for quantity in model.quantities.values():
        if quantity.id not in model.classes:
            yield _quantity_row(context, quantity, quantity.id)


def strategy_rows(context: Context) -> Iterator[InputRow]:
    """Rows of what the strategies set and pay, a family once."""
    seen: set[str] = set()
    model = context.evaluation.model
    for strategy in model.strategies.values():
        if strategy.family in seen:
            continue
        seen.add(strategy.family)
        owner = context.label(strategy.label)
        yield from _setting_rows(
            context, strategy.settings, owner, "", partial(setting_anchor, model, strategy.family)
        )
        if strategy.pay is not None:
            name = words.payment(context.language)
            where = setting_anchor(model, strategy.family, "pay")
            yield number_row(context, where, name, strategy.pay, owner=owner)


def tree_rows(context: Context) -> Iterator[InputRow]:
    """Rows of the probabilities, payments, settings and bin edges of the tree."""
    for node in context.evaluation.model.nodes.values():
        owner = context.label(node.label)
        if isinstance(node, ObservationNode):
            for index, edge in enumerate(node.edges):
                yield number_row(
                    context,
                    "",
                    words.edge(index + 1, context.language),
                    edge,
                    owner=owner,
                    is_definition=True,
                )
        for branch in node.branches:
            yield from _branch_rows(context, node.id, owner, branch)


def criterion_rows(context: Context, tree: ValueTree) -> Iterator[InputRow]:
    """Rows of the weights and of the ranges that were weighed."""
    for member in tree:
        yield _criterion_row(context, member)
        if isinstance(member, CriterionGroup):
            yield from criterion_rows(context, member.members)


def performance_rows(context: Context) -> Iterator[InputRow]:
    """Rows of the strategies' performances, a shared one once."""
    model = context.evaluation.model
    labels = criterion_labels(context, model.criteria)
    seen: set[str] = set()
    for strategy, cells in model.performances.items():
        for criterion, number in cells.items():
            where = performance_anchor(model, strategy, criterion)
            if where not in seen:
                seen.add(where)
                is_own = has_own_performance(model, strategy, criterion)
                owner = context.strategy(strategy) if is_own else family_title(context, strategy)
                yield number_row(
                    context, where, labels.get(criterion, criterion), number, owner=owner
                )


def target_rows(context: Context, target: Target) -> Iterator[InputRow]:
    """Rows of one firm: facts, gates, performances and its own quantities."""
    model = context.evaluation.model
    for fact in target.facts:
        value = fact.text or (written(fact.number, context.language) if fact.number else "")
        yield input_row(
            context,
            "",
            context.label(fact.label),
            value,
            fact.provenance,
            fact.place,
            is_number=fact.number is not None,
        )
    for gate, finding in target.gates.items():
        found = model.gates.get(gate)
        yield input_row(
            context,
            gate_anchor(model, target.id, gate),
            context.label(found.label) if found else gate,
            words.status(finding.status, context.language),
            finding.provenance,
            finding.place,
            why=finding.why,
            is_number=False,
        )
    labels = criterion_labels(context, model.screening)
    for criterion, number in target.performances.items():
        where = (
            "" if target.failed_gates else target_performance_anchor(model, target.id, criterion)
        )
        yield number_row(context, where, labels.get(criterion, criterion), number)
    own = model.target_quantities.get(target.id, {})
    for name, quantity in own.items():
        yield _quantity_row(context, quantity, f"{name}@{target.id}")


def correlation_rows(context: Context) -> Iterator[InputRow]:
    """Rows of the rank correlations."""
    for correlation in context.evaluation.model.correlations:
        first, second = (context.quantity(q) for q in correlation.between)
        yield input_row(
            context,
            "",
            words.correlation_of(first, second, context.language),
            _rank(context, correlation),
            correlation.provenance,
            correlation.place,
        )


def _rank(context: Context, correlation: Correlation) -> str:
    stated = context.numerals.number(correlation.rank)
    drawn = context.evaluation.model.ranks[correlation.between]
    if abs(drawn - correlation.rank) <= MOVED:
        return stated
    return words.repaired(stated, context.numerals.number(drawn, 3), context.language)


def precedent_rows(context: Context) -> Iterator[InputRow]:
    """Rows of the precedents, one by one."""
    for precedent in context.evaluation.model.precedents.values():
        price, years = precedent.price, precedent.years_to_deployment
        pieces = (
            str(precedent.year),
            "" if price is None else context.numerals.money_as_known(price),
            ""
            if years is None
            else words.years(context.numerals.number(years, 2), context.language),
            precedent_words.outcome(precedent.outcome, context.language),
        )
        yield input_row(
            context,
            precedent_anchor(context.evaluation.model, precedent.id),
            precedent.label,
            in_series(pieces, context.language),
            precedent.provenance,
            precedent.place,
            why=precedent.why,
        )


def _quantity_row(context: Context, quantity: Quantity, key: str) -> InputRow:
    where = quantity_anchor(context.evaluation.model, key)
    drawn = _drawn(context, key)
    return number_row(context, where, context.label(quantity.label), quantity.number, drawn=drawn)


def _drawn(context: Context, quantity: str) -> str:
    summary = context.evaluation.inputs.summaries.get(quantity)
    number = context.number_of(quantity)
    if summary is None or number is None or isinstance(number.definition, Fixed):
        return ""
    if math.isnan(summary.mean):
        return ""
    mean, p10, p90 = (
        context.quantity_amount(quantity, x) for x in (summary.mean, summary.p10, summary.p90)
    )
    if p10 == p90 or isinstance(number.definition, Percentiles):
        return words.mean(mean, context.language)
    return words.drawn(mean, p10, p90, context.language)


def _setting_rows(
    context: Context,
    settings: Iterable[Setting],
    owner: str,
    prefix: str,
    anchor_of: Callable[[str], str],
) -> Iterator[InputRow]:
    """Rows of settings; a lever put to 0 or 1 is switched, which defines the option."""
    for setting in settings:
        definition = setting.number.definition
        name = prefix + _lever(context, setting.lever)
        yield number_row(
            context,
            anchor_of(setting.lever),
            name,
            setting.number,
            owner=owner,
            is_definition=isinstance(definition, Fixed) and definition.value in (0.0, 1.0),
        )


def _branch_rows(context: Context, node: str, owner: str, branch: Branch) -> Iterator[InputRow]:
    name = context.label(branch.label)
    where = branch_anchor(context.evaluation.model, node, branch.id)
    if isinstance(branch.p, Number):
        yield number_row(context, where, name, branch.p, owner=owner)
    elif isinstance(branch.p, Likelihood):
        for index, number in enumerate(branch.p.by_state):
            text = f"{name} ({index + 1})"
            yield number_row(context, f"{where}-{index + 1}", text, number, owner=owner)
    if branch.pay is not None:
        paid = words.payment_of(name, context.language)
        yield number_row(context, "", paid, branch.pay, owner=owner)
    yield from _setting_rows(
        context,
        branch.settings,
        owner,
        f"{name}: ",
        lambda _: "",
    )


def _criterion_row(context: Context, member: Criterion | CriterionGroup) -> InputRow:
    value = words.swing(context.numerals.number(member.swing), context.language)
    sources: tuple[str, ...] = ()
    if isinstance(member, Criterion):
        value = words.swing_range(value, *anchor_texts(context, member), context.language)
        sources = member.provenance.sources
    return input_row(
        context,
        criterion_anchor(context.evaluation.model, member.id),
        context.label(member.label),
        value,
        Provenance(sources=sources, grade="judgement"),
        member.place,
        why=member.swing_reason,
    )


def _lever(context: Context, lever: str) -> str:
    found = context.evaluation.model.levers.get(lever)
    return context.label(found.label) if found else lever


def criterion_labels(context: Context, tree: ValueTree) -> dict[str, str]:
    """Return what every criterion and group of a value tree is called."""
    labels: dict[str, str] = {}
    for member in tree:
        labels[member.id] = context.label(member.label)
        if isinstance(member, CriterionGroup):
            labels |= criterion_labels(context, member.members)
    return labels
