"""What the model comes to: operations, and which of them are outputs."""

from collections.abc import Mapping
from dataclasses import dataclass

from decide.model.distribution import Distribution
from decide.model.number import Fixed
from decide.model.place import Place
from decide.model.tree import NodeKind
from decide.program.operations import Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramStep:
    """One node of a strategy's tree: its own copy for each history, or a reference to another's."""

    parent: int  # index in the strategy's steps; -1 at the top
    branch: str  # id of the parent's branch that leads here; "" at the top
    position: int  # of that branch among its parent's, as written; a bin's number
    node: str  # "" where the path ends
    kind: NodeKind
    year: int | None
    probability: int | None  # operation; None for an option and at the top
    total: int = -1  # operation of an end: present value less the base strategy's
    cash: int = -1  # operation of an end: the same by year, undiscounted
    same_as: int = -1  # of a merged step: the step from which on its future is laid out
    extra: int = -1  # operation of a merged step: what it has paid more than that one
    extra_cash: int = -1  # operation: the same by year
    certain: int = -1  # operation of a merged step below which nothing is decided: its
    # certainty equivalent in each draw; `total` is then its expected total in each draw


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """The probabilities at a chance node, which each draw must find in [0, 1] and summing to 1."""

    strategy: str  # the first whose tree they stand in
    node: str
    branches: tuple[str, ...]
    probabilities: tuple[int, ...]  # operations
    written: tuple[str, ...]  # each probability as its file has it
    places: tuple[Place, ...]
    has_rest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A model, compiled."""

    years: tuple[int, ...]  # (0,) where the decision has none
    has_years: bool
    operations: tuple[Operation, ...]
    distributions: Mapping[str, Distribution]  # inputs that are drawn
    parameters: Mapping[str, Fixed]  # inputs that are constants with a range
    ranks: Mapping[tuple[str, str], float]
    seed: int
    strategies: Mapping[str, tuple[ProgramStep, ...]]
    places: Mapping[str, Place]  # of the strategies
    outcomes: tuple[Outcomes, ...]
    events: Mapping[str, str]  # chance node -> the event that it shares with others
    path_ends: int  # of all strategies, every history unfolded
    sub_decisions: int  # decisions in distinct states, of all strategies
    quantities: Mapping[str, int]  # operations of all quantities that no lever enters
    performances: Mapping[tuple[str, str], int]  # (strategy, criterion)
    screening: Mapping[tuple[str, str], int]  # (target, criterion)
    evidence: tuple[int, ...] = ()  # operations: how likely each draw makes what is supposed seen


def outputs_of(step: ProgramStep) -> tuple[int, ...]:
    """Return the operations that a step's value needs; -1 for those that it has not."""
    probability = -1 if step.probability is None else step.probability
    return probability, step.total, step.certain, step.extra
