"""Quantities that are read off a firm's performance: the criterion must be one of the screening."""

from collections.abc import Mapping

from decide.model.criterion import ValueTree, leaves
from decide.model.decision import Quantity
from decide.model.number import Mapped
from decide.read.nodes import Entries, Node
from decide.read.problems import Problems, nearest


def check_mapped(
    root: Entries, quantities: Mapping[str, Quantity], screening: ValueTree, problems: Problems
) -> None:
    """Note quantities that are read off what no firm is scored on, and such numbers elsewhere."""
    criteria = [criterion.id for criterion in leaves(screening)]
    for name, key in root.below("quantities").keys.items():
        quantity = quantities.get(name)
        if quantity is None or not isinstance(quantity.number.definition, Mapped):
            continue
        wanted = quantity.number.definition.criterion
        if wanted not in criteria:
            at = root.below("quantities").below(name).get("from") or key
            message = f"{name!r} is read off {wanted!r}, which is no criterion of the screening"
            problems.gap(at, message, nearest(wanted, criteria, what="screening criteria"))
    for section in root:
        for is_direct, below in _inside(root.values[section]):
            if "from" in below and not (section == "quantities" and is_direct):
                message = "`from` stands under quantities only"
                advice = "name such a quantity there, and use the name here"
                problems.error(below.keys["from"], message, advice)


def _inside(node: Node) -> list[tuple[bool, Entries]]:
    """Return the mappings below a node, and whether each stands directly below it."""
    found: list[tuple[bool, Entries]] = []
    waiting: list[tuple[int, Node]] = [(0, node)]
    while waiting:
        level, here = waiting.pop()
        if isinstance(here, Entries):
            found.append((level == 1, here))
            waiting.extend((level + 1, below) for below in here.values.values())
    return found
