"""A diagram played through under its policy: every total with its probability.

A table of the histories that are possible is carried from node to node; what no later node needs
is forgotten, and histories that have become alike are taken together.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from decide.analyses.elimination import Choice, Indices
from decide.analyses.potentials import Names, Potential, Sizes, sizes_of, table_of, union
from decide.analyses.profile import Distribution, atoms
from decide.model.diagram import Diagram
from decide.uncertainty.points import Floats

MOST_HISTORIES = 4_000_000  # held at once


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """What a policy leads to."""

    totals: Distribution
    reach: Mapping[str, Floats]  # decision -> probability of each state of what it depends on


@dataclass(frozen=True, slots=True, eq=False)
class _Histories:
    states: Mapping[str, Indices]  # variable -> its state in each history
    odds: Floats
    totals: Floats


def play(diagram: Diagram, policy: Mapping[str, Choice]) -> Outcomes | None:
    """Play a policy through; None where there are too many histories at some node."""
    sizes = sizes_of(diagram)
    tables = {n.id: table_of(n, sizes) for n in diagram.values.values()}
    parents = {name: node.given for name, node in diagram.chances.items()}
    parents |= {name: policy[name].names for name in diagram.decisions}
    here = _Histories({}, np.ones(1), np.zeros(1))
    reach: dict[str, Floats] = {}
    waiting = _needed(parents, [*policy, *(n for t in tables.values() for n in t.names)])
    while True:
        here = _paid(here, tables)
        wanted = [parents[name] for name in waiting] + [t.names for t in tables.values()]
        here = _forget(here, frozenset(union(wanted)), sizes)
        if not waiting:
            return Outcomes(atoms([here.totals], [here.odds]), reach)
        name = _next(waiting, parents, tables, here, sizes)
        waiting.remove(name)
        if name in policy:
            here, reach[name] = _taken(here, policy[name], sizes)
        elif len(here.odds) * sizes[name] > MOST_HISTORIES:
            return None
        else:
            here = _unfolded(here, table_of(diagram.chances[name], sizes), name, sizes)


def _needed(parents: Mapping[str, Names], wanted: Sequence[str]) -> list[str]:
    """Return what is wanted, and all that it depends on."""
    found: dict[str, None] = {}
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting.extend(parents[name])
    return list(found)


def _taken(here: _Histories, choice: Choice, sizes: Sizes) -> tuple[_Histories, Floats]:
    """Return the histories with what a decision takes, and the odds of what it depends on."""
    at = _places(here, choice.names, sizes)
    reach = np.bincount(at, here.odds, choice.options.size).astype(np.float64)
    states = {**here.states, choice.decision: choice.options.ravel()[at]}
    return _Histories(states, here.odds, here.totals), reach.reshape(choice.options.shape)


def _next(
    waiting: Sequence[str],
    parents: Mapping[str, Names],
    tables: Mapping[str, Potential],
    here: _Histories,
    sizes: Sizes,
) -> str:
    """Return the next variable: of those whose parents stand, the one that leaves the fewest."""

    def left(name: str) -> float:
        users = [parents[n] for n in waiting if n != name]
        users += [
            t.names for t in tables.values() if any(n in waiting and n != name for n in t.names)
        ]
        kept = {n for names in users for n in names} & {*here.states, name}
        return math.fsum(math.log(sizes[n]) for n in kept)

    ready = [name for name in waiting if not any(p in waiting for p in parents[name])]
    return min(ready, key=left)


def _places(here: _Histories, names: Sequence[str], sizes: Sizes) -> Indices:
    """Return where in an array over some variables each history stands."""
    at = np.zeros(len(here.odds), dtype=np.intp)
    for name in names:
        at = at * sizes[name] + here.states[name]
    return at


def _paid(here: _Histories, pending: dict[str, Potential]) -> _Histories:
    """Add the amounts whose parents stand; they are taken out of those that are pending."""
    totals = here.totals
    for name, table in list(pending.items()):
        if all(parent in here.states for parent in table.names):
            sizes = dict(zip(table.names, table.array.shape, strict=True))
            totals = totals + table.array.ravel()[_places(here, table.names, sizes)]
            del pending[name]
    return _Histories(here.states, here.odds, totals)


def _forget(here: _Histories, wanted: frozenset[str], sizes: Sizes) -> _Histories:
    """Leave out what nothing needs any more, and take together what is then the same."""
    kept = {name: states for name, states in here.states.items() if name in wanted}
    if len(kept) == len(here.states) or _has_too_many(kept, sizes):
        return here
    here = _Histories(kept, here.odds, here.totals)
    at = _places(here, list(kept), sizes)
    order = np.lexsort((here.totals, at))
    at, totals = at[order], here.totals[order]
    is_new = np.ones(len(at), dtype=bool)
    is_new[1:] = (at[1:] != at[:-1]) | (totals[1:] != totals[:-1])
    starts = np.flatnonzero(is_new)
    states = {name: column[order][starts] for name, column in kept.items()}
    return _Histories(states, np.add.reduceat(here.odds[order], starts), totals[starts])


def _has_too_many(names: Mapping[str, object], sizes: Sizes) -> bool:
    """Whether the states of some variables have more combinations than an index can tell apart."""
    return sum(math.log2(sizes[name]) for name in names) > 62


def _unfolded(here: _Histories, table: Potential, name: str, sizes: Sizes) -> _Histories:
    rows = table.array.reshape(-1, sizes[name])[_places(here, table.names[:-1], sizes)]
    history, state = np.nonzero(rows > 0)
    states = {n: column[history] for n, column in here.states.items()}
    odds = here.odds[history] * rows[history, state]
    return _Histories({**states, name: state}, odds, here.totals[history])
