"""The palette of the style sheet against the contrasts that WCAG 2.2 asks for at level AA."""

import re
from pathlib import Path

import pytest

import decide.report.page

STYLE = Path(decide.report.page.__file__).parent / "templates" / "style.css.jinja"
TEXT, GRAPHICS = 4.5, 3.0
SHADES = tuple(f"s{i}" for i in range(8))
TINTS = tuple(f"h{i}" for i in range(5))
INKS = ("ink", "soft", "link", "accent", "chance", "bad", "good")
TEXTS = (
    *((ink, ground) for ink in INKS for ground in ("paper", "wash")),
    *((ink, tint) for ink in ("ink", "soft") for tint in TINTS),
    *((ink, "bar") for ink in ("ink", "soft", "link")),  # a row that a link has led to
    *(("on", shade) for shade in SHADES),
)
DRAWN = tuple((shade, "paper") for shade in (*SHADES, "accent", "chance", "soft"))


def palettes() -> dict[str, dict[str, str]]:
    """Return the colours on screen in the light, in the dark and on paper."""
    found = [
        dict(re.findall(r"--(\w+):(#[0-9a-f]+)", block))
        for block in re.findall(r":root\{([^}]*)\}", STYLE.read_text(encoding="utf-8"))
    ]
    light, dark, paper = found
    return {"light": light, "dark": light | dark, "paper": light | paper}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * d for d in colour[1:])
    shares = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_the_guidelines_say() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("scheme", ["light", "dark", "paper"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXTS, TEXT), (DRAWN, GRAPHICS)])
def test_every_text_and_every_mark_stands_out(
    scheme: str, pairs: tuple[tuple[str, str], ...], least: float
) -> None:
    colours = palettes()[scheme]
    measured = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert {pair: round(x, 2) for pair, x in measured.items() if x < least} == {}
