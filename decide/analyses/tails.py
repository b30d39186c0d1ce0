"""Does exponential utility bear the losses that the model allows?"""

import math
from collections.abc import Iterator, Mapping

import numpy as np

from decide.analyses.policy import is_chosen
from decide.analyses.policy_sample import Agreed
from decide.analyses.rollback import Rollback
from decide.model.decision import Model
from decide.model.distribution import Distribution
from decide.model.place import InvalidInputError, Place, Problem, Severity
from decide.program.engine import run
from decide.program.operations import ancestors
from decide.program.program import Program
from decide.uncertainty.points import Floats
from decide.uncertainty.quantiles import quantile, tails

NEAR, FAR = 1e-6, 1e-12  # shares of a distribution beyond which its tail is looked at
TOO_MUCH = 0.25  # of the disutility that the worst 1 % of outcomes may carry


def refuse_heavy_losses(
    program: Program, model: Model, agreed: Agreed, risk_tolerance: float | None
) -> None:
    """Refuse losses of which exp(loss / R) has no mean.

    There is none for a lognormal loss, nor for a metalog's unbounded side once the loss grows by
    more than R while its odds fall by a factor e; a sample mean would be an accident. Raises
    InvalidInputError that names each such quantity.
    """
    if risk_tolerance is None:
        return
    problems = list(_heavy(program, model, agreed, risk_tolerance))
    if problems:
        raise InvalidInputError(problems)


def warn_of_few(model: Model, rollback: Rollback) -> tuple[Problem, ...]:
    """Warn where the worst 1 % of outcomes carry over a quarter of the disutility."""
    if rollback.sampling.is_enumerated:
        return ()
    return tuple(
        Problem(
            place=model.strategies[value.strategy].place,
            message=f"the worst 1 % of outcomes carry {value.worst_disutility:.0%} of the "
            f"disutility of strategy {value.strategy!r}; its certainty equivalent rests on a few "
            "extreme cases",
            advice="bound the quantities behind its losses, or raise risk_tolerance",
            width=len(model.strategies[value.strategy].family),
            severity=Severity.WARNING,
        )
        for value in rollback.values.values()
        if value.worst_disutility > TOO_MUCH
    )


def _heavy(
    program: Program, model: Model, agreed: Agreed, risk_tolerance: float
) -> Iterator[Problem]:
    distributions = agreed.plan.uncertain.distributions
    middle = {n: quantile(d, np.array([0.5])).reshape(1, 1, 1) for n, d in distributions.items()}
    middle |= {n: np.full((1, 1, 1), value) for n, value in agreed.plan.parameters.items()}
    for name, distribution in distributions.items():
        for side, tail in enumerate(tails(distribution)):
            if tail == "light":
                continue
            fall = 0.0 if tail == "heavy" else risk_tolerance * math.log(NEAR / FAR)
            inputs = {**middle, name: _far_out(distribution, side)}
            losing = _strategy_that_loses(program, agreed, inputs, fall)
            if losing:
                bound = "max" if side else "min"
                yield Problem(
                    place=_place(model, name),
                    message=f"quantity {name!r} has no {bound}, and strategy {losing!r} loses so "
                    "much in that tail that its certainty equivalent does not exist",
                    advice=f"give {name!r} a {bound}, or leave out risk_tolerance",
                )


def _far_out(distribution: Distribution, side: int) -> Floats:
    shares = np.array([NEAR, FAR])
    return quantile(distribution, 1 - shares if side else shares).reshape(1, 2, 1)


def _strategy_that_loses(
    program: Program, agreed: Agreed, inputs: Mapping[str, Floats], fall: float
) -> str:
    """Return the first strategy that the policy leads to a loss which grows by more than `fall`."""
    for strategy, steps in program.strategies.items():
        chosen = is_chosen(steps, agreed.policies[strategy].choice)
        totals = [s.total for s, c in zip(steps, chosen, strict=True) if c and s.total >= 0]
        order = ancestors(program.operations, totals)
        values = run(program.operations, order, inputs, {}, len(program.years))
        for total in totals:
            near, far = np.broadcast_to(values[total], (1, 2, 1)).ravel()
            if far < 0 and near - far > max(fall, 1e-9 * abs(far)):
                return strategy
    return ""


def _place(model: Model, name: str) -> Place | None:
    name, _, target = name.partition("@")
    own = model.target_quantities.get(target, {})
    quantity = own.get(name) or model.quantities.get(name)
    return quantity.place if quantity is not None else None
