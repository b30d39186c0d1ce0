"""The live part of the page, as somebody in the room uses it."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from decide.evaluate import Evaluation, evaluate
from decide.model.what_if import Supposition, WhatIf
from decide.program.supposing import supposing
from decide.read.what_if import read_what_if
from decide.read.workspace import read_workspace
from decide.report.page import render_page
from tests.report.test_browser import browser, files  # noqa: F401  # fixtures

pytestmark = pytest.mark.browser
SLIDE = """([label, share]) => {
  const box = [...document.querySelectorAll('.move')].find(m => m.textContent.includes(label));
  const slider = box.querySelector('input');
  slider.value = Number(slider.min) + share * (slider.max - slider.min);
  slider.dispatchEvent(new Event('input'));
}"""


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:  # noqa: F811
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.context.set_offline(True)
    yield opened
    opened.close()


def rows(tab: Page) -> dict[str, list[str]]:
    """The live table: strategy to worth, change, probability of a loss and score."""
    found = {}
    for row in tab.locator("#live-worth tbody tr").all():
        found[row.locator("th").inner_text()] = [
            c.inner_text() for c in row.locator("td").all()[1:]
        ]
    return found


def go(tab: Page, page_file: Path, link: str = "") -> None:
    tab.goto(page_file.as_uri() + link)
    expect(tab.locator("#live-all")).to_be_visible()
    expect(tab.locator("#live-pictures svg").first).to_be_visible()


def test_as_long_as_nothing_is_moved_the_printed_figures_stand(
    tab: Page, page_file: Path, evaluation: Evaluation
) -> None:
    go(tab, page_file)
    expect(tab.locator("#live-banner")).to_be_hidden()
    printed = tab.locator("#money table").first.locator("tbody tr")
    worths = {
        r.locator("th").inner_text(): r.locator("td").first.inner_text() for r in printed.all()
    }
    unit = worths.popitem()[1] and evaluation.model.decision.currency
    assert unit == "USD"
    for name, (worth, change, _, _) in rows(tab).items():
        assert change == "±0"
        if name in worths:
            assert worths[name] in worth


def test_a_moved_number_moves_what_follows_and_one_click_brings_all_back(
    tab: Page, page_file: Path
) -> None:
    said: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    go(tab, page_file)
    before = rows(tab)
    tab.evaluate(SLIDE, ["Demand in 2031", 0.9])
    expect(tab.locator("#live-banner")).to_contain_text("one change")
    moved = rows(tab)
    assert moved.keys() == before.keys()
    assert sum(moved[name][0] != before[name][0] for name in moved) >= 2
    assert moved["Status quo"] == before["Status quo"]
    tab.locator("#live-reset").click()
    expect(tab.locator("#live-banner")).to_be_hidden()
    assert rows(tab) == before
    assert said == []
    assert [url for url in asked if not url.startswith("data:")] == [page_file.as_uri()]


def test_a_weight_moves_the_score_alone(tab: Page, page_file: Path) -> None:
    go(tab, page_file)
    before = rows(tab)
    tab.evaluate(SLIDE, ["Weight: Control", 1.0])
    expect(tab.locator("#live-banner")).to_be_visible()
    after = rows(tab)
    assert all(after[name][:3] == before[name][:3] for name in before)
    assert any(after[name][3] != before[name][3] for name in before)


def test_a_link_brings_the_what_if_back_and_leaves_out_what_the_model_has_not(
    tab: Page, page_file: Path
) -> None:
    go(tab, page_file)
    tab.evaluate(SLIDE, ["Demand in 2031", 0.75])
    expect(tab.locator("#live-banner")).to_be_visible()
    moved, link = rows(tab), tab.evaluate("location.hash")
    go(tab, page_file)
    tab.goto("about:blank")
    go(tab, page_file, link)
    expect(tab.locator("#live-banner")).to_be_visible()
    assert rows(tab) == moved
    tab.goto("about:blank")
    go(tab, page_file, "#what-if=" + '{"pinned":{"nothing":1,"demand":"x"},"shifted":{"demand":1}}')
    expect(tab.locator("#live-said")).to_contain_text("this model has not")
    expect(tab.locator("#live-banner")).to_contain_text("one change")
    for link in ("#what-if=%", '#what-if={"supposed":[null,{"node":"__proto__"}],"pinned":"x"}'):
        tab.goto("about:blank")
        go(tab, page_file, link)
        expect(tab.locator("#live-said")).to_contain_text("this model has not")
        expect(tab.locator("#live-banner")).to_be_hidden()


def test_odds_beyond_1_are_refused_in_words(tab: Page, page_file: Path) -> None:
    go(tab, page_file, '#what-if={"pinned":{"our_odds":5}}')
    expect(tab.locator("#live-answer")).to_contain_text("cannot stand together")
    expect(tab.locator("#live-answer")).to_contain_text("First silicon")


def test_the_copied_yaml_is_read_as_what_was_moved(
    tab: Page, page_file: Path, evaluation: Evaluation, tmp_path: Path
) -> None:
    go(tab, page_file)
    tab.evaluate(SLIDE, ["Demand in 2031", 0.75])
    tab.evaluate(SLIDE, ["Discount rate", 1.0])
    tab.evaluate(SLIDE, ["Weight: Control", 0.5])
    tab.evaluate(SLIDE, ["Last year that counts", 0.0])
    tab.evaluate(SLIDE, ["Risk tolerance", 1.0])
    tab.locator("#live-strategy").select_option("build")
    tab.get_by_role("button", name="First silicon: Works: suppose we see it").first.click()
    expect(tab.locator("#live-banner")).to_contain_text("6 changes")
    tab.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    tab.locator("#live-yaml").click()
    patch = tmp_path / "patch.yaml"
    patch.write_text(tab.locator("#live-said textarea").input_value(), encoding="utf-8")
    assert read_what_if(patch, evaluation.model) == WhatIf(
        pinned={"discount_rate": 0.12},
        shifted={"demand": 1.0},
        swings={"control": 70.0},
        horizon=2024,
        risk_tolerance=float("inf"),
        supposed=(Supposition(node="silicon", branch="good", strategy="build"),),
    )


def test_what_is_supposed_is_pressed_and_can_be_taken_back(tab: Page, page_file: Path) -> None:
    go(tab, page_file)
    tab.locator("#live-strategy").select_option("build")
    before = rows(tab)
    seen = tab.get_by_role("button", name="First silicon: Works: suppose we see it").first
    seen.click()
    expect(seen).to_have_attribute("aria-pressed", "true")
    evidence = rows(tab)
    made = tab.get_by_role("button", name="First silicon: Works: suppose we make it so").first
    made.click()
    expect(made).to_have_attribute("aria-pressed", "true")
    expect(seen).to_have_attribute("aria-pressed", "false")
    assert len({str(before), str(evidence), str(rows(tab))}) == 3  # one click is not the other
    made.click()
    expect(tab.locator("#live-banner")).to_be_hidden()
    assert rows(tab) == before


def test_a_firm_can_be_made_the_one_that_is_acquired(tab: Page, page_file: Path) -> None:
    go(tab, page_file)
    first, second = (tab.locator("#live-firms tbody tr").nth(n) for n in (0, 1))
    name = second.locator("th").inner_text()
    assert not any(name in row for row in rows(tab))
    second.get_by_role("button").click()
    assert any(name in row for row in rows(tab))
    assert first.locator("th").inner_text() != name


def test_without_scripts_the_live_part_is_not_there(browser: Browser, page_file: Path) -> None:  # noqa: F811
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(page_file.as_uri())
    expect(tab.locator("#live-all")).to_be_hidden()
    expect(tab.locator("#live-banner")).to_be_hidden()
    expect(tab.locator("#what_if")).to_contain_text("needs a browser that runs scripts")
    expect(tab.locator("#answer")).to_be_visible()
    context.close()


def test_hostile_names_run_nowhere_in_the_live_part(
    tab: Page,
    files: dict[str, Path],  # noqa: F811
) -> None:
    said: list[str] = []
    tab.on("dialog", lambda dialog: said.append(dialog.message))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    go(tab, files["hostile"])
    for slider in range(tab.locator(".move input").count()):
        tab.locator(".move input").nth(slider).fill(
            tab.locator(".move input").nth(slider).get_attribute("max") or "1"
        )
    for strategy in tab.locator("#live-strategy option").all():
        tab.locator("#live-strategy").select_option(strategy.get_attribute("value"))
    tab.wait_for_timeout(300)
    assert said == []
    assert tab.locator("#what_if img, #what_if script").count() == 0
    assert tab.evaluate("document.documentElement.scrollWidth") <= 1280


def test_a_page_of_a_what_if_lists_what_is_moved(evaluation: Evaluation) -> None:
    moved = WhatIf(
        pinned={"discount_rate": 0.12},
        shifted={"demand": 0.5},
        swings={"control": 10.0},
        horizon=2026,
        risk_tolerance=1e9,
        supposed=(Supposition(node="silicon", branch="good"),),
    )
    page = render_page(evaluate(supposing(evaluation.model, moved), draws=1024))
    for line in (
        "Discount rate is 12\u202f%.",
        "Demand in 2031 is shifted by 0.5 normal scores.",
        "The swing of Control is 10.",
        "No year after 2026 counts.",
        "The risk tolerance is $1.0 bn.",
        "First silicon: Works: supposed to be made so, which is no evidence.",
    ):
        assert f"<li>{line}<".replace(" bn", "\u00a0bn") in page
    assert 'id="live-data"' not in page


def test_a_typed_number_is_pinned_in_the_unit_beside_it(
    tab: Page, page_file: Path, evaluation: Evaluation, tmp_path: Path
) -> None:
    go(tab, page_file)
    tab.get_by_label("Pin to (%): Demand in 2031").fill("20")
    tab.keyboard.press("Enter")
    tab.get_by_label("Pin to (%): Discount rate").fill("7")
    tab.keyboard.press("Enter")
    tab.locator("#live-add").fill("Fleet")
    tab.keyboard.press("Enter")
    expect(tab.locator("#live-banner")).to_contain_text("2 changes")
    box = tab.locator(".move").filter(has_text="Demand in 2031")
    expect(box).to_contain_text("pinned to 20")
    tab.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    tab.locator("#live-yaml").click()
    patch = tmp_path / "patch.yaml"
    patch.write_text(tab.locator("#live-said textarea").input_value(), encoding="utf-8")
    assert read_what_if(patch, evaluation.model) == WhatIf(
        pinned={"demand": 0.2, "discount_rate": 0.07}
    )


UNTRUE = (
    '{"riskTolerance":"5"}',
    '{"riskTolerance":[5]}',
    '{"riskTolerance":-4}',
    '{"horizon":1900}',
    '{"pinned":{"discount_rate":-1}}',
    '{"pinned":{"constructor":1}}',
    '{"supposed":[{"node":"proof","branch":"better","strategy":""}]}',
    '{"supposed":[{"node":"silicon","branch":"late","strategy":"status_quo"}]}',
    '{"acquired":"nobody"}',
    "null",
    "5",
    "[1]",
)


@pytest.mark.parametrize("link", UNTRUE)
def test_what_a_file_would_be_refused_for_a_link_is_too(
    tab: Page, page_file: Path, link: str
) -> None:
    go(tab, page_file, f"#what-if={link}")
    expect(tab.locator("#live-said")).to_contain_text("left out")
    expect(tab.locator("#live-banner")).to_be_hidden()


def test_a_second_outcome_of_one_event_is_left_out_and_the_message_goes_with_the_next_move(
    tab: Page, page_file: Path
) -> None:
    good, bad = (f'{{"node":"silicon","branch":"{b}","strategy":"build"}}' for b in ("good", "bad"))
    go(tab, page_file, f'#what-if={{"supposed":[{good},{bad}]}}')
    expect(tab.locator("#live-said")).to_contain_text("left out")
    expect(tab.locator("#live-banner")).to_contain_text("one change")
    tab.evaluate(SLIDE, ["Demand in 2031", 0.9])
    expect(tab.locator("#live-said")).to_be_empty()


def test_a_tiny_risk_tolerance_is_computed_with_and_said(tab: Page, page_file: Path) -> None:
    said: list[str] = []
    tab.on("pageerror", lambda error: said.append(str(error)))
    go(tab, page_file, '#what-if={"riskTolerance":1e-300}')
    expect(tab.locator("#live-banner")).to_contain_text("Status quo")
    expect(tab.locator("#live-banner")).to_contain_text("one change")
    assert said == []


def test_the_focus_stays_where_a_key_left_it(tab: Page, page_file: Path) -> None:
    go(tab, page_file)
    firm = tab.locator("#live-firms tbody tr").nth(1).get_by_role("button")
    firm.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("#live-banner")).to_be_visible()
    tab.wait_for_timeout(300)  # what takes longer is drawn anew a little later
    assert tab.evaluate("document.activeElement.textContent") == "acquire this one"
    tab.locator("#live-reset").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("#live-banner")).to_be_hidden()
    assert tab.evaluate("document.activeElement.id") == "live-answer"


def test_the_firm_that_is_chosen_goes_with_link_and_yaml(
    tab: Page, page_file: Path, evaluation: Evaluation, tmp_path: Path
) -> None:
    go(tab, page_file)
    tab.locator("#live-firms tbody tr").nth(1).get_by_role("button").click()
    expect(tab.locator("#live-banner")).to_contain_text("one change")
    shown, link = rows(tab), tab.evaluate("location.hash")
    tab.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    tab.locator("#live-yaml").click()
    patch = tmp_path / "patch.yaml"
    patch.write_text(tab.locator("#live-said textarea").input_value(), encoding="utf-8")
    what_if = read_what_if(patch, evaluation.model)
    assert what_if.acquired
    tab.goto("about:blank")
    go(tab, page_file, link)
    expect(tab.locator("#live-banner")).to_be_visible()
    assert rows(tab) == shown
    found = evaluate(supposing(evaluation.model, what_if), draws=1024)
    firms = {s.target for s in found.model.strategies.values() if s.target}
    assert firms == {what_if.acquired}
    page = render_page(found)
    assert "is the one firm to buy." in page


EXACT = """
decision: {title: T}
quantities:
  x: {discrete: {3: 20 %, -1: 50 %, 2: rest}, grade: judgement, reason: r}
  cost: {value: 1, grade: judgement, reason: r}
