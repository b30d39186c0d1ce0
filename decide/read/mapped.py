"""Quantities that are read off a firm's performance: the criterion must be one of the screening."""

from decide.language import said
from decide.model.criterion import ValueTree, leaves
from decide.read.nodes import Entries
from decide.read.numbers import NumberReader
from decide.read.problems import nearest


def check_mapped(root: Entries, reader: NumberReader, screening: ValueTree) -> None:
    """Note numbers that are read off what no firm is scored on, and such numbers elsewhere."""
    criteria = [criterion.id for criterion in leaves(screening)]
    quantities = root.below("quantities")
    for key, user in reader.mapped:
        if user not in quantities:
            message = said("`from` stands under quantities only")
            advice = said("name such a quantity there, and use the name here")
            reader.problems.error(key, message, advice)
            continue
        criterion = quantities.below(user).text("from")
        if criterion not in criteria:
            at = quantities.below(user).get("from") or key
            message = said(
                "{user!r} is read off {criterion!r}, which is no criterion of the screening",
                user=user,
                criterion=criterion,
            )
            reader.problems.gap(
                at,
                message,
                nearest(
                    criterion,
                    criteria,
                    what=said("screening criteria"),
                    none=said("there are no screening criteria"),
                ),
            )
