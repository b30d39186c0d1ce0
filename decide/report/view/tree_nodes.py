"""A strategy's unfolded tree with names, and which of its parts are drawn."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from decide.analyses.rollback import Step
from decide.model.number import Number
from decide.model.tree import Branch, Likelihood, Node, NodeKind, ObservationNode
from decide.report.view.anchors import branch_anchor
from decide.report.view.context import Context
from decide.report.words import tree as words


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeNode:
    """A node and the branch that leads to it."""

    parent: int  # -1 at the top
    kind: NodeKind
    branch: str  # what the branch is called
    probability: str  # "" for an option
    href: str  # of the probability, or of an option that is a strategy; "" where there is none
    title: str  # what the node is called, with its year; "" at an end
    worth: float
    reach: float
    is_taken: bool  # on the way of the policy
    is_rejected: bool  # an option that is not chosen
    step: int  # its index among the strategy's steps; -1 above them
    hidden_ends: int = 0  # path ends of another strategy's tree, which is drawn elsewhere
    children: list[int] = field(default_factory=list)

    @property
    def has_more(self) -> bool:
        """Whether anything lies below it, drawn or not."""
        return bool(self.children) or self.hidden_ends > 0


def strategy_nodes(context: Context, strategy: str) -> list[TreeNode]:
    """Name the steps of one strategy."""
    steps = context.evaluation.rollback.steps[strategy]
    nodes = [_node(context, steps, index) for index in range(len(steps))]
    _adopt(nodes)
    return nodes


def decision_nodes(context: Context, leader: str, others: Sequence[str]) -> list[TreeNode]:
    """Put the choice of a strategy above the leader's tree; the others are single rows."""
    below = strategy_nodes(context, leader)
    value = context.evaluation.rollback.values
    root = TreeNode(
        parent=-1,
        kind="decision",
        branch="",
        probability="",
        href="",
        title=words.choose_strategy(context.language),
        worth=value[leader].certainty_equivalent,
        reach=1.0,
        is_taken=True,
        is_rejected=False,
        step=-1,
    )
    nodes = [root]
    for strategy in (leader, *others):
        top = below[0] if strategy == leader else strategy_nodes(context, strategy)[0]
        nodes.append(_as_option(context, top, strategy, is_leader=strategy == leader))
        if strategy == leader:
            nodes.extend(replace(n, parent=n.parent + 1, children=[]) for n in below[1:])
    _adopt(nodes)
    return nodes


def _as_option(context: Context, top: TreeNode, strategy: str, *, is_leader: bool) -> TreeNode:
    link = context.strategy_link(strategy)
    return TreeNode(
        parent=0,
        kind=top.kind,
        branch=link.text,
        probability="",
        href=link.href,
        title=top.title,
        worth=context.evaluation.rollback.values[strategy].certainty_equivalent,
        reach=1.0 if is_leader else 0.0,
        is_taken=is_leader,
        is_rejected=not is_leader,
        step=top.step,
        hidden_ends=0 if is_leader or not top.children else path_ends(context, strategy),
    )


def path_ends(context: Context, strategy: str) -> int:
    """Return how many paths a strategy's tree shows: those that end, or go on as another does."""
    steps = context.evaluation.rollback.steps[strategy]
    return sum(step.kind in {"end", "merged"} for step in steps)


def count_ends(nodes: Sequence[TreeNode]) -> list[int]:
    """Return the number of path ends at or below each node."""
    ends = [0 if node.children else max(1, node.hidden_ends) for node in nodes]
    for index in range(len(nodes) - 1, 0, -1):
        ends[nodes[index].parent] += ends[index]
    return ends


def choose_expanded(nodes: Sequence[TreeNode], most_rows: int) -> set[int]:
    """Return the nodes whose branches are drawn, the likeliest first, within so many rows."""
    expanded: set[int] = set()
    rows = 1
    waiting = [(-nodes[0].reach, 0, 0)]
    while waiting:
        _, depth, index = heapq.heappop(waiting)
        children = nodes[index].children
        if not children or (rows + len(children) - 1 > most_rows and index):
            continue
        expanded.add(index)
        rows += len(children) - 1
        for child in children:
            heapq.heappush(waiting, (-nodes[child].reach, depth + 1, child))
    return expanded


def branch_of(node: Node, name: str) -> Branch | None:
    """Return a node's branch by its id."""
    return next((b for b in node.branches if b.id == name), None)


def branch_label(context: Context, node: Node, name: str) -> str:
    """Return what a branch is called; a bin without a name of its own is named by its edges."""
    branch = branch_of(node, name)
    if branch is None:
        return name
    text = context.label(branch.label)
    if isinstance(node, ObservationNode) and is_bare(branch, text):
        index = node.branches.index(branch)
        return bins_label(context, node, index, index)
    return text


def is_bare(branch: Branch, text: str) -> bool:
    """Whether a branch has no name of its own."""
    return not text or text in (branch.id, branch.id.replace("_", " "))


def bins_label(context: Context, node: ObservationNode, first: int, last: int) -> str:
    """Name the bins from `first` to `last` by their edges."""
    edges = [context.amount(_constant(e), e.unit, e.text) for e in node.edges]
    low = edges[first - 1] if first else ""
    high = edges[last] if last < len(edges) else ""
    return words.bin_range(low, high, context.language)


def _constant(number: Number) -> float:
    return getattr(number.definition, "value", float("nan"))


def _node(context: Context, steps: Sequence[Step], index: int) -> TreeNode:
    step = steps[index]
    nodes = context.evaluation.model.nodes
    above = nodes.get(steps[step.parent].node) if step.parent >= 0 else None
    is_option = step.parent >= 0 and steps[step.parent].kind == "decision"
    is_chosen = not is_option or steps[step.parent].choice == step.branch
    here = nodes.get(step.node)
    return TreeNode(
        parent=step.parent,
        kind=step.kind,
        branch=_branch_text(context, steps, index),
        probability="" if is_option or not above else context.numerals.percent(step.probability),
        href=_probability_href(context, above, step.branch) if above and not is_option else "",
        title=words.node_title(context.label(here.label), step.year, context.language)
        if here
        else "",
        worth=step.certainty_equivalent,
        reach=step.reach,
        is_taken=step.reach > 0,
        is_rejected=not is_chosen,
        step=index,
    )


def _branch_text(context: Context, steps: Sequence[Step], index: int) -> str:
    """Return what a branch is called, and after which its future is shown if not here."""
    step = steps[index]
    nodes = context.evaluation.model.nodes
    above = nodes.get(steps[step.parent].node) if step.parent >= 0 else None
    text = branch_label(context, above, step.branch) if above else step.branch
    if step.kind != "merged":
        return text
    return words.merged(text, context.label(nodes[step.node].label), context.language)


def _probability_href(context: Context, node: Node, name: str) -> str:
    """Return what a probability rests on: its own number, what is observed, or its brothers'."""
    model = context.evaluation.model
    if isinstance(node, ObservationNode):
        return context.quantity_link(node.quantity).href
    branch = branch_of(node, name)
    own = (branch,) if branch and branch.p != "rest" else node.branches
    for found in own:
        where = branch_anchor(model, node.id, found.id)
        if isinstance(found.p, Number):
            return f"#{where}"
        if isinstance(found.p, Likelihood):
            return f"#{where}-1"
    return ""


def _adopt(nodes: Sequence[TreeNode]) -> None:
    for index, node in enumerate(nodes):
        if node.parent >= 0:
            nodes[node.parent].children.append(index)
