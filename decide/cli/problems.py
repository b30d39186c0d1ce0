"""Problems as a person reads them: in the reader's one shape, coloured on a terminal, counted."""

import os
from collections.abc import Sequence

import click

from decide.model.place import Problem, Severity
from decide.read.problems import format_problem


def print_problems(problems: Sequence[Problem], *, err: bool) -> None:
    """Print every problem and how many there are."""
    for problem in problems:
        text = format_problem(problem)
        if not os.environ.get("NO_COLOR"):
            colour = "red" if problem.severity is Severity.ERROR else "yellow"
            word = problem.severity.value
            text = text.replace(f"{word}:", f"{click.style(word, fg=colour)}:", 1)
        click.echo(text, err=err)
    click.echo(count(problems), err=err)


def count(problems: Sequence[Problem]) -> str:
    """Say how many errors and warnings there are: `2 errors, 1 warning`."""
    words = [
        f"{number} {severity.value}{'' if number == 1 else 's'}"
        for severity in Severity
        if (number := sum(p.severity is severity for p in problems))
    ]
    return ", ".join(words) or "nothing is wrong"
