"""What an access checker finds on the pages: axe-core, the rules of WCAG 2.2 at level AA."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.report.test_browser import browser, files, open_folded  # noqa: F401  # fixtures

pytestmark = pytest.mark.browser
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
SERIOUS = {"serious", "critical"}
NAMED = {"link", "button", "image", "slider", "combobox", "region", "table"}


@pytest.fixture
def tab(
    browser: Browser,  # noqa: F811
    colours: Literal["light", "dark"],
    width: int,
) -> Iterator[Page]:
    # the checker is a script of its own, which the page's policy would refuse
    context = browser.new_context(
        bypass_csp=True, color_scheme=colours, viewport={"width": width, "height": 900}
    )
    yield context.new_page()
    context.close()


def found(tab: Page) -> list[Any]:
    """Serious findings, and where the first of each stands.

    Left out is one false alarm: the checker sees no text in a link within a picture's text. The
    browser does, which the next test asks it.
    """
    response = Axe().run(tab, options=RULES).response
    places = [
        (violation, [str(node["target"][0]) for node in violation["nodes"]])
        for violation in response["violations"]
        if violation["impact"] in SERIOUS
    ]
    return [
        (violation["id"], violation["help"], where[:3])
        for violation, where in places
        if violation["id"] != "link-name" or not all(w.startswith("text[") for w in where)
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "colours", "width"),
    [
        ("shipped", "light", 1280),
        ("shipped", "dark", 390),
        ("french", "dark", 1280),
        ("french", "light", 390),
        ("hostile", "light", 390),
        ("small", "dark", 1280),
    ],
)
def test_an_access_checker_finds_nothing_serious(
    tab: Page,
    files: dict[str, Path],  # noqa: F811
    name: str,
) -> None:
    tab.goto(files[name].as_uri())
    tab.wait_for_selector("#live-pictures svg")
    open_folded(tab)
    slider = tab.locator(".move input").first
    slider.fill(slider.get_attribute("max") or "1")
    tab.wait_for_selector("#live-banner:not([hidden])")
    assert found(tab) == []


@pytest.mark.parametrize(("colours", "width"), [("light", 1280)])
def test_every_link_button_and_picture_has_a_name(tab: Page, page_file: Path) -> None:
    tab.goto(page_file.as_uri())
    tab.wait_for_selector("#live-pictures svg")
    open_folded(tab)
    session = tab.context.new_cdp_session(tab)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    named = [n for n in nodes if n.get("role", {}).get("value") in NAMED and not n["ignored"]]
    assert len(named) > 200
    assert [n for n in named if not n.get("name", {}).get("value", "").strip()] == []


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("wanted", ["forced", "more"])
def test_pictures_follow_the_colours_that_a_reader_asks_for(
    browser: Browser,  # noqa: F811
    page_file: Path,
    colours: Literal["light", "dark"],
    wanted: str,
) -> None:
    context = browser.new_context(
        color_scheme=colours,
        forced_colors="active" if wanted == "forced" else "none",
        contrast="more" if wanted == "more" else "no-preference",
    )
    tab = context.new_page()
    tab.goto(page_file.as_uri())
    text, line = tab.evaluate(
        """() => [getComputedStyle(document.querySelector("#money .note")).color,
                  getComputedStyle(document.querySelector("svg .grid path")).stroke]"""
    )
    body = tab.evaluate("getComputedStyle(document.body).color")
    assert (text, line) == (body, body)
    context.close()
