"""Diagrams built in Python at random, and every policy of a small one gone through by hand."""

import itertools
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from decide.model.decision import Model
from decide.model.diagram import (
    Diagram,
    DiagramChance,
    DiagramDecision,
    DiagramNode,
    DiagramValue,
    Memory,
    in_order,
    information,
)
from decide.model.number import Fixed
from tests.models import JUDGED, PLACE, label, model, number

State = Mapping[str, int]
Plan = Mapping[str, Mapping[tuple[int, ...], int]]  # decision -> states of what it knows -> option


def chance(name: str, count: int, given: Sequence[str], table: Sequence[float]) -> DiagramChance:
    return DiagramChance(
        id=name,
        label=label(name),
        states={f"s{n}": label(f"s{n}") for n in range(count)},
        given=tuple(given),
        table=tuple(table),
        provenance=JUDGED,
        place=PLACE,
    )


def decision(name: str, count: int, knows: Sequence[str]) -> DiagramDecision:
    return DiagramDecision(
        id=name,
        label=label(name),
        states={f"o{n}": label(f"o{n}") for n in range(count)},
        knows=tuple(knows),
        place=PLACE,
    )


def value(name: str, given: Sequence[str], table: Sequence[float]) -> DiagramValue:
    return DiagramValue(
        id=name,
        label=label(name),
        given=tuple(given),
        table=tuple(table),
        provenance=JUDGED,
        place=PLACE,
    )


def diagram(*nodes: DiagramNode, memory: Memory = "no_forgetting") -> Diagram:
    return Diagram(memory=memory, nodes={node.id: node for node in nodes}, place=PLACE)


def with_diagram(of: Diagram, risk_tolerance: float | None = None) -> Model:
    bare = model([])
    tolerance = None if risk_tolerance is None else number(Fixed(risk_tolerance))
    return replace(
        bare, decision=replace(bare.decision, risk_tolerance=tolerance), strategies={}, diagram=of
    )


def random_diagram(
    seed: int, *, variables: int = 6, memory: Memory = "no_forgetting", most_known: int = 9
) -> Diagram:
    """A diagram with up to three decisions, two or three states, and probabilities of 0."""
    draw = random.Random(seed)  # noqa: S311  # no secret
    names = [f"v{n}" for n in range(variables)]
    chosen = sorted(draw.sample(range(variables), draw.randint(1, 3)))
    sizes = {name: draw.randint(2, 3) for name in names}
    nodes: list[DiagramNode] = []
    before: list[str] = []
    for place, name in enumerate(names):
        above = names[:place]
        parents = draw.sample(above, min(len(above), draw.randint(0, 2)))
        if place in chosen:
            if memory == "no_forgetting":
                parents = [*before[-1:], *(p for p in parents if p not in before)]
            while math.prod(sizes[p] for p in parents) > most_known:
                parents.pop()
            nodes.append(decision(name, sizes[name], parents))
            before.append(name)
        else:
            rows = math.prod(sizes[p] for p in parents)
            table = [p for _ in range(rows) for p in _row(draw, sizes[name])]
            nodes.append(chance(name, sizes[name], parents, table))
    for n in range(draw.randint(1, 3)):
        parents = draw.sample(names, draw.randint(1, 3))
        entries = math.prod(sizes[p] for p in parents)
        nodes.append(value(f"u{n}", parents, [draw.randint(-50, 50) for _ in range(entries)]))
    return diagram(*nodes, memory=memory)


def best_by_hand(of: Diagram, risk_tolerance: float | None = None) -> float:
    """The best certainty equivalent of all policies, each played through history by history."""
    return max(_worth(of, plan, risk_tolerance) for plan in _plans(of))


def number_of_plans(of: Diagram) -> int:
    sizes = {name: len(node.states) for name, node in of.variables.items()}
    return math.prod(
        sizes[d] ** math.prod(sizes[n] for n in known) for d, known in information(of).items()
    )


def _row(draw: random.Random, count: int) -> list[float]:
    parts = [draw.choice([0, 1, 2, 3]) for _ in range(count)]
    parts[draw.randrange(count)] += 1
    return [part / sum(parts) for part in parts]


def _plans(of: Diagram) -> Iterator[Plan]:
    variables = of.variables
    tables = []
    for name, known in information(of).items():
        seen = list(itertools.product(*(range(len(variables[n].states)) for n in known)))
        options = itertools.product(range(len(variables[name].states)), repeat=len(seen))
        tables.append([(name, dict(zip(seen, taken, strict=True))) for taken in options])
    for chosen in itertools.product(*tables):
        yield dict(chosen)


def _worth(of: Diagram, plan: Plan, risk_tolerance: float | None) -> float:
    ends = list(_ends(of, plan, in_order(of), {}, 1.0))
    if risk_tolerance is None:
        return sum(p * x for p, x in ends)
    least = min(x for _, x in ends)
    bent = sum(p * math.exp((least - x) / risk_tolerance) for p, x in ends)
    return least - risk_tolerance * math.log(bent)


def _ends(
    of: Diagram, plan: Plan, left: Sequence[str], state: State, odds: float
) -> Iterator[tuple[float, float]]:
    if not left:
        yield odds, sum(_entry(of, node.given, state, node.table) for node in of.values.values())
        return
    name, *rest = left
    node = of.variables[name]
    if isinstance(node, DiagramDecision):
        known = tuple(state[n] for n in information(of)[name])
        yield from _ends(of, plan, rest, {**state, name: plan[name][known]}, odds)
        return
    for n in range(len(node.states)):
        p = _entry(of, (*node.given, name), {**state, name: n}, node.table)
        if p > 0:
            yield from _ends(of, plan, rest, {**state, name: n}, odds * p)


def _entry(of: Diagram, names: Sequence[str], state: State, table: Sequence[float]) -> float:
    index = 0
    for name in names:
        index = index * len(of.variables[name].states) + state[name]
    return table[index]
