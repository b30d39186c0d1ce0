"""Folds a strategy anew for each of many sets of draws, from sums that add up.

What happens between one choice and the next is a stretch of the tree: its path ends count in full,
whatever is known. So the sum of reach times utility over the ends of a stretch is all that a fold
needs; a decision adds the best of its options to the stretch that it stands in. Where an option
leads to no further decision, it is taken as given and the others count by what they add to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from decide.model.tree import NodeKind
from decide.program.program import ProgramStep
from decide.uncertainty.points import Floats

DECISION: NodeKind = "decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A decision: what its options add, and to what."""

    above: int  # the stretch that the decision stands in
    options: tuple[int, ...]  # the stretches of those options that are not taken as given
    has_given: bool  # whether one is taken as given, and the others add to it


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretches:
    """The stretches of one strategy; the first begins at the top."""

    count: int
    of_end: Mapping[int, tuple[tuple[int, float], ...]]  # end -> (stretch, 1 or -1), …
    choices: tuple[Choice, ...]  # deepest first


def stretches_of(
    steps: Sequence[ProgramStep], worth: Sequence[float], least: float = -np.inf
) -> Stretches:
    """Divide a strategy's steps into stretches.

    `worth` is that of each step, or nearly; of what is worth less than `least` nothing is taken as
    given, since what other options add to it would be rounded away.
    """
    given = _given(steps, worth, least)
    stretch: list[int] = []  # that each step stands in; under a given option, the one above
    under: list[int] = []  # the decision whose given option each step lies under; -1 elsewhere
    options: dict[int, list[int]] = {n: [] for n, step in enumerate(steps) if step.kind == DECISION}
    count = 1
    for number, step in enumerate(steps):
        above = step.parent
        is_given = given.get(above) == number
        if above in options and not is_given:
            options[above].append(count)
            stretch.append(count)
            count += 1
        else:
            stretch.append(stretch[above] if above >= 0 else 0)
        under.append(above if is_given or above < 0 else under[above])
    return Stretches(
        count=count,
        of_end={
            n: ((stretch[n], 1.0), *((other, -1.0) for other in options.get(under[n], ())))
            for n, step in enumerate(steps)
            if step.kind == "end"
        },
        choices=tuple(
            Choice(above=stretch[n], options=tuple(own), has_given=n in given)
            for n, own in sorted(options.items(), reverse=True)
            if own
        ),
    )


def refold(stretches: Stretches, chosen_on: Floats, valued_on: Floats) -> tuple[Floats, Floats]:
    """Take at each decision the option that is best on one set of sums, and value it on another.

    Both (stretches, …) hold sums of utility; returns the sums of the whole strategy on each, (…).
    """
    choose, value = chosen_on.copy(), valued_on.copy()
    for choice in stretches.choices:
        offered, worth = choose[list(choice.options)], value[list(choice.options)]
        best = np.argmax(offered, axis=0)[None]
        gain = np.take_along_axis(offered, best, axis=0)[0]
        gained = np.take_along_axis(worth, best, axis=0)[0]
        if choice.has_given:
            is_better = gain > 0
            gain, gained = np.where(is_better, gain, 0.0), np.where(is_better, gained, 0.0)
        choose[choice.above] += gain
        value[choice.above] += gained
    return choose[0], value[0]


def refold_best(stretches: Stretches, sums: Floats) -> Floats:
    """Take at each decision the option that is best on the sums, (stretches, …) to (…)."""
    best = sums.copy()
    for choice in stretches.choices:
        offered = best[choice.options[0]]
        for option in choice.options[1:]:
            offered = np.maximum(offered, best[option])
        best[choice.above] += np.maximum(offered, 0.0) if choice.has_given else offered
    found: Floats = best[0]
    return found


def _given(steps: Sequence[ProgramStep], worth: Sequence[float], least: float) -> dict[int, int]:
    """Return the option of each decision that is taken as given: the best without a decision."""
    decides = [step.kind == DECISION for step in steps]
    for number in reversed(range(len(steps))):
        if decides[number] and steps[number].parent >= 0:
            decides[steps[number].parent] = True
    found: dict[int, int] = {}
    for number, step in enumerate(steps):
        above = step.parent
        if above < 0 or steps[above].kind != DECISION or decides[number]:
            continue
        is_better = above not in found or worth[number] > worth[found[above]]
        if worth[number] >= least and is_better:
            found[above] = number
    return found
