"""The files of a workspace that are inputs, and their texts."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from decide.language import Said, said
from decide.model.place import Place
from decide.read.problems import Problems

ENDINGS = (".yaml", ".yml", ".csv")
LARGEST = 5_000_000  # bytes


def files_below(folder: Path, on_error: Callable[[OSError], object]) -> list[Path]:
    """Return the files of a folder and links in it, at any depth, in order.

    Hidden ones and the copies that editors leave behind are no files of anybody's.
    """
    found = []
    for top, folders, names in os.walk(folder, onerror=on_error):
        folders[:] = [name for name in folders if not _is_hidden(name)]
        linked = [name for name in folders if Path(top, name).is_symlink()]
        found += [Path(top, name) for name in (*names, *linked) if not _is_hidden(name)]
    return sorted(found, key=lambda path: path.as_posix())


def read_files(folder: Path, folders: Sequence[str], problems: Problems) -> dict[str, str]:
    """Return the text of every YAML and CSV file, by its path in the workspace, in order."""
    texts = {}

    def note(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            name = Path(error.filename).relative_to(folder).as_posix()
            message = said(
                "the folder {name!r} cannot be read ({reason})",
                name=name,
                reason=error.strerror,
            )
            _refuse(f"{name}/", message, said("make it a folder that you may read"), problems)

    for part in folders:
        for path in files_below(folder / part, note):
            name = path.relative_to(folder).as_posix()
            if _is_input(path, name, problems):
                text = _text(path, name, problems)
                if text is not None:
                    texts[name] = text
    return texts


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name.endswith("~")


def _is_input(path: Path, name: str, problems: Problems) -> bool:
    """Whether a path is one to read; a link that hides what it leads to is a problem."""
    if path.is_symlink() and not path.exists():
        _refuse(
            name,
            said("this link leads to nothing"),
            said("delete it, or link what is there"),
            problems,
        )
        return False
    if path.is_symlink() and path.is_dir():
        message = said("this is a link to a folder, and such links are not followed")
        _refuse(name, message, said("move the files here, or link each"), problems)
        return False
    if path.suffix.lower() not in ENDINGS:
        return False
    if path.exists() and not path.is_file():
        _refuse(name, said("this is no ordinary file"), said("move it away"), problems)
        return False
    return True


def _text(path: Path, name: str, problems: Problems) -> str | None:
    try:
        data = path.read_bytes()
    except OSError as error:
        message = said("the file cannot be read ({reason})", reason=error.strerror)
        _refuse(name, message, said("check its permissions, or move it away"), problems)
        return None
    if len(data) > LARGEST:
        message = said(
            "the file has {number:,} bytes, and {most:,} is the most that is read",
            number=len(data),
            most=LARGEST,
        )
        _refuse(name, message, said("move it out of criteria/ and targets/, or split it"), problems)
        return None
    return decoded(data, name, problems)


def decoded(data: bytes, name: str, problems: Problems) -> str | None:
    """Return a file's text with plain line ends; None where it is none."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        if name.lower().endswith(".csv"):
            return data.decode("cp1252", errors="replace").replace("\r\n", "\n")
        problems.is_whole = False
        line = data[: error.start].count(b"\n") + 1
        column = error.start - data[: error.start].rfind(b"\n")
        at = Place(name, line, column)
        problems.error(at, said("this is not UTF-8"), said("save the file as UTF-8 (not ANSI)"))
        return None


def _refuse(name: str, message: Said, advice: Said, problems: Problems) -> None:
    problems.is_whole = False
    problems.error(Place(name, 1), message, advice)
