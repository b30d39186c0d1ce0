"""`decide export`: the results in a form that other programs read; docs/export.md names all."""

import json
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click

import decide
from decide.cli.files import file_name, write_folder, write_whole
from decide.cli.language import ending, language_option, tell
from decide.cli.workspace import draws_option, json_option, read_and_evaluate

Content = str | bytes | Mapping[str, str]  # a text, a file, or a folder of texts
KINDS = ("json", "csv", "xlsx", "pdf", "pptx")
PACKAGES = {"xlsx": ("xlsxwriter", "xlsxwriter"), "pptx": ("pptx", "python-pptx")}
WITH_INFORMATION = frozenset({"json", "csv", "xlsx", "pdf"})  # which takes longer


class LackingError(click.ClickException):
    """Something has to be installed first; no matter of usage, but refused as early."""

    exit_code = 2


@click.command("export")
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Write the file (csv: the folder) here instead; - prints the JSON.",
)
@click.option("--browser", metavar="PATH", help="pdf: the browser that prints.")
@click.option(
    "--template",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="pptx: a presentation (.pptx or .potx) whose layouts are used.",
)
@draws_option
@json_option
@language_option
@click.pass_obj
def command(
    folder: Path,
    kind: str,
    output: Path | None,
    browser: str | None,
    template: Path | None,
    draws: int | None,
    *,
    as_json: bool,
) -> None:
    """Write every result to a file that other programs read.

    \b
    KIND is one of
      json   every result, under documented names
      csv    a folder with a file a table
      xlsx   a workbook: the answer, the score in live formulas, every table
      pdf    the page on paper, printed by an installed Chromium, Chrome or Edge
      pptx   slides whose charts and tables can be edited

    Without --output it stands beside the report, under the report's name. xlsx needs the package
    xlsxwriter, pptx the package python-pptx.
    """  # noqa: D301  # \b is click's mark for lines that are not wrapped
    if output == Path("-") and kind != "json":
        raise click.UsageError(
            tell("--output - prints JSON only; name a folder for csv")
            if kind == "csv"
            else tell("--output - prints JSON only; name a file for {kind}", kind=kind)
        )
    if browser is not None and kind != "pdf":
        raise click.UsageError(tell("--browser goes with pdf: decide export pdf --browser PATH"))
    if template is not None and kind != "pptx":
        raise click.UsageError(
            tell("--template goes with pptx: decide export pptx --template FILE")
        )
    make = _maker(kind, browser, template)
    together: tuple[()] | None = () if kind in WITH_INFORMATION else None
    root, evaluation = read_and_evaluate(folder, draws, together=together)
    content = make(evaluation)
    if output == Path("-"):
        click.echo(content, nl=False)
        return
    suffix = ending() + ("" if kind == "csv" else f".{kind}")
    path = output or root / "reports" / file_name(evaluation.model.decision, suffix)
    if isinstance(content, Mapping):
        write_folder(path, content)
    else:
        write_whole(path, content)
    click.echo(json.dumps({"file": str(path)}) if as_json else str(path))


def _maker(
    kind: str, browser: str | None, template: Path | None
) -> "Callable[[decide.Evaluation], Content]":
    """Return what makes a kind of file; whatever it needs and lacks is said before any work."""
    module, package = PACKAGES.get(kind, ("", ""))
    if module and find_spec(module) is None:
        raise LackingError(
            tell(
                "export {kind} needs the package {package}: python -m pip install {package}",
                kind=kind,
                package=package,
            )
        )
    if kind == "json":
        return _json
    if kind == "csv":
        return _csv
    if kind == "pdf":
        found = _browser(browser)
        return lambda evaluation: _pdf(evaluation, found)
    if kind == "pptx":
        slides = _open_template(template)
        return lambda evaluation: bytes(
            import_module("decide.export.slides").draw_slides(evaluation, slides)
        )
    return lambda evaluation: bytes(import_module("decide.export.workbook").workbook(evaluation))


def _json(evaluation: "decide.Evaluation") -> str:
    results = decide.results_of(evaluation)
    return f"{json.dumps(results, indent=1, ensure_ascii=False, allow_nan=False)}\n"


def _csv(evaluation: "decide.Evaluation") -> dict[str, str]:
    tables = import_module("decide.export.tables").tables_of(evaluation)
    csv_text = import_module("decide.export.comma_separated").csv_text
    return {f"{table.name}.csv": csv_text(table) for table in tables}


def _pdf(evaluation: "decide.Evaluation", browser: str) -> bytes:
    printing = import_module("decide.export.browser")
    page = decide.render_page(evaluation)
    try:
        return bytes(printing.print_page(page, browser))
    except printing.PrintError as error:
        raise click.ClickException(str(error)) from None


def _open_template(path: Path | None) -> object:
    """Return a presentation to draw on, before any work is done."""
    opening = import_module("decide.export.template")
    try:
        return opening.open_template(None if path is None else path.read_bytes())
    except opening.TemplateError as error:
        raise click.UsageError(
            tell(
                "{path} cannot be read as slides ({error}); save it anew as .pptx or .potx",
                path=path,
                error=error,
            )
        ) from None


def _browser(named: str | None) -> str:
    found = named or import_module("decide.export.browser").find_browser()
    if not found:
        raise LackingError(
            tell(
                "no Chromium, Chrome or Edge was found; install one, or name it with --browser "
                "PATH; any browser can also print the page of `decide report`"
            )
        )
    if named and not Path(named).is_file():
        raise click.UsageError(
            tell("there is no browser {named}; name its file with --browser PATH", named=named)
        )
    return str(found)
