"""Where on the page things stand: one name for each row and section."""

import re

from decide.model.decision import Model

_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")


def anchor(*words: str) -> str:
    """Return an id made of words; whatever an address cannot hold becomes a full stop."""
    return "-".join(_UNSAFE.sub(".", word) for word in words)


def quantity_anchor(model: Model, quantity: str) -> str:
    """Return the row of a quantity; a firm without its own value shares the common one."""
    name, _, target = quantity.partition("@")
    if target and name in model.target_quantities.get(target, {}):
        return anchor("q", name, target)
    if name in model.classes:
        return anchor("class", name)
    if name in model.quantities:
        return anchor("q", name)
    if name in model.levers:
        return anchor("l", name)
    return anchor("frame", name)


def strategy_anchor(strategy: str) -> str:
    """Return the tree of a strategy."""
    return anchor("tree", strategy)


def option_anchor(family: str) -> str:
    """Return the card of a strategy family."""
    return anchor("option", family)


def performance_anchor(model: Model, strategy: str, criterion: str) -> str:
    """Return the row of a performance; firms without one of their own share their family's."""
    found = model.strategies.get(strategy)
    firm = model.targets.get(found.target) if found else None
    if found is None or (firm and criterion in firm.strategy_performances):
        return anchor("p", strategy, criterion)
    return anchor("p", found.family, criterion)


def setting_anchor(family: str, lever: str) -> str:
    """Return the row of what a strategy sets a lever to."""
    return anchor("v", family, lever)


def branch_anchor(node: str, branch: str) -> str:
    """Return the row of a branch's probability."""
    return anchor("b", node, branch)


def target_performance_anchor(target: str, criterion: str) -> str:
    """Return the row of a firm's performance on a screening criterion."""
    return anchor("tp", target, criterion)


def gate_anchor(target: str, gate: str) -> str:
    """Return the row of a firm's finding at a gate."""
    return anchor("g", target, gate)


def criterion_anchor(criterion: str) -> str:
    """Return the row of a criterion's weight and anchors."""
    return anchor("c", criterion)


def precedent_anchor(precedent: str) -> str:
    """Return the row of a precedent."""
    return anchor("e", precedent)


def source_anchor(number: int) -> str:
    """Return the row of a publication, by its number in the list."""
    return f"s{number}"


def target_anchor(target: str) -> str:
    """Return the rows of a firm."""
    return anchor("t", target)
