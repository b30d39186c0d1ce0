"""Where the parts of a drawn tree stand: columns, rows, lines and symbols as finished paths."""

from collections.abc import Sequence
from dataclasses import dataclass

from decide.report.view.context import Context
from decide.report.view.scale import coordinate as c
from decide.report.view.scale import whole
from decide.report.view.tree_nodes import TreeNode, count_ends
from decide.report.words import tree as words

ROW = 20
TOP = 44
SLANT = 25  # from a node to where its branch runs level
NODE = 6  # half a symbol's width
CHARACTER, BOLD_CHARACTER = 6.1, 6.9  # of a label, on average
SMALL_CHARACTER = 5.2  # of a node's title
HEADING_CHARACTER = 7.2
LONGEST_LABEL, LONGEST_TITLE = 30, 27
VALUE_WIDTH, BAR_WIDTH, FOLD_WIDTH = 64, 110, 84


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchText:
    """What stands above a branch."""

    x: str
    y: str
    label: str
    probability: str
    label_href: str
    href: str  # of the probability


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A short text at a place."""

    x: str
    y: str
    text: str
    is_negative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TreePicture:
    """A tree, ready to be printed."""

    width: str
    height: str
    lines: str
    chosen_lines: str
    strikes: str
    squares: str
    circles: str
    rings: str
    triangles: str
    bars: str
    labels: tuple[BranchText, ...]
    chosen_labels: tuple[BranchText, ...]
    titles: tuple[Mark, ...]
    values: tuple[Mark, ...]
    worths: tuple[Mark, ...]
    folds: tuple[Mark, ...]
    reaches: tuple[Mark, ...]
    worth_x: str
    reach_x: str
    heading_y: str
    root_title: str
    worth_heading: str
    reach_heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    order: tuple[int, ...]  # the drawn nodes, a parent before its children
    rows: tuple[int, ...]  # the drawn nodes that end a row
    y: dict[int, float]
    depth: dict[int, int]
    columns: tuple[float, ...]
    end: float  # where the triangles stand


def draw_tree(context: Context, nodes: Sequence[TreeNode], expanded: set[int]) -> TreePicture:
    """Draw a tree whose unexpanded nodes are folded into one row each."""
    places = _places(nodes, expanded)
    folded = tuple(i for i in places.rows if nodes[i].has_more)
    worth_x = places.end + VALUE_WIDTH
    taken = [i for i in places.order if nodes[i].is_taken]
    other = [i for i in places.order if not nodes[i].is_taken]
    return TreePicture(
        width=c(worth_x + 22 + BAR_WIDTH + 44),
        height=c(TOP + ROW * len(places.rows)),
        lines="".join(_line(nodes, places, i) for i in other),
        chosen_lines="".join(_line(nodes, places, i) for i in taken),
        strikes="".join(_strike(places, i) for i in places.order if nodes[i].is_rejected),
        squares=_symbols(nodes, places, "decision"),
        circles=_symbols(nodes, places, "chance"),
        rings=_symbols(nodes, places, "observation"),
        triangles="".join(
            f"M{c(places.end - 4)} {c(places.y[i])}l8-5v10z" for i in places.rows if i not in folded
        ),
        bars="".join(_bar(nodes, places, worth_x, i) for i in places.rows if nodes[i].reach > 0),
        labels=tuple(_text(nodes, places, i) for i in other if i),
        chosen_labels=tuple(_text(nodes, places, i) for i in taken if i),
        titles=tuple(_title(nodes, places, i) for i in places.order if i in expanded and i),
        values=tuple(_value(context, nodes, places, i) for i in places.order if i in expanded),
        worths=tuple(_worth(context, nodes, places, worth_x, i) for i in places.rows),
        folds=_folds(context, nodes, places, folded),
        reaches=tuple(
            _reach(context, nodes, places, worth_x, i) for i in places.rows if nodes[i].reach > 0
        ),
        worth_x=c(worth_x),
        reach_x=c(worth_x + 22),
        heading_y="16",
        root_title=nodes[0].title,
        worth_heading=words.worth_heading(context.wide.unit, context.language),
        reach_heading=words.reach_heading(context.language),
    )


def _places(nodes: Sequence[TreeNode], expanded: set[int]) -> _Places:
    order: list[int] = []
    rows: list[int] = []
    depth: dict[int, int] = {0: 0}
    waiting = [0]
    while waiting:
        index = waiting.pop()
        order.append(index)
        if index not in expanded:
            rows.append(index)
            continue
        for child in reversed(nodes[index].children):
            depth[child] = depth[index] + 1
            waiting.append(child)
    y = {index: TOP + ROW * (row + 0.5) for row, index in enumerate(rows)}
    for index in reversed(order):
        if index in expanded:
            children = nodes[index].children
            y[index] = (y[children[0]] + y[children[-1]]) / 2
    columns = _columns(nodes, order, depth, expanded)
    return _Places(
        order=tuple(order),
        rows=tuple(rows),
        y=y,
        depth=depth,
        columns=columns,
        end=max(columns[-1] + 6, HEADING_CHARACTER * len(nodes[0].title) + 28),
    )


def _columns(
    nodes: Sequence[TreeNode], order: list[int], depth: dict[int, int], expanded: set[int]
) -> tuple[float, ...]:
    """Return where the nodes of each depth stand, wide enough for the texts between them."""
    widths: dict[int, float] = {}
    for index in order:
        if index:
            node = nodes[index]
            character = BOLD_CHARACTER if node.is_taken else CHARACTER
            wanted = character * (len(_cut(node.branch, LONGEST_LABEL)) + len(node.probability) + 1)
            if index in expanded:
                title = SMALL_CHARACTER * len(_cut(node.title, LONGEST_TITLE)) + 16
                wanted = max(wanted, title)
            widths[depth[index]] = max(widths.get(depth[index], 0.0), wanted)
    columns = [26.0]
    for level in range(1, max(widths, default=0) + 1):
        columns.append(columns[-1] + SLANT + 12 + widths[level] + 8)
    deepest = len(columns) - 1
    is_folded = any(nodes[i].has_more and i not in expanded and depth[i] == deepest for i in order)
    if is_folded or not deepest:
        columns.append(columns[-1] + FOLD_WIDTH)
    return tuple(columns)


def _line(nodes: Sequence[TreeNode], places: _Places, index: int) -> str:
    if not index:
        return ""
    node = nodes[index]
    left, top = places.columns[places.depth[index] - 1], places.y[node.parent]
    level = places.y[index]
    right = places.columns[places.depth[index]] - NODE if node.has_more else places.end - 4
    return f"M{c(left)} {c(top)}L{c(left + SLANT)} {c(level)}H{c(right)}"


def _strike(places: _Places, index: int) -> str:
    left = places.columns[places.depth[index] - 1] + SLANT
    level = places.y[index]
    return f"M{c(left + 2)} {c(level - 5)}l4 10M{c(left + 6)} {c(level - 5)}l4 10"


def _symbols(nodes: Sequence[TreeNode], places: _Places, kind: str) -> str:
    """Draw all symbols of one kind."""
    drawn = []
    for index in places.order:
        if nodes[index].kind != kind:
            continue
        x, y = places.columns[places.depth[index]], places.y[index]
        if kind == "decision":
            drawn.append(f"M{c(x - NODE)} {c(y - NODE)}h12v12h-12z")
        else:
            drawn.append(f"M{c(x - NODE)} {c(y)}a6 6 0 1 1 12 0a6 6 0 1 1-12 0z")
    return "".join(drawn)


def _bar(nodes: Sequence[TreeNode], places: _Places, worth_x: float, index: int) -> str:
    width = max(0.8, BAR_WIDTH * nodes[index].reach)
    return f"M{c(worth_x + 22)} {c(places.y[index] - 6)}h{c(width)}v12h-{c(width)}z"


def _text(nodes: Sequence[TreeNode], places: _Places, index: int) -> BranchText:
    node = nodes[index]
    left = places.columns[places.depth[index] - 1] + SLANT + (12 if node.is_rejected else 5)
    return BranchText(
        x=whole(left),
        y=whole(places.y[index] - 4),
        label=_cut(node.branch, LONGEST_LABEL),
        probability=node.probability,
        label_href="" if node.probability else node.href,
        href=node.href if node.probability else "",
    )


def _title(nodes: Sequence[TreeNode], places: _Places, index: int) -> Mark:
    x = places.columns[places.depth[index]] - 12
    return Mark(
        x=whole(x), y=whole(places.y[index] + 11), text=_cut(nodes[index].title, LONGEST_TITLE)
    )


def _value(context: Context, nodes: Sequence[TreeNode], places: _Places, index: int) -> Mark:
    text = context.wide.write_bare(nodes[index].worth)
    x, y = places.columns[places.depth[index]], places.y[index]
    return Mark(x=whole(x), y=whole(y + 18), text=text)


def _worth(
    context: Context, nodes: Sequence[TreeNode], places: _Places, worth_x: float, index: int
) -> Mark:
    worth = nodes[index].worth
    text = context.wide.write_bare(worth)
    return Mark(
        x=whole(worth_x),
        y=whole(places.y[index] + 4),
        text=text,
        is_negative=text.startswith("\u2212"),
    )


def _folds(
    context: Context, nodes: Sequence[TreeNode], places: _Places, folded: tuple[int, ...]
) -> tuple[Mark, ...]:
    ends = count_ends(nodes)
    return tuple(
        Mark(
            x=whole(places.columns[places.depth[i]] + NODE + 5),
            y=whole(places.y[i] + 4),
            text=words.folded_paths(ends[i], context.language),
        )
        for i in folded
    )


def _reach(
    context: Context, nodes: Sequence[TreeNode], places: _Places, worth_x: float, index: int
) -> Mark:
    reach = nodes[index].reach
    x = worth_x + 22 + max(0.8, BAR_WIDTH * reach) + 5
    return Mark(x=whole(x), y=whole(places.y[index] + 4), text=context.numerals.percent(reach))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "\u2026"
