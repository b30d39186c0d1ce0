"""A page printed to a PDF by a browser that is installed: Chromium, Chrome or Edge."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

SECONDS = 120  # until a browser that says nothing is given up
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)
WINDOWS_ROOTS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--no-pdf-header-footer",
)


class PrintError(Exception):
    """The browser made no PDF; says why, and what helps, in a sentence."""


def find_browser() -> str:
    """Return the path of an installed browser, or an empty text."""
    on_path = (shutil.which(name) for name in NAMES)
    return next((path for path in on_path if path), "") or next(
        (str(path) for path in _usual_places() if path.is_file()), ""
    )


def print_page(page: str, browser: str, *, seconds: float = SECONDS) -> bytes:
    """Return a page as a PDF.

    The browser has a profile of its own that is thrown away, so that it neither joins one that runs
    nor leaves anything. Raises PrintError where it cannot be started, fails, or takes too long.
    """
    with tempfile.TemporaryDirectory(prefix="decide-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, target = folder / "report.html", folder / "report.pdf"
        source.write_text(page, encoding="utf-8", newline="\n")
        said = _run(
            [
                browser,
                *OPTIONS,
                *(["--no-sandbox"] if _is_root() else []),  # which Chromium refuses to root
                f"--user-data-dir={folder / 'profile'}",
                f"--print-to-pdf={target}",
                source.as_uri(),
            ],
            folder,
            seconds,
        )
        data = target.read_bytes() if target.is_file() else b""
    if not (data.startswith(b"%PDF-") and b"%%EOF" in data[-64:]):
        raise PrintError(
            f"{browser} wrote no PDF{said}; try another (--browser PATH){_hint(browser)}"
        )
    return data


def _run(command: list[str], folder: Path, seconds: float) -> str:
    """Run a browser; return the last line of what it said, for a message."""
    messages = folder / "messages"
    with messages.open("wb") as stream:  # no pipe: a child that lives on would hold it open
        try:
            process = subprocess.Popen(  # noqa: S603  # the browser that was found or named
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stream,
                start_new_session=True,  # so that its children can be ended with it
            )
        except OSError as error:
            raise PrintError(
                f"{command[0]} cannot be started ({error.strerror}); name another (--browser PATH)"
            ) from None
        with process:
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                raise PrintError(
                    f"{command[0]} was not done after {seconds:g} seconds; try another "
                    f"(--browser PATH){_hint(command[0])}"
                ) from None
            finally:  # an interruption must not leave it running
                _end(process)
    lines = messages.read_text(encoding="utf-8", errors="replace").splitlines()
    last = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return f" ({last[:200]})" if last and process.returncode else ""


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a browser with all the processes that it started."""
    if sys.platform == "win32":
        process.kill()  # its children end when they find it gone
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _hint(browser: str) -> str:
    is_snap = "snap" in Path(browser).resolve().parts
    return "; one from a snap cannot write to temporary folders" if is_snap else ""


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _usual_places() -> list[Path]:
    if sys.platform == "darwin":
        roots = (Path("/Applications"), Path.home() / "Applications")
        return [root / name for name in MAC for root in roots]
    if sys.platform == "win32":
        folders = [Path(os.environ[name]) for name in WINDOWS_ROOTS if name in os.environ]
        return [folder / name for name in WINDOWS for folder in folders]
    return []
