from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from decide.evaluate import Evaluation, evaluate
from decide.read.workspace import read_workspace
from decide.report.page import render_page
from decide.report.view.anchors import strategy_anchor
from tests.report.hostile import write_hostile_workspace

pytestmark = pytest.mark.browser
PAGES = ("small", "shipped", "french", "hostile")
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


OVERFLOWING = """() => {
  const inside = element => element.closest('.scroll, svg, .skip, caption');
  const wide = document.documentElement.clientWidth;
  return [...document.querySelectorAll('body *')]
    .filter(e => !inside(e) && e.getClientRects().length)
    .filter(e => e.getBoundingClientRect().left < -1 || e.getBoundingClientRect().right > wide + 1
      || !e.children.length && e.clientWidth && e.scrollWidth > e.clientWidth + 1)
    .map(e => e.tagName + '.' + e.className);
}"""


@pytest.fixture(scope="session")
def files(
    page_file: Path,
    shipped_page: str,
    french_page: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Path]:
    """The pages that must stand: the small one, the shipped case, one that tries to break them."""
    folder = tmp_path_factory.mktemp("pages")
    workspace = write_hostile_workspace(folder / "hostile")
    hostile = render_page(evaluate(read_workspace(workspace), draws=1024))
    found = {"small": page_file}
    for name, text in (("shipped", shipped_page), ("french", french_page), ("hostile", hostile)):
        found[name] = folder / f"{name}.html"
        found[name].write_text(text, encoding="utf-8", newline="\n")
    return found


def open_folded(tab: Page) -> None:
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


@pytest.mark.parametrize("name", PAGES)
def test_the_page_asks_for_nothing_and_breaks_no_rule_of_its_policy(
    tab: Page, files: dict[str, Path], name: str
) -> None:
    said: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(files[name].as_uri())
    open_folded(tab)
    assert said == []
    assert [url for url in asked if not url.startswith("data:")] == [files[name].as_uri()]
    assert tab.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_reaches_over_the_edge_of_the_page_or_of_its_box(
    tab: Page, files: dict[str, Path], name: str, width: int
) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(files[name].as_uri())
    open_folded(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate(OVERFLOWING) == []


def test_the_shipped_leader_s_tree_fits_a_window_of_1280(tab: Page, files: dict[str, Path]) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(files["shipped"].as_uri())
    box = "document.querySelector('svg.tree').closest('.scroll')"
    assert tab.evaluate(f"{box}.scrollWidth <= {box}.clientWidth")
    smallest = "Math.min(...[...document.querySelectorAll('svg.tree text')]"
    assert tab.evaluate(f"{smallest}.map(t => parseFloat(getComputedStyle(t).fontSize)))") >= 10


OVERLAPPING = """() => {
  const found = [];
  for (const picture of document.querySelectorAll('svg.tree')) {
    const boxes = [...picture.querySelectorAll('text')].map(t => [t, t.getBoundingClientRect()]);
    for (const [a, p] of boxes) for (const [b, q] of boxes) {
      const across = Math.min(p.right, q.right) - Math.max(p.left, q.left);
      const down = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
      if (a !== b && across > 3 && down > 5) found.push(a.textContent + ' | ' + b.textContent);
    }
  }
  return found;
}"""


def test_no_text_of_a_shipped_tree_stands_on_another(tab: Page, files: dict[str, Path]) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(files["shipped"].as_uri())
    open_folded(tab)
    assert tab.evaluate(OVERLAPPING) == []


def test_rows_and_columns_of_figures_are_headed(tab: Page, files: dict[str, Path]) -> None:
    tab.goto(files["small"].as_uri())
    heads = tab.get_by_role("rowheader")
    assert heads.filter(has_text="Demand in 2031").count() >= 1
    assert heads.filter(has_text="Status quo").count() >= 1
    columns = tab.get_by_role("columnheader")
    assert columns.filter(has_text="Mean").count() >= 1
    assert columns.filter(has_text="Status quo").count() >= 1


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
def test_all_text_stands_out_from_its_ground(
    tab: Page, files: dict[str, Path], scheme: str
) -> None:
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    tab.goto(files["shipped"].as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert tab.evaluate(CONTRAST) == []


def test_a_link_to_a_folded_tree_opens_it(
    tab: Page, page_file: Path, evaluation: Evaluation
) -> None:
    where = strategy_anchor(evaluation.model, "build")
    tab.goto(f"{page_file.as_uri()}#{where}")
    assert tab.evaluate(f"document.getElementById('{where}').closest('details').open")


@pytest.mark.parametrize("name", PAGES)
def test_on_paper_nothing_is_cut_off_and_folded_parts_are_open(
    tab: Page, files: dict[str, Path], name: str
) -> None:
    tab.set_viewport_size({"width": 703, "height": 900})  # A4 less its margins
    tab.emulate_media(media="print")
    tab.goto(files[name].as_uri())
    if name != "hostile":
        assert tab.evaluate("document.documentElement.scrollWidth") <= 703
    heights = tab.evaluate(
        "[...document.querySelectorAll('svg.tree')]"
        ".map(picture => picture.getBoundingClientRect().height)"
    )
    assert heights
    assert min(heights) > 20
    assert max(heights) < 700  # A4 landscape less its margins
    assert tab.pdf(format="A4", prefer_css_page_size=True).startswith(b"%PDF")


FIGURES = """() => {
  const figures = '#money .figures td, svg.tree text, svg.tornado text, .heat td';
  return [...document.querySelectorAll(figures)].filter(e => /\\d/.test(e.textContent))
    .filter(e => !e.closest('.ticks, .label, .heading, .title, .name, tfoot, thead'))
    .filter(e => !e.matches('.heat td:nth-child(2)'));
}"""
UNLINKED = f"""() => ({FIGURES})()
  .filter(e => !e.closest('a[href^="#"]') && !e.querySelector('a[href^="#"]'))
  .map(e => e.textContent)"""
LOST = f"""() => {{
  const sources = document.getElementById('sources');
  const base = [...document.querySelectorAll('article')].filter(a => !a.querySelector('dd a'));
  const place = href => document.getElementById(href.slice(1));
  const leads = where => sources.contains(where) || [...(where.closest('article, details')
    || where.closest('section')).querySelectorAll('a')].some(a =>
      sources.contains(place(a.getAttribute('href'))));
  return ({FIGURES})().flatMap(e => [...e.querySelectorAll('a'), e.closest('a')].filter(a => a))
    .map(a => place(a.getAttribute('href')))
    .filter(where => !base.includes(where) && !leads(where)).map(where => where.id);
}}"""


@pytest.mark.parametrize("name", PAGES)
def test_every_figure_of_money_tree_tornado_and_scores_leads_to_its_sources(
    tab: Page, files: dict[str, Path], name: str
) -> None:
    tab.goto(files[name].as_uri())
    assert tab.evaluate(f"({FIGURES})().length") > 100
    assert tab.evaluate(UNLINKED) == []
    assert tab.evaluate(LOST) == []


def test_the_keyboard_reaches_the_answer_first(tab: Page, page_file: Path) -> None:
    tab.goto(page_file.as_uri())
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "#answer"
