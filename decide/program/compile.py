"""The model to one program: every strategy's tree unfolded, its formulas entered into one graph."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from decide.language import said
from decide.model.decision import Model
from decide.model.number import Mapped
from decide.model.place import InvalidInputError, Problem
from decide.model.tree import ChanceNode
from decide.program.formula import Compiler, State
from decide.program.operations import Graph
from decide.program.program import Program
from decide.program.supposing import suppose
from decide.program.unfold import TooManyStepsError, Unfolder

MOST_UNFOLDED = 4_096  # path ends up to which every history is laid out, for all to see
MOST_STEPS = 100_000  # of one strategy


def compile_program(
    model: Model,
    *,
    merges: bool | None = None,
    moved: AbstractSet[str] = frozenset(),
    is_whole: bool = False,
) -> Program:
    """Compile a model.

    `merges` says whether histories that have one future share it; by default where the trees have
    more than 4,096 path ends, every history unfolded. Constants named in `moved` are inputs, and
    so is the horizon if it is among them; where `is_whole`, years and draws are not taken apart, so
    that there are few operations. Raises InvalidInputError where a tree has more than 100,000
    steps all the same.
    """
    path_ends = _count_path_ends(model)
    years = model.decision.years or (0,)
    compiler = Compiler(model=model, years=years, graph=Graph(years=len(years)), moved=moved)
    unfolder = Unfolder(
        model=model,
        compiler=compiler,
        years=years,
        merges=_merges(model, path_ends) if merges is None else merges,
        is_whole=is_whole,
        most_steps=MOST_STEPS,
    )
    try:
        strategies = {s.id: unfolder.unfold(s) for s in model.strategies.values()}
    except TooManyStepsError:
        raise InvalidInputError([_too_large(model, path_ends)]) from None
    levers = unfolder.initial
    quantities = _quantities(model, compiler, levers)
    performances = {
        (strategy, criterion): compiler.number(
            number, f"{strategy}.{criterion}", State(model.strategies[strategy].target, levers)
        )
        for strategy, row in model.performances.items()
        for criterion, number in row.items()
    }
    screening = {
        (target.id, criterion): compiler.number(
            number, f"{target.id}.{criterion}", State(target.id, levers)
        )
        for target in model.targets.values()
        for criterion, number in target.performances.items()
    }
    program = Program(
        years=years,
        has_years=bool(model.decision.years),
        operations=tuple(compiler.graph.operations),
        distributions=compiler.distributions,
        parameters=compiler.parameters,
        ranks=model.ranks,
        seed=model.decision.seed,
        strategies=strategies,
        places={s.id: s.place for s in model.strategies.values()},
        outcomes=tuple(unfolder.chances.outcomes),
        events={
            node.id: node.event
            for node in model.nodes.values()
            if isinstance(node, ChanceNode) and node.event
        },
        path_ends=path_ends,
        sub_decisions=unfolder.sub_decisions,
        quantities=quantities,
        performances=performances,
        screening=screening,
    )
    return suppose(program, model.what_if) if model.what_if.supposed else program


def _merges(model: Model, path_ends: int) -> bool:
    """Say whether histories share a future: not where an outcome is supposed that they may see."""
    return path_ends > MOST_UNFOLDED and not model.what_if.supposed


def _quantities(model: Model, compiler: Compiler, levers: Mapping[str, int]) -> Mapping[str, int]:
    """Enter every quantity that neither a lever nor a firm's performance enters."""
    found = {}
    mapped = {q.id for q in model.quantities.values() if isinstance(q.number.definition, Mapped)}
    for name in model.quantities:
        needs = compiler.needs("")[name]
        reached = (*needs.quantities, name)
        if not needs.levers and mapped.isdisjoint(reached):
            found[name] = compiler.quantity(name, State("", levers))
    for target, own in model.target_quantities.items():
        for name in own:
            if not compiler.needs(target)[name].levers:
                found[f"{name}@{target}"] = compiler.quantity(name, State(target, levers))
    return found


def _count_path_ends(model: Model) -> int:
    """Count the path ends of all strategies, every history unfolded."""
    ends: dict[str | None, int] = {None: 1}
    waiting = [strategy.then for strategy in model.strategies.values()]
    while waiting:
        node = waiting[-1]
        below = [b.then for b in model.nodes[node].branches] if node is not None else []
        unknown = [b for b in below if b not in ends]
        if unknown:
            waiting.extend(unknown)
        else:
            ends.setdefault(node, sum(ends[b] for b in below))
            waiting.pop()
    return sum(ends[strategy.then] for strategy in model.strategies.values())


def _too_large(model: Model, path_ends: int) -> Problem:
    return Problem(
        place=model.decision.place,
        message=said(
            "the trees have {path_ends:,} path ends; with histories that lead to the same future "
            "taken together, more than {most:,} nodes are left to go through",
            path_ends=path_ends,
            most=MOST_STEPS,
        ),
        advice=said(
            "leave out nodes whose outcome no later decision depends on, or use a quantity in "
            "place of a chance"
        ),
    )
