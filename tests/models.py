"""Small models built in Python, for tests of the engine that need thousands of them."""

from collections.abc import Mapping, Sequence
from datetime import date

from decide.formulas.parse import parse_formula
from decide.model.decision import Correlation, Decision, Lever, Model, Quantity, Strategy
from decide.model.label import Label
from decide.model.number import Definition, Fixed, Formula, Number, Provenance
from decide.model.place import Place
from decide.model.tree import (
    Branch,
    ChanceNode,
    DecisionNode,
    Likelihood,
    Node,
    ObservationNode,
    Setting,
)

PLACE = Place("criteria/test.yaml", 1, 1)
JUDGED = Provenance(grade="judgement", reason="a test")

Written = float | str | Definition


def label(text: str) -> Label:
    return Label((("", text),))


def number(written: Written) -> Number:
    """A constant, the text of a formula, or a definition as it is."""
    if isinstance(written, str):
        definition: Definition = Formula(written, parse_formula(written))
    elif isinstance(written, (int, float)):
        definition = Fixed(float(written))
    else:
        definition = written
    return Number(text=str(written), definition=definition, provenance=JUDGED, place=PLACE)


def branch(
    id: str,  # noqa: A002
    p: Written | Sequence[Written] | None = None,
    *,
    pay: Written | None = None,
    then: str | None = None,
    **settings: Written,
) -> Branch:
    """A branch; `p` may be "rest", or one number a state where the node has `given`."""
    chance: Number | Likelihood | None
    if isinstance(p, (list, tuple)):
        chance = Likelihood(by_state=tuple(number(x) for x in p))
    else:
        chance = None if p is None or p == "rest" else number(p)  # type: ignore[arg-type]
    return Branch(
        id=id,
        label=label(id),
        p="rest" if p == "rest" else chance,
        settings=_settings(settings),
        pay=None if pay is None else number(pay),
        then=then,
        place=PLACE,
    )


def decide(id: str, *branches: Branch, year: int | None = None) -> DecisionNode:  # noqa: A002
    return DecisionNode(id=id, label=label(id), year=year, branches=branches, place=PLACE)


def chance(
    id: str,  # noqa: A002
    *branches: Branch,
    year: int | None = None,
    event: str = "",
    given: str = "",
) -> ChanceNode:
    return ChanceNode(
        id=id,
        label=label(id),
        year=year,
        event=event,
        given=given,
        branches=branches,
        place=PLACE,
    )


def observe(
    id: str,  # noqa: A002
    quantity: str,
    edges: Sequence[float],
    *branches: Branch,
    year: int | None = None,
) -> ObservationNode:
    return ObservationNode(
        id=id,
        label=label(id),
        year=year,
        quantity=quantity,
        edges=tuple(number(e) for e in edges),
        branches=branches,
        place=PLACE,
    )


def strategy(
    id: str,  # noqa: A002
    then: str | None = None,
    *,
    pay: Written | None = None,
    **settings: Written,
) -> Strategy:
    return Strategy(
        id=id,
        label=label(id),
        note=label(""),
        family=id,
        target="",
        settings=_settings(settings),
        pay=None if pay is None else number(pay),
        then=then,
        year=None,
        place=PLACE,
    )


def model(
    strategies: Sequence[Strategy],
    nodes: Sequence[Node] = (),
    quantities: Mapping[str, Written] | None = None,
    *,
    levers: Mapping[str, Written] | None = None,
    years: Sequence[int] = (),
    as_of: date | None = None,
    payoff: str = "",
    base: str | None = None,
    discount_rate: Written | None = None,
    risk_tolerance: Written | None = None,
    ranks: Mapping[tuple[str, str], float] | None = None,
    seed: int = 1,
) -> Model:
    """A model with nothing but what is given."""
    return Model(
        decision=Decision(
            title=label("test"),
            question=label(""),
            as_of=as_of,
            meeting=None,
            owner="",
            years=tuple(years),
            currency="",
            prices="",
            tax="",
            discount_rate=None if discount_rate is None else number(discount_rate),
            risk_tolerance=None if risk_tolerance is None else number(risk_tolerance),
            base=base,
            payoff=Formula(payoff, parse_formula(payoff)) if payoff else None,
            seed=seed,
            place=PLACE,
        ),
        levers={
            name: Lever(id=name, label=label(name), number=number(written), unit="")
            for name, written in (levers or {}).items()
        },
        quantities={
            name: Quantity(id=name, label=label(name), number=number(written), place=PLACE)
            for name, written in (quantities or {}).items()
        },
        target_quantities={},
        strategies={s.id: s for s in strategies},
        nodes={node.id: node for node in nodes},
        root=None,
        criteria=(),
        performances={},
        gates={},
        screening=(),
        targets={},
        precedents={},
        classes={},
        sources={},
        correlations=tuple(
            Correlation(between=pair, rank=rank, provenance=JUDGED, place=PLACE)
            for pair, rank in (ranks or {}).items()
        ),
        ranks=dict(ranks or {}),
        switched_off=(),
        warnings=(),
        files=(),
    )


def _settings(settings: Mapping[str, Written]) -> tuple[Setting, ...]:
    return tuple(Setting(lever=lever, number=number(x)) for lever, x in settings.items())
