"""The forms of the results, written and replaced, through the command line."""

import csv
import json
import os
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader

from decide.export import browser
from tests.cli.conftest import Command

NAME = "2026-02-15-two-ways"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")


def script(path: Path, *lines: str) -> Path:
    """Write something that can be called like a browser."""
    path.write_text("\n".join(("#!/bin/sh", *lines, "")), encoding="utf-8", newline="\n")
    path.chmod(0o755)
    return path


def wait_for_end(process: int) -> None:
    """Look for a process until it is gone, which raises, or a zombie that nobody has collected."""
    for _ in range(100):
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat")
        if state.exists() and state.read_text(encoding="utf-8").split()[2] == "Z":
            raise ProcessLookupError
        time.sleep(0.05)


def test_csv_is_a_folder_beside_the_report(decide: Command, workspace: Path) -> None:
    done = decide("export", "csv", "--json")
    folder = Path(json.loads(done.out)["file"])
    assert (done.code, done.err) == (0, "")
    assert folder.samefile(workspace / "reports" / NAME)
    with (folder / "strategies.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["strategy"] for row in rows] == ["acquire@firm_a", "risky", "safe"]
    assert float(rows[0]["expected_value"]) == pytest.approx(50)


def test_csv_replaces_its_own_folder_whole(decide: Command, workspace: Path) -> None:
    folder = workspace / "reports" / NAME
    decide("export", "csv")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / ".DS_Store").write_bytes(b"left by a file manager")
    assert decide("export", "csv").code == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in (workspace / "reports").iterdir()] == [NAME]


@pytest.mark.parametrize("name", ["notes.txt", "sources.csv"])
def test_csv_replaces_no_folder_that_holds_other_things(
    decide: Command, workspace: Path, name: str
) -> None:
    folder = workspace / "mine"
    folder.mkdir()
    (folder / name).write_text("what I wrote, and want to keep", encoding="utf-8")
    done = decide("export", "csv", "--output", str(folder))
    assert done.code == 2
    assert name in done.err
    assert [path.name for path in folder.iterdir()] == [name]


def test_csv_replaces_no_file(decide: Command, workspace: Path) -> None:
    path = workspace / "mine"
    path.write_text("notes", encoding="utf-8")
    done = decide("export", "csv", "-o", str(path))
    assert (done.code, done.err.splitlines()[-1]) == (2, f"Error: {path} is a file; name a folder")


