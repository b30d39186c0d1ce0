"""Labels by language, ids, kinds of node, and dates that may be partial."""

import re
from calendar import monthrange
from collections.abc import Collection
from datetime import date

from decide.formulas.parse import FUNCTIONS
from decide.language import Said, listed, said
from decide.model.label import Label
from decide.read.nodes import Entries, Node, Scalar
from decide.read.problems import Problems

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
_LANGUAGE = re.compile(r"[a-z]{2}\Z")


def read_label(entries: Entries, key: str, problems: Problems, default: str = "") -> Label:
    """Read a text, or one text a language; without one, the default."""
    return label_of(entries.get(key), problems, default)


def label_of(node: Node | None, problems: Problems, default: str = "") -> Label:
    """Read a node as a label."""
    if isinstance(node, Scalar):
        return Label((("", node.text),))
    if isinstance(node, Entries):
        for language, scalar in node.keys.items():
            if not _LANGUAGE.match(language):
                problems.error(
                    scalar,
                    said("{language!r} is not a language", language=language),
                    said("a label is a text, or {en: …, fr: …}"),
                )
        return Label(tuple((language, node.text(language)) for language in node))
    return Label((("", default),))


def shown_id(id_: str) -> str:
    """Return an id as it is shown where it has no label."""
    text = id_.replace("_", " ")
    return text[:1].upper() + text[1:]


def check_id(key: Scalar, what: Said, problems: Problems) -> None:
    """Note an id that formulas could not name."""
    if not _ID.match(key.text):
        problems.is_whole = False  # others may name it as it should be
        like = re.sub(r"[^a-z0-9_]+", "_", key.text.lower()).strip("_")
        advice = said("ids are lower-case letters, digits and _, a letter first")
        if _ID.match(like):
            advice = said(
                "{advice}, as {like}; what is shown is the label", advice=advice, like=like
            )
        problems.error(
            key, said("{name!r} is not an id for a {what}", name=key.text, what=what), advice
        )
    elif key.text in FUNCTIONS or key.text == "rest":
        problems.error(
            key,
            said(
                "{name!r} is a word of formulas and cannot name a {what}", name=key.text, what=what
            ),
            said("rename it"),
        )


def kind_of(
    key: Scalar, entries: Entries, kinds: Collection[str], problems: Problems, *, missing: Said
) -> str:
    """Return the one kind that a node is written as; "" after noting that it has none, or several.

    `missing` is the advice where it has none.
    """
    found = [kind for kind in kinds if kind in entries]
    if len(found) == 1:
        return found[0]
    *others, last = kinds
    what = listed(found) if found else said("none of them")
    message = said(
        "a node has one of {others} and {last}, and {name!r} has {what}",
        others=", ".join(others),
        last=last,
        name=key.text,
        what=what,
    )
    problems.error(key, message, said("write one node for each") if found else missing)
    return ""


def read_date(node: Node | None, problems: Problems) -> date | None:
    """Read a date; a partial one counts as its last day."""
    if not isinstance(node, Scalar):
        return None
    found = _DATE.match(node.text.strip())
    day = None if found is None else _last_day(*found.groups())
    if day is None:
        advice = said("write 2023-10-31, 2023-10 or 2023")
        problems.error(node, said("{text!r} is not a date", text=node.text), advice)
    return day


def _last_day(year: str, month: str | None, day: str | None) -> date | None:
    try:
        last = monthrange(int(year), int(month or 12))[1]
        return date(int(year), int(month or 12), int(day) if day else last)
    except ValueError:
        return None
