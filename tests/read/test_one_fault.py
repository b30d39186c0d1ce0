"""One fault in the files makes one message."""

import re
import shutil
from pathlib import Path

import pytest

from decide.model.place import InvalidInputError, Severity
from decide.read import written
from decide.read.forms import hints_of, is_form
from decide.read.problems import format_problem
from decide.read.workspace import read_workspace
from tests.read.reading import ROOT, read
from tests.read.test_attacks import CASE

KEYS = {key for form in vars(written).values() if is_form(form) for key in hints_of(form)[0]} - {
    *written.SECTIONS,
    "memory",  # a fact of the example's firm
    "price",
}  # the example has a quantity that is called price
WRITTEN = re.compile(rf"(?<![\w.])({'|'.join(sorted(KEYS))}): ")


def _slips() -> list[tuple[str, int, str, str]]:
    """Return each key of the example files once: its file, where it stands, it, and a slip."""
    found: dict[str, tuple[str, int, str, str]] = {}
    for file, text in CASE.items():
        for match in WRITTEN.finditer(text):
            key, middle = match[1], len(match[1]) // 2
            slip = key[: middle - 1] + key[middle] + key[middle - 1] + key[middle + 1 :]
            if slip not in {key, *KEYS}:
                found.setdefault(key, (file, match.start(), key, slip))
    return list(found.values())


@pytest.mark.parametrize("slip", _slips(), ids=lambda slip: slip[2])
def test_two_letters_of_a_key_changed_round_make_one_message(
    slip: tuple[str, int, str, str],
) -> None:
    file, at, key, wrong = slip
    text = CASE[file]
    with pytest.raises(InvalidInputError) as caught:
        read("", CASE | {file: text[:at] + wrong + text[at + len(key) :]})
    said = [p.message for p in caught.value.problems if p.severity is Severity.ERROR]
    assert len(said) == 1, said
    assert repr(wrong) in said[0]


def test_the_mistake_in_the_readme_is_said_as_the_readme_has_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "criteria", tmp_path / "criteria")
    shutil.copytree(ROOT / "targets", tmp_path / "targets")
    path = tmp_path / "criteria/demand.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("p90: 25 %", "p90: 2.5 %", 1), encoding="utf-8")
    with pytest.raises(InvalidInputError) as caught:
        read_workspace(tmp_path)
    said = "\n".join(format_problem(problem) for problem in caught.value.problems)
    assert f"```text\n{said}\n```" in (ROOT / "README.md").read_text(encoding="utf-8")
