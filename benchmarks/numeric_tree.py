"""Rollback of a binary tree of 1,048,575 nodes, decisions and chances by turns."""

import math
from collections.abc import Iterator

import numpy as np

from benchmarks.timing import Row, compared
from decide.analyses.numeric_tree import NumericTree, build_tree, fold_tree
from decide.uncertainty.points import Floats

LEVELS = 20

Level = tuple[Floats | None, Floats]  # of the first branch: None at decisions; pays, (2, nodes)


def rows() -> Iterator[Row]:
    """Fold the compiled tree, beside NumPy that knows that every node has two branches."""
    tree, numbers = both()
    levels = arranged(numbers)
    yield compared(
        "rollback of 1,048,575 nodes, compiled",
        lambda: fold_tree(tree),
        lambda: binary(levels),
        name="NumPy for binary trees alone",
        most=2,
    )


def check() -> None:
    """See that both ways find the same."""
    tree, numbers = both()
    assert math.isclose(best_of(tree), binary(arranged(numbers)), rel_tol=1e-12)


def best_of(tree: NumericTree) -> float:
    """Return the value at the root."""
    return float(fold_tree(tree)[tree.groups[-1, 2]])


def both(levels: int = LEVELS, decimals: int = 17) -> tuple[NumericTree, Floats]:
    """Return the same tree for either way; as numbers: branch, node, probability or pay."""
    count = 2**levels - 1
    children = np.arange(1, count)
    parents = (children - 1) // 2
    depth = np.floor(np.log2(parents + 1)).astype(np.intp)
    draw = np.random.default_rng(0)
    share = draw.random(count).round(decimals)
    first = np.where(children % 2 == 1, share[parents], 1 - share[parents])
    probabilities = np.where(depth % 2 == 0, np.nan, first)
    pays = draw.normal(size=count - 1).round(decimals)
    tree = build_tree(parents, children, probabilities, pays, range(count))
    return tree, np.ascontiguousarray(np.stack([probabilities, pays]).reshape(2, -1, 2).T)


def arranged(numbers: Floats) -> list[Level]:
    """Return the levels from the top, all first children before all second: no read has a step."""
    levels = []
    here = np.zeros(1, dtype=np.intp)
    while here[0] < numbers.shape[1]:
        p, pays = numbers[0, here, 0], np.ascontiguousarray(numbers[:, here, 1])
        levels.append((None if np.isnan(p[0]) else p, pays))
        here = np.concatenate([2 * here + 1, 2 * here + 2])
    return levels


def binary(levels: list[Level]) -> float:
    """Fold a complete binary tree by hand, in place; a chance's second branch has the rest."""
    worth = np.zeros((2, levels[-1][1].shape[1]))
    for p, pays in reversed(levels):
        first, second = worth.reshape(2, -1)
        first += pays[0]
        second += pays[1]
        if p is None:
            np.maximum(first, second, out=first)
        else:
            first -= second
            first *= p
            first += second
        worth = first
    return float(worth[0])
