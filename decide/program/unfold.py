"""A strategy's tree, unfolded: each history its own copy, its money and chances as operations."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import repeat

from decide.model.decision import Model, Strategy
from decide.model.number import Fixed, Number
from decide.model.tree import (
    ChanceNode,
    DecisionNode,
    Node,
    NodeKind,
    ObservationNode,
    Setting,
)
from decide.program.calendar import Calendar
from decide.program.chances import Chances
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
from decide.program.program import ProgramStep
from decide.program.separate import Separator

HORIZON = "decision.horizon"  # the input that says which year is the last to count


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
    is_whole: bool = False  # whether years and draws stay together
    sub_decisions: int = 0  # decisions in distinct states
    separator: Separator = field(init=False)
    _strategy: str = ""
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
    def calendar(self) -> Calendar:
        """The years, and the rate at which their money is discounted."""
        decision, graph = self.model.decision, self.compiler.graph
        if decision.discount_rate is None:
            rate = graph.constant(0.0)
        else:
            state = State("", self.initial)
            rate = self.compiler.number(decision.discount_rate, "discount_rate", state)
        return Calendar(
            graph=graph,
            years=decision.years,
            as_of=decision.as_of,
            rate=rate,
            horizon=self._horizon(),
        )

    def _horizon(self) -> int | None:
        """Enter the last year that counts; None where all do."""
        graph, horizon = self.compiler.graph, self.model.decision.horizon
        if HORIZON in self.compiler.moved:
            last = horizon or max(self.years)
            self.compiler.parameters[HORIZON] = Fixed(float(last))
            return graph.input(HORIZON)
        return None if horizon is None else graph.constant(float(horizon))

    @cached_property
    def chances(self) -> Chances:
        """What enters the probabilities of branches."""
        return Chances(model=self.model, compiler=self.compiler, calendar=self.calendar)

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
        state = State(target, arrival.levers)
        chances = (
            self.chances.of(node, state, arrival.year, self._strategy)
            if seen is None
            else repeat(certain)
        )
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
            levers[setting.lever] = self.calendar.from_year(
                levers[setting.lever], new, arrival.year
            )
        arrival = replace(arrival, levers=levers, then=then)
        if pay is None:
            return arrival
        graph = self.compiler.graph
        amount = self.compiler.number(pay, f"{name}.pay", State(target, levers))
        amount = self.calendar.at_year(amount, arrival.year)
        paid = graph.apply("multiply", amount, self.calendar.factor(arrival.year))
        is_sure = graph.value(paid) is not None
        return replace(
            arrival,
            gained=paid,
            payments=arrival.payments if is_sure else tuple(sorted((*arrival.payments, paid))),
            paid=graph.apply("add", arrival.paid, paid),
            cash=graph.apply("add", arrival.cash, self.calendar.in_year(amount, arrival.year)),
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
        factors = self.calendar.factors()
        if self.is_whole:
            present = graph.apply("present_value", flow, factors)
        else:
            present = self.separator.present_value(flow, factors)
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
