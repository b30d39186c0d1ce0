from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from decide.evaluate import Evaluation
from decide.report.view.anchors import strategy_anchor

pytestmark = pytest.mark.browser
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser(browser_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser_path, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def test_the_page_asks_for_nothing_and_breaks_no_rule_of_its_policy(
    tab: Page, page_file: Path
) -> None:
    said: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(page_file.as_uri())
    assert said == []
    assert [url for url in asked if not url.startswith("data:")] == [page_file.as_uri()]
    assert tab.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"


@pytest.mark.parametrize("width", [390, 768, 1280, 1920])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_never_scrolls_sideways_as_a_whole(
    tab: Page, page_file: Path, width: int, scheme: str
) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    tab.goto(page_file.as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_dark_and_light_swap_paper_and_ink(tab: Page, page_file: Path) -> None:
    seen = {}
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        tab.goto(page_file.as_uri())
        seen[scheme] = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert seen["light"] == "rgb(255, 255, 255)"
    assert max(int(x) for x in seen["dark"][4:-1].split(",")) < 64


CONTRAST = """() => {
  const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const paper = element => {
    for (let e = element; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || e.closest('.badge-text, .inside')) continue;
    const style = getComputedStyle(e);
    const ink = rgb(e.closest('svg') ? style.fill : style.color);
    const [a, b] = [light(ink), light(paper(e))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) poor.add(e.tagName + '.' + e.getAttribute('class'));
  }
  return [...poor];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_its_ground(tab: Page, page_file: Path, scheme: str) -> None:
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    tab.goto(page_file.as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert tab.evaluate(CONTRAST) == []


def test_a_link_to_a_folded_tree_opens_it(
    tab: Page, page_file: Path, evaluation: Evaluation
) -> None:
    where = strategy_anchor(evaluation.model, "build")
    tab.goto(f"{page_file.as_uri()}#{where}")
    assert tab.evaluate(f"document.getElementById('{where}').closest('details').open")


def test_on_paper_nothing_is_cut_off_and_folded_parts_are_open(tab: Page, page_file: Path) -> None:
    tab.set_viewport_size({"width": 703, "height": 900})  # A4 less its margins
    tab.emulate_media(media="print")
    tab.goto(page_file.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= 703
    heights = tab.evaluate(
        "[...document.querySelectorAll('details svg.tree')]"
        ".map(picture => picture.getBoundingClientRect().height)"
    )
    assert heights
    assert min(heights) > 20
    assert tab.pdf(format="A4", prefer_css_page_size=True).startswith(b"%PDF")


def test_the_keyboard_reaches_the_answer_first(tab: Page, page_file: Path) -> None:
    tab.goto(page_file.as_uri())
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "#answer"
