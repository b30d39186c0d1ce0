"""Every name of the files that can be explained, and what explains it."""

from collections.abc import Callable, Iterator
from functools import partial

from decide.analyses.score import weights_of
from decide.cli.explain_diagram import explain_diagram_node
from decide.cli.explain_numbers import (
    explain_class,
    explain_frame,
    explain_lever,
    explain_precedent,
    explain_quantity,
    explain_source,
)
from decide.cli.explain_structure import (
    explain_criterion,
    explain_family,
    explain_group,
    explain_node,
    explain_strategy,
    explain_target,
)
from decide.cli.meaning import Meaning
from decide.model.criterion import Criterion, CriterionGroup, ValueTree
from decide.model.decision import Model

FRAME = ("discount_rate", "risk_tolerance")  # numbers of the decision itself


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
            yield name, partial(explain_frame, name, model)
    for name, quantity in model.every_quantity().items():
        if name not in model.classes:
            yield name, partial(explain_quantity, name, quantity, model)
    for reference in model.classes.values():
        yield reference.id, partial(explain_class, reference, model)
    for lever in model.levers.values():
        yield lever.id, partial(explain_lever, lever, model)
    for source in model.sources.values():
        yield source.id, partial(explain_source, source, model)
    for precedent in model.precedents.values():
        yield precedent.id, partial(explain_precedent, precedent, model)


def _structure(model: Model) -> Iterator[tuple[str, Callable[[], Meaning]]]:
    for strategy in model.strategies.values():
        yield strategy.id, partial(explain_strategy, strategy, model)
    for family in dict.fromkeys(s.family for s in model.strategies.values() if s.target):
        yield family, partial(explain_family, family, model)
    for node in model.nodes.values():
        yield node.id, partial(explain_node, node, model)
    if model.diagram is not None:
        for part in model.diagram.nodes.values():
            yield part.id, partial(explain_diagram_node, part, model.diagram, model)
    for tree, kind in ((model.criteria, "criterion"), (model.screening, "screening criterion")):
        for member in _members(tree):
            weight = weights_of(tree)[member.id]
            if isinstance(member, Criterion):
                yield member.id, partial(explain_criterion, member, kind, weight, model)
            else:
                yield member.id, partial(explain_group, member, kind, weight)
    for target in model.targets.values():
        yield target.id, partial(explain_target, target, model)


def _members(tree: ValueTree) -> Iterator[Criterion | CriterionGroup]:
    for member in tree:
        yield member
        if isinstance(member, CriterionGroup):
            yield from _members(member.members)
