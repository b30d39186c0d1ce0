"""`decide check`: everything that is wrong with the files, at once."""

import json
from pathlib import Path

import click

from decide.cli.language import language_option
from decide.cli.problems import count, print_problems
from decide.cli.workspace import read_and_evaluate, read_model
from decide.model.place import InvalidInputError, Problem, Severity

WRONG, WARNED = 2, 3


@click.command("check")
@click.option("--draws", "draw", is_flag=True, help="Also look for what only draws can show.")
@click.option("--strict", is_flag=True, help="End with exit code 3 where there are warnings.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@language_option
@click.pass_obj
def command(folder: Path, *, draw: bool, strict: bool, as_json: bool) -> int:
    """List everything that is wrong with the files."""
    problems = _problems(folder, draw=draw)
    if as_json:
        click.echo(json.dumps(_plain(problems), indent=1, ensure_ascii=False))
    elif problems:
        print_problems(problems, err=False)
    else:
        click.echo(count(problems))
    if any(p.severity is Severity.ERROR for p in problems):
        return WRONG
    return WARNED if strict and problems else 0


def _problems(folder: Path, *, draw: bool) -> tuple[Problem, ...]:
    try:
        if draw:
            return read_and_evaluate(folder, draws=None)[1].warnings
        return read_model(folder)[1].warnings
    except InvalidInputError as error:
        return error.problems


def _plain(problems: tuple[Problem, ...]) -> dict[str, object]:
    return {
        "errors": sum(p.severity is Severity.ERROR for p in problems),
        "warnings": sum(p.severity is Severity.WARNING for p in problems),
        "problems": [
            {
                "severity": p.severity.value,
                "file": p.place.file if p.place else None,
                "line": p.place.line if p.place else None,
                "column": p.place.column if p.place else None,
                "message": p.message,
                "advice": p.advice,
                "excerpt": p.excerpt,
            }
            for p in problems
        ],
    }
