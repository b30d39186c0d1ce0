"""The written form of texts and numbers, wherever they stand.

Scalars arrive as texts.
"""

from typing import Literal, NewType, Required, TypedDict

from decide.read.written_percentiles import PercentileForm

Text = str
Words = NewType("Words", str)  # a text that is not empty
Label = Words | dict[str, Words]  # by language
Ids = Words | list[Words]
Switch = Literal["true", "false"]


class Provenance(TypedDict, total=False):
    """Why anyone should believe a number."""

    source: Ids
    grade: Literal["judgement"]
    reason: Label
    note: Label


class NormalForm(TypedDict, total=False):
    """A normal distribution."""

    mean: Required[Text]
    sd: Required[Text]


class LognormalForm(TypedDict, total=False):
    """A lognormal distribution, in one of three parametrisations."""

    p10: Text
    p90: Text
    mean: Text
    sd: Text
    mu: Text
    sigma: Text


class ModeForm(TypedDict, total=False):
    """A triangular or PERT distribution."""

    min: Required[Text]
    mode: Required[Text]
    max: Required[Text]


class BetaForm(TypedDict, total=False):
    """A beta distribution."""

    alpha: Required[Text]
    beta: Required[Text]


class UniformForm(TypedDict, total=False):
    """A uniform distribution."""

    min: Required[Text]
    max: Required[Text]


class StateForm(TypedDict, total=False):
    """A named state of a discrete distribution."""

    value: Required[Text]
    p: Required[Text]


State = Text | StateForm


class ColumnForm(TypedDict):
    """A column of a table."""

    file: Words
    column: Words


class DistributionForm(PercentileForm, total=False):
    """A distribution: one of its forms."""

    min: Text
    max: Text
    normal: NormalForm
    lognormal: LognormalForm
    triangular: ModeForm
    pert: ModeForm
    beta: BetaForm
    uniform: UniformForm
    discrete: dict[str, State]
    empirical: list[Text] | ColumnForm
    mixture: "dict[str, ComponentForm]"


class ComponentForm(DistributionForm, total=False):
    """A component of a mixture."""

    p: Required[Text]
    value: Text


_FromForm = TypedDict("_FromForm", {"from": Text}, total=False)


class NumberForm(Provenance, DistributionForm, _FromForm, total=False):
    """A number with what belongs to it."""

    value: Text
    low: Text
    high: Text
    series: dict[str, Text]
    points: dict[str, Text]
    unit: Words
    label: Label


Number = Text | NumberForm
