"""The decision tree section: the leader's tree in full, the others folded away."""

from dataclasses import dataclass

from decide.report.view.anchors import option_anchor, strategy_anchor
from decide.report.view.context import Context, family_of, ranked
from decide.report.view.diagram_rows import copied_from
from decide.report.view.parts import Sentence
from decide.report.view.policy import PolicyLine, policy_lines
from decide.report.view.tree_layout import TreePicture, draw_tree
from decide.report.view.tree_nodes import (
    TreeNode,
    choose_expanded,
    count_ends,
    decision_nodes,
    path_ends,
    strategy_nodes,
)
from decide.report.words import tree as words

LEADER_ROWS, OTHER_ROWS = 44, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyTree:
    """One strategy's picture and policy."""

    anchor: str
    card: str  # where its settings stand
    title: str
    summary: Sentence
    name: str  # of the picture, for those who do not see it
    description: str  # how it is read
    picture: TreePicture
    policy: tuple[PolicyLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """The fourth section."""

    opening: Sentence
    note: str
    leader: StrategyTree
    others: tuple[StrategyTree, ...]


def tree_view(context: Context) -> Trees:
    """Draw the trees and say the policy."""
    evaluation = context.evaluation
    leader = evaluation.verdict.leader
    others = tuple(s for s in ranked(evaluation, context.representatives) if s != leader)
    nodes = decision_nodes(context, leader, others)
    steps = evaluation.rollback.steps[leader]
    decisions = len({copied_from(s.node) for s in steps if s.kind == "decision" and s.reach > 0})
    ends = evaluation.rollback.values[leader].path_ends
    return Trees(
        opening=words.opening(
            context.strategy_link(leader, strong=True),
            decisions,
            words.paths(ends, ends, context.language),
            is_too_close=evaluation.verdict.clarity == "too_close",
            language=context.language,
        ),
        note=words.shared_events(context.language),
        leader=_tree(context, leader, nodes, LEADER_ROWS),
        others=tuple(
            _tree(context, s, strategy_nodes(context, s), OTHER_ROWS)
            for s in others
            if s in context.drawn_trees
        ),
    )


def _tree(context: Context, strategy: str, nodes: list[TreeNode], most_rows: int) -> StrategyTree:
    value = context.evaluation.rollback.values[strategy]
    expanded = choose_expanded(nodes, most_rows)
    is_neutral = context.evaluation.model.decision.risk_tolerance is None
    every = path_ends(context, strategy)
    shown = every - _folded_ends(nodes, expanded)
    return StrategyTree(
        anchor=strategy_anchor(context.evaluation.model, strategy),
        card=f"#{option_anchor(family_of(context.evaluation, strategy))}",
        title=context.strategy(strategy),
        summary=words.summary(
            context.scale.write(value.certainty_equivalent),
            "" if is_neutral else context.wide.write(value.expected_value),
            words.paths(every, shown, context.language),
            context.language,
        ),
        name=words.picture(context.strategy(strategy), context.language),
        description=words.picture_description(context.language),
        picture=draw_tree(context, nodes, expanded),
        policy=policy_lines(context, strategy),
    )


def _folded_ends(nodes: list[TreeNode], expanded: set[int]) -> int:
    """Return how many of the strategy's own paths are folded into rows."""
    ends = count_ends(nodes)
    return sum(
        ends[child]
        for index in expanded
        for child in nodes[index].children
        if nodes[child].children and child not in expanded
    )
