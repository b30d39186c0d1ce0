"""`decide export`: every result in a file that other programs read; docs/export.md names all."""

import json
from pathlib import Path

import click

import decide
from decide.cli.files import file_name, write_whole
from decide.cli.workspace import draws_option, json_option, read_and_evaluate


@click.command("export")
@click.argument("kind", type=click.Choice(["json"]), metavar="json")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Write the file here instead; - prints it.",
)
@draws_option
@json_option
@click.pass_obj
def command(
    folder: Path,
    kind: str,
    output: Path | None,
    draws: int | None,
    *,
    as_json: bool,
) -> None:
    """Write every result to a file that other programs read.

    Without --output it stands beside the report, under the report's name.
    """
    root, evaluation = read_and_evaluate(folder, draws, together=())
    text = json.dumps(decide.results_of(evaluation), indent=1, ensure_ascii=False, allow_nan=False)
    if output == Path("-"):
        click.echo(text)
        return
    path = output or root / "reports" / file_name(evaluation.model.decision, f".{kind}")
    write_whole(path, f"{text}\n")
    click.echo(json.dumps({"file": str(path)}) if as_json else str(path))
