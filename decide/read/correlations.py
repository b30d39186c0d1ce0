"""Rank correlations between drawn quantities."""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import get_args

from decide.language import Said, in_series, listed, said
from decide.model.decision import MOVED, Correlation, Quantity
from decide.model.distribution import Distribution
from decide.read.evidence import read_provenance
from decide.read.nearest_correlation import nearest_correlation
from decide.read.nodes import Entries, Items, Scalar
from decide.read.numbers import NumberReader, is_unreadable
from decide.read.problems import Problems, nearest


def read_correlations(
    root: Entries, reader: NumberReader, quantities: Mapping[str, Quantity]
) -> tuple[Correlation, ...]:
    """Read the correlations as they are stated."""
    node = root.get("correlations")
    found: list[Correlation] = []
    for item in node.items if isinstance(node, Items) else ():
        if not isinstance(item, Entries):
            continue
        pair = item.texts("between")
        rank = reader.constant(item.get("rank"))
        provenance = read_provenance(item, reader.sources, reader.problems)
        if provenance.grade == "unsourced":
            reader.problems.warn(item, said("this correlation has neither a source nor a grade"))
        if len(pair) != 2 or pair[0].text == pair[1].text:
            at = item.get("between") or item
            named = listed([scalar.text for scalar in pair]) if pair else ""
            message = said(
                "a correlation is between two quantities, and this one between {named}", named=named
            )
            reader.problems.error(at, message, said("write between: [a, b]"))
            continue
        if not math.isnan(rank) and not -1 < rank < 1:
            reader.problems.error(
                item.values.get("rank", item),
                said(
                    "the rank correlation {rank} does not lie between -1 and 1",
                    rank=item.text("rank"),
                ),
                said("two quantities that always move together are one quantity"),
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
    return tuple(found)


def _is_drawn(
    name: str, at: Scalar, quantities: Mapping[str, Quantity], problems: Problems
) -> bool:
    if name not in quantities:
        problems.gap(
            at,
            said("there is no quantity {name!r}", name=name),
            nearest(
                name, quantities, what=said("quantities"), none=said("there are no quantities")
            ),
        )
        return False
    number = quantities[name].number
    if isinstance(number.definition, get_args(Distribution)):
        return True
    if not is_unreadable(number):
        message = said("{name!r} is not drawn, so it cannot be correlated", name=name)
        problems.gap(at, message, said("correlate the quantities that its formula names"))
    return False


def _check_twice(found: Sequence[Correlation], problems: Problems) -> None:
    seen: dict[frozenset[str], Correlation] = {}
    for correlation in found:
        pair = frozenset(correlation.between)
        if pair in seen:
            problems.error(
                correlation.place,
                said(
                    "{between} are correlated twice; first at {place}",
                    between=listed(correlation.between),
                    place=seen[pair].place,
                ),
                said("delete one"),
            )
        seen.setdefault(pair, correlation)


def joint_ranks(found: Sequence[Correlation], problems: Problems) -> dict[tuple[str, str], float]:
    """Return the rank correlations that are drawn: as stated, or repaired with a warning.

    A group that no normal copula has is brought to the nearest one that can be (Higham 2002, on
    the normal scores' correlations); pairs of it that nobody stated may then be correlated too.
    """
    ranks: dict[tuple[str, str], float] = {}
    for group in _groups(found):
        stated = {c.between: c.rank for c in group}
        names = list(dict.fromkeys(name for pair in stated for name in pair))
        matrix = [[float(i == j) for j in range(len(names))] for i in range(len(names))]
        for (a, b), rank in stated.items():
            i, j = names.index(a), names.index(b)
            matrix[i][j] = matrix[j][i] = 2 * math.sin(math.pi * rank / 6)
        if _is_positive_definite(matrix):
            ranks |= stated
            continue
        repaired = nearest_correlation(matrix)
        unstated = (p for p in combinations(names, 2) if not {p, p[::-1]} & stated.keys())
        drawn = {
            (a, b): 6 / math.pi * math.asin(repaired[names.index(a)][names.index(b)] / 2)
            for a, b in (*stated, *unstated)
        }
        ranks |= drawn
        _warn_repaired(group, names, stated, drawn, problems)
    return ranks


def _warn_repaired(
    group: Sequence[Correlation],
    names: Sequence[str],
    stated: Mapping[tuple[str, str], float],
    drawn: Mapping[tuple[str, str], float],
    problems: Problems,
) -> None:
    moved = [
        said(
            "{one} and {other} {rank:.3f} ({stated})",
            one=a,
            other=b,
            rank=rank,
            stated=_stated(stated.get((a, b))),
        )
        for (a, b), rank in drawn.items()
        if abs(rank - stated.get((a, b), 0.0)) > (MOVED if (a, b) in stated else 0.005)
    ]
    problems.warn(
        group[-1].place,
        said(
            "the rank correlations between {names} cannot hold together; drawn are the nearest "
            "that can: {moved}",
            names=", ".join(names),
            moved=in_series(moved),
        ),
        said("bring one closer to 0: what is close to a third thing is close to each other"),
    )


def _stated(rank: float | None) -> Said:
    return said("not stated") if rank is None else said("stated {rank:g}", rank=rank)


def _groups(found: Sequence[Correlation]) -> Iterator[list[Correlation]]:
    """Yield the correlations that hang together."""
    left = list(found)
    while left:
        names = set(left[0].between)
        grown = True
        while grown:
            near = {name for c in left if names & set(c.between) for name in c.between}
            grown = not near <= names
            names |= near
        yield [c for c in left if set(c.between) <= names]
        left = [c for c in left if not set(c.between) <= names]


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
