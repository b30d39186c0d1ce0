"""Nothing is counted twice: what the files alone can show of it."""

import re
from collections.abc import Mapping

from decide.formulas.terms import names
from decide.language import said
from decide.model.criterion import Criterion, ValueTree, leaves
from decide.model.decision import Decision, Quantity
from decide.model.number import Formula, Number
from decide.model.precedent import Precedent, ReferenceClass
from decide.read.numbers import NumberReader
from decide.read.problems import Problems, nearest

RESTATED = re.compile(
    r"\b(costs?|roi|npv|irr|payback|profits?|prices?|savings?|risks?|odds|probability|"
    r"success rate|expected value|return on investment|synerg(?:y|ies)|time to market|"
    r"strategic fit)\b"
)
Performances = Mapping[str, Mapping[str, Number]]


def check_counting(
    decision: Decision,
    criteria: ValueTree,
    quantities: Mapping[str, Quantity],
    performances: Performances,
    classes: Mapping[str, ReferenceClass],
    precedents: Mapping[str, Precedent],
    reader: NumberReader,
) -> None:
    """Note what would be counted twice and has no reason."""
    for criterion in leaves(criteria):
        _check_overlap(criterion, quantities, reader.problems)
        if decision.payoff is not None:
            _check_restated(criterion, reader.problems)
    in_tree = _classes_in_tree(reader, classes, performances)
    for row in performances.values():
        for criterion in leaves(criteria):
            number = row.get(criterion.id)
            if number is not None and criterion.swing > 0 and not criterion.overlap_reason.strip():
                _check_precedents(number, criterion, in_tree, classes, precedents, reader.problems)


def _check_overlap(
    criterion: Criterion, quantities: Mapping[str, Quantity], problems: Problems
) -> None:
    if not criterion.overlap:
        return
    if criterion.overlap not in quantities:
        problems.gap(
            criterion.place,
            said(
                "criterion {id!r} overlaps with {overlap!r}, which is no quantity",
                id=criterion.id,
                overlap=criterion.overlap,
            ),
            nearest(
                criterion.overlap,
                quantities,
                what=said("quantities"),
                none=said("there are no quantities"),
            ),
            len(criterion.id),
        )
    elif criterion.swing > 0 and not criterion.overlap_reason.strip():
        problems.error(
            criterion.place,
            said(
                "criterion {id!r} has a weight, and the quantity {overlap!r} of the tree already "
                "holds its effect in money",
                id=criterion.id,
                overlap=criterion.overlap,
            ),
            said("say in `overlap_reason` what is left for the weight, or set its swing to 0"),
            len(criterion.id),
        )


def _check_restated(criterion: Criterion, problems: Problems) -> None:
    texts = [criterion.id.replace("_", " "), *(text for _, text in criterion.label.texts)]
    found = next(filter(None, (RESTATED.search(text.lower()) for text in texts)), None)
    if found is None or criterion.swing == 0 or criterion.overlap_reason.strip():
        return
    problems.error(
        criterion.place,
        said(
            "criterion {id!r} weighs {found!r}, which the tree counts in money already",
            id=criterion.id,
            found=found[0],
        ),
        said("take it out, or say in `overlap_reason` what it holds beside the money"),
        len(criterion.id),
    )


def _classes_in_tree(
    reader: NumberReader,
    classes: Mapping[str, ReferenceClass],
    performances: Performances,
) -> set[str]:
    """Return the classes whose rates a quantity, a probability or a payment names."""
    scored = {
        id(number.definition.expression)
        for row in performances.values()
        for number in row.values()
        if isinstance(number.definition, Formula)
    }
    return {
        name
        for use in reader.uses
        if id(use.expression) not in scored
        for name in names(use.expression)
        if name in classes
    }


def _check_precedents(
    number: Number,
    criterion: Criterion,
    in_tree: set[str],
    classes: Mapping[str, ReferenceClass],
    precedents: Mapping[str, Precedent],
    problems: Problems,
) -> None:
    """Note a performance that rests on the precedents that set a probability of the tree."""
    definition = number.definition
    named = set(names(definition.expression)) if isinstance(definition, Formula) else set()
    for name in sorted(in_tree):
        told = {s for m in classes[name].members for s in precedents[m].provenance.sources}
        sources = set(number.provenance.sources)
        if name in named or (sources and sources <= told):
            problems.error(
                number.place,
                said(
                    "the precedents of the class {name!r} set a probability of the tree, and "
                    "they score {id!r} too",
                    name=name,
                    id=criterion.id,
                ),
                said(
                    "score what the tree does not hold, or say in the criterion's "
                    "`overlap_reason` what is left for it"
                ),
                len(number.text),
            )
