"""How do the strategies compare on the criteria?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from decide.analyses.profile import atoms
from decide.analyses.value_function import is_beyond, value_of
from decide.language import said
from decide.model.criterion import Criterion, CriterionGroup, ValueTree, leaves
from decide.model.number import Number
from decide.model.place import InvalidInputError, Problem
from decide.program.engine import blocks, plan_draws, run
from decide.program.operations import ancestors
from decide.program.program import Program
from decide.uncertainty.points import Floats

DRAWS = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One strategy on one criterion."""

    performance: float  # mean over draws, in the criterion's unit
    p10: float  # equal to the performance where it is certain
    p90: float
    value: float  # mean over draws of the value, in [0, 1]
    contribution: float  # weight times value
    held_flat: float  # share of draws beyond the anchors, where the value is held at 0 or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The additive total of each strategy, with its parts."""

    criteria: tuple[str, ...]  # leaves of the value tree, in file order
    weights: Mapping[str, float]  # of leaves and groups (share of the whole); leaves sum to 1
    cells: Mapping[str, Mapping[str, Cell]]  # strategy -> criterion
    totals: Mapping[str, float]  # strategy -> total in [0, 1], in file order
    ranking: tuple[str, ...]  # best first; ties in file order


def weights_of(tree: ValueTree) -> dict[str, float]:
    """Return each criterion's and group's share of the whole, from swings normalised by group."""
    found: dict[str, float] = {}
    _share_out(tree, 1.0, found)
    return found


def score(
    program: Program,
    tree: ValueTree,
    performances: Mapping[tuple[str, str], int],
    written: Mapping[str, Mapping[str, Number]],
    *,
    draws: int = DRAWS,
) -> Scores:
    """Score alternatives by the additive value model on fixed anchors.

    V_i = sum_j w_j E[v_j(x_ij)]; it presumes mutually preference-independent criteria (Keeney and
    Raiffa 1976, chapter 3). `performances` are operations by (alternative, criterion), `written`
    what the files have there. An uncertain performance counts as the mean of its value, not as the
    value of its mean. Raises InvalidInputError where a performance is not a number in some draws.
    """
    criteria = leaves(tree)
    weights = weights_of(tree)
    operations = sorted(set(performances.values()))
    plan = plan_draws(program, operations, scrambles=[0], draws=draws, block=draws)
    (drawn,) = blocks(plan)
    order = ancestors(program.operations, operations)
    values = run(program.operations, order, drawn.inputs, {}, len(program.years))
    _refuse_what_is_no_number({key: values[n][-1] for key, n in performances.items()}, written)
    cells: dict[str, dict[str, Cell]] = {}
    known: dict[tuple[int, str], Cell] = {}
    for alternative in dict.fromkeys(a for a, _ in performances):
        cells[alternative] = {}
        for criterion in criteria:
            number = performances[alternative, criterion.id]
            key = (number, criterion.id)
            if key not in known:
                last = values[number][-1]
                known[key] = _cell(criterion, last, drawn.weights[0], weights[criterion.id])
            cells[alternative][criterion.id] = known[key]
    totals = {a: sum(cell.contribution for cell in row.values()) for a, row in cells.items()}
    return Scores(
        criteria=tuple(c.id for c in criteria),
        weights=weights,
        cells=cells,
        totals=totals,
        ranking=tuple(sorted(totals, key=lambda a: -totals[a])),
    )


def _refuse_what_is_no_number(
    performances: Mapping[tuple[str, str], Floats], written: Mapping[str, Mapping[str, Number]]
) -> None:
    problems = [
        Problem(
            place=written[alternative][criterion].place,
            message=said(
                "the performance of {alternative!r} on {criterion!r} ({text}) is not a finite "
                "number in some draws",
                alternative=alternative,
                criterion=criterion,
                text=written[alternative][criterion].text,
            ),
            advice=said(
                "look for a division by something that can be 0, or a log or sqrt of something "
                "that can be negative, in the formulas behind it"
            ),
        )
        for (alternative, criterion), found in performances.items()
        if not np.isfinite(found).all()
    ]
    if problems:
        raise InvalidInputError(problems)


def _share_out(tree: ValueTree, share: float, found: dict[str, float]) -> None:
    whole = sum(member.swing for member in tree)
    for member in tree:
        found[member.id] = share * member.swing / whole if whole > 0 else 0.0
        if isinstance(member, CriterionGroup):
            _share_out(member.members, found[member.id], found)


def _cell(criterion: Criterion, performance: Floats, weights: Floats, weight: float) -> Cell:
    value = value_of(criterion, performance)
    beyond = is_beyond(criterion, performance)
    if performance.size == 1:
        x, v, flat = performance.item(), value.item(), beyond.item()
        p10 = p90 = x
    else:
        w = np.broadcast_to(weights, performance.shape) / weights.sum()
        x, v, flat = (float((w * y).sum()) for y in (performance, value, beyond))
        spread = atoms([performance], [w])
        p10, p90 = spread.quantile(0.1), spread.quantile(0.9)
    return Cell(
        performance=x,
        p10=p10,
        p90=p90,
        value=v,
        contribution=weight * v,
        held_flat=flat,
    )
