"""The command line: one module a command, loaded when it is called for."""

from decide.cli.entry import main

__all__ = ["main"]
