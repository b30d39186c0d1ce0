"""What is said where something went wrong: sentences; a traceback only where it is asked for."""

import errno
import traceback

import click

from decide.cli.language import chosen, tell
from decide.cli.problems import print_problems
from decide.language import said
from decide.model.place import InvalidInputError

FAILED, WRONG = 1, 2

_SENTENCES = {
    errno.EACCES: said("permission denied; close what has it open, or choose another place"),
    errno.EPERM: said("permission denied; choose another place"),
    errno.EROFS: said("the disk is read-only; choose another place"),
    errno.ENOSPC: said("the disk is full; make room, or choose another place"),
    errno.EDQUOT: said("the disk quota is used up; make room, or choose another place"),
    errno.EISDIR: said("it is a folder; name a file in it"),
    errno.EEXIST: said("it is in the way; move it, or choose another place"),
    errno.ENOTDIR: said("a part of the path is a file, not a folder; choose another place"),
    errno.ENOENT: said("it does not exist"),
    errno.ENAMETOOLONG: said("the name is too long; choose a shorter one"),
}


def say_what_failed(error: Exception, *, debug: bool) -> int:
    """Say what went wrong, in one line or in all the problems of the files; give the exit code."""
    if isinstance(error, InvalidInputError):
        print_problems(error.problems, err=True)
        return WRONG
    if debug:
        click.echo("".join(traceback.format_exception(error)).rstrip(), err=True)
    elif isinstance(error, OSError):
        click.echo(tell("error: {reason}", reason=_os_sentence(error)), err=True)
    elif isinstance(error, MemoryError):
        click.echo(tell("error: not enough memory; fewer draws need less (--draws)"), err=True)
    else:
        click.echo(
            tell(
                "error: decide itself failed ({name}: {error}); `decide --debug` before the same "
                "command shows where",
                name=type(error).__name__,
                error=_one_line(error),
            ),
            err=True,
        )
    return FAILED


def _os_sentence(error: OSError) -> str:
    known = _SENTENCES.get(error.errno or 0)
    what = known.in_language(chosen()) if known else error.strerror or _one_line(error)
    return f"{error.filename}: {what}" if error.filename is not None else what


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or tell("without a word")
