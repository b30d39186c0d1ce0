"""A model with some of its numbers moved, and a program with outcomes that are supposed to come."""

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from decide.language import said
from decide.model.criterion import Criterion, CriterionGroup, ValueTree
from decide.model.decision import Model
from decide.model.distribution import Discrete, Distribution, Shifted
from decide.model.movable import movable
from decide.model.number import Definition, Fixed, Formula, Mapped, Number, Provenance, Series
from decide.model.tree import ChanceNode, Node
from decide.model.what_if import WhatIf
from decide.program.operations import Operation
from decide.program.program import Program, ProgramStep
from decide.uncertainty.shifted import shifted_states


def supposing(model: Model, what_if: WhatIf) -> Model:
    """Return a model with its numbers moved; names that are not `movable` are passed over."""
    moved = {
        name: _moved(number, what_if.pinned.get(name), what_if.shifted.get(name, 0.0))
        for name, number in movable(model).items()
        if name in what_if.pinned or name in what_if.shifted
    }
    decision = model.decision
    strategies = {
        name: s
        for name, s in model.strategies.items()
        if not (s.target and what_if.acquired) or s.target == what_if.acquired
    }
    return replace(
        model,
        decision=replace(
            decision,
            horizon=what_if.horizon if what_if.horizon is not None else decision.horizon,
            discount_rate=moved.get("discount_rate", decision.discount_rate),
            risk_tolerance=_tolerance(model, what_if.risk_tolerance),
        ),
        quantities={
            name: replace(q, number=moved.get(name, q.number))
            for name, q in model.quantities.items()
        },
        target_quantities={
            target: {
                name: replace(q, number=moved.get(f"{name}@{target}", q.number))
                for name, q in own.items()
            }
            for target, own in model.target_quantities.items()
        },
        strategies=strategies,
        nodes={name: _with_chances(node, moved) for name, node in model.nodes.items()},
        performances={
            strategy: {c: moved.get(f"{strategy}.{c}", number) for c, number in row.items()}
            for strategy, row in model.performances.items()
            if strategy in strategies
        },
        targets={
            name: replace(
                target,
                performances={
                    c: moved.get(f"{name}.{c}", number) for c, number in target.performances.items()
                },
            )
            for name, target in model.targets.items()
        },
        criteria=_weighed(model.criteria, what_if.swings),
        what_if=what_if,
    )


def _tolerance(model: Model, moved: float | None) -> Number | None:
    """Return the risk tolerance; an endless one is none."""
    written = model.decision.risk_tolerance
    if moved is None:
        return written
    if moved == math.inf:
        return None
    if written is not None:
        return _moved(written, moved, 0.0)
    provenance = Provenance(grade="judgement", reason=said("a what-if, in place of none"))
    place = model.decision.place
    return Number(text=f"{moved!r}", definition=Fixed(moved), provenance=provenance, place=place)


def _moved(number: Number, pinned: float | None, score: float) -> Number:
    definition: Definition = number.definition
    if pinned is not None and isinstance(definition, Discrete):
        sure = tuple(float(value == pinned) for value in definition.values)
        definition = replace(definition, probabilities=sure)
        text = f"{pinned!r}"
    elif pinned is not None:
        definition = Fixed(pinned)
        text = f"{100 * pinned:.12g} %" if "%" in number.text else f"{pinned!r}"
    else:
        assert not isinstance(definition, Fixed | Formula | Series | Mapped), "what is drawn"
        definition = _shifted(definition, score)
        text = said("{number}, shifted by {score!r} normal scores", number=number.text, score=score)
    reason = said("a what-if, in place of {number}", number=number.text)
    return replace(
        number,
        text=text,
        definition=definition,
        provenance=Provenance(grade="judgement", reason=reason),
    )


def _shifted(distribution: Distribution, score: float) -> Distribution:
    match distribution:
        case Discrete():
            return shifted_states(distribution, score)
        case Shifted():
            return replace(distribution, score=distribution.score + score)
        case _:
            return Shifted(distribution=distribution, score=score)


def _with_chances(node: Node, moved: Mapping[str, Number]) -> Node:
    if not isinstance(node, ChanceNode):
        return node
    return replace(
        node,
        branches=tuple(
            replace(branch, p=moved.get(f"{node.id}.{branch.id}.p", branch.p))
            for branch in node.branches
        ),
    )


def _weighed(tree: ValueTree, swings: Mapping[str, float]) -> ValueTree:
    found: list[Criterion | CriterionGroup] = []
    for member in tree:
        swing = swings.get(member.id, member.swing)
        if isinstance(member, CriterionGroup):
            members = _weighed(member.members, swings)
            found.append(replace(member, swing=swing, members=members))
        else:
            found.append(replace(member, swing=swing))
    return tuple(found)


def suppose(program: Program, what_if: WhatIf) -> Program:
    """Return a program in which the supposed outcomes are certain.

    One that is seen is evidence too: each draw counts by the probability that it gives the outcome
    where the node is first met in the strategy's tree. Histories must be laid out, none merged.
    """
    operations = list(program.operations)
    sure = {1.0: len(operations), 0.0: len(operations) + 1}
    operations += [Operation("constant", value=np.full((1, 1, 1), value)) for value in sure]
    evidence = []
    strategies = dict(program.strategies)
    for supposed in what_if.supposed:
        event = program.events.get(supposed.node, supposed.node)
        own = program.strategies.get(supposed.strategy, ())
        evidence += [
            step.probability
            for step in own
            if step.probability is not None
            and step.branch == supposed.branch
            and own[step.parent].node == supposed.node
        ][:1]
        for name, steps in strategies.items():
            strategies[name] = tuple(
                replace(step, probability=sure[float(step.branch == supposed.branch)])
                if step.probability is not None and _event(program, steps[step.parent]) == event
                else step
                for step in steps
            )
    return replace(
        program,
        operations=tuple(operations),
        strategies=strategies,
        evidence=tuple(evidence),
    )


def _event(program: Program, step: ProgramStep) -> str:
    return program.events.get(step.node, step.node)
