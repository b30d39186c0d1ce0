"""What the nodes of an influence diagram stand for."""

from decide.cli.facts import backing
from decide.cli.meaning import Meaning, meaning
from decide.model.decision import Model
from decide.model.diagram import (
    Diagram,
    DiagramDecision,
    DiagramNode,
    DiagramValue,
    information,
    parents_of,
)


def explain_diagram_node(node: DiagramNode, diagram: Diagram, model: Model) -> Meaning:
    """Say what a node is, what it depends on and what depends on it."""
    states = [] if isinstance(node, DiagramValue) else list(node.states)
    above = [] if isinstance(node, DiagramDecision) else list(node.given)
    known = information(diagram)[node.id] if isinstance(node, DiagramDecision) else ()
    below = [other.id for other in diagram.nodes.values() if node.id in parents_of(other)]
    facts = {
        "states": states,
        "given": above,
        "knows": list(known),
        "drives": below,
    }
    behind = {} if isinstance(node, DiagramDecision) else backing(node.provenance, model)
    return meaning(_kind(node), node.id, node.label, {**facts, **behind, "where": str(node.place)})


def _kind(node: DiagramNode) -> str:
    if isinstance(node, DiagramDecision):
        return "decision of the diagram"
    return "value of the diagram" if isinstance(node, DiagramValue) else "chance of the diagram"
