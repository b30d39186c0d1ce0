"""A theme as the style sheet has it."""

from dataclasses import dataclass

from markupsafe import Markup

from decide.model.theme import DARK, LIGHT, Theme

TYPEFACE = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif'
GENERIC = frozenset({"serif", "sans-serif", "monospace", "system-ui", "ui-serif", "ui-sans-serif"})


@dataclass(frozen=True, slots=True)
class Looks:
    """Colours and typeface, as texts of the style sheet."""

    light: str
    dark: str
    typeface: str


def looks_of(theme: Theme) -> Looks:
    """Return what a theme makes of the page; its colours and names are checked where it is read."""
    families = (f if f in GENERIC else f'"{f}"' for f in theme.typeface)
    return Looks(
        light=Markup(_variables(dict(LIGHT) | dict(theme.light))),  # noqa: S704  # checked
        dark=Markup(_variables(dict(DARK) | dict(theme.dark))),  # noqa: S704
        typeface=Markup(",".join(families) or TYPEFACE),  # noqa: S704
    )


def _variables(colours: dict[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())
