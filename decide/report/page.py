"""The HTML report: one file that needs nothing else."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from rjsmin import jsmin

from decide.evaluate import Evaluation
from decide.report.view.page import page_view
from decide.report.words.choice import LANGUAGES

SCRIPTS = (  # in the order in which they need each other
    "elements",
    "room",
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
    r"</(?:li|d[td])>|\n+(?=</?(?:tr|t[dh]|tbody|thead|tfoot|table|caption|li|[uo]l|d[tdl]|div|p|h\d|section|article"
    r"|details|summary|figure|figcaption|svg|g|path|text|circle)\b)"
)
ALWAYS = 2  # scripts that a page without a live engine has too
RARE = frozenset({"metalog", "interpolated", "empirical", "mixture"})  # kinds that "mixtures" knows


def render_page(evaluation: Evaluation, *, language: str = "en") -> str:
    """Return the whole HTML file.

    Its policy forbids every request, and every script and style sheet but its own, by their hash.
    A language that the page does not speak is answered in English throughout.
    """
    spoken = language if language in LANGUAGES else "en"
    template = _environment().get_template("page.html.jinja")
    page = page_view(evaluation, spoken)
    script = _script(page.live.kinds if page.live else None)
    text = template.render(page=page, policy=_policy(script), script=script)
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


@cache
def _script(kinds: frozenset[str] | None) -> Markup:
    """Return the page's scripts in one, as far as its distributions need them; None for no engine.

    What only rare distributions need is left out where there are none of them.
    """
    folder = files("decide.report") / "scripts"
    if kinds is None:
        needed = SCRIPTS[:ALWAYS]
    else:
        needed = tuple(n for n in SCRIPTS if n != "mixtures" or not kinds.isdisjoint(RARE))
    text = "\n".join((folder / f"{name}.js").read_text(encoding="utf-8") for name in needed)
    return Markup(jsmin(f'"use strict";(()=>{{{text}}})();'))  # noqa: S704  # our own text


@cache
def _policy(script: str) -> str:
    """Return the content security policy: hashes of the style sheet and script as emitted."""
    style = _environment().get_template("style.css.jinja").render()
    return (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
