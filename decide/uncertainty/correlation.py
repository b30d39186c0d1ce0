"""A Gaussian copula with given rank correlations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from decide.uncertainty.points import Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CorrelatedGroup:
    """Quantities that are correlated, directly or through others."""

    names: tuple[str, ...]
    factor: Floats  # (names, names) lower Cholesky factor of the normal scores' correlation


def correlated_groups(
    names: Sequence[str], ranks: Mapping[tuple[str, str], float]
) -> tuple[CorrelatedGroup, ...]:
    """Group the correlated names, in the order of `names`.

    Spearman's rho becomes the normal scores' Pearson r = 2 sin(pi rho / 6) (Pearson 1907).
    Raises LinAlgError where a group's correlations cannot hold together.
    """
    graph = nx.Graph(list(ranks))
    groups = []
    for members in nx.connected_components(graph):
        ordered = tuple(name for name in names if name in members)
        matrix = np.eye(len(ordered))
        for (a, b), rank in ranks.items():
            if a in members:
                i, j = ordered.index(a), ordered.index(b)
                matrix[i, j] = matrix[j, i] = 2 * np.sin(np.pi * rank / 6)
        factor = np.asarray(np.linalg.cholesky(matrix), dtype=np.float64)
        groups.append(CorrelatedGroup(names=ordered, factor=factor))
    return tuple(sorted(groups, key=lambda group: names.index(group.names[0])))


def correlate(group: CorrelatedGroup, scores: Sequence[Floats]) -> tuple[Floats, ...]:
    """Turn independent normal scores, one array a name, into correlated ones.

    Summed term by term rather than by a matrix product, whose rounding depends on its size.
    """
    return tuple(
        sum((row[j] * scores[j] for j in range(1, i + 1) if row[j]), row[0] * scores[0])
        for i, row in enumerate(group.factor)
    )
