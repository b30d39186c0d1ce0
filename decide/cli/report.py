"""`decide report`: the model evaluated, written as one page, and answered in five lines."""

import json
import webbrowser
from pathlib import Path

import click

import decide
from decide.cli.files import file_name, write_whole
from decide.cli.language import ending, language_option, tell
from decide.cli.problems import count
from decide.cli.workspace import draws_option, json_option, read_and_evaluate
from decide.export.answer import answer_lines
from decide.report.redact import redacted
from decide.report.results import plain
from decide.report.view.context import context_of


@click.command("report")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Write the page here instead; - prints it, and nothing else.",
)
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
@click.option(
    "--with",
    "patch",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Move what this file says first: a what-if, as the page copies it.",
)
@click.option(
    "--information",
    "with_information",
    is_flag=True,
    help="Add what it would be worth to know each quantity; takes half as long again.",
)
@click.option(
    "--redact",
    "is_redacted",
    is_flag=True,
    help="Leave out what firms might cost, and notes on them.",
)
@draws_option
@json_option
@language_option
@click.pass_obj
def command(
    folder: Path,
    output: Path | None,
    patch: Path | None,
    draws: int | None,
    *,
    with_information: bool,
    is_redacted: bool,
    show: bool,
    as_json: bool,
) -> None:
    """Evaluate the model and write the report.

    With --with the page is that of a what-if, says so, and stands beside the agreed one under a
    name of its own.
    """
    is_printed = output == Path("-")
    if is_printed and (show or as_json):
        raise click.UsageError(tell("--output - prints the page alone, without --open and --json"))
    root, evaluation = read_and_evaluate(
        folder, draws, together=() if with_information else None, patch=patch
    )
    if is_redacted:
        evaluation = redacted(evaluation)
    page = decide.render_page(evaluation)
    suffix = "".join(
        (
            f"-what-if-{patch.stem}" if patch else "",
            "-redacted" if is_redacted else "",
            ending(),
            ".html",
        )
    )
    path = output or root / "reports" / file_name(evaluation.model.decision, suffix)
    if is_printed:
        click.echo(page, nl=False)
    else:
        write_whole(path, page)
        click.echo(_as_json(evaluation, path) if as_json else _as_text(evaluation, path))
    if evaluation.warnings:
        click.echo(
            tell(
                "{warnings}; `decide check --draws` shows them", warnings=count(evaluation.warnings)
            ),
            err=True,
        )
    if show and not webbrowser.open(path.resolve().as_uri()):
        click.echo(tell("no browser could be opened; open the file yourself"), err=True)


def _as_json(evaluation: "decide.Evaluation", path: Path) -> str:
    answer = {"page": str(path), "verdict": plain(evaluation.verdict)}
    return json.dumps(answer, indent=1, ensure_ascii=False)


def _as_text(evaluation: "decide.Evaluation", path: Path) -> str:
    return "\n".join((*answer_lines(context_of(evaluation)), _from_here(path)))


def _from_here(path: Path) -> str:
    """Return a path as one would type it where one stands."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
