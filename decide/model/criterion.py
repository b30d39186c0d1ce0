"""The value tree: criteria with fixed anchors, in groups, weighted by swings."""

from dataclasses import dataclass

from decide.model.label import Label
from decide.model.number import Provenance
from decide.model.place import Place


@dataclass(frozen=True, slots=True)
class Linear:
    """Value in proportion to the performance's way from worst to best."""


@dataclass(frozen=True, slots=True)
class Exponential:
    """Constant relative bend: `middle` is the performance worth half of the way."""

    middle: float


@dataclass(frozen=True, slots=True)
class Piecewise:
    """Straight lines between the points."""

    points: tuple[tuple[float, float], ...]  # performance, value in [0, 1]; performances ascend


Shape = Linear | Exponential | Piecewise


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A described level of a constructed scale."""

    performance: float
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A leaf of the value tree."""

    id: str
    label: Label
    question: Label
    unit: str
    worst: float  # value 0
    best: float  # value 1
    shape: Shape
    levels: tuple[Level, ...] = ()
    swing: float  # worth of moving from worst to best, against its siblings; >= 0
    swing_reason: str  # shows the range that was weighed
    overlap: str = ""  # the quantity of the tree that already holds its money effect
    overlap_reason: str = ""
    provenance: Provenance
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionGroup:
    """An inner node of the value tree."""

    id: str
    label: Label
    swing: float
    swing_reason: str
    members: "tuple[Criterion | CriterionGroup, ...]"
    place: Place


ValueTree = tuple[Criterion | CriterionGroup, ...]


def leaves(tree: ValueTree) -> tuple[Criterion, ...]:
    """Return the criteria of a value tree, in the order of the files."""
    found: list[Criterion] = []
    for member in tree:
        if isinstance(member, Criterion):
            found.append(member)
        else:
            found.extend(leaves(member.members))
    return tuple(found)
