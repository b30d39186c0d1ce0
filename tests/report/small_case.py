"""A small model with every field filled, made by hand."""

from collections.abc import Mapping
from datetime import date

from decide.formulas.expression import Constant
from decide.model.criterion import Criterion, CriterionGroup, Linear
from decide.model.decision import (
    Correlation,
    Decision,
    Lever,
    Model,
    Quantity,
    Source,
    Strategy,
    SwitchedOff,
    WorkspaceFile,
)
from decide.model.distribution import Percentiles
from decide.model.label import Label
from decide.model.number import Definition, Fixed, Formula, Number, Provenance, Series
from decide.model.place import Place
from decide.model.precedent import Outcome, Precedent, ReferenceClass
from decide.model.target import Fact, Gate, GateFinding, GateStatus, Target
from decide.model.tree import Branch, ChanceNode, DecisionNode, Node, ObservationNode, Setting

YEARS = tuple(range(2024, 2032))
FILE = "criteria/example.yaml"
_line = iter(range(1, 10_000))

JUDGED = Provenance(grade="judgement", reason="read off comparable programmes")
SOURCED = Provenance(sources=("bernstein",))


def place() -> Place:
    """Return the next line of the file."""
    return Place(FILE, next(_line))


def label(text: str) -> Label:
    """Return a label that holds for all languages."""
    return Label((("", text),))


def number(
    text: str, definition: Definition | float, unit: str = "", provenance: Provenance = JUDGED
) -> Number:
    """Return a number; a float is a constant."""
    if isinstance(definition, float):
        definition = Fixed(definition)
    return Number(text=text, definition=definition, unit=unit, provenance=provenance, place=place())


def formula(text: str) -> Number:
    """Return a formula's number; nothing here runs it."""
    return number(text, Formula(text, Constant(0.0)), provenance=Provenance())


def branch(
    name: str, text: str, *, p: float | None = None, then: str | None = None, lever: str = ""
) -> Branch:
    """Return a branch of the tree."""
    settings = (Setting(lever=lever, number=number("50 %", 0.5)),) if lever else ()
    probability = None if p is None else number(f"{100 * p:.0f} %", p)
    return Branch(
        id=name, label=label(text), p=probability, settings=settings, then=then, place=place()
    )


def _decision() -> Decision:
    return Decision(
        title=label("AI compute"),
        question=label("Should we build, acquire a chip firm or diversify our suppliers?"),
        as_of=date(2023, 10, 31),
        meeting=date(2023, 11, 14),
        owner="Chief financial officer",
        years=YEARS,
        currency="USD",
        prices="nominal",
        tax="before",
        discount_rate=number("12 %", Fixed(0.12, 0.08, 0.15)),
        risk_tolerance=number("5 bn", 5e9, "USD"),
        base="status_quo",
        payoff=Formula("cash", Constant(0.0)),
        seed=1,
        place=place(),
    )


def _quantities() -> dict[str, Quantity]:
    numbers = {
        "demand": (
            "Demand in 2031",
            number("p10 3 %, p50 10 %, p90 25 %", Percentiles(p10=0.03, p50=0.1, p90=0.25), "%"),
        ),
        "saving": (
            "Saving on own chips",
            number("p10 0 %, p50 25 %, p90 45 %", Percentiles(p10=0.0, p50=0.25, p90=0.45)),
        ),
        "price": (
            "Price of the firm",
            number(
                "p10 0.3 bn, p50 0.9 bn, p90 3 bn", Percentiles(p10=3e8, p50=9e8, p90=3e9), "USD"
            ),
        ),
        "fleet": ("Accelerators for a tenth of search", number("48.1 bn", 4.81e10, "USD", SOURCED)),
        "ramp": ("Ramp", number("2024: 6 %, 2031: 100 %", Series(((2024, 0.06), (2031, 1.0))))),
        "lock_in": ("Lock-in", number("1 %", 0.01, "", Provenance(grade="unsourced"))),
        "team_estimate": ("Our own odds", formula("(bought_by_users + 50 %) / 2")),
        "cash": ("Cash of the year", formula("fleet * change(demand / 10 % * ramp)")),
    }
    return {
        name: Quantity(id=name, label=label(text), number=it, place=it.place)
        for name, (text, it) in numbers.items()
    }


