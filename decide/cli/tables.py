"""Results as tables of finished texts, one function a subject."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from decide.analyses.rollback import Step
from decide.analyses.score import Scores
from decide.evaluate import Evaluation
from decide.language import ENGLISH, Said, said, say
from decide.model.criterion import Criterion, CriterionGroup, leaves
from decide.model.decision import Model
from decide.model.number import Formula, Number, Provenance
from decide.report.view.context import Context, context_of, representatives
from decide.report.view.numerals import numerals

PLAIN_UNITS = said("plain units")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Finished texts in rows; numbers stand to the right."""

    title: str
    columns: tuple[str, ...]
    numbers: frozenset[str] = frozenset()  # columns that hold numbers
    rows: tuple[tuple[str, ...], ...]


def strategies_table(evaluation: Evaluation) -> Table:
    """What is each strategy worth?"""
    context = context_of(evaluation)
    rows = []
    for name in evaluation.rollback.ranking:
        value = evaluation.rollback.values[name]
        money = (
            value.certainty_equivalent,
            value.expected_value,
            value.p10,
            value.p50,
            value.p90,
            value.worst_tenth_mean,
        )
        loss = context.numerals.percent(value.probability_of_loss)
        texts = (context.scale.write_bare(x) for x in money)
        rows.append((name, context.strategy(name), *texts, loss))
    figures = (
        said("Certain"),
        said("Expected"),
        said("P10"),
        said("P50"),
        said("P90"),
        said("Worst tenth"),
        said("P(loss)"),
    )
    return Table(
        title=_money_title(context, said("Present value")),
        columns=(said("Id"), said("Strategy"), *figures),
        numbers=frozenset(figures),
        rows=tuple(rows),
    )


def cash_table(evaluation: Evaluation) -> Table:
    """What cash does each strategy cost and bring, year by year?"""
    if not evaluation.model.decision.years:
        return Table(title=said("The decision has no years"), columns=(said("Strategy"),), rows=())
    context = context_of(evaluation)
    shown = representatives(evaluation)
    flows = {name: evaluation.rollback.values[name].cash for name in shown}
    scale = context.numerals.money_scale([x for flow in flows.values() for x in flow])
    years = tuple(str(year) for year in evaluation.model.decision.years)
    return Table(
        title=said(
            "Expected cash by year in {unit}, not discounted", unit=scale.unit or PLAIN_UNITS
        ),
        columns=(said("Id"), said("Strategy"), *years),
        numbers=frozenset(years),
        rows=tuple(
            (name, context.strategy(name), *(scale.write_bare(x) for x in flow))
            for name, flow in flows.items()
        ),
    )


def score_table(evaluation: Evaluation) -> Table:
    """How do the strategies compare on the criteria?"""
    scores = evaluation.scores
    if scores is None:
        return Table(title=said("No criteria were given"), columns=(said("Strategy"),), rows=())
    context = context_of(evaluation)
    shown = set(representatives(evaluation))
    groups = {str(member.label): _leaves_of(member) for member in evaluation.model.criteria}
    return Table(
        title=said("Points of 100 on the criteria, and how much of them each group contributes"),
        columns=(said("Id"), said("Strategy"), said("Total"), *groups),
        numbers=frozenset({"Total", *groups}),
        rows=tuple(
            (name, context.strategy(name), *_points(context, scores, name, groups))
            for name in scores.ranking
            if name in shown
        ),
    )


def targets_table(evaluation: Evaluation) -> Table:
    """Which firms are worth a closer look?"""
    screening = evaluation.screening
    if screening is None:
        return Table(title=said("No firms were given"), columns=(said("Firm"),), rows=())
    context = context_of(evaluation)
    rows = [
        (
            firm.target,
            context.target(firm.target),
            ", ".join(firm.failed) or said("passes"),
            ", ".join(firm.unknown),
            context.numerals.decimal(100 * firm.total, 0),
            context.scale.write_bare(firm.certainty_equivalent),
            context.scale.write_bare(screening.shortfall.get(firm.target, math.nan)),
        )
        for firm in screening.targets
    ]
    figures = (said("Points"), said("Certain"), said("Short of the leader by"))
    return Table(
        title=_money_title(
            context, said("Firms: points on the screening criteria, and present value")
        ),
        columns=(said("Id"), said("Firm"), said("Gates failed"), said("Gates unknown"), *figures),
        numbers=frozenset(figures),
        rows=tuple(rows),
    )


def tree_table(evaluation: Evaluation, strategy: str) -> Table:
    """What should be chosen at each decision of a strategy, and what is it worth there?"""
    context = context_of(evaluation)
    steps = evaluation.rollback.steps[strategy]
    figures = (
        said("Year"),
        said("Probability"),
        said("Reached"),
        said("Certain"),
        said("Expected"),
    )
    return Table(
        title=_money_title(
            context,
            said("{strategy}: present value by history", strategy=context.strategy(strategy)),
        ),
        columns=(said("Branch"), said("Then"), *figures),
        numbers=frozenset(figures),
        rows=tuple(_step_rows(context, steps)),
    )


