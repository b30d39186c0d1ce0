"""The tables of what went in: the frame, quantities, firms, precedents, sources."""

from collections.abc import Iterator

from decide.evaluate import Evaluation
from decide.export.inputs_table import BACKING, backing, backing_of
from decide.export.table import Cell, Table, fields, listed, named
from decide.language import said
from decide.model.number import Number
from decide.model.target import Target
from decide.report.view.context import FRAME_NUMBERS, Context


def decision_table(context: Context) -> Table:
    """What is decided, and what was it computed from?"""
    return Table(
        name="decision",
        title=said("The frame of the decision, and what was computed"),
        columns=named("name value"),
        rows=tuple((name, value) for name, value in _frame(context.evaluation)),
    )


def quantities_table(context: Context) -> Table:
    """Which quantities go in, as written and as drawn?"""
    summaries = context.evaluation.inputs.summaries
    model = context.evaluation.model
    return Table(
        name="quantities",
        title=said("Quantities as written and as drawn; the last year's where they vary by year"),
        columns=(
            *named("quantity label target written unit"),
            *named("mean p10 p50 p90", "number"),
            *named("is_drawn", "flag"),
            *named("drives"),
            *BACKING,
        ),
        rows=tuple(
            (
                name,
                context.quantity(name),
                quantity.target,
                quantity.number.text,
                quantity.number.unit,
                *fields(summaries[name], ("mean", "p10", "p50", "p90")),
                summaries[name].is_drawn,
                listed(summaries[name].drives),
                *backing_of(model, quantity.number),
            )
            for name, quantity in model.every_quantity().items()
            if name in summaries
        ),
    )


def targets_table(context: Context) -> Table:
    """Which firms are worth a closer look?"""
    screening = context.evaluation.screening
    model = context.evaluation.model
    shortfall = screening.shortfall if screening else {}
    figures = ("certainty_equivalent", "expected_value")
    return Table(
        name="targets",
        title=said("The firms: those that pass the gates by certainty equivalent, then the others"),
        columns=(
            *named("target label"),
            *named("rank", "count"),
            *named("failed unknown"),
            *named("total", "share"),
            *named("strategy"),
            *named("certainty_equivalent expected_value shortfall", "money"),
            *named("note place"),
        ),
        rows=tuple(
            (
                firm.target,
                context.target(firm.target),
                rank,
                listed(firm.failed),
                listed(firm.unknown),
                *fields(firm, ("total",)),
                firm.strategy,
                *fields(firm, figures),
                shortfall.get(firm.target),
                model.targets[firm.target].note,
                str(model.targets[firm.target].place),
            )
            for rank, firm in enumerate(screening.targets if screening else (), 1)
        ),
    )


def findings_table(context: Context) -> Table:
    """What is known of each firm?"""
    model = context.evaluation.model
    return Table(
        name="findings",
        title=said("The firms' gates and facts"),
        columns=(*named("target kind name label finding why"), *BACKING),
        rows=tuple(row for target in model.targets.values() for row in _findings(context, target)),
    )


def classes_table(context: Context) -> Table:
    """How did it go for others?"""
    model, rates = context.evaluation.model, context.evaluation.references.rates
    return Table(
        name="classes",
        title=said("Reference classes and their success rates; low to high is a 90 % interval"),
        columns=(
            *named("reference_class label"),
            *named("successes trials undecided", "count"),
            *named("rate low high", "share"),
            *named("median_years", "number"),
            *named("median_price", "money"),
            *named("members used_by place"),
        ),
        rows=tuple(
            (
                name,
                context.label(found.label),
                rate.successes,
                rate.trials,
                rate.undecided,
                *fields(rate, ("rate", "low", "high", "median_years", "median_price")),
                listed(found.members),
                listed(rate.used_by),
                str(found.place),
            )
            for name, found in model.classes.items()
            for rate in (rates[name],)
        ),
    )


def precedents_table(context: Context) -> Table:
    """What did others do before?"""
    model = context.evaluation.model
    return Table(
        name="precedents",
        title=said("Precedents, as seen at the as-of date"),
        columns=(
            *named("precedent label kind buyer buyer_kind"),
            *named("year", "count"),
            *named("price", "money"),
            *named("years_to_deployment", "number"),
            *named("outcome"),
            *named("relevance", "number"),
            *named("why"),
            *BACKING,
        ),
        rows=tuple(
            (
                row.id,
                row.label,
                row.kind,
                row.buyer,
                row.buyer_kind,
                row.year,
                row.price,
                row.years_to_deployment,
                row.outcome,
                row.relevance,
                row.why,
                *backing(model, row.provenance, row.place),
            )
            for row in model.precedents.values()
        ),
    )


def sources_table(context: Context) -> Table:
    """What was read?"""
    return Table(
        name="sources",
        title=said("Sources"),
        columns=(
            *named("source title"),
            *named("address", "link"),
            *named("published known_by known_reason note place"),
        ),
        rows=tuple(
            (
                source.id,
                source.title,
                source.address,
                source.published_text,
                "" if source.known_by is None else source.known_by.isoformat(),
                source.known_reason,
                source.note,
                str(source.place),
            )
            for source in context.evaluation.model.sources.values()
        ),
    )


def _frame(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    model, sampling = evaluation.model, evaluation.rollback.sampling
    decision = model.decision
    yield "title", str(decision.title)
    yield "question", str(decision.question)
    for name in ("as_of", "meeting", "owner", "currency", "prices", "tax", "base"):
        yield name, str(getattr(decision, name) or "")
    for name in FRAME_NUMBERS:
        number: Number | None = getattr(decision, name)
        yield name, number.text if number else ""
    yield "payoff", decision.payoff.text if decision.payoff else ""
    yield "clarity", evaluation.verdict.clarity
    yield "draws", str(sampling.draws)
    yield "seed", str(sampling.seed)
    for name in ("version", "digest", "fingerprint"):
        yield name, getattr(evaluation, name)


def _findings(context: Context, target: Target) -> Iterator[tuple[Cell, ...]]:
    model = context.evaluation.model
    for name, finding in target.gates.items():
        label = context.label(model.gates[name].label) if name in model.gates else name
        yield (
            *(target.id, "gate", name, label, finding.status, finding.why),
            *backing(model, finding.provenance, finding.place),
        )
    for fact in target.facts:
        written = fact.text or (fact.number.text if fact.number else "")
        yield (
            *(target.id, "fact", fact.id, context.label(fact.label), written, ""),
            *backing(model, fact.provenance, fact.place),
        )
