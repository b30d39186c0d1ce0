"""`decide report`: the model evaluated, written as one page, and answered in five lines."""

import json
import webbrowser
from pathlib import Path

import click

import decide
from decide.cli.files import file_name, write_whole
from decide.cli.problems import count
from decide.cli.workspace import draws_option, json_option, read_and_evaluate
from decide.report.results import plain
from decide.report.view.answer import answer_view
from decide.report.view.context import context_of
from decide.report.view.parts import text_of


@click.command("report")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write the page here instead."
)
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
@draws_option
@json_option
@click.pass_obj
def command(
    folder: Path, output: Path | None, draws: int | None, *, show: bool, as_json: bool
) -> None:
    """Evaluate the model and write the report."""
    root, evaluation = read_and_evaluate(folder, draws)
    path = output or root / "reports" / file_name(evaluation.model.decision, ".html")
    write_whole(path, decide.render_page(evaluation))
    if as_json:
        answer = {"page": str(path), "verdict": plain(evaluation.verdict)}
        click.echo(json.dumps(answer, indent=1, ensure_ascii=False))
    else:
        click.echo("\n".join((*_answer(evaluation), _from_here(path))))
    if evaluation.warnings:
        click.echo(f"{count(evaluation.warnings)}: decide check --draws", err=True)
    if show and not webbrowser.open(path.resolve().as_uri()):
        click.echo("no browser could be opened; open the file yourself", err=True)


def _answer(evaluation: "decide.Evaluation") -> tuple[str, ...]:
    """Say who leads and how surely, its worth, whether the criteria agree, what would change it."""
    answer = answer_view(context_of(evaluation, "en"), numbers=0, unsourced=0)
    worth, _, agreement = answer.sentences
    sentences = (answer.headline, worth, agreement, answer.changes[0])
    return tuple(text_of(sentence) for sentence in sentences)


def _from_here(path: Path) -> str:
    """Return a path as one would type it where one stands."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
