"""Models written as a user would write them, and read and compiled as the commands do it."""

import tempfile
from pathlib import Path

import decide
from decide.program.compile import compile_program
from decide.program.program import Program


def compiled_from(text: str) -> Program:
    """Write a workspace of one file into a temporary folder, read it and compile it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("criteria", "targets", "reports"):
            (folder / part).mkdir()
        path = folder / "criteria" / "model.yaml"
        path.write_text(text, encoding="utf-8", newline="\n")
        return compile_program(decide.read_workspace(folder))
