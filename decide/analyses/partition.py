"""Divides the draws by what some quantities come to, as one who knows them would."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import networkx as nx
import numpy as np
import numpy.typing as npt

from decide.model.distribution import Discrete, Distribution
from decide.program.engine import SHARES, Block
from decide.program.operations import ancestors
from decide.program.program import Program
from decide.uncertainty.points import Floats

Cells = npt.NDArray[np.int32]

MOST_CELLS = 64  # that one quantity is divided into
MOST_TOGETHER = 16_384  # that several are
FEWEST_DRAWS = 32  # that a cell of several should have, on average


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """Cells of draws that those who know some quantities can tell apart."""

    members: tuple[str, ...]
    sizes: tuple[int, ...]  # how many values of each member are told apart
    states: tuple[tuple[int, ...], ...]  # which of these each state of a member is; () if none

    @property
    def is_blurred(self) -> bool:
        """Whether several members have fewer cells than values, so that each has few."""
        return self.coarse.count(True) > 1

    @property
    def coarse(self) -> tuple[bool, ...]:
        """Whether several values of a member share a cell."""
        pairs = zip(self.sizes, self.states, strict=True)
        return tuple(size > 1 and (not states or size < len(states)) for size, states in pairs)

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return int(np.prod(self.sizes))


def partition_by(
    members: Sequence[str], distributions: Mapping[str, Distribution], draws: int | None
) -> Partition:
    """Divide by the states of discrete quantities, and by even shares of continuous ones.

    States are all told apart where they are gone through, and `draws` is None. A quantity that is
    not among the distributions tells nothing, and is not told apart.
    """
    counts = tuple(_states(distributions.get(name)) for name in members)
    sizes = counts if draws is None else _sizes(counts, draws)
    states = tuple(
        _cells_of_states(distributions.get(name), size)
        for name, size in zip(members, sizes, strict=True)
    )
    return Partition(members=tuple(members), sizes=sizes, states=states)


def _sizes(counts: Sequence[int], draws: int) -> tuple[int, ...]:
    """Return how many values of each member to tell apart; counts of states, 0 if continuous.

    Of k members that have more values than cells each has some n^(1 / (k + 2)) of them, n being the
    draws in which all others are the same: with more, the mean of each cell is blurred more by
    sampling than by its width. Where cells would have too few draws, the discrete quantity with the
    most states becomes one of the k, and neighbouring values of it share a cell.
    """
    if len(counts) == 1:
        most = MOST_CELLS
        shares = min(2 ** round(np.log2(draws) / 3), most)
        return (min(counts[0], most) if counts[0] else shares,)
    together = min(MOST_TOGETHER, max(draws // FEWEST_DRAWS, 1))
    apart = sorted(n for n in counts if n)
    k = len(counts) - len(apart)
    shares = _shares(draws, apart, k)
    while apart and math.prod(apart) * shares**k > together:
        apart.pop()
        k += 1
        shares = _shares(draws, apart, k)
    while shares > 2 and math.prod(apart) * shares**k > together:
        shares //= 2
    told = max(apart, default=1)
    return tuple(n if 0 < n <= told else min(n or shares, shares) for n in counts)


def _shares(draws: int, apart: Sequence[int], k: int) -> int:
    exponent = np.log2(max(draws / math.prod(apart), 1.0)) / (k + 2)
    return int(2 ** max(round(exponent), 1))


def _states(distribution: Distribution | None) -> int:
    """Return how many values can be told apart; 0 for a continuous distribution."""
    if distribution is None:
        return 1
    return len(distribution.values) if isinstance(distribution, Discrete) else 0


def _cells_of_states(distribution: Distribution | None, size: int) -> tuple[int, ...]:
    """Return the cell of each state, going up through the values."""
    if not isinstance(distribution, Discrete):
        return ()
    place = np.argsort(np.argsort(distribution.values, kind="stable"))
    return tuple((place * size // len(place)).tolist())


def cells_of(partition: Partition, drawn: Block) -> Cells:
    """Return the cell of each draw, (j, k)."""
    cell: Cells = np.zeros(drawn.weights.shape[1:], dtype=np.int32)
    for name, size, states in zip(
        partition.members, partition.sizes, partition.states, strict=True
    ):
        if size == 1:
            continue
        known = drawn.inputs[name][0].astype(np.intp) if states else drawn.shares[name]
        cell *= size
        cell += np.take(_cells_by_place(states, size), known)
    return cell


@lru_cache(maxsize=256)
def _cells_by_place(states: tuple[int, ...], size: int) -> Cells:
    """Return the cell that each state lies in, or each share of 256."""
    cells = np.array(states) if states else np.arange(SHARES) * size // SHARES
    return cells.astype(np.int32)


def wider(partition: Partition) -> Partition:
    """Return a partition with cells twice as wide along each member that has fewer than values."""
    sizes = tuple(
        size // 2 if is_coarse and size % 2 == 0 else size
        for size, is_coarse in zip(partition.sizes, partition.coarse, strict=True)
    )
    return replace(
        partition,
        sizes=sizes,
        states=tuple(
            tuple(cell * size // before for cell in states)
            for states, size, before in zip(partition.states, sizes, partition.sizes, strict=True)
        ),
    )


def in_wider(partition: Partition, sums: Floats, axis: int) -> Floats:
    """Add up the cells along an axis that share a cell of the wider partition."""
    after = wider(partition).sizes
    pairs = zip(after, partition.sizes, strict=True)
    apart = [n for wide, size in pairs for n in (wide, size // wide)]
    shape = (*sums.shape[:axis], *apart, *sums.shape[axis + 1 :])
    folded = sums.reshape(shape).sum(axis=tuple(axis + 2 * n + 1 for n in range(len(after))))
    return np.asarray(folded.reshape(*sums.shape[:axis], -1, *sums.shape[axis + 1 :]))


def known_to(program: Program, outputs: Mapping[str, Sequence[int]]) -> dict[str, frozenset[str]]:
    """Return which drawn quantities tell something of each strategy, directly or by correlation."""
    links = nx.Graph(list(program.ranks))
    found = {}
    for strategy, wanted in outputs.items():
        operations = program.operations
        used = {
            operations[n].extra[0]
            for n in ancestors(operations, wanted)
            if operations[n].code == "input"
        }
        near = [nx.node_connected_component(links, name) for name in used & set(links)]
        found[strategy] = frozenset(used.union(*near) & set(program.distributions))
    return found
