"""Does exponential utility bear the losses that the model allows?"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from decide.analyses.policy import is_needed
from decide.analyses.policy_sample import Agreed, tree_outputs
from decide.analyses.rollback import Rollback
from decide.language import Said, said
from decide.model.decision import Model
from decide.model.distribution import Discrete
from decide.model.place import InvalidInputError, Place, Problem, Severity
from decide.program.engine import run
from decide.program.operations import ancestors
from decide.program.path_sums import reaches
from decide.program.program import Program
from decide.uncertainty.points import Floats
from decide.uncertainty.quantiles import quantile

FAR = (3.0, 5.0, 7.0)  # standard deviations, of the normal score, at which a tail is looked at
MEDIAN = 0.5
OTHERS = (0.01, MEDIAN, 0.99)  # shares of their distributions at which all else is held
BENDS = 1.2  # a loss that grows no faster than this from step to step grows like the score itself
TOO_MUCH = 0.25  # of the disutility that the worst 1 % of outcomes may carry


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A quantity that is taken far out, at one setting of all others; three columns of a run."""

    quantity: str
    side: int  # -1 or 1
    others: float

    @property
    def bound(self) -> str:
        """What would end the tail."""
        return "max" if self.side > 0 else "min"


def look_at_tails(
    program: Program, model: Model, agreed: Agreed, risk_tolerance: float | None
) -> tuple[Problem, ...]:
    """Refuse losses of which exp(loss / R) has no mean; warn where it has no variance.

    It has no mean where a loss grows by more than R while the odds of going that far fall by a
    factor e (a normal score of 5 to 7 standard deviations stands for far), and its sample mean has
    no honest error where the same holds for R / 2. Each quantity is taken out alone, along ends
    that the policy leads to: with all others at their medians it is refused, at their P1 or P99
    warned of. A product of two that are both unbounded is not seen. Raises InvalidInputError.
    """
    if risk_tolerance is None or agreed.plan.is_enumerated:
        return ()
    growth = _growth(program, agreed)
    fall = math.log(float(ndtr(-FAR[1]) / ndtr(-FAR[2])))
    refused = [
        _refused(model, r, s)
        for r, (s, g) in growth.items()
        if g > risk_tolerance * fall and r.others == MEDIAN
    ]
    if refused:
        raise InvalidInputError(_one_a_quantity(refused))
    doubtful = [
        _doubtful(model, r, s) for r, (s, g) in growth.items() if g > risk_tolerance * fall / 2
    ]
    return tuple(_one_a_quantity(doubtful))


def warn_of_few(model: Model, rollback: Rollback) -> tuple[Problem, ...]:
    """Warn where the worst 1 % of outcomes carry over a quarter of the disutility."""
    if rollback.sampling.is_enumerated:
        return ()
    return tuple(
        Problem(
            place=model.strategies[value.strategy].place,
            message=said(
                "the worst 1 % of outcomes carry {worst_disutility:.0%} of the disutility of "
                "strategy {strategy!r}; its certainty equivalent rests on a few extreme cases",
                worst_disutility=value.worst_disutility,
                strategy=value.strategy,
            ),
            advice=said("bound the quantities behind its losses, or raise risk_tolerance"),
            width=len(model.strategies[value.strategy].family),
            severity=Severity.WARNING,
        )
        for value in rollback.values.values()
        if value.worst_disutility > TOO_MUCH
    )


def _growth(program: Program, agreed: Agreed) -> dict[Row, tuple[str, float]]:
    """Return how much the worst loss grows far out, with the strategy that makes it."""
    names = [
        name
        for name, d in agreed.plan.uncertain.distributions.items()
        if not isinstance(d, Discrete)
    ]
    rows = [
        Row(quantity=name, side=side, others=share)
        for name in names
        for side in (-1, 1)
        for share in OTHERS
    ]
    if not rows:
        return {}
    inputs = _inputs(agreed, rows)
    order = ancestors(program.operations, tree_outputs(program))
    values = run(program.operations, order, inputs, {}, len(program.years))
    found: dict[Row, tuple[str, float]] = {}
    shape = (1, 3 * len(rows), 1)
    for strategy, steps in program.strategies.items():
        chosen = is_needed(steps, agreed.policies[strategy].choice)
        reach = reaches(steps, values, np.ones(shape))
        for number, step in enumerate(steps):
            if step.total >= 0 and chosen[number]:
                total = np.broadcast_to(values[step.total], shape).reshape(-1, 3)
                reached = np.broadcast_to(reach[number], shape).reshape(-1, 3)
                _note_growth(rows, strategy, total, reached, found)
    return found


def _note_growth(
    rows: Sequence[Row],
    strategy: str,
    total: Floats,
    reached: Floats,
    found: dict[Row, tuple[str, float]],
) -> None:
    with np.errstate(invalid="ignore", divide="ignore"):
        near, far = total[:, 0] - total[:, 1], total[:, 1] - total[:, 2]
        bends = (far > BENDS * np.maximum(near, 0.0)) & (far > 0) & (total[:, 2] < 0)
    for place in np.flatnonzero(bends & (reached > 0).all(axis=1)).tolist():
        row = rows[place]
        if row not in found or far[place] > found[row][1]:
            found[row] = strategy, float(far[place])


def _inputs(agreed: Agreed, rows: Sequence[Row]) -> Mapping[str, Floats]:
    distributions = agreed.plan.uncertain.distributions
    shares = np.repeat([row.others for row in rows], 3)
    inputs = {}
    for name, distribution in distributions.items():
        inputs[name] = quantile(distribution, shares)
        for place, row in enumerate(rows):
            if row.quantity == name:
                out = ndtr(row.side * np.array(FAR))
                inputs[name][3 * place : 3 * place + 3] = quantile(distribution, out)
    constants = {n: np.full((1, 1, 1), x) for n, x in agreed.plan.parameters.items()}
    return {name: x.reshape(1, -1, 1) for name, x in inputs.items()} | constants


def _problem(model: Model, row: Row, message: Said, way_out: Said, severity: Severity) -> Problem:
    return Problem(
        place=_place(model, row.quantity),
        message=message,
        advice=said(
            "give {quantity!r} a {bound}, or {way_out}",
            quantity=row.quantity,
            bound=row.bound,
            way_out=way_out,
        ),
        width=len(row.quantity.partition("@")[0]),
        severity=severity,
    )


def _refused(model: Model, row: Row, strategy: str) -> Problem:
    message = said(
        "quantity {quantity!r} has no {bound}, and strategy {strategy!r} loses so much in that "
        "tail that its certainty equivalent does not exist",
        quantity=row.quantity,
        bound=row.bound,
        strategy=strategy,
    )
    return _problem(model, row, message, said("leave out risk_tolerance"), Severity.ERROR)


def _doubtful(model: Model, row: Row, strategy: str) -> Problem:
    message = said(
        "the losses of strategy {strategy!r} in the far tail of {quantity!r} are such that the "
        "sampling error of its certainty equivalent is not to be trusted",
        strategy=strategy,
        quantity=row.quantity,
    )
    return _problem(model, row, message, said("raise risk_tolerance"), Severity.WARNING)


def _one_a_quantity(problems: Sequence[Problem]) -> Iterator[Problem]:
    kept = {(problem.place, problem.advice): problem for problem in reversed(problems)}
    return reversed(kept.values())


def _place(model: Model, name: str) -> Place | None:
    name, _, target = name.partition("@")
    own = model.target_quantities.get(target, {})
    quantity = own.get(name) or model.quantities.get(name)
    return quantity.place if quantity is not None else None
