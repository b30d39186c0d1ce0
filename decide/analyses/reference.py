"""How did it go for others?"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv

from decide.model.decision import Model
from decide.model.precedent import ReferenceClass
from decide.program.formula import used_names


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRate:
    """The success rate of a reference class."""

    reference_class: str
    successes: int
    trials: int
    undecided: int  # too early, or not known
    rate: float  # successes over trials; nan without trials
    low: float  # 90 % interval of the Jeffreys posterior
    high: float
    median_years: float  # to first deployment, where known; nan where for none
    median_price: float
    used_by: tuple[str, ...]  # quantities whose formula names the class
    price_rank: Mapping[str, int]  # precedent -> place by price, cheapest first, where known
    years_rank: Mapping[str, int]  # precedent -> place by years to deployment, fastest first


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceClasses:
    """Every class of the model."""

    rates: Mapping[str, ClassRate]


def refer(model: Model) -> ReferenceClasses:
    """Count each class; the interval is that of Beta(successes + 1/2, failures + 1/2).

    Jeffreys's prior for a share; Brown, Cai and DasGupta, Statistical Science 16 (2001) 101-133.
    """
    return ReferenceClasses(rates={c.id: _rate(model, c) for c in model.classes.values()})


def _rate(model: Model, reference: ReferenceClass) -> ClassRate:
    rows = [model.precedents[m] for m in reference.members]
    hits, trials = reference.successes, reference.trials
    low, high = betaincinv(hits + 0.5, trials - hits + 0.5, np.array([0.05, 0.95]))
    years = {r.id: r.years_to_deployment for r in rows if r.years_to_deployment is not None}
    prices = {r.id: r.price for r in rows if r.price is not None}
    return ClassRate(
        reference_class=reference.id,
        successes=hits,
        trials=trials,
        undecided=len(rows) - trials,
        rate=hits / trials if trials else math.nan,
        low=float(low),
        high=float(high),
        median_years=float(np.median(list(years.values()))) if years else math.nan,
        median_price=float(np.median(list(prices.values()))) if prices else math.nan,
        used_by=tuple(
            q.id for q in model.quantities.values() if reference.id in used_names(q.number)
        ),
        price_rank=_ranks(prices),
        years_rank=_ranks(years),
    )


def _ranks(values: Mapping[str, float]) -> dict[str, int]:
    """Return each one's place, 1 for the smallest; equal values share the better place."""
    ordered = sorted(values.values())
    return {name: ordered.index(value) + 1 for name, value in values.items()}
