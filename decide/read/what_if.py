"""A what-if from a file: what a meeting has moved on the page, to be run on all draws."""

import math
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Required, TypedDict

from decide.formulas.error import FormulaError
from decide.formulas.parse import parse_number
from decide.language import Said, said
from decide.model.criterion import CriterionGroup, ValueTree
from decide.model.decision import Model
from decide.model.distribution import Discrete
from decide.model.movable import movable
from decide.model.number import Fixed, Number
from decide.model.place import InvalidInputError, Place, Problem
from decide.model.tree import DecisionNode, ObservationNode, event_of, nodes_below
from decide.model.what_if import Supposition, WhatIf
from decide.read.files import decoded
from decide.read.nodes import Entries, Items, Node, Scalar
from decide.read.problems import Problems, nearest, order
from decide.read.shape import check_shape
from decide.read.written_numbers import Text, Words
from decide.read.yaml_text import read_yaml

FARTHEST = 6.0  # normal scores by which a distribution may be shifted
NUMBERS = said("numbers to move")
FREE = ("none", "endless", "inf")  # ways to write that nobody minds risk


class SeenForm(TypedDict):
    """An outcome that is supposed to be seen, in one strategy's tree."""

    node: Words
    outcome: Words
    strategy: Words


class WhatIfForm(TypedDict, total=False):
    """What is moved."""

    digest: Words
    acquired: Words
    pinned: dict[str, Text]
    shifted: dict[str, Text]
    swings: dict[str, Text]
    horizon: Text
    risk_tolerance: Text
    made: dict[str, Words]
    seen: list[SeenForm]


class PatchForm(TypedDict):
    """A file with a what-if."""

    what_if: Required[WhatIfForm]


def read_what_if(path: Path | str, model: Model) -> WhatIf:
    """Read a what-if for a model from a file, such as the page's "copy as YAML" gives.

    Amounts are in plain units, shares fractions or with a %-sign. Raises InvalidInputError with
    every problem found: what cannot be read, and what the model has not or may not be moved to.
    """
    path = Path(path)
    problems = Problems()
    text = _text_of(path, problems)
    root = None if text is None else read_yaml(text, path.name, problems)
    what_if = WhatIf()
    if root is None and not problems.has_errors:
        problems.error(
            Place(path.name, 1), said("there is no what-if in it"), said("start with what_if:")
        )
    if root is not None:
        check_shape(root, problems, PatchForm)
        what_if = _what_if(root.below("what_if"), model, problems)
    if problems.has_errors:
        lines = (text or "").split("\n")
        raise InvalidInputError(_with_line(p, lines) for p in order(problems.certain()))
    return what_if


def _text_of(path: Path, problems: Problems) -> str | None:
    try:
        return decoded(path.read_bytes(), path.name, problems)
    except OSError as error:
        message = said("the what-if cannot be read ({reason})", reason=error.strerror)
        problems.error(
            Place(path.name, 1), message, said("give the path of a file that you may read")
        )
        return None


def _with_line(problem: Problem, lines: list[str]) -> Problem:
    if problem.place is None or problem.place.line > len(lines):
        return problem
    return replace(problem, excerpt=lines[problem.place.line - 1])


def _what_if(entries: Entries, model: Model, problems: Problems) -> WhatIf:
    numbers = movable(model)
    pinned = _numbers(entries.below("pinned"), numbers, problems)
    for name, value in pinned.items():
        _check_pin(entries.below("pinned").values[name], name, value, numbers[name], problems)
    drawn = {n: x for n, x in numbers.items() if not isinstance(x.definition, Fixed)}
    shifted = _numbers(entries.below("shifted"), drawn, problems, said("quantities that are drawn"))
    for name, score in shifted.items():
        node = entries.below("shifted").values[name]
        if abs(score) > FARTHEST:
            message = said("{name!r} is shifted by {score:g} normal scores", name=name, score=score)
            problems.error(
                node, message, said("six either way is the farthest; 1 is a standard deviation")
            )
        if name in pinned:
            message = said("{name!r} is pinned and shifted", name=name)
            problems.error(node, message, said("pin it or shift it"))
    swings = _numbers(entries.below("swings"), _members(model.criteria), problems, said("criteria"))
    for name, swing in swings.items():
        if swing < 0:
            node = entries.below("swings").values[name]
            problems.error(
                node,
                said("the swing of {name!r} is {swing:g}", name=name, swing=swing),
                said("give 0 or more"),
            )
    return WhatIf(
        pinned=pinned,
        shifted=shifted,
        swings=swings,
        horizon=_horizon(entries.get("horizon"), model, problems),
        risk_tolerance=_tolerance(entries.get("risk_tolerance"), problems),
        acquired=_acquired(entries.get("acquired"), model, problems),
        supposed=_supposed(entries, model, problems),
    )


def _numbers(
    entries: Entries, known: Collection[str], problems: Problems, what: Said = NUMBERS
) -> dict[str, float]:
    found = {}
    for name, key in entries.keys.items():
        if name not in known:
            problems.error(
                key, said("{name!r} cannot be moved", name=name), nearest(name, known, what=what)
            )
            continue
        value = _number(entries.values[name], problems)
        if value is not None:
            found[name] = value
    return found


def _number(node: Node, problems: Problems) -> float | None:
    if not isinstance(node, Scalar):
        return None
    try:
        return parse_number(node.text)
    except FormulaError as error:
        problems.error(node.at(error.at), error.message, error.advice, width=error.width)
        return None


