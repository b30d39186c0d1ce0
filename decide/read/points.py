"""Numbers given point by point: discrete distributions, series by year, mapped performances."""

import math
import re
from collections.abc import Callable, Mapping

from decide.language import Said, said
from decide.model.distribution import Discrete
from decide.model.number import Mapped, Series
from decide.read.nodes import Entries, Node, Scalar
from decide.read.problems import Problems
from decide.read.scale import BARE, Scale

YEAR = re.compile(r"[0-9]{4}\Z")

Constant = Callable[[Node | None, Scale], float]  # a node's constant, scaled; nan for none


def read_series(
    entries: Entries, constant: Constant, scale: Scale, problems: Problems
) -> Series | None:
    """Return values by year; None where they make no series."""
    points = []
    for key, value in entries.values.items():
        if not YEAR.match(key):
            advice = said("a series is {2024: 6 %, 2031: 100 %}")
            problems.error(entries.keys[key], said("{key!r} is not a year", key=key), advice)
        else:
            points.append((int(key), constant(value, scale)))
    if not points and not entries.keys:
        problems.error(
            entries, said("the series has no points"), said("write {2024: 6 %, 2031: 100 %}")
        )
    if len(points) < max(len(entries.keys), 1) or any(math.isnan(x) for _, x in points):
        return None
    return Series(tuple(sorted(points)))


def read_mapped(
    entries: Entries, constant: Constant, scale: Scale, problems: Problems
) -> Mapped | None:
    """Return a firm's performance turned into a number; None where it is not determined."""
    below = entries.below("points")
    points = sorted(
        (constant(below.keys[key], BARE), constant(value, scale))
        for key, value in below.values.items()
    )
    if any(math.isnan(x) for point in points for x in point):
        return None
    if len({x for x, _ in points}) < max(len(points), 2):
        at = entries.get("points") or entries.keys["from"]
        message = said("a number that is read off a performance needs two different points or more")
        problems.error(at, message, said("write points: {0: 30 %, 100: 80 %}"))
        return None
    return Mapped(entries.text("from"), tuple(points))


def read_discrete(
    entries: Entries, constant: Constant, scale: Scale, problems: Problems
) -> Discrete | None:
    """Return a discrete distribution; None where its parts do not make one."""
    named = [key for key in entries if isinstance(entries.values[key], Entries)]
    if not entries.keys:
        problems.error(
            entries, said("a discrete distribution needs a value or more"), said("write {30: 50 %}")
        )
        return None
    if named and len(named) < len(entries.keys):
        problems.error(
            entries,
            said("some states have a name and some have not"),
            said("name all states, or none"),
        )
        return None
    values = [
        constant(entries.below(key).get("value") if named else entries.keys[key], scale)
        for key in entries
    ]
    chances = {key: entries.below(key).get("p") if named else entries.get(key) for key in entries}
    probabilities = read_shares(entries, chances, constant, problems)
    if probabilities is None or any(math.isnan(x) for x in values):
        return None
    if not named and len(set(values)) < len(values):
        problems.error(entries, said("one value stands twice"), said("add their probabilities up"))
        return None
    return Discrete(values=tuple(values), probabilities=probabilities, states=tuple(named))


def read_shares(
    entries: Entries,
    chances: Mapping[str, Node | None],
    constant: Constant,
    problems: Problems,
) -> tuple[float, ...] | None:
    """Return probabilities that sum to 1, one of them perhaps `rest`; None where they do not."""
    rests = [p for p in chances.values() if isinstance(p, Scalar) and p.text == "rest"]
    stated = {key: constant(p, BARE) for key, p in chances.items() if p not in rests}
    before = len(problems.found)
    for key, p in stated.items():
        if p < 0 or p > 1:
            at = chances[key] or entries
            problems.error(
                at, said("the probability is {p:g}; it must lie in [0, 1]", p=p), said("write 30 %")
            )
    if len(rests) > 1:
        problems.error(
            rests[1], said("`rest` stands twice"), said("one state takes what the others leave")
        )
    if len(problems.found) > before or any(math.isnan(p) for p in stated.values()):
        return None
    total = math.fsum(stated.values())
    if rests and total > 1 + 1e-9:
        message = said("nothing is left for `rest`: the others sum to {total:g}", total=total)
        problems.error(rests[0], message, said("lower one of them"))
        return None
    if not rests and abs(total - 1) > 1e-9:
        problems.error(
            entries,
            said("the probabilities sum to {total:g}, not 1", total=total),
            _short_of_one(total),
        )
        return None
    return tuple(stated.get(key, max(1 - total, 0.0)) for key in chances)


def _short_of_one(total: float) -> Said:
    if total < 1:
        return said("{amount:g} is missing: correct one, or write `rest` for it", amount=1 - total)
    return said("{amount:g} is too much: correct one, or write `rest` for it", amount=total - 1)


def off_one(total: float) -> Said:
    """Say by how much probabilities miss a sum of 1."""
    if total < 1:
        return said("{amount:g} missing", amount=1 - total)
    return said("{amount:g} too much", amount=total - 1)
