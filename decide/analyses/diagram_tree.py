"""A diagram without forgetting as a tree: what is known in its order, with posterior probabilities.

What makes no difference to any choice or amount is not in the tree. An amount is paid where the
last of what it depends on becomes known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from decide.analyses.diagram import risk_tolerance_of, roll_back_diagram
from decide.analyses.elimination import sum_out_all, whole
from decide.analyses.potentials import Names, Potential, along, multiply, size_of, sizes_of
from decide.language import Said, said
from decide.model.decision import Model, strategies_of_root
from decide.model.diagram import Diagram, DiagramDecision, in_order, information
from decide.model.number import COMPUTED, Fixed, Number
from decide.model.place import InvalidInputError, Place, Problem
from decide.model.tree import Branch, ChanceNode, DecisionNode, Node
from decide.uncertainty.points import Floats

MOST_PATHS = 20_000  # that a diagram is unfolded to
MOST_ENTRIES = 10_000_000  # of the table of all histories, impossible ones included


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """The variables of the tree from its root on, and what the histories are like."""

    diagram: Diagram
    names: Names
    odds: Sequence[Floats]  # (states of the first n…): probability of a history, given its choices
    paid: Mapping[str, Sequence[str]]  # variable -> value nodes whose last parent it is
    free: float  # what is paid whatever happens


def unfold_diagram(model: Model) -> Model:
    """Return a model whose diagram stands as a tree; one without a diagram as it is.

    The options of a decision at the root are the strategies. Raises InvalidInputError where the
    memory is limited, or the tree would have more than 20,000 paths.
    """
    diagram = model.diagram
    if diagram is None:
        return model
    if diagram.memory == "limited":
        problem = _refused(
            diagram,
            said(
                "a diagram with a limited memory has no tree: a decision in it does not know its "
                "path"
            ),
        )
        raise InvalidInputError([problem])
    layout = _lay_out(diagram, _sequence(diagram, risk_tolerance_of(model)))
    nodes = {node.id: node for node in _nodes(layout)}
    root = next(iter(nodes))
    return replace(
        model,
        nodes=nodes,
        root=root if isinstance(nodes[root], DecisionNode) else None,
        strategies=strategies_of_root(nodes[root]),
    )


def _sequence(diagram: Diagram, risk_tolerance: float | None) -> Names:
    """Return what the tree shows, in order: what is known when it matters, then what counts."""
    policy, _ = roll_back_diagram(diagram, risk_tolerance=risk_tolerance)
    wanted = {name for choice in policy.values() for name in (choice.decision, *choice.names)}
    wanted |= {name for node in diagram.values.values() for name in node.given}
    found: dict[str, None] = {}
    for decision, known in information(diagram).items():
        found.update(dict.fromkeys(name for name in (*known, decision) if name in wanted))
    found.update(dict.fromkeys(name for name in in_order(diagram) if name in wanted))
    return tuple(found)


def _lay_out(diagram: Diagram, names: Names) -> _Layout:
    sizes = sizes_of(diagram)
    entries = size_of(names, sizes)
    if entries > MOST_ENTRIES:
        raise InvalidInputError([_too_large(diagram, f"up to {entries:,}")])
    left = replace(whole(diagram, sizes, None), worths=())
    left = sum_out_all(left, [name for name in diagram.chances if name not in names])
    joint = Potential((), np.array(1.0))
    for odds in left.odds:
        joint = multiply(joint, odds.potential)
    array = np.broadcast_to(along(joint, names), [sizes[name] for name in names])
    paths = int(np.count_nonzero(array))
    if paths > MOST_PATHS:
        raise InvalidInputError([_too_large(diagram, f"{paths:,}")])
    tables = [array]
    for name in reversed(names):
        above = tables[-1]
        tables.append(above[..., 0] if name in diagram.decisions else above.sum(axis=-1))
    paid: dict[str, list[str]] = {name: [] for name in names}
    free = 0.0
    for value in diagram.values.values():
        if value.given:
            paid[max(value.given, key=names.index)].append(value.id)
        else:
            free += value.table[0]
    return _Layout(diagram, names, tables[::-1], paid, free)


def _nodes(layout: _Layout) -> Iterator[Node]:
    """Yield the nodes, each before those that it leads to."""
    waiting: list[tuple[int, ...]] = [()]
    while waiting:
        here = waiting.pop()
        variable = layout.diagram.variables[layout.names[len(here)]]
        branches = tuple(_branches(layout, here))
        node = _id(layout, here)
        if isinstance(variable, DiagramDecision):
            yield DecisionNode(
                id=node, label=variable.label, branches=branches, place=variable.place
            )
        else:
            yield ChanceNode(
                id=node,
                label=variable.label,
                branches=branches,
                place=variable.place,
                event=variable.id,  # one variable, wherever the tree meets it
            )
        states = list(variable.states)
        if len(here) + 1 < len(layout.names):
            waiting += [(*here, states.index(branch.id)) for branch in reversed(branches)]


def _branches(layout: _Layout, here: tuple[int, ...]) -> Iterator[Branch]:
    variable = layout.diagram.variables[layout.names[len(here)]]
    is_decision = isinstance(variable, DiagramDecision)
    whole_odds = float(layout.odds[len(here)][here])
    is_last = len(here) + 1 == len(layout.names)
    for state, (name, label) in enumerate(variable.states.items()):
        below = (*here, state)
        odds = float(layout.odds[len(below)][below])
        if odds == 0:
            continue
        pay = _pay(layout, below)
        yield Branch(
            id=name,
            label=label,
            p=None if is_decision else _number(odds / whole_odds, variable.place),
            pay=None if pay == 0 else _number(pay, variable.place),
            then=None if is_last else _id(layout, below),
            place=variable.place,
        )


def _pay(layout: _Layout, history: tuple[int, ...]) -> float:
    """Return the amounts that the last step of a history settles."""
    at = dict(zip(layout.names, history, strict=False))
    variables = layout.diagram.variables
    total = layout.free if len(history) == 1 else 0.0
    for name in layout.paid[layout.names[len(history) - 1]]:
        node = layout.diagram.values[name]
        index = 0
        for parent in node.given:
            index = index * len(variables[parent].states) + at[parent]
        total += node.table[index]
    return total


def _id(layout: _Layout, history: tuple[int, ...]) -> str:
    """Return the id of a node: `drill@test.open` where the history is test, then open."""
    name = layout.names[len(history)]
    if not history:
        return name
    pairs = zip(layout.names, history, strict=False)
    states = [list(layout.diagram.variables[n].states)[state] for n, state in pairs]
    return f"{name}@{'.'.join(states)}"


def _number(value: float, place: Place) -> Number:
    return Number(text=f"{value:.6g}", definition=Fixed(value), provenance=COMPUTED, place=place)


def _too_large(diagram: Diagram, paths: str) -> Problem:
    return _refused(
        diagram,
        said(
            "written out as a tree the diagram has {paths} paths, and {most:,} is the most",
            paths=paths,
            most=MOST_PATHS,
        ),
    )


def _refused(diagram: Diagram, message: Said) -> Problem:
    advice = said("`decide show diagram` prints its policy and what it is worth")
    return Problem(place=diagram.place, message=message, advice=advice, width=len("diagram"))
