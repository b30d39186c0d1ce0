"""What the commands share: reading the workspace and evaluating it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TypeVar

import click

import decide
from decide.cli.language import LANGUAGE, tell
from decide.language import said
from decide.model.decision import Model
from decide.model.place import InvalidInputError, Problem

FEWEST, MOST = 1_024, 2**24

Decorated = TypeVar("Decorated", bound=Callable[..., object])


def read_model(folder: Path) -> tuple[Path, Model]:
    """Read the workspace that `folder` lies in; return where it is and what it holds."""
    root = decide.find_workspace(folder.resolve())
    return root, _in_chosen_language(decide.read_workspace(root))


def _in_chosen_language(model: Model) -> Model:
    """Return a model that is to be shown in the language that was asked for, else in its own."""
    if not LANGUAGE.get():
        LANGUAGE.set(model.decision.language)
    return replace(model, decision=replace(model.decision, language=LANGUAGE.get()))


def read_and_evaluate(
    folder: Path,
    draws: int | None,
    together: Sequence[Sequence[str]] | None = None,
    patch: Path | None = None,
) -> "tuple[Path, decide.Evaluation]":
    """Read the workspace that `folder` lies in and evaluate it.

    With `together`, which may be empty, also what it would be worth to know the quantities; with
    a `patch`, what that file moves.
    """
    root, model = read_model(folder)
    if patch is not None:
        model = decide.suppose(model, decide.read_what_if(patch, model))
    progress = import_module("decide.cli.progress")  # not for commands that evaluate nothing
    try:
        with progress.watch_run(draws or 0) as watch:
            if draws is None:
                return root, decide.evaluate_model(model, together=together, watch=watch)
            return root, decide.evaluate_model(model, draws=draws, together=together, watch=watch)
    except InvalidInputError as error:
        problems = with_excerpts(error.problems, root)
        if patch is not None:
            problems = tuple(_perhaps_moved(p, patch) for p in problems)
        raise InvalidInputError(problems) from None


def with_excerpts(problems: Iterable[Problem], root: Path) -> tuple[Problem, ...]:
    """Add the line of the file to problems that only draws could show."""
    return tuple(p if p.excerpt else replace(p, excerpt=_line(p, root)) for p in problems)


def _perhaps_moved(problem: Problem, patch: Path) -> Problem:
    """Say that what is wrong with a model may come of what a what-if moves."""
    advice = said(
        "{advice}; or move less in {name}: as agreed, it may hold",
        advice=problem.advice,
        name=patch.name,
    )
    return replace(problem, advice=advice)


def draws_option(command: Decorated) -> Decorated:
    """Add `--draws` to a command."""
    option = click.option(
        "--draws",
        type=int,
        callback=_power_of_two,
        metavar="N",
        help="How many draws stand behind each figure: a power of two (16384).",
    )
    return option(command)


def json_option(command: Decorated) -> Decorated:
    """Add `--json` to a command."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def _power_of_two(
    ctx: click.Context,  # noqa: ARG001  # click's signature
    param: click.Parameter,  # noqa: ARG001
    draws: int | None,
) -> int | None:
    if draws is None or (FEWEST <= draws <= MOST and draws.bit_count() == 1):
        return draws
    if draws > MOST:
        raise click.BadParameter(
            tell("{draws} draws are too many; {most} is the most", draws=draws, most=MOST)
        )
    if draws < FEWEST:
        raise click.BadParameter(
            tell("{draws} draws are too few; {least} is the least", draws=draws, least=FEWEST)
        )
    near = 2 ** draws.bit_length()
    raise click.BadParameter(
        tell("{draws} is not a power of two; the nearest above is {near}", draws=draws, near=near)
    )


def _line(problem: Problem, root: Path) -> str:
    if problem.place is None:
        return ""
    try:
        lines = (root / problem.place.file).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return ""
    return lines[problem.place.line - 1] if problem.place.line <= len(lines) else ""
