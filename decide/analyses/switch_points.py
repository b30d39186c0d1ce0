"""At which values of one input does the lead pass from one strategy to another?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from decide.analyses.grid import Grid
from decide.uncertainty.points import Floats

ALIKE = 1e-9  # of the largest worth: two that differ by less are worth the same
NEAR = 0.1  # of such a part: how far from a crossing it is looked for once more
PARTS = 8  # that the way between two values of a grid is cut into where the lead changes

Worth = Mapping[str, Floats]  # strategy -> its certainty equivalent at the values of a grid, (g,)


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchPoint:
    """The value of one input, pinned, at which the lead passes from one strategy to another."""

    quantity: str
    now: float  # its median, or its agreed value
    at: float
    until: str  # the strategy that leads on the side of now
    leader: str  # the strategy that leads beyond
    distance: float  # from now, in widths of low to high; the smaller, the nearer
    is_plausible: bool  # it lies between low and high


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stretch:
    """The way from one value of an input to the next, away from now, on which the lead changes."""

    coarse: Grid
    fine: Grid  # the values on the way, the one nearest to now first
    rivals: tuple[str, ...]  # the strategies that lead on the way
    gap: float  # by how much one has to lead


def stretches(grid: Grid, worth: Worth) -> Iterator[Stretch]:
    """Walk from now to either end of a grid and yield every stretch on which the lead changes.

    The worth is taken as linear from one value to the next; a discrete input jumps.
    """
    if grid.values[grid.low] >= grid.values[grid.high]:
        return
    last, gap = len(grid.values) - 1, gap_of(worth)
    for way in (range(grid.now, 0, -1), range(grid.now, last)):
        for here in way:
            ends = [here, here + way.step]
            pair = {s: x[ends] for s, x in worth.items()}
            if grid.is_discrete:
                pair = {s: pair[s] for s in (leader_at(worth, end, gap) for end in ends)}
            changes = list(_overtakings(grid.values[ends], pair, gap))
            if changes:
                parts = 1 if grid.is_discrete else PARTS
                values = np.interp(np.arange(parts + 1) / parts, [0.0, 1.0], grid.values[ends])
                settings = grid.settings[ends] if grid.is_discrete else values
                yield Stretch(
                    coarse=grid,
                    fine=replace(grid, settings=settings, values=values),
                    rivals=tuple(dict.fromkeys(s for change in changes for s in change[1:])),
                    gap=gap,
                )


def switch_points(stretch: Stretch, worth: Worth) -> Iterator[SwitchPoint]:
    """Yield every change of the lead on a stretch, given the rivals' worth at its fine values."""
    grid, values = stretch.coarse, stretch.fine.values
    low, now, high = (float(grid.values[n]) for n in (grid.low, grid.now, grid.high))
    for n in range(len(values) - 1):
        pair = {s: worth[s][n : n + 2] for s in stretch.rivals}
        for at, until, leader in _overtakings(values[n : n + 2], pair, stretch.gap):
            yield SwitchPoint(
                quantity=grid.name,
                now=now,
                at=at,
                until=until,
                leader=leader,
                distance=abs(at - now) / (high - low),
                is_plausible=low <= at <= high,
            )


def crossings(stretch: Stretch, worth: Worth) -> Grid:
    """Return where the lead seems to pass, and a little to both sides; none if discrete."""
    found = [] if stretch.coarse.is_discrete else switch_points(stretch, worth)
    ends = stretch.fine.values[0], stretch.fine.values[-1]
    near = NEAR * abs(ends[1] - ends[0]) / PARTS
    values = np.unique([point.at + side * near for point in found for side in (-1, 0, 1)])
    values = values[(values > min(ends)) & (values < max(ends))]
    return replace(stretch.fine, settings=values, values=values)


def with_crossings(
    stretch: Stretch, worth: Worth, crossed: Grid, there: Worth
) -> tuple[Stretch, Worth]:
    """Add the rivals' worth at the crossings to what is known of a stretch."""
    values = np.concatenate([stretch.fine.values, crossed.values])
    way = 1 if stretch.fine.values[0] <= stretch.fine.values[-1] else -1
    order = np.argsort(way * values, kind="stable")
    fine = replace(stretch.fine, settings=values[order], values=values[order])
    both = {s: np.concatenate([x, there[s]])[order] for s, x in worth.items()}
    return replace(stretch, fine=fine), both


def gap_of(worth: Worth) -> float:
    """Return by how much a strategy has to be worth more than another to lead it."""
    return ALIKE * max(float(np.abs(x).max()) for x in worth.values())


def leader_at(worth: Worth, place: int, gap: float) -> str:
    """Return the first strategy that no other leads at one value of a grid."""
    best = max(x[place] for x in worth.values())
    return next(s for s, x in worth.items() if x[place] >= best - gap)


def _overtakings(values: Floats, worth: Worth, gap: float) -> Iterator[tuple[float, str, str]]:
    """Follow the largest of several lines from one value to another: (at, until, leader)."""
    until, last = leader_at(worth, 0, gap), leader_at(worth, 1, gap)
    while worth[until][1] < worth[last][1] - gap:
        leads = {s: worth[until] - x for s, x in worth.items() if x[1] > worth[until][1] + gap}
        ways = {s: max(float(x[0] / (x[0] - x[1])), 0.0) for s, x in leads.items()}
        leader = min(ways, key=lambda s: (ways[s], -worth[s][1]))
        at = float(values[0] + ways[leader] * (values[1] - values[0]))
        yield (0.0 if abs(at) < ALIKE * abs(values[1] - values[0]) else at), until, leader
        until = leader
