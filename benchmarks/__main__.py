"""Prints the table: python -m benchmarks [--peers] [--long] [--row WORD] [--keep]."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from benchmarks import commands, diagram, draws, four_plants, memory, numeric_tree, one_way, tree
from benchmarks.machine import description
from benchmarks.peers import diagram as diagram_peers
from benchmarks.peers import draws as draws_peers
from benchmarks.peers import rollback as rollback_peers
from benchmarks.peers import tree as tree_peers
from benchmarks.peers.environment import make
from benchmarks.table import PAGE, as_text, kept_in
from benchmarks.timing import Peer, Row

PARTS = {
    "rollback": numeric_tree,
    "tree": tree,
    "one_way": one_way,
    "draws": draws,
    "plants": four_plants,
    "diagram": diagram,
    "commands": commands,
    "memory": memory,
}
PEERS: dict[str, Callable[[], Iterable[Peer]]] = {  # of the first row of a part
    "rollback": rollback_peers.peers,
    "tree": tree_peers.peers,
    "one_way": tree_peers.one_way_peers,
    "draws": draws_peers.peers,
    "diagram": diagram_peers.peers,
}


def main() -> None:
    """Time the rows, print them, and keep them where that is asked for."""
    wanted = _arguments()
    names = [wanted.row] if wanted.row else list(PARTS)
    if wanted.peers:
        make()
    for name in names:
        PARTS[name].check()  # all of them, before the first is timed
    rows: list[Row] = []
    for name in names:
        print(f"{name} ...", file=sys.stderr, flush=True)
        rows += _rows(name, has_peers=wanted.peers)
    if wanted.long and memory.CAN_TELL:
        rows.append(memory.shipped())
    table = as_text(rows)
    print(f"{description()}\n\n{table}")
    if wanted.keep:
        page = PAGE.read_text(encoding="utf-8")
        text = kept_in(page, table, description())
        PAGE.write_text(text, encoding="utf-8", newline="\n")


def _rows(name: str, *, has_peers: bool) -> Iterator[Row]:
    beside = PEERS.get(name) if has_peers else None
    for row in PARTS[name].rows():
        yield replace(row, peers=tuple(beside())) if beside else row
        beside = None


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--row", choices=PARTS, help="these rows alone")
    parser.add_argument(
        "--peers", action="store_true", help="other programs too; installs them in .venv-peers"
    )
    parser.add_argument(
        "--long", action="store_true", help="the shipped case's peak memory too; takes minutes"
    )
    parser.add_argument("--keep", action="store_true", help="write the table to the docs")
    wanted = parser.parse_args()
    if wanted.keep and wanted.row:
        parser.error("--keep goes with all rows, made in one run")
    return wanted


if __name__ == "__main__":
    main()
