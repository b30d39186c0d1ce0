"""`decide show`: results as tables."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

import click
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

import decide
from decide.cli.diagram_table import diagram_json, diagram_table
from decide.cli.information import information_table
from decide.cli.language import chosen, language_option, tell
from decide.cli.record import read_record, record_json, record_text
from decide.cli.tables import (
    Table,
    cash_table,
    classes_table,
    precedents_table,
    quantities_table,
    score_table,
    sources_table,
    strategies_table,
    targets_table,
    tree_table,
)
from decide.cli.workspace import draws_option, json_option, read_and_evaluate, read_model
from decide.evaluate import Evaluation
from decide.language import in_language, said
from decide.model.decision import Model
from decide.read.problems import nearest
from decide.report.results import by_id

TABLES: Mapping[str, Callable[[Evaluation], Table]] = {
    "strategies": strategies_table,
    "cash": cash_table,
    "score": score_table,
    "targets": targets_table,
    "quantities": quantities_table,
    "classes": classes_table,
}
FILE_TABLES: Mapping[str, Callable[[Model], Table]] = {  # need no evaluation
    "diagram": diagram_table,
    "precedents": precedents_table,
    "sources": sources_table,
}
SUBJECTS = (*TABLES, "tree", "information", *FILE_TABLES, "decided")
FIELDS: Mapping[str, tuple[str, ...]] = {  # of the export, where they are not called the same
    "strategies": ("ranking", "strategies"),
    "cash": ("decision", "strategies"),
    "score": ("criteria", "score"),
    "targets": ("gates", "screening", "targets"),
    "tree": ("trees",),
}
LABELS = frozenset({"Strategy", "Firm", "Class", "Precedent", "Title", "As written"})  # may wrap
UNLIMITED = 10_000  # columns of a pipe
HEIGHT = 25  # with a height, a width holds whatever the terminal says of itself


@click.command("show", epilog=f"Subjects: {', '.join(SUBJECTS)}.")
@click.argument("subject", type=click.Choice(SUBJECTS), metavar="SUBJECT")
@click.option("--strategy", metavar="ID", help="Whose tree (the leader's).")
@click.option(
    "--together",
    metavar="A,B",
    multiple=True,
    help="Information: what several quantities are worth together.",
)
@draws_option
@json_option
@language_option
@click.pass_obj
def command(
    folder: Path,
    subject: str,
    strategy: str | None,
    together: tuple[str, ...],
    draws: int | None,
    *,
    as_json: bool,
) -> None:
    """Print results as tables."""
    if together and subject != "information":
        raise click.UsageError(
            tell("--together goes with information: show information --together A,B")
        )
    if strategy is not None and subject != "tree":
        raise click.UsageError(
            tell("--strategy goes with the tree only: decide show tree --strategy ID")
        )
    if subject == "decided":
        record = read_record(decide.find_workspace(folder.resolve()))
        click.echo(record_json(record) if as_json else record_text(record))
    elif subject in FILE_TABLES:
        model = read_model(folder)[1]
        if as_json:
            is_solved = subject == "diagram"
            _print_json(
                {subject: diagram_json(model) if is_solved else by_id(getattr(model, subject))}
            )
        else:
            _print(FILE_TABLES[subject](model))
    else:
        groups = [[name.strip() for name in names.split(",")] for names in together]
        wanted = groups if subject == "information" else None
        evaluation = read_and_evaluate(folder, draws, wanted)[1]
        _show_results(evaluation, subject, strategy, as_json=as_json)


def _show_results(
    evaluation: Evaluation, subject: str, strategy: str | None, *, as_json: bool
) -> None:
    if as_json:
        everything = decide.results_of(evaluation)
        _print_json({field: everything[field] for field in FIELDS.get(subject, (subject,))})
    elif subject == "tree":
        _print(tree_table(evaluation, _strategy(strategy, evaluation)))
    elif subject == "information":
        _print(information_table(evaluation))
    else:
        _print(TABLES[subject](evaluation))


def _strategy(strategy: str | None, evaluation: Evaluation) -> str:
    if strategy is None:
        return evaluation.verdict.leader
    known = evaluation.rollback.steps
    if strategy not in known:
        raise click.UsageError(
            tell(
                "no strategy {strategy!r}; {near}",
                strategy=strategy,
                near=nearest(strategy, known, what=said("strategies")),
            )
        )
    return strategy


def _print_json(wanted: Mapping[str, object]) -> None:
    click.echo(json.dumps(wanted, indent=1, ensure_ascii=False, allow_nan=False))


def _print(table: Table) -> None:
    """Print a table as wide as the terminal, or wider: labels wrap, and nothing is cut."""
    shown = RichTable(box=None, pad_edge=False)
    for column in table.columns:
        justify: Literal["left", "right"] = "right" if column in table.numbers else "left"
        shown.add_column(
            Text(in_language(column, chosen())),
            justify=justify,
            no_wrap=column not in LABELS,
            overflow="fold",
        )
    for row in table.rows:
        shown.add_row(*(Text(in_language(cell, chosen())) for cell in row))
    console = Console(width=UNLIMITED, height=HEIGHT, highlight=False)
    if sys.stdout.isatty():
        console.width = max(Console().width, console.measure(shown).minimum)
    console.print(Text(in_language(table.title, chosen()), style="bold"))
    if table.rows:
        console.print(shown)
