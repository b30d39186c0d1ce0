"""Where browsers are looked for."""

import sys
from pathlib import Path

import pytest

from decide.export import browser


def test_the_first_name_on_the_path_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending = ".exe" if sys.platform == "win32" else ""
    for name in ("microsoft-edge", "google-chrome"):
        path = tmp_path / f"{name}{ending}"
        path.write_bytes(b"")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Path(browser.find_browser()).stem == "google-chrome"


def test_windows_programs_are_looked_for_where_they_are_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in browser.WINDOWS_ROOTS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "win32")
    places = [str(path).replace("\\", "/") for path in browser._usual_places()]  # noqa: SLF001
    root = str(tmp_path).replace("\\", "/")
    assert places[0] == f"{root}/Google/Chrome/Application/chrome.exe"
    assert places[-1] == f"{root}/Microsoft/Edge/Application/msedge.exe"


def test_a_mac_has_programs_of_all_and_of_one_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    places = [path.as_posix() for path in browser._usual_places()]  # noqa: SLF001
    assert places[0] == "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    assert places[1] == (Path.home() / places[0].removeprefix("/")).as_posix()
