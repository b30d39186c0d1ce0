"""Rows as a table: printed, and kept in docs/performance.md between two marks."""

from collections.abc import Sequence
from math import floor, log10
from pathlib import Path

from benchmarks.timing import Peer, Row, Unit

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
START, END = "<!-- table: python -m benchmarks -->", "<!-- end of the table -->"
HEAD = "| work | ours: median (fastest) | limit | ratio | at most | peers |"


def as_text(rows: Sequence[Row]) -> str:
    """Return the table in Markdown."""
    lines = [HEAD, "|---|---|---|---|---|---|"]
    for row in rows:
        fastest = f" ({amount(row.fastest, row.unit)})" if row.fastest != row.ours else ""
        peers = "; ".join(_beside(peer, row) for peer in row.peers)
        lines.append(
            f"| {row.work} | {amount(row.ours, row.unit)}{fastest} "
            f"| {amount(row.limit, row.unit)}: {row.limit_name} | {row.ratio:.2f} "
            f"| {row.most:g}{'' if row.is_met else ' (missed)'} | {peers or '-'} |"
        )
    return "\n".join(lines)


def kept_in(page: str, table: str, machine: str) -> str:
    """Return a page with the table between its marks replaced."""
    before, _, rest = page.partition(START)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"docs/performance.md lacks the marks {START} and {END}")
    return f"{before}{START}\n\n{machine}.\n\n{table}\n\n{END}{after}"


def amount(x: float, unit: Unit) -> str:
    """Return a time in the unit that suits it, or a size."""
    if unit != "s":
        return f"{x:,.0f} {unit}"
    if x >= 7200:
        return f"{x / 3600:.1f} h"
    return f"{x:.2f} s" if x >= 1 else f"{1000 * x:.3g} ms"


def _beside(peer: Peer, row: Row) -> str:
    if peer.seconds is None:
        return f"{peer.name}: not timed ({peer.note})"
    factor = f"{_rounded(peer.seconds / row.ours)} times ours"
    note = f" ({peer.note})" if peer.note else ""
    return f"{peer.name}: {amount(peer.seconds, 's')}, {factor}{note}"


def _rounded(factor: float) -> str:
    """Return two digits: a single run, or a few, tells no more."""
    return f"{factor:.2g}" if factor < 10 else f"{round(factor, 1 - floor(log10(factor))):,.0f}"
