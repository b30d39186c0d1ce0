"""`decide decided`: what the meeting decided, on the record."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click

import decide
from decide.cli.files import file_name, write_whole
from decide.cli.language import language_option, tell
from decide.cli.record import (
    FILE,
    Decided,
    append,
    read_record,
    record_json,
    record_text,
    text_of,
)
from decide.cli.workspace import json_option, read_model
from decide.language import said
from decide.model.decision import Model
from decide.model.tree import DecisionNode
from decide.read.problems import nearest

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("decided")
@click.argument("strategy", required=False)
@click.option("--owner", metavar="ROLE", help="Who carries it out (the decision's owner).")
@click.option("--on", "day", type=DAY, metavar="DATE", help="When (the date of the meeting).")
@click.option("--next-gate", metavar="NODE", help="The tree's decision that is looked at next.")
@click.option("--gate-date", type=DAY, metavar="DATE", help="When it is looked at.")
@click.option("--note", default="", metavar="TEXT", help="Conditions, dissent, reasons.")
@json_option
@language_option
@click.pass_obj
def command(
    folder: Path,
    strategy: str | None,
    owner: str | None,
    day: datetime | None,
    next_gate: str | None,
    gate_date: datetime | None,
    note: str,
    *,
    as_json: bool,
) -> None:
    """Record what the meeting decided, or show the record.

    STRATEGY is the id of the strategy that was chosen; without it, the record is shown.
    """
    if strategy is None:
        if owner or day or next_gate or gate_date or note:
            raise click.UsageError(
                tell("name the strategy that was chosen: decide decided STRATEGY …")
            )
        record = read_record(decide.find_workspace(folder.resolve()))
    else:
        root, model = read_model(folder)
        on = _day(day, model)
        decided = Decided(
            decided=on,
            title=str(model.decision.title),
            strategy=_strategy(strategy, model),
            owner=_owner(owner, model),
            next_gate=_gate(next_gate, model),
            gate_date=_gate_date(gate_date, on),
            note=note,
            page=_page(root, model),
            digest=model.digest,
        )
        if _is_known(decided, read_record(root)):
            click.echo(tell("this is on the record already; nothing was added"), err=True)
        else:
            _add(root / FILE, decided)
        record = (decided,)
    click.echo(record_json(record) if as_json else record_text(record))


def _strategy(strategy: str, model: Model) -> str:
    if strategy not in model.strategies:
        near = nearest(
            strategy,
            model.strategies,
            what=said("strategies"),
            none=said("there are no strategies"),
        )
        raise click.UsageError(
            tell("no strategy {strategy!r}; {near}", strategy=strategy, near=near)
        )
    return strategy


def _owner(owner: str | None, model: Model) -> str:
    found = owner or model.decision.owner
    if not found:
        raise click.UsageError(tell("say who carries it out: --owner ROLE"))
    return found


def _day(day: datetime | None, model: Model) -> date:
    found = day.date() if day else model.decision.meeting
    if found is None:
        raise click.UsageError(tell("the decision has no meeting date; say when: --on DATE"))
    if model.decision.as_of and found < model.decision.as_of:
        raise click.UsageError(
            tell(
                "{found} is before the as-of date, {as_of}", found=found, as_of=model.decision.as_of
            )
        )
    return found


def _gate(gate: str | None, model: Model) -> str:
    gates = [n.id for n in model.nodes.values() if isinstance(n, DecisionNode)]
    if gate and gate not in gates:
        near = nearest(gate, gates, what=said("decisions in the tree"))
        raise click.UsageError(
            tell("no decision {gate!r} in the tree; {near}", gate=gate, near=near)
        )
    return gate or ""


def _gate_date(gate_date: datetime | None, decided: date) -> date | None:
    found = gate_date.date() if gate_date else None
    if found and found <= decided:
        raise click.UsageError(
            tell(
                "the next gate, {found}, is not after the decision, {decided}",
                found=found,
                decided=decided,
            )
        )
    return found


def _page(root: Path, model: Model) -> str:
    name = file_name(model.decision, ".html")
    return name if (root / "reports" / name).exists() else ""


def _is_known(decided: Decided, record: tuple[Decided, ...]) -> bool:
    """Whether a decision is on the record, whatever page and files lay before the meeting then."""
    return any(replace(one, page=decided.page, digest=decided.digest) == decided for one in record)


def _add(path: Path, decided: Decided) -> None:
    data = path.read_bytes() if path.exists() else b""
    longer = append(text_of(data), decided)
    write_whole(path, longer.replace("\n", "\r\n") if b"\r\n" in data else longer)
