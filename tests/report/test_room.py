"""The page before an audience: one section a screen, and a search."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.report.test_browser import browser  # noqa: F401  # a fixture

pytestmark = pytest.mark.browser


@pytest.fixture
def tab(browser: Browser, page_file: Path) -> Iterator[Page]:  # noqa: F811
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    opened.goto(page_file.as_uri())
    yield opened
    opened.close()


def shown(tab: Page) -> list[str]:
    sections = tab.locator("header.top, main > section").all()
    return [s.get_attribute("id") or "top" for s in sections if s.is_visible()]


def test_one_section_is_shown_at_a_time_and_keys_turn_the_pages(tab: Page) -> None:
    every = shown(tab)
    tab.get_by_role("button", name="Present").click()
    assert len(shown(tab)) == 1  # that which was on the screen
    tab.keyboard.press("Home")
    assert shown(tab) == ["top"]
    expect(tab.locator("#room-place")).to_have_text(f"1 / {len(every)}")
    seen = ["top"]
    for key in ["ArrowRight", "PageDown"] * len(every):
        tab.keyboard.press(key)
        (now,) = shown(tab)
        seen.append(now)
    assert list(dict.fromkeys(seen)) == every
    assert seen[-1] == every[-1]
    tab.keyboard.press("ArrowLeft")
    assert shown(tab) == [every[-2]]
    tab.keyboard.press("Escape")
    assert shown(tab) == every
    expect(tab.locator("#room-bar")).to_be_hidden()


def test_a_link_turns_to_the_page_that_it_leads_to(tab: Page) -> None:
    tab.get_by_role("button", name="Present").click()
    tab.keyboard.press("Home")
    tab.keyboard.press("ArrowRight")
    tab.locator("#answer dl a").first.click()
    assert shown(tab) == ["money"]
    assert tab.evaluate("getComputedStyle(document.querySelector('#money p')).fontSize") > "18px"


def test_arrows_in_a_slider_move_the_slider_and_not_the_page(tab: Page) -> None:
    tab.wait_for_selector("#live-pictures svg")
    tab.get_by_role("button", name="Present").click()
    while shown(tab) != ["what_if"]:
        tab.keyboard.press("ArrowRight")
    slider = tab.locator(".move input").first
    before = slider.input_value()
    slider.focus()
    tab.keyboard.press("ArrowRight")
    assert slider.input_value() != before
    assert shown(tab) == ["what_if"]


def test_the_search_leads_to_rows_and_headings(tab: Page) -> None:
    tab.get_by_label("Find").fill("demand 2025")
    found = tab.locator("#room-found a")
    expect(found.first).to_be_visible()
    assert "Demand seen in 2025" in found.all_inner_texts()
    found.filter(has_text="Demand seen in 2025").first.click()
    row = tab.locator("tr:target")
    expect(row).to_contain_text("Demand seen in 2025")
    tab.get_by_label("Find").fill("nothing of the kind")
    expect(found).to_have_count(0)


def test_the_search_knows_figures_and_says_where_it_finds_nothing(
    tab: Page, page_file: Path
) -> None:
    tab.goto(page_file.as_uri())
    found = tab.locator("#room-found")
    tab.locator("#room-find").fill("48.1")
    expect(found.locator("a").first).to_have_text("Fleet")
    tab.locator("#room-find").fill("price")
    expect(found.locator("a", has_text="Alpha Chips").first).to_be_visible()  # whose price
    tab.locator("#room-find").fill("zebra")
    expect(found).to_have_text("Nothing is called that, and no number is written so.")
    tab.locator("#room-find").fill("")
    expect(found).to_be_empty()
