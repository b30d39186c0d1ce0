"""A table as comma-separated values that a spreadsheet opens without running anything."""

import csv
import io

from decide.export.table import Cell, Table

STARTS_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")  # full-width ones work too


def csv_text(table: Table) -> str:
    """Return a table with a line of names, and a text that could be a formula behind a quote."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_written(cell) for cell in row] for row in table.rows)
    return stream.getvalue()


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return harmless(cell.replace("\r\n", "\n").replace("\r", "\n"))  # which is quoted
    return repr(cell)


def harmless(text: str) -> str:
    """Put a single quote before a text that a spreadsheet would run as a formula."""
    first = text.lstrip(" ")[:1]
    return f"'{text}" if first in STARTS_FORMULA and first else text
