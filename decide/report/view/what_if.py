"""What a page that is a what-if says of itself."""

import math
from collections.abc import Iterator

from decide.model.criterion import CriterionGroup, ValueTree
from decide.report.view.context import Context
from decide.report.view.live import amount_of, labels_of
from decide.report.words import what_if as words


def what_if_lines(context: Context) -> tuple[str, ...]:
    """Say what is moved, a line each; () for the agreed model."""
    return tuple(_lines(context))


def _lines(context: Context) -> Iterator[str]:
    model, language = context.evaluation.model, context.language
    what_if, numerals = model.what_if, context.numerals
    if what_if.is_empty:
        return
    labels, names = labels_of(context), dict(_members(context, model.criteria))
    for name, value in what_if.pinned.items():
        yield words.pinned(labels[name], amount_of(context, name, value), language)
    for name, score in what_if.shifted.items():
        yield words.shifted(labels[name], numerals.number(score), language)
    for name, swing in what_if.swings.items():
        yield words.swing(names[name], numerals.number(swing), language)
    if what_if.horizon is not None:
        yield words.horizon(what_if.horizon, language)
    if what_if.risk_tolerance is not None:
        endless = what_if.risk_tolerance == math.inf
        tolerance = "" if endless else numerals.money(what_if.risk_tolerance)
        yield words.risk_tolerance(tolerance, language)
    if what_if.acquired:
        yield words.acquired(context.target(what_if.acquired), language)
    for supposed in what_if.supposed:
        node = model.nodes[supposed.node]
        branch = next(b for b in node.branches if b.id == supposed.branch)
        name = f"{context.label(node.label)}: {context.label(branch.label)}"
        yield words.supposed(name, language, is_seen=bool(supposed.strategy))
    if what_if.withheld:
        yield words.withheld(what_if.withheld, language)


def _members(context: Context, tree: ValueTree) -> Iterator[tuple[str, str]]:
    for member in tree:
        yield member.id, context.label(member.label)
        if isinstance(member, CriterionGroup):
            yield from _members(context, member.members)
