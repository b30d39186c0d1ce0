"""Quantities in the order in which they need one another, and those that need themselves."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from decide.formulas.terms import names
from decide.language import NOTHING, Said, said
from decide.model.decision import Quantity
from decide.model.number import Formula, Number
from decide.model.place import Place
from decide.read.problems import Problems

Below = Callable[[str], Sequence[str]]


def check_circles(
    quantities: Mapping[str, Quantity],
    own: Mapping[str, Mapping[str, Number]],
    problems: Problems,
) -> bool:
    """Note quantities that need themselves, the whole way round, a firm's own values included.

    Returns whether there are none.
    """
    numbers = {name: quantity.number for name, quantity in quantities.items()}
    before = len(problems.found)
    _check(numbers, lambda name: quantities[name].place, NOTHING, problems)
    if len(problems.found) == before:
        for target, values in own.items():
            if not any(isinstance(number.definition, Formula) for number in values.values()):
                continue
            _check_firm({**numbers, **values}, target, problems)
    return len(problems.found) == before


def in_order(numbers: Mapping[str, Number]) -> list[str]:
    """Return the names, each after what it needs; what is in a circle comes in any order."""
    ordered: dict[str, None] = {}
    entered: set[str] = set()
    for start in numbers:
        waiting = [start]
        while waiting:
            name = waiting[-1]
            entered.add(name)
            left = [n for n in needs(numbers, name) if n not in entered]
            if left:
                waiting.extend(left)
            else:
                ordered[waiting.pop()] = None
    return list(ordered)


def needs(numbers: Mapping[str, Number], name: str) -> list[str]:
    """Return the quantities that a quantity's formula names."""
    definition = numbers[name].definition
    if not isinstance(definition, Formula):
        return []
    return [n for n in names(definition.expression) if n in numbers]


def circle_from(start: str, below: Below, done: set[str]) -> list[str]:
    """Return a way from a name back to itself; [] where there is none that was not seen.

    What `done` holds is not gone through again.
    """
    if start in done:
        return []
    open_: dict[str, None] = {start: None}
    waiting: list[tuple[str, Iterator[str]]] = [(start, iter(below(start)))]
    while waiting:
        name, rest = waiting[-1]
        following = next(rest, None)
        if following is None:
            done.add(name)
            del open_[name]
            waiting.pop()
        elif following in open_:
            way = list(open_)
            done.update(way)
            return [*way[way.index(following) :], following]
        elif following not in done:
            open_[following] = None
            waiting.append((following, iter(below(following))))
    return []


def _check_firm(numbers: Mapping[str, Number], target: str, problems: Problems) -> None:
    _check(numbers, lambda name: numbers[name].place, said(" at {firm!r}", firm=target), problems)


def _check(
    numbers: Mapping[str, Number],
    place_of: Callable[[str], Place],
    where: Said,
    problems: Problems,
) -> None:
    done: set[str] = set()
    for start in numbers:
        way = circle_from(start, lambda name: needs(numbers, name), done)
        if way:
            problems.error(
                place_of(way[0]),
                said(
                    "{name!r} needs itself{where}: {way}",
                    name=way[0],
                    where=where,
                    way=" -> ".join(way),
                ),
                said("break the circle: give one of them a number of its own"),
                len(way[0]),
            )
