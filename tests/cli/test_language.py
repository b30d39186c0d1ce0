"""The commands in another language."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import decide.cli as commands
from tests.cli.conftest import Command


def speak_french(workspace: Path) -> None:
    path = next((workspace / "criteria").glob("*.yaml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("seed: 7", "seed: 7, language: fr"), encoding="utf-8")


def test_a_command_speaks_the_language_that_it_is_asked_for(
    decide: Command, workspace: Path
) -> None:
    assert (
        decide("check").out.splitlines()[-1] == decide("--lang", "en", "check").out.splitlines()[-1]
    )
    english, french = decide("show", "strategies"), decide("show", "strategies", "--lang", "fr")
    assert "Worst tenth" in english.out
    assert "Pire dixième" in french.out
    assert "Worst tenth" not in french.out
    assert decide("--lang", "fr", "show", "strategies").out == french.out
    done = decide("report", "--lang", "fr")
    assert done.code == 0, done.err
    page = workspace / "reports/2026-02-15-two-ways-fr.html"
    assert '<html lang="fr">' in page.read_text(encoding="utf-8")
    assert not (workspace / "reports/2026-02-15-two-ways.html").exists()


def test_the_option_beats_the_environment_and_that_the_workspace(
    decide: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak_french(workspace)
    assert "Pire dixième" in decide("show", "strategies").out
    assert "Worst tenth" in decide("show", "strategies", "--lang", "en").out
    monkeypatch.setenv("DECIDE_LANG", "en")
    assert "Worst tenth" in decide("show", "strategies").out
    assert "Pire dixième" in decide("show", "strategies", "--lang", "fr").out


def test_what_is_wrong_is_said_in_it_too(decide: Command, workspace: Path) -> None:
    path = next((workspace / "criteria").glob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    done = decide("check", "--lang", "fr")
    assert done.code == 2
    assert "erreur: 'colour' n\u2019est pas une section d\u2019un fichier" in done.out
    assert "1 erreur" in done.out
    assert "error" not in done.out


def test_a_wrong_use_is_said_in_it_too(decide: Command, workspace: Path) -> None:
    assert workspace
    done = decide("show", "strategies", "--strategy", "a", "--lang", "fr")
    assert done.code == 2
    assert "ne va qu\u2019avec l\u2019arbre" in done.err


def test_a_language_that_nobody_speaks_here_is_refused(decide: Command, workspace: Path) -> None:
    done = decide("check", "--lang", "tlh")
    assert done.code == 2
    assert "'tlh' is not spoken here; there are en, fr" in done.err
    path = next((workspace / "criteria").glob("*.yaml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("seed: 7", "seed: 7, language: tlh"), encoding="utf-8")
    done = decide("check")
    assert done.code == 2
    assert "'tlh' is not spoken here" in done.out
    assert "write one of en, fr" in done.out


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_exports_stand_beside_each_other(decide: Command, workspace: Path, kind: str) -> None:
    one, other = decide("export", kind), decide("export", kind, "--lang", "fr")
    assert (one.code, other.code) == (0, 0), other.err
    assert Path(one.out.strip()).name != Path(other.out.strip()).name
    assert "-fr" in Path(other.out.strip()).name
    assert workspace


SAYS = {"echo", "UsageError", "ClickException", "BadParameter", "LackingError"}


def spoken_plainly(path: Path) -> Iterator[str]:
    """Sentences that a module gives to click as they stand, in English whatever is asked for."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in SAYS:
            for given in node.args:
                pieces = given.values if isinstance(given, ast.JoinedStr) else [given]
                texts = [str(p.value) for p in pieces if isinstance(p, ast.Constant)]
                yield from (t for t in texts if re.search(r"[a-z]{2,} [a-z]{2,}", t))


def test_no_command_says_a_sentence_that_no_catalogue_has() -> None:
    modules = sorted(Path(commands.__file__).parent.glob("*.py"))
    assert len(modules) > 20
    assert {m.name: said for m in modules if (said := list(spoken_plainly(m)))} == {}
