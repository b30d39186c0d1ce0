"""Every broken workspace beside this file, and what is said of it.

A case is one text: the files after a line `==> path`, and after `==> said` all problems, word for
word. Its name is the fault.
"""

from pathlib import Path

import pytest

from decide.model.place import InvalidInputError, Problem
from decide.read.problems import format_problem
from decide.read.workspace import read_workspace

CASES = sorted(Path(__file__).parent.glob("*.txt"))


def parts(case: Path) -> dict[str, str]:
    """Return the texts of a case by the line that opens them."""
    found: dict[str, str] = {}
    for block in case.read_text(encoding="utf-8").split("==> ")[1:]:
        name, _, text = block.partition("\n")
        found[name] = text
    return found


def problems(case: Path, folder: Path) -> tuple[Problem, ...]:
    """Return what is said of a case, written into an empty folder."""
    for path, text in parts(case).items():
        if path != "said":
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8", newline="\n")
    try:
        return read_workspace(folder).warnings
    except InvalidInputError as error:
        return error.problems


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_what_is_wrong_is_said(case: Path, tmp_path: Path) -> None:
    said = [format_problem(problem) for problem in problems(case, tmp_path)]
    assert "\n".join(said) + "\n" == parts(case)["said"]


def test_seven_faults_make_seven_messages() -> None:
    (case,) = (case for case in CASES if case.stem == "seven_faults_at_once")
    assert parts(case)["said"].count(": error: ") == 7


def test_the_gallery_is_large() -> None:
    assert len(CASES) >= 80
