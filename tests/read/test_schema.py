"""The JSON Schema accepts what the reader accepts, and refuses keys that nobody knows."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
import yaml

from decide.read.json_schema import file_schema
from tests.read.reading import ROOT
from tests.read.test_format_page import BLOCKS

FILES = sorted(
    path for folder in ("criteria", "targets") for path in (ROOT / folder).rglob("*.yaml")
)
CORE: list[tuple[re.Pattern[str], Callable[[str], object]]] = [  # of YAML 1.2, as editors have it
    (re.compile(r"(?:~|null|Null|NULL|)\Z"), lambda _: None),
    (re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), lambda text: text.lower() == "true"),
    (re.compile(r"[-+]?[0-9]+\Z"), int),
    (re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z"), float),
]
SCHEMA = jsonschema.Draft202012Validator(file_schema())


def as_an_editor_sees_it(text: str) -> object:
    return _plain(yaml.compose(text, Loader=yaml.SafeLoader))


def _plain(node: yaml.Node | None) -> object:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if not isinstance(node, yaml.ScalarNode) or node.style in {"'", '"'}:
        return node.value if node is not None else None
    return next((of(node.value) for shape, of in CORE if shape.match(node.value)), node.value)


def complaints(text: str) -> list[str]:
    return [error.message for error in SCHEMA.iter_errors(as_an_editor_sees_it(text))]


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(file_schema())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_schema_accepts_the_shipped_case(path: Path) -> None:
    assert complaints(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split(":")[0])
def test_the_schema_accepts_the_examples_of_the_reference(block: str) -> None:
    assert complaints(block) == []


@pytest.mark.parametrize("switch", ["true", "'true'", "false"])
def test_the_schema_takes_a_switch_as_a_text_too(switch: str) -> None:
    assert complaints(f"strategies: {{a: {{off: {switch}}}}}") == []


@pytest.mark.parametrize(
    "text",
    [
        "decisions: {title: T}",
        "decision: {titel: T}",
        "quantities: {x: {vaule: 1}}",
        "quantities: {x: [1]}",
        "tree: {a: {decide: {b: {p: 1}}}}",
        "strategies: {a: {for_each: firms}}",
        "strategies: {a: {off: maybe}}",
        "targets: {a: {gates: {g: {status: passed, why: w}}}}",
        "correlations: {a: b}",
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(text: str) -> None:
    assert complaints(text)


def test_the_schema_knows_the_columns_of_the_shipped_tables() -> None:
    with (ROOT / "criteria" / "precedents.csv").open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    forms = file_schema()["$defs"]
    assert isinstance(forms, dict)
    assert set(columns[1:]) <= set(forms["Precedent"]["properties"])
