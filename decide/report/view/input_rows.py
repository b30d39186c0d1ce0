"""Every number that a person wrote, as a row that says where it comes from."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from decide.model.criterion import Criterion, CriterionGroup, ValueTree
from decide.model.decision import Quantity
from decide.model.number import Fixed, Formula, Number, Provenance
from decide.model.place import Place
from decide.model.target import Target
from decide.model.tree import Branch, Likelihood, ObservationNode
from decide.report.view.anchors import (
    anchor,
    branch_anchor,
    criterion_anchor,
    gate_anchor,
    performance_anchor,
    setting_anchor,
    source_anchor,
    target_performance_anchor,
)
from decide.report.view.context import FRAME_NUMBERS, Context
from decide.report.view.numerals import MINUS
from decide.report.view.parts import Part
from decide.report.words import sources as words


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRow:
    """One number (or finding) of the files."""

    anchor: str
    name: str
    value: str  # as written, with its unit
    drawn: str  # what the draws made of it; "" where nothing is drawn
    grade: str  # "sourced", "judgement", "formula", "unsourced"
    grade_text: str
    sources: tuple[Part, ...]
    dates: str
    reason: str
    place: str
    is_number: bool = True


def frame_rows(context: Context) -> Iterator[InputRow]:
    """Rows of the decision's frame and of the levers' first values."""
    model = context.evaluation.model
    for name in FRAME_NUMBERS:
        number = context.number_of(name)
        if number is not None:
            title = words.frame_name(name, context.language)
            yield number_row(context, anchor("frame", name), title, number)
    for lever in model.levers.values():
        name = words.lever_at_first(context.label(lever.label), context.language)
        yield number_row(context, anchor("l", lever.id), name, lever.number, lever.unit)


def quantity_rows(context: Context) -> Iterator[InputRow]:
    """Rows of the shared quantities."""
    model = context.evaluation.model
    for quantity in model.quantities.values():
        if quantity.id not in model.classes:
            yield _quantity_row(context, quantity, quantity.id)


def strategy_rows(context: Context) -> Iterator[InputRow]:
    """Rows of what the strategies set and pay, a family once."""
    model = context.evaluation.model
    seen: set[str] = set()
    for strategy in model.strategies.values():
        if strategy.family in seen:
            continue
        seen.add(strategy.family)
        title = context.label(strategy.label)
        for setting in strategy.settings:
            lever = _lever(context, setting.lever)
            where = setting_anchor(strategy.family, setting.lever)
            yield number_row(context, where, f"{title}: {lever}", setting.number)
        if strategy.pay is not None:
            name = words.payment_of(title, context.language)
            yield number_row(context, setting_anchor(strategy.family, "pay"), name, strategy.pay)


def tree_rows(context: Context) -> Iterator[InputRow]:
    """Rows of the probabilities, payments, settings and bin edges of the tree."""
    for node in context.evaluation.model.nodes.values():
        title = context.label(node.label)
        if isinstance(node, ObservationNode):
            for index, edge in enumerate(node.edges):
                name = words.edge_of(title, index + 1, context.language)
                yield number_row(context, branch_anchor(node.id, f"edge{index}"), name, edge)
        for branch in node.branches:
            yield from _branch_rows(context, node.id, title, branch)


def criterion_rows(context: Context, tree: ValueTree) -> Iterator[InputRow]:
    """Rows of the weights and of the ranges that were weighed."""
    for member in tree:
        yield _criterion_row(context, member)
        if isinstance(member, CriterionGroup):
            yield from criterion_rows(context, member.members)


def performance_rows(context: Context) -> Iterator[InputRow]:
    """Rows of the strategies' performances, a shared one once."""
    model = context.evaluation.model
    seen: set[str] = set()
    for strategy, cells in model.performances.items():
        for criterion, number in cells.items():
            where = performance_anchor(model, strategy, criterion)
            if where not in seen:
                seen.add(where)
                name = f"{context.strategy(strategy)}: {_criterion(context, criterion)}"
                yield number_row(context, where, name, number)


def target_rows(context: Context, target: Target) -> Iterator[InputRow]:
    """Rows of one firm: facts, gates, performances and its own quantities."""
    for fact in target.facts:
        value = fact.text
        if fact.number is not None:
            value = value or _written(fact.number)
        yield _row(
            context,
            anchor("f", target.id, fact.id),
            context.label(fact.label),
            value,
            fact.provenance,
            fact.place,
            is_number=fact.number is not None,
        )
    for gate, finding in target.gates.items():
        found = context.evaluation.model.gates.get(gate)
        yield _row(
            context,
            gate_anchor(target.id, gate),
            context.label(found.label) if found else gate,
            words.status(finding.status, context.language),
            finding.provenance,
            finding.place,
            reason=" ".join(t for t in (finding.why, finding.provenance.reason) if t),
            is_number=False,
        )
    for criterion, number in target.performances.items():
        where = target_performance_anchor(target.id, criterion)
        yield number_row(context, where, _criterion(context, criterion), number)
    own = context.evaluation.model.target_quantities.get(target.id, {})
    for name, quantity in own.items():
        yield _quantity_row(context, quantity, f"{name}@{target.id}")


def correlation_rows(context: Context) -> Iterator[InputRow]:
    """Rows of the rank correlations."""
    for index, correlation in enumerate(context.evaluation.model.correlations):
        first, second = (context.quantity(q) for q in correlation.between)
        yield _row(
            context,
            anchor("r", str(index)),
            words.correlation_of(first, second, context.language),
            context.numerals.number(correlation.rank),
            correlation.provenance,
            correlation.place,
        )


