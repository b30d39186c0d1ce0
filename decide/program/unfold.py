"""A strategy's tree, unfolded: each history its own copy, its money and chances as operations."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import repeat

import numpy as np

from decide.model.decision import Model, Strategy
from decide.model.number import Fixed, Number
from decide.model.tree import (
    Branch,
    ChanceNode,
    DecisionNode,
    Likelihood,
    Node,
    NodeKind,
    ObservationNode,
    Setting,
)
from decide.program.formula import Compiler, State
from decide.program.merge import (
    Below,
    Factors,
    Futures,
    Laid,
    Tree,
    factors_of,
    state_of,
    what_lies_below,
)
from decide.program.program import Outcomes, ProgramStep
from decide.program.separate import Separator


def discount_exponent(as_of: date | None, year: int) -> float:
    """Return the years from the as-of date to the end of a year.

    The year less the as-of year, plus the share of the as-of year that is left: 1 for the year
    after an as-of date of 31 December.
    """
    if as_of is None:
        return 0.0
    left = (date(as_of.year, 12, 31) - as_of).days
    return year - as_of.year + left / (366 if _is_leap(as_of.year) else 365)


class TooManyStepsError(Exception):
    """A strategy's tree has more steps than can be gone through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A path on its way down: where it comes from and what it has gathered."""

    parent: int
    branch: str
    position: int
    probability: int | None
    then: str | None
    year: int | None
    levers: Mapping[str, int]
    paid: int  # operation: discounted sum of payments
    cash: int  # operation: payments by year
    events: Mapping[str, str]  # event -> outcome that the path has seen
    gained: int  # operation: what the branch that leads here pays, discounted
    seen: Factors = ()  # what the path's probability is the product of, constants left out
    payments: Factors = ()  # what the path has paid, sure amounts left out
    is_possible: bool = True  # no constant probability on the path is 0


