"""The model to one program: every strategy's tree unfolded, its formulas entered into one graph."""

from collections.abc import Mapping

from decide.model.decision import Model
from decide.model.number import Mapped
from decide.model.place import InvalidInputError, Problem
from decide.model.tree import ChanceNode
from decide.program.formula import Compiler, State
from decide.program.operations import Graph
from decide.program.program import Program
from decide.program.unfold import Unfolder

MOST_ENDS = 200_000


def compile_program(model: Model) -> Program:
    """Compile a model.

    Raises InvalidInputError where the unfolded trees have more than 200,000 path ends.
    """
    _refuse_what_is_too_large(model)
    years = model.decision.years or (0,)
    compiler = Compiler(model=model, years=years, graph=Graph(years=len(years)))
    unfolder = Unfolder(model=model, compiler=compiler, years=years)
    strategies = {s.id: unfolder.unfold(s) for s in model.strategies.values()}
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
    return Program(
        years=years,
        has_years=bool(model.decision.years),
        operations=tuple(compiler.graph.operations),
        distributions=compiler.distributions,
        parameters=compiler.parameters,
        ranks=model.ranks,
        seed=model.decision.seed,
        strategies=strategies,
        places={s.id: s.place for s in model.strategies.values()},
        outcomes=tuple(unfolder.outcomes),
        events={
            node.id: node.event
            for node in model.nodes.values()
            if isinstance(node, ChanceNode) and node.event
        },
        quantities=quantities,
        performances=performances,
        screening=screening,
    )


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


def _refuse_what_is_too_large(model: Model) -> None:
    ends: dict[str | None, int] = {None: 1}

    def count(start: str | None) -> int:
        waiting = [start]
        while waiting:
            node = waiting[-1]
            below = [b.then for b in model.nodes[node].branches] if node is not None else []
            unknown = [b for b in below if b not in ends]
            if unknown:
                waiting.extend(unknown)
            else:
                ends.setdefault(node, sum(ends[b] for b in below))
                waiting.pop()
        return ends[start]

    total = sum(count(strategy.then) for strategy in model.strategies.values())
    if total > MOST_ENDS:
        raise InvalidInputError(
            [
                Problem(
                    place=model.decision.place,
                    message=f"the trees have {total:,} path ends, unfolded; "
                    f"at most {MOST_ENDS:,} can be gone through",
                    advice="leave out nodes whose outcome no later decision depends on, "
                    "or use a quantity in place of a chance",
                )
            ]
        )