def _nodes() -> dict[str, Node]:
    nodes: tuple[Node, ...] = (
        ChanceNode(
            id="agree",
            label=label("Does the firm agree?"),
            year=2024,
            branches=(
                branch("agreed", "Agreed", p=0.6, then="signal"),
                branch("declined", "Declined", p=0.4),
            ),
            place=place(),
        ),
        ObservationNode(
            id="signal",
            label=label("Demand seen in 2025"),
            year=2025,
            quantity="demand",
            edges=(number("5 %", 0.05), number("15 %", 0.15)),
            branches=tuple(branch(f"bin{i}", f"bin{i}", then="gate") for i in range(3)),
            place=place(),
        ),
        DecisionNode(
            id="gate",
            label=label("Gate 1"),
            year=2025,
            branches=(branch("go", "Continue", then="silicon"), branch("stop", "Stop")),
            place=place(),
        ),
        ChanceNode(
            id="silicon",
            label=label("Silicon"),
            year=2027,
            branches=(
                branch("works", "Works", p=0.4, then="expand", lever="own_chip"),
                branch("late", "A year late", p=0.35, then="expand"),
                branch("fails", "Fails", p=0.25),
            ),
            place=place(),
        ),
        DecisionNode(
            id="expand",
            label=label("Expand?"),
            year=2028,
            branches=(branch("grow", "Expand"), branch("hold", "Hold"), branch("leave", "Leave")),
            place=place(),
        ),
    )
    return {node.id: node for node in nodes}


def _strategies() -> dict[str, Strategy]:
    def strategy(name: str, text: str, then: str | None, levers: Mapping[str, str]) -> Strategy:
        family, _, target = name.partition("@")
        settings = tuple(
            Setting(lever=lever, number=number(value, 0.3)) for lever, value in levers.items()
        )
        return Strategy(
            id=name,
            label=label(text),
            note=label(f"What it means to choose: {text.lower()}."),
            family=family,
            target=target,
            settings=settings,
            pay=None,
            then=then,
            year=None,
            place=place(),
        )

    every = (
        strategy("status_quo", "Status quo", None, {}),
        strategy("diversify", "Diversify suppliers", "silicon", {"second_source": "30 %"}),
        strategy("build", "Build in-house", "signal", {"programme": "0.5 bn"}),
        strategy(
            "acquire@graphcore", "Acquire a chip firm: Graphcore", "agree", {"own_chip": "40 %"}
        ),
        strategy("acquire@groq", "Acquire a chip firm: Groq", "agree", {"own_chip": "40 %"}),
        strategy(
            "diversify_and_build",
            "Diversify and build",
            "signal",
            {"second_source": "30 %", "programme": "0.5 bn"},
        ),
    )
    return {one.id: one for one in every}


def _criteria() -> tuple[CriterionGroup | Criterion, ...]:
    def leaf(name: str, text: str, unit: str, worst: float, best: float, swing: float) -> Criterion:
        return Criterion(
            id=name,
            label=label(text),
            question=label(f"{text}?"),
            unit=unit,
            worst=worst,
            best=best,
            shape=Linear(),
            swing=swing,
            swing_reason=f"from {worst:g} to {best:g}",
            overlap="cash" if name == "delay" else "",
            overlap_reason="weighs the research delay only" if name == "delay" else "",
            provenance=Provenance(grade="judgement"),
            place=place(),
        )

    return (
        CriterionGroup(
            id="supply",
            label=label("Supply security"),
            swing=100,
            swing_reason="most worth moving",
            members=(
                leaf("concentration", "Supplier concentration", "HHI", 9000, 3000, 100),
                leaf("delay", "Delay to research", "months", 36, 6, 60),
            ),
            place=place(),
        ),
        leaf("control", "Control of the roadmap", "", 0, 100, 70),
    )


