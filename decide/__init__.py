"""Decision analysis from plain text files to one HTML report.

>>> import decide
>>> model = decide.read_workspace(decide.find_workspace(Path.cwd()))
>>> page = decide.render_page(decide.evaluate_model(model))

Each name is loaded when it is first used, so that `import decide` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decide.analyses.diagram import value_of_information
    from decide.diagrams import make_diagram, solve_diagram
    from decide.edges import roll_back_edges
    from decide.evaluate import Evaluation
    from decide.evaluate import evaluate as evaluate_model
    from decide.frames import to_frame
    from decide.model.decision import Model
    from decide.model.diagram import Diagram
    from decide.model.place import InvalidInputError, Place, Problem, Severity
    from decide.model.what_if import Supposition, WhatIf
    from decide.program.supposing import supposing as suppose
    from decide.read.what_if import read_what_if
    from decide.read.workspace import find_workspace, read_workspace
    from decide.report.page import render_page
    from decide.report.results import results_of
    from decide.version import VERSION

__all__ = [
    "VERSION",
    "Diagram",
    "Evaluation",
    "InvalidInputError",
    "Model",
    "Place",
    "Problem",
    "Severity",
    "Supposition",
    "WhatIf",
    "evaluate_model",
    "find_workspace",
    "make_diagram",
    "read_what_if",
    "read_workspace",
    "render_page",
    "results_of",
    "roll_back_edges",
    "solve_diagram",
    "suppose",
    "to_frame",
    "value_of_information",
]

_HOMES = {
    "VERSION": "decide.version:VERSION",
    "Diagram": "decide.model.diagram:Diagram",
    "Evaluation": "decide.evaluate:Evaluation",
    "InvalidInputError": "decide.model.place:InvalidInputError",
    "Model": "decide.model.decision:Model",
    "Place": "decide.model.place:Place",
    "Problem": "decide.model.place:Problem",
    "Severity": "decide.model.place:Severity",
    "Supposition": "decide.model.what_if:Supposition",
    "WhatIf": "decide.model.what_if:WhatIf",
    "evaluate_model": "decide.evaluate:evaluate",  # `decide.evaluate` is the module
    "find_workspace": "decide.read.workspace:find_workspace",
    "make_diagram": "decide.diagrams:make_diagram",
    "read_what_if": "decide.read.what_if:read_what_if",
    "read_workspace": "decide.read.workspace:read_workspace",
    "render_page": "decide.report.page:render_page",
    "results_of": "decide.report.results:results_of",
    "roll_back_edges": "decide.edges:roll_back_edges",
    "solve_diagram": "decide.diagrams:solve_diagram",
    "suppose": "decide.program.supposing:supposing",
    "to_frame": "decide.frames:to_frame",
    "value_of_information": "decide.analyses.diagram:value_of_information",
}


def __getattr__(name: str) -> object:
    """Load a public name from its home."""
    if name not in _HOMES:
        raise AttributeError(f"module 'decide' has no attribute {name!r}")
    home, _, original = _HOMES[name].partition(":")
    return getattr(import_module(home), original)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})
