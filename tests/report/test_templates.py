from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

import decide.report.page
from decide.report.words.phrases import PHRASES

FOLDER = Path(decide.report.page.__file__).parent / "templates"
NAMES = sorted(path.name for path in FOLDER.iterdir())
ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Include,
    nodes.FromImport,
    nodes.Macro,
    nodes.Call,
    nodes.Const,
    nodes.Assign,
)


def parse(name: str) -> nodes.Template:
    return jinja2.Environment(autoescape=True).parse((FOLDER / name).read_text(encoding="utf-8"))


def walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from walk(child)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_only_loops_includes_and_prints(name: str) -> None:
    for node in walk(parse(name)):
        assert isinstance(node, ALLOWED), f"{name}:{node.lineno}: {type(node).__name__}"
        if isinstance(node, nodes.Call):
            assert isinstance(node.node, nodes.Name), f"{name}:{node.lineno}: calls a method"
            assert not node.kwargs
        if isinstance(node, nodes.Assign):
            assert isinstance(node.node, nodes.Getattr), f"{name}:{node.lineno}: sets a value"
        if isinstance(node, nodes.For):
            assert node.test is None
            assert not node.recursive


@pytest.mark.parametrize(
    "text",
    ["{{ a + 1 }}", "{{ a|safe }}", "{% if a > 1 %}{% endif %}", "{{ a[0] }}", "{{ a ~ b }}"],
)
def test_the_check_refuses_what_it_should(text: str) -> None:
    tree = jinja2.Environment(autoescape=True).parse(text)
    assert not all(isinstance(node, ALLOWED) for node in walk(tree))


def test_calls_are_only_to_macros() -> None:
    macros = {n.name for name in NAMES for n in walk(parse(name)) if isinstance(n, nodes.Macro)}
    called = {
        n.node.name
        for name in NAMES
        for n in walk(parse(name))
        if isinstance(n, nodes.Call) and isinstance(n.node, nodes.Name)
    }
    assert called <= macros
    assert macros <= called


def used_phrases() -> set[str]:
    return {
        n.attr
        for name in NAMES
        for n in walk(parse(name))
        if isinstance(n, nodes.Getattr) and isinstance(n.node, nodes.Name) and n.node.name == "w"
    }


def test_every_phrase_that_a_template_prints_exists() -> None:
    assert used_phrases() <= set(PHRASES)


def test_no_phrase_is_left_over() -> None:
    view = FOLDER.parent / "view"
    code = "".join(path.read_text(encoding="utf-8") for path in view.glob("*.py"))
    by_prefix = ("group_", "frame_")
    left = {
        name
        for name in set(PHRASES) - used_phrases()
        if f'"{name}"' not in code
        and not name.startswith(by_prefix)
        and not name.endswith("_title")
    }
    assert left == set()


@pytest.mark.parametrize("name", NAMES)
def test_no_attribute_stands_in_single_quotes(name: str) -> None:
    """The page writes apostrophes as they are."""
    assert "='" not in (FOLDER / name).read_text(encoding="utf-8")
