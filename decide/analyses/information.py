"""What would it be worth to know a quantity, or all of them, before the first decision?

Knowing is worth the certainty equivalent with all decisions made anew under what is then known,
less that without. With exponential utility and without any that is the price to pay for it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from decide.analyses.clairvoyance import Clairvoyance, value_outcomes
from decide.analyses.knowledge import Asked, Knowledge
from decide.analyses.partition import Partition, in_wider, known_to, partition_by
from decide.analyses.paths import is_merged
from decide.analyses.policy import Fold, fold
from decide.analyses.policy_sample import Agreed, strategy_outputs
from decide.analyses.refold import refold, refold_best, stretches_of
from decide.analyses.utility import Scale
from decide.program.engine import Plan
from decide.program.program import Program
from decide.uncertainty.points import Floats

MOST_SUMS = 2**24  # numbers that are gathered: 128 MB
FAR = 15.0  # risk tolerances; an option so much worse has utilities that round others away
LEAST = 1e-40  # of a risk tolerance: below, utilities would vanish, and money knows no smaller
FLAT = 1e-6  # risk tolerances within which utility is as good as straight
FINE = 8  # cells of one quantity, from which on their width matters as its square
CERTAIN = 2.0  # standard errors above 0 that tell a value from nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What it is worth to know something, in plain currency units; exact where enumerated."""

    value: float  # midway between the next two, whose errors nearly cancel; never below 0. Of
    # several continuous quantities, with what the width of their cells takes off
    in_sample: float  # chosen and valued on the same draws, which flatters
    held_out: float  # chosen on all scrambles but one and valued on that, in turn
    standard_error: float  # by leaving out one scramble after the other; 0 where enumerated. Half
    # of what was added for the width of the cells counts too

    @property
    def is_distinguishable(self) -> bool:
        """Whether it differs from nothing by more than sampling would."""
        return self.held_out > 0 and self.value > CERTAIN * self.standard_error


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """What one quantity tells of one strategy while the policy is held."""

    share_of_variance: float  # first-order index of the expected money: var E[y | x] / var y
    standard_error: float  # of sampling, and of what cells twice as wide would take off
    means: tuple[float, ...]  # expected money in each cell of the quantity, lowest values first


@dataclass(frozen=True, slots=True, kw_only=True)
class Information:
    """The value of perfect information, before the first decision."""

    quantities: Worth  # EVPI of all quantities, chance still open
    outcomes: Clairvoyance | None  # what knowing chance too adds; None where it is too much
    each: Mapping[tuple[str, ...], Worth]  # EVPPI of a quantity, or of several known together
    influences: Mapping[tuple[str, str], Influence]  # (strategy, quantity), where it has any


NOTHING = Worth(value=0.0, in_sample=0.0, held_out=0.0, standard_error=0.0)


def ask(
    program: Program,
    agreed: Agreed,
    plan: Plan,
    risk_tolerance: float | None,
    together: Sequence[Sequence[str]] = (),
) -> Asked | None:
    """Plan what to gather: a partition for each quantity that tells something, and for `together`.

    None where that would be more than 16 million numbers, or where histories are merged.
    """
    if any(is_merged(steps) for steps in program.strategies.values()):
        return None
    outputs = {s: strategy_outputs(program, s) for s in program.strategies}
    known = known_to(program, outputs)
    distributions = plan.uncertain.distributions
    draws = plan.draws * len(plan.scrambles)
    singles = [(name,) for name in distributions if any(name in own for own in known.values())]
    wanted = dict.fromkeys([*singles, *(tuple(names) for names in together)])
    partitions = tuple(
        partition_by(names, distributions, None if plan.is_enumerated else draws)
        for names in wanted
    )
    folds = {
        s: fold(steps, agreed.sums[s], risk_tolerance) for s, steps in program.strategies.items()
    }
    worth = {s: own.equivalent[:, 0] for s, own in folds.items()}
    best = max(float(own[0]) for own in worth.values())
    least = -np.inf if risk_tolerance is None else best - FAR * risk_tolerance
    stretches = {
        s: stretches_of(steps, worth[s].tolist(), least) for s, steps in program.strategies.items()
    }
    informs = {
        s: tuple(n for n, p in enumerate(partitions) if not known[s].isdisjoint(p.members))
        for s in program.strategies
    }
    sums = sum(
        (stretches[s].count + 1) * partitions[n].cells * len(plan.scrambles)
        for s, own in informs.items()
        for n in own
    )
    if sums > MOST_SUMS:
        return None
    return Asked(
        scale=Scale(
            risk_tolerance=None if risk_tolerance is None else max(risk_tolerance, LEAST),
            centre=best,
            is_flat=_is_flat(folds.values(), best, risk_tolerance),
        ),
        stretches=stretches,
        partitions=partitions,
        informs=informs,
        telling=frozenset().union(*known.values()),
    )


