"""What is said where something went wrong: sentences, never a traceback unless it is asked for."""

import errno
import traceback

import click

from decide.model.place import InvalidInputError

FAILED, WRONG = 1, 2

_SENTENCES = {
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.EROFS: "the disk is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.ENOENT: "it does not exist",
    errno.ENAMETOOLONG: "the name is too long",
}


def tell(error: Exception, *, debug: bool) -> int:
    """Say what went wrong in a line or, for wrong files, in all their problems; give the exit code."""
    if isinstance(error, InvalidInputError):
        click.echo(problems_text(error.problems), err=True)
        return WRONG
    if debug:
        click.echo("".join(traceback.format_exception(error)).rstrip(), err=True)
    elif isinstance(error, OSError):
        click.echo(f"error: {_os_sentence(error)}", err=True)
    elif isinstance(error, MemoryError):
        click.echo("error: not enough memory; fewer draws need less (--draws)", err=True)
    else:
        what = " ".join(str(error).split())
        click.echo(
            f"error: decide itself failed ({type(error).__name__}: {what}); "
            "the same command with `decide --debug …` shows where",
            err=True,
        )
    return FAILED


def _os_sentence(error: OSError) -> str:
    what = _SENTENCES.get(error.errno or 0, error.strerror or str(error) or type(error).__name__)
    return f"{error.filename}: {what}" if error.filename is not None else what
