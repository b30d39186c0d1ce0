"""What a name of the files stands for: one function a kind of thing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import isnan

from decide.analyses.inputs import drives_of, summarise_inputs
from decide.analyses.score import weights_of
from decide.model.criterion import Criterion, CriterionGroup, ValueTree
from decide.model.decision import Lever, Model, Quantity, Source, Strategy
from decide.model.number import Number, Provenance
from decide.model.precedent import Precedent, ReferenceClass
from decide.model.target import Target
from decide.model.tree import Branch, ChanceNode, Likelihood, Node, ObservationNode, Setting
from decide.program.compile import compile_program
from decide.report.results import all_quantities
from decide.report.view.numerals import numerals

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
    for name, quantity in all_quantities(model).items():
        if name not in model.classes:
            yield name, partial(_quantity, name, quantity, model)
    for reference in model.classes.values():
        yield reference.id, partial(_class, reference, model)
    for lever in model.levers.values():
        yield lever.id, partial(_lever, lever, model)
    for strategy in model.strategies.values():
        yield strategy.id, partial(_strategy, strategy, model)
    for node in model.nodes.values():
        yield node.id, partial(_node, node, model)
    for tree, kind in ((model.criteria, "criterion"), (model.screening, "screening criterion")):
        for member in _members(tree):
            yield member.id, partial(_criterion, member, kind, weights_of(tree)[member.id], model)
    for target in model.targets.values():
        yield target.id, partial(_target, target, model)
    for precedent in model.precedents.values():
        yield precedent.id, partial(_precedent, precedent, model)
    for source in model.sources.values():
        yield source.id, partial(_source, source, model)


def _quantity(name: str, quantity: Quantity, model: Model) -> Meaning:
    summary = summarise_inputs(compile_program(model), model).summaries[name]
    number = quantity.number
    spread = summary.p90 > summary.p10

    def amount(x: float) -> str:
        return _amount(x, number, model)

    years = zip(model.decision.years, summary.by_year, strict=False)
    facts = {
        "as_written": _written(number),
        "mean" if spread else "value": "" if isnan(summary.mean) else amount(summary.mean),
        "p10_p50_p90": "   ".join(amount(x) for x in (summary.p10, summary.p50, summary.p90))
        if spread
        else "",
        "by_year": [f"{year}: {amount(x)}" for year, x in years],
        "inputs": [_input(one, model) for one in summary.inputs],
        **_backing(number.provenance, model),
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
            "at_first": _written(lever.number, lever.unit),
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
            "sets": _settings(strategy.settings),
            "pays": _written(strategy.pay) if strategy.pay else "",
            "then": strategy.then or "",
            "performances": [f"{c}: {_written(x)} ({x.place})" for c, x in performances.items()],
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
            "branches": [_branch(branch) for branch in node.branches],
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
                f"{strategy}: {_written(row[member.id])} ({row[member.id].place})"
                for strategy, row in _rows(kind, model).items()
                if member.id in row
            ],
            **_backing(member.provenance, model),
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
            "performances": [f"{c}: {_written(x)}" for c, x in target.performances.items()],
            "own_quantities": [
                f"{q}@{target.id}: {_written(x)}" for q, x in target.quantities.items()
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
            **_backing(precedent.provenance, model),
            "classes": [c.id for c in model.classes.values() if precedent.id in c.members],
            "where": str(precedent.place),
        },
    )


def _source(source: Source, model: Model) -> Meaning:
    backs = [
        f"{name}: {_written(quantity.number)} ({quantity.place})"
        for name, quantity in all_quantities(model).items()
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


def _input(name: str, model: Model) -> str:
    found = model.quantities.get(name)
    if found is not None:
        return f"{name}: {_written(found.number)} ({found.place})"
    lever = model.levers.get(name)
    return f"{name}: a lever, at first {lever.number.text}" if lever else name


def _backing(provenance: Provenance, model: Model) -> dict[str, str | list[str]]:
    sources = [model.sources[s] for s in provenance.sources if s in model.sources]
    return {
        "sources": [f"{s.title}, {_date(s)} ({s.id}, {s.place})" for s in sources],
        "grade": provenance.grade if provenance.grade != "unsourced" else "",
        "reason": provenance.reason,
        "note": provenance.note,
    }


def _date(source: Source) -> str:
    return source.published_text or f"known by {source.known_by}"


def _settings(settings: Sequence[Setting]) -> list[str]:
    return [f"{s.lever} to {s.number.text} ({s.number.place})" for s in settings]


def _branch(branch: Branch) -> str:
    p = branch.p
    if isinstance(p, Likelihood):
        odds = "p " + ", ".join(number.text for number in p.by_state)
    elif p is None:
        odds = ""
    else:
        odds = f"p {p if isinstance(p, str) else p.text}"
    paid = f"pays {branch.pay.text}" if branch.pay else ""
    sets = ", ".join(f"sets {s.lever} to {s.number.text}" for s in branch.settings)
    then = f"then {branch.then}" if branch.then else ""
    said = "; ".join(text for text in (odds, paid, sets, then) if text)
    return f"{branch.id}: {said} ({branch.place})" if said else f"{branch.id} ({branch.place})"


def _written(number: Number, unit: str = "") -> str:
    shown = unit or number.unit
    return number.text if not shown or number.text.endswith(shown) else f"{number.text} {shown}"


def _amount(x: float, number: Number, model: Model) -> str:
    writing = numerals("en", model.decision.currency)
    if number.unit == "%" or (not number.unit and "%" in number.text):
        return writing.percent_value(x)
    if model.decision.currency and number.unit.partition("/")[0] == model.decision.currency:
        return writing.money(x)
    return f"{writing.number(x)} {number.unit}".rstrip()
