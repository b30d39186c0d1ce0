"""What others did before: deals and programmes, and the classes they form."""

from dataclasses import dataclass
from typing import Literal

from decide.model.label import Label
from decide.model.number import Provenance
from decide.model.place import Place

Outcome = Literal[
    "success", "partial", "failure", "abandoned", "blocked", "declined", "too_early", "not_known"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """One deal or programme, as it was seen at the as-of date."""

    id: str
    label: str  # "Amazon: Annapurna Labs"
    kind: str  # "acquisition", "in_house"
    buyer: str
    buyer_kind: str  # "cloud", "system", "chip"
    year: int
    price: float | None  # [currency unit], not scaled
    years_to_deployment: float | None
    outcome: Outcome
    relevance: float | None  # 0 to 3
    why: str
    provenance: Provenance
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceClass:
    """Precedents of one sort; its success rate is a quantity that formulas may name.

    The rate has the Jeffreys posterior Beta(successes + 1/2, trials - successes + 1/2); cases
    that are too early or not known are members but no trials.
    """

    id: str
    label: Label
    note: Label
    members: tuple[str, ...]  # ids of precedents
    successes: int
    trials: int
    success: tuple[str, ...]  # the outcomes that count as success
    place: Place
