"""Whatever stands in the files, the answer is a model or a list of problems."""

import re
import subprocess
import sys
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.model.place import InvalidInputError
from tests.read.reading import ROOT, read, said
from tests.read.test_format_page import FORMS, workspaces

CASE = {f"criteria/{n}.yaml": block for n, block in enumerate(workspaces()[1])}
CASE["criteria/forms.yaml"] = "quantities:\n" + "".join(
    f"  form_{n}: {{{form}, grade: judgement, reason: r}}\n"
    for n, form in enumerate(FORMS)
    if not form.startswith("from")
)
CASE["criteria/scaled.yaml"] = """\
quantities:
  bounded: {p10: 2, p50: 3, p90: 7, min: 0, max: 20, unit: USD bn, grade: judgement, reason: r}
  truncated: {normal: {mean: 5, sd: 1}, min: 3, max: 9, grade: judgement, reason: r}
  tailed: {lognormal: {mean: 3, sd: 2}, min: 1, max: 40, unit: USD m, grade: judgement, reason: r}
"""
CASE["targets/firms.csv"] = (
    "target;criterion;value;grade;reason\nkneron;retention_outlook;4,5;judgement;r\n"
)

PIECES = [*"{}[]:,#&*!|>'\"%@`-?()^/.²٣é\t \n", "\x85", "\u2028", "\x00", "\ufeff", "😀", "²²²²"]
PIECES += ["<<: ", "---\n", "rest", "lag(", "- ", "off: true\n", "then: ", "from: x", "max: 1e300"]
NUMBERS = [
    "0",
    "-1",
    "",
    "x",
    "1/0",
    "1e308",
    "-1e300",
    "1e150",
    "1e-320",
    "5e-324",
    "²²²²",
    "0000",
]
NUMBERS += ["9999", "9" * 400, "1e400", "1.7e308 bn", "0.0000001"]
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

Change = Callable[[str], str]


def read_or_said(files: Mapping[str, str | bytes]) -> object:
    """Return the model, or what is said to be wrong; anything else is raised."""
    try:
        return read("", files)
    except InvalidInputError as error:
        return said(error)


def _insert(at: float, piece: str) -> Change:
    return lambda text: text[: int(at * len(text))] + piece + text[int(at * len(text)) :]


def _cut(at: float, length: int) -> Change:
    return lambda text: text[: int(at * len(text))] + text[int(at * len(text)) + length :]


def _without_line(at: float) -> Change:
    def changed(text: str) -> str:
        lines = text.split("\n")
        del lines[int(at * len(lines))]
        return "\n".join(lines)

    return changed


def _other_number(at: float, number: str) -> Change:
    def changed(text: str) -> str:
        found = list(NUMBER.finditer(text))
        if not found:
            return text
        old = found[int(at * len(found))]
        return text[: old.start()] + number + text[old.end() :]

    return changed


SHARE = st.floats(0, 1, exclude_max=True)
CHANGES = st.one_of(
    st.builds(_insert, SHARE, st.sampled_from(PIECES)),
    st.builds(_cut, SHARE, st.integers(1, 60)),
    st.builds(_without_line, SHARE),
    st.builds(_other_number, SHARE, st.sampled_from(NUMBERS)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(CASE)), CHANGES), min_size=1, max_size=4))
def test_a_changed_workspace_is_read_or_refused_with_problems(
    changes: list[tuple[str, Change]],
) -> None:
    files = dict(CASE)
    for path, change in changes:
        files[path] = change(files[path])
    assert read_or_said(files)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60), st.sampled_from(["yaml", "csv"]))
def test_a_file_of_any_bytes_is_read_or_refused_with_problems(content: bytes, kind: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read("", {f"criteria/x.{kind}": content})
    assert caught.value.problems


def test_the_unchanged_workspace_is_read() -> None:
    assert read("", CASE).strategies


def test_the_reader_loads_nothing_that_computes_draws_or_shows() -> None:
    program = (
        "import decide.read.workspace, sys; print(*{m.partition('.')[0] for m in sys.modules})"
    )
    done = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    heavy = {"numpy", "scipy", "pandas", "networkx", "jinja2", "rich", "babel", "click"}
    assert heavy.isdisjoint(done.stdout.split())
