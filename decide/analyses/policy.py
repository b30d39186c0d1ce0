"""The policy: at every decision the option that is best on average over what its path has shown.

Sums at path ends are folded back, deepest first: chance nodes add, decision nodes take the larger.
A path's sums are weighted by its probability in each draw, so outcomes seen earlier are evidence.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from decide.analyses.utility import Tolerance, combine, equivalent
from decide.program.path_sums import DISUTILITY, LEVEL, REACH, REACH_SQUARED, TOTAL
from decide.program.program import ProgramStep
from decide.uncertainty.points import Floats

ENOUGH_DRAWS = 200.0
TIE = 1e-12

Steps = Sequence[ProgramStep]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fold:
    """A strategy's tree, rolled back once for each of g groups of draws."""

    expected: Floats  # (steps, g) expected total, given that the step is reached; nan if it is not
    equivalent: Floats  # (steps, g) certainty equivalent, likewise
    choice: npt.NDArray[np.intp]  # (steps, g) at decisions the step that is chosen, else -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Policy:
    """What is chosen at each decision of one strategy, and on what evidence."""

    choice: Mapping[int, int]  # decision -> the chosen step below it
    ties: Mapping[int, tuple[int, ...]]  # decision -> other steps worth the same
    effective_draws: Mapping[int, float]  # decision -> (sum w)^2 / sum w^2
    borrowed: frozenset[int]  # decisions whose choice is that of the nearest bin


def children_of(steps: Steps) -> list[list[int]]:
    """Return the steps below each step."""
    below: list[list[int]] = [[] for _ in steps]
    for number, step in enumerate(steps):
        if step.parent >= 0:
            below[step.parent].append(number)
    return below


def fold(
    steps: Steps,
    sums: Floats,
    risk_tolerance: Tolerance,
    held: Mapping[int, int] | None = None,
) -> Fold:
    """Roll back sums of shape (steps, g, columns), holding the choices that are given."""
    below = children_of(steps)
    groups = sums.shape[1]
    expected = np.full((len(steps), groups), np.nan)
    certain = np.full((len(steps), groups), np.nan)
    choice = np.full((len(steps), groups), -1, dtype=np.intp)
    columns = np.arange(groups)
    for number in folding_order(steps):
        step, weight = steps[number], sums[number, :, REACH]
        if step.kind == "merged" and step.total < 0:
            with np.errstate(invalid="ignore", divide="ignore"):
                more = sums[number, :, TOTAL] / weight
            expected[number] = expected[step.same_as] + more
            certain[number] = certain[step.same_as] + more  # with risk aversion it is sure
        elif step.total >= 0:
            with np.errstate(invalid="ignore", divide="ignore"):
                expected[number] = sums[number, :, TOTAL] / weight
            if risk_tolerance is None:
                certain[number] = expected[number]
            else:
                certain[number] = equivalent(
                    sums[number, :, DISUTILITY], weight, sums[number, :, LEVEL], risk_tolerance
                )
        elif step.kind == "decision":
            options = np.array(below[number])
            chosen = _best(options, certain[options], (held or {}).get(number))
            choice[number] = chosen
            expected[number] = expected[chosen, columns]
            certain[number] = certain[chosen, columns]
        else:
            weights = sums[below[number], :, REACH]
            expected[number] = combine(weights, expected[below[number]], None)
            certain[number] = combine(weights, certain[below[number]], risk_tolerance)
    return Fold(expected=expected, equivalent=certain, choice=choice)


def choose_policy(
    steps: Steps,
    sums: Floats,
    risk_tolerance: float | None,
    *,
    is_enumerated: bool,
    enough_draws: float = ENOUGH_DRAWS,
) -> Policy:
    """Choose on one sample's sums, (steps, 1, columns).

    A sampled decision with fewer effective draws than are enough takes the choice of the nearest
    history that has enough, and the decisions above it are chosen anew with that.
    """
    free = fold(steps, sums, risk_tolerance)
    decisions = [n for n, step in enumerate(steps) if step.kind == "decision"]
    effective = {n: _effective(sums[n, 0]) for n in decisions}
    borrowed: dict[int, int] = {}
    if is_enumerated:
        effective = dict.fromkeys(decisions, float("inf"))
    else:
        borrowed = _borrowed(steps, decisions, effective, free, enough_draws)
    settled = fold(steps, sums, risk_tolerance, borrowed) if borrowed else free
    below = children_of(steps)
    return Policy(
        choice={n: int(settled.choice[n, 0]) for n in decisions},
        ties={
            n: _tied(below[n], settled.equivalent[:, 0], int(settled.choice[n, 0]))
            for n in decisions
        },
        effective_draws=effective,
        borrowed=frozenset(borrowed),
    )