strategies:
  a: {label: A, pay: x * cost}
  b: {label: B, pay: 0.5}
"""


def test_what_is_gone_through_case_by_case_has_no_sampling_error(tab: Page, tmp_path: Path) -> None:
    for folder in ("criteria", "targets", "reports"):
        (tmp_path / folder).mkdir()
    (tmp_path / "criteria" / "model.yaml").write_text(EXACT, encoding="utf-8")
    exact = tmp_path / "exact.html"
    exact.write_text(render_page(evaluate(read_workspace(tmp_path))), encoding="utf-8")
    go(tab, exact, '#what-if={"pinned":{"cost":3}}')
    # 3 (0.6 - 0.5 + 0.6) - 0.5 = 1.6, without any draws
    expect(tab.locator("#live-answer")).to_have_text("A still leads, by 1.6 (± 0) over B.")


@pytest.fixture(scope="module")
def bounded(evaluate_text: Callable[..., Evaluation]) -> Evaluation:
    """The small workspace without losses that are too rare for a thousand draws."""
    whole = evaluate_text(("p90: 25 %, min: 0,", "p90: 25 %, min: 0, max: 40 %,"))
    return evaluate(whole.model)


@pytest.mark.parametrize(
    "what_if",
    [WhatIf(pinned={"demand": 0.2}), WhatIf(shifted={"demand": -1.0}), WhatIf(horizon=2028)],
)
def test_all_draws_come_out_within_the_error_that_the_page_prints(
    tab: Page, bounded: Evaluation, what_if: WhatIf, tmp_path: Path
) -> None:
    page = tmp_path / "bounded.html"
    page.write_text(render_page(bounded), encoding="utf-8")
    moved = {"pinned": dict(what_if.pinned), "shifted": dict(what_if.shifted)}
    year = {} if what_if.horizon is None else {"horizon": what_if.horizon}
    go(tab, page, f"#what-if={json.dumps(moved | year)}")
    expect(tab.locator("#live-banner")).to_be_visible()
    expect(tab.locator("#live-answer")).not_to_contain_text("Rare losses")
    values = evaluate(supposing(bounded.model, what_if)).rollback.values
    ids = {str(s.label): s.id for s in bounded.model.strategies.values()}
    shown = {name: row for name, row in rows(tab).items() if row[1] != "±0"}
    assert len(shown) >= 2
    for name, (worth, change, *_) in shown.items():
        error = re.search(r"± (.+)\)", change.replace("\u00a0", " "))
        assert error, change
        away = abs(dollars(worth) - values[ids[name]].certainty_equivalent)
        assert away <= dollars(error[1]) + 5e7, (name, worth, change)  # as printed, to 0.1 bn


def test_it_says_where_rare_losses_weigh_more_than_its_draws_can_show(
    tab: Page, page_file: Path
) -> None:
    go(tab, page_file, '#what-if={"pinned":{"demand":0.2}}')
    expect(tab.locator("#live-answer")).to_contain_text("Rare losses weigh so much here")
    go(tab, page_file, '#what-if={"pinned":{"demand":0.2},"riskTolerance":"none"}')
    expect(tab.locator("#live-answer")).not_to_contain_text("Rare losses")


def dollars(text: str) -> float:
    number = re.sub(r"[^\d.]", "", text)
    scale = 1e9 if "bn" in text else 1e6 if "m" in text else 1.0
    return (-1 if text.startswith("\u2212") else 1) * float(number) * scale


@pytest.mark.parametrize("way", ["click", "keys"])
def test_what_is_typed_is_pinned_by_the_button_beside_it(
    tab: Page, page_file: Path, way: str
) -> None:
    go(tab, page_file)
    tab.get_by_label("Pin to (%): Demand in 2031").fill("20")
    pin = tab.get_by_role("button", name="Pin: Demand in 2031")
    if way == "click":
        pin.click()
    else:
        tab.keyboard.press("Tab")
        tab.keyboard.press("Enter")
    box = tab.locator(".move").filter(has_text="Demand in 2031")
    expect(box).to_contain_text("pinned to 20")
    expect(pin).to_have_attribute("aria-pressed", "true")
    pin.click()
    expect(pin).to_have_attribute("aria-pressed", "false")
    expect(tab.locator("#live-banner")).to_be_hidden()
