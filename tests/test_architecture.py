import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from importlinter import cli as import_linter

import decide
from decide.cli.group import COMMANDS
from decide.cli.group import decide as command_line

ROOT = Path(__file__).parents[1]
LIBRARIES = ("numpy", "scipy", "pandas", "networkx", "jinja2", "rich", "babel", "yaml")
HEAVY = (*LIBRARIES, "xlsxwriter", "pptx", "lxml")
PUBLIC = {
    "VERSION",
    "Diagram",
    "Evaluation",
    "InvalidInputError",
    "Model",
    "Place",
    "Problem",
    "Severity",
    "Supposition",
    "WhatIf",
    "evaluate_model",
    "find_workspace",
    "make_diagram",
    "read_what_if",
    "read_workspace",
    "render_page",
    "results_of",
    "roll_back_edges",
    "solve_diagram",
    "suppose",
    "to_frame",
    "value_of_information",
}


def loaded_by(*arguments: str) -> set[str]:
    """Run a command and return the top-level modules that it loaded."""
    program = (
        "import sys; from decide.cli.entry import run; run(sys.argv[1:]); "
        "print('loaded:', *{m.partition('.')[0] for m in sys.modules}, file=sys.stderr)"
    )
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(  # noqa: S603  # our own interpreter
        command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    return set(done.stderr.rpartition("loaded:")[2].split())


def test_the_layers_hold() -> None:
    code = import_linter.lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert code == import_linter.EXIT_STATUS_SUCCESS


def test_every_part_of_the_package_stands_in_the_layers() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (layers,) = (
        c["layers"] for c in settings["tool"]["importlinter"]["contracts"] if "layers" in c
    )
    parts = {f"decide.{p.parent.name}" for p in (ROOT / "decide").glob("*/__init__.py")}
    assert parts | {"decide.evaluate", "decide.language"} == {*layers, "decide.read"}


@pytest.mark.parametrize("arguments", ["--help", "--version", "export --help"])
def test_help_and_version_load_nothing_heavy(arguments: str) -> None:
    assert loaded_by(*arguments.split()).isdisjoint(HEAVY)


def test_check_loads_nothing_that_computes_or_draws() -> None:
    loaded = loaded_by("check")
    assert loaded.isdisjoint(set(HEAVY) - {"yaml"})
    assert "yaml" in loaded


def test_the_table_of_commands_says_what_each_command_says_of_itself() -> None:
    context = command_line.make_context("decide", ["--folder", str(ROOT), "check"])
    for name, line in COMMANDS.items():
        command = command_line.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert (command.help or "").partition("\n")[0] == line


def test_the_public_names_are_these() -> None:
    assert set(decide.__all__) == PUBLIC
    for name in PUBLIC:
        assert getattr(decide, name) is not None


def test_the_public_names_are_loaded_only_when_used() -> None:
    program = "import decide, sys; print(*sorted(m for m in sys.modules if m.startswith('decide')))"
    done = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.split() == ["decide"]


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="render_pages"):
        getattr(decide, "render_pages")  # noqa: B009  # a checker refuses the plain spelling


def test_the_model_and_the_reader_know_no_arrays() -> None:
    for part in ("model", "read", "formulas"):
        for path in (ROOT / "decide" / part).glob("**/*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    assert "numpy" not in [alias.name for alias in node.names], path
                if isinstance(node, ast.ImportFrom):
                    assert node.module is None or not node.module.startswith("numpy"), path
