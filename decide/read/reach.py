"""What a number depends on through all that it names: levers, years, a firm's performances."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from decide.formulas.expression import Call, Expression
from decide.formulas.terms import names, walk
from decide.language import Said, said
from decide.model.decision import Decision, Lever, Quantity, Strategy
from decide.model.number import Formula, Mapped, Number, Series
from decide.model.place import Place
from decide.model.tree import ChanceNode, Likelihood, Node, ObservationNode, nodes_below
from decide.read.circles import in_order
from decide.read.nodes import Entries
from decide.read.numbers import NumberReader

BY_YEAR = frozenset({"change", "lag", "cumulative"})


@dataclass(frozen=True, slots=True)
class Reach:
    """What a number depends on, near or far: the first lever, series and mapping that it meets."""

    lever: str = ""
    by_year: str = ""  # the quantity or function that varies by year
    firm: str = ""  # the quantity that is read off a firm's performance


def reach_of_quantities(
    quantities: Mapping[str, Quantity], levers: Mapping[str, Lever]
) -> dict[str, Reach]:
    """Return what each quantity and lever depends on; none may need itself."""
    found = {name: Reach(lever=name) for name in levers}
    numbers = {name: quantity.number for name, quantity in quantities.items()}
    for name in in_order(numbers):
        found[name] = reach_of(numbers[name], found, name)
    return found


def reach_of(number: Number, known: Mapping[str, Reach], name: str = "") -> Reach:
    """Return what a number depends on."""
    match number.definition:
        case Series():
            return Reach(by_year=name or number.text)
        case Mapped():
            return Reach(firm=name or number.text)
        case Formula(expression=expression):
            return _of_expression(expression, known)
        case _:
            return Reach()


def check_years_given(reader: NumberReader, root: Entries) -> None:
    """Note what goes by the year where the decision has no years, and nothing asks for them."""
    if not {"years", "payoff", "discount_rate"}.isdisjoint(root.below("decision")):
        return
    advice = said("add `years: 2024-2031` to the decision")
    for node in reader.series:
        message = said("a series goes by the year, and the decision has no `years`")
        reader.problems.gap(node, message, advice)
    for use in reader.uses:
        for part in walk(use.expression):
            if isinstance(part, Call) and part.function in BY_YEAR:
                message = said(
                    "{function} goes by the year, and the decision has no `years`",
                    function=part.function,
                )
                reader.problems.gap(use.scalar.at(part.at), message, advice, len(part.function))


def check_performances(
    reader: NumberReader, performances: Iterable[Number], known: Mapping[str, Reach]
) -> None:
    """Note performances that depend on a lever or vary by the year: one number is scored."""
    for number in performances:
        reach = reach_of(number, known)
        if isinstance(number.definition, Series):
            _refuse(reader, number, said("it is a series, and one number is scored"), "")
        elif reach.by_year:
            what = said("{name!r} varies by the year, and one number is scored", name=reach.by_year)
            _refuse(reader, number, what, number.text)
        elif reach.lever and reach.lever not in names(_expression(number)):  # else it is noted
            what = said("it depends on the lever {lever!r}, which the tree sets", lever=reach.lever)
            _refuse(reader, number, what, number.text)


def check_firms(
    reader: NumberReader,
    decision: Decision,
    root: Entries,
    families: Mapping[str, Strategy],
    nodes: Mapping[str, Node],
    known: Mapping[str, Reach],
) -> None:
    """Note what is read off a firm's performance where a strategy without a firm needs it."""
    written = root.below("strategies")
    without = [s for s in families.values() if "for_each" not in written.below(s.id)]
    if not without:
        return
    if decision.payoff is not None:
        reach = _of_expression(decision.payoff.expression, known)
        use = reader.use_of(decision.payoff.expression)
        if reach.firm and use is not None:
            _note_firm(reader, use.scalar.place, reach.firm, without[0].id, len(use.scalar.text))
    for strategy in without:
        for place, reach, width in _needed(strategy, nodes, known):
            if reach.firm:
                _note_firm(reader, place, reach.firm, strategy.id, width)


def _needed(
    strategy: Strategy, nodes: Mapping[str, Node], known: Mapping[str, Reach]
) -> Iterator[tuple[Place, Reach, int]]:
    """Yield what a strategy and the nodes that it leads to need."""
    numbers: list[Number] = [*_numbers(strategy.pay, strategy)]
    for node in nodes_below(strategy.then, nodes).values():
        if isinstance(node, ObservationNode):
            yield node.place, known.get(node.quantity, Reach()), len(node.id)
        if isinstance(node, ChanceNode) and node.given:
            yield node.place, known.get(node.given, Reach()), len(node.id)
        for branch in node.branches:
            numbers += _numbers(branch.pay, branch)
            numbers += branch.p.by_state if isinstance(branch.p, Likelihood) else ()
            numbers += [branch.p] if isinstance(branch.p, Number) else []
    for number in numbers:
        yield number.place, reach_of(number, known), len(number.text)


def _numbers(pay: Number | None, setter: object) -> list[Number]:
    settings = getattr(setter, "settings", ())
    return [*(setting.number for setting in settings), *([pay] if pay is not None else [])]


def _of_expression(expression: Expression, known: Mapping[str, Reach]) -> Reach:
    reached = [known.get(name, Reach()) for name in names(expression)]
    calls = [p.function for p in walk(expression) if isinstance(p, Call) and p.function in BY_YEAR]
    return Reach(
        lever=next((r.lever for r in reached if r.lever), ""),
        by_year=next((r.by_year for r in reached if r.by_year), next(iter(calls), "")),
        firm=next((r.firm for r in reached if r.firm), ""),
    )


def _expression(number: Number) -> Expression:
    assert isinstance(number.definition, Formula), "only a formula depends on a lever"
    return number.definition.expression


def _refuse(reader: NumberReader, number: Number, what: Said, text: str) -> None:
    message = (
        said("{text!r} cannot be a performance: {what}", text=text, what=what)
        if text
        else said("no performance: {what}", what=what)
    )
    advice = said("score a quantity that is the same in every year and whatever the tree sets")
    reader.problems.error(number.place, message, advice, len(number.text))


def _note_firm(reader: NumberReader, place: Place, name: str, strategy: str, width: int) -> None:
    message = said(
        "{name!r} is read off a firm's performance, and strategy {strategy!r} has no firm",
        name=name,
        strategy=strategy,
    )
    advice = said("use it only below strategies that are `for_each: targets`, or give it a value")
    reader.problems.error(place, message, advice, width)
