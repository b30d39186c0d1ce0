"""A tree of numbers alone, folded back level by level: no node is ever an object.

For trees that other programs make, of any size and depth. The payments of a path add up; a node
whose branches carry probabilities is a chance node, one whose branches carry none a decision.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from decide.analyses.policy import TIE
from decide.analyses.utility import combine
from decide.language import Said, said, said_many
from decide.model.place import InvalidInputError, Problem
from decide.uncertainty.points import Floats

Places = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

SUM_ERROR = 1e-9
NAMED = 3  # how many of the nodes at fault a message names


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NumericTree:
    """Nodes of one depth, kind and number of branches form a group; groups stand deepest first.

    Inner nodes are numbered in that order, the root last, and leaves follow. A group's edges stand
    together: the first branch of each of its nodes, then the second of each, and so on.
    """

    nodes: Places  # (n,) place of each node among those that were given
    children: Places  # (m,) the node that each edge leads to
    probabilities: Floats  # (m,) nan at decisions
    pays: Floats  # (m,)
    groups: Places  # (groups, 5) first edge, past the last; first node, past the last; a decision


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NumericRollback:
    """What every node of a numeric tree is worth, and what is chosen; in the tree's numbering."""

    expected_values: Floats  # (n,) under the policy
    certainty_equivalents: Floats  # (n,) equal to the expected values when risk-neutral
    choices: Places  # (n,) the node that is chosen at a decision, -1 elsewhere; ties: the first
    reach: Floats  # (n,) probability of coming there under the policy


def build_tree(
    parents: Places, children: Places, probabilities: Floats, pays: Floats, names: Sequence[object]
) -> NumericTree:
    """Sort the edges of a tree, (m,) each; nan stands for no probability.

    Nodes are places in `names`, which messages use. Raises InvalidInputError with everything that
    is wrong: a node with two parents, two roots, a circle, probabilities that do not sum to 1.
    """
    depths = _depths(parents, children, len(names))
    problems = _wrong_shape(children, depths, names)
    problems += _wrong_numbers(parents, probabilities, pays, names)
    if problems:
        raise InvalidInputError(problems)
    branches = np.bincount(parents, minlength=len(names))
    is_decision = np.zeros(len(names), dtype=bool)
    is_decision[parents] = np.isnan(probabilities)
    inner = np.flatnonzero(branches)
    kinds = np.stack([-depths[inner], is_decision[inner], branches[inner]])
    folded = np.lexsort(kinds[::-1])
    inner, kinds = inner[folded], kinds[:, folded]
    nodes = np.concatenate([inner, np.flatnonzero(branches == 0)])
    numbers = np.empty(len(names), dtype=np.intp)
    numbers[nodes] = np.arange(len(names))
    is_new = np.concatenate([[True], (kinds[:, 1:] != kinds[:, :-1]).any(axis=0)])
    group = np.cumsum(is_new)[numbers[parents]]
    order = np.lexsort((numbers[parents], _positions(parents, branches), group))
    return NumericTree(
        nodes=nodes,
        children=numbers[children[order]],
        probabilities=probabilities[order],
        pays=pays[order],
        groups=_groups(np.flatnonzero(is_new), kinds[1], kinds[2]),
    )


def roll_back_tree(tree: NumericTree, *, risk_tolerance: float | None = None) -> NumericRollback:
    """Fold a tree back, taking at every decision the option with the best certainty equivalent.

    With exponential utility a certain payment shifts a certainty equivalent by itself, so what a
    node is worth does not depend on what was paid before it.
    """
    equivalents = fold_tree(tree, risk_tolerance=risk_tolerance)
    choices, weights = _choose(tree, equivalents)
    expected = equivalents if risk_tolerance is None else fold_tree(tree, held=weights)
    return NumericRollback(
        expected_values=expected,
        certainty_equivalents=equivalents,
        choices=choices,
        reach=_reach(tree, weights),
    )


def fold_tree(
    tree: NumericTree, *, risk_tolerance: float | None = None, held: Floats | None = None
) -> Floats:
    """Return what every node is worth, (n,); `held` are edges' weights under a policy, (m,)."""
    weights = tree.probabilities if held is None else held
    worth = np.zeros(len(tree.nodes))
    for first, last, node, end, is_decision in tree.groups.tolist():
        x = worth[tree.children[first:last]]
        x += tree.pays[first:last]
        options = x.reshape(-1, end - node)
        if is_decision and held is None:
            worth[node:end] = options.max(axis=0)
        else:
            p = weights[first:last].reshape(options.shape)
            worth[node:end] = (
                (p * options).sum(axis=0)
                if risk_tolerance is None
                else combine(p, options, risk_tolerance)
            )
    return worth


def _choose(tree: NumericTree, worth: Floats) -> tuple[Places, Floats]:
    """Return the node chosen at each decision, (n,), and each edge's weight under that, (m,)."""
    choices = np.full(len(tree.nodes), -1, dtype=np.intp)
    weights = tree.probabilities.copy()
    for first, last, node, end, is_decision in tree.groups.tolist():
        if is_decision:
            children = tree.children[first:last].reshape(-1, end - node)
            x = worth[children] + tree.pays[first:last].reshape(children.shape)
            best = worth[node:end]
            near = x >= best - TIE * np.maximum(np.abs(best), np.abs(x))
            taken = near.argmax(axis=0)
            choices[node:end] = np.take_along_axis(children, taken[None], axis=0)[0]
            weights[first:last] = (np.arange(len(x))[:, None] == taken).ravel()
    return choices, weights