def _is_flat(folds: Iterable[Fold], centre: float, risk_tolerance: float | None) -> bool:
    """Whether all totals lie within a millionth of a risk tolerance, as a charge for risk tells."""
    if risk_tolerance is None:
        return True
    spans = [
        span
        for own in folds
        for span in (
            np.abs(own.expected - centre),
            np.sqrt(2 * risk_tolerance * np.maximum(own.expected - own.equivalent, 0.0)),
        )
    ]
    return bool(max(np.nanmax(span) for span in spans) < FLAT * risk_tolerance)


def value_information(
    program: Program, knowledge: Knowledge, scrambles: Sequence[int]
) -> Information | None:
    """Value what could be known, from the sums over all draws.

    None where it is worth so many risk tolerances that the scale of utility ends before.
    """
    asked = knowledge.asked
    if not asked.scale.reaches(float(knowledge.best.sum() / knowledge.mass.sum())):
        return None
    informed = _Informed.of(knowledge)
    quantities = _worth_of_all(knowledge, informed)
    starts = np.cumsum([0, *(p.cells for p in asked.partitions)])
    each = {
        partition.members: _worth_of_cells(informed, slice(starts[n], starts[n + 1]))
        for n, partition in enumerate(asked.partitions)
    }
    if any(partition.is_blurred for partition in asked.partitions):
        each = _sharpened(each, knowledge.of_wider_cells())
    each = {
        # who knows all that tells something knows it to the last digit, not by cells
        members: quantities if asked.telling <= set(members) else _at_most(worth, quantities)
        for members, worth in each.items()
    }
    return Information(
        quantities=quantities,
        outcomes=value_outcomes(program, asked.scale, scrambles),
        each=_rising(each),
        influences=_influences(knowledge),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Informed:
    """Sums of utility of the best strategy where something is known, and without."""

    scale: Scale
    mass: Floats  # (groups,)
    base: float  # mean utility with nothing known
    base_without: Floats  # (groups,) the same without one group
    best: Floats  # (cells,) chosen and valued on all draws
    best_without: Floats  # (cells, groups) chosen and valued without one group
    held_out: Floats  # (cells, groups) chosen without a group, valued on it

    @classmethod
    def of(cls, knowledge: Knowledge) -> "_Informed":
        """Refold every strategy in every cell; one that the cell tells nothing of has its mean."""
        mass, masses = knowledge.mass, knowledge.masses
        rest = mass.sum() - mass
        bases, bases_without, best, without, held_out = [], [], [], [], []
        for strategy, stretches in knowledge.asked.stretches.items():
            own = knowledge.whole[strategy][:-1]
            whole = own.sum(axis=-1, keepdims=True)
            mean = float(refold_best(stretches, whole)[0] / mass.sum())
            left, out = refold(stretches, whole - own, own)
            mean_without = np.divide(left, rest, out=np.zeros(len(rest)), where=rest > 0)
            bases.append(mean)
            bases_without.append(mean_without)
            best.append(mean * masses.sum(axis=-1))
            without.append(mean_without * (masses.sum(axis=-1, keepdims=True) - masses))
            held_out.append(out / mass * masses)
            told = knowledge.asked.places(knowledge.asked.informs[strategy])
            sums = knowledge.by_cell[strategy][:-1]
            whole = sums.sum(axis=-1)
            best[-1][told] = refold_best(stretches, whole)
            without[-1][told], held_out[-1][told] = refold(stretches, whole[..., None] - sums, sums)
        taken = np.argmax(without, axis=0)[None]
        return cls(
            scale=knowledge.asked.scale,
            mass=mass,
            base=max(bases),
            base_without=np.maximum.reduce(bases_without),
            best=np.maximum.reduce(best),
            best_without=np.maximum.reduce(without),
            held_out=np.take_along_axis(np.array(held_out), taken, axis=0)[0],
        )

    def worth(self, value: float, without: Floats, held_out: float) -> Worth:
        """Compare sums of utility with what is known and without it; `without` is (groups,)."""
        scale, mass = self.scale, self.mass
        base = float(scale.equivalent(np.array(self.base)))
        found = max(float(scale.equivalent(np.array(value / mass.sum()))) - base, 0.0)
        if len(mass) == 1:
            return Worth(value=found, in_sample=found, held_out=found, standard_error=0.0)
        mean = without / (mass.sum() - mass)
        apart = scale.equivalent(mean) - scale.equivalent(self.base_without)
        held = float(scale.equivalent(np.array(held_out / mass.sum()))) - base
        return Worth(
            value=max((found + held) / 2, 0.0),
            in_sample=found,
            held_out=held,
            standard_error=float(_spread(apart)),
        )


def _worth_of_cells(informed: _Informed, cells: slice) -> Worth:
    """Value knowing the cell of a partition: every decision made anew in each."""
    return informed.worth(
        float(informed.best[cells].sum()),
        informed.best_without[cells].sum(axis=0),
        float(informed.held_out[cells].sum()),
    )


def _sharpened(
    each: Mapping[tuple[str, ...], Worth], knowledge: Knowledge
) -> dict[tuple[str, ...], Worth]:
    """Add what the width of the cells takes off where several continuous quantities are known.

    It is proportional to the square of the width, so a third of what cells twice as wide take off
    (Richardson's extrapolation); half of that is counted as error, and with wide cells all of it.
    """
    informed = _Informed.of(knowledge)
    asked = knowledge.asked
    starts = np.cumsum([0, *(p.cells for p in asked.partitions)])
    found = dict(each)
    for n, partition in enumerate(asked.partitions):
        if partition.is_blurred:
            worth = each[partition.members]
            wide = _worth_of_cells(informed, slice(starts[n], starts[n + 1]))
            more = max(worth.value - wide.value, 0.0) / 3
            is_wide = any(
                is_coarse and size < FINE
                for size, is_coarse in zip(partition.sizes, partition.coarse, strict=True)
            )
            found[partition.members] = replace(
                worth,
                value=worth.value + more,
                standard_error=math.hypot(worth.standard_error, more if is_wide else more / 2),
            )
    return found


def _worth_of_all(knowledge: Knowledge, informed: _Informed) -> Worth:
    """Value knowing every quantity: nothing is left to be learnt from other draws."""
    whole = float(knowledge.best.sum())
    return informed.worth(whole, whole - knowledge.best, whole)


def _at_most(worth: Worth, all_of_it: Worth) -> Worth:
    """Keep sampling from saying that a part is worth more than the whole."""
    most = all_of_it.value
    return Worth(
        value=min(worth.value, most),
        in_sample=min(worth.in_sample, most),
        held_out=min(worth.held_out, most),
        standard_error=worth.standard_error,
    )


def _rising(each: Mapping[tuple[str, ...], Worth]) -> Mapping[tuple[str, ...], Worth]:
    """Let several be worth at least what their parts are, which have finer cells.

    What the part's figure is above their own is an error of theirs, and is counted as one.
    """
    found = dict(each)
    for names, worth in each.items():
        parts = (w for part, w in each.items() if set(part) < set(names))
        most = max(parts, key=lambda w: w.value, default=worth)
        if most.value > worth.value:
            error = max(worth.standard_error, most.standard_error)
            gap = most.value - worth.value
            found[names] = replace(most, standard_error=math.hypot(error, gap))
    return found


def _influences(knowledge: Knowledge) -> dict[tuple[str, str], Influence]:
    asked = knowledge.asked
    found = {}
    for strategy, informs in asked.informs.items():
        if not informs:
            continue
        sums = knowledge.by_cell[strategy][-1]
        masses = knowledge.masses[asked.places(informs)]
        firsts = np.cumsum([0, *(asked.partitions[n].cells for n in informs)])
        money = knowledge.whole[strategy][-1], knowledge.squares[strategy]
        shares = _shares_of_variance(sums, masses, *money, firsts[:-1])
        errors = _spread(shares[:, 1:])
        mass = masses.sum(axis=-1)
        means = asked.scale.centre + sums.sum(axis=-1) / np.where(mass > 0, mass, np.nan)
        for n, first, last, share, error in zip(
            informs, firsts, firsts[1:], shares[:, 0], errors, strict=False
        ):
            members = asked.partitions[n].members
            if len(members) == 1:
                own = means[first:last]
                cells = slice(first, last)
                width = _width_error(asked.partitions[n], sums[cells], masses[cells], money, share)
                found[strategy, members[0]] = Influence(
                    share_of_variance=max(float(share), 0.0),
                    standard_error=math.hypot(float(error), width),
                    means=tuple(own[~np.isnan(own)].tolist()),
                )
    return found


def _width_error(
    partition: Partition,
    sums: Floats,
    masses: Floats,
    money: tuple[Floats, Floats],
    share: float,
) -> float:
    """Return what cells twice as wide take off a share of variance; 0 where all is told apart."""
    if not partition.coarse[0]:
        return 0.0
    wide, mass = in_wider(partition, sums, 0), in_wider(partition, masses, 0)
    first = np.zeros(1, dtype=np.intp)
    return float(share - _shares_of_variance(wide, mass, *money, first)[0, 0])


def _shares_of_variance(
    sums: Floats, masses: Floats, whole: Floats, squares: Floats, firsts: npt.NDArray[np.intp]
) -> Floats:
    """Return the variance of the cells' means as a share of all, less what sampling gives them.

    Sums of money and masses by (cell, group), money and its squares by group, and the first cell of
    each partition; the result is (partitions, 1 + groups): on all draws, then without each group.
    With n draws in b cells sampling gives (b - 1) / (n - b) of the variance within cells; states
    that were gone through, whose masses sum to 1, have no such part.
    """
    total, mass, money, square = (_without_each(x) for x in (sums, masses, whole, squares))
    n = np.add.reduceat(mass, firsts, axis=0)
    mean = money / n
    variance = square / n - mean**2
    is_filled = mass > 0
    of_cells = np.divide(total**2, mass, out=np.zeros(mass.shape), where=is_filled)
    between = np.add.reduceat(of_cells, firsts, axis=0) / n - mean**2
    cells = np.add.reduceat(is_filled.astype(np.intp), firsts, axis=0)
    blur = np.divide(cells - 1, n - cells, out=np.zeros(n.shape), where=n > cells)
    between -= blur * (variance - between)
    return np.divide(between, variance, out=np.zeros(n.shape), where=variance > 0)


def _spread(left_out: Floats) -> Floats:
    """Return the jackknife's standard error of what was found without each group in turn."""
    groups = left_out.shape[-1]
    return np.sqrt((groups - 1) * left_out.var(axis=-1)) if groups else np.zeros(len(left_out))


def _without_each(x: Floats) -> Floats:
    """Sum over groups, all of them and then without each, (…, groups) to (…, 1 + groups)."""
    whole = x.sum(axis=-1, keepdims=True)
    return whole if x.shape[-1] == 1 else np.concatenate([whole, whole - x], axis=-1)
