"""Arrays over named variables: products, sums, and what stands for a table of a diagram."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from decide.model.diagram import Diagram, DiagramChance, DiagramValue
from decide.uncertainty.points import Floats

Names = tuple[str, ...]
Sizes = Mapping[str, int]  # of each variable, how many states it has

FEW_BATCHES = 64  # a product of stacked matrices is worth its overhead with entries this many each


@dataclass(frozen=True, slots=True, eq=False)
class Potential:
    """An array with an axis for each of some variables."""

    names: Names
    array: Floats


def sizes_of(diagram: Diagram) -> dict[str, int]:
    """Return how many states each chance node and decision has."""
    return {name: len(node.states) for name, node in diagram.variables.items()}


def table_of(node: DiagramChance | DiagramValue, sizes: Sizes) -> Potential:
    """Return a node's table."""
    names = (*node.given, node.id) if isinstance(node, DiagramChance) else node.given
    shape = [sizes[name] for name in names]
    return Potential(names, np.array(node.table, dtype=np.float64).reshape(shape))


def union(parts: Iterable[Names]) -> Names:
    """Return all names, each once, in the order in which they come."""
    return tuple(dict.fromkeys(name for names in parts for name in names))


def size_of(names: Iterable[str], sizes: Sizes) -> int:
    """Return how many entries an array over some variables has."""
    return math.prod(sizes[name] for name in names)


def along(potential: Potential, names: Sequence[str]) -> Floats:
    """Return an array with an axis for each name, of length 1 where the potential has none."""
    own = [name for name in names if name in potential.names]
    array = potential.array.transpose([potential.names.index(name) for name in own])
    return array[tuple(slice(None) if name in potential.names else None for name in names)]


def multiply(first: Potential, second: Potential) -> Potential:
    """Return the product of two potentials."""
    names = union((first.names, second.names))
    return Potential(names, along(first, names) * along(second, names))


def add(first: Potential, second: Potential) -> Potential:
    """Return the sum of two potentials."""
    names = union((first.names, second.names))
    return Potential(names, along(first, names) + along(second, names))


def sum_product(parts: Sequence[Potential], name: str) -> Potential:
    """Return the product of potentials, summed over one variable that is in all of them."""
    if len(parts) == 1:
        (only,) = parts
        axis = only.names.index(name)
        return Potential(only.names[:axis] + only.names[axis + 1 :], only.array.sum(axis=axis))
    by_size = sorted(parts, key=lambda part: part.array.size)
    return _contract(reduce(multiply, by_size[:-1]), by_size[-1], name)


def _contract(first: Potential, second: Potential, name: str) -> Potential:
    """Return sum over `name` of first times second: one matrix product where that is quick."""
    shared = [n for n in first.names if n in second.names and n != name]
    left = [n for n in first.names if n not in second.names]
    right = [n for n in second.names if n not in first.names]
    names = (*shared, *left, *right)
    sizes = dict(zip(first.names, first.array.shape, strict=True))
    sizes |= dict(zip(second.names, second.array.shape, strict=True))
    shape = [sizes[n] for n in names]
    batches, rows, inner = size_of(shared, sizes), size_of(left, sizes), sizes[name]
    columns = size_of(right, sizes)
    if batches == 1 or rows * columns >= FEW_BATCHES:
        a = along(first, [*shared, *left, name]).reshape(batches, rows, inner)
        b = along(second, [*shared, name, *right]).reshape(batches, inner, columns)
        return Potential(names, np.matmul(a, b).reshape(shape))
    a, b = along(first, [name, *names]), along(second, [name, *names])
    total = a[0] * b[0]
    for state in range(1, inner):
        total += a[state] * b[state]
    return Potential(names, total)
