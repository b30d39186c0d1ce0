"""The written form of the files: which keys may stand where. What they mean is resolved later.

Scalars arrive as texts. The JSON Schema made from the same models lets an editor's YAML types
(numbers, dates, true and false) stand for them.
"""

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    WithJsonSchema,
)


def _shape(value: object) -> str | None:
    match value:
        case str():
            return "text"
        case dict():
            return "mapping"
        case list():
            return "list"
        case _:
            return None


SHAPES = frozenset({"text", "mapping", "list"})  # tags that stand in the path of an error

Text = Annotated[str, WithJsonSchema({"type": ["string", "number", "boolean"]})]
Words = Annotated[Text, StringConstraints(strip_whitespace=True, min_length=1)]
Languages = Annotated[dict[str, Words], Field(min_length=1)]
Label = Annotated[
    Annotated[Words, Tag("text")] | Annotated[Languages, Tag("mapping")], Discriminator(_shape)
]
Ids = Annotated[
    Annotated[Words, Tag("text")] | Annotated[list[Words], Tag("list")], Discriminator(_shape)
]
Switch = Literal["true", "false"]
SWITCH_SCHEMA = {"type": "boolean"}
Off = Annotated[Switch | None, WithJsonSchema(SWITCH_SCHEMA)]


class Written(BaseModel):
    """A mapping that takes no other keys than its own."""

    model_config = ConfigDict(extra="forbid", defer_build=True)  # built once, with the whole


class Provenance(Written):
    """Why anyone should believe a number."""

    source: Ids | None = None
    grade: Literal["judgement"] | None = None
    reason: Label | None = None
    note: Label | None = None


class NormalForm(Written):
    """A normal distribution."""

    mean: Text
    sd: Text


class LognormalForm(Written):
    """A lognormal distribution, in one of three parametrisations."""

    p10: Text | None = None
    p90: Text | None = None
    mean: Text | None = None
    sd: Text | None = None
    mu: Text | None = None
    sigma: Text | None = None


class ModeForm(Written):
    """A triangular or PERT distribution."""

    min: Text
    mode: Text
    max: Text


class BetaForm(Written):
    """A beta distribution."""

    alpha: Text
    beta: Text


class UniformForm(Written):
    """A uniform distribution."""

    min: Text
    max: Text


class StateForm(Written):
    """A named state of a discrete distribution."""

    value: Text
    p: Text


State = Annotated[
    Annotated[Text, Tag("text")] | Annotated[StateForm, Tag("mapping")], Discriminator(_shape)
]


class NumberForm(Provenance):
    """A number with what belongs to it."""

    value: Text | None = None
    low: Text | None = None
    high: Text | None = None
    p10: Text | None = None
    p50: Text | None = None
    p90: Text | None = None
    min: Text | None = None
    max: Text | None = None
    normal: NormalForm | None = None
    lognormal: LognormalForm | None = None
    triangular: ModeForm | None = None
    pert: ModeForm | None = None
    beta: BetaForm | None = None
    uniform: UniformForm | None = None
    discrete: dict[str, State] | None = None
    series: dict[str, Text] | None = None
    from_: Words | None = Field(default=None, alias="from")
    points: dict[str, Text] | None = None
    unit: Words | None = None
    label: Label | None = None


Number = Annotated[
    Annotated[Text, Tag("text")] | Annotated[NumberForm, Tag("mapping")], Discriminator(_shape)
]


class Decision(Written):
    """The frame of a decision."""

    title: Label
    question: Label | None = None
    as_of: Text | None = None
    meeting: Text | None = None
    owner: Words | None = None
    years: Text | None = None
    currency: Words | None = None
    prices: Literal["nominal", "real"] | None = None
    tax: Literal["before", "after"] | None = None
    discounting: Literal["end of year"] | None = None
    discount_rate: Number | None = None
    risk_tolerance: Number | None = None
    risk_reason: Label | None = None
    base: Words | None = None
    payoff: Text | None = None
    seed: Text | None = None


class Source(Written):
    """A publication."""

    title: Words
    address: Words | None = None
    published: Text | None = None
    known_by: Text | None = None
    known_reason: Words | None = None
    note: Label | None = None


class Strategy(Written):
    """A course of action that is compared."""

    label: Label | None = None
    note: Label | None = None
    set: dict[str, Number] | None = None
    pay: Number | None = None
    then: Words | None = None
    for_each: Literal["targets"] | None = None
    off: Off = None


