"""Rows as a table: printed, and kept in docs/performance.md between two marks."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.timing import Row

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
START, END = "<!-- table: python -m benchmarks -->", "<!-- end of the table -->"


def as_text(rows: Sequence[Row]) -> str:
    """Return the table in Markdown."""
    lines = ["| work | median (fastest) | limit | ratio | at most |", "|---|---|---|---|---|"]
    lines += [
        f"| {row.work} | {_time(row.ours)} ({_time(row.fastest)}) | {_time(row.limit)}: "
        f"{row.limit_name} | {row.ratio:.2f} | {row.most:g}{'' if row.is_met else ' (missed)'} |"
        for row in rows
    ]
    return "\n".join(lines)


def kept_in(page: str, table: str, machine: str) -> str:
    """Return a page with the table between its marks replaced."""
    before, _, rest = page.partition(START)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"docs/performance.md lacks the marks {START} and {END}")
    return f"{before}{START}\n\n{machine}.\n\n{table}\n\n{END}{after}"


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{1000 * seconds:.3g} ms"
