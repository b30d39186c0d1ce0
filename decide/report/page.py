"""The HTML report: one file that needs nothing else."""

from base64 import b64encode
from functools import cache
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from decide.evaluate import Evaluation
from decide.report.view.page import page_view


def render_page(evaluation: Evaluation, *, language: str = "en") -> str:
    """Return the whole HTML file.

    Its policy forbids every request and every script; the style sheet is allowed by its hash.
    """
    style = _style()
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    template = _environment().get_template("page.html.jinja")
    return template.render(page=page_view(evaluation, language), style=Markup(style), policy=policy)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("decide.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@cache
def _style() -> str:
    """Return the style sheet without line ends, which HTML readers may rewrite before hashing."""
    source = _environment().get_template("style.css.jinja").render()
    return " ".join(line.strip() for line in source.splitlines() if line.strip())


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