class Branch(Written):
    """What leads out of a decision or an observation."""

    label: Label | None = None
    set: dict[str, Number] | None = None
    pay: Number | None = None
    then: Words | None = None


Probability = Annotated[
    Annotated[Text, Tag("text")] | Annotated[dict[str, Any], Tag("mapping")], Discriminator(_shape)
]


class Outcome(Branch):
    """What leads out of a chance."""

    p: Probability


class Node(Written):
    """A node of the tree."""

    label: Label | None = None
    year: Text | None = None
    decide: dict[str, Branch] | None = None
    chance: dict[str, Outcome] | None = None
    observe: Words | None = None
    bins: list[Text] | None = None
    outcomes: dict[str, Branch] | None = None
    then: Words | None = None
    event: Words | None = None
    given: Words | None = None


class ShapeForm(Written):
    """How value grows from worst to best."""

    middle: Text | None = None
    points: dict[str, Text] | None = None


Shape = Annotated[
    Annotated[Literal["linear"], Tag("text")] | Annotated[ShapeForm, Tag("mapping")],
    Discriminator(_shape),
]


class Criterion(Provenance):
    """A criterion, or a group of them."""

    label: Label | None = None
    question: Label | None = None
    unit: Words | None = None
    worst: Text | None = None
    best: Text | None = None
    shape: Shape | None = None
    levels: dict[str, Label] | None = None
    swing: Text
    swing_reason: Label | None = None
    overlap: Words | None = None
    overlap_reason: Label | None = None
    criteria: "dict[str, Criterion] | None" = None
    off: Off = None


class Correlation(Provenance):
    """A rank correlation between two drawn quantities."""

    between: list[Words]
    rank: Text


class Gate(Written):
    """A condition that a firm must meet."""

    label: Label | None = None
    question: Label | None = None


class Screening(Written):
    """The gates and criteria that firms are held against."""

    gates: dict[str, Gate] | None = None
    criteria: dict[str, Criterion] | None = None


class Fact(NumberForm):
    """Something known about a firm."""

    text: Label | None = None


class Finding(Provenance):
    """Whether a firm passes a gate."""

    status: Literal["pass", "fail", "unknown"]
    why: Label


class Target(Written):
    """A firm."""

    label: Label | None = None
    note: Label | None = None
    facts: dict[str, Fact] | None = None
    gates: dict[str, Finding] | None = None
    performances: dict[str, Number] | None = None
    strategy_performances: dict[str, Number] | None = None
    quantities: dict[str, Number] | None = None
    off: Off = None


class Precedent(Provenance):
    """A deal or programme of others."""

    label: Words | None = None
    kind: Words
    buyer: Words
    buyer_kind: Words
    year: Text
    price: Text | None = None
    years_to_deployment: Text | None = None
    outcome: Literal[
        "success",
        "partial",
        "failure",
        "abandoned",
        "blocked",
        "declined",
        "too_early",
        "not_known",
    ]
    relevance: Text | None = None
    why: Label | None = None


class ReferenceClass(Written):
    """Precedents of one sort."""

    label: Label | None = None
    kind: Ids | None = None
    buyer_kind: Ids | None = None
    success: Ids
    exclude: dict[str, Label] | None = None


class Workspace(Written):
    """All sections of all files together."""

    decision: Decision
    levers: dict[str, Number] | None = None
    quantities: dict[str, Number] | None = None
    sources: dict[str, Source] | None = None
    strategies: dict[str, Strategy] | None = None
    tree: dict[str, Node] | None = None
    criteria: dict[str, Criterion] | None = None
    performances: dict[str, dict[str, Number]] | None = None
    correlations: list[Correlation] | None = None
    screening: Screening | None = None
    targets: dict[str, Target] | None = None
    precedents: dict[str, Precedent] | None = None
    classes: dict[str, ReferenceClass] | None = None


SECTIONS = tuple(Workspace.model_fields)


def file_schema() -> dict[str, Any]:
    """Return the JSON Schema of one file: every section may stand in it, none must."""
    schema = Workspace.model_json_schema(by_alias=True)
    schema.pop("required", None)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "A file of a decision workspace"
    schema["minProperties"] = 1
    return schema
