"""Models with and without each part, evaluated once; the score has every shape of a criterion."""

from collections.abc import Callable
from pathlib import Path

import pytest

from decide.evaluate import Evaluation, evaluate
from decide.model.distribution import Uniform
from decide.read.workspace import read_workspace
from tests.diagrams import chance, decision, diagram, value, with_diagram
from tests.models import model, strategy
from tests.report.conftest import CRITERIA, TARGETS

DRAWS = 1_024

# A performance that is drawn and leaves its anchors; nested groups; each shape, either way up.
SCORE = """\
decision: {title: "=Ways", meeting: 2026-02-15, currency: EUR, base: safe}
strategies: {safe: {label: "=1+1"}, bold: {label: "@bold", pay: 3}, late: {pay: -2}}
sources:
  book: {title: "+A book", published: 2020, address: "https://example.org/book"}
  talk: {title: A talk, published: 2021-05, address: "not on the web"}
criteria:
  near:
    swing: 60
    swing_reason: all
    criteria:
      calm: {worst: 0, best: 100, swing: 75, swing_reason: from none to all}
      inner:
        swing: 40
        swing_reason: all
        criteria:
          cost: {worst: 90, best: 10, shape: {middle: 30}, swing: 10, swing_reason: a lot}
          speed:
            worst: 0
            best: 10
            shape: {points: {0: 0, 2: 50, 7: 60, 10: 100}}
            swing: 30
            swing_reason: all of it
  far: {worst: 1, best: 5, shape: {middle: 4.5}, swing: 45, swing_reason: from one to five}
performances:
  safe:
    calm: {value: 100, source: book}
    cost: {value: 30, source: book}
    speed: {value: 1, source: [book, talk]}
    far: {value: 5, source: book}
  bold:
    calm: {p10: 20, p50: 60, p90: 130, grade: judgement, reason: "-a guess"}
    cost: {value: 95, source: book}
    speed: {value: 8, source: book}
    far: {value: 2, source: book}
  late:
    calm: {value: 12.5, source: book}
    cost: {value: 47, source: book}
    speed: {value: 6.5, source: book}
    far: {value: 3.25, source: book}
"""

Evaluate = Callable[..., Evaluation]


@pytest.fixture(scope="session")
def evaluate_text(tmp_path_factory: pytest.TempPathFactory) -> Evaluate:
    """Evaluate a workspace of one file, and of one with the firms where it has any."""

    def run(text: str, firms: str = "") -> Evaluation:
        folder = tmp_path_factory.mktemp("workspace")
        for part, content in (("criteria", text), ("targets", firms)):
            path = folder / part / "model.yaml"
            path.parent.mkdir()
            path.write_text(content, encoding="utf-8")
        return evaluate(read_workspace(folder), draws=DRAWS, together=())

    return run


@pytest.fixture(scope="session")
def whole(evaluate_text: Evaluate) -> Evaluation:
    """A decision with everything in it."""
    return evaluate_text(CRITERIA, TARGETS)


@pytest.fixture(scope="session")
def scored(evaluate_text: Evaluate) -> Evaluation:
    """A decision with every shape of a criterion, and texts that begin like formulas."""
    return evaluate_text(SCORE)


@pytest.fixture(scope="session")
def bare() -> Evaluation:
    """Strategies and quantities, and nothing else."""
    strategies = [strategy("low", pay="x"), strategy("high", pay="x + 1")]
    return evaluate(model(strategies, (), {"x": Uniform(min=0, max=1)}), draws=DRAWS, together=())


@pytest.fixture(scope="session")
def lone() -> Evaluation:
    """One strategy that pays a constant: nothing is compared, drawn or scored."""
    return evaluate(model([strategy("only", pay=3)]), draws=DRAWS, together=())


@pytest.fixture(scope="session")
def umbrella() -> Evaluation:
    """An influence diagram."""
    written = diagram(
        chance("weather", 2, [], [0.7, 0.3]),
        chance("forecast", 2, ["weather"], [0.8, 0.2, 0.3, 0.7]),
        decision("take", 2, ["forecast"]),
        value("comfort", ["weather", "take"], [20, 100, 70, 0]),
    )
    return evaluate(with_diagram(written), draws=DRAWS, together=())


@pytest.fixture(scope="session")
def every(
    whole: Evaluation,
    scored: Evaluation,
    bare: Evaluation,
    lone: Evaluation,
    umbrella: Evaluation,
) -> tuple[Evaluation, ...]:
    """Decisions with and without criteria, firms, quantities, rivals and a diagram."""
    return whole, scored, bare, lone, umbrella


@pytest.fixture(scope="session")
def shipped() -> Evaluation:
    """The shipped case, evaluated on few draws."""
    return evaluate(read_workspace(Path(__file__).parents[2]), draws=DRAWS, together=())