def _check_pin(node: Node, name: str, value: float, number: Number, problems: Problems) -> None:
    definition = number.definition
    if isinstance(definition, Discrete) and value not in definition.values:
        states = ", ".join(f"{v:g}" for v in definition.values)
        message = said(
            "{name!r} is pinned to {value:g}, which is none of its states", name=name, value=value
        )
        problems.error(node, message, said("its states: {states}", states=states))
    if name.endswith(".p") and not 0 <= value <= 1:
        problems.error(
            node,
            said("the probability {value:g} is not between 0 and 1", value=value),
            said("write 0.3 or 30 %"),
        )
    if name == "discount_rate" and not -0.5 < value < 1:
        message = said(
            "a discount rate of {rate:g} is {percent:g} % a year", rate=value, percent=100 * value
        )
        problems.error(node, message, said("write {value:g} % where that is meant", value=value))


def _members(tree: ValueTree) -> set[str]:
    found = {member.id for member in tree}
    for member in tree:
        if isinstance(member, CriterionGroup):
            found |= _members(member.members)
    return found


def _horizon(node: Node | None, model: Model, problems: Problems) -> int | None:
    value = None if node is None else _number(node, problems)
    if node is None or value is None:
        return None
    years = model.decision.years
    if value in years:
        return int(value)
    if years:
        advice = said("give a year from {first} to {last}", first=years[0], last=years[-1])
    else:
        advice = said("leave it out: the decision has no years")
    problems.error(
        node, said("the horizon {value:g} is not a year of the decision", value=value), advice
    )
    return None


def _tolerance(node: Node | None, problems: Problems) -> float | None:
    if isinstance(node, Scalar) and node.text.strip().lower() in FREE:
        return math.inf
    value = None if node is None else _number(node, problems)
    if node is not None and value is not None and value <= 0:
        message = said("the risk tolerance is {value:g}; it must be above 0", value=value)
        problems.error(node, message, said("write none where nobody minds risk"))
    return value


def _acquired(node: Node | None, model: Model, problems: Problems) -> str:
    if not isinstance(node, Scalar):
        return ""
    bought = dict.fromkeys(s.target for s in model.strategies.values() if s.target)
    if node.text not in bought:
        known = nearest(
            node.text,
            bought,
            what=said("firms that a strategy buys"),
            none=said("there are no firms that a strategy buys"),
        )
        problems.error(node, said("no strategy buys {text!r}", text=node.text), known)
    return node.text


def _supposed(entries: Entries, model: Model, problems: Problems) -> tuple[Supposition, ...]:
    found: list[tuple[Scalar, Supposition]] = []
    made = entries.below("made")
    for node, key in made.keys.items():
        outcome = made.values[node]
        if isinstance(outcome, Scalar) and _has_outcome(key, outcome, model, problems):
            if isinstance(model.nodes[node], ObservationNode):
                message = said("{node!r} observes a quantity, and cannot be made to", node=node)
                problems.error(key, message, said("say under `seen` what it shows"))
            found.append((key, Supposition(node=node, branch=outcome.text)))
    seen = entries.get("seen")
    for item in seen.items if isinstance(seen, Items) else ():
        if isinstance(item, Entries):
            found += _seen(item, model, problems)
    events: dict[str, Supposition] = {}
    for written, supposed in found:
        event = event_of(model.nodes[supposed.node])
        if event in events:
            earlier = events[event]
            message = said(
                "{node!r} is supposed to end twice, {branch!r} before",
                node=supposed.node,
                branch=earlier.branch,
            )
            problems.error(written, message, said("keep one outcome of an event"))
        events[event] = supposed
    return tuple(supposed for _, supposed in found)


def _seen(item: Entries, model: Model, problems: Problems) -> list[tuple[Scalar, Supposition]]:
    node, outcome, strategy = (item.get(key) for key in ("node", "outcome", "strategy"))
    if not (
        isinstance(node, Scalar) and isinstance(outcome, Scalar) and isinstance(strategy, Scalar)
    ):
        return []
    if strategy.text not in model.strategies:
        known = nearest(
            strategy.text,
            model.strategies,
            what=said("strategies"),
            none=said("there are no strategies"),
        )
        problems.error(strategy, said("{text!r} is not a strategy", text=strategy.text), known)
        return []
    if not _has_outcome(node, outcome, model, problems):
        return []
    if node.text not in nodes_below(model.strategies[strategy.text].then, model.nodes):
        message = said(
            "the tree of {strategy!r} never comes to {node!r}",
            strategy=strategy.text,
            node=node.text,
        )
        problems.error(node, message, said("see it in a strategy whose tree does, or make it so"))
    own = Supposition(node=node.text, branch=outcome.text, strategy=strategy.text)
    return [(node, own)]


def _has_outcome(node: Scalar, outcome: Scalar, model: Model, problems: Problems) -> bool:
    """Say whether a node that is no decision has an outcome; note it where not."""
    outcomes: Mapping[str, tuple[str, ...]] = {
        n.id: tuple(b.id for b in n.branches)
        for n in model.nodes.values()
        if not isinstance(n, DecisionNode)
    }
    if node.text not in outcomes and model.diagram is not None:
        advice = said("of a model with a diagram, the risk tolerance alone can be moved")
        problems.error(node, said("outcomes of a diagram cannot be supposed"), advice)
        return False
    if node.text not in outcomes:
        known = nearest(
            node.text, outcomes, what=said("chance nodes"), none=said("there are no chance nodes")
        )
        problems.error(node, said("{text!r} is not a chance node", text=node.text), known)
        return False
    if outcome.text not in outcomes[node.text]:
        known = nearest(
            outcome.text,
            outcomes[node.text],
            what=said("its outcomes"),
        )
        problems.error(
            outcome,
            said("{outcome!r} is not an outcome of {node!r}", outcome=outcome.text, node=node.text),
            known,
        )
        return False
    return True
