"""Which firms are worth a closer look, and what is buying each one worth?"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from decide.analyses.rollback import Rollback
from decide.analyses.score import Scores, score
from decide.model.decision import Model
from decide.model.target import Target
from decide.program.program import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenedTarget:
    """One firm: its gates, its total on the screening criteria, its money from the tree."""

    target: str
    failed: tuple[str, ...]  # gates
    unknown: tuple[str, ...]
    total: float  # in [0, 1]; nan where it fails a gate
    strategy: str  # the best strategy that buys it, by certainty equivalent; "" where none ran
    certainty_equivalent: float  # nan where none ran
    expected_value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """All firms: those that pass by certainty equivalent, then those that fail."""

    targets: tuple[ScreenedTarget, ...]
    scores: Scores | None  # of the firms that pass, on the screening criteria
    shortfall: Mapping[str, float]  # target -> leader's certainty equivalent less its own


def screen(program: Program, model: Model, rollback: Rollback, *, leader: str) -> Screening:
    """Rank the firms that pass the gates by the money of their best strategy, then the others."""
    passing = {t.id: t for t in model.targets.values() if not t.failed_gates}
    performances = {k: number for k, number in program.screening.items() if k[0] in passing}
    written = {target.id: target.performances for target in passing.values()}
    scores = score(program, model.screening, performances, written) if performances else None
    best = rollback.values[leader].certainty_equivalent
    screened = [_screened(t, model, rollback, scores) for t in model.targets.values()]
    screened.sort(key=lambda s: (bool(s.failed), -_low(s.certainty_equivalent), -_low(s.total)))
    return Screening(
        targets=tuple(screened),
        scores=scores,
        shortfall={s.target: best - s.certainty_equivalent for s in screened if s.strategy},
    )


def _screened(
    target: Target, model: Model, rollback: Rollback, scores: Scores | None
) -> ScreenedTarget:
    own = [s for s in rollback.ranking if model.strategies[s].target == target.id]
    value = rollback.values[own[0]] if own else None
    total = scores.totals.get(target.id) if scores is not None else None
    return ScreenedTarget(
        target=target.id,
        failed=target.failed_gates,
        unknown=tuple(g for g, found in target.gates.items() if found.status == "unknown"),
        total=float("nan") if total is None else total,
        strategy=own[0] if own else "",
        certainty_equivalent=float("nan") if value is None else value.certainty_equivalent,
        expected_value=float("nan") if value is None else value.expected_value,
    )


def _low(x: float) -> float:
    """Put what is unknown last."""
    return float("-inf") if math.isnan(x) else x
