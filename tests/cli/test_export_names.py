"""The export of the shipped case against docs/export.md, name by name."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import decide

ROOT = Path(__file__).parents[2]
MAY_BE_EMPTY = {"warnings", "switched_off", "diagram"}
SHAPES = {"written": "Number", "swing": "Criterion", "cells": "Scores"}


def leaves(value: object, known: set[str], at: str = "") -> Iterator[str]:
    """Yield the name of each value, `*` for ids, `[]` for items, a shape's name for shapes."""
    if isinstance(value, dict):
        shape = next((name for key, name in SHAPES.items() if key in value), "")
        if shape:
            yield at
        at = shape or at
        named = any(name.startswith(f"{at}.{key}".lstrip(".")) for key in value for name in known)
        for key, below in value.items():
            yield from leaves(below, known, f"{at}.{key if named else '*'}".lstrip("."))
    elif isinstance(value, list):
        for below in value or [None]:
            yield from leaves(below, known, f"{at}[]")
    else:
        yield at


@pytest.fixture(scope="module")
def documented() -> set[str]:
    text = (ROOT / "docs/export.md").read_text(encoding="utf-8")
    section = text.partition("## As JSON")[2].partition("## Other commands")[0]
    return set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE))


@pytest.mark.slow
def test_every_name_of_the_export_is_documented(documented: set[str]) -> None:
    evaluation = decide.evaluate_model(decide.read_workspace(ROOT), draws=1_024, together=())
    exported = set(leaves(decide.results_of(evaluation), documented))
    assert {n for n in exported if not any(d.startswith(n) for d in documented)} == set()
    absent = {name.partition("[")[0].partition(".")[0] for name in documented - exported}
    assert absent <= MAY_BE_EMPTY
