"""Pictures of every section of the report, for people to look at: `make pictures`.

Screenshots at three widths, light and dark, with nothing moved and with a what-if; and every page
as it is printed on A4 and Letter, in colour and in grey.
"""

import sys
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, Page, sync_playwright

from decide.evaluate import evaluate
from decide.export.browser import find_browser
from decide.read.workspace import read_workspace
from decide.report.page import render_page

ROOT = Path(__file__).parents[1]
WIDTHS = (1280, 768, 390)
PAPERS = ("A4", "Letter")
SHARP = 1.5  # of printed pages, in pictures' points a point


def main() -> None:
    """Write the pictures of the shipped case into a folder."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "pictures").resolve()
    folder.mkdir(exist_ok=True)
    page = folder / "report.html"
    page.write_text(render_page(evaluate(read_workspace(ROOT))), encoding="utf-8", newline="\n")
    with sync_playwright() as playwright:
        path = find_browser()
        browser = playwright.chromium.launch(executable_path=str(path), args=["--no-sandbox"])
        for width in WIDTHS:
            for colours in ("light", "dark"):
                _shoot(browser, page, folder, width, colours)
        _print(browser, page, folder)
        browser.close()


def _shoot(browser: Browser, page: Path, folder: Path, width: int, colours: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if colours == "dark" else "light",
    )
    tab = _opened(context.new_page(), page)
    for section in tab.locator("header.top, main > section, footer").all():
        name = section.get_attribute("id") or section.evaluate("e => e.tagName.toLowerCase()")
        section.screenshot(path=folder / f"{name}-{width}-{colours}.png")
    slider = tab.locator(".move input").first
    slider.fill(slider.get_attribute("max") or "1")
    tab.wait_for_timeout(500)
    tab.locator("#what_if").screenshot(path=folder / f"moved-{width}-{colours}.png")
    context.close()


def _opened(tab: Page, page: Path) -> Page:
    tab.goto(page.as_uri())
    tab.wait_for_selector("#live-pictures svg")
    return tab


def _print(browser: Browser, page: Path, folder: Path) -> None:
    tab = _opened(browser.new_page(), page)
    for paper in PAPERS:
        path = folder / f"report-{paper}.pdf"
        tab.pdf(path=path, format=paper, print_background=True, prefer_css_page_size=False)
        document = pypdfium2.PdfDocument(path)
        for number, sheet in enumerate(document, start=1):
            picture = sheet.render(scale=SHARP).to_pil()
            picture.save(folder / f"{paper}-{number:02}.png")
            picture.convert("L").save(folder / f"{paper}-{number:02}-grey.png")
        document.close()


if __name__ == "__main__":
    main()
