"""What each kind of number, source and precedent stands for."""

from math import isnan

from decide.analyses.inputs import drives_of, summarise_inputs
from decide.cli.facts import amount_text, backing, input_text, written
from decide.cli.language import tell
from decide.cli.meaning import Meaning, meaning
from decide.language import ENGLISH
from decide.model.decision import Lever, Model, Quantity, Source
from decide.model.number import Number
from decide.model.precedent import Precedent, ReferenceClass
from decide.program.compile import compile_program
from decide.report.view.numerals import numerals


def explain_frame(name: str, model: Model) -> Meaning:
    """Say what a number of the decision itself is."""
    number: Number = getattr(model.decision, name)
    facts = {
        "as_written": written(number),
        **backing(number.provenance, model),
        "where": str(number.place),
    }
    return meaning("frame number", name, name.replace("_", " ").capitalize(), facts)


def explain_quantity(name: str, quantity: Quantity, model: Model) -> Meaning:
    """Say what a quantity is."""
    summary = summarise_inputs(compile_program(model), model).summaries[name]
    number = quantity.number
    spread = summary.p90 > summary.p10

    def amount(x: float) -> str:
        return amount_text(x, number, model)

    years = zip(model.decision.years, summary.by_year, strict=False)
    facts = {
        "as_written": written(number),
        "mean" if spread else "value": "" if isnan(summary.mean) else amount(summary.mean),
        "p10_p50_p90": "   ".join(amount(x) for x in (summary.p10, summary.p50, summary.p90))
        if spread
        else "",
        "by_year": [f"{year}: {amount(x)}" for year, x in years],
        "inputs": [input_text(one, model) for one in summary.inputs],
        **backing(number.provenance, model),
        "drives": summary.drives,
        "where": str(quantity.place),
    }
    return meaning("quantity", name, quantity.label, facts)


def explain_class(reference: ReferenceClass, model: Model) -> Meaning:
    """Say what a reference class is."""
    members = (model.precedents[m] for m in reference.members)
    return meaning(
        "reference class",
        reference.id,
        reference.label,
        {
            "successes": tell(
                "{successes} of {trials} that are decided",
                successes=reference.successes,
                trials=reference.trials,
            ),
            "counts_as_success": reference.success,
            "members": [f"{m.id}: {m.label}, {m.outcome.replace('_', ' ')}" for m in members],
            "drives": tuple(drives_of(model)[reference.id]),
            "where": str(reference.place),
        },
    )


def explain_lever(lever: Lever, model: Model) -> Meaning:
    """Say what a lever is."""
    strategies = {s.family: s.settings for s in model.strategies.values()}
    branches = {f"{n.id}.{b.id}": b.settings for n in model.nodes.values() for b in n.branches}
    set_by = [
        tell(
            "{lever} to {number} ({place})",
            lever=user,
            number=setting.number.text,
            place=setting.number.place,
        )
        for user, settings in (strategies | branches).items()
        for setting in settings
        if setting.lever == lever.id
    ]
    return meaning(
        "lever",
        lever.id,
        lever.label,
        {
            "at_first": written(lever.number, lever.unit),
            "set_by": set_by,
            "named_by": tuple(drives_of(model)[lever.id]),
            "where": str(lever.number.place),
        },
    )


def explain_precedent(precedent: Precedent, model: Model) -> Meaning:
    """Say what a precedent is."""
    money = numerals(model.decision.language or ENGLISH, model.decision.currency).money
    return meaning(
        "precedent",
        precedent.id,
        precedent.label,
        {
            "kind": tell(
                "{kind} by {buyer} ({buyer_kind})",
                kind=precedent.kind,
                buyer=precedent.buyer,
                buyer_kind=precedent.buyer_kind,
            ),
            "year": str(precedent.year),
            "price": "" if precedent.price is None else money(precedent.price),
            "outcome": precedent.outcome.replace("_", " "),
            "why": precedent.why,
            **backing(precedent.provenance, model),
            "classes": [c.id for c in model.classes.values() if precedent.id in c.members],
            "where": str(precedent.place),
        },
    )


def explain_source(source: Source, model: Model) -> Meaning:
    """Say what a source is."""
    backs = [
        f"{name}: {written(quantity.number)} ({quantity.place})"
        for name, quantity in model.every_quantity().items()
        if source.id in quantity.number.provenance.sources
    ]
    backs += [p.id for p in model.precedents.values() if source.id in p.provenance.sources]
    return meaning(
        "source",
        source.id,
        source.title,
        {
            "published": source.published_text,
            "known_by": f"{source.known_by}: {source.known_reason}" if source.known_by else "",
            "address": source.address,
            "note": source.note,
            "backs": backs,
            "where": str(source.place),
        },
    )
