"""Path sums: what a rollback needs of each step, in an order that does not depend on the block."""

from collections.abc import Mapping, Sequence

import numpy as np

from decide.program.program import ProgramStep, outputs_of
from decide.uncertainty.points import Floats

REACH, REACH_SQUARED, TOTAL, LEVEL, DISUTILITY = range(5)
COLUMNS = 5
FAR = 0.999  # the share of a weight that may be bent away before digits are missed
NOWHERE = np.zeros((1, 0, 0))


def reaches(
    steps: Sequence[ProgramStep],
    values: Mapping[int, Floats],
    weights: Floats,
    kept: Sequence[bool] | None = None,
) -> list[Floats]:
    """Return each step's probability of being reached in each draw, whatever is decided.

    A step that is not kept has an empty array; no kept step lies below it.
    """
    found: list[Floats] = []
    for number, step in enumerate(steps):
        if kept is not None and not kept[number]:
            found.append(NOWHERE)
            continue
        above = weights if step.parent < 0 else found[step.parent]
        found.append(above if step.probability is None else above * values[step.probability])
    return found


def path_sums(
    steps: Sequence[ProgramStep],
    values: Mapping[int, Floats],
    reach: Sequence[Floats],
    *,
    risk_tolerance: float | None,
) -> Floats:
    """Sum over the draws of each tile what a rollback needs, (steps, tiles, columns).

    `reach` is that of `reaches`; a step that it does not keep has no sums.
    Columns: reach, its square at decisions, and at ends reach times total, a level m that is near
    the least total, and the disutility, reach times expm1((m - total) / risk tolerance). A merged
    step has its expected total, and its certainty equivalent for the last two; or, where something
    is decided below, what it has paid more than the step that it refers to, in place of the total.
    """
    wanted = [n for n, here in enumerate(reach) if here is not NOWHERE]
    entering = [values[m] for n in wanted for m in outputs_of(steps[n])[1:] if m >= 0]
    sums = no_sums(len(steps), max(x.shape[1] for x in (*reach, *entering)))
    with np.errstate(invalid="ignore", divide="ignore"):  # what is no number is refused later
        totals = _fill(sums, steps, wanted, values, reach, risk_tolerance)
        if risk_tolerance is not None:
            _count_from_equivalents(sums, reach, totals, risk_tolerance)
    return sums


def _fill(
    sums: Floats,
    steps: Sequence[ProgramStep],
    wanted: Sequence[int],
    values: Mapping[int, Floats],
    reach: Sequence[Floats],
    risk_tolerance: float | None,
) -> dict[int, Floats]:
    """Enter the sums of the wanted steps; return the totals of those that have a disutility."""
    known: dict[int, tuple[Floats, Floats]] = {}
    totals: dict[int, Floats] = {}
    for number in wanted:
        step, here = steps[number], reach[number]
        if step.parent >= 0 and here is reach[step.parent]:
            sums[number, :, REACH] = sums[step.parent, :, REACH]
        else:
            sums[number, :, REACH] = here.sum(axis=-1)[0]
        if step.kind == "decision":
            sums[number, :, REACH_SQUARED] = tile_dot(here, here)
        if step.total < 0 and step.extra < 0:
            continue
        total = values[step.total if step.total >= 0 else step.extra]
        sums[number, :, TOTAL] = tile_dot(here, total)
        if risk_tolerance is None or step.total < 0:
            continue
        certain = step.total if step.certain < 0 else step.certain
        if certain not in known:
            least, down = _way_down(values[certain], risk_tolerance)
            known[certain] = least, np.expm1(down)
        sums[number, :, LEVEL], bent = known[certain]
        sums[number, :, DISUTILITY] = tile_dot(here, bent)
        totals[number] = values[certain]
    return totals


def no_sums(steps: int, groups: int) -> Floats:
    """Return the path sums of no draws at all, (steps, groups, columns)."""
    by_column = np.zeros((COLUMNS, steps, groups))  # a column is mostly gone through alone
    by_column[LEVEL] = np.inf
    return by_column.transpose(1, 2, 0)


