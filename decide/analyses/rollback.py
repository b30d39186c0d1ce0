"""What is each strategy worth, and what should be chosen at each decision?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

NodeKind = Literal["decision", "chance", "observation", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One node of a strategy's tree, unfolded so that each history has its own copy.

    Money is present value against the base strategy, in plain currency units.
    """

    parent: int  # index of the step above it in its strategy's tuple; -1 at the top
    branch: str  # id of the parent's branch that leads here; "" at the top
    node: str  # id of the node; "" where the path ends
    kind: NodeKind
    year: int | None
    probability: float  # of the branch, given its parent; 1 for an option
    reach: float  # probability of coming here under the policy; 0 where it is not chosen
    expected_value: float  # of the path's total, given that one comes here
    certainty_equivalent: float  # the same as utility sees it; equal to it when risk-neutral
    choice: str = ""  # at a decision: id of the option taken
    ties: tuple[str, ...] = ()  # other options worth the same, within 1e-12 of scale
    effective_draws: float = float("inf")  # behind a decision; infinite where enumerated
    borrowed: bool = False  # too few of them: the choice is that of the nearest bin with enough


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyValue:
    """What one strategy is worth under the policy, on draws that did not choose it."""

    strategy: str
    expected_value: float
    certainty_equivalent: float
    standard_error: float  # of the certainty equivalent, from independent scrambles; 0 if exact
    in_sample: float  # the certainty equivalent on the draws that chose the policy
    sd: float
    p10: float
    p50: float
    p90: float
    probability_of_loss: float  # of a total below 0
    worst_tenth_mean: float  # mean of the worst 10 % of outcomes
    minimum: float
    maximum: float
    profile: tuple[tuple[float, float], ...]  # (total, probability of at most that); rising
    cash: tuple[float, ...]  # expected, undiscounted, by year of the decision; () without years


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How the numbers came about."""

    draws: int  # behind each printed value; the number of states where enumerated
    policy_draws: int  # on which the policy was chosen
    scrambles: int
    seed: int
    is_enumerated: bool  # all uncertainty is discrete and was gone through state by state


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollback:
    """The value and the policy of every strategy."""

    values: Mapping[str, StrategyValue]  # in the order of the files
    steps: Mapping[str, tuple[Step, ...]]  # a parent stands before its children
    ranking: tuple[str, ...]  # by certainty equivalent, best first; ties in file order
    sampling: Sampling
