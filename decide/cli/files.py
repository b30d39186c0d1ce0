"""Writing files so that none is ever found half-written, and naming them after their meeting."""

import os
import re
import secrets
import unicodedata
from hashlib import sha256
from pathlib import Path

import click

from decide.model.decision import Decision

LONGEST = 60  # characters of a title that a file's name carries
ALIKE = 12  # characters that tell one kind of file from another


def write_whole(path: Path, text: str) -> None:
    """Write a file beside its place and then move it there, so that it is the old or the new one.

    Only a file that begins like the new one is replaced: never somebody's notes by a mistyped
    name. Raises click.UsageError where something else stands there.
    """
    asked, path = path, path.resolve()  # through a link, so that the link stays
    _refuse_to_replace(path, text)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{secrets.token_hex(4)}.part")
    try:
        with beside.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError as error:
        error.filename, error.filename2 = str(asked), None  # nobody knows the one beside it
        raise
    finally:
        beside.unlink(missing_ok=True)


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


def _refuse_to_replace(path: Path, text: str) -> None:
    if path.is_dir():
        raise click.UsageError(f"{path} is a folder; name a file in it")
    if not path.exists():
        return
    if not path.is_file():
        raise click.UsageError(f"{path} is not an ordinary file")
    with path.open("rb") as stream:
        start = stream.read(200).decode("utf-8-sig", "replace").lstrip()
    if start and start[:ALIKE] != text.lstrip()[:ALIKE]:
        raise click.UsageError(f"{path} is another kind of file; remove it or choose another name")
