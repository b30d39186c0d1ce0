"""What meetings decided: `reports/decisions.yaml`, one entry a decision, the newest last."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path

import yaml

from decide.cli.language import tell
from decide.language import said
from decide.model.place import InvalidInputError, Place
from decide.read.files import decoded
from decide.read.nodes import Entries, Items, Scalar
from decide.read.problems import Problems, nearest
from decide.read.yaml_text import read_yaml

FILE = "reports/decisions.yaml"
HEADING = "# What meetings decided; `decide decided` adds to it and shows it.\n\ndecisions:\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One decision of a meeting."""

    decided: date
    title: str  # of the decision
    strategy: str
    owner: str  # a role
    next_gate: str = ""  # id of a decision node
    gate_date: date | None = None
    note: str = ""
    page: str = ""  # the report that lay before the meeting, beside this file
    digest: str = ""  # of the files then; the report made from them prints the same


def read_record(root: Path) -> tuple[Decided, ...]:
    """Read the record of a workspace, () where there is none.

    Raises InvalidInputError with all that is wrong with it.
    """
    path = root / FILE
    return parse_record(text_of(path.read_bytes())) if path.exists() else ()


def text_of(data: bytes) -> str:
    """Return the text of a record; raises InvalidInputError where it is none."""
    problems = Problems()
    text = decoded(data, FILE, problems)
    if text is None:
        raise InvalidInputError(problems.found)
    return text


def parse_record(text: str) -> tuple[Decided, ...]:
    """Read the text of a record."""
    problems = Problems()
    root = read_yaml(text, FILE, problems)
    listed = root.get("decisions") if root is not None else None
    if not isinstance(listed, Items):
        at = listed or root or Place(FILE, 1)
        problems.error(at, said("the record is a list under the key 'decisions'"))
        raise InvalidInputError(problems.found)
    found = [_decided(item, problems) for item in listed.items]
    if problems.found:
        raise InvalidInputError(problems.found)
    return tuple(d for d in found if d is not None)


def append(text: str, decided: Decided) -> str:
    """Return the record's text with one more entry, all that was there as it was.

    Raises InvalidInputError where the text is no record, or not written as a list to add to.
    """
    entry = {f.name: getattr(decided, f.name) for f in fields(decided)}
    kept = {name: value for name, value in entry.items() if value not in ("", None)}
    block = yaml.safe_dump([kept], allow_unicode=True, sort_keys=False, width=10_000)
    indented = "".join(f"  {line}\n" for line in block.splitlines())
    known = len(parse_record(text)) if text.strip() else 0
    start = f"{text.rstrip()}\n" if text.strip() else HEADING
    longer = f"{start}{indented}"
    problems = Problems()
    if read_yaml(longer, FILE, problems) is None or problems.found:
        problems.error(
            Place(FILE, 1),
            said("the record's list cannot be added to"),
            said("write each entry on lines of its own, indented by two spaces"),
        )
        raise InvalidInputError(problems.found)
    assert len(parse_record(longer)) == known + 1
    return longer


def record_text(record: tuple[Decided, ...]) -> str:
    """Return a record as a person reads it."""
    if not record:
        return tell("nothing is on the record yet: decide decided STRATEGY --owner ROLE")
    return "\n\n".join(_paragraph(decided) for decided in record)


def record_json(record: tuple[Decided, ...]) -> str:
    """Return a record as JSON."""
    rows = [asdict(decided) for decided in record]
    return json.dumps({"decisions": rows}, indent=1, ensure_ascii=False, default=str)


def _paragraph(decided: Decided) -> str:
    gate = " ".join(text for text in (decided.next_gate, str(decided.gate_date or "")) if text)
    rows = (
        (tell("owner"), decided.owner),
        (tell("next gate"), gate),
        (tell("note"), decided.note),
        (tell("report"), decided.page),
        (tell("digest"), decided.digest),
    )
    first = f"{decided.decided}  {decided.title}: {decided.strategy}"
    return "\n".join((first, *(f"  {name}: {text}" for name, text in rows if text)))


def _decided(node: Entries | Items | Scalar, problems: Problems) -> Decided | None:
    names = [f.name for f in fields(Decided)]
    if not isinstance(node, Entries):
        problems.error(
            node,
            said("an entry of the record has keys"),
            said("known: {names}", names=", ".join(names)),
        )
        return None
    for key in node:
        if key not in names:
            problems.error(
                node.keys[key], said("unknown key {key!r}", key=key), nearest(key, names)
            )
    for key in ("decided", "title", "strategy", "owner"):
        if not node.text(key):
            problems.error(node, said("{key!r} is missing", key=key))
    decided = _date(node, "decided", problems)
    return Decided(
        decided=decided or date.min,
        title=node.text("title"),
        strategy=node.text("strategy"),
        owner=node.text("owner"),
        next_gate=node.text("next_gate"),
        gate_date=_date(node, "gate_date", problems),
        note=node.text("note"),
        page=node.text("page"),
        digest=node.text("digest"),
    )


def _date(node: Entries, key: str, problems: Problems) -> date | None:
    found = node.get(key)
    if found is None:
        return None
    try:
        return date.fromisoformat(node.text(key))
    except ValueError:
        problems.error(
            found, said("{key!r} is no date", key=node.text(key)), said("write it as 2023-11-14")
        )
        return None
