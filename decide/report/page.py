"""The HTML report: one file that needs nothing else."""

import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from rjsmin import jsmin

from decide.evaluate import Evaluation
from decide.language import ENGLISH, languages
from decide.report.packed import packed
from decide.report.view.looks import Looks
from decide.report.view.page import page_view

PAGE_SCRIPTS = ("elements", "room", "card", "unpack", "add_engine")
LIVE_SCRIPTS = (  # in the order in which they need each other
    "elements",
    "unpack",
    "normal",
    "points",
    "quantiles",
    "mixtures",
    "operations",
    "rollback",
    "score",
    "engine",
    "numerals",
    "moves",
    "pictures",
    "tree",
    "panel",
)
_IDLE = re.compile(  # ends of items, which HTML implies, and of lines between parts
    "</(?:li|d[td])>|\\n+(?=</?(?:tr|t[dh]|tbody|thead|tfoot|table|caption|li|[uo]l|d[tdl]|div|p|h\\d|section|article|details|summary|figure|figcaption|svg|g|path|text|circle)\\b)"
)
RARE = frozenset({"metalog", "interpolated", "empirical", "mixture"})  # kinds that "mixtures" knows


def render_page(evaluation: Evaluation, *, language: str | None = None) -> str:
    """Return the whole HTML file.

    Its policy forbids every request, and every script and style sheet but its own, by their hash.
    Without a language, that of the decision is taken; one that the page does not speak is answered
    in English throughout.
    """
    wanted = language or evaluation.model.decision.language
    spoken = wanted if wanted in languages() else ENGLISH
    template = _environment().get_template("page.html.jinja")
    page = page_view(evaluation, spoken)
    style = _style(page.looks)
    script, engine = _joined(PAGE_SCRIPTS), _engine(page.live.kinds) if page.live else None
    scripts = (script, engine.text) if engine else (script,)
    text = template.render(
        page=page, policy=_policy(style, scripts), style=style, script=script, engine=engine
    )
    # no attribute of the templates stands in single quotes, so an apostrophe stands for itself
    return _IDLE.sub("", text).replace("&#39;", "'")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("decide.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        optimized=False,  # there are no constants to fold: it would only take time
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """The script of the live part."""

    text: str
    letters: str  # the same, deflated


@cache
def _engine(kinds: frozenset[str]) -> Engine:
    """Return the scripts of the live part, without those that only rare distributions need."""
    needed = tuple(n for n in LIVE_SCRIPTS if n != "mixtures" or not kinds.isdisjoint(RARE))
    text = _joined(needed)
    return Engine(text=text, letters=packed(text))


@cache
def _joined(names: tuple[str, ...]) -> Markup:
    """Return scripts in one, thinned."""
    folder = files("decide.report") / "scripts"
    text = "\n".join((folder / f"{name}.js").read_text(encoding="utf-8") for name in names)
    return Markup(jsmin(f'"use strict";(()=>{{{text}}})();'))  # noqa: S704  # our own text


@cache
def _style(looks: Looks) -> Markup:
    """Return the style sheet."""
    return Markup(_environment().get_template("style.css.jinja").render(looks=looks))  # noqa: S704  # checked


@cache
def _policy(style: str, scripts: tuple[str, ...]) -> str:
    """Return the content security policy: hashes of the style sheet and scripts as they run."""
    return (
        f"default-src 'none'; script-src {' '.join(map(_digest, scripts))}; "
        f"style-src {_digest(style)}; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
