"""Exit codes, streams, and what a user sees when something fails."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from decide.cli import report
from decide.cli.files import slug
from decide.cli.group import COMMANDS
from tests.cli.conftest import Command

ROOT = Path(__file__).parents[2]
UTF8_OFF = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}


def start(*arguments: str, cwd: Path, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  # our own interpreter
        [sys.executable, "-m", "decide", *arguments],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(decide: Command, name: str) -> None:
    done = decide(name, "--help")
    assert done.code == 0
    assert COMMANDS[name] in " ".join(done.out.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], "did you mean 'check'?"),
        (["--colour"], "--colour"),
        (["report", "--outptu", "x"], "--output"),
        (["show"], "SUBJECT"),
        (["show", "everything"], "everything"),
        (["explain"], "NAME"),
        (["export", "docx"], "docx"),
        (["-C", "nowhere", "check"], "nowhere"),
        (["report", "--draws", "33554432"], "33554432 draws are too many; 16777216 is the most"),
        (["report", "--draws", "512"], "512 draws are too few; 1024 is the least"),
        (["report", "--draws", "3000"], "3000 is not a power of two; the nearest above is 4096"),
    ],
)
def test_wrong_use_is_exit_code_2_and_says_what(
    decide: Command, arguments: list[str], said: str
) -> None:
    done = decide(*arguments)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err


@pytest.mark.usefixtures("workspace")
def test_a_fault_of_decide_itself_is_one_line_and_its_traceback_is_there_to_be_asked_for(
    decide: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a fault\nof ours")

    monkeypatch.setattr(report, "write_whole", fail)
    done = decide("report")
    assert done.code == 1
    assert done.err.count("\n") == 1
    assert "ZeroDivisionError: a fault of ours" in done.err
    assert "decide --debug" in done.err
    assert "Traceback" in decide("--debug", "report").err


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "page.html: the disk is full"),
        (errno.EACCES, "page.html: permission denied"),
        (errno.EROFS, "page.html: the disk is read-only"),
    ],
)
def test_what_the_system_refuses_is_a_sentence(
    decide: Command, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, "in other words", "page.html")

    monkeypatch.setattr(report, "write_whole", fail)
    done = decide("report")
    assert done.code == 1
    assert done.err.startswith(f"error: {said}; ")
    assert done.err.count("\n") == 1


@pytest.mark.usefixtures("workspace")
def test_an_interrupt_is_exit_code_130(decide: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(report, "write_whole", interrupt)
    done = decide("report")
    assert done.code == 130
    assert "interrupted" in done.err


def test_a_reader_that_stops_early_is_no_error_message(workspace: Path) -> None:
    process = start("show", "sources", "--json", cwd=workspace)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait() in {0, 1}
    assert errors == b""


def test_output_is_utf8_whatever_the_environment_says(workspace: Path) -> None:
    process = start("show", "strategies", cwd=workspace, **UTF8_OFF)
    out, err = process.communicate()
    assert process.returncode == 0, err
    assert "€" in out.decode("utf-8")


def test_pipes_get_no_colours_and_no_cut_lines(workspace: Path) -> None:
    process = start("show", "quantities", cwd=workspace, COLUMNS="", TERM="xterm-256color")
    out, _ = process.communicate()
    assert b"\x1b[" not in out
    assert b"criteria/model.yaml:3:" in out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
@pytest.mark.parametrize("terminal", ["xterm-256color", "dumb"])
@pytest.mark.parametrize("subject", ["quantities", "sources", "tree"])
def test_no_id_and_no_place_is_cut_on_a_narrow_terminal(
    workspace: Path, terminal: str, subject: str
) -> None:
    piped = start("show", subject, cwd=workspace).communicate()[0].decode("utf-8")
    environment = {**os.environ, "COLUMNS": "40", "TERM": terminal}
    command = [sys.executable, "-m", "decide", "show", subject]
    ours, theirs = os.openpty()
    subprocess.run(command, cwd=workspace, stdout=theirs, env=environment, check=True)  # noqa: S603  # our own interpreter
    shown = os.read(ours, 100_000).decode("utf-8")
    os.close(ours)
    os.close(theirs)
    wanted = {word for line in piped.splitlines()[2:] for word in line.split()}
    assert wanted
    assert wanted <= set(shown.split())
    assert "…" not in shown


@pytest.mark.skipif(sys.platform == "win32", reason="a shell that can close a stream")
@pytest.mark.parametrize("arguments", ["show tree", "show sources --json", "check", "decided"])
def test_a_closed_output_is_no_fault(workspace: Path, arguments: str) -> None:
    line = f"{sys.executable} -m decide {arguments} >&-"
    done = subprocess.run(line, shell=True, cwd=workspace, capture_output=True, check=False)  # noqa: S602  # our own line
    assert (done.returncode, done.stderr) == (0, b"")


def test_problems_in_a_pipe_have_no_colours(workspace: Path) -> None:
    (workspace / "criteria/model.yaml").write_text("decison: {}\n", encoding="utf-8")
    process = start("check", cwd=workspace)
    out, _ = process.communicate()
    assert process.returncode == 2
    assert b"\x1b[" not in out
    assert b"criteria/model.yaml:1:1: error: " in out


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Securing AI compute", "securing-ai-compute"),
        ("Sécuriser: l'IA?", "securiser-l-ia"),
        ("../../etc/passwd", "etc-passwd"),
        ("", "decision"),
    ],
)
def test_a_title_makes_a_plain_file_name(title: str, name: str) -> None:
    assert slug(title) == name


def test_titles_that_lose_letters_still_differ() -> None:
    names = {slug("決定"), slug("戦略"), slug("a" * 80), slug("a" * 81), slug("A 決定"), slug("A")}
    assert len(names) == 6
    assert all(len(name) < 70 and name.isascii() for name in names)


def test_a_report_says_nothing_beside_its_answer(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    decide = start("report", "--draws", "1024", "--output", str(page), cwd=ROOT)
    out, err = decide.communicate()
    assert (decide.returncode, err) == (0, b"")
    assert len(out.decode("utf-8").splitlines()) == 5


def test_a_report_with_a_small_risk_tolerance_in_its_range_says_nothing_beside_its_answer(
    workspace: Path,
) -> None:
    path = workspace / "criteria/model.yaml"
    tolerance = "risk_tolerance: {value: 50, low: 0.001, high: 90, unit: EUR, source: book}"
    text = path.read_text(encoding="utf-8").replace("seed: 7", f"seed: 7, {tolerance}")
    path.write_text(text, encoding="utf-8")
    decide = start("report", cwd=workspace)
    assert decide.communicate()[1] == b""
    assert decide.returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal for Ctrl-C to send")
def test_a_long_run_that_is_stopped_leaves_nothing_half_written(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("the last one", encoding="utf-8")
    running = start("report", "-o", str(page), "--draws", str(2**24), cwd=ROOT)
    time.sleep(6)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=300)
    assert (running.returncode, out) == (130, b"")
    assert err.strip() == b"interrupted; nothing was left half-written"
    assert page.read_text(encoding="utf-8") == "the last one"
    assert list(tmp_path.iterdir()) == [page]
