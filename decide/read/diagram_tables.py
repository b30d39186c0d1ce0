"""The tables of an influence diagram: numbers by the states of a node's parents."""

import math
from collections.abc import Iterator, Mapping, Sequence

from decide.language import NOTHING, Said, listed, said, said_many
from decide.read.nodes import Entries, Items, Node, Scalar
from decide.read.numbers import NumberReader
from decide.read.points import off_one
from decide.read.problems import Problems, nearest

Level = tuple[str, Sequence[str]]  # a node, and its states in order
SUM_ERROR = 1e-9


def rows_of(
    node: Node, levels: Sequence[Level], problems: Problems, above: tuple[str, ...] = ()
) -> Iterator[tuple[Node | None, tuple[str, ...]]]:
    """Yield what stands for every combination of states, the last level fastest, with the states.

    Each level is a mapping by state, or a list in the order of the states. None stands for what is
    missing; that is noted.
    """
    if not levels:
        yield node, above
        return
    name, states = levels[0]
    for state, below in zip(states, _level(node, name, states, problems), strict=True):
        if below is None:
            yield from ((None, ()) for _ in range(math.prod(len(s) for _, s in levels[1:])))
        else:
            yield from rows_of(below, levels[1:], problems, (*above, state))


def read_amount(node: Node | None, reader: NumberReader) -> float:
    """Read one entry of a table; nan where it is none."""
    if node is None:
        return math.nan
    if not isinstance(node, Scalar):
        message = said("a number is wanted here, and the table goes on")
        reader.problems.error(node, message, said("it has one level for each node under `given`"))
        return math.nan
    return reader.constant(node)


def read_row(
    node: Node | None, name: str, states: Sequence[str], where: str, reader: NumberReader
) -> list[float]:
    """Read the probabilities of a node's states, one of which may be `rest`."""
    problems = reader.problems
    parts = [None] * len(states) if node is None else _level(node, name, states, problems)
    rests = [n for n, part in enumerate(parts) if isinstance(part, Scalar) and part.text == "rest"]
    numbers = [0.0 if n in rests else read_amount(part, reader) for n, part in enumerate(parts)]
    if node is None or any(map(math.isnan, numbers)):
        return [math.nan] * len(states)
    outside = False
    for part, state, p in zip(parts, states, numbers, strict=True):
        if part is not None and not 0 <= p <= 1:
            outside = True
            meant = p if 1 < p <= 100 else 30
            message = said(
                "the probability of {state!r} is {p:g}{where}; it must lie in [0, 1]",
                state=state,
                p=p,
                where=where,
            )
            problems.error(
                part,
                message,
                said("write {percent:g} % or {share:g}", percent=meant, share=meant / 100),
            )
    if outside:
        return numbers
    if len(rests) > 1:
        second = parts[rests[1]] or node
        message = said("`rest` stands at two states of {name!r}{where}", name=name, where=where)
        problems.error(second, message, said("one state takes what the others leave"))
        return numbers
    _check_sum(node, name, math.fsum(numbers), where, problems, has_rest=bool(rests))
    for n in rests:
        numbers[n] = max(1.0 - math.fsum(numbers), 0.0)
    return numbers


def where_of(above: Sequence[str], given: Sequence[str]) -> Said:
    """Say in which states of the parents a row stands."""
    states = ", ".join(f"{name} = {state}" for name, state in zip(given, above, strict=True))
    return said(" where {states}", states=states) if states else NOTHING


def _level(
    node: Node, name: str, states: Sequence[str], problems: Problems
) -> Sequence[Node | None]:
    """Return what stands for each state of one node."""
    match node:
        case Entries() if node.keys:
            return _by_state(node, name, states, problems)
        case Items(items=items):
            if len(items) == len(states):
                return items
            message = said(
                "{name!r} has {states}, and {entries} here",
                name=name,
                states=said_many(len(states), "{number} state", "{number} states"),
                entries=said_many(len(items), "{number} entry stands", "{number} entries stand"),
            )
            advice = said("give one for each, in this order: {states}", states=", ".join(states))
            problems.error(node, message, advice)
        case _:
            message = said("the table wants one entry for each state of {name!r} here", name=name)
            problems.error(
                node, message, said("write {{{states}: …}}", states=": …, ".join(states))
            )
    return [None] * len(states)


def _by_state(
    node: Entries, name: str, states: Sequence[str], problems: Problems
) -> Sequence[Node | None]:
    unknown = [key for key in node.keys.values() if key.text not in states]
    for key in unknown:
        message = said("{text!r} is not a state of {name!r}", text=key.text, name=name)
        problems.error(
            key,
            message,
            nearest(key.text, states, what=said("states"), none=said("there are no states")),
        )
    missing = [state for state in states if state not in node]
    if missing and not unknown:
        message = said(
            "the table has nothing for {states} of {name!r}",
            states=listed([repr(state) for state in missing]),
            name=name,
        )
        problems.error(node, message, said("add one entry for each state"))
    return [node.get(state) for state in states]


def _check_sum(
    node: Node, name: str, total: float, where: str, problems: Problems, *, has_rest: bool
) -> None:
    if has_rest and total > 1 + SUM_ERROR:
        message = said(
            "nothing is left for `rest` of {name!r}{where}: the others sum to {total:g}",
            name=name,
            where=where,
            total=total,
        )
        problems.error(node, message, said("lower one of them"))
    elif not has_rest and abs(total - 1) > SUM_ERROR:
        message = said(
            "the probabilities of {name!r} sum to {total:g}{where}, not 1 ({off})",
            name=name,
            total=total,
            where=where,
            off=off_one(total),
        )
        problems.error(node, message, said("correct one, or write `rest` for one"))


def levels_of(names: Sequence[str], states: Mapping[str, Sequence[str]]) -> list[Level]:
    """Return the levels of a table over some nodes."""
    return [(name, states[name]) for name in names]


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
