"""How the page looks: its colours by their use, and what a team may change of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from decide.model.label import Label

LIGHT: Mapping[str, str] = {
    "paper": "#fff",
    "ink": "#1a2230",
    "soft": "#52606f",
    "rule": "#d3dae2",
    "wash": "#f3f6f9",
    "link": "#0b5394",
    "accent": "#0b5fa5",
    "chance": "#b4531f",
    "bad": "#a5271c",
    "good": "#1c6b45",
    "bar": "#cfe0f2",
    "s0": "#0b5fa5",
    "s1": "#b4531f",
    "s2": "#1f7a6d",
    "s3": "#7a3b96",
    "s4": "#806400",
    "s5": "#b0215e",
    "s6": "#4d5a68",
    "s7": "#3d6b1f",
    "on": "#fff",
    "h0": "#fbdfcf",
    "h1": "#fdf0e6",
    "h2": "#f5f5f0",
    "h3": "#e1eef5",
    "h4": "#c8dff0",
}
DARK: Mapping[str, str] = {
    "paper": "#12161c",
    "ink": "#e7ebf0",
    "soft": "#a9b4c0",
    "rule": "#333c47",
    "wash": "#1b2129",
    "link": "#84bff5",
    "accent": "#5ea9ee",
    "chance": "#ee9a5f",
    "bad": "#ff9a8c",
    "good": "#7fd6a8",
    "bar": "#274863",
    "s0": "#6db3f2",
    "s1": "#f0a36b",
    "s2": "#5fcfbd",
    "s3": "#c79be8",
    "s4": "#dfc04a",
    "s5": "#f58ab5",
    "s6": "#aeb9c6",
    "s7": "#9fd36f",
    "on": "#10141a",
    "h0": "#4f2c1b",
    "h1": "#38291f",
    "h2": "#262a30",
    "h3": "#1d3444",
    "h4": "#153c58",
}
NAMED = ("paper", "ink", "soft", "wash", "rule", "link", "accent", "chance", "bar")  # to be changed
TEXT, GRAPHICS = 4.5, 3.0  # the contrasts that WCAG 2.2 asks for at level AA
SHADES = tuple(f"s{n}" for n in range(8))
TINTS = tuple(f"h{n}" for n in range(5))
INKS = ("ink", "soft", "link", "accent", "chance", "bad", "good")
TEXTS = (
    *((ink, ground) for ink in INKS for ground in ("paper", "wash")),
    *((ink, tint) for ink in ("ink", "soft") for tint in TINTS),
    *((ink, "bar") for ink in ("ink", "soft", "link")),  # a row that a link has led to
    *(("on", shade) for shade in SHADES),
)
DRAWN = tuple((shade, "paper") for shade in (*SHADES, "accent", "chance", "soft"))


NO_LABEL = Label(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What a team has changed of the page's looks."""

    light: Mapping[str, str] = field(default_factory=dict)  # name -> "#rrggbb"
    dark: Mapping[str, str] = field(default_factory=dict)
    typeface: tuple[str, ...] = ()  # families, the first that there is being taken
    logo: str = ""  # a file of the workspace
    picture: str = ""  # the logo itself, as an address that holds it
    footer: Label = NO_LABEL


PLAIN = Theme()


def palettes(theme: Theme) -> dict[str, dict[str, str]]:
    """Return the colours on screen, in the light and in the dark."""
    light = dict(LIGHT) | dict(theme.light)
    return {"light": light, "dark": light | dict(DARK) | dict(theme.dark)}


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * d for d in colour[1:])
    shares = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