def folding_order(steps: Steps) -> Iterable[int]:
    """Return the steps, each after those below it and after the one that it is the same as.

    A step's future is laid out before anything refers to it, so the order in which a walk through
    the tree leaves its steps will do.
    """
    if all(step.same_as < 0 for step in steps):
        return reversed(range(len(steps)))
    found: list[int] = []
    open_: list[int] = []
    for number, step in enumerate(steps):
        while open_ and open_[-1] != step.parent:
            found.append(open_.pop())
        open_.append(number)
    return [*found, *reversed(open_)]


def is_needed(steps: Steps, choice: Mapping[int, int]) -> list[bool]:
    """Return which steps say what the policy leads to, and those above them."""
    found = leads_to(steps, choice)
    for number in reversed(range(len(steps))):
        if found[number] and steps[number].parent >= 0:
            found[steps[number].parent] = True
    return found


def leads_to(steps: Steps, choice: Mapping[int, int]) -> list[bool]:
    """Return which steps the policy leads to, be it by the history of another."""
    if all(step.same_as < 0 for step in steps):
        return is_chosen(steps, choice)
    below = children_of(steps)
    wanted = [0]
    found = [False] * len(steps)
    while wanted:
        number = wanted.pop()
        if found[number]:
            continue
        found[number] = True
        if steps[number].kind == "merged":
            wanted.append(steps[number].same_as)
        taken = choice.get(number)
        wanted += below[number] if taken is None else [taken]
    return found


def is_chosen(steps: Steps, choice: Mapping[int, int]) -> list[bool]:
    """Return which steps the policy can lead to."""
    found: list[bool] = []
    for number, step in enumerate(steps):
        above = step.parent < 0 or found[step.parent]
        found.append(above and choice.get(step.parent, number) == number)
    return found


def _best(options: npt.NDArray[np.intp], certain: Floats, held: int | None) -> npt.NDArray[np.intp]:
    """Return the first option within rounding of the best, for each group."""
    if held is not None:
        return np.full(certain.shape[1], held, dtype=np.intp)
    x = np.where(np.isnan(certain), -np.inf, certain)
    best = x.max(axis=0)
    with np.errstate(invalid="ignore"):
        near = x >= best - TIE * np.maximum(np.abs(best), np.abs(x))
    near |= x == best
    return np.asarray(options[np.argmax(near, axis=0)])


def _tied(options: Sequence[int], certain: Floats, chosen: int) -> tuple[int, ...]:
    best = certain[chosen]
    return tuple(
        n
        for n in options
        if n != chosen and abs(certain[n] - best) <= TIE * max(abs(certain[n]), abs(best))
    )


def _effective(sums: Floats) -> float:
    return float(sums[REACH] ** 2 / sums[REACH_SQUARED]) if sums[REACH_SQUARED] > 0 else 0.0


def _borrowed(
    steps: Steps,
    decisions: Sequence[int],
    effective: Mapping[int, float],
    free: Fold,
    enough_draws: float,
) -> dict[int, int]:
    """Return the choices to take over, decision -> step below it."""
    copies: dict[tuple[str, ...], list[int]] = defaultdict(list)
    histories = {n: _history(steps, n) for n in decisions}
    for n in decisions:
        copies[tuple(node for node, _, _ in histories[n])].append(n)
    below = children_of(steps)
    borrowed = {}
    for alike in copies.values():
        sure = [n for n in alike if effective[n] >= enough_draws]
        for n in alike:
            if effective[n] < enough_draws and sure:
                nearest = min(sure, key=lambda m: _distance(histories[n], histories[m]))
                option = steps[int(free.choice[nearest, 0])].position
                borrowed[n] = next(s for s in below[n] if steps[s].position == option)
    return borrowed


History = tuple[tuple[str, str, int], ...]


def _history(steps: Steps, number: int) -> History:
    """Return the nodes down to a step with the branch taken at each, the step's own node last."""
    found = [(steps[number].node, steps[number].kind, 0)]
    while steps[number].parent >= 0:
        above = steps[steps[number].parent]
        found.append((above.node, above.kind, steps[number].position))
        number = steps[number].parent
    return tuple(reversed(found))


def _distance(a: History, b: History) -> tuple[int, int]:
    """Count other outcomes and choices, then the bins between."""
    others = sum(p != q and k != "observation" for (_, k, p), (_, _, q) in zip(a, b, strict=True))
    bins = sum(abs(p - q) for (_, k, p), (_, _, q) in zip(a, b, strict=True) if k == "observation")
    return others, bins
