"""Rank correlations between drawn quantities."""

import math
from collections.abc import Mapping, Sequence
from typing import get_args

from decide.model.decision import Correlation, Quantity
from decide.model.distribution import Distribution
from decide.read.evidence import read_provenance
from decide.read.nodes import Entries, Items, Scalar
from decide.read.numbers import NumberReader, is_unreadable
from decide.read.problems import Problems, nearest


def read_correlations(
    root: Entries, reader: NumberReader, quantities: Mapping[str, Quantity]
) -> tuple[Correlation, ...]:
    """Read the correlations, and note those that cannot hold together."""
    node = root.get("correlations")
    found: list[Correlation] = []
    for item in node.items if isinstance(node, Items) else ():
        if not isinstance(item, Entries):
            continue
        pair = item.texts("between")
        rank = reader.constant(item.get("rank"))
        provenance = read_provenance(item, reader.sources, reader.problems)
        if provenance.grade == "unsourced":
            reader.problems.warn(item, "this correlation has neither a source nor a grade")
        if len(pair) != 2 or pair[0].text == pair[1].text:
            at = item.get("between") or item
            shown = " and ".join(scalar.text for scalar in pair)
            message = f"a correlation is between two quantities, and this one between {shown}"
            reader.problems.error(at, message, "write between: [a, b]")
            continue
        if not math.isnan(rank) and not -1 < rank < 1:
            reader.problems.error(
                item.values.get("rank", item),
                f"the rank correlation {item.text('rank')} does not lie between -1 and 1",
                "two quantities that always move together are one quantity",
            )
            continue
        drawn = [_is_drawn(name.text, name, quantities, reader.problems) for name in pair]
        if all(drawn) and not math.isnan(rank):
            found.append(
                Correlation(
                    between=(pair[0].text, pair[1].text),
                    rank=rank,
                    provenance=provenance,
                    place=item.place,
                )
            )
    _check_twice(found, reader.problems)
    _check_together(found, reader.problems)
    return tuple(found)


def _is_drawn(
    name: str, at: Scalar, quantities: Mapping[str, Quantity], problems: Problems
) -> bool:
    if name not in quantities:
        problems.gap(
            at, f"there is no quantity {name!r}", nearest(name, quantities, what="quantities")
        )
        return False
    number = quantities[name].number
    if isinstance(number.definition, get_args(Distribution)):
        return True
    if not is_unreadable(number):
        message = f"{name!r} is not drawn, so it cannot be correlated"
        problems.gap(at, message, "correlate the quantities that its formula names")
    return False


def _check_twice(found: Sequence[Correlation], problems: Problems) -> None:
    seen: dict[frozenset[str], Correlation] = {}
    for correlation in found:
        pair = frozenset(correlation.between)
        if pair in seen:
            problems.error(
                correlation.place,
                f"{' and '.join(correlation.between)} are correlated twice; first at "
                f"{seen[pair].place}",
                "delete one",
            )
        seen.setdefault(pair, correlation)


def _check_together(found: Sequence[Correlation], problems: Problems) -> None:
    """Note a group whose correlations no joint distribution has (Cholesky's test)."""
    left = list(found)
    while left:
        names = list(left[0].between)
        grown = True
        while grown:
            near = [c for c in left if set(c.between) & set(names)]
            grown = any(n not in names for c in near for n in c.between)
            names = list(dict.fromkeys([*names, *(n for c in near for n in c.between)]))
        group = [c for c in left if set(c.between) <= set(names)]
        left = [c for c in left if c not in group]
        matrix = [[float(i == j) for j in range(len(names))] for i in range(len(names))]
        for c in group:
            i, j = (names.index(name) for name in c.between)
            matrix[i][j] = matrix[j][i] = 2 * math.sin(math.pi * c.rank / 6)
        if not _is_positive_definite(matrix):
            problems.error(
                group[-1].place,
                f"the rank correlations between {', '.join(names)} cannot hold together",
                "bring one closer to 0: what is close to a third thing is close to each other",
            )


def _is_positive_definite(matrix: list[list[float]]) -> bool:
    size = len(matrix)
    factor = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(factor[i][k] * factor[j][k] for k in range(j))
            if i == j:
                if rest <= 1e-12:
                    return False
                factor[i][i] = math.sqrt(rest)
            else:
                factor[i][j] = rest / factor[j][j]
    return True
