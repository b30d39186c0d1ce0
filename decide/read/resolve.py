"""The sections, put together, to one model: each reads what stands before it in `resolve`."""

from collections.abc import Mapping
from itertools import chain

from decide.model.criterion import leaves
from decide.model.decision import Model, Quantity, Strategy, SwitchedOff
from decide.model.number import Number
from decide.model.tree import DecisionNode
from decide.read import reach, tree_shape
from decide.read.circles import check_circles
from decide.read.correlations import read_correlations
from decide.read.counting import check_counting
from decide.read.criteria import read_value_tree
from decide.read.frame import read_decision, read_levers, read_sources
from decide.read.labels import check_id, read_date, read_label, shown_id
from decide.read.mapped import check_mapped
from decide.read.names import check_names, check_one_meaning, warn_unused
from decide.read.nodes import Entries
from decide.read.numbers import NumberReader
from decide.read.performances import Scored, by_strategy, read_performances, scored
from decide.read.precedents import class_rate, read_classes, read_precedents
from decide.read.problems import Problems
from decide.read.strategies import (
    check_for_each,
    for_each_target,
    read_strategies,
    strategies_of_root,
)
from decide.read.targets import own_quantities, read_gates, read_targets
from decide.read.tree import read_nodes
from decide.read.unit_checks import Known, check_units, require_unit


def resolve(root: Entries, problems: Problems) -> Model:
    """Return the model that the sections make; what is wrong with it is noted."""
    as_of = read_date(root.below("decision").get("as_of"), Problems())  # noted with the decision
    sources = read_sources(root, as_of, problems)
    reader = NumberReader(problems, frozenset(sources))
    off: list[SwitchedOff] = []
    decision = read_decision(root, reader)
    levers = read_levers(root, reader)
    precedents = read_precedents(root.below("precedents"), reader, as_of)
    classes = read_classes(root.below("classes"), reader, precedents)
    rates = {c.id: class_rate(c, precedents) for c in classes.values()}
    quantities = {**_read_quantities(root.below("quantities"), reader), **rates}

    written = root.below("criteria"), root.below("screening").below("criteria")
    criteria, screening = (read_value_tree(entries, reader, off) for entries in written)
    on_criteria = scored(written[0], criteria, reader)
    on_screening = scored(written[1], screening, reader)
    gates = read_gates(root.below("screening").below("gates"), reader)
    targets = read_targets(
        root.below("targets"), reader, gates, on_screening, on_criteria, quantities, off
    )

    numbers = {name: quantity.number for name, quantity in quantities.items()}
    families = read_strategies(root.below("strategies"), reader, levers, off)
    nodes = read_nodes(root.below("tree"), reader, levers, numbers)
    start = tree_shape.find_root(root, nodes, problems)
    if "strategies" not in root and start is not None:
        families = strategies_of_root(nodes[start])
    _check_strategies(root, families, problems)
    tree_shape.check_years(decision, nodes, families, problems)
    tree_shape.check_events(nodes, problems)
    tree_shape.check_base(root, families, problems)
    check_for_each(root.below("strategies"), families, targets, problems)
    strategies = for_each_target(root.below("strategies"), families, targets)
    performances = read_performances(root, on_criteria, families, reader)
    correlations = read_correlations(root, reader, quantities)

    check_names(reader, quantities, levers)
    check_one_meaning(root, levers, classes, problems)
    check_mapped(root, reader, screening)
    reach.check_years_given(reader, root)
    own = {target.id: target.quantities for target in targets.values()}
    if check_circles(quantities, own, problems):
        reached = reach.reach_of_quantities(quantities, levers)
        rows = [list(row.values()) for row in performances.values()]
        rows += [list(t.performances.values()) for t in targets.values()]
        rows += [list(t.strategy_performances.values()) for t in targets.values()]
        reach.check_performances(reader, chain.from_iterable(rows), reached)
        reach.check_firms(reader, decision, root, families, nodes, reached)
        known = check_units(reader, decision, quantities, levers, nodes, families)
        for row in performances.values():
            _check_units_of(row, on_criteria, reader, known)
        for target in targets.values():
            _check_units_of(target.performances, on_screening, reader, known)
            _check_units_of(target.strategy_performances, on_criteria, reader, known)
    check_counting(decision, criteria, quantities, performances, classes, precedents, reader)
    if not problems.has_errors:
        warn_unused(root, reader, quantities, criteria, nodes, correlations)
    return Model(
        decision=decision,
        levers=levers,
        quantities=quantities,
        target_quantities={t.id: own_quantities(t, quantities) for t in targets.values()},
        strategies=strategies,
        nodes=nodes,
        root=start if isinstance(nodes.get(start or ""), DecisionNode) else None,
        criteria=criteria,
        performances=by_strategy(performances, strategies, targets) if leaves(criteria) else {},
        gates=gates,
        screening=screening,
        targets=targets,
        precedents=precedents,
        classes=classes,
        sources=sources,
        correlations=correlations,
        switched_off=tuple(off),
        warnings=(),
        files=(),
    )


def _read_quantities(entries: Entries, reader: NumberReader) -> dict[str, Quantity]:
    found = {}
    for name, key in entries.keys.items():
        check_id(key, "quantity", reader.problems)
        number = reader.number(entries.values[name], user=name)
        label = read_label(entries.below(name), "label", reader.problems, shown_id(name))
        found[name] = Quantity(id=name, label=label, number=number, place=key.place)
    return found


def _check_strategies(root: Entries, families: Mapping[str, Strategy], problems: Problems) -> None:
    if families or "decision" not in root:
        return
    if "strategies" in root:
        message = "no strategy is left to compare"
        problems.gap(root.keys["strategies"], message, "switch one on, or write one")
    elif not root.below("tree").keys:
        message = "there is nothing to decide between: no strategies, and no tree"
        advice = "write `strategies`, or a `tree` with a root of its own"
        problems.gap(root.keys["decision"], message, advice)


def _check_units_of(
    row: Mapping[str, Number], on: Scored, reader: NumberReader, known: Known
) -> None:
    """Note performances in another unit than their criterion's."""
    for name, number in row.items():
        unit, _ = on.units[name]
        if unit is not None:
            what = f"the criterion {name!r} is in {on.criteria[name].unit}"
            require_unit(reader, number, unit, known, what)
