"""A drawn tree: lines, symbols and texts as finished paths and places."""

from collections.abc import Sequence
from dataclasses import dataclass

from decide.report.view.context import Context
from decide.report.view.fitting import shorten, wrap
from decide.report.view.numerals import MINUS
from decide.report.view.tree_nodes import TreeNode, count_ends
from decide.report.view.tree_places import (
    BAR_LEFT,
    BAR_WIDTH,
    GAP,
    LINE,
    NODE,
    PAD,
    ROW,
    SHARE_WIDTH,
    SLANT,
    TITLE_CHARACTER,
    VALUE_WIDTH,
    Places,
    label_lines,
    label_of,
    place_tree,
)
from decide.report.words import tree as words


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchText:
    """A line of what stands above a branch."""

    x: str
    y: str
    label: str
    full: str  # the whole label where it is cut; "" elsewhere
    label_href: str
    probability: str  # "" on all lines but the last
    href: str  # of the probability


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A short text at a place."""

    x: str
    y: str
    text: str
    full: str = ""  # the whole text where it is cut


@dataclass(frozen=True, slots=True, kw_only=True)
class TreePicture:
    """A tree, ready to be printed."""

    width: str
    height: str
    rule: str
    lines: str
    chosen_lines: str
    strikes: str
    squares: str
    circles: str  # of chances and observations alike
    holes: str  # what makes rings of the latter
    triangles: str
    bars: str
    labels: tuple[BranchText, ...]
    chosen_labels: tuple[BranchText, ...]
    headings: tuple[Mark, ...]
    worth_headings: tuple[Mark, ...]
    titles: tuple[Mark, ...]
    values: tuple[Mark, ...]
    worths: tuple[Mark, ...]
    losses: tuple[Mark, ...]  # the worths below zero
    folds: tuple[Mark, ...]
    reaches: tuple[Mark, ...]


def draw_tree(context: Context, nodes: Sequence[TreeNode], expanded: set[int]) -> TreePicture:
    """Draw a tree whose unexpanded nodes are folded into one row each."""
    folds = _folded(context, nodes, expanded)
    places = place_tree(nodes, expanded, folds)
    taken = [i for i in places.order if i and nodes[i].is_taken]
    other = [i for i in places.order if i and not nodes[i].is_taken]
    reached = [i for i in places.rows if nodes[i].reach > 0]
    worth_x = places.end + VALUE_WIDTH
    worths = tuple(
        _mark(worth_x, places.y[i] + 4, context.wide.write_bare(nodes[i].worth))
        for i in places.rows
    )
    width = worth_x + BAR_LEFT + BAR_WIDTH + SHARE_WIDTH
    return TreePicture(
        width=str(width),
        height=str(places.top + ROW * len(places.rows) + GAP),
        rule=f"M0 {places.top - ROW // 2}H{width}",
        lines="".join(_line(nodes, places, i) for i in other),
        chosen_lines="".join(_line(nodes, places, i) for i in taken),
        strikes="".join(_strike(places, i) for i in places.order if nodes[i].is_rejected),
        squares=_squares(nodes, places),
        circles=_dots(nodes, places, "chance", "observation"),
        holes=_dots(nodes, places, "observation"),
        triangles="".join(
            f"M{places.end} {places.y[i]}l8-5v10z" for i in places.rows if i not in places.symbols
        ),
        bars="".join(_bar(nodes, places, i) for i in reached),
        labels=tuple(text for i in other for text in _texts(nodes, places, i)),
        chosen_labels=tuple(text for i in taken for text in _texts(nodes, places, i)),
        headings=(*_headings(places), *_reach_headings(context, places)),
        worth_headings=_worth_headings(context, places),
        titles=_titles(nodes, places),
        values=tuple(
            _mark(places.symbols[i], places.y[i] + 18, context.wide.write_bare(nodes[i].worth))
            for i in places.order
            if i in expanded
        ),
        worths=tuple(m for m in worths if not m.text.startswith(MINUS)),
        losses=tuple(m for m in worths if m.text.startswith(MINUS)),
        folds=tuple(
            _mark(places.symbols[i] + NODE + PAD, places.y[i] + 4, text)
            for i, text in folds.items()
        ),
        reaches=tuple(_reach(context, nodes, places, i) for i in reached),
    )


def _folded(context: Context, nodes: Sequence[TreeNode], expanded: set[int]) -> dict[int, str]:
    """Return the rows below which something is left out, and what they say of it."""
    drawn = {child for index in expanded for child in nodes[index].children} | {0}
    ends = count_ends(nodes)
    return {
        i: words.folded_paths(ends[i], context.language)
        for i in sorted(drawn - expanded)
        if nodes[i].has_more
    }


def _line(nodes: Sequence[TreeNode], places: Places, index: int) -> str:
    level = places.y[index]
    drop = level - places.y[nodes[index].parent]
    right = places.symbols.get(index, places.end)
    return f"M{places.left(index)} {level - drop}l{SLANT}{drop:+}H{right}"


def _strike(places: Places, index: int) -> str:
    return f"M{places.left(index) + SLANT + 2} {places.y[index] - 5}l4 10m0-10l4 10"


def _squares(nodes: Sequence[TreeNode], places: Places) -> str:
    """Return strokes that a pen as wide as they are long turns into squares."""
    found = _symbols(nodes, places, "decision")
    return "".join(f"M{places.symbols[i] - NODE} {places.y[i]}h{2 * NODE}" for i in found)


def _dots(nodes: Sequence[TreeNode], places: Places, *kinds: str) -> str:
    """Return points that a wide round pen turns into discs."""
    found = _symbols(nodes, places, *kinds)
    return "".join(f"M{places.symbols[i]} {places.y[i]}h0" for i in found)


def _symbols(nodes: Sequence[TreeNode], places: Places, *kinds: str) -> list[int]:
    return [i for i in places.order if i in places.symbols and nodes[i].kind in kinds]


def _bar(nodes: Sequence[TreeNode], places: Places, index: int) -> str:
    left = places.end + VALUE_WIDTH + BAR_LEFT
    return f"M{left} {places.y[index]}h{_bar_width(nodes[index]):g}"


def _bar_width(node: TreeNode) -> float:
    return round(max(1.0, BAR_WIDTH * node.reach), 1)


def _reach(context: Context, nodes: Sequence[TreeNode], places: Places, index: int) -> Mark:
    left = places.end + VALUE_WIDTH + BAR_LEFT
    text = context.numerals.percent(nodes[index].reach)
    return _mark(left + _bar_width(nodes[index]) + PAD, places.y[index] + 4, text)


def _texts(nodes: Sequence[TreeNode], places: Places, index: int) -> tuple[BranchText, ...]:
    node = nodes[index]
    left = places.text_left(node, index)
    is_inner = index in places.expanded
    room = places.symbols[index] - NODE - left if is_inner else float("inf")
    lines = label_lines(node, room)
    last = len(lines) - 1
    return tuple(
        BranchText(
            x=str(left),
            y=str(places.y[index] - 4 - LINE * (last - place)),
            label=line,
            full=node.branch if node.branch != label_of(node) and not place else "",
            label_href="" if node.probability else node.href,
            probability="" if place < last else node.probability,
            href=node.href if node.probability else "",
        )
        for place, line in enumerate(lines)
    )


def _headings(places: Places) -> tuple[Mark, ...]:
    return tuple(
        mark
        for heading in places.headings
        for mark in _stack(places, places.columns[heading.column] - NODE, heading.lines)
    )


def _stack(places: Places, x: int, lines: Sequence[str]) -> tuple[Mark, ...]:
    """Stand lines upon the rule above the rows."""
    foot = places.top - ROW // 2 - 6
    return tuple(
        _mark(x, foot - LINE * (len(lines) - 1 - place), line) for place, line in enumerate(lines)
    )


def _worth_headings(context: Context, places: Places) -> tuple[Mark, ...]:
    x = places.end + VALUE_WIDTH
    return _stack(places, x, wrap(words.worth_heading(context.wide.unit, context.language), 8, 3))


def _reach_headings(context: Context, places: Places) -> tuple[Mark, ...]:
    x = places.end + VALUE_WIDTH + BAR_LEFT
    return _stack(places, x, wrap(words.reach_heading(context.language), 20, 3))


def _titles(nodes: Sequence[TreeNode], places: Places) -> tuple[Mark, ...]:
    """Name the nodes of the columns that no heading stands over."""
    headed = {heading.column for heading in places.headings}
    return tuple(
        mark
        for i in places.order
        if i in places.expanded and places.depth[i] not in headed
        for mark in _title(nodes, places, i)
    )


def _title(nodes: Sequence[TreeNode], places: Places, index: int) -> tuple[Mark, ...]:
    """Stand a node's title under its branch, on two lines where its own branches make room."""
    node = nodes[index]
    right = places.symbols[index] - 2 * NODE
    longest = (right - places.left(index) - SLANT) / TITLE_CHARACTER if index else 0
    first, last = node.children[0], node.children[-1]
    most_lines = 2 if places.y[last] - places.y[first] > ROW else 1
    lines = [shorten(line, longest) for line in wrap(node.title, longest, most_lines)]
    is_cut = " ".join(lines) != node.title
    return tuple(
        Mark(
            x=str(right),
            y=str(places.y[index] + 11 + (LINE - 1) * place),
            text=line,
            full=node.title if is_cut and not place else "",
        )
        for place, line in enumerate(lines)
    )


def _mark(x: float, y: int, text: str) -> Mark:
    return Mark(x=str(round(x)), y=str(y), text=text)
