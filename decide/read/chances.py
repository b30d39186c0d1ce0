"""Chance nodes: probabilities as constants, formulas, `rest`, or a table by state."""

import math
from collections.abc import Mapping, Sequence

from decide.language import NOTHING, Said, listed, said
from decide.model.decision import Lever
from decide.model.distribution import Discrete
from decide.model.number import Fixed, Formula, Number, Series
from decide.model.tree import Branch, Likelihood, Rest
from decide.read.branches import read_branch
from decide.read.nodes import Entries, Node, Scalar
from decide.read.numbers import NumberReader, is_unreadable
from decide.read.points import off_one
from decide.read.problems import Problems, nearest

Probability = Number | Likelihood | Rest


def read_outcomes(
    key: Scalar,
    entries: Entries,
    reader: NumberReader,
    levers: Mapping[str, Lever],
    quantities: Mapping[str, Number],
) -> tuple[Branch, ...]:
    """Read a chance node's branches, and note probabilities that do not add up."""
    below = entries.below("chance")
    given = _given(entries, reader, quantities)
    branches = tuple(
        read_branch(
            branch_key,
            below.below(name),
            reader,
            levers,
            _probability(below.below(name), reader, given, has_given="given" in entries),
        )
        for name, branch_key in below.keys.items()
    )
    if not branches:
        reader.problems.error(
            below, said("a node without a branch leads nowhere"), said("add a branch")
        )
    else:
        _check_sums(key, below, branches, reader.problems, given)
    return branches


def _given(
    entries: Entries, reader: NumberReader, quantities: Mapping[str, Number]
) -> Discrete | None:
    node = entries.get("given")
    if not isinstance(node, Scalar):
        return None
    number = quantities.get(node.text)
    if number is None:
        advice = nearest(
            node.text, quantities, what=said("quantities"), none=said("there are no quantities")
        )
        reader.problems.gap(node, said("there is no quantity {text!r}", text=node.text), advice)
        return None
    if isinstance(number.definition, Discrete) and number.definition.states:
        return number.definition
    if not is_unreadable(number):
        message = said("{text!r} is not a discrete quantity with named states", text=node.text)
        advice = said("write discrete: {dry: {value: -70, p: 50 %}, …}")
        reader.problems.error(node, message, advice)
    return None


def _probability(
    branch: Entries, reader: NumberReader, given: Discrete | None, *, has_given: bool
) -> Probability:
    node = branch.get("p")
    if isinstance(node, Scalar) and node.text == "rest":
        return "rest"
    if isinstance(node, Entries) and has_given and not _is_number(node):
        return _table(node, reader, given)
    if isinstance(node, Entries) and not has_given and node.keys and not _is_number(node):
        message = said("this is a table by the states of a quantity, and the node names none")
        reader.problems.error(node, message, said("add `given: …` to the node"))
        return reader.number(None)
    return reader.number(node)


def _is_number(node: Entries) -> bool:
    return any(k in node for k in ("value", "p50", "source", "grade", "reason", "unit"))


def _table(node: Entries, reader: NumberReader, given: Discrete | None) -> Probability:
    if given is None:  # its problem is noted
        return reader.number(None)
    unknown = [key for name, key in node.keys.items() if name not in given.states]
    for key in unknown:
        message = said("{text!r} is not a state of the quantity", text=key.text)
        reader.problems.error(
            key,
            message,
            nearest(key.text, given.states, what=said("states"), none=said("there are no states")),
        )
    missing = [state for state in given.states if state not in node]
    if missing and not unknown:
        message = said(
            "the table has no probability for {states}",
            states=listed([repr(state) for state in missing]),
        )
        reader.problems.error(node, message, said("add one for each state"))
    numbers = [reader.number(node.get(state)) for state in given.states]
    for state, number in zip(given.states, numbers, strict=True):
        if not isinstance(number.definition, (Formula, Series)) and not _is_constant(number):
            message = said(
                "the probability in state {state!r} is drawn, or has a range", state=state
            )
            advice = said(
                "a table holds constants and formulas; name such a number under quantities"
            )
            reader.problems.error(node.values[state], message, advice)
    return Likelihood(by_state=tuple(numbers))


def _is_constant(number: Number) -> bool:
    definition = number.definition
    return isinstance(definition, Fixed) and definition.low is None


def _check_sums(
    key: Scalar,
    below: Entries,
    branches: Sequence[Branch],
    problems: Problems,
    given: Discrete | None,
) -> None:
    rests = [branch for branch in branches if branch.p == "rest"]
    if len(rests) > 1:
        at = below.below(rests[1].id).values["p"]
        message = said("`rest` stands at two branches of {text!r}", text=key.text)
        problems.error(at, message, said("one branch takes what the others leave"))
        return
    stated = [branch for branch in branches if branch.p != "rest"]
    for state, name in enumerate(given.states) if given is not None else [(0, "")]:
        chances = [_constant(branch.p, state) for branch in stated]
        where = said(" in state {name!r}", name=name) if name else NOTHING
        before = len(problems.found)
        for branch, p in zip(stated, chances, strict=True):
            if p is not None and not 0 <= p <= 1:
                at = _place_of(below.below(branch.id).values["p"], name)
                message = said(
                    "the probability of {id!r} is {p:g}{where}; it must lie in [0, 1]",
                    id=branch.id,
                    p=p,
                    where=where,
                )
                meant = p if 1 < p <= 100 else 30
                problems.error(
                    at,
                    message,
                    said("write {percent:g} % or {share:g}", percent=meant, share=meant / 100),
                )
        if len(problems.found) == before and None not in chances:
            total = math.fsum(p for p in chances if p is not None)
            _check_sum(key, total, where, below.below(rests[0].id) if rests else None, problems)


def _check_sum(
    key: Scalar, total: float, where: Said, rest: Entries | None, problems: Problems
) -> None:
    if rest is not None and total > 1 + 1e-9:
        message = said(
            "nothing is left for `rest` at {node!r}{where}: the others sum to {total:g}",
            node=key.text,
            where=where,
            total=total,
        )
        problems.error(rest.values["p"], message, said("lower one of them"))
    elif rest is None and abs(total - 1) > 1e-9:
        problems.error(
            key,
            said(
                "the probabilities at {node!r} sum to {total:g}{where}, not 1 ({off})",
                node=key.text,
                total=total,
                where=where,
                off=off_one(total),
            ),
            said("correct one, add a branch, or write `p: rest` for one"),
        )


def _constant(p: Probability | None, state: int) -> float | None:
    """Return a probability where it is a constant; None where it is a formula or unreadable."""
    if isinstance(p, Likelihood):
        p = p.by_state[state]
    if isinstance(p, Number) and isinstance(p.definition, Fixed):
        return None if math.isnan(p.definition.value) else p.definition.value
    return None


def _place_of(node: Node, state: str) -> Node:
    """Return what holds the probability itself: the entry of a table, the value of a mapping."""
    if not isinstance(node, Entries):
        return node
    entry = node.get(state) or node.get("value") or node
    return _place_of(entry, "") if isinstance(entry, Entries) and entry is not node else entry