def _targets() -> dict[str, Target]:
    def target(name: str, text: str, silicon: GateStatus, maturity: float) -> Target:
        finding = GateFinding(
            status=silicon, why="second generation in volume", provenance=SOURCED, place=place()
        )
        return Target(
            id=name,
            label=label(text),
            note=f"A note on {text}.",
            facts=(
                Fact(
                    id="founded",
                    label=label("Founded"),
                    text="2016",
                    number=number("2016", 2016.0, "", SOURCED),
                    provenance=SOURCED,
                    place=place(),
                ),
            ),
            gates={"silicon": finding},
            performances={"maturity": number(f"{maturity:.0f}", maturity, "", SOURCED)},
            strategy_performances={"control": number("60", 60.0)} if name == "groq" else {},
            quantities={},
            place=place(),
        )

    return {
        "graphcore": target("graphcore", "Graphcore", "pass", 80.0),
        "groq": target("groq", "Groq", "unknown", 55.0),
        "paperchip": target("paperchip", "Paper Chip", "fail", 10.0),
    }


def _precedents() -> dict[str, Precedent]:
    rows: tuple[tuple[str, str, int, float | None, float | None, Outcome, float], ...] = (
        ("annapurna", "Amazon: Annapurna Labs", 2015, 3.6e8, 2.8, "success", 3),
        ("habana", "Intel: Habana", 2019, 2.0e9, 2.5, "partial", 2),
        ("nervana", "Intel: Nervana", 2016, 3.8e8, None, "abandoned", 2),
        ("nuvia", "Qualcomm: Nuvia", 2021, 1.4e9, None, "too_early", 1),
    )
    return {
        name: Precedent(
            id=name,
            label=text,
            kind="acquisition",
            buyer=text.split(":")[0],
            buyer_kind="cloud" if name == "annapurna" else "chip",
            year=year,
            price=price,
            years_to_deployment=years,
            outcome=outcome,
            relevance=relevance,
            why="as reported",
            provenance=SOURCED,
            place=place(),
        )
        for name, text, year, price, years, outcome, relevance in rows
    }


def model() -> Model:
    """Return the model."""
    strategies = _strategies()
    classes = {
        "bought_by_users": ReferenceClass(
            id="bought_by_users",
            label=label("Bought by a user of chips"),
            members=("annapurna", "habana", "nervana", "nuvia"),
            successes=1,
            trials=3,
            success=("success",),
            place=place(),
        )
    }
    shared = {"control": number("p10 20, p50 40, p90 60", Percentiles(p10=20, p50=40, p90=60))}
    return Model(
        decision=_decision(),
        levers={
            name: Lever(id=name, label=label(text), number=number("0", 0.0), unit="")
            for name, text in (
                ("second_source", "Second source"),
                ("own_chip", "Share on own chips"),
                ("programme", "Programme"),
            )
        },
        quantities=_quantities(),
        target_quantities={
            "graphcore": {
                "price": Quantity(
                    id="price",
                    label=label("Price of the firm"),
                    number=number("0.5 bn", 5e8, "USD"),
                    target="graphcore",
                    place=place(),
                )
            }
        },
        strategies=strategies,
        nodes=_nodes(),
        root=None,
        criteria=_criteria(),
        performances={
            s: {
                "concentration": number("3800", 3800.0, "HHI"),
                "delay": number("18", 18.0, "months"),
                **shared,
            }
            for s in strategies
        },
        gates={
            "silicon": Gate(
                id="silicon",
                label=label("Working silicon"),
                question=label("A taped-out design at 7 nm or below?"),
                place=place(),
            )
        },
        screening=(
            Criterion(
                id="maturity",
                label=label("Silicon maturity"),
                question=label("How far is it?"),
                unit="",
                worst=0,
                best=100,
                shape=Linear(),
                swing=100,
                swing_reason="from slides to volume",
                provenance=Provenance(grade="judgement"),
                place=place(),
            ),
        ),
        targets=_targets(),
        precedents=_precedents(),
        classes=classes,
        sources={
            "bernstein": Source(
                id="bernstein",
                title="Note on the cost of an AI query",
                address="https://example.org/note?a=1&b=2",
                published=date(2023, 10, 5),
                published_text="2023-10-05",
                known_by=None,
                known_reason="",
                note="",
                place=place(),
            )
        },
        correlations=(
            Correlation(between=("demand", "saving"), rank=0.4, provenance=JUDGED, place=place()),
        ),
        switched_off=(
            SwitchedOff(kind="strategy", id="wait", label=label("Wait a year"), place=place()),
        ),
        warnings=(),
        files=(WorkspaceFile(path=FILE, sha256="ab" * 32),),
    )
