"""Where the nodes of a drawn tree stand, so that its texts have room and it fits a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from decide.report.view.fitting import shorten, width_of, width_wrapped, wrap
from decide.report.view.tree_nodes import TreeNode

MOST_WIDTH = 1128  # of the text column at a window of 1280
ROW = 20
LINE = 12  # between the lines of one text
SLANT = 16  # from a node to where its branch runs level
PAD = 5  # between that and the branch's text
STRIKE = 7  # what the strokes through a rejected branch take
NODE = 6  # half a symbol's width
GAP = 8
CHARACTER, BOLD_CHARACTER = 6.3, 7.1  # of a label, on average
HEADING_CHARACTER, NARROW_CHARACTER = 7.1, 6.2  # of a heading: where it is broken, where it is cut
TITLE_CHARACTER = 5.4  # of a node's title
FOLD_CHARACTER = 5.6
LONGEST_LABEL = 32
VALUE_WIDTH, BAR_LEFT, BAR_WIDTH, SHARE_WIDTH = 50, 16, 84, 40
WIDEST_HEADING = 90  # that widens a column
LONGEST_HEADING, MOST_HEADING_LINES = 90, 6
MOST_LINES = 2  # of a branch's text
WIDEST_TITLE = 22  # letters that a column makes room for
SHARES = (1.0, 0.8, 0.6, 0.4, 0.2, 0.0)  # of the way from wrapped texts to texts on one line


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What all nodes of one column ask, over their branches."""

    column: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The drawn nodes and where they stand."""

    order: tuple[int, ...]  # a parent before its children
    rows: tuple[int, ...]  # the nodes that end a row
    expanded: frozenset[int]
    y: dict[int, int]
    depth: dict[int, int]
    columns: tuple[int, ...]
    symbols: dict[int, int]  # where a node's symbol stands, across
    end: int  # where the triangles stand
    top: int  # where the rows begin
    headings: tuple[Heading, ...]

    def left(self, index: int) -> int:
        """Return where a node's branch begins."""
        return self.columns[self.depth[index] - 1]

    def text_left(self, node: TreeNode, index: int) -> int:
        """Return where the text on a node's branch begins."""
        return _text_left(node, self.left(index))


def label_of(node: TreeNode) -> str:
    """Return a branch's label, cut where it is very long."""
    return shorten(node.branch, LONGEST_LABEL)


def character_of(node: TreeNode) -> float:
    """Return the width of a letter on a node's branch."""
    return BOLD_CHARACTER if node.is_taken else CHARACTER


def label_lines(node: TreeNode, room: float) -> tuple[str, ...]:
    """Return a branch's label on as many lines as it needs, the probability not among them."""
    lines = list(wrap(_text_of(node), room / character_of(node), MOST_LINES))
    if node.probability:
        lines[-1] = lines[-1].removesuffix(node.probability).rstrip()
    return tuple(lines)


def place_tree(nodes: Sequence[TreeNode], expanded: set[int], folds: dict[int, str]) -> Places:
    """Place a tree whose unexpanded nodes end a row; `folds` is what stands beside these."""
    order, rows, depth = _walk(nodes, expanded)
    for share in SHARES:
        columns = _columns(nodes, order, depth, expanded, share)
        symbols = _symbols(nodes, columns, depth, expanded, folds)
        end = _end(nodes, rows, columns, depth, symbols, folds)
        if end + VALUE_WIDTH + BAR_LEFT + BAR_WIDTH + SHARE_WIDTH <= MOST_WIDTH:
            break
    headings = _headings(nodes, order, depth, expanded, (*columns, end + NODE))
    top = 14 + LINE * max((len(h.lines) for h in headings), default=1) + ROW // 2
    return Places(
        order=tuple(order),
        rows=tuple(rows),
        expanded=frozenset(expanded),
        y=_heights(nodes, order, rows, expanded, top),
        depth=depth,
        columns=columns,
        symbols=symbols,
        end=end,
        top=top,
        headings=headings,
    )


def _walk(
    nodes: Sequence[TreeNode], expanded: set[int]
) -> tuple[list[int], list[int], dict[int, int]]:
    order: list[int] = []
    rows: list[int] = []
    depth = {0: 0}
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
    return order, rows, depth


