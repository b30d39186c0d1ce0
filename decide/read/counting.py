"""Nothing is counted twice: what the files alone can show of it."""

import re
from collections.abc import Iterable, Mapping

from decide.formulas.terms import names
from decide.model.criterion import Criterion, ValueTree, leaves
from decide.model.decision import Decision, Quantity
from decide.model.number import Formula, Number
from decide.model.precedent import Precedent, ReferenceClass
from decide.read.problems import Problems, nearest

RESTATED = re.compile(
    r"\b(costs?|roi|npv|irr|payback|profit|price|savings?|risks?|odds|probability|"
    r"success_rate|expected_value|return_on_investment|synerg(?:y|ies)|time_to_market|"
    r"strategic_fit)\b"
)


def check_counting(
    decision: Decision,
    criteria: ValueTree,
    quantities: Mapping[str, Quantity],
    performances: Iterable[Number],
    classes: Mapping[str, ReferenceClass],
    precedents: Mapping[str, Precedent],
    problems: Problems,
) -> None:
    """Note what would be counted twice and has no reason."""
    for criterion in leaves(criteria):
        _check_overlap(criterion, quantities, problems)
        if decision.payoff is not None:
            _check_restated(criterion, problems)
    _check_precedents(decision, quantities, performances, classes, precedents, problems)


def _check_overlap(
    criterion: Criterion, quantities: Mapping[str, Quantity], problems: Problems
) -> None:
    if not criterion.overlap:
        return
    if criterion.overlap not in quantities:
        problems.gap(
            criterion.place,
            f"criterion {criterion.id!r} overlaps with {criterion.overlap!r}, which is no quantity",
            nearest(criterion.overlap, quantities, what="quantities"),
            len(criterion.id),
        )
    elif criterion.swing > 0 and not criterion.overlap_reason.strip():
        problems.error(
            criterion.place,
            f"criterion {criterion.id!r} has a weight, and the quantity {criterion.overlap!r} of the "
            "tree already holds its effect in money",
            "say in `overlap_reason` what is left for the weight, or set its swing to 0",
            len(criterion.id),
        )


def _check_restated(criterion: Criterion, problems: Problems) -> None:
    words = criterion.id.replace("_", " ")
    found = RESTATED.search(words) or RESTATED.search(criterion.id)
    if found is None or criterion.swing == 0 or criterion.overlap_reason.strip():
        return
    problems.error(
        criterion.place,
        f"criterion {criterion.id!r} weighs {found[0]!r}, which the tree counts in money already",
        "take it out, or say in `overlap_reason` what it holds beside the money",
        len(criterion.id),
    )


def _check_precedents(
    decision: Decision,
    quantities: Mapping[str, Quantity],
    performances: Iterable[Number],
    classes: Mapping[str, ReferenceClass],
    precedents: Mapping[str, Precedent],
    problems: Problems,
) -> None:
    """Note a performance that rests on a class's rate which the payoff rests on too."""
    if decision.payoff is None:
        return
    in_tree = {
        name
        for quantity in quantities.values()
        if isinstance(quantity.number.definition, Formula)
        for name in names(quantity.number.definition.expression)
        if name in classes
    }
    del precedents
    for number in performances:
        if isinstance(number.definition, Formula):
            for name in names(number.definition.expression):
                if name in in_tree:
                    problems.error(
                        number.place,
                        f"the class {name!r} sets a probability of the tree and scores a criterion "
                        "too",
                        "score what the tree does not hold",
                        len(number.text),
                    )
