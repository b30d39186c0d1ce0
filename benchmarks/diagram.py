"""A diagram of 10 chance nodes and 4 decisions: a hidden state that is seen through signals."""

from collections.abc import Iterator

import numpy as np

from benchmarks.timing import Row, compared
from decide.analyses.diagram import roll_back_diagram
from decide.model.diagram import Diagram, DiagramChance, DiagramDecision, DiagramNode, DiagramValue
from decide.model.label import Label
from decide.model.number import Provenance
from decide.model.place import Place
from decide.uncertainty.points import Floats

STATES, SIGNALS, OPTIONS, STAGES = 4, 6, 5, 4
HERE = Place("benchmark", 1)


Tables = tuple[Floats, list[Floats], list[Floats], list[Floats], Floats]


def rows() -> Iterator[Row]:
    """Solve it, beside NumPy that is written for this diagram alone."""
    diagram, tables = both()
    yield compared(
        "diagram of 10 chances with 4 or 6 states, 4 decisions with 5 options",
        lambda: roll_back_diagram(diagram),
        lambda: by_hand(*tables),
        name="NumPy for this diagram alone",
        most=3,
    )


def check() -> None:
    """See that both ways find the same."""
    diagram, tables = both()
    assert np.isclose(roll_back_diagram(diagram)[1], by_hand(*tables))


def both() -> tuple[Diagram, Tables]:
    """Return the diagram, and the tables that it is made of."""
    draw = np.random.default_rng(0)
    first = draw.dirichlet(np.ones(STATES))
    moves = [draw.dirichlet(np.ones(STATES), (STATES, OPTIONS)) for _ in range(STAGES)]
    seen = [draw.dirichlet(np.ones(SIGNALS), STATES) for _ in range(STAGES + 1)]
    paid = [draw.normal(size=(STATES, OPTIONS)) for _ in range(STAGES)]
    last = draw.normal(size=STATES)
    return _diagram(first, moves, seen, paid, last), (first, moves, seen, paid, last)


def by_hand(
    first: Floats, moves: list[Floats], seen: list[Floats], paid: list[Floats], last: Floats
) -> float:
    """Carry the joint probabilities of state and history forward, and fold them back."""
    belief = first[:, None] * seen[0]  # state, history
    beliefs = [belief]
    for stage in range(STAGES - 1):
        moved = np.tensordot(moves[stage], beliefs[-1], ([0], [0]))  # option, state, history
        told = moved.transpose(1, 2, 0)[..., None] * seen[stage + 1][:, None, None, :]
        beliefs.append(told.reshape(STATES, -1))
    after = np.tensordot(moves[-1], last, ([2], [0]))  # state, option
    worth = beliefs[-1].T @ (paid[-1] + after)
    for stage in reversed(range(STAGES - 1)):
        best = worth.max(axis=1).reshape(-1, OPTIONS, SIGNALS).sum(axis=2)
        worth = best + beliefs[stage].T @ paid[stage]
    return float(worth.max(axis=1).sum())


def _diagram(
    first: Floats, moves: list[Floats], seen: list[Floats], paid: list[Floats], last: Floats
) -> Diagram:
    nodes: list[DiagramNode] = []
    for stage in range(STAGES + 1):
        before = (f"state_{stage - 1}", f"choice_{stage - 1}") if stage else ()
        state = f"state_{stage}"
        nodes += [
            _chance(state, before, moves[stage - 1] if stage else first),
            _chance(f"signal_{stage}", (state,), seen[stage]),
        ]
        if stage < STAGES:
            known = (f"signal_{stage}", *before[1:])
            nodes += [_decision(f"choice_{stage}", known)]
            nodes += [_value(f"paid_{stage}", (state, f"choice_{stage}"), paid[stage])]
    nodes.append(_value("last", (f"state_{STAGES}",), last))
    return Diagram(memory="no_forgetting", nodes={n.id: n for n in nodes}, place=HERE)


def _states(count: int) -> dict[str, Label]:
    return {f"s{n}": Label((("", f"S{n}"),)) for n in range(count)}


def _chance(name: str, given: tuple[str, ...], table: Floats) -> DiagramChance:
    return DiagramChance(
        id=name,
        label=Label((("", name),)),
        states=_states(table.shape[-1]),
        given=given,
        table=tuple(table.ravel().tolist()),
        provenance=Provenance(),
        place=HERE,
    )


def _decision(name: str, knows: tuple[str, ...]) -> DiagramDecision:
    return DiagramDecision(
        id=name, label=Label((("", name),)), states=_states(OPTIONS), knows=knows, place=HERE
    )


def _value(name: str, given: tuple[str, ...], table: Floats) -> DiagramValue:
    return DiagramValue(
        id=name,
        label=Label((("", name),)),
        given=given,
        table=tuple(table.ravel().tolist()),
        provenance=Provenance(),
        place=HERE,
    )
