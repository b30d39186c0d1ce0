"""Draws of all uncertain quantities: quasi-random ones, or every combination of states."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from decide.model.distribution import Discrete, Distribution
from decide.uncertainty.correlation import CorrelatedGroup, correlate, correlated_groups
from decide.uncertainty.points import Floats, points_of
from decide.uncertainty.quantiles import quantile, quantile_at

MOST_STATES = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty:
    """What is drawn together: distributions by name and their rank correlations."""

    distributions: Mapping[str, Distribution]
    groups: tuple[CorrelatedGroup, ...]
    seed: int


def uncertainty(
    distributions: Mapping[str, Distribution], ranks: Mapping[tuple[str, str], float], seed: int
) -> Uncertainty:
    """Bundle distributions with those rank correlations that join two of them."""
    inside = {pair: rank for pair, rank in ranks.items() if set(pair) <= distributions.keys()}
    groups = correlated_groups(tuple(distributions), inside)
    return Uncertainty(distributions=distributions, groups=groups, seed=seed)


def draw_places(
    uncertain: Uncertainty, *, scramble: int, start: int, count: int
) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Return where draws `start` to `start + count` of one scramble lie in each distribution.

    Shares in (0, 1) of what is independent, and normal scores of what is correlated; (count,) a
    name.
    """
    shares = points_of(
        list(uncertain.distributions),
        seed=uncertain.seed,
        scramble=scramble,
        start=start,
        count=count,
    )
    scores: dict[str, Floats] = {}
    for group in uncertain.groups:
        own = [ndtri(shares.pop(name)) for name in group.names]
        scores.update(zip(group.names, correlate(group, own), strict=True))
    return shares, scores


def draw(uncertain: Uncertainty, *, scramble: int, start: int, count: int) -> dict[str, Floats]:
    """Return draws `start` to `start + count` of one scramble, (count,) a name.

    A discrete quantity is drawn as the number of its state.
    """
    shares, scores = draw_places(uncertain, scramble=scramble, start=start, count=count)
    return {
        name: quantile(d, shares[name]) if name in shares else quantile_at(d, scores[name])
        for name, d in uncertain.distributions.items()
    }


def number_of_states(uncertain: Uncertainty) -> int | None:
    """Return how many combinations of states there are; None where they cannot be gone through.

    They cannot where a quantity is continuous or correlated, or where they are over 65,536.
    """
    sizes = [
        len(d.values) if isinstance(d, Discrete) else None for d in uncertain.distributions.values()
    ]
    if uncertain.groups or None in sizes:
        return None
    states = math.prod(size for size in sizes if size is not None)
    return states if states <= MOST_STATES else None


def enumerate_states(uncertain: Uncertainty) -> tuple[dict[str, Floats], Floats]:
    """Return every possible combination of states, (states,) a name, and their probabilities."""
    discrete = {n: d for n, d in uncertain.distributions.items() if isinstance(d, Discrete)}
    grids = _grids([np.arange(len(d.values), dtype=np.float64) for d in discrete.values()])
    chances = _grids([np.array(d.probabilities) for d in discrete.values()])
    weights = np.ones(grids[0].size if grids else 1)
    for chance in chances:
        weights = weights * chance
    is_possible = weights > 0
    drawn = {name: grid[is_possible] for name, grid in zip(discrete, grids, strict=True)}
    return drawn, weights[is_possible]


def _grids(axes: Sequence[Floats]) -> list[Floats]:
    return [grid.ravel() for grid in np.meshgrid(*axes, indexing="ij")] if axes else []