def merge(a: Floats, b: Floats, risk_tolerance: float | None) -> Floats:
    """Return the path sums of two sets of draws together, of any shape (…, columns).

    Disutilities are brought to the smaller of the two levels, so none overflows.
    """
    both = a + b
    if risk_tolerance is None:
        return both
    level = np.minimum(a[..., LEVEL], b[..., LEVEL])
    both[..., LEVEL] = level
    both[..., DISUTILITY] = sum(_rebased(own, level, risk_tolerance) for own in (a, b))
    is_bent = both[..., DISUTILITY] < -FAR * both[..., REACH]
    if is_bent.any():
        left = sum(_left(own, level, risk_tolerance) for own in (a, b))
        with np.errstate(invalid="ignore", divide="ignore"):
            equivalent = level - risk_tolerance * np.log(left / both[..., REACH])
        both[..., LEVEL] = np.where(is_bent, equivalent, level)
        both[..., DISUTILITY][is_bent] = 0.0
    return both


def _rebased(sums: Floats, level: Floats, risk_tolerance: float) -> Floats:
    step = _step(sums, level, risk_tolerance)
    return np.asarray(np.exp(step) * sums[..., DISUTILITY] + np.expm1(step) * sums[..., REACH])


def _left(sums: Floats, level: Floats, risk_tolerance: float) -> Floats:
    """Return the sum of reach times exp, rather than expm1, of the way down to a level."""
    step = _step(sums, level, risk_tolerance)
    return np.asarray(np.exp(step) * (sums[..., DISUTILITY] + sums[..., REACH]))


def _step(sums: Floats, level: Floats, risk_tolerance: float) -> Floats:
    is_reached = np.isfinite(sums[..., LEVEL])
    with np.errstate(invalid="ignore"):
        return np.where(is_reached, (level - sums[..., LEVEL]) / risk_tolerance, 0.0)


def _count_from_equivalents(
    sums: Floats, reach: Sequence[Floats], totals: Mapping[int, Floats], risk_tolerance: float
) -> None:
    """Count disutility from a tile's certainty equivalent where that from the least total is lost.

    Where few draws have the least total, or none that reach the step, all others are bent to
    nearly -1, and their digits are rounded away.
    """
    numbers = np.array(list(totals), dtype=np.intp)
    own = sums[numbers]
    weight, level, disutility = own[..., REACH], own[..., LEVEL], own[..., DISUTILITY]
    is_reached = weight > 0
    if not is_reached.all():
        level[~is_reached], disutility[~is_reached] = np.inf, 0.0
    is_lost = is_reached & ~(np.isfinite(level) & (disutility >= -FAR * weight))
    for n in np.flatnonzero(is_lost.any(axis=1)):
        here = reach[numbers[n]]
        least, down = _way_down(np.where(here > 0, totals[numbers[n]], np.inf), risk_tolerance)
        left = np.log(tile_dot(here, np.exp(down)) / weight[n])
        level[n] = np.where(is_lost[n], least - risk_tolerance * left, level[n])
        disutility[n, is_lost[n]] = 0.0
    sums[numbers] = own


def _way_down(total: Floats, risk_tolerance: float) -> tuple[Floats, Floats]:
    """Return the least total of each tile, and the way down to it in risk tolerances.

    From a total that cannot be reached, and is infinite, it is endless.
    """
    least = total.min(axis=-1, keepdims=True)
    finite = np.where(np.isfinite(least), least, 0.0)
    return least[0, :, 0], (finite - total) / risk_tolerance


def tile_dot(a: Floats, b: Floats) -> Floats:
    """Sum a product over the draws of each tile, (tiles,); rounding depends on the tile alone."""
    if a.shape[-1] != b.shape[-1]:
        a, b = np.broadcast_arrays(a, b)
    return np.asarray(np.vecdot(a, b)[0])


def add_tiles(sums: Floats, groups: Sequence[int], into: Floats) -> None:
    """Add tiles to their groups, one after the other, (…, tiles) into (…, groups)."""
    for tile, group in enumerate(groups):
        into[..., group] += sums[..., tile]


def merge_tiles(
    sums: Floats, groups: Sequence[int], into: Floats, risk_tolerance: float | None
) -> None:
    """Merge tiles into their groups, one after the other, both (steps, …, columns)."""
    for tile, group in enumerate(groups):
        into[:, group] = merge(into[:, group], sums[:, tile], risk_tolerance)
