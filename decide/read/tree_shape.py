"""How the nodes hang together: where each leads, from which root, in which years."""

from collections.abc import Iterator, Mapping

from decide.language import said
from decide.model.decision import Decision, Strategy
from decide.model.number import Number
from decide.model.tree import ChanceNode, Likelihood, Node
from decide.read.circles import circle_from
from decide.read.nodes import Entries, Scalar
from decide.read.numbers import is_unreadable
from decide.read.problems import Problems, nearest


def find_root(root: Entries, nodes: Mapping[str, Node], problems: Problems) -> str | None:
    """Return the root where there are no strategies; note what leads nowhere, back, or to nothing.

    `root` is the workspace as written: what is switched off leads on too.
    """
    known = root.below("tree").keys
    thens = list(_thens(root))
    lost = [then for then in thens if then.text not in known]
    for then in lost:
        message = said("`then` leads to {text!r}, which is no node", text=then.text)
        problems.gap(
            then,
            message,
            nearest(then.text, known, what=said("nodes"), none=said("there are no nodes")),
        )
    if _has_circle(nodes, problems) or lost or len(nodes) < len(known):
        return None  # what nothing leads to may be what one of these was to lead to
    named = {then.text for then in thens}
    first = [name for name in nodes if name not in named]
    if "strategies" in root:
        for name in first:
            message = said("no strategy and no branch leads to {name!r}", name=name)
            problems.gap(known[name], message, said("name it in a `then`, or delete it"))
        return None
    for name in first[1:]:
        message = said(
            "nothing leads to {first!r}, nor to {name!r}; a tree has one root",
            first=first[0],
            name=name,
        )
        advice = said("name one of them in a `then`, or write strategies")
        problems.gap(known[name], message, advice)
    return first[0] if first else None


def check_years(
    decision: Decision,
    nodes: Mapping[str, Node],
    strategies: Mapping[str, Strategy],
    problems: Problems,
) -> None:
    """Note nodes earlier than what leads to them, or outside the decision's years."""
    first = decision.years[0] if decision.years else None
    seen: set[tuple[str, int | None]] = set()
    waiting = [(s.then, s.year or first, "") for s in strategies.values() if s.then in nodes]
    while waiting:
        name, before, parent = waiting.pop()
        if name is None or (name, before) in seen:
            continue
        seen.add((name, before))
        node = nodes[name]
        if node.year is not None and before is not None and node.year < before:
            where = (
                said("{parent!r}, which leads to it", parent=parent)
                if parent
                else said("the decision's years begin")
            )
            message = said(
                "{name!r} is in {year}, before {where} ({before})",
                name=name,
                year=node.year,
                where=where,
                before=before,
            )
            problems.error(
                node.place, message, said("no node is earlier than its parent"), len(name)
            )
        year = before if node.year is None else node.year
        _check_within(decision, node, year, problems)
        waiting.extend((b.then, year, name) for b in node.branches if b.then in nodes)


def check_events(nodes: Mapping[str, Node], problems: Problems) -> None:
    """Note nodes that share an event and do not say the same of it."""
    seen: dict[str, ChanceNode] = {}
    for node in nodes.values():
        if not isinstance(node, ChanceNode) or not node.event:
            continue
        first = seen.setdefault(node.event, node)
        if [b.id for b in first.branches] != [b.id for b in node.branches]:
            message = said(
                "{node!r} and {first!r} share the event {event!r}, and their outcomes differ",
                node=node.id,
                first=first.id,
                event=node.event,
            )
            advice = said("give both the same outcomes in the same order")
        elif any(map(_differ, *((b.p for b in n.branches) for n in (first, node)))):
            message = said(
                "{node!r} and {first!r} share the event {event!r}, and their probabilities differ",
                node=node.id,
                first=first.id,
                event=node.event,
            )
            advice = said("name the probability under quantities and use it in both")
        else:
            continue
        problems.error(node.place, message, advice, len(node.id))


def check_base(root: Entries, strategies: Mapping[str, Strategy], problems: Problems) -> None:
    """Note a base that is no fixed course."""
    node = root.below("decision").get("base")
    if not isinstance(node, Scalar) or not strategies:
        return
    base = strategies.get(node.text)
    written = root.below("strategies").below(node.text)
    if base is None and written.text("off") == "true":
        message = said("the base {text!r} is switched off", text=node.text)
        problems.error(node, message, said("switch it on, or count against another strategy"))
    elif base is None:
        message = said("the base {text!r} is no strategy", text=node.text)
        problems.gap(
            node,
            message,
            nearest(
                node.text, strategies, what=said("strategies"), none=said("there are no strategies")
            ),
        )
    elif "for_each" in written:
        message = said("the base {text!r} is one strategy for each target", text=node.text)
        problems.error(node, message, said("count against a single one"))
    elif base.then is not None:
        at = written.get("then") or base.place
        message = said("the base {id!r} leads into the tree; it must be a fixed course", id=base.id)
        advice = said("delete its `then`; what happens to everyone is a discrete quantity")
        problems.error(at, message, advice, len(base.then))


def _thens(root: Entries) -> Iterator[Scalar]:
    """Yield every `then` of the workspace, where it stands."""
    strategies, tree = root.below("strategies"), root.below("tree")
    holders = [strategies.below(name) for name in strategies]
    for name in tree:
        node = tree.below(name)
        holders.append(node)
        for kind in ("decide", "chance", "outcomes"):
            holders.extend(node.below(kind).below(branch) for branch in node.below(kind))
    for holder in holders:
        then = holder.get("then")
        if isinstance(then, Scalar) and then.text:
            yield then


def _has_circle(nodes: Mapping[str, Node], problems: Problems) -> bool:
    links = {
        name: [b.then for b in node.branches if b.then is not None and b.then in nodes]
        for name, node in nodes.items()
    }
    done: set[str] = set()
    before = len(problems.found)
    for start in nodes:
        way = circle_from(start, lambda name: links[name], done)
        if way:
            problems.error(
                nodes[way[0]].place,
                said("the tree leads back to {node!r}: {way}", node=way[0], way=" -> ".join(way)),
                said("a path must end; write a further node for a second round"),
                len(way[0]),
            )
    return len(problems.found) > before


def _check_within(decision: Decision, node: Node, year: int | None, problems: Problems) -> None:
    if not decision.years or year is None or decision.years[0] <= year <= decision.years[-1]:
        return
    if any(b.pay is not None or b.settings for b in node.branches):
        span = f"{decision.years[0]}-{decision.years[-1]}"
        message = said(
            "{id!r} is in {year}, outside {span}, and pays or sets a lever",
            id=node.id,
            year=year,
            span=span,
        )
        advice = said("move it into the decision's years, or widen them")
        problems.error(node.place, message, advice, len(node.id))


def _differ(p: object, other: object) -> bool:
    """Whether two probabilities say different things; one that cannot be read says nothing."""
    if any(isinstance(one, Number) and is_unreadable(one) for one in (p, other)):
        return False
    return _chance(p) != _chance(other)


def _chance(p: object) -> object:
    """Return what a probability says, without where it stands."""
    if isinstance(p, Likelihood):
        return tuple(number.definition for number in p.by_state)
    definition = getattr(p, "definition", p)
    return getattr(definition, "text", definition)
