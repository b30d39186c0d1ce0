"""Branches: what leads out of a node."""

from collections.abc import Mapping

from decide.language import said
from decide.model.decision import Lever
from decide.model.number import Number
from decide.model.tree import Branch, Likelihood, Rest
from decide.read.labels import check_id, read_label, shown_id
from decide.read.nodes import Entries, Scalar
from decide.read.numbers import NumberReader
from decide.read.strategies import read_payment, read_settings


def read_branches(
    entries: Entries, reader: NumberReader, levers: Mapping[str, Lever]
) -> tuple[Branch, ...]:
    """Read options, or the outcomes of an observation."""
    if not entries.keys:
        reader.problems.error(
            entries, said("a node without a branch leads nowhere"), said("add a branch")
        )
    return tuple(
        read_branch(key, entries.below(name), reader, levers) for name, key in entries.keys.items()
    )


def read_branch(
    key: Scalar,
    entries: Entries,
    reader: NumberReader,
    levers: Mapping[str, Lever],
    p: Number | Likelihood | Rest | None = None,
) -> Branch:
    """Read one branch."""
    check_id(key, said("branch"), reader.problems)
    return Branch(
        id=key.text,
        label=read_label(entries, "label", reader.problems, shown_id(key.text)),
        p=p,
        settings=read_settings(entries, reader, levers),
        pay=read_payment(entries, reader),
        then=entries.text("then") or None,
        place=key.place,
    )
