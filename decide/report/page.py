"""The HTML report: one file that needs nothing else."""

from base64 import b64encode
from functools import cache
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined

from decide.evaluate import Evaluation
from decide.report.view.page import page_view
from decide.report.words.choice import LANGUAGES


def render_page(evaluation: Evaluation, *, language: str = "en") -> str:
    """Return the whole HTML file.

    Its policy forbids every request and every script; the style sheet is allowed by its hash.
    A language that the page does not speak is answered in English throughout.
    """
    spoken = language if language in LANGUAGES else "en"
    template = _environment().get_template("page.html.jinja")
    return template.render(page=page_view(evaluation, spoken), policy=_policy())


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
def _policy() -> str:
    """Return the content security policy, with the hash of the style sheet as it is emitted."""
    style = _environment().get_template("style.css.jinja").render()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