@dataclass
class Unfolder:
    """Unfolds strategies; a node that several histories reach is copied for each, or merged."""

    model: Model
    compiler: Compiler
    years: tuple[int, ...]
    merges: bool  # whether histories that have one future share it
    most_steps: int
    outcomes: list[Outcomes] = field(default_factory=list)
    sub_decisions: int = 0  # decisions in distinct states
    separator: Separator = field(init=False)
    _strategy: str = ""
    _checked: set[tuple[str, tuple[int, ...]]] = field(default_factory=set)
    _tree: Tree = field(default_factory=Tree)  # of the strategy that is unfolded
    _expected: Futures = field(init=False)
    _certain: Futures = field(init=False)

    def __post_init__(self) -> None:
        self.separator = Separator(self.compiler.graph)

    @cached_property
    def below(self) -> Mapping[str, Below]:
        """What can be met from each node on."""
        return what_lies_below(self.model)

    @cached_property
    def initial(self) -> Mapping[str, int]:
        """The levers before anyone sets them."""
        return {
            lever.id: self.compiler.number(lever.number, lever.id, State("", {}))
            for lever in self.model.levers.values()
        }

    @cached_property
    def rate(self) -> int:
        """The discount rate."""
        rate = self.model.decision.discount_rate
        if rate is None:
            return self.compiler.graph.constant(0.0)
        return self.compiler.number(rate, "discount_rate", State("", self.initial))

    @cached_property
    def base(self) -> Arrival | None:
        """The base strategy's only path; None where money is counted against nothing."""
        base = self.model.decision.base
        return None if base is None else self._start(self.model.strategies[base])

    @cached_property
    def base_payoff(self) -> int:
        """The base strategy's payoff by year."""
        if self.base is None:
            return self.compiler.graph.constant(0.0)
        return self._payoff(State("", self.base.levers))

    @cached_property
    def factors(self) -> int:
        """The discount factors by year."""
        exponents = [discount_exponent(self.model.decision.as_of, y) for y in self.years]
        return self._factor(exponents if self.model.decision.years else 0.0)

    def unfold(self, strategy: Strategy) -> tuple[ProgramStep, ...]:
        """Return a strategy's steps, each parent before its children.

        Raises TooManyStepsError where they are more than allowed.
        """
        self._strategy = strategy.id
        self._tree = Tree()
        self._expected = Futures(self.compiler.graph)
        self._certain = Futures(self.compiler.graph, self._risk_tolerance)
        steps: list[ProgramStep] = []
        waiting = [self._start(strategy)]
        while waiting:
            arrival = waiting.pop()
            here = len(steps)
            if here == self.most_steps:
                raise TooManyStepsError
            self._tree.gained[here] = arrival.gained
            self._tree.below.setdefault(arrival.parent, []).append(here)
            if arrival.then is None:
                steps.append(self._end(arrival, strategy.target, here))
                continue
            node = self.model.nodes[arrival.then]
            arrival = replace(arrival, year=arrival.year if node.year is None else node.year)
            state = self._state(arrival, node)
            laid = self._tree.laid.get(state)
            if laid is None:
                self._tree.laid[state] = Laid(step=here, paid=arrival.paid, cash=arrival.cash)
                self.sub_decisions += isinstance(node, DecisionNode)
            elif self.merges:
                steps.append(self._merged(arrival, node, laid, steps))
                continue
            steps.append(_step(arrival, node))
            waiting.extend(reversed(list(self._branches(arrival, node, here, strategy.target))))
        return tuple(steps)

    def _state(self, arrival: Arrival, node: Node) -> Hashable:
        return state_of(
            self.below[node.id],
            is_lumped=self._lumps(node),
            node=node.id,
            year=arrival.year,
            levers=arrival.levers,
            events=arrival.events,
            seen=arrival.seen,
            paid=() if self._risk_tolerance is None else arrival.payments,
            is_possible=arrival.is_possible,
        )

    def _lumps(self, node: Node) -> bool:
        """Say whether the future of a node is one amount in each draw, whatever was seen before.

        Where the risk tolerance is to be moved, an amount that presumes it will not do.
        """
        number = self.model.decision.risk_tolerance
        moves = (
            number is not None and isinstance(d := number.definition, Fixed) and d.low is not None
        )
        return not (self.below[node.id].decides or moves)

    def _merged(
        self, arrival: Arrival, node: Node, laid: Laid, steps: Sequence[ProgramStep]
    ) -> ProgramStep:
        """Refer to where the future of a history is laid out."""
        graph = self.compiler.graph
        step = replace(
            _step(arrival, node),
            kind="merged",
            same_as=laid.step,
            extra=graph.apply("subtract", arrival.paid, laid.paid),
            extra_cash=graph.apply("subtract", arrival.cash, laid.cash),
        )
        if not self._lumps(node):
            return step
        paid = arrival.paid
        if self.base is not None:
            paid = graph.apply("subtract", paid, self.base.paid)
        expected = self._expected.of(laid.step, steps, self._tree)
        step = replace(step, total=graph.apply("add", paid, expected))
        if self._risk_tolerance is None:
            return step
        certain = self._certain.of(laid.step, steps, self._tree)
        return replace(step, certain=graph.apply("add", paid, certain))

    @cached_property
    def _risk_tolerance(self) -> float | None:
        tolerance = self.model.decision.risk_tolerance
        if tolerance is None:
            return None
        assert isinstance(tolerance.definition, Fixed), "a risk tolerance is a constant"
        return tolerance.definition.value

    def _start(self, strategy: Strategy) -> Arrival:
        first = self.years[0] if self.model.decision.years else None
        above = Arrival(
            parent=-1,
            branch="",
            position=0,
            probability=None,
            then=None,
            year=strategy.year if strategy.year is not None else first,
            levers=self.initial,
            paid=self.compiler.graph.constant(0.0),
            cash=self.compiler.graph.constant(0.0),
            events={},
            gained=self.compiler.graph.constant(0.0),
        )
        return self._after(
            above, strategy.settings, strategy.pay, strategy.then, strategy.target, strategy.id
        )

    def _branches(self, arrival: Arrival, node: Node, here: int, target: str) -> Iterable[Arrival]:
        seen = arrival.events.get(node.event) if isinstance(node, ChanceNode) else None
        certain = self.compiler.graph.constant(1.0)
        chances = self._chances(arrival, node, target) if seen is None else repeat(certain)
        for position, (branch, chance) in enumerate(zip(node.branches, chances, strict=False)):
            if seen is not None and branch.id != seen:
                continue
            events = arrival.events
            if isinstance(node, ChanceNode) and node.event:
                events = {**events, node.event: branch.id}
            constant = None if chance is None else self.compiler.graph.value(chance)
            below = replace(
                arrival,
                parent=here,
                branch=branch.id,
                position=position,
                probability=chance,
                events=events,
                gained=self.compiler.graph.constant(0.0),
                seen=self._with_factors(arrival.seen, chance),
                is_possible=arrival.is_possible and (constant is None or bool(constant.any())),
            )
            yield self._after(
                below, branch.settings, branch.pay, branch.then, target, f"{node.id}.{branch.id}"
            )

    def _after(
        self,
        arrival: Arrival,
        settings: Sequence[Setting],
        pay: Number | None,
        then: str | None,
        target: str,
        name: str,
    ) -> Arrival:
        """Set the levers, then pay."""
        levers = dict(arrival.levers)
        for setting in settings:
            new = self.compiler.number(
                setting.number, f"{name}.{setting.lever}", State(target, arrival.levers)
            )
            levers[setting.lever] = self._from_year(levers[setting.lever], new, arrival.year)
        arrival = replace(arrival, levers=levers, then=then)
        if pay is None:
            return arrival
        graph = self.compiler.graph
        amount = self.compiler.number(pay, f"{name}.pay", State(target, levers))
        amount = self._at_year(amount, arrival.year)
        exponent = 0.0
        if arrival.year is not None and self.model.decision.years:
            exponent = discount_exponent(self.model.decision.as_of, arrival.year)
        paid = graph.apply("multiply", amount, self._factor(exponent))
        in_year = graph.constant([float(y == arrival.year) for y in self.years])
        is_sure = graph.value(paid) is not None
        return replace(
            arrival,
            gained=paid,
            payments=arrival.payments if is_sure else tuple(sorted((*arrival.payments, paid))),
            paid=graph.apply("add", arrival.paid, paid),
            cash=graph.apply("add", arrival.cash, graph.apply("multiply", amount, in_year)),
        )

    def _with_factors(self, seen: Factors, chance: int | None) -> Factors:
        """Add the factors of a probability to what a path has seen."""
        if chance is None:
            return seen
        factors = factors_of(self.compiler.graph, chance)
        return tuple(sorted((*seen, *factors))) if factors else seen

    def _end(self, arrival: Arrival, target: str, here: int) -> ProgramStep:
        graph = self.compiler.graph
        payoff = self._payoff(State(target, arrival.levers))
        flow = graph.apply("subtract", payoff, self.base_payoff)
        paid, cash = arrival.paid, arrival.cash
        if self.base is not None:
            paid = graph.apply("subtract", paid, self.base.paid)
            cash = graph.apply("subtract", cash, self.base.cash)
        present = self.separator.present_value(flow, self.factors)
        self._tree.gained[here] = graph.apply("add", arrival.gained, present)
        return ProgramStep(
            parent=arrival.parent,
            branch=arrival.branch,
            position=arrival.position,
            node="",
            kind="end",
            year=arrival.year,
            probability=arrival.probability,
            total=graph.apply("add", present, paid),
            cash=graph.apply("add", flow, cash),
        )

    def _payoff(self, state: State) -> int:
        payoff = self.model.decision.payoff
        if payoff is None:
            return self.compiler.graph.constant(0.0)
        return self.compiler.formula(payoff.expression, state)

    def _chances(self, arrival: Arrival, node: Node, target: str) -> list[int | None]:
        state = State(target, arrival.levers)
        match node:
            case DecisionNode():
                return [None] * len(node.branches)
            case ObservationNode():
                return list(self._bins(arrival, node, state))
            case ChanceNode():
                return list(self._probabilities(arrival, node, state))

    def _bins(self, arrival: Arrival, node: ObservationNode, state: State) -> Iterable[int]:
        seen = self._at_year(self.compiler.quantity(node.quantity, state), arrival.year)
        edges = [e.definition.value for e in node.edges if isinstance(e.definition, Fixed)]
        for low, high in zip([-np.inf, *edges], [*edges, np.inf], strict=True):
            yield self.compiler.graph.apply("between", seen, extra=(low, high))

    def _probabilities(self, arrival: Arrival, node: ChanceNode, state: State) -> list[int]:
        graph = self.compiler.graph
        stated = {
            branch.id: self._at_year(self._probability(node, branch, state), arrival.year)
            for branch in node.branches
            if branch.p != "rest"
        }
        rest = graph.constant(1.0)
        for number in stated.values():
            rest = graph.apply("subtract", rest, number)
        found = [stated.get(branch.id, rest) for branch in node.branches]
        self._note(node, found, has_rest=len(stated) < len(found))
        return found

    def _probability(self, node: ChanceNode, branch: Branch, state: State) -> int:
        name = f"{node.id}.{branch.id}.p"
        if isinstance(branch.p, Likelihood):
            quantity = node.given
            own = self.model.target_quantities.get(state.target, {})
            key = f"{quantity}@{state.target}" if quantity in own else quantity
            self.compiler.quantity(quantity, state)
            by_state = [self.compiler.number(n, name, state) for n in branch.p.by_state]
            return self.compiler.graph.apply("select", self.compiler.graph.input(key), *by_state)
        assert isinstance(branch.p, Number), "the reader gives every outcome a probability"
        return self.compiler.number(branch.p, name, state)

    def _note(self, node: ChanceNode, probabilities: list[int], *, has_rest: bool) -> None:
        key = (node.id, tuple(probabilities))
        if key not in self._checked:
            self._checked.add(key)
            self.outcomes.append(
                Outcomes(
                    strategy=self._strategy,
                    node=node.id,
                    branches=tuple(b.id for b in node.branches),
                    probabilities=tuple(probabilities),
                    written=tuple(_written(b) for b in node.branches),
                    places=tuple(b.place for b in node.branches),
                    has_rest=has_rest,
                )
            )

    def _factor(self, exponent: float | list[float]) -> int:
        graph = self.compiler.graph
        growth = graph.apply("add", graph.constant(1.0), self.rate)
        return graph.apply("power", growth, graph.constant(-np.asarray(exponent)))

    def _place_of(self, year: int | None) -> int:
        """Return how many of the decision's years come before a year."""
        if year is None or not self.model.decision.years:
            return 0
        return min(max(year - self.years[0], 0), len(self.years))

    def _from_year(self, old: int, new: int, year: int | None) -> int:
        first = self._place_of(year)
        if first == 0:
            return new
        graph = self.compiler.graph
        before = graph.operations[old]
        while before.code == "from_year" and before.extra[0] >= first:
            old = before.arguments[0]  # what was set for these years is overruled
            before = graph.operations[old]
        return old if old == new else graph.apply("from_year", old, new, extra=(first,))

    def _at_year(self, number: int, year: int | None) -> int:
        place = min(self._place_of(year), len(self.years) - 1)
        return self.compiler.graph.apply("at_year", number, extra=(place,))


def _step(arrival: Arrival, node: Node) -> ProgramStep:
    kind: NodeKind
    match node:
        case DecisionNode():
            kind = "decision"
        case ChanceNode():
            kind = "chance"
        case ObservationNode():
            kind = "observation"
    return ProgramStep(
        parent=arrival.parent,
        branch=arrival.branch,
        position=arrival.position,
        node=node.id,
        kind=kind,
        year=arrival.year,
        probability=arrival.probability,
    )


def _written(branch: Branch) -> str:
    """Return a probability as its file has it."""
    if isinstance(branch.p, Number):
        return branch.p.text
    return "rest" if branch.p == "rest" else "a table by states"


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
