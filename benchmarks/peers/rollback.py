"""Plain Python, SilverDecisions and chondro on the rollback of a large numeric tree."""

import math
from collections.abc import Iterator

from benchmarks.numeric_tree import LEVELS, best_of, both
from benchmarks.peers.environment import beside, versions
from benchmarks.timing import Peer
from decide.uncertainty.points import Floats

SILVER_LEVELS = 15


def peers(levels: int = LEVELS, silver_levels: int = SILVER_LEVELS) -> Iterator[Peer]:
    """Let each fold the tree, or a smaller one of the same kind."""
    yield plain(levels)
    yield _silver(levels, silver_levels)
    yield Peer(name="chondro", seconds=None, note="found neither as a Python nor as a Node package")


def plain(levels: int) -> Peer:
    """Let Python alone fold the tree."""
    tree, numbers = both(levels)
    count = 2**levels - 1
    pairs = numbers.transpose(1, 0, 2).tolist()
    inner = [[(2 * k + 1, *pairs[k][0]), (2 * k + 2, *pairs[k][1])] for k in range(count // 2)]
    right = best_of(tree)

    def agrees(result: float) -> bool:
        return math.isclose(result, right, rel_tol=1e-9)

    problem = {"branches": inner + [[]] * (count - len(inner))}
    return beside("plain Python, tree in lists", "python_rollback.py", problem, agrees)


def _silver(levels: int, small: int) -> Peer:
    tree, numbers = both(small, decimals=1)  # it reckons in fractions, and refuses longer ones
    right = best_of(tree)

    def agrees(result: list[list[float]]) -> bool:
        return math.isclose(max(result[0]), right, rel_tol=1e-9)

    return beside(
        f"SilverDecisions {versions()['sd-computations']}",
        "silver_tree.mjs",
        {"tree": laid_out(numbers), "settings": [{}]},
        agrees,
        share=(2**small - 1) / (2**levels - 1),
        note=f"{2**small - 1:,} nodes, probabilities of one decimal; scaled to all nodes",
    )


def laid_out(numbers: Floats, node: int = 0) -> dict[str, object]:
    """Return the tree from a node on, every branch with its pay and the node that it leads to."""
    if node >= numbers.shape[1]:
        return {"kind": "end"}
    branches: list[dict[str, object]] = []
    for n, (p, pay) in enumerate(numbers[:, node].tolist()):
        branch = {"pay": pay, "then": laid_out(numbers, 2 * node + 1 + n)}
        branches.append(branch if math.isnan(p) else {**branch, "p": "#" if n else p})
    kind = "decision" if "p" not in branches[0] else "chance"
    return {"kind": kind, "branches": branches}
