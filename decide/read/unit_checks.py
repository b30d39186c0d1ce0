"""Units that do not fit: within formulas, between a number and what it is for, and of money."""

from collections.abc import Iterator, Mapping

from decide.formulas.error import UnitError
from decide.formulas.expression import Expression
from decide.formulas.units import PLAIN, YEAR, Unit, parse_unit, unit_of
from decide.language import Said, said
from decide.model.decision import Decision, Lever, Quantity, Strategy
from decide.model.number import Formula, Number
from decide.model.place import Place
from decide.model.tree import Likelihood, Node, Setting
from decide.read.circles import in_order
from decide.read.numbers import NumberReader

Known = Mapping[str, Unit]


def check_units(
    reader: NumberReader,
    decision: Decision,
    quantities: Mapping[str, Quantity],
    levers: Mapping[str, Lever],
    nodes: Mapping[str, Node],
    strategies: Mapping[str, Strategy],
) -> Known:
    """Note units that do not fit; return those of the quantities and levers that have one."""
    known = _known(reader, quantities, levers)
    for setting in _settings(nodes, strategies):
        wanted = known.get(setting.lever)
        if wanted is not None:
            what = said(
                "the lever {lever!r} is in {unit}", lever=setting.lever, unit=_written(wanted)
            )
            require_unit(reader, setting.number, wanted, known, what)
    for number in _probabilities(nodes):
        require_unit(reader, number, PLAIN, known, said("a probability is a plain number"))
    if decision.currency:
        _check_money(reader, decision, nodes, strategies, known)
    return known


def require_unit(
    reader: NumberReader, number: Number, wanted: Unit, known: Known, what: Said
) -> None:
    """Note a number whose unit is known and another than wanted; `what` says the rule."""
    definition = number.definition
    found = _unit(number.unit) if number.unit else None
    if found is None and isinstance(definition, Formula):
        found = _inferred(reader, definition.expression, known)
    if found is not None and found != wanted:
        reader.problems.error(
            _place(reader, number),
            said(
                "{what}, and {text!r} is in {found}",
                what=what,
                text=number.text,
                found=_written(found),
            ),
            said("correct the unit, or the units of the quantities that it names"),
            1 if number.unit else len(number.text),
        )


def _known(
    reader: NumberReader, quantities: Mapping[str, Quantity], levers: Mapping[str, Lever]
) -> dict[str, Unit]:
    known = dict(reader.units)
    known.update({lever.id: _unit(lever.unit) for lever in levers.values() if lever.unit})
    numbers = {name: quantity.number for name, quantity in quantities.items()}
    for name in in_order(numbers):
        definition = numbers[name].definition
        if not isinstance(definition, Formula):
            continue
        found = _inferred(reader, definition.expression, known)
        stated = known.get(name)
        if found is not None and stated is not None and found != stated:
            reader.problems.error(
                _place(reader, numbers[name]),
                said(
                    "{name!r} comes out in {found}, and its unit says {stated}",
                    name=name,
                    found=_written(found),
                    stated=_written(stated),
                ),
                said("correct the unit, or the formula"),
                len(definition.text),
            )
        elif found is not None:
            known.setdefault(name, found)
    return known


def _check_money(
    reader: NumberReader,
    decision: Decision,
    nodes: Mapping[str, Node],
    strategies: Mapping[str, Strategy],
    known: Known,
) -> None:
    money = _unit(decision.currency)
    if decision.payoff is not None:
        yearly = Unit(tuple(sorted([*money.powers, *((w, -p) for w, p in YEAR.powers)])))
        found = _inferred(reader, decision.payoff.expression, known)
        use = reader.use_of(decision.payoff.expression)
        if found is not None and found != yearly and use is not None:
            reader.problems.error(
                use.scalar,
                said(
                    "the payoff is money per year ({yearly}), and {text!r} is in {found}",
                    yearly=yearly,
                    text=decision.payoff.text,
                    found=_written(found),
                ),
                said("check the units of the quantities that it names"),
            )
    for number in _payments(nodes, strategies):
        require_unit(reader, number, money, known, said("a payment is money ({unit})", unit=money))
    tolerance, rate = decision.risk_tolerance, decision.discount_rate
    if tolerance is not None:
        what = said("the risk tolerance is money ({unit})", unit=money)
        require_unit(reader, tolerance, money, known, what)
    if rate is not None:
        require_unit(
            reader, rate, PLAIN, known, said("the discount rate is a plain number, or in %")
        )


def _inferred(reader: NumberReader, expression: Expression, known: Known) -> Unit | None:
    try:
        return unit_of(expression, known.get)
    except UnitError as error:
        use = reader.use_of(expression)
        if use is not None:
            reader.problems.error(use.scalar.at(error.at), error.message, error.advice)
        return None


def _place(reader: NumberReader, number: Number) -> Place:
    """Return where a number's formula stands, or the number."""
    definition = number.definition
    use = reader.use_of(definition.expression) if isinstance(definition, Formula) else None
    return number.place if use is None else use.scalar.place


def _payments(nodes: Mapping[str, Node], strategies: Mapping[str, Strategy]) -> Iterator[Number]:
    for strategy in strategies.values():
        yield from () if strategy.pay is None else (strategy.pay,)
    for node in nodes.values():
        yield from (branch.pay for branch in node.branches if branch.pay is not None)


def _settings(nodes: Mapping[str, Node], strategies: Mapping[str, Strategy]) -> Iterator[Setting]:
    for strategy in strategies.values():
        yield from strategy.settings
    for node in nodes.values():
        for branch in node.branches:
            yield from branch.settings


def _probabilities(nodes: Mapping[str, Node]) -> Iterator[Number]:
    for node in nodes.values():
        for branch in node.branches:
            if isinstance(branch.p, Likelihood):
                yield from branch.p.by_state
            elif isinstance(branch.p, Number):
                yield branch.p


def _written(unit: Unit) -> str:
    return "plain numbers" if unit == PLAIN else str(unit)


def _unit(text: str) -> Unit:
    return parse_unit(text)[0]
