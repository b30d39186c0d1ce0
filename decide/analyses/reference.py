"""How did it go for others?"""

from collections.abc import Mapping
from dataclasses import dataclass


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
