"""A copy of the results for other eyes: what firms might cost, and notes on them, left out."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

from decide.analyses.information import Information
from decide.analyses.inputs import InputSummary
from decide.evaluate import Evaluation
from decide.formulas.parse import names
from decide.language import ENGLISH
from decide.model.decision import Model, Quantity
from decide.model.number import Formula, Number, Provenance
from decide.model.what_if import WhatIf
from decide.report.words.redact import withheld


def redacted(evaluation: Evaluation, *, language: str | None = None) -> Evaluation:
    """Return results without any firm's price and without notes on firms.

    A price is a quantity in money of which a firm has a value of its own, and which a payment of
    the tree hangs on. What is worth knowing of the whole, such as what buying a firm is worth,
    stays; whoever gets the copy cannot run the model.
    """
    model = evaluation.model
    language = language or model.decision.language or ENGLISH
    prices = prices_of(model)
    sensitivity = evaluation.sensitivity
    return replace(
        evaluation,
        is_redacted=True,
        rollback=replace(
            evaluation.rollback,
            values={
                name: replace(value, cash=()) if _buys(model, name) else value
                for name, value in evaluation.rollback.values.items()
            },
            information=_without_worth(evaluation.rollback.information, prices),
        ),
        model=replace(
            model,
            quantities=_without_prices(model.quantities, prices, language),
            target_quantities={
                target: _without_prices(own, prices, language)
                for target, own in model.target_quantities.items()
            },
            targets={
                name: replace(
                    target,
                    note="",
                    quantities={
                        q: _withheld(n, language) if q in prices else n
                        for q, n in target.quantities.items()
                    },
                )
                for name, target in model.targets.items()
            },
            what_if=_without_moved(model.what_if, prices),
        ),
        sensitivity=replace(
            sensitivity,
            bars=tuple(b for b in sensitivity.bars if _plain(b.quantity) not in prices),
            switch_points=tuple(
                p for p in sensitivity.switch_points if _plain(p.quantity) not in prices
            ),
        ),
        inputs=replace(
            evaluation.inputs,
            summaries={
                name: _without_figures(summary) if _plain(name) in prices else summary
                for name, summary in evaluation.inputs.summaries.items()
            },
        ),
        warnings=tuple(w for w in evaluation.warnings if w.place not in _places(model, prices)),
    )


def prices_of(model: Model) -> frozenset[str]:
    """Return the quantities that are what a firm costs."""
    own = {name for quantities in model.target_quantities.values() for name in quantities}
    reached: set[str] = set()
    waiting = [name for pay in _payments(model) for name in _names(pay)]
    while waiting:
        name = waiting.pop()
        if name not in reached and name in model.quantities:
            reached.add(name)
            waiting.extend(_names(model.quantities[name].number))
    currency = model.decision.currency
    return frozenset(
        name for name in own & reached if _is_money(model.quantities[name].number, currency)
    )


def _buys(model: Model, strategy: str) -> bool:
    """Whether a strategy buys a firm: its cash of the first year would tell the price."""
    return strategy in model.strategies and bool(model.strategies[strategy].target)


def _payments(model: Model) -> Iterator[Number]:
    branches = [branch for node in model.nodes.values() for branch in node.branches]
    for pay in (*(s.pay for s in model.strategies.values()), *(b.pay for b in branches)):
        if pay is not None:
            yield pay


def _names(number: Number) -> tuple[str, ...]:
    definition = number.definition
    return names(definition.expression) if isinstance(definition, Formula) else ()


def _is_money(number: Number, currency: str) -> bool:
    head = number.unit.split("/", maxsplit=1)[0].split(" ", maxsplit=1)[0]
    return not number.unit or head == currency


def _without_prices(
    quantities: Mapping[str, Quantity], prices: frozenset[str], language: str
) -> dict[str, Quantity]:
    return {
        name: replace(q, number=_withheld(q.number, language)) if name in prices else q
        for name, q in quantities.items()
    }


def _withheld(number: Number, language: str) -> Number:
    text = withheld(language)
    reason = Provenance(grade="judgement", reason=text)
    return replace(number, text=text, unit="", provenance=reason)


def _without_moved(what_if: WhatIf, prices: frozenset[str]) -> WhatIf:
    pinned, shifted = _others(what_if.pinned, prices), _others(what_if.shifted, prices)
    left = len(pinned) + len(shifted)
    withheld = len(what_if.pinned) + len(what_if.shifted) - left
    return replace(what_if, pinned=pinned, shifted=shifted, withheld=withheld)


def _others(moved: Mapping[str, float], prices: frozenset[str]) -> dict[str, float]:
    return {name: x for name, x in moved.items() if _plain(name) not in prices}


def _plain(quantity: str) -> str:
    return quantity.partition("@")[0]


def _without_figures(summary: InputSummary) -> InputSummary:
    return replace(summary, mean=math.nan, p10=math.nan, p50=math.nan, p90=math.nan, by_year=())


def _without_worth(found: Information | None, prices: frozenset[str]) -> Information | None:
    if found is None:
        return None
    each = {
        names: worth
        for names, worth in found.each.items()
        if not any(_plain(name) in prices for name in names)
    }
    return replace(found, each=each)


def _places(model: Model, prices: frozenset[str]) -> set[object]:
    shared = (q.number.place for name, q in model.quantities.items() if name in prices)
    own = (
        q.number.place
        for quantities in model.target_quantities.values()
        for name, q in quantities.items()
        if name in prices
    )
    return {*shared, *own}
