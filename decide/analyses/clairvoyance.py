"""What would it be worth to know every quantity and every outcome before the first decision?

In each draw a strategy is then worth a random amount: what its best course comes to, over the
outcomes that are not yet known. Chance nodes are independent given the draw, unless they name the
same event; so the best of several options is the larger of independent amounts.
"""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from decide.analyses.policy import children_of
from decide.analyses.policy_sample import outputs_with_cash
from decide.analyses.utility import Scale
from decide.program.engine import Block, blocks, plan_draws, plan_stages, run_stages
from decide.program.program import Program, ProgramStep
from decide.uncertainty.points import Floats

DRAWS = 512
MOST_WORLDS = 64  # combinations of shared events' outcomes
MOST_ATOMS = 2**22  # amounts by draws, in one combination


@dataclass(frozen=True, slots=True, kw_only=True)
class Clairvoyance:
    """What knowing the outcomes adds to knowing the quantities, in plain currency units."""

    value: float
    standard_error: float  # from independent scrambles; 0 where enumerated


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lottery:
    """Amounts that may come out in each draw, in utility, and their probabilities; both (k, n)."""

    amounts: Floats
    probabilities: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Tree:
    """One strategy in some draws; arrays are (k,)."""

    steps: Sequence[ProgramStep]
    below: Sequence[Sequence[int]]
    utilities: Mapping[int, Floats]  # end -> utility of its total
    chances: Mapping[int, Floats]  # step -> probability given its parent, where it has one


World = Mapping[str, str]  # event -> outcome