def _reach(tree: NumericTree, weights: Floats) -> Floats:
    reach = np.zeros(len(tree.nodes))
    reach[tree.groups[-1, 2]] = 1.0
    for first, last, node, end, _ in tree.groups[::-1].tolist():
        here = weights[first:last].reshape(-1, end - node) * reach[node:end]
        reach[tree.children[first:last]] = here.ravel()
    return reach


def _depths(parents: Places, children: Places, count: int) -> Places:
    """Return how many edges lead to each node; a node in or below a circle has -1.

    Pointers are doubled: each round looks twice as far up.
    """
    above = np.arange(count)
    above[children] = parents
    depths = (above != np.arange(count)).astype(np.intp)
    for _ in range(count.bit_length() + 1):
        further = above[above]
        if (further == above).all():
            break
        depths = depths + depths[above]
        above = further
    is_root = np.ones(count, dtype=bool)
    is_root[children] = False
    return np.asarray(np.where(is_root[above], depths, -1), dtype=np.intp)


def _positions(parents: Places, branches: Places) -> Places:
    """Return which of its parent's branches each edge is, counted from 0."""
    order = np.argsort(parents, kind="stable")
    found = np.empty(len(parents), dtype=np.intp)
    before = np.cumsum(branches) - branches
    found[order] = np.arange(len(parents)) - before[parents[order]]
    return found


def _groups(first: Places, is_decision: Places, branches: Places) -> Places:
    """Return the bounds of groups in edges and inner nodes, given the first node of each."""
    edges = np.concatenate([[0], np.cumsum(branches)])
    end = np.append(first[1:], len(branches))
    return np.stack([edges[first], edges[end], first, end, is_decision[first]], axis=1)


def _wrong_shape(children: Places, depths: Places, names: Sequence[object]) -> list[Problem]:
    parents_of = np.bincount(children, minlength=len(names))
    found = []
    several = np.flatnonzero(parents_of > 1)
    if len(several):
        found.append(
            Problem(
                place=None,
                message=said("{several} more than one parent", several=_named(several, names)),
                advice=said("a tree has one way to each node: give every way a node of its own"),
            )
        )
    roots = np.flatnonzero(parents_of == 0)
    if len(roots) > 1:
        found.append(
            Problem(
                place=None,
                message=said(
                    "{roots} no parent, but a tree has one root", roots=_named(roots, names)
                ),
                advice=said("join them under one node, or fold them one by one"),
            )
        )
    circle = np.flatnonzero(depths < 0)
    if len(circle) and not len(several):
        found.append(
            Problem(
                place=None,
                message=said(
                    "{circle} no way from the root: the edges run in a circle",
                    circle=_named(circle, names),
                ),
                advice=said("take out the edge that leads back"),
            )
        )
    return found


def _wrong_numbers(
    parents: Places, probabilities: Floats, pays: Floats, names: Sequence[object]
) -> list[Problem]:
    count = len(names)
    given = np.bincount(parents, ~np.isnan(probabilities), count)
    edges = np.bincount(parents, minlength=count)
    mixed = np.flatnonzero((given > 0) & (given < edges))
    outside = np.flatnonzero(np.bincount(parents, ~_is_share(probabilities), count))
    whole = np.bincount(parents, np.nan_to_num(probabilities), count)
    is_chance = (given > 0) & (given == edges)
    is_chance[outside] = False
    wrong = np.flatnonzero(is_chance & (np.abs(whole - 1) > SUM_ERROR))
    unpaid = np.flatnonzero(np.bincount(parents, ~np.isfinite(pays), count))
    rules = (
        (
            mixed,
            said("a probability on some branches only"),
            said("give one to all, or to none: a decision"),
        ),
        (outside, said("a probability outside [0, 1]"), said("give one from 0 to 1")),
        (wrong, said("probabilities that do not sum to 1"), said("make them sum to 1")),
        (unpaid, said("a payment that is not a finite number"), said("give a number, or 0")),
    )
    return [
        Problem(
            place=None,
            message=said("{nodes} {what}", nodes=_named(at, names), what=what),
            advice=advice,
        )
        for at, what, advice in rules
        if len(at)
    ]


def _is_share(probabilities: Floats) -> Flags:
    return np.isnan(probabilities) | ((probabilities >= 0) & (probabilities <= 1))


def _named(at: Places, names: Sequence[object]) -> Said:
    """Name the first few nodes: "node 'a' has", "nodes 'a', 'b' and 12 others have"."""
    shown: str = ", ".join(repr(names[n]) for n in at[:NAMED])
    if len(at) > NAMED:
        shown = said("{nodes} and {number:,} others", nodes=shown, number=len(at) - NAMED)
    return said_many(len(at), "node {nodes} has", "nodes {nodes} have", nodes=shown)
