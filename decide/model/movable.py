"""The numbers that a what-if may move."""

from decide.model.decision import Model
from decide.model.number import Formula, Mapped, Number, Series


def movable(model: Model) -> dict[str, Number]:
    """Return the constants and distributions that a what-if may move, by the name it uses.

    Quantities (`price@graphcore` for a firm's own), probabilities (`node.branch.p`), performances
    (`strategy.criterion`, `target.criterion`) and `discount_rate`.
    """
    numbers = {name: q.number for name, q in model.every_quantity().items()}
    if model.decision.discount_rate is not None:
        numbers["discount_rate"] = model.decision.discount_rate
    for node in model.nodes.values():
        for branch in node.branches:
            if isinstance(branch.p, Number):
                numbers[f"{node.id}.{branch.id}.p"] = branch.p
    for strategy, row in model.performances.items():
        numbers |= {f"{strategy}.{criterion}": number for criterion, number in row.items()}
    for target in model.targets.values():
        numbers |= {f"{target.id}.{c}": number for c, number in target.performances.items()}
    return {
        name: number
        for name, number in numbers.items()
        if not isinstance(number.definition, Formula | Series | Mapped)
    }
