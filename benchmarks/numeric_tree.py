"""Rollback of a binary tree of 1,048,575 nodes, decisions and chances by turns."""

from collections.abc import Iterator

import numpy as np

from benchmarks.timing import Row, compared
from decide.analyses.numeric_tree import NumericTree, build_tree, fold_tree
from decide.uncertainty.points import Floats

LEVELS = 20


def rows() -> Iterator[Row]:
    """Fold the compiled tree, beside NumPy that knows that every node has two branches."""
    tree, by_hand = both()
    yield compared(
        "rollback of 1,048,575 nodes, compiled",
        lambda: fold_tree(tree),
        lambda: binary(by_hand),
        name="NumPy for binary trees alone",
        most=2,
    )


def check() -> None:
    """See that both ways find the same."""
    tree, by_hand = both()
    assert best_of(tree) == binary(by_hand)


def best_of(tree: NumericTree) -> float:
    """Return the value at the root."""
    return float(fold_tree(tree)[tree.groups[-1, 2]])


def both(levels: int = LEVELS, decimals: int = 17) -> tuple[NumericTree, Floats]:
    """Return the same tree for either way; by hand: branch, node, probability or pay."""
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


def binary(numbers: Floats) -> float:
    """Fold a complete binary tree by hand; axes: branch, node, probability or pay."""
    (p0, y0), (p1, y1) = (numbers[branch].T for branch in (0, 1))
    worth = np.zeros(2 ** (LEVELS - 1))
    for level in reversed(range(LEVELS - 1)):
        here = slice(2**level - 1, 2 ** (level + 1) - 1)
        a, b = worth[0::2] + y0[here], worth[1::2] + y1[here]
        worth = np.maximum(a, b) if level % 2 == 0 else a * p0[here] + b * p1[here]
    return float(worth[0])
