"""Where on the page things stand: one name for each row and section.

Rows go by a letter and by their numbers in the order of the files: there are a thousand of them,
and as many links.
"""

import re
from collections.abc import Iterable, Iterator

from decide.model.criterion import CriterionGroup, ValueTree, leaves
from decide.model.decision import Model

_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")


def anchor(*words: str) -> str:
    """Return an id made of words; whatever an address cannot hold becomes a full stop."""
    return "-".join(_UNSAFE.sub(".", word) for word in words)


def _number(name: str, names: Iterable[str]) -> str:
    return str(list(names).index(name) + 1)


def _members(tree: ValueTree) -> Iterator[str]:
    """Return the ids of the groups and criteria of a value tree, from the top."""
    for member in tree:
        yield member.id
        if isinstance(member, CriterionGroup):
            yield from _members(member.members)


def _strategy_number(model: Model, name: str) -> str:
    """Return the number of a family or, after all families, of one of its strategies."""
    families = dict.fromkeys(s.family for s in model.strategies.values())
    return _number(name, dict.fromkeys((*families, *model.performances, *model.strategies)))


def quantity_anchor(model: Model, quantity: str) -> str:
    """Return the row of a quantity; a firm without its own value shares the common one."""
    name, _, target = quantity.partition("@")
    own = model.target_quantities.get(target, {})
    if name in own:
        return f"q{_number(name, (*model.quantities, *own))}-{_number(target, model.targets)}"
    if name in model.classes:
        return anchor("class", name)
    if name in model.quantities:
        return f"q{_number(name, model.quantities)}"
    if name in model.levers:
        return f"l{_number(name, model.levers)}"
    return anchor("frame", name)


def strategy_anchor(model: Model, strategy: str) -> str:
    """Return the tree of a strategy."""
    return f"tree{_strategy_number(model, strategy)}"


def option_anchor(family: str) -> str:
    """Return the card of a strategy family."""
    return anchor("option", family)


def performance_anchor(model: Model, strategy: str, criterion: str) -> str:
    """Return the row of a performance; firms without one of their own share their family's."""
    found = model.strategies.get(strategy)
    is_own = found is None or has_own_performance(model, strategy, criterion)
    owner = _strategy_number(model, strategy if is_own or not found else found.family)
    return f"p{owner}-{_number(criterion, (c.id for c in leaves(model.criteria)))}"


def has_own_performance(model: Model, strategy: str, criterion: str) -> bool:
    """Whether a firm's file says how its strategy performs, apart from its family."""
    found = model.strategies.get(strategy)
    firm = model.targets.get(found.target) if found else None
    return firm is not None and criterion in firm.strategy_performances


def setting_anchor(model: Model, family: str, lever: str) -> str:
    """Return the row of what a strategy sets a lever to, or of what it pays."""
    return f"v{_strategy_number(model, family)}-{_number(lever, ('pay', *model.levers))}"


def branch_anchor(model: Model, node: str, branch: str) -> str:
    """Return the row of a branch's probability."""
    place = _number(branch, (b.id for b in model.nodes[node].branches))
    return f"b{_number(node, model.nodes)}-{place}"


def target_performance_anchor(model: Model, target: str, criterion: str) -> str:
    """Return the row of a firm's performance on a screening criterion."""
    place = _number(criterion, (c.id for c in leaves(model.screening)))
    return f"f{_number(target, model.targets)}-{place}"


def gate_anchor(model: Model, target: str, gate: str) -> str:
    """Return the row of a firm's finding at a gate."""
    return f"g{_number(target, model.targets)}-{_number(gate, model.gates)}"


def criterion_anchor(model: Model, criterion: str) -> str:
    """Return the row of a criterion's weight and anchors, of a strategy's or of a firm's."""
    return f"c{_number(criterion, (*_members(model.criteria), *_members(model.screening)))}"


def precedent_anchor(model: Model, precedent: str) -> str:
    """Return the row of a precedent."""
    return f"e{_number(precedent, model.precedents)}"


def source_anchor(number: int) -> str:
    """Return the row of a publication, by its number in the list."""
    return f"s{number}"


def target_anchor(model: Model, target: str) -> str:
    """Return the rows of a firm."""
    return f"t{_number(target, model.targets)}"
