"""YAML as YAML 1.2 has it, and where things stand in it."""

import pytest

from decide.model.place import InvalidInputError
from decide.read.problems import Problems
from decide.read.yaml_text import read_yaml
from tests.read.reading import CHOICE, read, said

WORDS = [
    "no",
    "on",
    "yes",
    "off",
    "12:30",
    "1_0:30",
    "0o14",
    "0x1F",
    "1e3",
    "~",
    "null",
    "=",
    "2023-10-31",
]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_stays_the_text_that_it_is(word: str) -> None:
    model = read(f"decision: {{title: T, owner: {word}}}\ntree: {{a: {{decide: {{b: {{}}}}}}}}\n")
    assert model.decision.owner == word


def test_an_id_that_older_yaml_reads_as_false_is_an_id() -> None:
    model = read("decision: {title: T}\nstrategies: {yes: {}, no: {pay: 1}}\n")
    assert list(model.strategies) == ["yes", "no"]


def test_json_is_read() -> None:
    model = read(
        '{"decision": {"title": "T"}, "tree": {"a": {"decide": {"b": {"pay": "1"}, "c": {}}}}}'
    )
    assert list(model.strategies) == ["b", "c"]


def test_block_texts_and_folded_texts_are_read() -> None:
    model = read(
        "decision:\n  title: >\n    One\n    line\n  owner: |\n    Two\n    lines\n"
        "tree: {a: {decide: {b: {}}}}\n"
    )
    assert str(model.decision.title).strip() == "One line"
    assert model.decision.owner == "Two\nlines\n"


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    text = "\ufeff" + CHOICE.replace("\n", "\r\n")
    assert list(read(text).strategies) == ["take", "go_without"]


def test_a_file_without_a_section_is_passed_over() -> None:
    model = read(CHOICE, {"criteria/later.yaml": "# nothing yet\n", "targets/empty.yml": ""})
    assert [file.path for file in model.files] == [
        "criteria/case.yaml",
        "criteria/later.yaml",
        "targets/empty.yml",
    ]


def test_columns_are_counted_in_characters() -> None:
    problems = Problems()
    root = read_yaml("é😀: {clé: où}\n", "criteria/x.yaml", problems)
    assert root is not None
    assert root.keys["é😀"].place.column == 1
    assert root.below("é😀").place.column == 5
    assert root.below("é😀").keys["clé"].place.column == 6
    assert root.below("é😀").values["clé"].place.column == 11


@pytest.mark.parametrize(
    ("written", "line", "column"),
    [
        ("  x: 1 + (2\n", 4, 10),
        ('  x: "1 + (2"\n', 4, 11),
        ("  x: '1 + (2'\n", 4, 11),
        ("  x:\n    1 + (2\n", 5, 9),
        ("  x: 1 +\n    2 + (3\n", 5, 9),
        ("  x: >\n    1 +\n    2 + (3\n", 6, 9),
        ("  x: {value: 1 + (2}\n", 4, 18),
        ("  x:\n    value: 1 + (2\n", 5, 16),
    ],
)
def test_a_mistake_in_a_formula_is_shown_under_its_character(
    written: str, line: int, column: int
) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read(
            "decision: {title: T}\ntree: {a: {decide: {b: {pay: x}, c: {}}}}\n"
            f"quantities:\n{written}"
        )
    (problem,) = (p for p in caught.value.problems if "never closed" in p.message)
    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == (line, column)
    assert problem.excerpt[column - 1] == "("


def test_a_hundred_thousand_brackets_are_refused_by_depth() -> None:
    with pytest.raises(InvalidInputError) as caught:
        read("decision: " + "[" * 100_000)
    assert "64" in said(caught.value)
