"""Influence diagrams from plain Python, and what they are worth."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from decide.analyses.diagram import DiagramSolution, risk_tolerance_of, solve
from decide.analyses.utility import checked
from decide.language import Said, said
from decide.model.decision import Model
from decide.model.diagram import Diagram
from decide.model.place import InvalidInputError, Place, Problem, Severity
from decide.read.diagram import read_diagram
from decide.read.nodes import Entries, Items, Node, Scalar
from decide.read.numbers import NumberReader
from decide.read.problems import Problems, order
from decide.read.shape import check_shape

HERE = Place("", 0)


def make_diagram(
    nodes: Mapping[str, Mapping[str, object]],
    *,
    memory: Literal["no_forgetting", "limited"] = "no_forgetting",
) -> Diagram:
    """Make a diagram of nodes written as in a file: docs/format.md, `diagram`.

    A table may also be an array with an axis a parent, in the order of `given`, and for chances a
    last one for the node itself; or a table whose rows are the parents' states and whose columns
    are its own. Raises InvalidInputError with everything that is wrong.
    """
    problems = Problems()
    written = {"decision": {"title": "diagram"}, "diagram": {"memory": memory, "nodes": nodes}}
    root = _node(written)
    assert isinstance(root, Entries), "a dictionary was written"
    check_shape(root, problems)
    diagram = read_diagram(root, NumberReader(problems, frozenset()))
    errors = [
        replace(problem, place=None, excerpt="")
        for problem in order(problems.certain())
        if problem.severity is Severity.ERROR
    ]
    if errors or diagram is None:
        raise InvalidInputError(errors)
    return diagram


def solve_diagram(
    diagram: Diagram | Model, *, risk_tolerance: float | None = None
) -> DiagramSolution:
    """Return the best policy of a diagram and what it is worth; a model has its own risk tolerance.

    Values and `risk_tolerance`, which makes utility exponential, are in one unit. Exact without
    forgetting, and with a limited memory where all policies can be gone through; elsewhere
    `is_local_optimum` says whether a better policy may exist, and `upper_bound` how much better.
    Raises InvalidInputError where there is no diagram, the risk tolerance is not above 0, or it
    would take a table of more than 50,000,000 numbers.
    """
    if isinstance(diagram, Model):
        if diagram.diagram is None:
            raise _invalid(said("the workspace has no diagram"), said("write one under `diagram`"))
        if risk_tolerance is None:
            risk_tolerance = risk_tolerance_of(diagram)
        diagram = diagram.diagram
    return solve(diagram, risk_tolerance=checked(risk_tolerance))


def _node(value: object) -> Node:
    """Return plain Python as a file would hold it."""
    match value:
        case pd.DataFrame():
            return _node(_rows(value))
        case np.ndarray():
            return _node(value.tolist())
        case Mapping():
            keys = {str(key): Scalar(str(key), HERE) for key in value}
            return Entries(HERE, keys, {str(key): _node(item) for key, item in value.items()})
        case list() | tuple():
            return Items(HERE, tuple(_node(item) for item in value))
        case float():
            return Scalar(repr(float(value)), HERE)
        case _:
            return Scalar(str(value), HERE)


def _rows(frame: pd.DataFrame) -> dict[object, object]:
    """Return a table as mappings by the states of its rows, then by those of its columns."""
    found: dict[object, object] = {}
    for states, row in zip(frame.index, frame.to_dict("records"), strict=True):
        *above, last = states if isinstance(states, tuple) else (states,)
        here = found
        for state in above:
            below = here.setdefault(state, {})
            assert isinstance(below, dict), "a level holds states"
            here = below
        here[last] = row
    return found


def _invalid(message: Said, advice: Said) -> InvalidInputError:
    return InvalidInputError([Problem(place=None, message=message, advice=advice)])
