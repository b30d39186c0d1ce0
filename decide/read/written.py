"""The written form of the sections: which keys may stand where. What they mean is resolved later.

A key that must stand there is `Required`.
"""

from typing import Literal, Required, TypedDict

from decide.model.precedent import Outcome as SeenOutcome
from decide.read.written_numbers import (
    Ids,
    Label,
    Number,
    NumberForm,
    Provenance,
    Switch,
    Text,
    Words,
)


class Decision(TypedDict, total=False):
    """The frame of a decision."""

    title: Required[Label]
    question: Label
    as_of: Text
    meeting: Text
    owner: Words
    years: Text
    currency: Words
    prices: Literal["nominal", "real"]
    tax: Literal["before", "after"]
    discounting: Literal["end of year"]
    discount_rate: Number
    risk_tolerance: Number
    risk_reason: Label
    language: Words
    base: Words
    payoff: Text
    seed: Text


class Source(TypedDict, total=False):
    """A publication."""

    title: Required[Words]
    address: Words
    published: Text
    known_by: Text
    known_reason: Words
    note: Label


class Strategy(TypedDict, total=False):
    """A course of action that is compared."""

    label: Label
    note: Label
    set: dict[str, Number]
    pay: Number
    then: Words
    for_each: Literal["targets"]
    off: Switch


class Branch(TypedDict, total=False):
    """What leads out of a decision or an observation."""

    label: Label
    set: dict[str, Number]
    pay: Number
    then: Words


Probability = Text | dict[str, object]  # by state, or a number: the node says which


class Outcome(Branch, total=False):
    """What leads out of a chance."""

    p: Required[Probability]


class Node(TypedDict, total=False):
    """A node of the tree."""

    label: Label
    year: Text
    decide: dict[str, Branch]
    chance: dict[str, Outcome]
    observe: Words
    bins: list[Text]
    outcomes: dict[str, Branch]
    then: Words
    event: Words
    given: Words


Table = list[object] | dict[str, object]  # by state or in the order of states, level by level


class DiagramNode(Provenance, total=False):
    """A node of the influence diagram."""

    label: Label
    labels: dict[str, Label]
    chance: list[Words] | dict[str, Text]
    decide: list[Words]
    value: Text | Table
    given: list[Words]
    table: Table
    knows: list[Words]


class Diagram(TypedDict, total=False):
    """An influence diagram."""

    memory: Required[Literal["no_forgetting", "limited"]]
    nodes: Required[dict[str, DiagramNode]]


class ShapeForm(TypedDict, total=False):
    """How value grows from worst to best."""

    middle: Text
    points: dict[str, Text]


Shape = Literal["linear"] | ShapeForm


class Criterion(Provenance, total=False):
    """A criterion, or a group of them."""

    label: Label
    question: Label
    unit: Words
    worst: Text
    best: Text
    shape: Shape
    levels: dict[str, Label]
    swing: Required[Text]
    swing_reason: Label
    overlap: Words
    overlap_reason: Label
    criteria: "dict[str, Criterion]"
    off: Switch


class Correlation(Provenance, total=False):
    """A rank correlation between two drawn quantities."""

    between: Required[list[Words]]
    rank: Required[Text]


class Gate(TypedDict, total=False):
    """A condition that a firm must meet."""

    label: Label
    question: Label


class Screening(TypedDict, total=False):
    """The gates and criteria that firms are held against."""

    gates: dict[str, Gate]
    criteria: dict[str, Criterion]


class Fact(NumberForm, total=False):
    """Something known about a firm."""

    text: Label


class Finding(Provenance, total=False):
    """Whether a firm passes a gate."""

    status: Required[Literal["pass", "fail", "unknown"]]
    why: Required[Label]


class Target(TypedDict, total=False):
    """A firm."""

    label: Label
    note: Label
    facts: dict[str, Fact]
    gates: dict[str, Finding]
    performances: dict[str, Number]
    strategy_performances: dict[str, Number]
    quantities: dict[str, Number]
    off: Switch


class Precedent(Provenance, total=False):
    """A deal or programme of others."""

    label: Words
    kind: Required[Words]
    buyer: Required[Words]
    buyer_kind: Required[Words]
    year: Required[Text]
    price: Text
    years_to_deployment: Text
    outcome: Required[SeenOutcome]
    relevance: Text
    why: Label


class ReferenceClass(TypedDict, total=False):
    """Precedents of one sort."""

    label: Label
    note: Label
    kind: Ids
    buyer_kind: Ids
    success: Required[Ids]
    exclude: dict[str, Label]


class Theme(TypedDict, total=False):
    """How the page looks."""

    light: dict[str, Words]
    dark: dict[str, Words]
    typeface: Words
    logo: Words
    footer: Label


class Workspace(TypedDict, total=False):
    """All sections of all files together."""

    decision: Required[Decision]
    levers: dict[str, Number]
    quantities: dict[str, Number]
    sources: dict[str, Source]
    strategies: dict[str, Strategy]
    tree: dict[str, Node]
    diagram: Diagram
    criteria: dict[str, Criterion]
    performances: dict[str, dict[str, Number]]
    correlations: list[Correlation]
    screening: Screening
    targets: dict[str, Target]
    precedents: dict[str, Precedent]
    classes: dict[str, ReferenceClass]
    theme: Theme


SECTIONS = tuple(Workspace.__annotations__)
