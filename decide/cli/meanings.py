"""What a name of the files stands for: one function a kind of thing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import isnan

from decide.analyses.inputs import drives_of, summarise_inputs
from decide.analyses.score import weights_of
from decide.cli.facts import (
    amount_text,
    backing,
    branch_text,
    input_text,
    settings_texts,
    written,
)
from decide.model.criterion import Criterion, CriterionGroup, ValueTree
from decide.model.decision import Lever, Model, Quantity, Source, Strategy
from decide.model.number import Number
from decide.model.precedent import Precedent, ReferenceClass
from decide.model.target import Target
from decide.model.tree import ChanceNode, Node, ObservationNode
from decide.program.compile import compile_program
from decide.report.view.numerals import numerals

FRAME = ("discount_rate", "risk_tolerance")  # numbers of the decision itself

Facts = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """One thing that a name stands for."""

    kind: str  # "quantity", "criterion"
    name: str
    label: str
    facts: Facts  # in the order in which they are read; an empty one is not known or does not apply


def meanings_of(name: str, model: Model) -> tuple[Meaning, ...]:
    """Return everything that bears a name; different kinds of things may share one."""
    return tuple(explain() for known, explain in _everything(model) if known == name)


def all_names(model: Model) -> tuple[str, ...]:
    """Return every name that can be explained."""
    return tuple(dict.fromkeys(name for name, _ in _everything(model)))


def _everything(model: Model) -> Iterator[tuple[str, Callable[[], Meaning]]]:
    yield from _numbers(model)
    yield from _structure(model)


def _numbers(model: Model) -> Iterator[tuple[str, Callable[[], Meaning]]]:
    for name in FRAME:
        if getattr(model.decision, name) is not None:
            yield name, partial(_frame, name, model)
    for name, quantity in model.every_quantity().items():
        if name not in model.classes:
            yield name, partial(_quantity, name, quantity, model)
    for reference in model.classes.values():
        yield reference.id, partial(_class, reference, model)
    for lever in model.levers.values():
        yield lever.id, partial(_lever, lever, model)
    for source in model.sources.values():
        yield source.id, partial(_source, source, model)
    for precedent in model.precedents.values():
        yield precedent.id, partial(_precedent, precedent, model)


def _structure(model: Model) -> Iterator[tuple[str, Callable[[], Meaning]]]:
    for strategy in model.strategies.values():
        yield strategy.id, partial(_strategy, strategy, model)
    for node in model.nodes.values():
        yield node.id, partial(_node, node, model)
    for tree, kind in ((model.criteria, "criterion"), (model.screening, "screening criterion")):
        for member in _members(tree):
            yield member.id, partial(_criterion, member, kind, weights_of(tree)[member.id], model)
    for target in model.targets.values():
        yield target.id, partial(_target, target, model)


def _frame(name: str, model: Model) -> Meaning:
    number: Number = getattr(model.decision, name)
    facts = {
        "as_written": written(number),
        **backing(number.provenance, model),
        "where": str(number.place),
    }
    return _meaning("frame number", name, name.replace("_", " ").capitalize(), facts)


def _quantity(name: str, quantity: Quantity, model: Model) -> Meaning:
    summary = summarise_inputs(compile_program(model), model).summaries[name]
    number = quantity.number
    spread = summary.p90 > summary.p10

    def amount(x: float) -> str:
        return amount_text(x, number, model)

    years = zip(model.decision.years, summary.by_year, strict=False)
    facts = {
        "as_written": written(number),
        "mean" if spread else "value": "" if isnan(summary.mean) else amount(summary.mean),
        "p10_p50_p90": "   ".join(amount(x) for x in (summary.p10, summary.p50, summary.p90))
        if spread
        else "",
        "by_year": [f"{year}: {amount(x)}" for year, x in years],
        "inputs": [input_text(one, model) for one in summary.inputs],
        **backing(number.provenance, model),
        "drives": summary.drives,
        "where": str(quantity.place),
    }
    return _meaning("quantity", name, quantity.label, facts)


def _class(reference: ReferenceClass, model: Model) -> Meaning:
    members = (model.precedents[m] for m in reference.members)
    return _meaning(
        "reference class",
        reference.id,
        reference.label,
        {
            "successes": f"{reference.successes} of {reference.trials} that are decided",
            "counts_as_success": reference.success,
            "members": [f"{m.id}: {m.label}, {m.outcome.replace('_', ' ')}" for m in members],
            "drives": tuple(drives_of(model)[reference.id]),
            "where": str(reference.place),
        },
    )


def _lever(lever: Lever, model: Model) -> Meaning:
    strategies = {s.family: s.settings for s in model.strategies.values()}
    branches = {f"{n.id}.{b.id}": b.settings for n in model.nodes.values() for b in n.branches}
    set_by = [
        f"{user} to {setting.number.text} ({setting.number.place})"
        for user, settings in (strategies | branches).items()
        for setting in settings
        if setting.lever == lever.id
    ]
    return _meaning(
        "lever",
        lever.id,
        lever.label,
        {
            "at_first": written(lever.number, lever.unit),
            "set_by": set_by,
            "named_by": tuple(drives_of(model)[lever.id]),
            "where": str(lever.number.place),
        },
    )


def _strategy(strategy: Strategy, model: Model) -> Meaning:
    performances = model.performances.get(strategy.id, {})
    return _meaning(
        "strategy",
        strategy.id,
        strategy.label,
        {
            "note": str(strategy.note),
            "sets": settings_texts(strategy.settings),
            "pays": written(strategy.pay) if strategy.pay else "",
            "then": strategy.then or "",
            "performances": [f"{c}: {written(x)} ({x.place})" for c, x in performances.items()],
            "where": str(strategy.place),
        },
    )


def _node(node: Node, model: Model) -> Meaning:
    kind = "chance" if isinstance(node, ChanceNode) else "decision"
    above = [
        f"{n.id}.{b.id}" for n in model.nodes.values() for b in n.branches if b.then == node.id
    ]
    above += [s.id for s in model.strategies.values() if s.then == node.id]
    return _meaning(
        "observation" if isinstance(node, ObservationNode) else kind,
        node.id,
        node.label,
        {
            "year": str(node.year or "its parent's"),
            "observes": f"{node.quantity}, at {', '.join(e.text for e in node.edges)}"
            if isinstance(node, ObservationNode)
            else "",
            "given": node.given if isinstance(node, ChanceNode) else "",
            "branches": [branch_text(branch) for branch in node.branches],
            "reached_from": above,
            "where": str(node.place),
        },
    )


def _criterion(
    member: Criterion | CriterionGroup, kind: str, weight: float, model: Model
) -> Meaning:
    facts: dict[str, str | Sequence[str]] = {
        "weight": f"{100 * weight:.1f} % of the whole (swing {member.swing:g})",
        "why": member.swing_reason,
    }
    if isinstance(member, Criterion):
        facts |= {
            "question": str(member.question),
            "worst_and_best": f"{member.worst:g} and {member.best:g} {member.unit}".rstrip(),
            "levels": [f"{level.performance:g}: {level.label}" for level in member.levels],
            "overlap": f"{member.overlap}: {member.overlap_reason}" if member.overlap else "",
            "performances": [
                f"{strategy}: {written(row[member.id])} ({row[member.id].place})"
                for strategy, row in _rows(kind, model).items()
                if member.id in row
            ],
            **backing(member.provenance, model),
        }
    else:
        facts["criteria"] = [m.id for m in member.members]
    return _meaning(kind, member.id, member.label, {**facts, "where": str(member.place)})


def _target(target: Target, model: Model) -> Meaning:
    return _meaning(
        "firm",
        target.id,
        target.label,
        {
            "note": target.note,
            "facts": [f"{f.label}: {f.text} ({f.place})" for f in target.facts],
            "gates": [f"{g}: {found.status}, {found.why}" for g, found in target.gates.items()],
            "performances": [f"{c}: {written(x)}" for c, x in target.performances.items()],
            "own_quantities": [
                f"{q}@{target.id}: {written(x)}" for q, x in target.quantities.items()
            ],
            "strategies": [s.id for s in model.strategies.values() if s.target == target.id],
            "where": str(target.place),
        },
    )


def _precedent(precedent: Precedent, model: Model) -> Meaning:
    money = numerals("en", model.decision.currency).money
    return _meaning(
        "precedent",
        precedent.id,
        precedent.label,
        {
            "kind": f"{precedent.kind} by {precedent.buyer} ({precedent.buyer_kind})",
            "year": str(precedent.year),
            "price": "" if precedent.price is None else money(precedent.price),
            "outcome": precedent.outcome.replace("_", " "),
            "why": precedent.why,
            **backing(precedent.provenance, model),
            "classes": [c.id for c in model.classes.values() if precedent.id in c.members],
            "where": str(precedent.place),
        },
    )


def _source(source: Source, model: Model) -> Meaning:
    backs = [
        f"{name}: {written(quantity.number)} ({quantity.place})"
        for name, quantity in model.every_quantity().items()
        if source.id in quantity.number.provenance.sources
    ]
    backs += [p.id for p in model.precedents.values() if source.id in p.provenance.sources]
    return _meaning(
        "source",
        source.id,
        source.title,
        {
            "published": source.published_text,
            "known_by": f"{source.known_by}: {source.known_reason}" if source.known_by else "",
            "address": source.address,
            "note": source.note,
            "backs": backs,
            "where": str(source.place),
        },
    )


def _meaning(kind: str, name: str, label: object, facts: Facts) -> Meaning:
    kept = {term: fact for term, fact in facts.items() if fact}
    return Meaning(kind=kind, name=name, label=str(label) or name, facts=kept)


def _members(tree: ValueTree) -> Iterator[Criterion | CriterionGroup]:
    for member in tree:
        yield member
        if isinstance(member, CriterionGroup):
            yield from _members(member.members)


def _rows(kind: str, model: Model) -> Mapping[str, Mapping[str, Number]]:
    if kind == "criterion":
        return model.performances
    return {target.id: target.performances for target in model.targets.values()}
