"""What strategies, nodes, criteria and firms stand for."""

from collections.abc import Mapping

from decide.cli.facts import backing, branch_text, settings_texts, written
from decide.cli.language import chosen, tell
from decide.cli.meaning import Facts, Meaning, meaning
from decide.model.criterion import Criterion, CriterionGroup
from decide.model.decision import Model, Strategy
from decide.model.number import Number
from decide.model.target import Target
from decide.model.tree import ChanceNode, Node, ObservationNode


def explain_strategy(strategy: Strategy, model: Model) -> Meaning:
    """Say what a strategy is."""
    performances = model.performances.get(strategy.id, {})
    return meaning(
        "strategy",
        strategy.id,
        strategy.label,
        {
            **_course(strategy),
            "performances": [f"{c}: {written(x)} ({x.place})" for c, x in performances.items()],
            "where": str(strategy.place),
        },
    )


def explain_family(family: str, model: Model) -> Meaning:
    """Say what strategies that are for each target have in common, and which they are."""
    members = [s for s in model.strategies.values() if s.family == family]
    first = members[0]
    label = str(first.label).removesuffix(f": {model.targets[first.target].label}")
    return meaning(
        "family of strategies",
        family,
        label,
        {
            **_course(first),
            "strategies": [f"{s.id}: {s.label}" for s in members],
            "where": str(first.place),
        },
    )


def _course(strategy: Strategy) -> Facts:
    return {
        "note": strategy.note.in_language(chosen()),
        "sets": settings_texts(strategy.settings),
        "pays": written(strategy.pay) if strategy.pay else "",
        "then": strategy.then or "",
    }


def explain_node(node: Node, model: Model) -> Meaning:
    """Say what a node of the tree is."""
    kind = "chance" if isinstance(node, ChanceNode) else "decision"
    above = [
        f"{n.id}.{b.id}" for n in model.nodes.values() for b in n.branches if b.then == node.id
    ]
    above += [s.id for s in model.strategies.values() if s.then == node.id]
    return meaning(
        "observation" if isinstance(node, ObservationNode) else kind,
        node.id,
        node.label,
        {
            "year": str(node.year or tell("its parent's")),
            "observes": tell(
                "{quantity}, at {edges}",
                quantity=node.quantity,
                edges=", ".join(e.text for e in node.edges),
            )
            if isinstance(node, ObservationNode)
            else "",
            "given": node.given if isinstance(node, ChanceNode) else "",
            "branches": [branch_text(branch) for branch in node.branches],
            "reached_from": above,
            "where": str(node.place),
        },
    )


def explain_criterion(criterion: Criterion, kind: str, weight: float, model: Model) -> Meaning:
    """Say what a criterion is."""
    overlap = criterion.overlap
    return meaning(
        kind,
        criterion.id,
        criterion.label,
        {
            "weight": _weight(criterion, weight),
            "why": criterion.swing_reason,
            "question": criterion.question.in_language(chosen()),
            "worst_and_best": (
                tell(
                    "{worst:g} and {best:g} {unit}",
                    worst=criterion.worst,
                    best=criterion.best,
                    unit=criterion.unit,
                ).rstrip()
            ),
            "levels": [f"{level.performance:g}: {level.label}" for level in criterion.levels],
            "overlap": f"{overlap}: {criterion.overlap_reason}" if overlap else "",
            "performances": [
                f"{strategy}: {written(row[criterion.id])} ({row[criterion.id].place})"
                for strategy, row in _rows(kind, model).items()
                if criterion.id in row
            ],
            **backing(criterion.provenance, model),
            "where": str(criterion.place),
        },
    )


def explain_group(group: CriterionGroup, kind: str, weight: float) -> Meaning:
    """Say what a group of criteria is."""
    return meaning(
        f"group of {kind.replace('criterion', 'criteria')}",
        group.id,
        group.label,
        {
            "weight": _weight(group, weight),
            "why": group.swing_reason,
            "criteria": [member.id for member in group.members],
            "where": str(group.place),
        },
    )


def _weight(member: Criterion | CriterionGroup, weight: float) -> str:
    return tell(
        "{percent:.1f} % of the whole (swing {swing:g})", percent=100 * weight, swing=member.swing
    )


def explain_target(target: Target, model: Model) -> Meaning:
    """Say what a firm is."""
    return meaning(
        "firm",
        target.id,
        target.label,
        {
            "note": target.note,
            "facts": [f"{f.label}: {f.text} ({f.place})" for f in target.facts],
            "gates": [f"{g}: {found.status}, {found.why}" for g, found in target.gates.items()],
            "performances": [f"{c}: {written(x)}" for c, x in target.performances.items()],
            "own_quantities": [
                f"{q}@{target.id}: {written(x)}" for q, x in target.quantities.items()
            ],
            "strategies": [s.id for s in model.strategies.values() if s.target == target.id],
            "where": str(target.place),
        },
    )


def _rows(kind: str, model: Model) -> Mapping[str, Mapping[str, Number]]:
    if kind == "criterion":
        return model.performances
    return {target.id: target.performances for target in model.targets.values()}
