"""A small workspace whose results can be worked out by eye, and the command line run on it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from decide.cli.entry import run

# Against safe, which pays 40: risky is worth 0.5 * 2 * 60 - 40 = 20 on average; acquire@firm_a has
# the same win for sure and pays 30 for it, 2 * 60 - 30 - 40 = 50. On the criteria safe has 75
# points, risky 25, acquire 20.
MODEL = """\
decision: {title: Two ways, meeting: 2026-02-15, currency: EUR, base: safe, seed: 7}
quantities:
  prize: {value: 60, low: 10, high: 90, unit: EUR, grade: judgement, reason: a test}
  odds: {value: 50 %, low: 20 %, high: 80 %, grade: judgement, reason: a test}
  price: {value: 500, unit: EUR, grade: judgement, reason: a test}
  sure: {value: 40, unit: EUR, grade: judgement, reason: a test}
  win: 2 * prize
strategies:
  safe: {pay: sure}
  risky: {then: luck}
  acquire: {for_each: targets, pay: win - price}
tree:
  luck: {chance: {good: {p: odds, pay: win}, bad: {p: rest}}}
criteria:
  calm: {worst: 0, best: 100, swing: 75, swing_reason: from none to all}
  speed: {worst: 0, best: 100, swing: 25, swing_reason: from none to all}
performances:
  safe: {calm: {value: 100, source: book}, speed: {value: 0, source: book}}
  risky: {calm: {value: 0, source: book}, speed: {value: 100, source: book}}
  acquire: {calm: {value: 20, source: book}, speed: {value: 20, source: book}}
sources:
  book: {title: A book, published: 2020, address: "https://example.org/book"}
"""
TARGET = """\
screening:
  gates: {open: {question: Is it open?}}
  criteria: {size: {worst: 0, best: 10, swing: 1, swing_reason: from none to ten}}
targets:
  firm_a:
    gates: {open: {status: pass, why: it says so, source: book}}
    performances: {size: {value: 5, source: book}}
    quantities: {price: {value: 30, unit: EUR, source: book}}
"""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str


Command = Callable[..., Done]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace of two files, the working one of its tests."""
    for name, text in (("criteria/model.yaml", MODEL), ("targets/firm_a.yaml", TARGET)):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    (tmp_path / "reports").mkdir()
    return tmp_path


@pytest.fixture
def decide(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Run one command in the workspace."""

    def run_command(*arguments: str) -> Done:
        capsys.readouterr()
        code = run(["-C", str(tmp_path), *arguments])
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return run_command


@pytest.fixture
def edit(workspace: Path) -> Callable[[str, str, str], None]:
    """Change one text of a file of the workspace."""

    def change(file: str, old: str, new: str) -> None:
        path = workspace / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change
