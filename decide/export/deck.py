"""What stands on the slides, before anyone draws them: sentences, tables, figures of charts."""

from collections.abc import Iterator
from dataclasses import dataclass

from decide.export.answer import answer_of
from decide.language import said, say
from decide.model.criterion import leaves
from decide.report.view.context import Context, ranked
from decide.report.view.drivers import drivers_view, is_moving
from decide.report.view.fitting import shorten
from decide.report.view.parts import text_of
from decide.report.view.policy import policy_lines

MOST_BARS = 12  # inputs of the tornado
MOST_SWITCHES = 20
LONGEST_NAME = 36  # of a strategy before its points


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The first slide."""

    title: str
    answer: str
    dates: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Sentences one below the other."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table; figures are as wide as they need, and the widths are shares of what they leave."""

    title: str
    headings: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()  # columns that stand to the right


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What each strategy is worth, with its range, in units of money."""

    title: str
    unit: str
    decimals: int
    names: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]  # P10, what it is worth, P90


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """What makes up each total, in points of 100."""

    title: str
    unit: str
    names: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tornado:
    """What the leader is worth as one input moves, in units of money."""

    title: str
    unit: str
    decimals: int
    base: float
    names: tuple[str, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    low_inputs: tuple[str, ...]
    high_inputs: tuple[str, ...]
    ends: tuple[str, str]  # what low and high are called


Slide = Opening | Points | Grid | Spread | Stack | Tornado


def deck_of(context: Context) -> tuple[Slide, ...]:
    """Return the slides in their order; what a model lacks has none."""
    return tuple(
        slide
        for slides in (_answer, _worth, _score, _drivers, _changes, _steps, _firms, _sources)
        for slide in slides(context)
    )


def _answer(context: Context) -> Iterator[Slide]:
    answer, decision = answer_of(context), context.evaluation.model.decision
    date, language = context.numerals.date, context.language
    dates = ", ".join(
        (
            *([say(language, "as of {date}", date=date(decision.as_of))] if decision.as_of else ()),
            *(
                [say(language, "meeting {date}", date=date(decision.meeting))]
                if decision.meeting
                else ()
            ),
        )
    )
    yield Opening(
        title=context.label(decision.title),
        answer=text_of(answer.headline),
        dates=f"{dates[:1].upper()}{dates[1:]}",
    )
    said = (*answer.sentences, *((answer.standing,) if answer.standing else ()))
    question = context.label(decision.question)
    yield Points(
        title=question or say(language, "The answer"), lines=tuple(text_of(line) for line in said)
    )


def _worth(context: Context) -> Iterator[Slide]:
    values = [
        context.evaluation.rollback.values[name]
        for name in ranked(context.evaluation, context.representatives)
    ]
    scale = context.scale
    figures = (
        ("P10", [value.p10 for value in values]),
        (
            say(context.language, "Certainty equivalent"),
            [value.certainty_equivalent for value in values],
        ),
        ("P90", [value.p90 for value in values]),
    )
    worth = text_of(answer_of(context).sentences[0])
    yield Spread(
        title=worth,
        unit=scale.unit,
        decimals=scale.decimals,
        names=tuple(context.strategy(value.strategy) for value in values),
        series=tuple((name, tuple(x / scale.factor for x in row)) for name, row in figures),
    )


def _score(context: Context) -> Iterator[Slide]:
    scores = context.evaluation.scores
    if scores is None or not scores.totals:
        return
    shown = [name for name in scores.ranking if name in context.representatives]
    parts = [
        (context.label(member.label), [criterion.id for criterion in leaves((member,))])
        for member in context.evaluation.model.criteria
    ]
    yield Stack(
        title=text_of(answer_of(context).sentences[-1]),
        unit=say(context.language, "points of 100"),
        names=tuple(
            f"{shorten(context.strategy(name), LONGEST_NAME)}: "
            f"{context.numerals.decimal(100 * scores.totals[name], 1)}"
            for name in shown
        ),
        series=tuple(
            (label, tuple(sum(100 * scores.cells[s][c].contribution for c in own) for s in shown))
            for label, own in parts
        ),
    )


def _drivers(context: Context) -> Iterator[Slide]:
    sensitivity, scale = context.evaluation.sensitivity, context.scale
    bars = [bar for bar in sensitivity.bars if is_moving(bar, scale)][:MOST_BARS]
    if not bars:
        return
    amount = context.quantity_amount
    yield Tornado(
        title=text_of(drivers_view(context).opening[0]),
        unit=scale.unit,
        decimals=scale.decimals,
        base=sensitivity.base / scale.factor,
        names=tuple(context.quantity(bar.quantity) for bar in bars),
        low=tuple(bar.at_low / scale.factor for bar in bars),
        high=tuple(bar.at_high / scale.factor for bar in bars),
        low_inputs=tuple(amount(bar.quantity, bar.low) for bar in bars),
        high_inputs=tuple(amount(bar.quantity, bar.high) for bar in bars),
        ends=(say(context.language, "Input low"), say(context.language, "Input high")),
    )


def _changes(context: Context) -> Iterator[Slide]:
    answer = answer_of(context)
    yield Points(
        title=say(context.language, "What would change it"),
        lines=tuple(map(text_of, answer.changes)),
    )
    switches = [
        (
            row.quantity.text,
            row.now,
            row.at,
            f"{row.leader.text}{row.until}",
        )
        for point, row in zip(
            context.evaluation.sensitivity.switch_points,
            drivers_view(context).switches,
            strict=True,
        )
        if point.is_plausible
    ]
    if len(switches) > len(answer.changes):
        yield Grid(
            title=say(
                context.language, "Where one input alone passes the lead to another strategy"
            ),
            headings=_switch_headings(context.language),
            widths=(0.55, 0, 0, 0.45),
            numbers=frozenset({1, 2}),
            rows=tuple(switches[:MOST_SWITCHES]),
        )


def _steps(context: Context) -> Iterator[Slide]:
    """Yield what to do, decision by decision, if the leader is taken."""
    leader = context.evaluation.verdict.leader
    lines: list[str] = []
    for line in policy_lines(context, leader):
        lines.append(text_of(line.sentence))
        lines.extend(f"\u2013 {case}" for case in line.cases)
    yield Points(
        title=say(
            context.language, "Next steps with {strategy}", strategy=context.strategy(leader)
        ),
        lines=tuple(lines),
    )


def _firms(context: Context) -> Iterator[Slide]:
    screening = context.evaluation.screening
    if screening is None:
        return
    shortfall = screening.shortfall
    yield Grid(
        title=say(
            context.language,
            "Firms: points on the screening criteria, and worth in {unit}",
            unit=context.scale.unit,
        ),
        headings=_firm_headings(context.language),
        widths=(0.43, 0.57, 0, 0, 0),
        numbers=frozenset({2, 3, 4}),
        rows=tuple(
            (
                context.target(firm.target),
                _gates(context, firm.failed, firm.unknown),
                context.numerals.decimal(100 * firm.total, 0),
                context.scale.write_bare(firm.certainty_equivalent),
                context.scale.write_bare(shortfall.get(firm.target, float("nan"))),
            )
            for firm in screening.targets
        ),
    )


def _gates(context: Context, failed: tuple[str, ...], unknown: tuple[str, ...]) -> str:
    gates = context.evaluation.model.gates
    names = {name: context.label(gate.label) for name, gate in gates.items()}
    if failed:
        listed = ", ".join(names.get(gate, gate) for gate in failed)
        return say(context.language, "fails: {gates}", gates=listed)
    if unknown:
        listed = ", ".join(names.get(gate, gate) for gate in unknown)
        return say(context.language, "open: {gates}", gates=listed)
    return say(context.language, "passes")


def _sources(context: Context) -> Iterator[Slide]:
    sources = context.evaluation.model.sources.values()
    if sources:
        yield Grid(
            title=say(context.language, "Sources"),
            headings=_source_headings(context.language),
            widths=(0.12, 0.5, 0.38),
            rows=tuple((s.published_text or str(s.known_by), s.title, s.address) for s in sources),
        )


def _switch_headings(language: str) -> tuple[str, ...]:
    headings = said("Input"), said("Now"), said("Passes at"), said("Then leads")
    return tuple(heading.in_language(language) for heading in headings)


def _firm_headings(language: str) -> tuple[str, ...]:
    headings = said("Firm"), said("Gates"), said("Points"), said("Certain"), said("Short by")
    return tuple(heading.in_language(language) for heading in headings)


def _source_headings(language: str) -> tuple[str, ...]:
    headings = said("Published"), said("Title"), said("Address")
    return tuple(heading.in_language(language) for heading in headings)
