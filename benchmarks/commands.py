"""Cold starts of the commands on the shipped case, and the size of its page."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.timing import Row, in_turn

ROOT = Path(__file__).parents[1]
DECIDE = (sys.executable, "-m", "decide")


def check() -> None:
    """See that the shipped case has nothing wrong with it."""
    _run(*DECIDE, "check")


def rows() -> Iterator[Row]:
    """Time `--help`, `check` and `report`, each a process of its own, and weigh the page."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        bare, help_, check = in_turn(
            (
                lambda: _run(sys.executable, "-c", "pass"),
                lambda: _run(*DECIDE, "--help"),
                lambda: _run(*DECIDE, "check"),
            )
        )
        (report,) = in_turn((lambda: _run(*DECIDE, "report", "-o", str(page)),), rounds=7)
        kilobytes = page.stat().st_size / 1000
    aims = (
        ("decide --help", help_, median(bare) + 0.080, "80 ms over bare Python"),
        ("decide check", check, 0.300, "300 ms"),
        ("decide report", report, 3.0, "3 s"),
    )
    for work, times, aim, name in aims:
        yield Row(
            work=work, ours=median(times), fastest=min(times), limit=aim, limit_name=name, most=1
        )
    yield Row(
        work="the page of the shipped case",
        ours=kilobytes,
        fastest=kilobytes,
        limit=400,
        limit_name="400 KB",
        most=1,
        unit="KB",
    )


def _run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603  # our own
