"""Every example of docs/format.md is read."""

import re

import pytest

from decide.evaluate import evaluate
from decide.formulas.parse import FUNCTIONS as KNOWN_FUNCTIONS
from decide.read.written import SECTIONS
from tests.read.reading import CHOICE, ROOT, quantity, read

PAGE = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)


def workspaces() -> list[list[str]]:
    """Return the examples that belong together: one with a decision begins anew."""
    found: list[list[str]] = []
    for block in BLOCKS:
        if block.startswith("decision:"):
            found.append([])
        found[-1].append(block)
    return found


def rows(title: str) -> list[list[str]]:
    """Return the cells of the rows of the first table after a title."""
    table = PAGE[PAGE.index(title) :].split("\n\n|", 1)[1].split("\n\n", 1)[0]
    return [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in table.split("\n")[2:]
    ]


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


FORMS = [", ".join(codes(form)) for form, _ in rows("A mapping has exactly one of these forms")]
CONSTANTS = codes(rows("## Numbers")[0][1])
FUNCTIONS = [call for form, _ in rows("## Formulas") for call in codes(form)]


def test_every_fenced_block_is_an_example() -> None:
    assert len(BLOCKS) == PAGE.count("\n```") // 2


@pytest.mark.parametrize("blocks", workspaces(), ids=lambda blocks: blocks[0].split("\n")[0])
def test_the_examples_that_belong_together_can_be_read_and_evaluated(blocks: list[str]) -> None:
    files = {f"criteria/{n}.yaml": block for n, block in enumerate(blocks[1:])}
    found = evaluate(read(blocks[0], files), draws=1024)
    assert found.rollback.ranking


def test_every_section_has_an_example_and_a_chapter() -> None:
    shown = set(re.findall(r"^(\w+):", "\n".join(BLOCKS), flags=re.MULTILINE))
    told = set(re.findall(r"`(\w+)`", "\n".join(re.findall(r"^## .*$", PAGE, flags=re.MULTILINE))))
    assert shown == set(SECTIONS)
    assert told == set(SECTIONS)


@pytest.mark.parametrize("form", [form for form in FORMS if not form.startswith("from")])
def test_every_form_in_the_table_is_read_as_a_quantity(form: str) -> None:
    assert quantity(f"{{{form}, grade: judgement, reason: As an example}}").text


@pytest.mark.parametrize("constant", CONSTANTS)
def test_every_constant_in_the_table_is_read_as_a_quantity(constant: str) -> None:
    assert quantity(constant).text == constant


@pytest.mark.parametrize("call", [call.replace("…", "b") for call in FUNCTIONS])
def test_every_function_in_the_table_is_read(call: str) -> None:
    names = "{condition: 1, a: 1, b: 2, x: 3}"
    formula = call.replace("n)", "2)")
    model = read(
        f'{CHOICE}quantities:\n  y: "{formula}"\n', {"criteria/more.yaml": f"quantities: {names}"}
    )
    assert model.quantities["y"].number.text == formula


def test_the_words_said_to_be_reserved_are_those_that_are() -> None:
    sentence = next(s for s in PAGE.split(". ") if "are reserved" in s)
    assert set(codes(sentence)) == {*KNOWN_FUNCTIONS, "rest"}
