"""Variables of an influence diagram taken out one after the other, the last known first.

Chances are summed out and decisions maximised over arrays of numbers; Jensen, Jensen and Dittmer,
From influence diagrams to junction trees (1994), and Dechter, A new perspective on algorithms for
optimizing policies under uncertainty (2000).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from decide.analyses.policy import TIE
from decide.analyses.potentials import (
    Names,
    Potential,
    Sizes,
    add,
    along,
    multiply,
    size_of,
    sum_product,
    table_of,
    union,
)
from decide.analyses.utility import combine
from decide.language import said
from decide.model.diagram import Diagram
from decide.model.place import InvalidInputError, Place, Problem
from decide.uncertainty.points import Floats

MOST_ENTRIES = 50_000_000  # of one table

Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Odds:
    """A product of conditional probabilities, with variables summed out.

    Summed over `heads` it is 1, whatever the others are; so it is left out when none is left.
    """

    potential: Potential
    heads: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Worth:
    """Expected value, or certainty equivalent, times the odds that it has not been divided by.

    A division by every sum of odds would cost more than all the rest, and most cancel.
    """

    potential: Potential
    odds: tuple[Odds, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """What is best at a decision, for each state of what matters there."""

    decision: str
    names: Names  # what the choice depends on
    options: Indices  # by the states of `names`: the option that is taken; ties: the first
    worths: (
        Floats  # (options, states of names…) of each option; what does not depend on it is left out
    )


@dataclass(frozen=True, slots=True, eq=False)
class Remaining:
    """What is left of a diagram."""

    place: Place  # of the diagram, for messages
    sizes: Sizes
    risk_tolerance: float | None
    odds: tuple[Odds, ...]
    worths: tuple[Worth, ...]


def whole(diagram: Diagram, sizes: Sizes, risk_tolerance: float | None) -> Remaining:
    """Return all of a diagram."""
    return Remaining(
        place=diagram.place,
        sizes=sizes,
        risk_tolerance=risk_tolerance,
        odds=tuple(
            Odds(table_of(node, sizes), frozenset([name])) for name, node in diagram.chances.items()
        ),
        worths=tuple(Worth(table_of(node, sizes)) for node in diagram.values.values()),
    )


def sum_out_all(left: Remaining, names: Iterable[str]) -> Remaining:
    """Sum out chance nodes, next the one whose tables are the smallest."""
    waiting = list(names)
    while waiting:
        name = min(waiting, key=lambda n: _cost(left, n))
        waiting.remove(name)
        left = sum_out(left, name)
    return left


def sum_out(left: Remaining, name: str) -> Remaining:
    """Sum out one chance node; raises InvalidInputError where that takes too large a table."""
    check_size(left.place, _cost(left, name))
    here = [odds for odds in left.odds if name in odds.potential.names]
    others = tuple(odds for odds in left.odds if name not in odds.potential.names)
    heads = frozenset().union(*(odds.heads for odds in here)) - {name}
    message = None
    if heads:
        message = Odds(sum_product([odds.potential for odds in here], name), heads)
        others = (*others, message)
    touched = [worth for worth in left.worths if name in worth.potential.names]
    kept = tuple(worth for worth in left.worths if name not in worth.potential.names)
    if left.risk_tolerance is None:
        found = tuple(_expect(worth, here, message, name) for worth in _merged(touched))
    elif touched:
        found = (_certain(touched, here, name, left.risk_tolerance),)
    else:
        found = ()
    return replace(left, odds=others, worths=(*kept, *found))


def maximise(left: Remaining, decision: str, order: Sequence[str]) -> tuple[Remaining, Choice]:
    """Take the best option of a decision; `order` is that of the axes of the choice."""
    left, touched, kept = _apart(left, decision)
    if touched is None:
        options = left.sizes[decision]
        none = Choice(decision, (), np.zeros((), dtype=np.intp), np.zeros(options))
        return left, none
    names = tuple(name for name in order if name in touched.names and name != decision)
    worths = np.ascontiguousarray(along(touched, (decision, *names)))
    best = worths.max(axis=0)
    options_taken = np.zeros(best.shape, dtype=np.intp)
    for option in reversed(range(len(worths))):
        near = best - TIE * np.maximum(np.abs(best), np.abs(worths[option]))
        options_taken[worths[option] >= near] = option
    choice = Choice(decision, names, options_taken, worths)
    return replace(left, worths=(*kept, Worth(Potential(names, best)))), choice


def hold(left: Remaining, choice: Choice) -> Remaining:
    """Take what a policy takes at a decision."""
    left, touched, kept = _apart(left, choice.decision)
    if touched is None:
        return left
    others = tuple(name for name in touched.names if name != choice.decision)
    names = union((others, choice.names))
    worths = along(touched, (choice.decision, *names))
    options = along(Potential(choice.names, choice.options.astype(np.float64)), names).astype(
        np.intp
    )
    shape = tuple(left.sizes[name] for name in names)
    taken = np.take_along_axis(
        np.broadcast_to(worths, (len(worths), *shape)), np.broadcast_to(options, shape)[None], 0
    )
    return replace(left, worths=(*kept, Worth(Potential(names, taken[0]))))


def check_size(place: Place, entries: int) -> None:
    """Refuse what no memory holds. Raises InvalidInputError."""
    if entries <= MOST_ENTRIES:
        return
    message = said(
        "to solve the diagram takes a table of {entries:,} numbers, and {most:,} is the most",
        entries=entries,
        most=MOST_ENTRIES,
    )
    advice = said(
        "let decisions know less, with `memory: limited`, or take nodes or states together"
    )
    at = place if place.file else None
    raise InvalidInputError([Problem(place=at, message=message, advice=advice, width=7)])


def worth_of(left: Remaining) -> float:
    """Return what is left when every variable is taken out."""
    return float(sum(float(settle(worth).array) for worth in left.worths))


def settle(worth: Worth) -> Potential:
    """Divide by the odds that are still in a worth; 0 where the odds are 0."""
    potential = worth.potential
    for odds in worth.odds:
        by = np.broadcast_to(along(odds.potential, potential.names), potential.array.shape)
        divided = np.zeros(potential.array.shape)
        np.divide(potential.array, by, out=divided, where=by > 0)
        potential = Potential(potential.names, divided)
    return potential


def _apart(left: Remaining, decision: str) -> tuple[Remaining, Potential | None, tuple[Worth, ...]]:
    """Return what is left without a decision, the worth that depends on it, and the others.

    What is known at a decision has the same odds whatever is chosen, so any option's will do.
    """
    touched = [settle(worth) for worth in left.worths if decision in worth.potential.names]
    kept = tuple(worth for worth in left.worths if decision not in worth.potential.names)
    odds = tuple(
        replace(odds, potential=_first(odds.potential, decision))
        if decision in odds.potential.names
        else odds
        for odds in left.odds
    )
    check_size(left.place, size_of(union(p.names for p in touched), left.sizes))
    together = touched[0] if touched else None
    for potential in touched[1:]:
        assert together is not None, "the first one stands"
        together = add(together, potential)
    return replace(left, odds=odds, worths=kept), together, kept


def _first(potential: Potential, name: str) -> Potential:
    axis = potential.names.index(name)
    names = potential.names[:axis] + potential.names[axis + 1 :]
    return Potential(names, np.asarray(potential.array.take(0, axis=axis)))


def _merged(worths: Sequence[Worth]) -> list[Worth]:
    """Add up worths of which one depends on all that the other depends on."""
    found: list[Worth] = []
    for worth in sorted(worths, key=lambda w: -w.potential.array.size):
        for place, other in enumerate(found):
            if worth.odds == other.odds and set(worth.potential.names) <= set(
                other.potential.names
            ):
                found[place] = replace(other, potential=add(other.potential, worth.potential))
                break
        else:
            found.append(worth)
    return found


def _expect(worth: Worth, here: Sequence[Odds], message: Odds | None, name: str) -> Worth:
    parts = [odds.potential for odds in here if odds not in worth.odds]
    kept = (odds for odds in worth.odds if odds not in here)
    odds = (*kept, message) if message is not None else tuple(kept)
    return Worth(sum_product([*parts, worth.potential], name), odds)


def _certain(
    worths: Sequence[Worth], here: Sequence[Odds], name: str, risk_tolerance: float
) -> Worth:
    """Return the certainty equivalent of all that depends on a chance node."""
    total = worths[0].potential
    for worth in worths[1:]:
        total = add(total, worth.potential)
    weight = here[0].potential
    for odds in here[1:]:
        weight = multiply(weight, odds.potential)
    names = union((total.names, weight.names))
    axes = (name, *(n for n in names if n != name))
    certain: Floats = combine(along(weight, axes), along(total, axes), risk_tolerance)
    return Worth(Potential(axes[1:], np.asarray(np.where(np.isnan(certain), 0.0, certain))))


def _cost(left: Remaining, name: str) -> int:
    """Return how many numbers summing out a variable takes."""
    here = union(o.potential.names for o in left.odds if name in o.potential.names)
    touched = [w.potential.names for w in left.worths if name in w.potential.names]
    if left.risk_tolerance is not None:
        return size_of(union((here, *touched)), left.sizes)
    return sum(size_of(union((here, names)), left.sizes) for names in ((), *touched))
