"""A program as plain data, for an engine in another language."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from decide.model.criterion import Criterion, CriterionGroup, Exponential, Piecewise, ValueTree
from decide.model.decision import Model
from decide.model.distribution import Component, Distribution, Mixture, Shifted
from decide.model.movable import movable
from decide.model.number import Fixed
from decide.model.tree import ChanceNode, DecisionNode, Node, ObservationNode
from decide.program.compile import MOST_UNFOLDED, compile_program
from decide.program.engine import needed_inputs
from decide.program.operations import Operation, ancestors
from decide.program.program import Program, ProgramStep
from decide.program.unfold import HORIZON
from decide.uncertainty.sample import number_of_states

FORMAT = 1
MOST_STATES = 4_096  # of an enumerated model
MOST_OPERATIONS = 20_000
FIRST = 48  # the letter that stands for 0

Plain = dict[str, Any]


def portable(model: Model) -> Plain | None:
    """Return a model's program with every movable number as an input: texts, numbers and lists.

    None where the trees have more than 4,096 path ends, more than 20,000 operations or more than
    4,096 states: such a program takes too long to run while one waits.
    """
    program = compile_movable(model)
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
    nodes = {name: n for n, name in enumerate(model.nodes)}
    return {
        "format": FORMAT,
        "seed": program.seed,
        "years": program.years,
        "riskTolerance": _risk_tolerance(model),
        "inputs": _inputs(program, order),
        "operations": _operations([program.operations[number] for number in order], place),
        "ranks": [[*pair, rank] for pair, rank in program.ranks.items()],
        "nodes": {
            name: {
                "kind": _kind(node),
                "event": program.events.get(name, name),
                "branches": [branch.id for branch in node.branches],
            }
            for name, node in model.nodes.items()
        },
        "strategies": {
            name: list(_steps(steps, place, nodes)) for name, steps in program.strategies.items()
        },
        "performances": _by_row(program.performances, place),
        "screening": _by_row(screening, place),
        "criteria": _criteria(model.criteria),
        "screeningCriteria": _criteria(model.screening),
    }


def compile_movable(model: Model) -> Program:
    """Compile a model with every movable number as an input, and no histories merged."""
    numbers = movable(model)
    constants = {name for name, n in numbers.items() if isinstance(n.definition, Fixed)}
    moved = frozenset(constants | ({HORIZON} if model.decision.years else set()))
    return compile_program(model, merges=False, moved=moved, is_whole=True)


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


def _kind(node: Node) -> str:
    """Return the first letter of what a node is."""
    match node:
        case DecisionNode():
            return "d"
        case ChanceNode():
            return "c"
        case ObservationNode():
            return "o"


def _inputs(program: Program, order: Sequence[int]) -> Plain:
    """Return the inputs, in the order of their operations, and what is correlated with them.

    A constant is its value, what is drawn its distribution.
    """
    operations = program.operations
    names = [operations[n].extra[0] for n in order if operations[n].code == "input"]
    joined = {name for pair in program.ranks for name in pair} & set(program.distributions)
    return {
        name: _plain(program.distributions[name])
        if name in program.distributions
        else program.parameters[name].value
        for name in dict.fromkeys([*names, *sorted(joined)])
    }


def _operations(operations: Sequence[Operation], place: Mapping[int, int]) -> Plain:
    """Return the operations by column, which packs well.

    A letter each for code and number of arguments; how far back the first argument stands, and the
    others; and of the codes that have any, what is no argument.
    """
    codes = sorted({operation.code for operation in operations})
    back = [
        [here - place[argument] for argument in operation.arguments]
        for here, operation in enumerate(operations)
    ]
    extras = [_extra(operation) for operation in operations]
    pairs = list(zip(operations, extras, strict=True))
    extended = sorted({operation.code for operation, extra in pairs if extra})
    return {
        "codes": codes,
        "code": "".join(chr(FIRST + codes.index(operation.code)) for operation in operations),
        "count": "".join(chr(FIRST + len(arguments)) for arguments in back),
        "first": [arguments[0] for arguments in back if arguments],
        "others": [away for arguments in back for away in arguments[1:]],
        "extended": extended,
        "extras": [extra for operation, extra in pairs if operation.code in extended],
    }


def _extra(operation: Operation) -> list[Any]:
    if operation.value is not None:
        return [_number(x) for x in operation.value.ravel().tolist()]
    return [] if operation.code == "input" else [_number(x) for x in operation.extra]


def _steps(
    steps: Sequence[ProgramStep], place: Mapping[int, int], nodes: Mapping[str, int]
) -> Iterator[list[int]]:
    """Yield how far back the parent stands, node, position, and probability and total.

    The node of a path end is -1. An operation is given by its distance from the last one that was
    given, or as 0 where there is none; the first stands as if after -1.
    """
    last = -1
    for here, step in enumerate(steps):
        found = [here - step.parent, nodes.get(step.node, -1), step.position]
        for number in (step.probability, step.total):
            if number is None or number < 0:
                found.append(0)
            else:
                found.append(_apart(place[number], last))
                last = place[number]
        yield found


def _apart(number: int, last: int) -> int:
    """Return the distance from `last`, made one larger so that it is never 0."""
    away = number - last
    return away if away < 0 else away + 1


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
