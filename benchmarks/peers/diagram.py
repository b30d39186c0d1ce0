"""pyAgrum on the influence diagram."""

import math
from collections.abc import Iterator, Mapping

from benchmarks.diagram import both
from benchmarks.peers.environment import beside, versions
from benchmarks.timing import Peer
from decide.analyses.diagram import roll_back_diagram
from decide.model.diagram import Diagram, DiagramChance, DiagramDecision, DiagramNode, DiagramValue


def peers() -> Iterator[Peer]:
    """Let it solve the diagram under no forgetting."""
    diagram, _ = both()
    right = roll_back_diagram(diagram)[1]

    def agrees(result: float) -> bool:
        return math.isclose(result, right, rel_tol=1e-9)

    yield beside(
        f"pyAgrum {versions()['pyagrum']}", "pyagrum_diagram.py", _problem(diagram), agrees
    )


def _problem(diagram: Diagram) -> dict[str, object]:
    """Return the diagram with plain lists; a table's axes are the parents and the own states."""
    nodes = diagram.nodes
    return {
        "nodes": [_node(node, nodes) for node in nodes.values()],
        "decisions": [name for name, node in nodes.items() if isinstance(node, DiagramDecision)],
    }


def _node(node: DiagramNode, nodes: Mapping[str, DiagramNode]) -> dict[str, object]:
    match node:
        case DiagramDecision(id=name, states=states, knows=parents):
            kind, count, table = "decision", len(states), ()
        case DiagramChance(id=name, states=states, given=parents, table=table):
            kind, count = "chance", len(states)
        case DiagramValue(id=name, given=parents, table=table):
            kind, count = "value", 1
    shape = [_count(nodes[parent]) for parent in parents]
    return {
        "name": name,
        "kind": kind,
        "states": count,
        "parents": parents,
        "shape": shape,
        "table": table,
    }


def _count(node: DiagramNode) -> int:
    assert not isinstance(node, DiagramValue), "nothing depends on a value"
    return len(node.states)
