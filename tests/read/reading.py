"""Small workspaces for the tests of the reader."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from decide.model.decision import Model
from decide.model.number import Number
from decide.model.place import InvalidInputError
from decide.read.problems import format_problem
from decide.read.workspace import read_workspace

ROOT = Path(__file__).parents[2]
CHOICE = """\
decision: {title: Umbrella, years: 2024-2031}
tree:
  leave: {decide: {take: {pay: 0}, go_without: {pay: 1}}}
"""


def read(text: str, files: Mapping[str, str | bytes] | None = None) -> Model:
    """Read a workspace of one file, criteria/case.yaml, and of others beside it."""
    with tempfile.TemporaryDirectory() as name:
        for path, content in {"criteria/case.yaml": text, **(files or {})}.items():
            at = Path(name) / path
            at.parent.mkdir(parents=True, exist_ok=True)
            at.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_workspace(Path(name))


def errors(text: str, files: Mapping[str, str | bytes] | None = None) -> list[str]:
    """Return the messages of what is wrong with a workspace, [] where it can be read."""
    try:
        read(text, files)
    except InvalidInputError as error:
        return [problem.message for problem in error.problems]
    return []


def quantity(written: str) -> Number:
    """Read one number, as a quantity of a workspace."""
    return read(f"{CHOICE}quantities:\n  x: {written}\n").quantities["x"].number


def said(error: InvalidInputError) -> str:
    """Return all that an error says, as a user sees it."""
    return "\n".join(format_problem(problem) for problem in error.problems)
