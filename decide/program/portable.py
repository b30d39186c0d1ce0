"""A program as plain data, for an engine in another language."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from decide.model.criterion import Criterion, CriterionGroup, Exponential, Piecewise, ValueTree
from decide.model.decision import Model
from decide.model.distribution import Component, Distribution, Mixture, Shifted
from decide.model.movable import movable
from decide.model.number import Fixed
from decide.program.compile import MOST_UNFOLDED, compile_program
from decide.program.engine import needed_inputs
from decide.program.operations import Operation, ancestors
from decide.program.program import Program, ProgramStep
from decide.program.unfold import HORIZON
from decide.uncertainty.sample import number_of_states

FORMAT = 1
MOST_STATES = 4_096  # of an enumerated model
MOST_OPERATIONS = 20_000

Plain = dict[str, Any]


def portable(model: Model) -> Plain | None:
    """Return a model's program with every movable number as an input: texts, numbers and lists.

    None where the trees have more than 4,096 path ends, more than 20,000 operations or more than
    4,096 states: such a program takes too long to run while one waits.
    """
    numbers = movable(model)
    constants = {name for name, n in numbers.items() if isinstance(n.definition, Fixed)}
    moved = frozenset(constants | ({HORIZON} if model.decision.years else set()))
    program = compile_program(model, merges=False, moved=moved, is_whole=True)
    by_tree = _outputs(program)
    screening = {
        (target, criterion): number
        for (target, criterion), number in program.screening.items()
        if not model.targets[target].failed_gates
    }
    by_score = [*program.performances.values(), *screening.values()]
    order = ancestors(program.operations, [*by_tree, *by_score])
    states = number_of_states(needed_inputs(program, by_tree))
    too_large = program.path_ends > MOST_UNFOLDED or len(order) > MOST_OPERATIONS
    if too_large or (states or 0) > MOST_STATES:
        return None
    place = {number: n for n, number in enumerate(order)}
    nodes = {step.node: n for n, step in enumerate(_first_of_each(program))}
    return {
        "format": FORMAT,
        "seed": program.seed,
        "years": program.years,
        "riskTolerance": _risk_tolerance(model),
        "operations": [
            _operation(program.operations[number], n, place) for n, number in enumerate(order)
        ],
        "drawn": {name: _plain(d) for name, d in program.distributions.items()},
        "constants": {name: fixed.value for name, fixed in program.parameters.items()},
        "ranks": [[*pair, rank] for pair, rank in program.ranks.items()],
        "nodes": {
            name: {
                "event": program.events.get(name, name),
                "branches": [branch.id for branch in model.nodes[name].branches],
            }
            for name in nodes
        },
        "strategies": {
            name: [_step(step, place, nodes) for step in steps]
            for name, steps in program.strategies.items()
        },
        "performances": _by_row(program.performances, place),
        "screening": _by_row(screening, place),
        "criteria": _criteria(model.criteria),
        "screeningCriteria": _criteria(model.screening),
    }


def _risk_tolerance(model: Model) -> float | None:
    number = model.decision.risk_tolerance
    return number.definition.value if number and isinstance(number.definition, Fixed) else None


def _criteria(tree: ValueTree) -> list[Plain]:
    return [
        {"id": member.id, "swing": member.swing, "members": _criteria(member.members)}
        if isinstance(member, CriterionGroup)
        else {"id": member.id, "swing": member.swing, **_value_function(member)}
        for member in tree
    ]


def _value_function(criterion: Criterion) -> Plain:
    anchors: Plain = {"worst": criterion.worst, "best": criterion.best}
    match criterion.shape:
        case Exponential(middle=middle):
            return anchors | {"middle": middle}
        case Piecewise(points=points):
            return anchors | {"points": points}
        case _:
            return anchors


def _outputs(program: Program) -> list[int]:
    return [
        number
        for steps in program.strategies.values()
        for step in steps
        for number in (step.probability, step.total)
        if number is not None and number >= 0
    ]


def _first_of_each(program: Program) -> list[ProgramStep]:
    found: dict[str, ProgramStep] = {}
    for steps in program.strategies.values():
        for step in steps:
            if step.node:
                found.setdefault(step.node, step)
    return list(found.values())


def _operation(operation: Operation, here: int, place: Mapping[int, int]) -> list[Any]:
    """Return the code, how many arguments, how far back each stands, and what is no argument."""
    if operation.value is not None:
        extra: Sequence[Any] = operation.value.ravel().tolist()
    else:
        extra = operation.extra
    back = [here - place[argument] for argument in operation.arguments]
    return [operation.code, len(back), *back, *map(_number, extra)]


def _step(step: ProgramStep, place: Mapping[int, int], nodes: Mapping[str, int]) -> list[Any]:
    """Return parent, kind, node, position, year, and the operations of probability and total."""
    return [
        step.parent,
        step.kind[0],
        nodes.get(step.node, -1),
        step.position,
        step.year or 0,
        -1 if step.probability is None else place[step.probability],
        -1 if step.total < 0 else place[step.total],
    ]


def _plain(distribution: Distribution) -> Plain:
    match distribution:
        case Shifted():
            return {
                "kind": "shifted",
                "distribution": _plain(distribution.distribution),
                "score": distribution.score,
            }
        case Mixture():
            own = asdict(distribution)
            own["components"] = [_plain(component) for component in distribution.components]
            return _named("mixture", own)
        case _:
            return _component(distribution)


def _component(distribution: Component) -> Plain:
    return _named(type(distribution).__name__.lower(), asdict(distribution))


def _named(kind: str, fields: Plain) -> Plain:
    kept = {name: value for name, value in fields.items() if value is not None}
    return {"kind": kind, **kept}


def _by_row(numbers: Mapping[tuple[str, str], int], place: Mapping[int, int]) -> Plain:
    found: Plain = {}
    for (row, column), number in numbers.items():
        found.setdefault(row, {})[column] = place[number]
    return found


def _number(extra: object) -> object:
    """Return a number as JSON has it; what it has not is a text that reads as one."""
    if not isinstance(extra, float) or math.isfinite(extra):
        return extra
    if math.isnan(extra):
        return "NaN"
    return "Infinity" if extra > 0 else "-Infinity"