def value_outcomes(program: Program, scale: Scale, scrambles: Sequence[int]) -> Clairvoyance | None:
    """Value knowing the outcomes too, on 512 draws or on every state.

    None where shared events have more than 64 combinations of outcomes or other odds in one place
    than in another, as a lever may give them, or the amounts are too many to go through.
    """
    plan = plan_draws(program, outputs_with_cash(program), scrambles=scrambles, draws=DRAWS)
    (drawn,) = blocks(plan)
    trees = _trees(program, scale, drawn)
    worlds = _worlds(program, trees)
    ends = sum(len(tree.utilities) for tree in trees)
    if worlds is None or ends * drawn.weights.size > MOST_ATOMS:
        return None
    informed = sum((p * _mean(_best(trees, program, world)) for world, p in worlds), np.zeros(1))
    without = reduce(np.maximum, [_known(tree) for tree in trees])
    weights = drawn.weights.ravel()
    groups = np.repeat(drawn.groups, weights.size // len(drawn.groups))
    apart = [
        _equivalent(scale, informed, here) - _equivalent(scale, without, here)
        for here in (weights * (groups == g) for g in range(len(plan.scrambles)))
    ]
    whole = _equivalent(scale, informed, weights) - _equivalent(scale, without, weights)
    error = float(np.std(apart, ddof=1)) / math.sqrt(len(apart)) if len(apart) > 1 else 0.0
    return Clairvoyance(value=max(whole, 0.0), standard_error=error)


def _trees(program: Program, scale: Scale, drawn: Block) -> list[_Tree]:
    shape = drawn.weights.shape
    found = []
    stages = plan_stages(program, tuple(program.strategies))
    for stage, values in run_stages(program, stages, drawn.inputs):
        flat = {
            n: np.broadcast_to(values[n], shape).ravel()
            for step in stage.steps
            for n in (step.total, step.probability)
            if n is not None and n >= 0
        }
        bent = {n: scale.utility(flat[n]) for n in {s.total for s in stage.steps} if n >= 0}
        found.append(
            _Tree(
                steps=stage.steps,
                below=children_of(stage.steps),
                utilities={n: bent[s.total] for n, s in enumerate(stage.steps) if s.total >= 0},
                chances={
                    n: flat[s.probability]
                    for n, s in enumerate(stage.steps)
                    if s.probability is not None
                },
            )
        )
    return found


def _known(tree: _Tree) -> Floats:
    """Return the utility of the best course in each draw, were the quantities known, (k,)."""
    found: dict[int, Floats] = {}
    for number in reversed(range(len(tree.steps))):
        below = tree.below[number]
        match tree.steps[number].kind:
            case "end":
                found[number] = tree.utilities[number]
            case "decision":
                found[number] = reduce(np.maximum, [found.pop(n) for n in below])
            case _:
                found[number] = sum((_weighed(tree.chances[n], found.pop(n)) for n in below), ZERO)
    return found[0]


def _worlds(program: Program, trees: Sequence[_Tree]) -> list[tuple[World, Floats]] | None:
    """Return every combination of shared events' outcomes with its probability in each draw."""
    chances: dict[str, dict[str, Floats]] = {}
    for tree in trees:
        for number, step in enumerate(tree.steps):
            event = program.events.get(step.node, "")
            if not event:
                continue
            own = {tree.steps[n].branch: tree.chances[n] for n in tree.below[number]}
            if len(own) < len(chances.get(event, ())):
                continue  # the event was seen above, and one outcome is left
            before = chances.setdefault(event, own)
            if len(own) > len(before):
                chances[event] = own
            elif any(not np.allclose(own[name], before[name]) for name in own):
                return None
    if math.prod(len(outcomes) for outcomes in chances.values()) > MOST_WORLDS:
        return None
    combinations = itertools.product(*(outcomes.items() for outcomes in chances.values()))
    return [
        (
            {event: name for event, (name, _) in zip(chances, combination, strict=True)},
            math.prod((p for _, p in combination), start=np.ones(1)),
        )
        for combination in combinations
    ]


def _best(trees: Sequence[_Tree], program: Program, world: World) -> Lottery:
    return _larger([_lottery(tree, program, world) for tree in trees])


def _lottery(tree: _Tree, program: Program, world: World) -> Lottery:
    """Return what a strategy's best course comes to in a world, with all outcomes known."""
    found: dict[int, Lottery] = {}
    for number in reversed(range(len(tree.steps))):
        step = tree.steps[number]
        below = [(n, found.pop(n)) for n in tree.below[number]]
        if step.kind == "end":
            amount = tree.utilities[number][:, None]
            found[number] = Lottery(amounts=amount, probabilities=np.ones(amount.shape))
        elif step.kind == "decision":
            found[number] = _larger([lottery for _, lottery in below])
        elif step.node in program.events:
            outcome = world[program.events[step.node]]
            # where the event was seen to come out otherwise above, nothing leads here
            ways = (x for n, x in below if tree.steps[n].branch == outcome)
            found[number] = next(ways, below[0][1])
        else:
            found[number] = Lottery(
                amounts=np.concatenate([x.amounts for _, x in below], axis=-1),
                probabilities=np.concatenate(
                    [tree.chances[n][:, None] * x.probabilities for n, x in below], axis=-1
                ),
            )
    return found[0]


def _larger(lotteries: Sequence[Lottery]) -> Lottery:
    """Return the largest of independent amounts, from the larger of either half of them."""
    if len(lotteries) == 1:
        return lotteries[0]
    half = len(lotteries) // 2
    return _larger_of_two(_larger(lotteries[:half]), _larger(lotteries[half:]))


def _larger_of_two(one: Lottery, other: Lottery) -> Lottery:
    """Return the larger of two amounts: its distribution function is the product of theirs."""
    pair = _sorted(one), _sorted(other)
    amounts = np.concatenate([lottery.amounts for lottery in pair], axis=-1)
    order = np.argsort(amounts, axis=-1)
    at_most = np.ones(amounts.shape)
    for number, lottery in enumerate(pair):
        own = [np.zeros(x.amounts.shape) for x in pair]
        own[number] = np.cumsum(lottery.probabilities, axis=-1)
        risen = np.take_along_axis(np.concatenate(own, axis=-1), order, axis=-1)
        at_most *= np.maximum.accumulate(risen, axis=-1)
    return Lottery(
        amounts=np.take_along_axis(amounts, order, axis=-1),
        probabilities=np.diff(at_most, axis=-1, prepend=0.0),
    )


def _sorted(lottery: Lottery) -> Lottery:
    order = np.argsort(lottery.amounts, axis=-1)
    return Lottery(
        amounts=np.take_along_axis(lottery.amounts, order, axis=-1),
        probabilities=np.take_along_axis(lottery.probabilities, order, axis=-1),
    )


def _mean(lottery: Lottery) -> Floats:
    return np.asarray(_weighed(lottery.probabilities, lottery.amounts).sum(axis=-1))


def _equivalent(scale: Scale, utilities: Floats, weights: Floats) -> float:
    mean = (weights * utilities).sum() / weights.sum()
    return float(scale.equivalent(np.array(mean)))


ZERO = np.zeros(1)


def _weighed(p: Floats, x: Floats) -> Floats:
    with np.errstate(invalid="ignore"):
        return np.where(p > 0, p * x, 0.0)
