"""Writing files so that none is ever found half-written, and naming them after their meeting."""

import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import click

from decide.cli.language import tell
from decide.model.decision import Decision

LONGEST = 60  # characters of a title that a file's name carries
ALIKE = 12  # characters that tell one kind of file from another
OFFICE = b"PK\x03\x04"  # how workbooks and slides begin, whoever made them
LEFT_BY_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # in folders one has seen


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file beside its place and then move it there, so that it is the old or the new one.

    Only a file that begins like the new one is replaced: never somebody's notes by a mistyped
    name; and no workbook or slides that another program has saved since. Raises click.UsageError
    where something else stands there.
    """
    data = content.encode() if isinstance(content, str) else content
    asked, path = path, path.resolve()  # through a link, so that the link stays
    _refuse_to_replace(path, data)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{secrets.token_hex(4)}.part")
    try:
        _write_new(beside, data)
        beside.replace(path)
    except OSError as error:
        error.filename, error.filename2 = str(asked), None  # nobody knows the one beside it
        raise
    finally:
        beside.unlink(missing_ok=True)


def write_folder(path: Path, files: Mapping[str, str]) -> None:
    """Write a folder of files beside its place, and put it there in one go.

    Only a folder that holds nothing else than an earlier one is replaced. Raises click.UsageError
    where something else stands there.
    """
    asked, path = path, path.resolve()
    _refuse_to_replace_folder(path, files)
    path.parent.mkdir(parents=True, exist_ok=True)
    token = secrets.token_hex(4)
    beside, before = path.with_name(f".{token}.part"), path.with_name(f".{token}.old")
    try:
        beside.mkdir()
        for name, text in files.items():
            _write_new(beside / name, text.encode())
        if path.exists():
            path.rename(before)  # a folder that is not empty cannot be replaced in one step
        beside.rename(path)
    except OSError as error:
        error.filename, error.filename2 = str(asked), None
        raise
    finally:
        if before.exists() and not path.exists():
            before.rename(path)
        shutil.rmtree(before, ignore_errors=True)
        shutil.rmtree(beside, ignore_errors=True)


def file_name(decision: Decision, ending: str) -> str:
    """Name the file of a decision's meeting: `2023-11-14-securing-ai-compute.html`."""
    when = decision.meeting.isoformat() if decision.meeting else "undated"
    return f"{when}-{slug(str(decision.title))}{ending}"


def slug(title: str) -> str:
    """Spell a title with a-z, 0-9 and hyphens.

    A title that loses letters so ends in six digits of its hash, that no two may share a name.
    """
    plain = unicodedata.normalize("NFKD", title)
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    spelt = "-".join(words)[:LONGEST].strip("-")
    kept = sum(c.isascii() for c in plain if c.isalnum())
    if kept == sum(c.isalnum() for c in plain) == sum(c != "-" for c in spelt):
        return spelt or "decision"
    return "-".join(part for part in (spelt, sha256(title.encode()).hexdigest()[:6]) if part)


def _write_new(path: Path, data: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _refuse_to_replace(path: Path, data: bytes) -> None:
    if path.is_dir():
        raise click.UsageError(tell("{path} is a folder; name a file in it", path=path))
    if not path.exists():
        return
    if not path.is_file():
        raise click.UsageError(tell("{path} is not an ordinary file", path=path))
    with path.open("rb") as stream:
        start = stream.read(200)
    if start.startswith(OFFICE) and data.startswith(OFFICE):
        if _saved_by(path) != "decide":
            raise click.UsageError(
                tell(
                    "{path} was saved by another program; remove it or choose another name "
                    "(--output)",
                    path=path,
                )
            )
    elif _start(start) and _start(start) != _start(data[:200]):
        raise click.UsageError(
            tell("{path} is another kind of file; remove it or choose another name", path=path)
        )


def _refuse_to_replace_folder(path: Path, files: Mapping[str, str]) -> None:
    if path.exists() and not path.is_dir():
        raise click.UsageError(tell("{path} is a file; name a folder", path=path))
    for entry in sorted(path.iterdir()) if path.exists() else ():
        if entry.name in files and entry.is_file():
            _refuse_to_replace(entry, files[entry.name].encode())
        elif entry.name not in LEFT_BY_SYSTEMS:
            raise click.UsageError(
                tell(
                    "{path} holds {name}, which is not of this export; name another folder",
                    path=path,
                    name=entry.name,
                )
            )


def _start(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace").lstrip()[:ALIKE]


def _saved_by(path: Path) -> str:
    """Return who saved a workbook or slides last, as the file says; "" where it does not."""
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415  # no other command needs it

    try:
        with ZipFile(path) as archive:
            said = archive.read("docProps/core.xml").decode("utf-8", "replace")
    except (BadZipFile, KeyError):
        return ""
    found = re.search(r"<cp:lastModifiedBy>([^<]*)<", said)
    return found[1] if found else ""
