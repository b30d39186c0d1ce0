"""The whole model: everything that the files say, checked and resolved."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from decide.model.criterion import ValueTree
from decide.model.diagram import Diagram
from decide.model.label import Label
from decide.model.number import Formula, Number, Provenance
from decide.model.place import Place, Problem
from decide.model.precedent import Precedent, ReferenceClass
from decide.model.target import Gate, Target
from decide.model.theme import PLAIN, Theme
from decide.model.tree import DecisionNode, Node, Setting
from decide.model.what_if import AS_AGREED, WhatIf


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The frame: what is decided, when, over which years, in which money."""

    title: Label
    question: Label
    as_of: date | None  # None where the file gives none: a textbook tree
    meeting: date | None
    owner: str
    years: tuple[int, ...]  # ascending; () where payments are undiscounted sums
    currency: str  # "USD"; "" where none is given
    prices: str  # "nominal" or "real"; "" where not stated
    tax: str  # "before" or "after"; "" where not stated
    horizon: int | None = None  # the last year whose money counts; None: all do
    discount_rate: Number | None
    risk_tolerance: Number | None  # None: risk-neutral
    base: str | None  # id of the strategy that money is counted against
    payoff: Formula | None
    seed: int
    language: str = ""  # that results are said in; "" for English
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """What strategies and events set, year by year."""

    id: str
    label: Label
    number: Number  # its value before anyone sets it
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A named number that formulas use; drawn once per draw where it is uncertain."""

    id: str
    label: Label
    number: Number
    target: str = ""  # the firm whose own value this is
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """A course of action that is compared."""

    id: str  # "acquire@graphcore" for one firm's
    label: Label
    note: Label
    family: str  # the id it was written under: "acquire"
    target: str  # the firm; "" where none
    settings: tuple[Setting, ...]
    pay: Number | None
    then: str | None
    year: int | None  # of its settings and payment; None: the first of the decision's
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publication."""

    id: str
    title: str
    address: str
    published: date | None  # a partial date counts as its last day
    published_text: str  # as written
    known_by: date | None
    known_reason: str
    note: str
    place: Place


MOVED = 0.0005  # how far a drawn rank correlation lies from the stated one to be told apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlation:
    """A rank correlation (Spearman's) between two drawn quantities."""

    between: tuple[str, str]
    rank: float
    provenance: Provenance
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchedOff:
    """Something that its file keeps but does not use."""

    kind: str  # "strategy", "criterion", "target"
    id: str
    label: Label
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceFile:
    """A file that was read, and what it was."""

    path: str  # relative to the workspace, with forward slashes
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A decision, whole."""

    decision: Decision
    levers: Mapping[str, Lever]
    quantities: Mapping[str, Quantity]  # shared ones, and classes' rates; in file order
    target_quantities: Mapping[str, Mapping[str, Quantity]]  # firm -> name -> its own value
    strategies: Mapping[str, Strategy]  # one per firm that passes, for `for_each: targets`
    nodes: Mapping[str, Node]
    root: str | None  # id of a root decision whose options are the strategies, or None
    criteria: ValueTree
    performances: Mapping[str, Mapping[str, Number]]  # strategy -> criterion
    gates: Mapping[str, Gate]
    screening: ValueTree
    targets: Mapping[str, Target]
    precedents: Mapping[str, Precedent]
    classes: Mapping[str, ReferenceClass]
    sources: Mapping[str, Source]
    correlations: tuple[Correlation, ...]  # as stated
    ranks: Mapping[tuple[str, str], float]  # as drawn: repaired where they cannot hold together
    switched_off: tuple[SwitchedOff, ...]
    warnings: tuple[Problem, ...]
    files: tuple[WorkspaceFile, ...]
    theme: Theme = PLAIN
    diagram: Diagram | None = None  # in place of strategies and a tree
    what_if: WhatIf = AS_AGREED  # what is moved, for the length of a meeting

    @property
    def digest(self) -> str:
        """SHA-256 over the files, in the order of their paths."""
        files = sorted(self.files, key=lambda file: file.path)
        lines = (f"{file.sha256}  {file.path}\n" for file in files)
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def every_quantity(self) -> dict[str, Quantity]:
        """Return the shared quantities and every firm's own, `price@graphcore`."""
        own = {
            f"{name}@{target}": quantity
            for target, quantities in self.target_quantities.items()
            for name, quantity in quantities.items()
        }
        return dict(self.quantities) | own


def strategies_of_root(node: Node) -> dict[str, Strategy]:
    """Return a root decision's options as strategies; another root is the only strategy."""
    if not isinstance(node, DecisionNode):
        only = Strategy(
            id=node.id,
            label=node.label,
            note=Label((("", ""),)),
            family=node.id,
            target="",
            settings=(),
            pay=None,
            then=node.id,
            year=node.year,
            place=node.place,
        )
        return {node.id: only}
    return {
        branch.id: Strategy(
            id=branch.id,
            label=branch.label,
            note=Label((("", ""),)),
            family=branch.id,
            target="",
            settings=branch.settings,
            pay=branch.pay,
            then=branch.then,
            year=node.year,
            place=branch.place,
        )
        for branch in node.branches
    }
