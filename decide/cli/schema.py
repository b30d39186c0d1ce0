"""`decide schema`: the JSON Schema of the files, for editors that check while one types."""

import json

import click

from decide.read.json_schema import file_schema


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of the files, for editors."""
    click.echo(json.dumps(file_schema(), indent=1, ensure_ascii=False))
