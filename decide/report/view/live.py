"""What the page's own engine needs to try a what-if: the program, and what things are called."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from decide.evaluate import live_program
from decide.model.criterion import Criterion, CriterionGroup, ValueTree, leaves
from decide.model.movable import movable
from decide.model.number import Fixed, Number
from decide.report.packed import packed
from decide.report.view.anchors import (
    branch_anchor,
    performance_anchor,
    quantity_anchor,
    target_performance_anchor,
)
from decide.report.view.context import Context
from decide.report.view.numerals import WIDE, Numerals, rounded
from decide.report.words.live import live_words

DIGITS = 9  # of printed figures, far more than are shown
SHOWN = 4  # of the inputs that move the leader's worth most
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """The live part of the page."""

    data: str  # deflated JSON in letters, five for four bytes
    kinds: frozenset[str]  # of distributions that it draws from


def live_view(context: Context) -> Live | None:
    """Bundle the program with its labels; None where there is none to run."""
    program = live_program(context.evaluation)
    if program is None:
        return None
    used = set(program["inputs"])
    data = {
        "program": program,
        "digest": context.evaluation.digest,
        "numerals": _numerals(context.numerals) | {"scale": _scale(context)},
        "strategies": _strategies(context),
        "criteria": _criteria(context, context.evaluation.model.criteria),
        "targets": {t: context.target(t) for t in context.evaluation.model.targets},
        "nodes": _nodes(context),
        "numbers": list(_numbers(context, used)),
        "performances": _performances(context),
        "screening": _criteria(context, context.evaluation.model.screening),
        "shown": _shown(context, used),
        "risk": _range(context.evaluation.model.decision.risk_tolerance),
        "heavy": context.evaluation.is_heavy_tailed,
        "words": live_words(context.language),
    }
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return Live(
        data=packed(text),
        kinds=frozenset(d["kind"] for d in program["inputs"].values() if isinstance(d, dict)),
    )


def _numerals(numerals: Numerals) -> Plain:
    units = [numerals.money_scale((10.0**power,)) for power in (12, 9, 6, 3, 0)]
    return {
        "point": numerals.point,
        "group": numerals.group,
        "symbol": numerals.symbol,
        "isFirst": numerals.symbol_first,
        "units": [[unit.factor, unit.suffix] for unit in units],
    }


def _scale(context: Context) -> Plain:
    scale = context.scale
    return {"factor": scale.factor, "suffix": scale.suffix, "decimals": scale.decimals}


def _strategies(context: Context) -> Plain:
    evaluation = context.evaluation
    totals: Mapping[str, float] = evaluation.scores.totals if evaluation.scores else {}
    return {
        name: {
            "label": context.strategy(name),
            "family": evaluation.model.strategies[name].family,
            "target": evaluation.model.strategies[name].target,
            "certain": rounded(value.certainty_equivalent, DIGITS),
            "error": rounded(value.standard_error, 3),
            "loss": rounded(value.probability_of_loss, DIGITS),
            "score": rounded(totals[name], DIGITS) if name in totals else None,
        }
        for name, value in evaluation.rollback.values.items()
    }


def _criteria(context: Context, tree: ValueTree) -> list[Plain]:
    found = []
    for member in tree:
        own: Plain = {"id": member.id, "label": context.label(member.label), "swing": member.swing}
        if isinstance(member, Criterion) and member.unit:
            own["unit"] = member.unit
        if isinstance(member, CriterionGroup):
            own["members"] = _criteria(context, member.members)
        found.append(own)
    return found


def _nodes(context: Context) -> Plain:
    return {
        node.id: [context.label(node.label), *(context.label(b.label) for b in node.branches)]
        for node in context.evaluation.model.nodes.values()
    }


def _numbers(context: Context, used: set[str]) -> Iterator[list[Any]]:
    """Yield name, label, place on the page, manner, unit, and low and high where it is constant."""
    model = context.evaluation.model
    labels = dict(_labels(context))
    for name, number in movable(model).items():
        if name in used and name in labels:
            label, href = labels[name]
            manner, unit = _manner(context, name, number)
            yield [name, label, href, manner, unit, *_range(number)]


def labels_of(context: Context) -> dict[str, str]:
    """Return what each movable number is called."""
    model = context.evaluation.model
    found = {name: label for name, (label, _) in _labels(context)}
    for criterion in leaves(model.criteria):
        for strategy in model.performances:
            label = f"{context.label(criterion.label)}: {context.strategy(strategy)}"
            found[f"{strategy}.{criterion.id}"] = label
    for criterion in leaves(model.screening):
        for target in model.targets:
            label = f"{context.label(criterion.label)}: {context.target(target)}"
            found[f"{target}.{criterion.id}"] = label
    return found


def _labels(context: Context) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield what each movable number but performances is called, and where on the page it is."""
    model = context.evaluation.model
    for name in (*model.every_quantity(), "discount_rate"):
        yield name, (context.quantity(name), quantity_anchor(model, name))
    for node in model.nodes.values():
        for branch in node.branches:
            label = f"{context.label(node.label)}: {context.label(branch.label)}"
            anchor = branch_anchor(model, node.id, branch.id)
            yield f"{node.id}.{branch.id}.p", (label, anchor)


def _performances(context: Context) -> dict[str, str]:
    """Return where each strategy's and firm's performances stand on the page, by criterion.

    The row without the criterion's number, or a dash for one that cannot be moved.
    """
    model = context.evaluation.model
    numbers = movable(model)
    found: dict[str, list[str]] = {}
    for tree, rows, anchor in (
        (model.criteria, model.performances, performance_anchor),
        (model.screening, model.targets, target_performance_anchor),
    ):
        for criterion in leaves(tree):
            for row in rows:
                is_movable = f"{row}.{criterion.id}" in numbers
                place = anchor(model, row, criterion.id).rpartition("-")[0] if is_movable else "-"
                found.setdefault(row, []).append(place)
    return {row: " ".join(places) for row, places in found.items()}


def _manner(context: Context, name: str, number: Number) -> tuple[str, str]:
    """Say how a number is written: in percent, as money, or as it is with its unit."""
    currency = context.evaluation.model.decision.currency
    head = number.unit.split("/", maxsplit=1)[0].split(" ", maxsplit=1)[0]
    if number.unit == "%" or name.endswith(".p") or (not number.unit and "%" in number.text):
        return "percent", ""
    return ("money", "") if currency and head == currency else ("number", number.unit)


def amount_of(context: Context, name: str, value: float) -> str:
    """Write a value of a movable number in that number's own manner."""
    numerals = context.numerals
    manner, unit = _manner(context, name, movable(context.evaluation.model)[name])
    match manner:
        case "percent":
            return numerals.percent_value(value)
        case "money":
            return numerals.money_as_known(value)
        case _:
            return f"{numerals.number(value)}{WIDE}{unit}" if unit else numerals.number(value)


def _range(number: Number | None) -> tuple[float, ...]:
    """Return a constant's value and the ends of what it may be moved over; () where it is drawn."""
    if number is None or not isinstance(number.definition, Fixed):
        return ()
    value, low, high = number.definition.value, number.definition.low, number.definition.high
    if low is not None and high is not None:
        return value, low, high
    if 0 <= value <= 1:
        return value, 0.0, 1.0
    return value, min(0.0, 2 * value), max(0.0, 2 * value)


def _shown(context: Context, used: set[str]) -> list[str]:
    bars = context.evaluation.sensitivity.bars
    return [bar.quantity for bar in bars if bar.quantity in used][:SHOWN]
