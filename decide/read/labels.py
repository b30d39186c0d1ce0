"""Labels by language, ids, and dates that may be partial."""

import re
from calendar import monthrange
from datetime import date

from decide.formulas.parse import FUNCTIONS
from decide.model.label import Label
from decide.read.nodes import Entries, Node, Scalar
from decide.read.problems import Problems

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")
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
                    f"{language!r} is not a language",
                    "a label is a text, or {en: …, fr: …}",
                )
        return Label(tuple((language, node.text(language)) for language in node))
    return Label((("", default),))


def shown_id(id_: str) -> str:
    """Return an id as it is shown where it has no label."""
    text = id_.replace("_", " ")
    return text[:1].upper() + text[1:]


def check_id(key: Scalar, what: str, problems: Problems) -> None:
    """Note an id that formulas could not name."""
    if not _ID.match(key.text):
        problems.error(
            key,
            f"{key.text!r} is not an id for a {what}",
            "ids are lower-case letters, digits and _, a letter first; what is shown is the label",
        )
    elif key.text in FUNCTIONS or key.text == "rest":
        problems.error(
            key, f"{key.text!r} is a word of formulas and cannot name a {what}", "rename it"
        )


def read_date(node: Node | None, problems: Problems) -> date | None:
    """Read a date; a partial one counts as its last day."""
    if not isinstance(node, Scalar):
        return None
    found = _DATE.match(node.text.strip())
    try:
        if found is None:
            raise ValueError
        year = int(found[1])
        month = int(found[2] or 12)
        day = int(found[3]) if found[3] else monthrange(year, month)[1]
        return date(year, month, day)
    except ValueError:
        problems.error(node, f"{node.text!r} is not a date", "write 2023-10-31, 2023-10 or 2023")
        return None
