"""`decide explain NAME`: what a name stands for, where it comes from, what it drives."""

import json
from pathlib import Path

import click

from decide.cli.language import chosen, language_option, tell
from decide.cli.meaning import KINDS, TERMS, Meaning
from decide.cli.meanings import all_names, meanings_of
from decide.cli.workspace import json_option, read_model
from decide.language import in_language
from decide.read.problems import nearest


@click.command("explain")
@click.argument("name")
@json_option
@language_option
@click.pass_obj
def command(folder: Path, name: str, *, as_json: bool) -> None:
    """Say where a number comes from and what it drives.

    NAME is the id of a quantity, criterion or group of criteria, lever, strategy, firm, node of the
    tree, reference class, precedent or source, or discount_rate or risk_tolerance; a firm's own
    number is written price@firm.
    """
    model = read_model(folder)[1]
    meanings = meanings_of(name, model)
    if not meanings:
        raise click.UsageError(
            tell(
                "nothing is called {name!r}; {near}",
                name=name,
                near=nearest(name, all_names(model)),
            )
        )
    if as_json:
        plain = [{"kind": m.kind, "name": m.name, "label": m.label, **m.facts} for m in meanings]
        click.echo(json.dumps({"meanings": plain}, indent=1, ensure_ascii=False))
    else:
        click.echo("\n\n".join(_paragraph(meaning) for meaning in meanings))


def _paragraph(meaning: Meaning) -> str:
    kind = in_language(KINDS.get(meaning.kind, meaning.kind), chosen())
    lines = [f"{meaning.label} ({kind} {meaning.name})"]
    terms = {term: in_language(TERMS.get(term, _spaced(term)), chosen()) for term in meaning.facts}
    width = max(map(len, terms.values()), default=0)
    for term, fact in meaning.facts.items():
        texts = [fact] if isinstance(fact, str) else fact
        for index, text in enumerate(texts):
            shown = terms[term] if index == 0 else ""
            lines.append(f"  {shown:<{width}}  {text}")
    return "\n".join(lines)


def _spaced(term: str) -> str:
    return term.replace("_", " ")
