"""Times of two ways to do the same, taken in turn so that both meet the same machine."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

ROUNDS = 15

Unit = Literal["s", "MB", "KB"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """What another program took for a row's work."""

    name: str
    seconds: float | None  # None where it was not timed
    note: str = ""  # what it left out or what was scaled; why it was not timed


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table; seconds, or what `unit` says."""

    work: str
    ours: float  # median
    fastest: float
    limit: float  # what it is compared with: written by hand, or an aim
    limit_name: str
    most: float  # the largest ratio of ours to the limit that is accepted
    unit: Unit = "s"
    peers: tuple[Peer, ...] = ()

    @property
    def ratio(self) -> float:
        """How many times the limit we take."""
        return self.ours / self.limit

    @property
    def is_met(self) -> bool:
        """Whether that is accepted."""
        return self.ratio <= self.most


def in_turn(ways: Sequence[Callable[[], object]], rounds: int = ROUNDS) -> list[list[float]]:
    """Return the seconds that each way took, a list a way, after one run that is not counted."""
    times: list[list[float]] = [[] for _ in ways]
    for round_ in range(rounds + 1):
        for way, found in zip(ways, times, strict=True):
            start = time.perf_counter()
            way()
            if round_:
                found.append(time.perf_counter() - start)
    return times


def compared(
    work: str,
    ours: Callable[[], object],
    limit: Callable[[], object],
    *,
    name: str,
    most: float,
    rounds: int = ROUNDS,
) -> Row:
    """Time our way and the limit's in turn."""
    own, other = in_turn((ours, limit), rounds)
    return Row(
        work=work,
        ours=median(own),
        fastest=min(own),
        limit=median(other),
        limit_name=name,
        most=most,
    )
