"""A policy of a diagram as a table: what is taken in each state of what matters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from decide.analyses.elimination import Choice, Odds, sum_out_all, whole
from decide.analyses.outcomes import Outcomes
from decide.analyses.policy import TIE
from decide.analyses.potentials import Potential, along, multiply, sizes_of
from decide.model.diagram import Diagram, information
from decide.uncertainty.points import Floats

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRow:
    """What is taken where what matters is in these states."""

    states: tuple[str, ...]
    option: str
    ties: tuple[str, ...]  # other options worth the same, within 1e-12 of scale
    reach: float  # probability of coming here under the policy; nan where it was not found


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagramPolicy:
    """What is chosen at one decision."""

    decision: str
    matters: tuple[str, ...]  # what the choice depends on
    ignored: tuple[str, ...]  # what is known and makes no difference to it
    rows: tuple[PolicyRow, ...]  # states that are possible; the first of `matters` slowest


@dataclass(slots=True)
class _Table:
    """The axes are what still matters."""

    names: list[str]
    options: npt.NDArray[np.intp]
    possible: Flags
    tied: Flags  # (options, …)
    reach: Floats


def policy_table(diagram: Diagram, choice: Choice, outcomes: Outcomes | None) -> DiagramPolicy:
    """Return a choice as a table, without what makes no difference to it."""
    known = information(diagram)[choice.decision]
    table = _Table(
        list(choice.names),
        choice.options,
        _possible(diagram, choice) > 0,
        choice.worths >= _least_that_ties(choice.worths),
        np.full(choice.options.shape, np.nan)
        if outcomes is None
        else outcomes.reach[choice.decision],
    )
    for name in choice.names:
        _leave_out(table, name)
    options = list(diagram.decisions[choice.decision].states)
    return DiagramPolicy(
        decision=choice.decision,
        matters=tuple(table.names),
        ignored=tuple(name for name in known if name not in table.names),
        rows=tuple(_rows(diagram, table, options)),
    )


def _least_that_ties(worths: Floats) -> Floats:
    return np.asarray(worths.max(axis=0) - TIE * np.abs(worths).max(axis=0))


def _possible(diagram: Diagram, choice: Choice) -> Floats:
    """Return odds of each state of what a choice depends on, every option taken equally often."""
    sizes = sizes_of(diagram)
    at_random = tuple(
        Odds(Potential((name,), np.full(sizes[name], 1 / sizes[name])), frozenset([name]))
        for name in diagram.decisions
    )
    left = whole(diagram, sizes, None)
    left = replace(left, odds=(*left.odds, *at_random), worths=())
    left = sum_out_all(left, [name for name in sizes if name not in choice.names])
    joint = Potential((), np.array(1.0))
    for odds in left.odds:
        joint = multiply(joint, odds.potential)
    return np.broadcast_to(along(joint, choice.names), choice.options.shape)


def _leave_out(table: _Table, name: str) -> None:
    """Leave out a variable that changes no choice wherever it is possible."""
    axis = table.names.index(name)
    count = len(table.tied)
    least = np.where(table.possible, table.options, count).min(axis=axis)
    most = np.where(table.possible, table.options, -1).max(axis=axis)
    if (most > least).any():
        return
    table.names.remove(name)
    table.options = np.maximum(most, 0)
    table.tied = np.asarray((table.tied | ~table.possible).all(axis=axis + 1))
    table.possible = np.asarray(table.possible.any(axis=axis))
    table.reach = table.reach.sum(axis=axis)


def _rows(diagram: Diagram, table: _Table, options: Sequence[str]) -> Iterator[PolicyRow]:
    states = [list(diagram.variables[name].states) for name in table.names]
    for index in np.argwhere(table.possible).tolist():
        at = tuple(index)
        taken = int(table.options[at])
        tied = [n for n in range(len(options)) if table.tied[(n, *at)]]
        yield PolicyRow(
            states=tuple(own[i] for own, i in zip(states, at, strict=True)),
            option=options[taken],
            ties=tuple(options[n] for n in tied if n != taken),
            reach=float(table.reach[at]),
        )
