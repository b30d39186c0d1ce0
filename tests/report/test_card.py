"""The card beside a link to a number."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.report.test_browser import browser  # noqa: F401  # a fixture

pytestmark = pytest.mark.browser
NUMBER = "#drivers .lead a[href^='#q']"


@pytest.fixture
def tab(browser: Browser, page_file: Path) -> Iterator[Page]:  # noqa: F811
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.goto(page_file.as_uri())
    expect(opened.locator("#room")).to_be_visible()
    yield opened
    opened.close()


def test_the_pointer_on_a_number_shows_how_it_is_written_and_where_it_comes_from(tab: Page) -> None:
    card = tab.locator("#card")
    expect(card).to_be_hidden()
    link = tab.locator(NUMBER).first
    link.hover()
    expect(card).to_be_visible()
    row = tab.locator(f"tr{link.get_attribute('href')}")
    expect(card).to_contain_text(row.locator("th").inner_text())
    expect(card).to_contain_text("As written")
    expect(card).to_contain_text("A bank's note")  # the publication's title, not its number
    expect(card).to_contain_text("criteria/model.yaml:")
    expect(card).to_contain_text("Worth at low")  # what it drives
    assert link.get_attribute("aria-describedby") == "card"
    tab.mouse.move(2, 2)
    expect(card).to_be_hidden()
    assert link.get_attribute("aria-describedby") is None


def test_the_pointer_may_go_onto_the_card(tab: Page) -> None:
    tab.locator(NUMBER).first.hover()
    box = tab.locator("#card").bounding_box()
    assert box is not None
    tab.mouse.move(box["x"] + 20, box["y"] + 20)
    tab.wait_for_timeout(400)
    expect(tab.locator("#card")).to_be_visible()


def test_the_keyboard_shows_it_and_escape_hides_it(tab: Page) -> None:
    link = tab.locator(NUMBER).first
    link.focus()
    expect(tab.locator("#card")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.locator("#card")).to_be_hidden()
    assert tab.evaluate("document.activeElement.tagName") == "A"  # the focus is not lost
    tab.locator("#answer a[href='#money']").first.focus()
    expect(tab.locator("#card")).to_be_hidden()  # no row of a number


def test_a_card_stays_inside_a_narrow_window(tab: Page) -> None:
    tab.set_viewport_size({"width": 390, "height": 700})
    for link in tab.locator("#drivers a[href^='#q']").all():
        link.focus()
        box = tab.locator("#card").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390
