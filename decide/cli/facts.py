"""The texts that explanations are made of: numbers as written, with what stands behind them."""

from collections.abc import Sequence

from decide.cli.language import tell
from decide.language import ENGLISH
from decide.model.decision import Model, Source
from decide.model.number import Number, Provenance
from decide.model.tree import Branch, Likelihood, Setting
from decide.report.view.numerals import numerals


def input_text(name: str, model: Model) -> str:
    """Say what a name in a formula is: a quantity with its place, or a lever."""
    found = model.quantities.get(name)
    if found is not None:
        return f"{name}: {written(found.number)} ({found.place})"
    lever = model.levers.get(name)
    return (
        tell("{name}: a lever, at first {number}", name=name, number=lever.number.text)
        if lever
        else name
    )


def backing(provenance: Provenance, model: Model) -> dict[str, str | list[str]]:
    """Return what stands behind a number: sources with their dates, grade, reason, note."""
    sources = [model.sources[s] for s in provenance.sources if s in model.sources]
    return {
        "sources": [f"{s.title}, {_date(s)} ({s.id}, {s.place})" for s in sources],
        "grade": provenance.grade if provenance.grade != "unsourced" else "",
        "reason": provenance.reason,
        "note": provenance.note,
    }


def _date(source: Source) -> str:
    return source.published_text or tell("known by {date}", date=source.known_by)


def settings_texts(settings: Sequence[Setting]) -> list[str]:
    """Say what levers are set to."""
    return [
        tell(
            "{lever} to {number} ({place})",
            lever=s.lever,
            number=s.number.text,
            place=s.number.place,
        )
        for s in settings
    ]


def branch_text(branch: Branch) -> str:
    """Say what a branch of the tree does: its odds, payment, settings and where it leads."""
    p = branch.p
    if isinstance(p, Likelihood):
        odds = "p " + ", ".join(number.text for number in p.by_state)
    elif p is None:
        odds = ""
    else:
        odds = f"p {p if isinstance(p, str) else p.text}"
    paid = tell("pays {amount}", amount=branch.pay.text) if branch.pay else ""
    sets = ", ".join(
        tell("sets {lever} to {number}", lever=s.lever, number=s.number.text)
        for s in branch.settings
    )
    then = tell("then {node}", node=branch.then) if branch.then else ""
    what = tell("; ").join(text for text in (odds, paid, sets, then) if text)
    return f"{branch.id}: {what} ({branch.place})" if what else f"{branch.id} ({branch.place})"


def written(number: Number, unit: str = "") -> str:
    """Return a number as written, with its unit."""
    shown = unit or number.unit
    return number.text if not shown or number.text.endswith(shown) else f"{number.text} {shown}"


def amount_text(x: float, number: Number, model: Model) -> str:
    """Write a value in the manner in which its number was written."""
    writing = numerals(model.decision.language or ENGLISH, model.decision.currency)
    if number.unit == "%" or (not number.unit and "%" in number.text):
        return writing.percent_value(x)
    if model.decision.currency and number.unit.partition("/")[0] == model.decision.currency:
        return writing.money(x)
    return f"{writing.number(x)} {number.unit}".rstrip()
