"""Mixtures, and distributions of what was seen."""

import math
from collections.abc import Callable, Iterator, Mapping

from decide.language import said
from decide.model.distribution import Component, Discrete, Distribution, Empirical, Mixture, Shifted
from decide.read.nodes import Entries, Items, Node, Scalar
from decide.read.points import Constant, read_shares
from decide.read.problems import Problems, nearest
from decide.read.scale import Scale
from decide.read.support import RARE, support_of
from decide.read.tables import read_column, table_path

Bounds = tuple[float | None, float | None]


def read_empirical(
    entries: Entries,
    tables: Mapping[str, str],
    constant: Constant,
    bounds: Bounds,
    scale: Scale,
    problems: Problems,
) -> Empirical | None:
    """Return the distribution of a list or a column of values; None where it is none."""
    listed = entries.get("empirical")
    items = listed.items if isinstance(listed, Items) else _column(listed, tables, problems)
    if items is None:
        return None
    values = tuple(sorted(constant(item, scale) for item in items))
    if any(map(math.isnan, values)):
        return None
    if len(set(values)) < 2:
        message = said("an empirical distribution needs two different values or more")
        problems.error(listed or entries, message, said("write empirical: [3.1, 4.7, 2.9]"))
        return None
    found = Empirical(values=values, min=bounds[0], max=bounds[1])
    return found if _leaves_mass(entries, (found,), bounds, problems) else None


def _column(
    node: Node | None, tables: Mapping[str, str], problems: Problems
) -> tuple[Node, ...] | None:
    """Return the cells of the column that is named; None where there is none."""
    file = node.get("file") if isinstance(node, Entries) else None
    column = node.get("column") if isinstance(node, Entries) else None
    if not isinstance(file, Scalar) or not isinstance(column, Scalar):
        return None
    path = table_path(file)
    if path not in tables:
        message = said("there is no table {path!r} in the workspace", path=path)
        problems.gap(
            file,
            message,
            nearest(path, tables, what=said("tables"), none=said("there are no tables")),
        )
        return None
    return read_column(tables[path], path, column, problems)


def read_mixture(
    entries: Entries,
    component: Callable[[Entries], Distribution | None],
    constant: Constant,
    bounds: Bounds,
    problems: Problems,
) -> Distribution | None:
    """Return a mixture, those within it dissolved; None where its parts do not make one."""
    below = entries.below("mixture")
    if not below.keys:
        advice = said("write mixture: {bad: {p: 20 %, value: 0}, good: {p: rest, normal: …}}")
        problems.error(entries.keys["mixture"], said("a mixture needs a component or more"), advice)
        return None
    parts = [component(below.below(key)) for key in below]
    chances = {key: below.below(key).get("p") for key in below}
    shares = read_shares(below, chances, constant, problems)
    made = [part for part in parts if part is not None]
    if shares is None or len(made) < len(parts):
        return None
    weighted = [
        (share * p, found)
        for share, part in zip(shares, made, strict=True)
        for p, found in _dissolved(part)
        if share * p > 0
    ]
    components = tuple(found for _, found in weighted)
    likely = tuple(found for p, found in weighted if p >= RARE)
    if not _leaves_mass(entries, likely, bounds, problems):
        return None
    return Mixture(
        probabilities=tuple(p for p, _ in weighted),
        components=components,
        min=bounds[0],
        max=bounds[1],
    )


def constant_component(value: float) -> Discrete | None:
    """Return a component that is one value; None where that could not be read."""
    return None if math.isnan(value) else Discrete(values=(value,), probabilities=(1.0,))


def _dissolved(part: Distribution) -> Iterator[tuple[float, Component]]:
    if isinstance(part, Mixture):
        yield from zip(part.probabilities, part.components, strict=True)
    elif isinstance(part, Discrete):
        for p, value in zip(part.probabilities, part.values, strict=True):
            yield p, Discrete(values=(value,), probabilities=(1.0,))
    else:
        assert not isinstance(part, Shifted), "no file holds a shifted distribution"
        yield 1.0, part


def _leaves_mass(
    entries: Entries, components: tuple[Component, ...], bounds: Bounds, problems: Problems
) -> bool:
    """Say whether the bounds leave anything of the components; a problem is noted."""
    low = -math.inf if bounds[0] is None else bounds[0]
    high = math.inf if bounds[1] is None else bounds[1]
    if any(_overlaps(support_of(component), low, high) for component in components):
        return True
    key = "min" if bounds[0] is not None else "max"
    message = said(
        "{bound} {value} leaves nothing of this distribution", bound=key, value=entries.text(key)
    )
    if len([b for b in bounds if b is not None]) == 2:
        message = said(
            "min {low} and max {high} leave nothing of this distribution",
            low=entries.text("min"),
            high=entries.text("max"),
        )
    problems.error(entries.values[key], message, said("widen the bounds, or leave them out"))
    return False


def _overlaps(support: tuple[float, float], low: float, high: float) -> bool:
    least, most = support
    return (low <= least <= high) if least == most else (least < high and low < most)
