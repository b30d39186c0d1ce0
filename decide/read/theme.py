"""How a team wants its page to look; what could not be read by everyone is refused."""

import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

from decide.language import said
from decide.model.place import Place
from decide.model.theme import (
    DRAWN,
    GRAPHICS,
    NAMED,
    PLAIN,
    TEXT,
    TEXTS,
    Theme,
    contrast,
    palettes,
)
from decide.read.labels import read_label
from decide.read.nodes import Entries, Scalar
from decide.read.problems import Problems, nearest

LARGEST = 50_000  # bytes of a logo
KINDS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}
_COLOUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})\Z")
_FAMILY = re.compile(r"[\w .-]+\Z")


def read_theme(entries: Entries, problems: Problems) -> Theme:
    """Read the theme, without the logo's picture; plain where the files have none."""
    schemes = {scheme: entries.below(scheme) for scheme in ("light", "dark")}
    colours = {scheme: _colours(below, problems) for scheme, below in schemes.items()}
    theme = Theme(
        light=colours["light"],
        dark=colours["dark"],
        typeface=_typeface(entries, problems),
        logo=entries.text("logo"),
        footer=read_label(entries, "footer", problems) if "footer" in entries else PLAIN.footer,
    )
    _check_contrast(theme, schemes, problems)
    return theme


def read_logo(folder: Path, theme: Theme, place: Place | None, problems: Problems) -> str:
    """Return the picture of a logo as an address that holds it; "" for none.

    A picture in an image element runs no script, whatever an SVG file holds.
    """
    if not theme.logo or place is None:
        return ""
    kind = KINDS.get(Path(theme.logo).suffix.lower())
    if kind is None:
        message = said("the logo {file!r} is no picture that a page can hold", file=theme.logo)
        problems.error(place, message, said("save it as .svg or .png"), len(theme.logo))
        return ""
    path = (folder / theme.logo).resolve()
    try:
        data = path.read_bytes() if path.is_relative_to(folder.resolve()) else None
    except OSError:
        data = None
    if data is None:
        message = said("there is no logo {file!r} in the workspace", file=theme.logo)
        advice = said("give its path from the workspace's folder, as criteria/logo.svg")
        problems.error(place, message, advice, len(theme.logo))
        return ""
    if len(data) > LARGEST:
        message = said(
            "the logo has {number:,} bytes, and {most:,} is the most",
            number=len(data),
            most=LARGEST,
        )
        problems.error(place, message, said("make it smaller; an SVG is"), len(theme.logo))
        return ""
    return f"data:{kind};base64,{b64encode(data).decode()}"


def _colours(entries: Entries, problems: Problems) -> dict[str, str]:
    found = {}
    for name, key in entries.keys.items():
        node = entries.values[name]
        if name not in NAMED:
            message = said("{name!r} is no colour of the page", name=name)
            problems.error(key, message, nearest(name, NAMED, what=said("colours")))
        elif isinstance(node, Scalar) and _COLOUR.match(node.text.lower()):
            found[name] = node.text.lower()
        elif isinstance(node, Scalar):
            message = said("{colour!r} is no colour", colour=node.text)
            problems.error(node, message, said('write six digits in quotes: "#0b5fa5"'))
    return found


def _typeface(entries: Entries, problems: Problems) -> tuple[str, ...]:
    node = entries.get("typeface")
    if not isinstance(node, Scalar):
        return ()
    families = [family.strip().strip("'\"") for family in node.text.split(",")]
    for family in families:
        if not _FAMILY.match(family):
            message = said("{family!r} is no name of a typeface", family=family)
            problems.error(node, message, said("write names with commas: Inter, Arial, sans-serif"))
            return ()
    return tuple(families)


def _check_contrast(theme: Theme, schemes: Mapping[str, Entries], problems: Problems) -> None:
    """Note colours that do not stand out from what they stand on, each with the worst of it."""
    for scheme, colours in palettes(theme).items():
        changed = theme.dark if scheme == "dark" else theme.light
        worst: dict[str, tuple[float, str, str, float]] = {}
        for pairs, least in ((TEXTS, TEXT), (DRAWN, GRAPHICS)):
            for pair in pairs:
                found = contrast(colours[pair[0]], colours[pair[1]])
                blamed = next((name for name in pair if name in changed), None)
                if blamed and found < least and found / least < worst.get(blamed, (1.0,))[0]:
                    worst[blamed] = (found / least, *pair, least)
        for name, (share, ink, ground, least) in worst.items():
            problems.error(
                schemes[scheme].values[name],
                said(
                    "{ink} {one} stands out from {ground} {other} by {found:.1f} to 1 in the "
                    "{scheme} page, and {least:g} to 1 is the least",
                    ink=ink,
                    one=colours[ink],
                    ground=ground,
                    other=colours[ground],
                    found=share * least,
                    scheme=said("dark") if scheme == "dark" else said("light"),
                    least=least,
                ),
                said("take a darker or a lighter one; other eyes than yours read the page"),
            )
