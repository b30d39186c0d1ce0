"""The tables of the score: criteria with their weights, and what they contribute."""

from collections.abc import Iterator

from decide.analyses.score import Scores
from decide.export.table import Cell, Table, fields, listed, named
from decide.language import said
from decide.model.criterion import Criterion, CriterionGroup, ValueTree, leaves
from decide.model.number import Number
from decide.report.view.context import Context

CELL = ("value", "contribution", "held_flat")


def contributions_table(context: Context) -> Table:
    """How do the strategies compare on each criterion?"""
    model = context.evaluation.model
    names = {name: context.strategy(name) for name in context.evaluation.rollback.values}
    return _contributions(
        context, "contributions", "strategy", names, model.criteria, context.evaluation.scores
    )


def target_contributions_table(context: Context) -> Table:
    """How do the firms compare on each screening criterion?"""
    evaluation = context.evaluation
    names = {name: context.target(name) for name in evaluation.model.targets}
    scores = evaluation.screening.scores if evaluation.screening else None
    screening = evaluation.model.screening
    return _contributions(context, "target_contributions", "target", names, screening, scores)


def criteria_table(context: Context) -> Table:
    """What are the criteria, and what do they weigh?"""
    model, scores = context.evaluation.model, context.evaluation.scores
    firms = context.evaluation.screening
    screening = firms.scores if firms else None
    return Table(
        name="criteria",
        title=said("Criteria and groups with their swings, weights and anchors"),
        columns=(
            *named("criterion label group of unit"),
            *named("swing worst best", "number"),
            *named("weight", "share"),
            *named("question swing_reason overlap overlap_reason"),
            *named("sources", "sources"),
            *named("place"),
        ),
        rows=(
            *_members(context, model.criteria, "", "strategies", scores),
            *_members(context, model.screening, "", "targets", screening),
        ),
    )


def _contributions(
    context: Context,
    name: str,
    who: str,
    names: dict[str, str],
    tree: ValueTree,
    scores: Scores | None,
) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for alternative in scores.ranking if scores else ():
        for criterion in leaves(tree):
            assert scores is not None, "there is a ranking"
            cell = scores.cells[alternative][criterion.id]
            number = _performance(context, who, alternative, criterion.id)
            rows.append(
                (
                    alternative,
                    names[alternative],
                    criterion.id,
                    context.label(criterion.label),
                    criterion.unit,
                    *fields(cell, ("performance", "p10", "p90")),
                    scores.weights[criterion.id],
                    *fields(cell, CELL),
                    number.text,
                    listed(number.provenance.sources),
                    str(number.place),
                )
            )
    return Table(
        name=name,
        title=said("Performance, value and contribution of each strategy on each criterion")
        if who == "strategy"
        else said("Performance, value and contribution of each target on each criterion"),
        columns=(
            *named(f"{who} label criterion criterion_label unit"),
            *named("performance p10 p90", "number"),
            *named("weight value contribution held_flat", "share"),
            *named("written"),
            *named("sources", "sources"),
            *named("place"),
        ),
        rows=tuple(rows),
    )


def _performance(context: Context, who: str, alternative: str, criterion: str) -> Number:
    model = context.evaluation.model
    if who == "target":
        return model.targets[alternative].performances[criterion]
    return model.performances[alternative][criterion]


def _members(
    context: Context, tree: ValueTree, group: str, of: str, scores: Scores | None
) -> Iterator[tuple[Cell, ...]]:
    for member in tree:
        weight = scores.weights[member.id] if scores else None
        start = (member.id, context.label(member.label), group, of)
        if isinstance(member, Criterion):
            yield (
                *start,
                member.unit,
                member.swing,
                member.worst,
                member.best,
                weight,
                context.label(member.question),
                member.swing_reason,
                member.overlap,
                member.overlap_reason,
                listed(member.provenance.sources),
                str(member.place),
            )
        elif isinstance(member, CriterionGroup):
            figures = (member.swing, None, None, weight)
            rest = ("", member.swing_reason, "", "", "", str(member.place))
            yield (*start, "", *figures, *rest)
            yield from _members(context, member.members, member.id, of, scores)
