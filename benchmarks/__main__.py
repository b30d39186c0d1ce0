"""Prints the table: python -m benchmarks [--row WORD] [--keep]."""

import argparse

from benchmarks import commands, diagram, draws, four_plants, numeric_tree, one_way, tree
from benchmarks.machine import description
from benchmarks.table import PAGE, as_text, kept_in

PARTS = {
    "rollback": numeric_tree,
    "tree": tree,
    "one_way": one_way,
    "draws": draws,
    "plants": four_plants,
    "diagram": diagram,
    "commands": commands,
}


def main() -> None:
    """Time the rows, print them, and keep them where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--row", choices=PARTS, help="these rows alone")
    parser.add_argument("--keep", action="store_true", help="write the table to the docs")
    wanted = parser.parse_args()
    if wanted.row and wanted.keep:
        parser.error("--keep goes with all rows, made in one run")
    parts = [PARTS[wanted.row]] if wanted.row else list(PARTS.values())
    for part in parts:
        part.check()
    rows = [row for part in parts for row in part.rows()]
    table = as_text(rows)
    print(f"{description()}\n\n{table}")
    if wanted.keep:
        page = PAGE.read_text(encoding="utf-8")
        text = kept_in(page, table, description())
        PAGE.write_text(text, encoding="utf-8", newline="\n")


main()
