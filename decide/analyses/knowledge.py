"""What is gathered about what it would be worth to know, block after block.

Per draw and stretch of a tree, the sum of reach times utility; per cell of each partition of the
draws, the sums of that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from decide.analyses.partition import Partition, cells_of, in_wider, wider
from decide.analyses.refold import Stretches, refold_best
from decide.analyses.utility import Scale
from decide.program.engine import Block, Stage
from decide.program.path_sums import add_tiles
from decide.uncertainty.points import Floats

if TYPE_CHECKING:
    from scipy.sparse import csc_array

Memberships = Mapping[tuple[int, ...], "csc_array[np.float64]"]
HELD_A_PARTITION = 2  # numbers a draw that its memberships take: two places of half, and a one
Places = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asked:
    """What is to be gathered."""

    scale: Scale
    stretches: Mapping[str, Stretches]
    partitions: tuple[Partition, ...]
    informs: Mapping[str, tuple[int, ...]]  # strategy -> partitions that tell something of it
    telling: frozenset[str]  # the quantities that tell something of any strategy

    @property
    def every(self) -> tuple[int, ...]:
        """All partitions."""
        return tuple(range(len(self.partitions)))

    def cells(self, partitions: Sequence[int]) -> int:
        """How many cells some partitions have together."""
        return sum(self.partitions[n].cells for n in partitions)

    def places(self, partitions: Sequence[int]) -> npt.NDArray[np.intp]:
        """Where the cells of some partitions stand among those of all."""
        starts = np.cumsum([0, *(p.cells for p in self.partitions)])
        return (
            np.concatenate([np.arange(starts[n], starts[n + 1]) for n in partitions], dtype=np.intp)
            if partitions
            else np.zeros(0, dtype=np.intp)
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StrategyPortion:
    """One strategy on one block, by tile; columns: a stretch each, and last money.

    Money is each draw's expected total under the policy, from the scale's centre.
    """

    whole: Floats  # (columns, tiles)
    squares: Floats  # (tiles,) of money
    by_cell: Floats  # (columns, cells of its partitions, tiles)
    best: Floats  # (j, k) utility of each draw, were it known, times its weight


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KnowledgePortion:
    """One block, by tile."""

    strategies: Mapping[str, StrategyPortion]
    mass: Floats  # (tiles,)
    masses: Floats  # (cells of all partitions, tiles)
    best: Floats  # (tiles,) utility of the best strategy in each draw, were it known


@dataclass(slots=True, kw_only=True)
class Knowledge:
    """The sums over all draws, by group."""

    asked: Asked
    groups: int
    whole: dict[str, Floats] = field(default_factory=dict)  # (columns, groups)
    squares: dict[str, Floats] = field(default_factory=dict)  # (groups,)
    by_cell: dict[str, Floats] = field(default_factory=dict)  # (columns, cells, groups)
    mass: Floats = field(init=False)  # (groups,)
    masses: Floats = field(init=False)  # (cells of all partitions, groups)
    best: Floats = field(init=False)  # (groups,)

    def __post_init__(self) -> None:
        self.mass = np.zeros(self.groups)
        self.best = np.zeros(self.groups)
        self.masses = np.zeros((self.groups, self.asked.cells(self.asked.every))).T
        for strategy, stretches in self.asked.stretches.items():
            columns = stretches.count + 1
            cells = self.asked.cells(self.asked.informs[strategy])
            self.whole[strategy] = np.zeros((columns, self.groups))
            self.squares[strategy] = np.zeros(self.groups)
            # laid out as a tile's sums are, which are added to it one after the other
            self.by_cell[strategy] = np.zeros((self.groups, cells, columns)).transpose(2, 1, 0)

    def of_wider_cells(self) -> "Knowledge":
        """Return the same sums, with cells of blurred partitions twice as wide."""
        asked = self.asked
        wide = tuple(wider(p) if p.is_blurred else p for p in asked.partitions)
        found = Knowledge(asked=replace(asked, partitions=wide), groups=self.groups)
        found.whole, found.squares = self.whole, self.squares
        found.mass, found.best = self.mass, self.best
        found.masses = _in_wider(asked, asked.every, self.masses, axis=0)
        found.by_cell = {
            strategy: _in_wider(asked, asked.informs[strategy], sums, axis=1)
            for strategy, sums in self.by_cell.items()
        }
        return found

    def add(self, portion: KnowledgePortion, groups: Sequence[int]) -> None:
        """Add a block, tile after tile."""
        add_tiles(portion.mass, groups, self.mass)
        add_tiles(portion.masses, groups, self.masses)
        add_tiles(portion.best, groups, self.best)
        for strategy, own in portion.strategies.items():
            add_tiles(own.whole, groups, self.whole[strategy])
            add_tiles(own.squares, groups, self.squares[strategy])
            add_tiles(own.by_cell, groups, self.by_cell[strategy])


def memberships(asked: Asked, drawn: Block) -> Memberships:
    """Return which draws lie in each cell, for each set of partitions that is asked about.

    Sparse matrices of ones, (cells of these partitions, tile after tile; draws).
    """
    each = {partitions: None for partitions in (asked.every, *asked.informs.values()) if partitions}
    cells = np.empty((drawn.weights.size, len(asked.partitions)), dtype=np.int32)
    for n, partition in enumerate(asked.partitions):
        cells[:, n] = cells_of(partition, drawn).ravel()
    return {partitions: _matrix(asked, partitions, cells, drawn) for partitions in each}


def _matrix(
    asked: Asked, partitions: tuple[int, ...], cells: Places, drawn: Block
) -> "csc_array[np.float64]":
    from scipy.sparse import csc_array  # noqa: PLC0415  # only where information is asked for

    _, tiles, size = drawn.weights.shape
    together = asked.cells(partitions)
    sizes = [asked.partitions[n].cells for n in partitions]
    starts = np.cumsum([0, *sizes[:-1]], dtype=np.int32)
    rows = cells + starts if len(partitions) == cells.shape[1] else cells[:, partitions] + starts
    rows += np.repeat(np.arange(tiles, dtype=np.int32) * together, size)[:, None]
    ends = np.arange(0, rows.size + 1, len(partitions), dtype=np.int32)
    shape = tiles * together, tiles * size
    return csc_array((np.ones(rows.size), rows.ravel(), ends), shape=shape)


def gather_strategy(
    asked: Asked,
    stage: Stage,
    values: Mapping[int, Floats],
    reach: Sequence[Floats],
    expected: Floats,
    drawn: Block,
    inside: Memberships,
) -> StrategyPortion:
    """Gather one strategy; `expected` is each draw's expected money, (1, j, k)."""
    stretches = asked.stretches[stage.strategy]
    columns = np.zeros((stretches.count + 1, *drawn.weights.shape[1:]))
    known: dict[int, Floats] = {}
    for number, counted in stretches.of_end.items():
        total = stage.steps[number].total
        if total not in known:
            known[total] = asked.scale.utility(values[total])
        weighed = _weighed(reach[number], known[total])[0]
        for stretch, sign in counted:
            columns[stretch] += weighed if sign > 0 else -weighed
    away = expected[0] - asked.scale.centre  # a near point, lest the variance be rounded away
    columns[-1] = drawn.weights[0] * away
    return StrategyPortion(
        whole=columns.sum(axis=-1),
        squares=np.vecdot(columns[-1], away),
        by_cell=_sum_by_cell(inside.get(asked.informs[stage.strategy]), columns),
        best=refold_best(stretches, columns[:-1]),
    )


