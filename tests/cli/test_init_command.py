"""Starting a workspace, and the shipped case that the wheel carries."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from decide.cli import init
from tests.cli.conftest import Command

ROOT = Path(__file__).parents[2]
FOLDERS = ("criteria", "targets")


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for name in FOLDERS
        for path in (folder / name).rglob("*")
        if path.is_file()
    }


def test_a_fresh_start_checks_clean_and_reports(decide: Command, tmp_path: Path) -> None:
    assert decide("init").code == 0
    assert decide("check", "--draws", "--strict").out == "nothing is wrong\n"
    assert decide("report", "--draws", "1024").code == 0
    assert [p.name for p in (tmp_path / "reports").iterdir()] == ["2026-02-15-make-or-buy.html"]


def test_a_named_folder_is_made(decide: Command, tmp_path: Path) -> None:
    assert decide("init", "one/two").code == 0
    assert (tmp_path / "one/two/criteria/decision.yaml").is_file()
    assert sorted(p.name for p in (tmp_path / "one/two").iterdir()) == [
        "criteria",
        "reports",
        "targets",
    ]


def test_the_case_is_copied_to_the_byte(decide: Command, tmp_path: Path) -> None:
    assert decide("init", "--case").code == 0
    assert files_in(tmp_path) == files_in(ROOT)
    assert decide("check").code == 0


def test_what_is_in_the_way_is_listed_and_kept(decide: Command, tmp_path: Path) -> None:
    for name in ("criteria/mine.yaml", "targets/a/deep.yaml"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("decision: {title: Mine}\n", encoding="utf-8")
    done = decide("init", "--case")
    assert done.code == 2
    assert "criteria/mine.yaml" in done.err
    assert "targets/a" in done.err
    assert set(files_in(tmp_path)) == {"criteria/mine.yaml", "targets/a/deep.yaml"}


def test_a_file_where_a_folder_should_be_is_in_the_way(decide: Command, tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("", encoding="utf-8")
    done = decide("init")
    assert done.code == 2
    assert "reports" in done.err


def test_earlier_reports_are_in_nobodys_way(decide: Command, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/old.html").write_text("old", encoding="utf-8")
    assert decide("init").code == 0
    assert (tmp_path / "reports/old.html").read_text(encoding="utf-8") == "old"


def test_where_one_file_cannot_be_written_none_is_left(
    decide: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def fail_at_the_last(path: Path, mode: str = "r", *arguments: object) -> object:
        if path.name == "firm_a.yaml" and mode == "xb":
            raise OSError(28, "No space left on device", str(path))
        return real(path, mode, *arguments)  # type: ignore[call-overload]  # passed on as given

    monkeypatch.setattr(Path, "open", fail_at_the_last)
    done = decide("init")
    assert done.code == 1
    assert "firm_a.yaml: the disk is full; make room" in done.err
    assert files_in(tmp_path) == {}


def test_hidden_files_beside_the_case_are_not_copied(
    decide: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.yaml", "._a.yaml", ".#a.yaml", "a.yaml~", ".git/b.yaml"):
        path = tmp_path / "package/case/criteria" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# nothing\n", encoding="utf-8")
    (tmp_path / "package/case/targets").mkdir()
    monkeypatch.setattr(init, "PACKAGE", tmp_path / "package")
    assert decide("init", "copy", "--case").code == 0
    copied = (tmp_path / "copy").rglob("*")
    assert [path.name for path in copied if path.is_file()] == ["a.yaml"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as an installer would, from this clone."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_carries_the_case_the_start_and_the_templates(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {f"decide/case/{name}" for name in files_in(ROOT)} <= names
    for part in ("cli/start", "report/templates"):
        wanted = (p for p in (ROOT / "decide" / part).rglob("*") if p.is_file())
        assert {p.relative_to(ROOT).as_posix() for p in wanted} <= names
    assert "decide/py.typed" in names


@pytest.mark.slow
def test_the_installed_package_copies_the_case_without_the_clone(
    wheel: Path, tmp_path: Path
) -> None:
    installed = tmp_path / "site"
    with ZipFile(wheel) as archive:
        archive.extractall(installed)
    program = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); import decide; "
        "from decide.cli import main; print(decide.__file__); main()"
    )
    done = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", program, installed, "init", "copy", "--case"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert Path(done.stdout.splitlines()[0]).is_relative_to(installed)
    assert files_in(tmp_path / "copy") == files_in(ROOT)
