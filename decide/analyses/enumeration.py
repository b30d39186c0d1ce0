"""All policies of a diagram with a limited memory gone through, the one with the most in one go."""

from collections.abc import Iterator, Mapping
from functools import reduce
from itertools import product
from math import prod

import numpy as np

from decide.analyses.elimination import Choice, Indices, settle, sum_out_all, whole
from decide.analyses.limited import number_of_policies, odds_of
from decide.analyses.policy import TIE
from decide.analyses.potentials import (
    Names,
    Potential,
    Sizes,
    add,
    along,
    multiply,
    size_of,
    sizes_of,
    union,
)
from decide.analyses.utility import FARTHEST
from decide.model.diagram import Diagram, DiagramValue, information
from decide.uncertainty.points import Floats

MOST_POLICIES = 1_000_000  # of all decisions but the one with the most
MOST_ENTRIES = 2_000_000  # of the table of all that decisions know and take
MOST_PRODUCTS = 2_000_000_000  # of a policy and an entry
AT_ONCE = 1_024  # policies in one matrix product


def can_enumerate(diagram: Diagram, risk_tolerance: float | None) -> bool:
    """Whether all policies can be gone through.

    Disutilities are added up as they are, so values may not lie too many risk tolerances apart.
    """
    if risk_tolerance is not None and _spread(diagram) > FARTHEST * risk_tolerance:
        return False
    sizes, known = sizes_of(diagram), information(diagram)
    *others, last = _by_number(diagram)
    policies = prod(number_of_policies(diagram)[d] for d in others)
    entries = size_of(union((*known[d], d) for d in known), sizes)
    inner = size_of((last, *known[last]), sizes)
    if others:
        entries = max(entries, inner * size_of((others[-1], *known[others[-1]]), sizes))
    return (
        policies <= MOST_POLICIES
        and entries <= MOST_ENTRIES
        and policies * entries <= MOST_PRODUCTS
    )


def best_policies(diagram: Diagram, risk_tolerance: float | None) -> dict[str, Choice]:
    """Return policies of all decisions but the one with the most, with which that does best.

    It takes its best option in each state of what it knows, given the others.
    """
    sizes, known = sizes_of(diagram), information(diagram)
    *others, last = _by_number(diagram)
    table = _weights(diagram, sizes, known, risk_tolerance)
    if not others:
        return {}
    *outer, inner = others
    counts = number_of_policies(diagram)
    best, chosen = -np.inf, (0,) * len(others)
    for numbers in product(*(range(int(counts[d])) for d in outer)):
        left = table
        for place, d in enumerate(outer):
            choice = _numbered(numbers[place], d, known[d], sizes)
            needed = {n for other in (*others[place + 1 :], last) for n in (other, *known[other])}
            left = _summed(multiply(left, odds_of(choice, sizes).potential), needed)
        for first, worths in _inner(left, inner, last, known, sizes):
            place = int(worths.argmax())
            if worths[place] > best + TIE * abs(best) or best == -np.inf:
                best, chosen = float(worths[place]), (*numbers, first + place)
    return {
        d: _numbered(number, d, known[d], sizes) for d, number in zip(others, chosen, strict=True)
    }


def _spread(diagram: Diagram) -> float:
    """Return how far apart two values can lie at the most."""
    values = (node for node in diagram.nodes.values() if isinstance(node, DiagramValue))
    return float(sum(np.ptp(node.table) for node in values))


def _by_number(diagram: Diagram) -> list[str]:
    """Return the decisions, that with the most policies last."""
    counts = number_of_policies(diagram)
    return sorted(counts, key=lambda d: counts[d])


def _weights(
    diagram: Diagram, sizes: Sizes, known: Mapping[str, Names], risk_tolerance: float | None
) -> Potential:
    """Return what a policy sums up: the odds of what is known, times what that is worth.

    With a risk tolerance less the disutility, scaled by the worst that is possible.
    """
    names = union((*known[d], d) for d in known)
    left = sum_out_all(
        whole(diagram, sizes, risk_tolerance), [n for n in sizes if n not in set(names)]
    )
    shape = [sizes[n] for n in names]
    joint = reduce(multiply, (o.potential for o in left.odds), Potential((), np.array(1.0)))
    total = reduce(add, (settle(w) for w in left.worths), Potential((), np.array(0.0)))
    odds = np.broadcast_to(along(joint, names), shape)
    worth = np.broadcast_to(along(total, names), shape)
    if risk_tolerance is None:
        return Potential(names, odds * worth)
    least = worth.min(where=odds > 0, initial=np.inf)
    bent = np.exp(np.minimum(least - worth, 0.0) / risk_tolerance)
    return Potential(names, -odds * bent)


def _options(numbers: Indices, decision: str, known: Names, sizes: Sizes) -> Indices:
    """Return the options that numbered policies take, (policies, states of what is known)."""
    states = size_of(known, sizes)
    powers = np.array([sizes[decision] ** n for n in range(states)], dtype=np.int64)
    return np.asarray((numbers[:, None] // powers[::-1]) % sizes[decision], dtype=np.intp)


def _numbered(number: int, decision: str, known: Names, sizes: Sizes) -> Choice:
    """Return one of a decision's numbered policies."""
    (options,) = _options(np.array([number]), decision, known, sizes)
    return Choice(decision, known, options.reshape([sizes[n] for n in known]), np.zeros(0))


def _summed(table: Potential, needed: set[str]) -> Potential:
    kept = tuple(n for n in table.names if n in needed)
    axes = tuple(place for place, n in enumerate(table.names) if n not in needed)
    return Potential(kept, table.array.sum(axis=axes))


def _inner(
    table: Potential, inner: str, last: str, known: Mapping[str, Names], sizes: Sizes
) -> Iterator[tuple[int, Floats]]:
    """Yield the worth of numbered policies of one decision, the last one answering each best."""
    rows, columns = (*known[inner], inner), (last, *known[last])
    table = _summed(table, {*rows, *columns})
    for name in (name for name in rows if name in columns):
        table = multiply(table, Potential((name, f"{name}'"), np.eye(sizes[name])))
    apart = tuple(f"{name}'" if name in rows else name for name in columns)
    matrix = along(table, (*rows, *apart)).reshape(size_of(rows, sizes), -1)
    policies = sizes[inner] ** size_of(known[inner], sizes)
    for first in range(0, policies, AT_ONCE):
        numbers = np.arange(first, min(first + AT_ONCE, policies))
        options = _options(numbers, inner, known[inner], sizes)
        certain = np.eye(sizes[inner])[options].reshape(len(numbers), -1)
        worths = (certain @ matrix).reshape(len(numbers), sizes[last], -1)
        yield first, worths.max(axis=1).sum(axis=1)
