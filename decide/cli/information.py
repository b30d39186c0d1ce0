"""The table of what it would be worth to know."""

from collections.abc import Iterator

from decide.analyses.information import Information
from decide.cli.tables import PLAIN_UNITS, Table
from decide.evaluate import Evaluation
from decide.language import said
from decide.report.view.context import Context, context_of
from decide.report.view.numerals import MoneyScale

FIGURES = (said("Worth"), said("Held out"), said("In sample"), said("Error"))


def information_table(evaluation: Evaluation) -> Table:
    """What would it be worth to know each quantity before the first decision?"""
    context = context_of(evaluation)
    information = evaluation.rollback.information
    if information is None:
        title = said(
            "Information is not valued: the tree has too many decisions or paths, or knowing is "
            "worth hundreds of risk tolerances"
        )
        return Table(title=title, columns=(said("Known"),), rows=())
    scale = _scale(information, context)
    return Table(
        title=said("Value of perfect information in {unit}", unit=scale.unit or PLAIN_UNITS),
        columns=(said("Known"), *FIGURES, said("Note")),
        numbers=frozenset(FIGURES),
        rows=tuple(_rows(information, context)),
    )


def _scale(information: Information, context: Context) -> MoneyScale:
    """Return the scale of all values; to three digits where they are exact, or nearly."""
    every, outcomes = information.quantities, information.outcomes
    largest = every.value + (outcomes.value if outcomes else 0.0)
    return context.numerals.money_scale([largest], every.standard_error)


def _rows(information: Information, context: Context) -> Iterator[tuple[str, ...]]:
    scale = _scale(information, context)
    every, outcomes = information.quantities, information.outcomes
    if outcomes is not None:
        texts = (every.value + outcomes.value, outcomes.standard_error)
        whole, error = (scale.write_bare(x) for x in texts)
        yield said("all quantities and outcomes"), whole, "", "", error, ""
    figures = (every.value, every.held_out, every.in_sample, every.standard_error)
    yield said("all quantities"), *(scale.write_bare(x) for x in figures), ""
    for names, worth in sorted(information.each.items(), key=lambda item: -item[1].value):
        figures = (worth.value, worth.held_out, worth.in_sample, worth.standard_error)
        note = "" if worth.is_distinguishable else said("not distinguishable from nothing")
        yield ", ".join(names), *(scale.write_bare(x) for x in figures), note
