"""The palette of the style sheet against the contrasts that WCAG 2.2 asks for at level AA."""

import re

import pytest

from decide.model.theme import DRAWN, GRAPHICS, PLAIN, TEXT, TEXTS, contrast
from decide.report.page import _style
from decide.report.view.looks import looks_of


def palettes_of_the_sheet() -> dict[str, dict[str, str]]:
    """Return the colours on screen in the light, in the dark and on paper."""
    style = _style(looks_of(PLAIN))
    light, dark, *_, paper = (
        dict(re.findall(r"--(\w+):(#[0-9a-f]+)", block))
        for block in re.findall(r":root\{([^}]*)\}", style)
    )
    return {"light": light, "dark": light | dark, "paper": light | paper}


def test_contrast_is_measured_as_the_guidelines_say() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("scheme", ["light", "dark", "paper"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXTS, TEXT), (DRAWN, GRAPHICS)])
def test_every_text_and_every_mark_stands_out(
    scheme: str, pairs: tuple[tuple[str, str], ...], least: float
) -> None:
    colours = palettes_of_the_sheet()[scheme]
    measured = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert {pair: round(x, 2) for pair, x in measured.items() if x < least} == {}
