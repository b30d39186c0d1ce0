"""How the parts hang together: names that formulas use, cycles, units, the shape of the tree."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from decide.formulas.error import UnitError
from decide.formulas.expression import Expression, Name
from decide.formulas.terms import names, walk
from decide.formulas.units import YEAR, Unit, parse_unit, unit_of
from decide.model.decision import Decision, Lever, Quantity, Strategy
from decide.model.number import Formula, Mapped, Number
from decide.model.place import Place
from decide.model.tree import ChanceNode, Likelihood, Node
from decide.read.numbers import NumberReader, Use
from decide.read.problems import Problems, nearest


def check_names(reader: NumberReader, quantities: Iterable[str], levers: Iterable[str]) -> None:
    """Note names in formulas that are nothing, or levers where none may stand."""
    known, adjustable = set(quantities), set(levers)
    for use in reader.uses:
        for name in _names(use.expression):
            if name.id in adjustable and not use.levers_allowed:
                reader.problems.error(
                    _at(use, name),
                    f"the lever {name.id!r} cannot stand here; levers are set along the tree",
                    "use a quantity that no lever enters",
                    len(name.id),
                )
            elif name.id not in known and name.id not in adjustable:
                reader.problems.gap(
                    _at(use, name),
                    f"there is no quantity or lever {name.id!r}",
                    nearest(name.id, [*sorted(known), *sorted(adjustable)], what="known"),
                    len(name.id),
                )


def check_twins(groups: Mapping[str, Mapping[str, Place]], problems: Problems) -> None:
    """Note a name that means two things to formulas."""
    seen: dict[str, tuple[str, Place]] = {}
    for what, places in groups.items():
        for name, place in places.items():
            if name in seen:
                other, first = seen[name]
                problems.error(
                    place,
                    f"{name!r} is a {what} here and a {other} at {first}; a formula could not tell",
                    "rename one",
                    len(name),
                )
            seen[name] = (what, place)


def check_cycles(numbers: Mapping[str, Number], problems: Problems) -> None:
    """Note quantities that need themselves, the whole way round."""
    done: set[str] = set()
    for start in numbers:
        way = _cycle(start, lambda name: _needs(numbers, name), done)
        if way:
            problems.error(
                numbers[way[0]].place,
                f"{way[0]!r} needs itself: {' -> '.join(way)}",
                "a value of the year before is lag(x); otherwise break the circle",
                len(numbers[way[0]].text),
            )


def check_units(
    reader: NumberReader,
    decision: Decision,
    numbers: Mapping[str, Number],
    levers: Mapping[str, Lever],
    payments: Iterable[Number],
) -> None:
    """Note formulas whose units do not fit, and money that is not money."""
    known = dict(reader.units)
    for lever in levers.values():
        if lever.unit:
            known[lever.id] = _unit(lever.unit)
    for name in _in_order(numbers):
        definition = numbers[name].definition
        if isinstance(definition, Formula):
            found = _inferred(reader, definition.expression, known)
            stated = known.get(name)
            if found is not None and stated is not None and found != stated:
                reader.problems.error(
                    numbers[name].place,
                    f"{name!r} comes out in {found or 'plain numbers'}, and its unit says {stated}",
                    "correct the unit, or the formula",
                )
            elif found is not None:
                known.setdefault(name, found)
    if not decision.currency:
        return
    money = _unit(decision.currency)
    yearly = Unit(tuple(sorted([*money.powers, *((w, -p) for w, p in YEAR.powers)])))
    if decision.payoff is not None:
        _require(reader, decision.payoff, known, yearly, "the payoff must be money per year")
    for number in payments:
        if isinstance(number.definition, Formula):
            _require(reader, number.definition, known, money, "a payment must be money")
        elif number.unit and _unit(number.unit) != money:
            reader.problems.error(
                number.place,
                f"a payment must be money ({money}), and this is {number.unit}",
                "money per year belongs into the payoff",
            )


def check_tree(
    decision: Decision,
    nodes: Mapping[str, Node],
    strategies: Mapping[str, Strategy],
    problems: Problems,
    *,
    has_strategies: bool,
) -> str | None:
    """Note what is wrong with the way nodes lead to one another; return the root without strategies."""
    links = {n: [b.then for b in node.branches if b.then] for n, node in nodes.items()}
    starts = [(s.then, s.place) for s in strategies.values() if s.then]
    wanted = [(b.then, b.place) for node in nodes.values() for b in node.branches if b.then]
    for then, place in [*starts, *wanted]:
        if then not in nodes:
            problems.gap(
                place,
                f"`then` leads to {then!r}, which is no node",
                nearest(then, nodes, what="nodes"),
            )
    done: set[str] = set()
    for start in nodes:
        way = _cycle(start, lambda name: [n for n in links[name] if n in nodes], done)
        if way:
            problems.error(
                nodes[way[0]].place,
                f"the tree leads back to {way[0]!r}: {' -> '.join(way)}",
                "a path must end; write a further node for a second round",
                len(way[0]),
            )
            return None
    named = {then for then, _ in [*starts, *wanted]}
    roots = [name for name in nodes if name not in named]
    root = _root(roots, nodes, problems, has_strategies=has_strategies)
    _check_years(decision, nodes, strategies, root, problems)
    _check_events(nodes, problems)
    return root


def check_base(decision: Decision, strategies: Mapping[str, Strategy], problems: Problems) -> None:
    """Note a base that is no fixed course."""
    if decision.base is None:
        return
    if decision.base not in strategies:
        problems.gap(
            decision.place,
            f"the base {decision.base!r} is no strategy",
            nearest(decision.base, strategies, what="strategies"),
        )
        return
    base = strategies[decision.base]
    if base.then is not None:
        problems.error(
            base.place,
            f"the base strategy {base.id!r} leads into the tree; it must be a fixed course",
            "delete its `then`; what happens to everyone is a discrete quantity",
            len(base.id),
        )
    if base.target:
        problems.error(base.place, "the base strategy cannot be one for each target")


def _root(
    roots: Sequence[str], nodes: Mapping[str, Node], problems: Problems, *, has_strategies: bool
) -> str | None:
    if has_strategies:
        for name in roots:
            problems.gap(
                nodes[name].place,
                f"no strategy and no branch leads to {name!r}",
                "name it in a `then`, or delete it",
                len(name),
            )
        return None
    if not nodes:
        return None
    for name in roots[1:]:
        problems.gap(
            nodes[name].place,
            f"two nodes could be the root: {roots[0]!r} and {name!r}; nothing leads to either",
            "name one of them in a `then`, or write strategies",
            len(name),
        )
    return roots[0] if roots else None


def _check_years(
    decision: Decision,
    nodes: Mapping[str, Node],
    strategies: Mapping[str, Strategy],
    root: str | None,
    problems: Problems,
) -> None:
    first = decision.years[0] if decision.years else None
    earliest: dict[str, int | None] = {}
    waiting: list[tuple[str, int | None]] = [
        (s.then, first) for s in strategies.values() if s.then in nodes and s.then
    ]
    if root is not None:
        waiting.append((root, first))
    while waiting:
        name, before = waiting.pop()
        node = nodes[name]
        year = before if node.year is None else node.year
        if node.year is not None and before is not None and node.year < before:
            problems.error(
                node.place,
                f"{name!r} is in {node.year}, before the node that leads to it ({before})",
                "no node is earlier than its parent",
                len(name),
            )
        _check_payments(decision, node, year, problems)
        if name in earliest and (earliest[name] == year or year is None):
            continue
        earliest[name] = year
        waiting.extend((b.then, year) for b in node.branches if b.then in nodes and b.then)


def _check_payments(decision: Decision, node: Node, year: int | None, problems: Problems) -> None:
    if not decision.years or year is None or decision.years[0] <= year <= decision.years[-1]:
        return
    if any(b.pay is not None or b.settings for b in node.branches):
        problems.error(
            node.place,
            f"{node.id!r} is in {year}, outside {decision.years[0]}-{decision.years[-1]}, and pays "
            "or sets a lever",
            "move it into the decision's years, or widen them",
            len(node.id),
        )


def _check_events(nodes: Mapping[str, Node], problems: Problems) -> None:
    seen: dict[str, Node] = {}
    for node in nodes.values():
        if not isinstance(node, ChanceNode) or not node.event:
            continue
        first = seen.setdefault(node.event, node)
        if [b.id for b in first.branches] != [b.id for b in node.branches]:
            problems.error(
                node.place,
                f"{node.id!r} shares the event {node.event!r} with {first.id!r}, and their outcomes "
                "differ",
                "give both the same outcomes in the same order",
                len(node.id),
            )


def _cycle(start: str, below: Callable[[str], Sequence[str]], done: set[str]) -> list[str]:
    """Return a way from a node back to itself; [] where there is none that was not seen."""
    way: list[str] = []
    open_: dict[str, None] = {}
    waiting: list[tuple[str, Iterator[str]]] = []
    if start in done:
        return []
    waiting.append((start, iter(below(start))))
    open_[start] = None
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


def _needs(numbers: Mapping[str, Number], name: str) -> list[str]:
    definition = numbers[name].definition
    if not isinstance(definition, Formula):
        return []
    return [n for n in names(definition.expression) if n in numbers]


def _in_order(numbers: Mapping[str, Number]) -> list[str]:
    """Return the names, each after what it needs; what is in a circle comes last."""
    ordered: dict[str, None] = {}
    for start in numbers:
        waiting = [start]
        entered: set[str] = set()
        while waiting:
            name = waiting[-1]
            left = [n for n in _needs(numbers, name) if n not in ordered and n not in entered]
            entered.add(name)
            if left:
                waiting.extend(left)
            else:
                ordered[waiting.pop()] = None
    return list(ordered)


def _inferred(
    reader: NumberReader, expression: Expression, known: Mapping[str, Unit]
) -> Unit | None:
    try:
        return unit_of(expression, known.get)
    except UnitError as error:
        use = next((u for u in reader.uses if u.expression is expression), None)
        if use is not None:
            place = Place(
                use.scalar.place.file, use.scalar.place.line, use.scalar.place.column + error.at
            )
            reader.problems.error(place, error.message, error.advice)
        return None


def _require(
    reader: NumberReader, formula: Formula, known: Mapping[str, Unit], wanted: Unit, rule: str
) -> None:
    found = _inferred(reader, formula.expression, known)
    if found is not None and found != wanted:
        use = next((u for u in reader.uses if u.expression is formula.expression), None)
        if use is not None:
            reader.problems.error(
                use.scalar,
                f"{rule} ({wanted}), and {formula.text!r} is {found or 'a plain number'}",
                "check the units of the quantities that it names",
            )


def _unit(text: str) -> Unit:
    return parse_unit(text)[0]


def _names(expression: Expression) -> list[Name]:
    found: dict[str, Name] = {}
    for part in walk(expression):
        if isinstance(part, Name):
            found.setdefault(part.id, part)
    return list(found.values())


def _at(use: Use, name: Name) -> Place:
    place = use.scalar.place
    return Place(place.file, place.line, place.column + name.at + use.scalar.is_quoted)


def payments(nodes: Mapping[str, Node], strategies: Mapping[str, Strategy]) -> Iterator[Number]:
    """Yield every payment of the tree."""
    for strategy in strategies.values():
        if strategy.pay is not None:
            yield strategy.pay
    for node in nodes.values():
        for branch in node.branches:
            if branch.pay is not None:
                yield branch.pay


def probabilities(nodes: Mapping[str, Node]) -> Iterator[Number]:
    """Yield every probability of the tree that is written as a number."""
    for node in nodes.values():
        for branch in node.branches:
            if isinstance(branch.p, Likelihood):
                yield from branch.p.by_state
            elif isinstance(branch.p, Number):
                yield branch.p


def mapped(quantities: Mapping[str, Quantity]) -> Iterator[tuple[Quantity, Mapped]]:
    """Yield the quantities that come from a firm's performance."""
    for quantity in quantities.values():
        if isinstance(quantity.number.definition, Mapped):
            yield quantity, quantity.number.definition
