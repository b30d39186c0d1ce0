"""Python alone: a tree of lists, folded from the last node to the first."""

import json
import sys
from functools import partial

from timed import timed

Branch = tuple[int, float, float]  # node, probability (NaN at a decision), pay


def fold(branches: list[list[Branch]]) -> float:
    """Return the value at the root; a node stands before those that it leads to."""
    worth = [0.0] * len(branches)
    for node in range(len(branches) - 1, -1, -1):
        if own := branches[node]:
            if own[0][1] != own[0][1]:
                worth[node] = max([worth[to] + pay for to, _, pay in own])
            else:
                worth[node] = sum([p * (worth[to] + pay) for to, p, pay in own])
    return worth[0]


tree = [[tuple(branch) for branch in own] for own in json.load(sys.stdin)["branches"]]
print(json.dumps(timed(partial(fold, tree))))
