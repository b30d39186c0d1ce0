"""Divides the draws by what some quantities come to, as one who knows them would."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """Cells of draws that those who know some quantities can tell apart."""

    members: tuple[str, ...]
    sizes: tuple[int, ...]  # how many values of each member are told apart
    states: tuple[tuple[int, ...], ...]  # which of these each state of a member is; () if none

    @property
    def is_blurred(self) -> bool:
        """Whether several members are continuous, so that each has few cells."""
        return self.states.count(()) > 1

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return int(np.prod(self.sizes))


def partition_by(
    members: Sequence[str], distributions: Mapping[str, Distribution], draws: int | None
) -> Partition:
    """Divide by the states of discrete quantities, and by even shares of continuous ones.

    k continuous quantities have some draws^(1 / (k + 2)) shares each: with more, the mean of each
    cell is blurred more by sampling than by its width. States are all told apart where they are
    gone through, and `draws` is None; elsewhere those of neighbouring values may share a cell. A
    quantity that is not among the distributions tells nothing, and is not told apart.
    """
    counts = tuple(_states(distributions.get(name)) for name in members)
    if draws is None:
        sizes = counts
    else:
        most = MOST_CELLS if len(members) == 1 else MOST_TOGETHER
        known = int(np.prod([max(n, 1) for n in counts]))
        unknown = counts.count(0)
        even = 2 ** round(np.log2(max(draws, 2)) / (unknown + 2))
        while unknown and even > 2 and known * even**unknown > most:
            even //= 2
        sizes = tuple(min(n, most) if n else even for n in counts)
    states = tuple(
        _cells_of_states(distributions.get(name), size)
        for name, size in zip(members, sizes, strict=True)
    )
    return Partition(members=tuple(members), sizes=sizes, states=states)


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
    """Return a partition with cells twice as wide along each continuous member."""
    pairs = zip(partition.sizes, partition.states, strict=True)
    return replace(
        partition, sizes=tuple(size if states or size == 1 else size // 2 for size, states in pairs)
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
