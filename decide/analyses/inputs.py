"""Which numbers go in, what are they worth, and what do they drive?"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class InputSummary:
    """One quantity, as the program saw it."""

    quantity: str  # "price@graphcore" for a firm's own
    mean: float  # over draws, in its last year where it is a series; nan where a lever enters
    p10: float
    p50: float
    p90: float
    is_drawn: bool
    inputs: tuple[str, ...]  # names in its formula
    drives: tuple[str, ...]  # quantities, nodes, strategies and "payoff" that name it directly
    by_year: tuple[float, ...]  # mean by year; () where it does not depend on the year


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Every quantity of the model."""

    summaries: Mapping[str, InputSummary]
