"""Problems as a person reads them: in the reader's one shape, coloured on a terminal, counted."""

import os
from collections.abc import Sequence

import click

from decide.cli.language import chosen, tell, tell_many
from decide.model.place import Problem, Severity
from decide.read.problems import SEVERITIES, format_problem


def print_problems(problems: Sequence[Problem], *, err: bool) -> None:
    """Print every problem and how many there are."""
    for problem in problems:
        text = format_problem(problem, chosen())
        if not os.environ.get("NO_COLOR"):
            colour = "red" if problem.severity is Severity.ERROR else "yellow"
            word = SEVERITIES[problem.severity].in_language(chosen())
            text = text.replace(f"{word}:", f"{click.style(word, fg=colour)}:", 1)
        click.echo(text, err=err)
    click.echo(count(problems), err=err)


def count(problems: Sequence[Problem]) -> str:
    """Say how many errors and warnings there are: `2 errors, 1 warning`."""
    errors, warnings = (sum(p.severity is s for p in problems) for s in Severity)
    counted = (
        tell_many(errors, "{number} error", "{number} errors") if errors else "",
        tell_many(warnings, "{number} warning", "{number} warnings") if warnings else "",
    )
    return ", ".join(filter(None, counted)) or tell("nothing is wrong")
