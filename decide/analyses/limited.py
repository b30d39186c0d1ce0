"""Decisions with a limited memory: each knows what it lists, and nothing more.

Lauritzen and Nilsson, Representing and solving decision problems with limited information,
Management Science 47 (2001) 1235-1251.
"""

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from decide.analyses.elimination import (
    Choice,
    Odds,
    check_size,
    maximise,
    sum_out_all,
    whole,
    worth_of,
)
from decide.analyses.policy import TIE
from decide.analyses.potentials import Potential, Sizes, size_of, sizes_of
from decide.model.diagram import Diagram, information

SEED = 1
MOST_STATES = 64  # of what a decision knows, up to which its policies are counted
STARTS = 10  # policies from which single ones are improved; the first takes options at random

Policy = dict[str, Choice]


def improve_policies(
    diagram: Diagram, risk_tolerance: float | None, starts: int = STARTS
) -> tuple[Policy, float]:
    """Improve one decision's policy after the other, from several starts; return the best end.

    No change of a single decision's policy makes it better; a change of several might.
    """
    sizes, known = sizes_of(diagram), information(diagram)
    for name, names in known.items():
        check_size(diagram.place, size_of((name, *names), sizes))
    draw = np.random.default_rng(SEED)
    found: tuple[Policy, float] | None = None
    for start in range(starts):
        odds = {}
        for name, names in known.items():
            shape = [sizes[n] for n in names]
            taken = draw.integers(sizes[name], size=shape)
            by_chance = np.full(sizes[name], 1 / sizes[name])
            odds[name] = (
                Odds(Potential((name,), by_chance), frozenset([name]))
                if start == 0
                else odds_of(Choice(name, names, taken, np.zeros(0)), sizes)
            )
        here = improve(diagram, odds, risk_tolerance)
        if found is None or here[1] > found[1] + TIE * abs(found[1]):
            found = here
    assert found is not None, "there is one start at least"
    return found


def improve(
    diagram: Diagram, start: Mapping[str, Odds], risk_tolerance: float | None
) -> tuple[Policy, float]:
    """Improve one decision's policy after the other until nothing is gained."""
    sizes = sizes_of(diagram)
    odds, policy, value = dict(start), Policy(), -np.inf
    while True:
        before = value
        for name in reversed(information(diagram)):
            policy[name], value = best_response(diagram, name, odds, risk_tolerance)
            odds[name] = odds_of(policy[name], sizes)
        if value <= before + TIE * abs(value):
            return policy, value


def best_response(
    diagram: Diagram, decision: str, policy: Mapping[str, Odds], risk_tolerance: float | None
) -> tuple[Choice, float]:
    """Return what is best at one decision while the others hold theirs, and what that is worth."""
    sizes, known = sizes_of(diagram), information(diagram)[decision]
    left = whole(diagram, sizes, risk_tolerance)
    others = [odds for name, odds in policy.items() if name != decision]
    left = replace(left, odds=(*left.odds, *others))
    left = sum_out_all(left, [n for n in sizes if n != decision and n not in known])
    left, choice = maximise(left, decision, known)
    return choice, worth_of(sum_out_all(left, known))


def odds_of(choice: Choice, sizes: Sizes) -> Odds:
    """Return a policy as probabilities of its options: 1 for what is taken."""
    certain = np.eye(sizes[choice.decision])[choice.options]
    names = (*choice.names, choice.decision)
    return Odds(Potential(names, certain), frozenset([choice.decision]))


def number_of_policies(diagram: Diagram) -> dict[str, float]:
    """Return how many policies each decision has; infinite where they are beyond counting."""
    sizes, found = sizes_of(diagram), {}
    for decision, names in information(diagram).items():
        states = size_of(names, sizes)
        is_endless = states > MOST_STATES and sizes[decision] > 1
        found[decision] = math.inf if is_endless else sizes[decision] ** states
    return found
