"""The copy for other eyes."""

from collections.abc import Callable
from dataclasses import replace

from decide.evaluate import Evaluation, evaluate
from decide.model.what_if import WhatIf
from decide.program.supposing import supposing
from decide.report.page import render_page
from decide.report.redact import prices_of, redacted

SECRET = ("0.3127", "0.4591", "0.7713", "2.2222", "2.22", "SEALED")
OWN = "p10: 0.3127 bn, p50: 0.4591 bn, p90: 0.7713 bn, min: 0, max: 2 bn, unit: USD"
CHANGES = (
    ("price: {value: 2 bn,", "price: {value: 2.2222 bn, low: 2.1222 bn, high: 2.3222 bn,"),
    ("reason: as others paid", "reason: SEALED"),
    ("price: {value: 0.4 bn, unit: USD, source: bank}", f"price: {{{OWN}, source: bank}}"),
    ("label: Alpha Chips", "label: Alpha Chips\n    note: SEALED"),
)


def cash_of(page: str) -> str:
    return page.split("<h3>Cash by year")[1].split("</section>", maxsplit=1)[0]


def test_no_price_of_a_firm_and_no_note_on_one_is_in_the_copy(
    evaluate_text: Callable[..., Evaluation],
) -> None:
    whole = evaluate_text(*CHANGES)
    assert prices_of(whole.model) == {"price"}
    page = render_page(whole)
    assert [s for s in SECRET if s not in page] == []  # or nothing would be tested
    copy = render_page(redacted(whole))
    assert [secret for secret in SECRET if secret in copy] == []
    assert "Redacted copy" in copy
    assert "Alpha Chips" in copy
    assert "withheld" in copy
    # what goes out in the year in which a firm is bought tells its price
    assert "Acquire a chip firm" in cash_of(page)
    assert "Acquire a chip firm" not in cash_of(copy)
    assert "live-data" not in copy  # whoever has it cannot run the model


def test_a_what_if_that_moves_a_price_does_not_tell_it(
    evaluate_text: Callable[..., Evaluation],
) -> None:
    model = evaluate_text(*CHANGES).model
    moved = WhatIf(pinned={"price@alpha": 4.5678e8, "demand": 0.1})
    copy = render_page(redacted(evaluate(supposing(model, moved), draws=1024)))
    assert "457" not in copy
    assert "Demand in 2031 is" in copy


def test_a_what_if_that_moves_prices_alone_still_says_that_it_is_one(
    evaluate_text: Callable[..., Evaluation],
) -> None:
    model = evaluate_text(*CHANGES).model
    moved = WhatIf(pinned={"price@alpha": 4.5678e8})
    copy = render_page(redacted(evaluate(supposing(model, moved), draws=1024)))
    assert "457" not in copy
    assert "One number more is moved, which this copy leaves out." in copy
    both = WhatIf(pinned={"price@alpha": 4.5678e8, "demand": 0.1})
    copy = render_page(redacted(evaluate(supposing(model, both), draws=1024)))
    assert "Demand in 2031 is" in copy
    assert "One number more is moved" in copy


def test_a_model_without_firms_is_copied_as_it_is(
    evaluate_text: Callable[..., Evaluation],
) -> None:
    whole = evaluate_text()
    model = replace(whole.model, target_quantities={})
    assert prices_of(model) == frozenset()
