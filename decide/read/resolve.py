"""The sections, put together, to one model: each reads what stands before it in `resolve`."""

from collections.abc import Mapping

from decide.language import said
from decide.model.criterion import leaves
from decide.model.decision import Model, Quantity, SwitchedOff, strategies_of_root
from decide.model.tree import DecisionNode
from decide.read.checks import check_courses, check_numbers
from decide.read.correlations import joint_ranks, read_correlations
from decide.read.counting import check_counting
from decide.read.criteria import read_value_tree
from decide.read.diagram import read_diagram
from decide.read.frame import read_decision, read_levers, read_sources
from decide.read.labels import check_id, read_date, read_label, shown_id
from decide.read.names import warn_unused
from decide.read.nodes import Entries
from decide.read.numbers import NumberReader
from decide.read.performances import by_strategy, read_performances, scored
from decide.read.precedents import class_rate, read_classes, read_precedents
from decide.read.problems import Problems
from decide.read.strategies import for_each_target, read_strategies
from decide.read.targets import own_quantities, read_gates, read_targets
from decide.read.theme import read_theme
from decide.read.tree import read_nodes
from decide.read.tree_shape import find_root


def resolve(root: Entries, tables: Mapping[str, str], problems: Problems) -> Model:
    """Return the model that the sections and tables make; what is wrong with it is noted."""
    as_of = read_date(root.below("decision").get("as_of"), Problems())  # noted with the decision
    sources = read_sources(root, as_of, problems)
    reader = NumberReader(problems, frozenset(sources), tables)
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
    nodes = read_nodes(root.below("tree"), reader, levers, numbers)
    start = find_root(root, nodes, problems)
    if "strategies" not in root and start is not None:
        families = strategies_of_root(nodes[start])
    else:
        families = read_strategies(root.below("strategies"), reader, levers, off)
    strategies = for_each_target(root.below("strategies"), families, targets)
    performances = read_performances(root, on_criteria, families, reader)
    correlations = read_correlations(root, reader, quantities)
    model = Model(
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
        ranks=joint_ranks(correlations, problems),
        switched_off=tuple(off),
        warnings=(),
        files=(),
        diagram=read_diagram(root, reader),
        theme=read_theme(root.below("theme"), problems),
    )
    rows = [
        *((row, on_criteria) for row in performances.values()),
        *((target.performances, on_screening) for target in targets.values()),
        *((target.strategy_performances, on_criteria) for target in targets.values()),
    ]
    check_courses(root, model, families, problems)
    check_numbers(root, model, families, rows, reader)
    check_counting(decision, criteria, quantities, performances, classes, precedents, reader)
    if not problems.has_errors:
        warn_unused(root, reader, model)
    return model


def _read_quantities(entries: Entries, reader: NumberReader) -> dict[str, Quantity]:
    found = {}
    for name, key in entries.keys.items():
        check_id(key, said("quantity"), reader.problems)
        number = reader.number(entries.values[name], user=name)
        label = read_label(entries.below(name), "label", reader.problems, shown_id(name))
        found[name] = Quantity(id=name, label=label, number=number, place=key.place)
    return found
