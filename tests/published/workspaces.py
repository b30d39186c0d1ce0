"""The published cases as workspaces, and what tests read off an evaluation."""

import itertools
import math
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from decide.analyses.rollback import Rollback, Step, StrategyValue
from decide.evaluate import Evaluation, evaluate
from decide.model.decision import Model
from decide.read.workspace import read_workspace

CASES = Path(__file__).parent / "cases"


def text_of(case: str) -> str:
    return (CASES / f"{case}.yaml").read_text(encoding="utf-8")


def read_files(files: Mapping[str, str]) -> Model:
    """Read a workspace whose criteria/ holds these files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("criteria", "targets", "reports"):
            (folder / part).mkdir()
        for path, text in files.items():
            (folder / "criteria" / path).write_text(text, encoding="utf-8", newline="\n")
        return read_workspace(folder)


def read_text(text: str) -> Model:
    return read_files({"case.yaml": text})


@cache
def evaluated(text: str) -> Evaluation:
    """Read one text as a workspace, and evaluate it; twice the same is done once."""
    return evaluate(read_text(text))


def evaluated_case(case: str, risk_tolerance: float | None = None) -> Evaluation:
    return evaluated(at_risk_tolerance(text_of(case), risk_tolerance))


def at_risk_tolerance(text: str, risk_tolerance: float | None) -> str:
    if risk_tolerance is None:
        return text
    return text.replace("decision: {", f"decision: {{risk_tolerance: {risk_tolerance!r}, ", 1)


def expected_values(found: Evaluation) -> dict[str, float]:
    return {name: value.expected_value for name, value in found.rollback.values.items()}


def certainty_equivalents(found: Evaluation) -> dict[str, float]:
    return {name: value.certainty_equivalent for name, value in found.rollback.values.items()}


def policy(rollback: Rollback) -> dict[str, str]:
    """What is chosen at each decision, by the strategy and the branches that lead there."""
    return {
        path: step.choice
        for strategy, steps in rollback.steps.items()
        for path, step in _paths(strategy, steps)
        if step.kind == "decision"
    }


def probabilities(rollback: Rollback) -> dict[str, float]:
    """The probability of each branch, given its parent, by the path with it."""
    return {
        path: step.probability
        for strategy, steps in rollback.steps.items()
        for path, step in _paths(strategy, steps)
    }


def atoms(value: StrategyValue) -> dict[float, float]:
    """The risk profile as probabilities: total and how likely it is."""
    shares = [share for _, share in value.profile]
    rises = [b - a for a, b in itertools.pairwise([0.0, *shares])]
    return {total: rise for (total, _), rise in zip(value.profile, rises, strict=True)}


def tail_mean(value: StrategyValue, share: float) -> float:
    """The mean of the worst share of the risk profile, an atom taken in part."""
    left, total = share, 0.0
    for x, p in atoms(value).items():
        taken = min(left, p)
        left, total = left - taken, total + taken * x
    return total / share


def values_of_all_policies(rollback: Rollback) -> list[float]:
    """The expected value of every policy, best first, from the steps as printed."""
    return sorted((v for steps in rollback.steps.values() for v in _values(steps, 0)), reverse=True)


def distinct(values: Sequence[float]) -> list[float]:
    """Those of some sorted values that differ from the one before by more than rounding."""
    found = list(values[:1])
    for value in values[1:]:
        if not math.isclose(value, found[-1], rel_tol=1e-9, abs_tol=1e-9):
            found.append(value)
    return found


def _paths(strategy: str, steps: Sequence[Step]) -> Iterator[tuple[str, Step]]:
    paths: list[str] = []
    for step in steps:
        paths.append(strategy if step.parent < 0 else f"{paths[step.parent]}/{step.branch}")
        yield paths[-1], step


def _values(steps: Sequence[Step], here: int) -> list[float]:
    step = steps[here]
    if step.kind == "end":
        return [step.expected_value]
    below = [n for n, s in enumerate(steps) if s.parent == here]
    if step.kind == "decision":
        return [v for n in below for v in _values(steps, n)]
    likely = [n for n in below if steps[n].probability > 0]
    each = [[steps[n].probability * v for v in _values(steps, n)] for n in likely]
    return [sum(parts) for parts in itertools.product(*each)]
