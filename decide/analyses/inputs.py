"""Which numbers go in, what are they worth, and what do they drive?"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from decide.analyses.profile import atoms
from decide.formulas.parse import names
from decide.model.decision import Model
from decide.model.number import Number
from decide.model.tree import Branch, ChanceNode, Likelihood, ObservationNode, Setting
from decide.program.engine import blocks, plan_draws, run
from decide.program.formula import used_names
from decide.program.operations import ancestors
from decide.program.program import Program
from decide.uncertainty.points import Floats

DRAWS = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class InputSummary:
    """One quantity, as the program saw it."""

    quantity: str  # "price@graphcore" for a firm's own
    mean: float  # over draws, in its last year where it is a series; nan where a lever enters
    p10: float
    p50: float
    p90: float
    is_drawn: bool
    inputs: tuple[str, ...]  # names in its formula
    drives: tuple[str, ...]  # quantities, nodes, strategies and "payoff" that name it directly
    by_year: tuple[float, ...]  # mean by year; () where it does not depend on the year


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Every quantity of the model."""

    summaries: Mapping[str, InputSummary]


def summarise_inputs(program: Program, model: Model) -> Inputs:
    """Summarise every quantity, firms' own values included, on 4,096 of the policy's draws."""
    operations = list(program.quantities.values())
    plan = plan_draws(program, operations, scrambles=[0], draws=DRAWS, block=DRAWS)
    (drawn,) = blocks(plan)
    order = ancestors(program.operations, operations)
    values = run(program.operations, order, drawn.inputs, {}, len(program.years))
    drives = drives_of(model)
    found = {}
    for name, quantity in model.every_quantity().items():
        number = program.quantities.get(name)
        x = np.full((1, 1, 1), math.nan) if number is None else values[number]
        mean, p10, p50, p90 = _spread(x[-1], drawn.weights[0])
        found[name] = InputSummary(
            quantity=name,
            mean=mean,
            p10=p10,
            p50=p50,
            p90=p90,
            is_drawn=name in program.distributions,
            inputs=used_names(quantity.number),
            drives=tuple(drives[quantity.id]),
            by_year=tuple(_mean(y, drawn.weights[0]) for y in x) if len(x) > 1 else (),
        )
    return Inputs(summaries=found)


def _spread(x: Floats, weights: Floats) -> tuple[float, float, float, float]:
    """Return mean, P10, P50 and P90; nan where it is not a number in every draw."""
    if not np.isfinite(x).all():
        return (math.nan,) * 4
    if x.size == 1:
        return x.item(), x.item(), x.item(), x.item()
    spread = atoms([x], [np.broadcast_to(weights, x.shape) / weights.sum()])
    return (
        _mean(x, weights),
        spread.quantile(0.1),
        spread.quantile(0.5),
        spread.quantile(0.9),
    )


def _mean(x: Floats, weights: Floats) -> float:
    """Return the mean; nan where it is not a number in every draw."""
    if not np.isfinite(x).all():
        return math.nan
    return x.item() if x.size == 1 else float((weights / weights.sum() * x).sum())


def drives_of(model: Model) -> Mapping[str, dict[str, None]]:
    """Return what names each quantity or lever: other quantities, nodes, strategies, the payoff."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for name, user in _uses(model):
        found[name][user] = None
    return found


def _uses(model: Model) -> Iterator[tuple[str, str]]:
    for quantity in model.every_quantity().values():
        yield from ((name, quantity.id) for name in used_names(quantity.number))
    for strategy in model.strategies.values():
        yield from _uses_of(strategy.settings, strategy.pay, strategy.family)
    for node in model.nodes.values():
        if isinstance(node, ObservationNode):
            yield node.quantity, node.id
        if isinstance(node, ChanceNode) and node.given:
            yield node.given, node.id
        for branch in node.branches:
            yield from _uses_of(branch.settings, branch.pay, node.id)
            for number in _probabilities(branch):
                yield from ((name, node.id) for name in used_names(number))
    for strategy_id, row in model.performances.items():
        for number in row.values():
            yield from ((name, strategy_id) for name in used_names(number))
    if model.decision.payoff is not None:
        yield from ((name, "payoff") for name in names(model.decision.payoff.expression))


def _uses_of(
    settings: Sequence[Setting], pay: Number | None, user: str
) -> Iterator[tuple[str, str]]:
    for setting in settings:
        yield setting.lever, user
    for number in (*(setting.number for setting in settings), pay):
        yield from ((name, user) for name in (() if number is None else used_names(number)))


def _probabilities(branch: Branch) -> tuple[Number, ...]:
    if isinstance(branch.p, Likelihood):
        return branch.p.by_state
    return (branch.p,) if isinstance(branch.p, Number) else ()
