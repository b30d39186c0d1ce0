"""What a run holds at its peak, above the interpreter with everything imported.

Each run is a process of its own: python -m benchmarks.memory NAME DRAWS prints megabytes.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import decide
from benchmarks import draws, tree
from benchmarks.threads import WORKERS
from benchmarks.timing import Row
from decide.evaluate import evaluate

ROOT = Path(__file__).parents[1]
STATUS = Path("/proc/self/status")
CAN_TELL = sys.platform != "win32"
FEW, MANY = 2**17, 2**24


def check() -> None:
    """Nothing is compared here."""


def rows() -> Iterator[Row]:
    """Compare peaks with what is allowed, where the system tells them."""
    if not CAN_TELL:
        return
    yield _row("peak of the tree of 185 nodes", peak("tree", tree.DRAWS), 200)
    yield _row("peak of 1,048,576 correlated draws", peak("draws", draws.DRAWS), 150)
    yield _row("the same with EVPI, EVPPI of all 30", peak("informed", draws.DRAWS), 150)


def shipped() -> Row:
    """Compare the shipped case on many draws with the same on the usual number."""
    few = peak("shipped", FEW)
    name = f"with {FEW:,} draws, and 50 MB"
    return _row(f"peak of the shipped case, {MANY:,} draws", peak("shipped", MANY), few + 50, name)


def peak(name: str, count: int) -> float:
    """Return the megabytes that a run takes at its peak."""
    command = [sys.executable, "-m", "benchmarks.memory", name, str(count)]
    done = subprocess.run(  # noqa: S603  # our own
        command, cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    return float(done.stdout)


def _row(work: str, ours: float, limit: float, name: str = "above the imports") -> Row:
    return Row(work=work, ours=ours, fastest=ours, limit=limit, limit_name=name, most=1, unit="MB")


def _run(name: str, count: int) -> None:
    match name:
        case "tree":
            tree.ours(tree.program(), count)
        case "draws" | "informed":
            draws.ours(draws.program(), count, informed=name == "informed")
        case "shipped":
            evaluate(decide.read_workspace(ROOT), draws=count, workers=WORKERS)


def _so_far() -> float:
    """Return the largest resident size of this process so far, in megabytes."""
    if STATUS.is_file():  # Linux: what getrusage says there may be the parent's, from before exec
        lines = STATUS.read_text(encoding="utf-8").splitlines()
        return int(next(line for line in lines if "VmHWM" in line).split()[1]) / 1024
    import resource  # noqa: PLC0415  # which Windows does not have

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20  # macOS counts bytes


if __name__ == "__main__":
    before = _so_far()
    _run(sys.argv[1], int(sys.argv[2]))
    print(_so_far() - before)
