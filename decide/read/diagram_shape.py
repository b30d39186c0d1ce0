"""How the nodes of an influence diagram hang together: circles, the order of decisions, ends."""

from collections.abc import Sequence
from itertools import pairwise

from decide.language import said
from decide.model.diagram import (
    Diagram,
    DiagramDecision,
    DiagramValue,
    in_order,
    parents_of,
)
from decide.read.circles import circle_from
from decide.read.nodes import Entries, Scalar
from decide.read.problems import Problems


def check_diagram(
    diagram: Diagram, key: Scalar, written: Entries, problems: Problems, *, is_sound: bool
) -> None:
    """Note what is wrong with how nodes hang together; most only where each is as it should be."""
    _check_kinds(diagram, key, problems)
    if _has_circle(diagram, written, problems) or not is_sound:
        return
    if diagram.memory == "no_forgetting":
        _check_order(diagram, problems)
    _warn_of_barren(diagram, problems)


def _check_kinds(diagram: Diagram, key: Scalar, problems: Problems) -> None:
    if not diagram.decisions:
        message = said("the diagram has no decision, so there is nothing to decide")
        problems.gap(key, message, said("add a node with `decide: [one, other]`"))
    if not diagram.values:
        message = said("the diagram has no value node, so every option is as good as another")
        problems.gap(key, message, said("add a node with `value: {…}`, given what it depends on"))


def _has_circle(diagram: Diagram, written: Entries, problems: Problems) -> bool:
    done: set[str] = set()
    found = False
    for start in diagram.variables:
        way = circle_from(start, lambda name: parents_of(diagram.nodes[name]), done)
        if way:
            found = True
            _note_circle(diagram, way[::-1], written, problems)
    return found


def _note_circle(
    diagram: Diagram, way: Sequence[str], written: Entries, problems: Problems
) -> None:
    """Note a way along the arcs, from a node back to it."""
    round_ = list(pairwise(way))
    known = next(((a, b) for a, b in round_ if isinstance(diagram.nodes[b], DiagramDecision)), None)
    if known is None:
        last, first = round_[-1]
        message = said("{first!r} depends on itself: {way}", first=first, way=" -> ".join(way))
        advice = said("break the circle: take one of them out of a `given`")
        at = _arc(written, last, first)
    else:
        last, first = known
        at_decision = list(way[:-1]).index(first)
        turned = [*way[at_decision:-1], *way[: at_decision + 1]]
        message = said(
            "{first!r} knows {last!r}, which depends on it: {turned}",
            first=first,
            last=last,
            turned=" -> ".join(turned),
        )
        advice = said(
            "take {last!r} out of its `knows`, or the decision out of a `given`", last=last
        )
        at = _arc(written, last, first)
    problems.error(at, message, advice)


def _arc(written: Entries, parent: str, child: str) -> Scalar:
    """Return where an arc is written."""
    below = written.below(child)
    named = (*below.texts("given"), *below.texts("knows"))
    return next(scalar for scalar in named if scalar.text == parent)


def _check_order(diagram: Diagram, problems: Problems) -> None:
    """Note decisions of which nothing says which comes first."""
    decisions = [name for name in in_order(diagram) if name in diagram.decisions]
    for first, second in pairwise(decisions):
        if first in _ancestors(diagram, second):
            continue
        node = diagram.nodes[second]
        problems.gap(
            node.place,
            said(
                "nothing says whether {first!r} or {second!r} is decided first, and without "
                "forgetting the later one knows the earlier",
                first=first,
                second=second,
            ),
            said(
                "add {first!r} to what {second!r} knows, or the other way round; where neither "
                "knows of the other, write memory: limited",
                first=first,
                second=second,
            ),
            len(second),
        )


def _ancestors(diagram: Diagram, name: str) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        above = [p for p in parents_of(diagram.nodes[waiting.pop()]) if p not in found]
        found.update(above)
        waiting.extend(above)
    return found


def _warn_of_barren(diagram: Diagram, problems: Problems) -> None:
    """Warn of nodes that no amount depends on, by way of others or of what a decision knows."""
    if not diagram.values:
        return
    used: set[str] = set()
    for value in diagram.values:
        used |= _ancestors(diagram, value)
    for name, node in diagram.nodes.items():
        if name in used or isinstance(node, DiagramValue):
            continue
        if name in diagram.decisions:
            message = said(
                "no value depends on {name!r}: this decision changes nothing that counts", name=name
            )
        else:
            message = said(
                "no value depends on {name!r}: this node tells of nothing that counts", name=name
            )
        problems.warn(
            node.place, message, said("name it where it matters, or delete it"), len(name)
        )
