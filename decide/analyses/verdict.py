"""Is the answer clear, and do score and tree agree?"""

from dataclasses import dataclass
from typing import Literal

Clarity = Literal["clear", "leaning", "too_close"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Who leads, by how much, and how sure that is.

    Thresholds: docs/method.md, "Clear, leaning, too close".
    """

    leader: str  # by certainty equivalent, one entry a family
    runner_up: str  # best of another family; "" where there is none
    lead: float  # difference of certainty equivalents
    lead_error: float  # its standard error from scrambles
    share_of_draws_ahead: float  # share of draws in which the leader's expected total is higher
    clarity: Clarity
    score_leader: str  # by total; "" where nothing is scored
    score_lead: float
    agree: bool  # the same family leads both
    rank_agreement: float  # Kendall's tau-b between the two rankings; nan with fewer than two
    points_given_up: float  # total of the score's leader less that of the tree's leader, in points
    price_of_a_point: float  # money per point at which the two leaders tie; nan where they agree
