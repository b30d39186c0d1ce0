"""The paths of a merged tree under a policy: all of them where few, else one simulated a draw.

A merged step's future is laid out under another history; a path that comes to it goes on there,
with what it has paid more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from decide.analyses.policy import Steps, children_of, folding_order, is_needed, leads_to
from decide.program.engine import Block
from decide.program.program import Program
from decide.uncertainty.points import Floats, points

MOST_PATHS = 256  # that are listed
SIMULATED = 16_384  # paths where states are gone through

Choice = Mapping[int, int]
Draws = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """One way through the tree; operations."""

    probabilities: tuple[int, ...]
    end: int  # step
    extras: tuple[int, ...]  # what it has paid more than the histories under which it is laid out
    extras_cash: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spread:
    """The totals that a policy can lead to in a block; both (paths, j, k)."""

    totals: Floats
    weights: Floats
    cash: Floats  # (years, j)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How a policy's paths through one strategy's tree are gone through."""

    choice: Choice
    kept: tuple[bool, ...]  # steps that say what the policy leads to
    count: int  # paths that it leaves open
    listed: tuple[Path, ...]  # of a merged tree with few paths
    is_laid_out: bool  # no step refers to another: each end is a path

    @property
    def is_simulated(self) -> bool:
        """Whether one path in each draw stands for all."""
        return not (self.is_laid_out or self.listed)


def ways_of(steps: Steps, choice: Choice) -> Ways:
    """Return how a policy's paths are gone through."""
    is_laid_out = not is_merged(steps)
    count = count_paths(steps, choice)
    return Ways(
        choice=choice,
        kept=tuple(is_needed(steps, choice)),
        count=count,
        listed=() if is_laid_out or count > MOST_PATHS else tuple(list_paths(steps, choice)),
        is_laid_out=is_laid_out,
    )


def spread_under(
    ways: Ways,
    program: Program,
    strategy: str,
    values: Mapping[int, Floats],
    reach: Sequence[Floats],
    drawn: Block,
) -> Spread:
    """Return the totals that a policy can lead to, with their reach and the cash by year."""
    steps, years = program.strategies[strategy], len(program.years)
    if ways.is_laid_out:
        return _spread_of_ends(ways, steps, values, reach, drawn, years)
    if ways.listed:
        return spread_of_paths(steps, ways.listed, values, drawn, years)
    return simulated_spread(
        steps, ways.choice, values, drawn, years, name=strategy, seed=program.seed
    )


def _spread_of_ends(
    ways: Ways,
    steps: Steps,
    values: Mapping[int, Floats],
    reach: Sequence[Floats],
    drawn: Block,
    years: int,
) -> Spread:
    shape = drawn.weights.shape
    weights: dict[int, Floats] = {}  # of each total: several paths may end in one
    cash = np.zeros((years, shape[1]))
    for n, step in enumerate(steps):
        if step.kind == "end" and ways.kept[n]:
            before = weights.get(step.total)
            weights[step.total] = reach[n] if before is None else before + reach[n]
            if step.cash in values:
                cash += (reach[n] * values[step.cash]).sum(axis=-1)
    return Spread(
        totals=np.concatenate([np.broadcast_to(values[total], shape) for total in weights]),
        weights=np.concatenate([np.broadcast_to(own, shape) for own in weights.values()]),
        cash=cash,
    )


def is_merged(steps: Steps) -> bool:
    """Say whether any step of a strategy refers to another's future."""
    return any(step.same_as >= 0 for step in steps)


def count_paths(steps: Steps, choice: Choice) -> int:
    """Count the ways that a policy leaves open; all of the tree's where nothing is chosen."""
    below = children_of(steps)
    found = [0] * len(steps)
    for number in folding_order(steps):
        step = steps[number]
        if step.kind == "end":
            found[number] = 1
        elif step.kind == "merged":
            found[number] = found[step.same_as]
        elif number in choice:
            found[number] = found[choice[number]]
        else:
            found[number] = sum(found[n] for n in below[number])
    return found[0]


