"""Every result as plain data for other programs; docs/export.md names each field."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

from decide.analyses.information import Information
from decide.evaluate import Evaluation
from decide.model.criterion import Criterion, CriterionGroup, ValueTree
from decide.model.decision import Model
from decide.model.label import Label
from decide.model.number import Number, Provenance
from decide.model.place import Place

FORMAT = 1  # raised when a field changes its name or meaning; new fields leave it


def results_of(evaluation: Evaluation) -> dict[str, object]:
    """Return everything that an evaluation holds as dictionaries, lists, texts and numbers.

    What is not a number, or infinite, is None. Money is in plain currency units, shares are
    fractions of 1.
    """
    model, rollback = evaluation.model, evaluation.rollback
    return {
        "format": FORMAT,
        "version": evaluation.version,
        "digest": evaluation.digest,
        "fingerprint": evaluation.fingerprint,
        "decision": decision_of(model),
        "verdict": plain(evaluation.verdict),
        "ranking": plain(rollback.ranking),
        "strategies": strategies_of(evaluation),
        "ahead": _nested(rollback.ahead),
        "trees": plain(rollback.steps),
        "sampling": plain(rollback.sampling),
        "criteria": _criteria_of(model.criteria),
        "score": plain(evaluation.scores),
        "sensitivity": plain(evaluation.sensitivity),
        "information": _information_of(rollback.information),
        "gates": by_id(model.gates),
        "screening_criteria": _criteria_of(model.screening),
        "screening": plain(evaluation.screening),
        "targets": by_id(model.targets, "quantities"),  # stand among the quantities
        "classes": classes_of(evaluation),
        "precedents": by_id(model.precedents),
        "quantities": quantities_of(evaluation),
        "levers": by_id(model.levers),
        "correlations": plain(model.correlations),
        "sources": by_id(model.sources),
        "switched_off": plain(model.switched_off),
        "files": {file.path: file.sha256 for file in model.files},
        "diagram": plain(evaluation.diagram),
        "warnings": plain(evaluation.warnings),
    }


def decision_of(model: Model) -> dict[str, object]:
    """Return the frame of the decision."""
    decision = _fields(model.decision)
    decision["payoff"] = model.decision.payoff.text if model.decision.payoff else None
    return decision


def strategies_of(evaluation: Evaluation) -> dict[str, object]:
    """Return what each strategy is and what it is worth."""
    strategies = evaluation.model.strategies
    return {
        name: _fields(strategies[name], "id") | _fields(value, "strategy")
        if name in strategies
        else _fields(value, "strategy")
        for name, value in evaluation.rollback.values.items()
    }


def classes_of(evaluation: Evaluation) -> dict[str, object]:
    """Return each reference class with its rate."""
    rates = evaluation.references.rates
    return {
        reference.id: _fields(reference, "id") | _fields(rates[reference.id], "reference_class")
        for reference in evaluation.model.classes.values()
    }


def quantities_of(evaluation: Evaluation) -> dict[str, object]:
    """Return each quantity as written and as drawn; a firm's own as `price@graphcore`."""
    summaries = evaluation.inputs.summaries
    return {
        name: _fields(quantity, "id") | _fields(summaries[name], "quantity")
        for name, quantity in evaluation.model.every_quantity().items()
        if name in summaries
    }


def plain(value: object) -> object:
    """Return a value as dictionaries, lists, texts, numbers, booleans and None."""
    match value:
        case Label() | Place():
            return str(value)
        case Number():
            return {"written": value.text} | _fields(value, "text", "definition")
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case float():
            return float(value) if math.isfinite(value) else None
        case None | bool() | int() | str():
            return value
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case Iterable():
            return [plain(item) for item in value]
        case _:
            return _fields(value)


def by_id(things: Mapping[str, object], *left_out: str) -> dict[str, object]:
    """Return the fields of things that are named by their id."""
    return {name: _fields(thing, "id", *left_out) for name, thing in things.items()}


def _fields(value: object, *left_out: str) -> dict[str, object]:
    """Return the fields of a dataclass, those of its provenance among them."""
    assert is_dataclass(value), type(value)
    found: dict[str, object] = {}
    for field in fields(value):
        inner = getattr(value, field.name)
        if isinstance(inner, Provenance):
            found |= _fields(inner)
        elif field.name not in left_out:
            found[field.name] = plain(inner)
    return found


def _information_of(information: Information | None) -> dict[str, object] | None:
    if information is None:
        return None
    influences: dict[str, dict[str, object]] = {}
    for (strategy, quantity), influence in information.influences.items():
        influences.setdefault(strategy, {})[quantity] = plain(influence)
    return {
        "quantities": plain(information.quantities),
        "outcomes": plain(information.outcomes),
        "each": [{"known": list(names)} | _fields(w) for names, w in information.each.items()],
        "influences": influences,
    }


def _nested(pairs: Mapping[tuple[str, str], float]) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for (first, second), share in pairs.items():
        found.setdefault(first, {})[second] = plain(share)
    return found


def _criteria_of(tree: ValueTree) -> list[object]:
    return [_criterion(member) for member in tree]


def _criterion(member: Criterion | CriterionGroup) -> dict[str, object]:
    if isinstance(member, Criterion):
        return _fields(member, "shape", "levels") | {
            "levels": {str(level.label): level.performance for level in member.levels}
        }
    return _fields(member, "members") | {"criteria": _criteria_of(member.members)}
