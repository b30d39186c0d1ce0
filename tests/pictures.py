"""Pictures of every section of the report, for people to look at: `make pictures`.

In English: screenshots at three widths, light and dark, with nothing moved and with a what-if; each
section as it is presented; every page as it is printed on A4 and Letter, in colour and in grey. In
the other languages: the widest and the narrowest screen, light, and A4 in colour. The slides of
every language too, where LibreOffice is there to draw them.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, FloatRect, Locator, Page, sync_playwright

from decide.evaluate import Evaluation, evaluate
from decide.export.browser import find_browser
from decide.export.slides import draw_slides
from decide.export.template import open_template
from decide.language import ENGLISH, languages
from decide.read.workspace import read_workspace
from decide.report.page import render_page

ROOT = Path(__file__).parents[1]
WIDTHS = (1280, 768, 390)
PAPERS = ("A4", "Letter")
SCREEN = (1280, 720)  # of a projector
SHARP = 1.5  # of printed pages, in pictures' points a point


def main() -> None:
    """Write the pictures of the shipped case into a folder."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "pictures").resolve()
    evaluation = evaluate(read_workspace(ROOT))
    with sync_playwright() as playwright:
        path = find_browser()
        browser = playwright.chromium.launch(executable_path=str(path), args=["--no-sandbox"])
        for language in languages():
            _picture(browser, _spoken(evaluation, language), folder / language)
        browser.close()


def _spoken(evaluation: Evaluation, language: str) -> Evaluation:
    decision = replace(evaluation.model.decision, language=language)
    return replace(evaluation, model=replace(evaluation.model, decision=decision))


def _picture(browser: Browser, evaluation: Evaluation, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "report.html"
    page.write_text(render_page(evaluation), encoding="utf-8", newline="\n")
    if evaluation.model.decision.language == ENGLISH:
        for width in WIDTHS:
            for colours in ("light", "dark"):
                _shoot(browser, page, width, colours)
        _present(browser, page)
        _print(browser, page, PAPERS, in_grey=True)
    else:
        for width in (WIDTHS[0], WIDTHS[-1]):
            _shoot(browser, page, width, "light")
        _print(browser, page, PAPERS[:1], in_grey=False)
    _draw_slides(evaluation, folder)


def _shoot(browser: Browser, page: Path, width: int, colours: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if colours == "dark" else "light",
    )
    tab = _opened(context.new_page(), page)
    for section in tab.locator("header.top, main > section, footer").all():
        name = section.get_attribute("id") or section.evaluate("e => e.tagName.toLowerCase()")
        _shoot_section(section, page.with_name(f"{name}-{width}-{colours}.png"))
    slider = tab.locator(".move input").first
    slider.fill(slider.get_attribute("max") or "1")
    tab.wait_for_timeout(500)
    moved = page.with_name(f"moved-{width}-{colours}.png")
    _shoot_section(tab.locator("#what_if"), moved)
    context.close()


def _shoot_section(section: Locator, path: Path) -> None:
    """Take the screen's whole width: wide tables go beyond their section to the edge."""
    clip: FloatRect = section.evaluate(
        """section => {
            const { top, height } = section.getBoundingClientRect();
            return { x: 0, y: top + scrollY, width: innerWidth, height };
        }"""
    )
    section.page.screenshot(path=path, full_page=True, clip=clip)


def _opened(tab: Page, page: Path) -> Page:
    tab.goto(page.as_uri())
    tab.wait_for_selector("#live-pictures svg")
    return tab


def _present(browser: Browser, page: Path) -> None:
    width, height = SCREEN
    tab = _opened(browser.new_page(viewport={"width": width, "height": height}), page)
    tab.locator("#room-begin").click()
    for number in range(1, tab.locator("main > section").count() + 2):
        tab.screenshot(path=page.with_name(f"presented-{number:02}.png"))
        tab.locator("#room-next").click()
    tab.close()


def _print(browser: Browser, page: Path, papers: Iterable[str], *, in_grey: bool) -> None:
    tab = _opened(browser.new_page(), page)
    for paper in papers:
        path = page.with_name(f"report-{paper}.pdf")
        tab.pdf(path=path, format=paper, print_background=True, prefer_css_page_size=False)
        _draw(path, paper, in_grey=in_grey)
    tab.close()


def _draw_slides(evaluation: Evaluation, folder: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        print("no LibreOffice: the slides are not drawn", file=sys.stderr)  # noqa: T201
        return
    path = folder / "slides.pptx"
    path.write_bytes(draw_slides(evaluation, open_template(None)))
    subprocess.run(  # noqa: S603  # what was found on the path
        [office, "--headless", "--convert-to", "pdf", "--outdir", folder, path], check=True
    )
    _draw(path.with_suffix(".pdf"), "slide", in_grey=False)


def _draw(path: Path, name: str, *, in_grey: bool) -> None:
    """Draw each page of a PDF as a picture beside it."""
    document = pypdfium2.PdfDocument(path)
    for number, sheet in enumerate(document, start=1):
        picture = sheet.render(scale=SHARP).to_pil()
        picture.save(path.with_name(f"{name}-{number:02}.png"))
        if in_grey:
            picture.convert("L").save(path.with_name(f"{name}-{number:02}-grey.png"))
    document.close()


if __name__ == "__main__":
    main()
