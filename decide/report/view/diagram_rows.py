"""Every number in the tables of an influence diagram, as a row that says where it comes from."""

from collections.abc import Iterator, Sequence
from itertools import product

from decide.model.diagram import Diagram, DiagramChance, DiagramDecision
from decide.model.number import Fixed, Number
from decide.model.tree import Node
from decide.report.view.context import Context
from decide.report.view.input_row import InputRow, number_row


def diagram_rows(context: Context) -> Iterator[InputRow]:
    """Rows of the entries of all tables; 0 and 1 say what is impossible, certain or free."""
    diagram = context.evaluation.model.diagram
    for node in diagram.nodes.values() if diagram is not None else ():
        if diagram is None or isinstance(node, DiagramDecision):
            continue
        names = (*node.given, node.id) if isinstance(node, DiagramChance) else node.given
        for title, x in zip(_titles(context, diagram, names), node.table, strict=True):
            number = Number(
                text=f"{x:.10g}",
                definition=Fixed(x),
                provenance=node.provenance,
                place=node.place,
            )
            yield number_row(
                context,
                "",
                title,
                number,
                owner=context.label(node.label),
                is_definition=x in {0.0, 1.0},
            )


def count_entries(diagram: Diagram | None) -> int:
    """Count the numbers in the tables of a diagram, less a 0 or 1 that nobody needs to back."""
    count = 0
    for node in diagram.nodes.values() if diagram is not None else ():
        if not isinstance(node, DiagramDecision):
            is_backed = node.provenance.grade != "unsourced"
            count += sum(is_backed or x not in {0.0, 1.0} for x in node.table)
    return count


def copied_from(node: str) -> str:
    """Return the node of a diagram that one of its tree is a copy of; another is its own.

    A diagram's tree has a copy for each history, `drill@test.open`.
    """
    return node.partition("@")[0]


def copy_of(context: Context, node: str, branch: str = "") -> Node:
    """Return a copy of a node that has the branch, or the first there is."""
    nodes = context.evaluation.model.nodes
    copies = [nodes[node]] if node in nodes else []
    copies += [n for name, n in nodes.items() if copied_from(name) == node and name != node]
    has = (n for n in copies if not branch or any(b.id == branch for b in n.branches))
    return next(has, copies[0])


def _titles(context: Context, diagram: Diagram, names: Sequence[str]) -> Iterator[str]:
    """Yield the states that each entry of a table is for."""
    variables = diagram.variables
    for states in product(*(variables[name].states.values() for name in names)):
        yield ", ".join(context.label(state) for state in states)
