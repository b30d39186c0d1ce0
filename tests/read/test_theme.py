"""A team's own looks, and what is refused of them."""

import re
from base64 import b64decode
from pathlib import Path

import pytest

from decide.evaluate import evaluate
from decide.model.decision import Model
from decide.model.place import InvalidInputError, Severity
from decide.model.theme import PLAIN
from decide.read.workspace import read_workspace
from decide.report.page import render_page

MODEL = "decision: {title: T}\nstrategies: {a: {pay: 1}, b: {pay: 2}}\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def read(folder: Path, theme: str, **files: str) -> Model:
    for name in ("criteria", "targets"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "criteria" / "model.yaml").write_text(MODEL, encoding="utf-8")
    (folder / "criteria" / "theme.yaml").write_text(theme, encoding="utf-8")
    for name, text in files.items():
        (folder / "criteria" / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return read_workspace(folder)


def said_of(folder: Path, theme: str, **files: str) -> list[str]:
    with pytest.raises(InvalidInputError) as caught:
        read(folder, theme, **files)
    errors = [p for p in caught.value.problems if p.severity is Severity.ERROR]
    assert all(p.place and p.place.file == "criteria/theme.yaml" for p in errors)
    return [p.message for p in errors]


def test_a_theme_dresses_the_page(tmp_path: Path) -> None:
    theme = (
        "theme:\n  light: {accent: '#1f4e8c', link: '#14306b'}\n  dark: {link: '#9cf'}\n"
        "  typeface: Inter, Arial, sans-serif\n  logo: criteria/logo.svg\n"
        "  footer: {en: '<b>Secret', fr: Confidentiel}\n"
    )
    model = read(tmp_path, theme, logo_svg=SVG)
    page = render_page(evaluate(model))
    style = page.split("<style>")[1].split("</style>")[0]
    light, dark = re.findall(r":root\{([^}]*)\}", style)[:2]
    assert "--accent:#1f4e8c" in light
    assert "--link:#14306b" in light
    assert "--link:#9cf" in dark
    assert "--accent:#5ea9ee" in dark  # what is not changed stays
    assert '"Inter","Arial",sans-serif' in style
    picture = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', page)
    assert picture
    assert b64decode(picture[1]).decode() == SVG
    assert "&lt;b&gt;Secret" in page
    assert "Confidentiel" in render_page(evaluate(model), language="fr")


def test_without_a_theme_the_page_is_plain(tmp_path: Path) -> None:
    model = read(tmp_path, "levers: {}\n")
    assert model.theme == PLAIN
    page = render_page(evaluate(model))
    assert "<img" not in page
    assert 'class="brand"' not in page


@pytest.mark.parametrize(
    ("theme", "message"),
    [
        ("light: {link: '#9cf'}", "link #9cf stands out from bar #cfe0f2 by 1.3 to 1 in the light"),
        ("light: {paper: '#777'}", "stands out from paper #777 by"),
        ("dark: {soft: '#333333'}", "soft #333333 stands out from"),
        ("light: {accent: '#8fb6dd'}", "accent #8fb6dd stands out from"),
        ("light: {accent: red}", "'red' is no colour"),
        ("light: {accent: 'url(x)'}", "'url(x)' is no colour"),
        ("light: {acent: '#000000'}", "'acent' is no colour of the page"),
        ("typeface: 'a;}body{display:none'", "'a;}body{display:none' is no name of a typeface"),
        ("logo: criteria/none.svg", "there is no logo 'criteria/none.svg' in the workspace"),
        ("logo: ../secret.png", "there is no logo '../secret.png' in the workspace"),
        ("logo: criteria/model.yaml", "the logo 'criteria/model.yaml' is no picture"),
        ("colour: {accent: '#000000'}", "'colour' is not a key of 'theme'"),
    ],
)
def test_what_could_not_be_read_or_shown_is_refused(
    tmp_path: Path, theme: str, message: str
) -> None:
    (tmp_path.parent / "secret.png").write_bytes(b"secret")
    found = said_of(tmp_path, f"theme:\n  {theme}\n")
    assert len(found) == 1
    assert message in found[0]


def test_a_logo_that_would_fill_the_page_is_refused(tmp_path: Path) -> None:
    found = said_of(tmp_path, "theme: {logo: criteria/logo.svg}\n", logo_svg=SVG + " " * 50_000)
    assert found == [f"the logo has {50_000 + len(SVG):,} bytes, and 50,000 is the most"]