def quantities_table(evaluation: Evaluation) -> Table:
    """Which numbers go in?"""
    context = context_of(evaluation)
    summaries = evaluation.inputs.summaries
    rows = []
    for name, quantity in evaluation.model.every_quantity().items():
        summary = summaries[name]
        figures = (summary.mean, summary.p10, summary.p90)
        texts = ("" if math.isnan(x) else context.quantity_amount(name, x) for x in figures)
        number = quantity.number
        rows.append((name, number.text, *texts, backed_by(number), str(number.place)))
    figures_named = (said("Mean"), said("P10"), said("P90"))
    return Table(
        title=said("Quantities, the last year's where they vary by year"),
        columns=(said("Id"), said("As written"), *figures_named, said("From"), said("Where")),
        numbers=frozenset(figures_named),
        rows=tuple(rows),
    )


def classes_table(evaluation: Evaluation) -> Table:
    """How did it go for others?"""
    context = context_of(evaluation)
    percent = context.numerals.percent
    return Table(
        title=said("Reference classes")
        if evaluation.model.classes
        else said("No classes were given"),
        columns=(
            said("Id"),
            said("Class"),
            said("Successes"),
            said("Rate"),
            said("90 % interval"),
            said("Used by"),
        ),
        numbers=frozenset({"Successes", "Rate", "90 % interval"}),
        rows=tuple(
            (
                name,
                str(evaluation.model.classes[name].label),
                said("{successes} of {trials}", successes=rate.successes, trials=rate.trials),
                percent(rate.rate),
                said("{low} to {high}", low=percent(rate.low), high=percent(rate.high)),
                ", ".join(rate.used_by),
            )
            for name, rate in evaluation.references.rates.items()
        ),
    )


def precedents_table(model: Model) -> Table:
    """What did others do before?"""
    money = numerals(model.decision.language or ENGLISH, model.decision.currency).money
    return Table(
        title=said("Precedents, as seen at the as-of date")
        if model.precedents
        else said("No precedents were given"),
        columns=(
            said("Id"),
            said("Precedent"),
            said("Kind"),
            said("Year"),
            said("Price"),
            said("Years"),
            said("Outcome"),
            said("From"),
        ),
        numbers=frozenset({"Year", "Price", "Years"}),
        rows=tuple(
            (
                row.id,
                row.label,
                row.kind,
                str(row.year),
                "" if row.price is None else money(row.price),
                "" if row.years_to_deployment is None else f"{row.years_to_deployment:g}",
                row.outcome.replace("_", " "),
                _backing(row.provenance),
            )
            for row in model.precedents.values()
        ),
    )


def sources_table(model: Model) -> Table:
    """What was read?"""
    return Table(
        title=said("Sources") if model.sources else said("No sources were given"),
        columns=(said("Id"), said("Title"), said("Published"), said("Address"), said("Where")),
        rows=tuple(
            (
                source.id,
                source.title,
                source.published_text or said("known by {date}", date=source.known_by),
                source.address,
                str(source.place),
            )
            for source in model.sources.values()
        ),
    )


def backed_by(number: Number) -> str:
    """Say what stands behind a number, in a word or two."""
    is_computed = isinstance(number.definition, Formula) and not number.provenance.sources
    return "formula" if is_computed else _backing(number.provenance)


def _backing(provenance: Provenance) -> str:
    return ", ".join(provenance.sources) or provenance.grade


def _money_title(context: Context, what: Said) -> Said:
    base, unit = context.evaluation.model.decision.base, context.scale.unit or PLAIN_UNITS
    if not base:
        return said("{what} in {unit}", what=what, unit=unit)
    return said(
        "{what} in {unit}, against {base}", what=what, unit=unit, base=context.strategy(base)
    )


def _leaves_of(member: Criterion | CriterionGroup) -> tuple[str, ...]:
    return tuple(criterion.id for criterion in leaves((member,)))


def _points(
    context: Context, scores: Scores, strategy: str, groups: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    yield context.numerals.decimal(100 * scores.totals[strategy], 1)
    for members in groups.values():
        part = sum(scores.cells[strategy][criterion].contribution for criterion in members)
        yield context.numerals.decimal(100 * part, 1)


def _step_rows(context: Context, steps: tuple[Step, ...]) -> Iterator[tuple[str, ...]]:
    """Yield each history that the policy leads to, and the options that it leaves aside."""
    depths: list[int] = []
    start = say(context.language, "start")
    for step in steps:
        above = steps[step.parent] if step.parent >= 0 else None
        depths.append(0 if above is None else depths[step.parent] + 1)
        is_left = above is not None and above.kind == "decision" and above.choice != step.branch
        if step.reach == 0 and not (is_left and above and above.reach > 0):
            continue
        mark = "" if above is None or above.kind != "decision" else ("· " if is_left else "→ ")
        then = step.node or said("end")
        if step.kind == "merged":
            then = said("as {node} above", node=step.node)
        percent = context.numerals.percent
        yield (
            f"{'  ' * depths[-1]}{mark}{step.branch or start}",
            "" if is_left else then,
            str(step.year or ""),
            "" if mark or above is None else percent(step.probability),
            percent(step.reach),
            context.scale.write_bare(step.certainty_equivalent),
            context.scale.write_bare(step.expected_value),
        )
