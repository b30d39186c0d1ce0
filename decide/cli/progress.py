"""What a long run says while it goes on: how far it is, and what memory it takes."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from decide.cli.language import tell
from decide.evaluate import Watch

LONG = 2**17  # draws from which on a run says how far it is
MEMORY = Path("/proc/meminfo")


@contextmanager
def watch_run(draws: int) -> Iterator[Watch]:
    """Give a watch that tells the terminal; where there is none, of memory alone."""
    free = free_memory()
    if draws < LONG or not sys.stderr.isatty():
        yield Watch(free=free, needs=_say_needs)
        return
    from rich.console import Console  # noqa: PLC0415  # loaded for long runs alone
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(tell("{draws:,} draws", draws=draws), total=1.0)
        yield Watch(
            free=free,
            needs=_say_needs,
            tell=lambda share: bar.update(task, completed=share),
        )


def free_memory() -> int | None:
    """Return how many bytes a program may still take; None where the system does not say."""
    if sys.platform == "win32":
        return _free_on_windows()
    try:
        lines = dict(line.split(":", 1) for line in MEMORY.read_text("ascii").splitlines())
        return int(lines["MemAvailable"].removesuffix("kB")) * 1024
    except (OSError, ValueError, KeyError):
        names = os.sysconf_names
    if {"SC_AVPHYS_PAGES", "SC_PAGE_SIZE"} <= names.keys():
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return None


def _free_on_windows() -> int | None:
    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("all", "free", "c", "d", "e", "f", "g")),
        )

    status = Status()
    status.length = ctypes.sizeof(Status)
    found = ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))  # type: ignore[attr-defined,unused-ignore]  # there on Windows alone
    return int(status.free) if found else None


def _say_needs(needed: int) -> None:
    free = free_memory() or 0
    click.echo(
        tell(
            "this run takes some {needed:.1f} GB of memory, and {free:.1f} GB are free: leave out "
            "strategies or nodes, or close other programs",
            needed=needed / 1e9,
            free=free / 1e9,
        ),
        err=True,
    )