def gather_all(
    asked: Asked, strategies: Mapping[str, StrategyPortion], drawn: Block, inside: Memberships
) -> KnowledgePortion:
    """Bundle the strategies of a block."""
    best = np.maximum.reduce([own.best for own in strategies.values()])
    return KnowledgePortion(
        strategies=strategies,
        mass=drawn.weights[0].sum(axis=-1),
        masses=_sum_by_cell(inside.get(asked.every), drawn.weights)[0],
        best=best.sum(axis=-1),
    )


def _sum_by_cell(inside: "csc_array[np.float64] | None", columns: Floats) -> Floats:
    """Sum columns (c, j, k) over the draws of each cell, partition after partition: (c, cells, j).

    The product adds a cell's draws one after the other, so rounding depends on the tile alone.
    """
    count, tiles, _ = columns.shape
    if inside is None:
        return np.zeros((count, 0, tiles))
    table = np.ascontiguousarray(columns.reshape(count, -1).T)
    return np.asarray(inside @ table).reshape(tiles, -1, count).transpose(2, 1, 0)


def _in_wider(asked: Asked, partitions: Sequence[int], sums: Floats, axis: int) -> Floats:
    starts = np.cumsum([0, *(asked.partitions[n].cells for n in partitions)])
    parts = np.split(sums, starts[1:-1], axis=axis) if partitions else []
    folded = [
        in_wider(asked.partitions[n], part, axis) if asked.partitions[n].is_blurred else part
        for n, part in zip(partitions, parts, strict=True)
    ]
    return np.concatenate(folded, axis=axis) if folded else sums


def _weighed(reach: Floats, x: Floats) -> Floats:
    """Multiply, where what cannot be reached counts for nothing, whatever it is worth."""
    with np.errstate(invalid="ignore"):
        found: Floats = reach * x
    if not np.isfinite(found).all():
        found = np.where(reach > 0, found, 0.0)
    return found
