"""The firms that could be bought: facts, gates, performances, own values of quantities."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from decide.model.label import Label
from decide.model.number import Number, Provenance
from decide.model.place import Place

GateStatus = Literal["pass", "fail", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A yes-or-no condition that a firm must meet before it is scored."""

    id: str
    label: Label
    question: Label
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class GateFinding:
    """Whether a firm passes a gate, and why."""

    status: GateStatus
    why: str
    provenance: Provenance
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something known about a firm: a number or a text."""

    id: str
    label: Label
    text: str  # as it is shown
    number: Number | None  # None where it is a text
    provenance: Provenance
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A firm."""

    id: str
    label: Label
    note: str
    facts: tuple[Fact, ...]
    gates: Mapping[str, GateFinding]  # every gate of the screening
    performances: Mapping[str, Number]  # by screening criterion
    strategy_performances: Mapping[str, Number]  # by strategy criterion; where it differs
    quantities: Mapping[str, Number]  # its own values of quantities
    place: Place

    @property
    def failed_gates(self) -> tuple[str, ...]:
        """Ids of the gates that it fails; one is enough to be listed, not run."""
        return tuple(g for g, finding in self.gates.items() if finding.status == "fail")
