"""The decision tree as it is written: named nodes, whose branches name the next node."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from decide.model.label import Label
from decide.model.number import Number
from decide.model.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A lever and what it is set to, from the node's year on, that year included."""

    lever: str
    number: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """The probability of an outcome in each state of the discrete quantity that is tested."""

    by_state: tuple[Number, ...]  # in the order of the quantity's states


# "end" where the path ends, "merged" where it goes on as from another history
NodeKind = Literal["decision", "chance", "observation", "end", "merged"]
Rest = Literal["rest"]  # what the other branches leave


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """What leads out of a node: an option of a decision, an outcome of a chance or observation."""

    id: str
    label: Label
    p: Number | Likelihood | Rest | None = None  # None but at a ChanceNode
    settings: tuple[Setting, ...] = ()
    pay: Number | None = None  # plus is a receipt, in the node's year
    then: str | None = None  # id of the next node; None where the path ends
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionNode:
    """Where somebody chooses."""

    id: str
    label: Label
    year: int | None = None  # None: its parent's
    branches: tuple[Branch, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ChanceNode:
    """Where the world chooses, with probabilities that may depend on quantities and levers."""

    id: str
    label: Label
    year: int | None = None
    event: str = ""  # nodes that name the same event share it
    given: str = ""  # the discrete quantity whose state the likelihoods speak of
    branches: tuple[Branch, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationNode:
    """Where a quantity is seen to fall in a bin; an edge belongs to the upper bin."""

    id: str
    label: Label
    year: int | None = None
    quantity: str
    edges: tuple[Number, ...]  # ascending constants, one fewer than branches
    branches: tuple[Branch, ...]  # from the lowest bin to the highest
    place: Place


Node = DecisionNode | ChanceNode | ObservationNode


def nodes_below(first: str | None, nodes: Mapping[str, Node]) -> dict[str, Node]:
    """Return a node and all that it leads to; names that are no nodes are passed over."""
    seen: dict[str, Node] = {}
    waiting = [first]
    while waiting:
        name = waiting.pop()
        if name is not None and name in nodes and name not in seen:
            seen[name] = nodes[name]
            waiting.extend(branch.then for branch in nodes[name].branches)
    return seen


def event_of(node: Node) -> str:
    """Return the event that decides a node's outcome: its own, unless it names a shared one."""
    return (node.event if isinstance(node, ChanceNode) else "") or node.id