def test_a_folder_that_cannot_be_put_in_place_leaves_the_old_one(
    decide: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide("export", "csv")
    folder = workspace / "reports" / NAME
    (folder / "cash.csv").write_text("strategy,label,year,cash\nmine\n", encoding="utf-8")
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.suffix == ".part":
            raise PermissionError(13, "permission denied", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    done = decide("export", "csv")
    assert (done.code, "permission denied" in done.err) == (1, True)
    assert "mine" in (folder / "cash.csv").read_text(encoding="utf-8")
    assert [path.name for path in (workspace / "reports").iterdir()] == [NAME]


def test_xlsx_is_a_workbook_beside_the_report_and_replaces_itself(
    decide: Command, workspace: Path
) -> None:
    path = workspace / f"reports/{NAME}.xlsx"
    done = decide("export", "xlsx")
    assert (done.code, done.err) == (0, "")
    assert path.samefile(done.out.strip())
    assert openpyxl.load_workbook(path)["Answer"]["A1"].value == "Two ways"
    before = path.read_bytes()
    assert decide("export", "xlsx").code == 0
    assert path.read_bytes() == before


def test_a_workbook_that_somebody_saved_is_kept(decide: Command, workspace: Path) -> None:
    path = workspace / f"reports/{NAME}.xlsx"
    decide("export", "xlsx")
    book = openpyxl.load_workbook(path)
    book.properties.lastModifiedBy = "A strategist"
    book.save(path)
    before = path.read_bytes()
    done = decide("export", "xlsx")
    said = f"{path} was saved by another program; remove it or choose another name (--output)"
    assert (done.code, done.err.splitlines()[-1]) == (2, f"Error: {said}")
    assert path.read_bytes() == before


@pytest.mark.parametrize(("kind", "package"), [("xlsx", "xlsxwriter"), ("pptx", "python-pptx")])
def test_a_package_that_is_missing_is_named_with_the_way_out(
    decide: Command,
    workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    package: str,
) -> None:
    monkeypatch.setattr("decide.cli.export.find_spec", {}.get)
    done = decide("export", kind)
    said = f"export {kind} needs the package {package}: python -m pip install {package}"
    assert (done.code, done.out, done.err) == (2, "", f"Error: {said}\n")
    assert list((workspace / "reports").iterdir()) == []


def test_options_of_another_kind_are_refused(decide: Command, workspace: Path) -> None:
    assert workspace
    done = decide("export", "csv", "--browser", "chromium")
    assert (done.code, "--browser goes with pdf" in done.err) == (2, True)
    done = decide("export", "pdf", "--template", str(workspace / "criteria/model.yaml"))
    assert (done.code, "--template goes with pptx" in done.err) == (2, True)
    done = decide("export", "xlsx", "--output", "-")
    assert (done.code, "--output - prints JSON only" in done.err) == (2, True)


def test_help_names_every_kind(decide: Command) -> None:
    said = decide("export", "--help").out
    for kind in ("json", "csv", "xlsx", "pdf", "pptx"):
        assert f"\n    {kind} " in said


def test_pptx_is_slides_beside_the_report_and_replaces_itself(
    decide: Command, workspace: Path
) -> None:
    path = workspace / f"reports/{NAME}.pptx"
    done = decide("export", "pptx")
    assert (done.code, done.err) == (0, "")
    assert path.samefile(done.out.strip())
    assert Presentation(path).slides[0].shapes.title.text == "Two ways"
    assert decide("export", "pptx", "--template", str(path)).code == 0


def test_a_template_that_cannot_be_read_is_refused_before_any_work(
    decide: Command, workspace: Path
) -> None:
    path = workspace / "template.pptx"
    path.write_text("notes", encoding="utf-8")
    (workspace / "criteria/model.yaml").unlink()
    done = decide("export", "pptx", "--template", str(path))
    said = f"Error: {path} cannot be read as slides (BadZipFile: File is not a zip file); "
    assert done.code == 2
    assert done.err.splitlines()[-1] == f"{said}save it anew as .pptx or .potx"


@pytest.mark.browser
def test_pdf_is_the_page_on_a4(decide: Command, workspace: Path, browser_path: str) -> None:
    path = workspace / f"reports/{NAME}.pdf"
    done = decide("export", "pdf", "--browser", browser_path)
    assert (done.code, done.err) == (0, "")
    assert path.samefile(done.out.strip())
    document = PdfReader(path)
    sizes = {tuple(sorted(round(float(x)) for x in page.mediabox[2:])) for page in document.pages}
    assert sizes == {(595, 842)}
    text = "".join(page.extract_text() for page in document.pages)
    assert "Two ways" in text
    assert "A book" in text
    assert decide("export", "pdf").code == 0
    assert [p.name for p in (workspace / "reports").iterdir()] == [path.name]


def test_without_a_browser_the_way_out_is_named(
    decide: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(workspace))
    monkeypatch.setattr(browser, "_usual_places", list)
    done = decide("export", "pdf")
    assert done.code == 2
    assert done.err.startswith("Error: no Chromium, Chrome or Edge was found; install one")


def test_a_browser_that_is_not_there_is_refused(decide: Command, workspace: Path) -> None:
    done = decide("export", "pdf", "--browser", str(workspace / "none"))
    assert (done.code, "there is no browser" in done.err) == (2, True)


def test_what_is_no_program_is_refused(decide: Command, workspace: Path) -> None:
    path = workspace / "browser"
    path.write_bytes(b"")
    done = decide("export", "pdf", "--browser", str(path))
    assert (done.code, "cannot be started" in done.err) == (1, True)


@POSIX
def test_a_browser_that_fails_is_quoted_and_leaves_the_old_file(
    decide: Command, workspace: Path
) -> None:
    path = workspace / f"reports/{NAME}.pdf"
    path.write_bytes(b"%PDF-1.4\nold")
    failing = script(workspace / "browser", "echo no display >&2", "exit 1")
    done = decide("export", "pdf", "--browser", str(failing))
    said = f"{failing} wrote no PDF (no display); try another (--browser PATH)"
    assert (done.code, done.err) == (1, f"Error: {said}\n")
    assert path.read_bytes() == b"%PDF-1.4\nold"


@POSIX
def test_a_browser_that_stops_halfway_makes_no_pdf(decide: Command, workspace: Path) -> None:
    half = (
        "for o in \"$@\"; do case $o in --print-to-pdf=*) printf '%%PDF-1.4' > ${o#*=};; esac; done"
    )
    done = decide("export", "pdf", "--browser", str(script(workspace / "browser", half)))
    assert (done.code, "wrote no PDF" in done.err) == (1, True)
    assert list((workspace / "reports").iterdir()) == []


@POSIX
def test_a_browser_that_hangs_is_given_up_with_its_children(
    decide: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser.print_page, "__kwdefaults__", {"seconds": 0.3})
    hanging = script(workspace / "browser", "sleep 60 &", f"echo $! > {workspace}/child", "wait")
    done = decide("export", "pdf", "--browser", str(hanging))
    assert (done.code, "was not done after 0.3 seconds" in done.err) == (1, True)
    child = int((workspace / "child").read_text(encoding="utf-8"))
    with pytest.raises(ProcessLookupError):
        wait_for_end(child)
