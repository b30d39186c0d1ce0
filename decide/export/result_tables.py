"""The tables of what was found: strategies, trees, drivers, information."""

from collections.abc import Iterator

from decide.analyses.rollback import Step
from decide.export.table import Cell, Table, fields, known, listed, named
from decide.language import said
from decide.report.view.context import Context

MONEY = (
    "certainty_equivalent",
    "expected_value",
    "p10",
    "p50",
    "p90",
    "worst_tenth_mean",
    "minimum",
    "maximum",
    "sd",
    "standard_error",
)
BAR = ("at_low", "at_high", "held_at_low", "held_at_high", "width")


def strategies_table(context: Context) -> Table:
    """What is each strategy worth?"""
    evaluation = context.evaluation
    totals = evaluation.scores.totals if evaluation.scores else {}
    return Table(
        name="strategies",
        title=said("What each strategy is worth, best first"),
        columns=(
            *named("strategy label family target"),
            *named("rank", "count"),
            *named(" ".join(MONEY), "money"),
            *named("probability_of_loss score_total", "share"),
            *named("note place"),
        ),
        rows=tuple(
            (
                *_named_strategy(context, name),
                rank,
                *fields(value, MONEY),
                known(value.probability_of_loss),
                totals.get(name),
                *_written(context, name),
            )
            for rank, name in enumerate(evaluation.rollback.ranking, 1)
            for value in (evaluation.rollback.values[name],)
        ),
    )


def cash_table(context: Context) -> Table:
    """What cash does each strategy cost and bring, year by year?"""
    rollback, years = context.evaluation.rollback, context.evaluation.model.decision.years
    return Table(
        name="cash",
        title=said("Expected cash by year, not discounted"),
        columns=(*named("strategy label"), *named("year", "count"), *named("cash", "money")),
        rows=tuple(
            (name, context.strategy(name), year, known(amount))
            for name in rollback.ranking
            for year, amount in zip(years, rollback.values[name].cash, strict=bool(years))
        ),
    )


def tree_table(context: Context) -> Table:
    """What should be chosen at each decision, and what is it worth there?"""
    evaluation = context.evaluation
    return Table(
        name="tree",
        title=said("Every strategy's tree, history by history, with the choice at each decision"),
        columns=(
            *named("strategy"),
            *named("step parent depth", "count"),
            *named("branch branch_label node node_label kind"),
            *named("year", "count"),
            *named("probability reach", "share"),
            *named("expected_value certainty_equivalent", "money"),
            *named("choice ties"),
            *named("is_chosen", "flag"),
            *named("same_as", "count"),
        ),
        rows=tuple(
            row
            for strategy in evaluation.rollback.ranking
            for row in _steps(context, strategy, evaluation.rollback.steps[strategy])
        ),
    )


def policy_table(context: Context) -> Table:
    """What should be chosen in a diagram, depending on what is known?"""
    solution = context.evaluation.diagram
    return Table(
        name="policy",
        title=said("What each decision of the diagram takes, by the states of what matters to it"),
        columns=(*named("decision where option ties"), *named("reach", "share")),
        rows=tuple(
            (
                name,
                listed(map("=".join, zip(policy.matters, row.states, strict=True))),
                row.option,
                listed(row.ties),
                known(row.reach),
            )
            for name, policy in (solution.policies.items() if solution else ())
            for row in policy.rows
        ),
    )


def drivers_table(context: Context) -> Table:
    """What moves the leader's worth, one input at a time?"""
    sensitivity = context.evaluation.sensitivity
    return Table(
        name="drivers",
        title=said("The leader's certainty equivalent as one input moves, the widest first"),
        columns=(
            *named("quantity label unit"),
            *named("low high", "number"),
            *named(" ".join(BAR), "money"),
            *named("leader_at_low leader_at_high"),
        ),
        rows=tuple(
            (
                bar.quantity,
                context.quantity(bar.quantity),
                _unit(context, bar.quantity),
                known(bar.low),
                known(bar.high),
                *fields(bar, BAR),
                bar.leader_at_low,
                bar.leader_at_high,
            )
            for bar in sensitivity.bars
        ),
    )


def switch_points_table(context: Context) -> Table:
    """Which inputs alone pass the lead to another strategy?"""
    return Table(
        name="switch_points",
        title=said("Where one input alone passes the lead to another strategy, the nearest first"),
        columns=(
            *named("quantity label unit"),
            *named("now at", "number"),
            *named("until leader"),
            *named("distance", "number"),
            *named("is_plausible", "flag"),
        ),
        rows=tuple(
            (
                point.quantity,
                context.quantity(point.quantity),
                _unit(context, point.quantity),
                known(point.now),
                known(point.at),
                point.until,
                point.leader,
                known(point.distance),
                point.is_plausible,
            )
            for point in context.evaluation.sensitivity.switch_points
        ),
    )


def information_table(context: Context) -> Table:
    """What would it be worth to know each quantity before the first decision?"""
    found = context.evaluation.rollback.information
    figures = ("value", "held_out", "in_sample", "standard_error")
    every = {"all quantities": found.quantities} if found else {}
    each = sorted(found.each.items(), key=lambda item: -item[1].value) if found else []
    worths = [*every.items(), *((listed(names), worth) for names, worth in each)]
    rows: list[tuple[Cell, ...]] = [
        (name, *fields(worth, figures), worth.is_distinguishable) for name, worth in worths
    ]
    if found is not None and found.outcomes is not None:
        whole = found.quantities.value + found.outcomes.value
        error = found.outcomes.standard_error
        rows.insert(
            0, ("all quantities and outcomes", known(whole), None, None, known(error), None)
        )
    return Table(
        name="information",
        title=said("Value of perfect information before the first decision"),
        columns=(
            *named("known"),
            *named(" ".join(figures), "money"),
            *named("is_distinguishable", "flag"),
        ),
        rows=tuple(rows),
    )


def _named_strategy(context: Context, name: str) -> tuple[str, str, str, str]:
    found = context.evaluation.model.strategies.get(name)
    family, target = (found.family, found.target) if found else (name, "")
    return name, context.strategy(name), family, target


def _written(context: Context, name: str) -> tuple[str, str]:
    found = context.evaluation.model.strategies.get(name)
    return (context.label(found.note), str(found.place)) if found else ("", "")


def _unit(context: Context, quantity: str) -> str:
    number = context.number_of(quantity)
    return number.unit if number else ""


def _steps(context: Context, strategy: str, steps: tuple[Step, ...]) -> Iterator[tuple[Cell, ...]]:
    nodes = context.evaluation.model.nodes
    depths: list[int] = []
    for index, step in enumerate(steps):
        above = steps[step.parent] if step.parent >= 0 else None
        depths.append(0 if above is None else depths[step.parent] + 1)
        node = nodes.get(step.node)
        branches = nodes[above.node].branches if above and above.node in nodes else ()
        labels = {branch.id: context.label(branch.label) for branch in branches}
        yield (
            strategy,
            index,
            None if above is None else step.parent,
            depths[-1],
            step.branch,
            labels.get(step.branch, step.branch),
            step.node,
            context.label(node.label) if node else "",
            step.kind,
            step.year,
            known(step.probability),
            known(step.reach),
            known(step.expected_value),
            known(step.certainty_equivalent),
            step.choice,
            listed(step.ties),
            above.choice == step.branch if above and above.kind == "decision" else None,
            step.same_as if step.same_as >= 0 else None,
        )
