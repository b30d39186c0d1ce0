"""The decision tree section: the leader's tree in full, the others folded away."""

from dataclasses import dataclass

from decide.report.view.anchors import strategy_anchor
from decide.report.view.context import Context, ranked
from decide.report.view.parts import Sentence
from decide.report.view.policy import policy_sentences
from decide.report.view.tree_layout import TreePicture, draw_tree
from decide.report.view.tree_nodes import (
    TreeNode,
    choose_expanded,
    count_ends,
    decision_nodes,
    strategy_nodes,
)
from decide.report.words import tree as words

LEADER_ROWS, OTHER_ROWS = 44, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyTree:
    """One strategy's picture and policy."""

    anchor: str
    title: str
    summary: str
    name: str  # of the picture, for those who do not see it
    description: str
    picture: TreePicture
    policy: tuple[str, ...]


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
    decisions = len({s.node for s in steps if s.kind == "decision" and s.reach > 0})
    ends = sum(1 for s in steps if s.kind == "end")
    return Trees(
        opening=words.opening(
            context.strategy_link(leader, strong=True),
            decisions,
            words.paths(ends, "", context.language),
            context.language,
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
    write = context.scale.write
    expanded = choose_expanded(nodes, most_rows)
    total = count_ends(nodes)[0]
    drawn = sum(1 for i in expanded for child in nodes[i].children if not nodes[child].children)
    shown = str(drawn) if drawn < total else ""
    worth = words.summary(
        write(value.certainty_equivalent), write(value.expected_value), context.language
    )
    return StrategyTree(
        anchor=strategy_anchor(strategy),
        title=context.strategy(strategy),
        summary=f"{worth}; {words.paths(total, shown, context.language)}",
        name=words.picture(context.strategy(strategy), context.language),
        description=words.picture_description(context.language),
        picture=draw_tree(context, nodes, expanded),
        policy=policy_sentences(context, strategy),
    )
