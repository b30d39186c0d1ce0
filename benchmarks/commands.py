"""Cold starts of the commands on the shipped case."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.timing import Row, in_turn

ROOT = Path(__file__).parents[1]
DECIDE = (sys.executable, "-m", "decide")


MOST_BYTES = 400_000  # of the page


def check() -> None:
    """See that the shipped case's page is small."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        _run(*DECIDE, "report", "-o", str(page))
        assert page.stat().st_size <= MOST_BYTES


def rows() -> Iterator[Row]:
    """Time `--help`, `check` and `report`, each a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        page = str(Path(folder) / "page.html")
        bare, help_, check = in_turn(
            (
                lambda: _run(sys.executable, "-c", "pass"),
                lambda: _run(*DECIDE, "--help"),
                lambda: _run(*DECIDE, "check"),
            )
        )
        (report,) = in_turn((lambda: _run(*DECIDE, "report", "-o", page),), rounds=7)
    aims = (
        ("decide --help", help_, median(bare) + 0.080, "80 ms over bare Python"),
        ("decide check", check, 0.300, "300 ms"),
        ("decide report", report, 3.0, "3 s"),
    )
    for work, times, aim, name in aims:
        yield Row(
            work=work, ours=median(times), fastest=min(times), limit=aim, limit_name=name, most=1
        )


def _run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603  # our own
