"""The policy of an influence diagram as a table, with what it is worth in the lines above."""

import math
from collections.abc import Iterator, Mapping, Sequence

from decide.analyses.diagram import (
    DiagramSolution,
    information_values,
    risk_tolerance_of,
    solve,
)
from decide.cli.tables import PLAIN_UNITS, Table
from decide.language import ENGLISH, NOTHING, Said, in_series, said
from decide.model.decision import Model
from decide.model.diagram import Diagram
from decide.report.results import plain
from decide.report.view.numerals import Numerals, numerals

MOST_ROWS = 100  # of a decision, up to which those that are never reached are printed too
METHODS = {
    "elimination": said("Exact: nothing is forgotten, and nodes are taken out one after the other"),
    "enumeration": said("Exact: the best of all policies that the limited memory allows"),
    "policy_updating": said("One decision's policy was improved after the other"),
}


def diagram_table(model: Model) -> Table:
    """What should be chosen in a diagram, depending on what is known?"""
    columns = (said("Decision"), said("Where"), said("Take"), said("As good"), said("Reached"))
    if model.diagram is None:
        return Table(title=said("The workspace has no diagram"), columns=columns, rows=())
    solution = solve(model.diagram, risk_tolerance=risk_tolerance_of(model))
    writing = numerals(model.decision.language or ENGLISH, model.decision.currency)
    return Table(
        title="\n".join(_lines(solution, _information(model, solution), model.diagram, writing)),
        columns=columns,
        numbers=frozenset({"Reached"}),
        rows=tuple(_rows(solution, model.diagram, writing)),
    )


def diagram_json(model: Model) -> object:
    """Return the solution of a diagram, and what knowing chances first is worth, as plain data."""
    if model.diagram is None:
        return None
    solution = solve(model.diagram, risk_tolerance=risk_tolerance_of(model))
    found = plain(solution)
    assert isinstance(found, dict), "a solution has fields"
    return found | {"information": plain(_information(model, solution))}


def _information(model: Model, solution: DiagramSolution) -> Mapping[str, float]:
    """Return what knowing a chance first is worth; a difference of local optima says nothing."""
    if model.diagram is None or solution.method == "policy_updating":
        return {}
    return information_values(model.diagram, risk_tolerance=risk_tolerance_of(model))


def _lines(
    solution: DiagramSolution, told: Mapping[str, float], diagram: Diagram, writing: Numerals
) -> Iterator[str]:
    value = solution.value
    amounts = {
        said("certain"): value.certainty_equivalent,
        said("expected"): value.expected_value,
        "P10": value.p10,
        "P50": value.p50,
        "P90": value.p90,
        said("worst tenth"): value.worst_tenth_mean,
    }
    each = [said("{name} {amount}", name=n, amount=_amount(x, writing)) for n, x in amounts.items()]
    unit = writing.symbol or PLAIN_UNITS
    yield said("Value in {unit}: {amounts}", unit=unit, amounts=in_series(each))
    if value.profile:
        yield said("Loss in {share} of outcomes", share=writing.percent(value.probability_of_loss))
    else:
        yield said("There are too many histories for percentiles and a risk profile")
    yield said("{method}{doubt}", method=METHODS[solution.method], doubt=_doubt(solution, writing))
    first = next(iter(solution.policies))
    for name, worth in told.items():
        node, before = diagram.nodes[name].label, diagram.nodes[first].label
        yield said(
            "To know {node} before {before}: worth {amount}",
            node=node,
            before=before,
            amount=_amount(worth, writing),
        )


def _doubt(solution: DiagramSolution, writing: Numerals) -> Said:
    """Say whether a policy that was improved step by step is the best."""
    if solution.method != "policy_updating":
        return NOTHING
    if not solution.is_local_optimum:
        return said("; it is the best, as it is worth what it would be if nothing were forgotten")
    if math.isnan(solution.upper_bound):
        return said(
            ", until no change of a single one helps; a better policy may exist (a local optimum)"
        )
    return said(
        ", until no change of a single one helps; a better policy may exist (a local optimum), "
        "worth {amount} at most",
        amount=_amount(solution.upper_bound, writing),
    )


def _amount(x: float, writing: Numerals) -> str:
    return writing.number(x, 5)


def _rows(
    solution: DiagramSolution, diagram: Diagram, writing: Numerals
) -> Iterator[tuple[str, ...]]:
    for name, policy in solution.policies.items():
        options = diagram.decisions[name].states
        shown = [row for row in policy.rows if len(policy.rows) <= MOST_ROWS or row.reach > 0]
        for row in shown:
            reached = "" if math.isnan(row.reach) else writing.percent(row.reach)
            yield (
                str(diagram.nodes[name].label),
                _where(diagram, policy.matters, row.states) or said("always"),
                str(options[row.option]),
                ", ".join(str(options[option]) for option in row.ties),
                reached,
            )
        if len(shown) < len(policy.rows):
            left_out = len(policy.rows) - len(shown)
            yield (
                "",
                said("and {number:,} more that the policy does not lead to", number=left_out),
                "",
                "",
                "",
            )
        if policy.ignored:
            left = ", ".join(str(diagram.nodes[other].label) for other in policy.ignored)
            yield ("", said("makes no difference: {nodes}", nodes=left), "", "", "")


def _where(diagram: Diagram, names: Sequence[str], states: Sequence[str]) -> str:
    variables = diagram.variables
    return ", ".join(
        f"{variables[name].label}: {variables[name].states[state]}"
        for name, state in zip(names, states, strict=True)
    )
