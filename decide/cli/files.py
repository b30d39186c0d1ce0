"""Writing files so that none is ever found half-written."""

import os
import re
import secrets
import unicodedata
from datetime import date
from pathlib import Path

import click

LONGEST = 60  # letters of a title that a file's name carries


def write_whole(path: Path, text: str) -> None:
    """Write a file beside its place and then move it there, so that it is the old or the new one.

    Raises click.ClickException where something other than a file stands there.
    """
    path = path.resolve()  # through a link, so that the link stays
    if path.is_dir():
        raise click.UsageError(f"{path} is a folder; name a file in it")
    if path.exists() and not path.is_file():
        raise click.UsageError(f"{path} is not an ordinary file")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{secrets.token_hex(4)}.part")
    try:
        with beside.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def page_name(meeting: date | None, title: str, ending: str) -> str:
    """Name a meeting's file: `2023-11-14-securing-ai-compute.html`."""
    when = meeting.isoformat() if meeting else "undated"
    return f"{when}-{_slug(title)}{ending}"


def _slug(title: str) -> str:
    """Spell a title with ASCII letters, digits and hyphens; scripts that have none, by their code."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    slug = ""
    for word in words:
        if slug and len(slug) + len(word) >= LONGEST:
            break
        slug = f"{slug}-{word}" if slug else word[:LONGEST]
    return slug or "decision"
