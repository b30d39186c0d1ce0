"""Where the program starts and ends: streams, exit codes, and no traceback unasked."""

import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from decide.cli.group import decide
from decide.cli.language import LANGUAGE, tell

GOOD, FAILED, INTERRUPTED = 0, 1, 130


def main() -> None:
    """Run the program and end with its exit code."""
    gc.disable()  # a command is over before circular garbage matters; looking for it costs a tenth
    code = run(sys.argv[1:])
    gc.freeze()  # the end of the program would look for it all the same
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command; return its exit code."""
    _open_streams()
    _write_utf8()
    LANGUAGE.set("")
    try:
        code = _command(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, as in `decide show tree | head`, has seen enough
        _forget_output()
        return FAILED
    return code


def _command(arguments: Sequence[str]) -> int:
    try:
        code = decide.main(list(arguments), prog_name="decide", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo(tell("interrupted; nothing was left half-written"), err=True)
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001  # the last resort that keeps tracebacks from users
        return int(
            import_module("decide.cli.failure").say_what_failed(error, debug="--debug" in arguments)
        )
    return code if isinstance(code, int) else GOOD


def _open_streams() -> None:
    """Give what is said a place to go where the caller has closed a stream."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # open to the end


def _write_utf8() -> None:
    """Write UTF-8 with plain line ends, whatever the console or a pipe has by default."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")


def _forget_output() -> None:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