def list_paths(steps: Steps, choice: Choice) -> list[Path]:
    """Return every way that the policy leaves open."""
    below = children_of(steps)
    found = []
    waiting = [(0, Path(probabilities=(), end=-1, extras=(), extras_cash=()))]
    while waiting:
        number, path = waiting.pop()
        step = steps[number]
        if step.probability is not None:
            path = _longer(path, probability=step.probability)
        if step.kind == "end":
            found.append(_longer(path, end=number))
        elif step.kind == "merged":
            # the step that is laid out has a probability of its own, which is not this path's
            path = _longer(path, extra=step.extra, extra_cash=step.extra_cash)
            same = step.same_as
            options = below[same] if same not in choice else [choice[same]]
            waiting += [(n, path) for n in reversed(options)]
        else:
            options = below[number] if number not in choice else [choice[number]]
            waiting += [(n, path) for n in reversed(options)]
    return found


def _longer(
    path: Path, *, probability: int = -1, end: int = -1, extra: int = -1, extra_cash: int = -1
) -> Path:
    return Path(
        probabilities=path.probabilities if probability < 0 else (*path.probabilities, probability),
        end=end,
        extras=path.extras if extra < 0 else (*path.extras, extra),
        extras_cash=path.extras_cash if extra_cash < 0 else (*path.extras_cash, extra_cash),
    )


def spread_of_paths(
    steps: Steps, paths: Sequence[Path], values: Mapping[int, Floats], drawn: Block, years: int
) -> Spread:
    """Return the total and the reach of every path."""
    shape = drawn.weights.shape
    totals, weights = np.empty((len(paths), *shape[1:])), np.empty((len(paths), *shape[1:]))
    cash = np.zeros((years, shape[1]))
    for number, path in enumerate(paths):
        weights[number] = drawn.weights[0]
        for p in path.probabilities:
            weights[number] *= values[p][0]
        totals[number] = values[steps[path.end].total][0]
        for extra in path.extras:
            totals[number] += values[extra][0]
        if steps[path.end].cash in values:
            for flow in (steps[path.end].cash, *path.extras_cash):
                cash += (weights[number] * values[flow]).sum(axis=-1)
    return Spread(totals=totals, weights=weights, cash=cash)


def simulated_spread(
    steps: Steps,
    choice: Choice,
    values: Mapping[int, Floats],
    drawn: Block,
    years: int,
    *,
    name: str,
    seed: int,
) -> Spread:
    """Walk one path in each draw; where states are gone through, 16,384 paths over the states."""
    if drawn.origins:
        shape = drawn.weights.shape[1:]
        at = np.arange(drawn.weights.size)
        weights = drawn.weights
    else:
        shape = (1, SIMULATED)
        u = points(f"{name} state", seed=seed, scramble=0, start=0, count=SIMULATED)
        edges = np.cumsum(drawn.weights.ravel())
        at = np.searchsorted(edges / edges[-1], u, side="right").clip(max=len(edges) - 1)
        weights = np.full((1, *shape), edges[-1] / SIMULATED)
    walk = _Walk(steps, choice, values, drawn.weights.shape, at)
    depth = 0
    while walk.going.size:
        walk.go_on(_shares(f"{name} path {depth}", seed, drawn, shape))
        depth += 1
    cash = np.zeros((years, shape[0]))
    if steps[walk.ends[0]].cash in values:
        cash = (walk.cash(years).reshape(years, *shape) * weights).sum(axis=-1)
    return Spread(totals=walk.totals.reshape(1, *shape), weights=weights, cash=cash)


def _shares(name: str, seed: int, drawn: Block, shape: tuple[int, ...]) -> Floats:
    origins = drawn.origins or ((0, 0),)
    found = [
        points(name, seed=seed, scramble=scramble, start=start, count=shape[-1])
        for scramble, start in origins
    ]
    return np.concatenate(found)