def number_row(
    context: Context, where: str, name: str, number: Number, unit: str = "", drawn: str = ""
) -> InputRow:
    """Return the row of one number."""
    value = _written(number, unit)
    is_formula = isinstance(number.definition, Formula)
    return _row(
        context,
        where,
        name,
        value,
        number.provenance,
        number.place,
        is_formula=is_formula,
        drawn=drawn,
    )


def grade_of(provenance: Provenance, *, is_formula: bool = False) -> str:
    """Return how a number is backed; what a formula computes needs no source of its own."""
    if provenance.sources:
        return "sourced"
    if provenance.grade == "judgement":
        return "judgement"
    return "formula" if is_formula else "unsourced"


def source_links(context: Context, sources: Iterable[str]) -> tuple[Part, ...]:
    """Return short links to the publications' rows, by their numbers."""
    order = {source: index for index, source in enumerate(context.evaluation.model.sources, 1)}
    return tuple(
        Part(f"[{order[source]}]", f"#{source_anchor(source)}")
        for source in sources
        if source in order
    )


def source_dates(context: Context, sources: Iterable[str]) -> str:
    """Return the publications' dates as written, each once."""
    known = context.evaluation.model.sources
    dates = (known[s].published_text or str(known[s].known_by or "") for s in sources if s in known)
    return ", ".join(dict.fromkeys(d for d in dates if d))


def _quantity_row(context: Context, quantity: Quantity, key: str) -> InputRow:
    name, _, target = key.partition("@")
    where = anchor("q", name, target) if target else anchor("q", name)
    return number_row(
        context, where, context.label(quantity.label), quantity.number, drawn=_drawn(context, key)
    )


def _drawn(context: Context, quantity: str) -> str:
    summary = context.evaluation.inputs.summaries.get(quantity)
    number = context.number_of(quantity)
    if summary is None or number is None or isinstance(number.definition, Fixed):
        return ""
    texts = [context.quantity_amount(quantity, x) for x in (summary.mean, summary.p10, summary.p90)]
    return "" if math.isnan(summary.mean) else words.drawn(*texts, context.language)


def _branch_rows(context: Context, node: str, title: str, branch: Branch) -> Iterator[InputRow]:
    name = f"{title} {context.label(branch.label)}"
    if isinstance(branch.p, Number):
        yield number_row(context, branch_anchor(node, branch.id), name, branch.p)
    elif isinstance(branch.p, Likelihood):
        for index, number in enumerate(branch.p.by_state):
            where = branch_anchor(node, f"{branch.id}.{index}")
            yield number_row(context, where, f"{name} ({index + 1})", number)
    if branch.pay is not None:
        paid = words.payment_of(name, context.language)
        yield number_row(context, branch_anchor(node, f"{branch.id}.pay"), paid, branch.pay)
    for setting in branch.settings:
        where = branch_anchor(node, f"{branch.id}.set.{setting.lever}")
        yield number_row(
            context, where, f"{name}: {_lever(context, setting.lever)}", setting.number
        )


def _criterion_row(context: Context, member: Criterion | CriterionGroup) -> InputRow:
    value = words.swing(context.numerals.number(member.swing), context.language)
    if isinstance(member, Criterion):
        worst, best = (context.amount(x, member.unit, "") for x in (member.worst, member.best))
        value = words.swing_range(value, worst, best, context.language)
    provenance = Provenance(grade="judgement")
    sources: tuple[str, ...] = ()
    if isinstance(member, Criterion):
        sources = member.provenance.sources
        provenance = Provenance(sources=sources, grade="judgement")
    return _row(
        context,
        criterion_anchor(member.id),
        context.label(member.label),
        value,
        provenance,
        member.place,
        reason=member.swing_reason,
    )


def _row(
    context: Context,
    where: str,
    name: str,
    value: str,
    provenance: Provenance,
    place: Place,
    *,
    reason: str = "",
    drawn: str = "",
    is_formula: bool = False,
    is_number: bool = True,
) -> InputRow:
    grade = grade_of(provenance, is_formula=is_formula)
    return InputRow(
        anchor=where,
        name=name,
        value=value,
        drawn=drawn,
        grade=grade,
        grade_text=words.grade(grade, context.language),
        sources=source_links(context, provenance.sources),
        dates=source_dates(context, provenance.sources),
        reason=reason or " ".join(t for t in (provenance.reason, provenance.note) if t),
        place=f"{place.file}:{place.line}",
        is_number=is_number,
    )


def _written(number: Number, unit: str = "") -> str:
    text = MINUS + number.text[1:] if number.text.startswith("-") else number.text
    shown = unit or number.unit
    return text if not shown or shown == "%" or text.endswith(shown) else f"{text} {shown}"


def _lever(context: Context, lever: str) -> str:
    found = context.evaluation.model.levers.get(lever)
    return context.label(found.label) if found else lever


def _criterion(context: Context, criterion: str) -> str:
    model = context.evaluation.model
    labels = criterion_labels(context, (*model.criteria, *model.screening))
    return labels.get(criterion, criterion)


def criterion_labels(context: Context, tree: ValueTree) -> dict[str, str]:
    """Return what every criterion and group of a value tree is called."""
    labels: dict[str, str] = {}
    for member in tree:
        labels[member.id] = context.label(member.label)
        if isinstance(member, CriterionGroup):
            labels |= criterion_labels(context, member.members)
    return labels