def _heights(
    nodes: Sequence[TreeNode], order: list[int], rows: list[int], expanded: set[int], top: int
) -> dict[int, int]:
    y = {index: top + ROW * row + ROW // 2 for row, index in enumerate(rows)}
    for index in reversed(order):
        if index in expanded:
            children = nodes[index].children
            y[index] = (y[children[0]] + y[children[-1]]) // 2
    return y


def _columns(
    nodes: Sequence[TreeNode],
    order: list[int],
    depth: dict[int, int],
    expanded: set[int],
    share: float,
) -> tuple[int, ...]:
    """Return where the nodes of each depth stand; only what goes on behind them needs room."""
    widths: dict[int, float] = {}
    headed = _headed(nodes, order, depth, expanded)
    for index in order:
        if index and index in expanded:
            room = _room(nodes[index], share, is_headed=depth[index] in headed)
            widths[depth[index]] = max(widths.get(depth[index], 0.0), room)
    for column, title in headed.items():
        if column + 1 in widths:
            widths[column + 1] = max(widths[column + 1], _heading_room(title) - SLANT - PAD - NODE)
    columns = [2 * NODE + 4]
    for level in range(1, max(widths, default=0) + 1):
        columns.append(round(columns[-1] + SLANT + PAD + widths[level] + GAP + NODE))
    return tuple(columns)


def _room(node: TreeNode, share: float, *, is_headed: bool) -> float:
    text = _text_of(node)
    wrapped, straight = width_wrapped(text, MOST_LINES), width_of(text)
    room = character_of(node) * (wrapped + share * (straight - wrapped))
    title = 0.0 if is_headed else min(WIDEST_TITLE, width_wrapped(node.title, MOST_LINES))
    return max(room + (STRIKE if node.is_rejected else 0), TITLE_CHARACTER * title)


def _heading_room(title: str) -> float:
    """Return the room in which a heading can be broken at its spaces, up to a limit."""
    wrapped = width_wrapped(shorten(title, LONGEST_HEADING), MOST_HEADING_LINES)
    return min(WIDEST_HEADING, HEADING_CHARACTER * wrapped + 1)


def _label_end(node: TreeNode, left: int) -> float:
    return _text_left(node, left) + character_of(node) * width_of(_text_of(node))


def _text_left(node: TreeNode, left: int) -> int:
    return left + SLANT + PAD + (STRIKE if node.is_rejected else 0)


def _text_of(node: TreeNode) -> str:
    """Return what stands on a node's branch: its label and its probability."""
    return f"{label_of(node)} {node.probability}".strip()


def _symbols(
    nodes: Sequence[TreeNode],
    columns: tuple[int, ...],
    depth: dict[int, int],
    expanded: set[int],
    folds: dict[int, str],
) -> dict[int, int]:
    """Return where symbols stand: a folded node's in the first column behind its own text."""
    symbols = {index: columns[depth[index]] for index in expanded}
    least: dict[int, float] = {}  # by parent, so that brothers stand in one line
    for index in folds:
        if index:
            above = nodes[index].parent
            room = _label_end(nodes[index], columns[depth[index] - 1]) + GAP + NODE
            least[above] = max(least.get(above, 0.0), room)
    for index in folds:
        start = least[nodes[index].parent] if index else 0.0
        behind = (x for x in columns[depth[index] :] if x >= start)
        symbols[index] = next(behind, round(start))
    return symbols


def _end(
    nodes: Sequence[TreeNode],
    rows: list[int],
    columns: tuple[int, ...],
    depth: dict[int, int],
    symbols: dict[int, int],
    folds: dict[int, str],
) -> int:
    ends = [float(columns[-1] + SLANT + PAD + GAP)]
    for index in rows:
        if index in folds:
            ends.append(symbols[index] + NODE + PAD + FOLD_CHARACTER * width_of(folds[index]))
        elif index:
            ends.append(_label_end(nodes[index], columns[depth[index] - 1]))
    return round(max(ends)) + GAP


def _headings(
    nodes: Sequence[TreeNode],
    order: list[int],
    depth: dict[int, int],
    expanded: set[int],
    edges: tuple[int, ...],
) -> tuple[Heading, ...]:
    headings = []
    for column, title in _headed(nodes, order, depth, expanded).items():
        room = edges[column + 1] - edges[column] - GAP
        whole = shorten(title, LONGEST_HEADING)
        lines = wrap(whole, room / HEADING_CHARACTER, MOST_HEADING_LINES)
        cut = tuple(shorten(line, room / NARROW_CHARACTER) for line in lines)
        headings.append(Heading(column=column, lines=cut))
    return tuple(headings)


def _headed(
    nodes: Sequence[TreeNode], order: list[int], depth: dict[int, int], expanded: set[int]
) -> dict[int, str]:
    """Return the columns whose nodes all ask the same, and what they ask."""
    found: dict[int, set[str]] = {}
    for index in order:
        if index in expanded:
            found.setdefault(depth[index], set()).add(nodes[index].title)
    return {column: min(titles) for column, titles in found.items() if len(titles) == 1}