class _Walk:
    """Many draws on their way down one tree."""

    def __init__(
        self,
        steps: Steps,
        choice: Choice,
        values: Mapping[int, Floats],
        shape: tuple[int, ...],
        at: Draws,
    ) -> None:
        self.steps, self.choice, self.values, self.shape, self.at = steps, choice, values, shape, at
        self.below = children_of(steps)
        self.here = np.zeros(len(at), dtype=np.intp)
        self.going = np.arange(len(at))
        self.totals = np.zeros(len(at))
        self.ends = np.zeros(len(at), dtype=np.intp)
        self.merged: list[tuple[int, Draws]] = []

    def go_on(self, shares: Floats) -> None:
        """Take every draw one step further."""
        left = []
        here = self.here[self.going]
        order = np.argsort(here, kind="stable")
        numbers, starts = np.unique(here[order], return_index=True)
        for number, draws in zip(
            numbers.tolist(), np.split(self.going[order], starts[1:]), strict=True
        ):
            step = self.steps[number]
            if step.kind == "end":
                self.totals[draws] += self._value(step.total, draws)
                self.ends[draws] = number
                continue
            left.append(draws)
            if step.kind == "merged":
                self.totals[draws] += self._value(step.extra, draws)
                self.merged.append((number, draws))
                self.here[draws] = step.same_as
            elif step.kind == "decision":
                self.here[draws] = self.choice[number]
            else:
                self.here[draws] = self._outcome(number, draws, shares[draws])
        self.going = np.concatenate(left) if left else np.zeros(0, dtype=np.intp)

    def cash(self, years: int) -> Floats:
        """Return the cash of each draw, (years, draws)."""
        found = np.zeros((years, len(self.at)))
        for number in np.unique(self.ends).tolist():
            draws = np.flatnonzero(self.ends == number)
            found[:, draws] += self._by_year(self.steps[number].cash, draws, years)
        for number, draws in self.merged:
            found[:, draws] += self._by_year(self.steps[number].extra_cash, draws, years)
        return found

    def _outcome(self, number: int, draws: Draws, shares: Floats) -> Draws:
        below = self.below[number]
        passed = np.zeros(len(draws), dtype=np.intp)
        reached = np.zeros(len(draws))
        for child in below[:-1]:
            p = self.steps[child].probability
            assert p is not None, "an outcome has a probability"
            reached += self._value(p, draws)
            passed += shares >= reached
        return np.array(below)[passed]

    def _value(self, operation: int, draws: Draws) -> Floats:
        x = self.values[operation]
        found: Floats = np.broadcast_to(x, self.shape).reshape(-1)[self.at[draws]]
        return found

    def _by_year(self, operation: int, draws: Draws, years: int) -> Floats:
        x = np.broadcast_to(self.values[operation], (years, *self.shape[1:]))
        found: Floats = x.reshape(years, -1)[:, self.at[draws]]
        return found


def expected_by_draw(steps: Steps, choice: Choice, values: Mapping[int, Floats]) -> Floats:
    """Return the expected total of each draw under a policy, (1, j, k) or what broadcasts to it."""
    below = children_of(steps)
    needed = leads_to(steps, choice)
    uses = [1] * len(steps)
    for number, step in enumerate(steps):
        if needed[number] and step.kind == "merged":
            uses[step.same_as] += 1
    found: dict[int, Floats] = {}

    def take(number: int) -> Floats:
        uses[number] -= 1
        return found[number] if uses[number] else found.pop(number)

    for number in folding_order(steps):
        step = steps[number]
        if not needed[number]:
            continue
        if step.kind == "end":
            found[number] = values[step.total]
        elif step.kind == "merged":
            found[number] = take(step.same_as) + values[step.extra]
        elif step.kind == "decision":
            found[number] = take(choice[number])
        else:
            total = np.zeros((1, 1, 1))
            for child in below[number]:
                p = steps[child].probability
                assert p is not None, "an outcome has a probability"
                total = total + values[p] * take(child)
            found[number] = total
    return found[0]
