"""A folder of files to one model, or to every problem at once."""

import gc
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from decide.language import said
from decide.model.decision import Model, WorkspaceFile
from decide.model.place import InvalidInputError, Place, Problem, Severity
from decide.read.files import read_files
from decide.read.problems import Problems, order
from decide.read.resolve import resolve
from decide.read.sections import merge_sections
from decide.read.shape import check_shape
from decide.read.theme import read_logo

FOLDERS = ("criteria", "targets")


def find_workspace(start: Path | str) -> Path:
    """Return the workspace that a folder belongs to: itself, or the nearest above it.

    A workspace has `criteria/`. Raises InvalidInputError where there is none.
    """
    start = Path(start).resolve()
    for folder in (start, *start.parents):
        if (folder / "criteria").is_dir():
            return folder
    problem = Problem(
        place=None,
        message=said(
            "no workspace here: neither {start} nor a folder above it has criteria/", start=start
        ),
        advice=said("go to the folder of a decision, or make one with `decide init`"),
    )
    raise InvalidInputError([problem])


def read_workspace(folder: Path | str) -> Model:
    """Read, check and resolve every file of a workspace.

    Raises InvalidInputError with every problem found, in the order of the files.
    """
    was_collecting = gc.isenabled()
    gc.disable()  # thousands of small nodes, none in a cycle: looking for cycles costs a sixth
    try:
        return _read(Path(folder))
    finally:
        if was_collecting:
            gc.enable()


def _read(folder: Path) -> Model:
    problems = Problems()
    texts = read_files(folder, FOLDERS, problems)
    if not texts and problems.is_whole:
        raise InvalidInputError([_nothing_to_read()])
    root = merge_sections(texts, problems)
    check_shape(root, problems)
    tables = {name: text for name, text in texts.items() if name.lower().endswith(".csv")}
    model = resolve(root, tables, problems)
    logo = root.below("theme").get("logo")
    picture = read_logo(folder, model.theme, logo.place if logo else None, problems)
    model = replace(model, theme=replace(model.theme, picture=picture))
    lines = {name: text.split("\n") for name, text in texts.items()}
    found = [_with_excerpt(p, lines) for p in order(_without_echoes(problems))]
    if any(p.severity is Severity.ERROR for p in found):
        raise InvalidInputError(found)
    files = tuple(
        WorkspaceFile(path=name, sha256=hashlib.sha256(text.encode()).hexdigest())
        for name, text in texts.items()
    )
    return replace(model, warnings=tuple(found), files=files)


def _nothing_to_read() -> Problem:
    return Problem(
        place=Place(f"{FOLDERS[0]}/", 1),
        message=said("there is no .yaml or .csv file in criteria/ or targets/"),
        advice=said("start one with decision: {title: …}, or make a workspace with `decide init`"),
    )


def _without_echoes(problems: Problems) -> list[Problem]:
    """Return what is wrong; a doubt about what is wrong anyway is not a second problem."""
    certain = problems.certain()
    wrong = {p.place for p in certain if p.severity is Severity.ERROR}
    return [p for p in certain if p.severity is Severity.ERROR or p.place not in wrong]


def _with_excerpt(problem: Problem, lines: Mapping[str, list[str]]) -> Problem:
    place = problem.place
    if place is None or place.file not in lines or place.line > len(lines[place.file]):
        return problem
    line = lines[place.file][place.line - 1]
    shown = "".join(c if c.isprintable() else " " for c in line)
    return replace(problem, excerpt=shown.rstrip())
