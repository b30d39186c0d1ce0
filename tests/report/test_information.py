"""What it would be worth to know, on the page."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from decide.evaluate import Evaluation, evaluate
from decide.read.workspace import read_workspace
from decide.report.page import render_page
from decide.report.redact import redacted
from decide.report.view.context import context_of
from decide.report.view.information import information_view
from decide.report.view.parts import text_of

BET = """\
decision: {title: A bet}
quantities:
  odds: {discrete: {0.2: 50 %, 0.8: rest}, label: Odds of the bet}
  fee: {discrete: {1: 50 %, 3: rest}, label: Fee}
tree:
  bet:
    decide:
      take: {label: Take it, pay: 100 * (2 * odds - 1) - fee}
      leave: {label: Leave it, pay: 0}
"""


def bet(folder: Path) -> Evaluation:
    (folder / "criteria").mkdir()
    (folder / "criteria/bet.yaml").write_text(BET, encoding="utf-8")
    return evaluate(read_workspace(folder), together=())


def test_what_knowing_is_worth_by_hand(tmp_path: Path) -> None:
    """Odds of 0.8 win 60 less a fee of 1 or 3, half of the time; without, leaving is worth 0."""
    view = information_view(context_of(bet(tmp_path)))
    assert view is not None
    whole, largest = view.opening[0], view.opening[-1]
    assert text_of(whole).startswith(
        "To know every uncertain quantity before the first decision would be worth 29"
    )
    assert "\u00b1" not in text_of(whole)  # every state was gone through
    assert text_of(largest) == "Of single quantities Odds of the bet is worth knowing most: 29.0."
    assert [(row.quantity.text, row.worth, row.error, row.bar) for row in view.rows] == [
        ("Odds of the bet", "29.0", "", "160")
    ]
    assert view.notes[-1] == "One other quantity cannot be told from being worth nothing."


def test_quantities_stand_in_the_order_of_their_worth_and_lead_to_their_rows(
    shipped: Evaluation, shipped_page: str
) -> None:
    view = information_view(context_of(shipped))
    found = shipped.rollback.information
    assert view is not None
    assert found is not None
    most = max(found.each, key=lambda names: found.each[names].value)
    assert view.rows[0].quantity == context_of(shipped).quantity_link(most[0])
    shown = [row.quantity.href for row in view.rows]
    assert 5 <= len(shown) <= sum(w.is_distinguishable for w in found.each.values())
    bars = [float(row.bar) for row in view.rows]
    assert bars == sorted(bars, reverse=True)
    section = shipped_page.split('<section id="information">')[1].split("</section>", maxsplit=1)[0]
    assert all(f"href={href}" in section for href in shown)
    assert '<a href="#information">' in shipped_page  # in the contents


def test_where_it_was_not_asked_the_page_says_how_to_ask(evaluation: Evaluation) -> None:
    unasked = replace(evaluation, rollback=replace(evaluation.rollback, information=None))
    page = render_page(unasked)
    assert 'id="information"' not in page
    assert "decide report --information adds it to the page" in page


def test_what_a_price_is_worth_to_know_is_not_in_a_redacted_copy(
    evaluate_text: Callable[..., Evaluation],
) -> None:
    own = "price: {p10: 0.1 bn, p50: 2 bn, p90: 9 bn, min: 0, max: 20 bn, unit: USD, source: bank}"
    whole = evaluate_text(("price: {value: 0.4 bn, unit: USD, source: bank}", own))
    found = whole.rollback.information
    copy = redacted(whole).rollback.information
    assert found is not None
    assert copy is not None
    assert ("price@alpha",) in found.each
    assert set(found.each) - set(copy.each) == {("price@alpha",)}
