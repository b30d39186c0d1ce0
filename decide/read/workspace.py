"""A folder of files to one model, or to every problem at once."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from decide.formulas.terms import names
from decide.model.criterion import ValueTree, leaves
from decide.model.decision import (
    Correlation,
    Decision,
    Model,
    Quantity,
    Strategy,
    SwitchedOff,
    WorkspaceFile,
)
from decide.model.label import Label
from decide.model.number import Number
from decide.model.place import InvalidInputError, Place, Problem, Severity
from decide.model.target import Target
from decide.model.tree import DecisionNode, Node
from decide.read import counting, structure
from decide.read.correlations import read_correlations
from decide.read.criteria import (
    check_twins,
    read_performances,
    read_value_tree,
    require_performances,
)
from decide.read.frame import read_decision, read_levers, read_sources
from decide.read.labels import check_id, read_date, read_label, shown_id
from decide.read.nodes import Entries
from decide.read.numbers import NumberReader
from decide.read.precedents import class_rate, read_classes, read_precedents
from decide.read.problems import Problems, nearest, order
from decide.read.sections import merge_sections, read_files
from decide.read.shape import check_shape
from decide.read.targets import own_quantities, read_gates, read_targets
from decide.read.tree import read_nodes, read_strategies

FOLDERS = ("criteria", "targets")


def find_workspace(start: Path) -> Path:
    """Return the workspace that a folder belongs to: itself, or the nearest above it.

    A workspace has `criteria/`. Raises InvalidInputError where there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "criteria").is_dir():
            return folder
    raise InvalidInputError(
        [
            Problem(
                place=None,
                message=f"no workspace here: neither {start.name or start} nor a folder above it "
                "has criteria/",
                advice="go to the folder of a decision, or make one with `decide init`",
            )
        ]
    )


def read_workspace(folder: Path) -> Model:
    """Read, check and resolve every file of a workspace.

    Raises InvalidInputError with every problem found, in the order of the files.
    """
    problems = Problems()
    texts = read_files(folder, FOLDERS, problems)
    root = merge_sections(texts, problems)
    is_whole = not problems.found
    check_shape(root, problems)
    model = _resolve(root, problems)
    seen = problems.found if is_whole else problems.without_gaps()
    found = [_with_excerpt(p, texts) for p in order(_one_a_place(seen))]
    if any(p.severity is Severity.ERROR for p in found):
        raise InvalidInputError(found)
    files = tuple(
        WorkspaceFile(path=name, sha256=hashlib.sha256(text.encode()).hexdigest())
        for name, text in texts.items()
    )
    return replace(model, warnings=tuple(found), files=files)


def _resolve(root: Entries, problems: Problems) -> Model:
    as_of = read_date(root.below("decision").get("as_of"), Problems())
    sources = read_sources(root, as_of, problems)
    reader = NumberReader(problems, frozenset(sources))
    decision = read_decision(root, reader)
    levers = read_levers(root, reader)
    switched_off: list[SwitchedOff] = []
    precedents = read_precedents(root.below("precedents"), reader)
    classes = read_classes(root.below("classes"), reader, precedents)
    quantities = _read_quantities(root, reader)
    written = frozenset(quantities)
    quantities |= {c.id: class_rate(c, precedents) for c in classes.values()}
    numbers = {name: quantity.number for name, quantity in quantities.items()}
    criteria = read_value_tree(root.below("criteria"), reader, switched_off)
    screening_entries = root.below("screening")
    screening = read_value_tree(screening_entries.below("criteria"), reader, switched_off)
    check_twins(criteria, problems)
    check_twins(screening, problems)
    gates = read_gates(screening_entries.below("gates"), reader)
    targets = read_targets(
        root.below("targets"), reader, gates, screening, criteria, quantities, switched_off
    )
    families = _switch_off(root, read_strategies(root, reader, levers), switched_off)
    nodes = read_nodes(root, reader, levers, numbers)
    _check_strategies_there(root, families, nodes, problems)
    start = structure.check_tree(
        decision, nodes, families, problems, has_strategies="strategies" in root
    )
    if "strategies" not in root and start is not None:
        families = _from_root(nodes[start])
    structure.check_base(decision, families, problems)
    performances = _read_performances(root, reader, criteria, families, switched_off)
    strategies = _for_each(root, families, targets)
    _check_mapped(quantities, screening, families, root, problems)
    structure.check_names(reader, quantities, levers)
    structure.check_twins(
        {
            "quantity": {n: quantities[n].place for n in written},
            "lever": {n: root.below("levers").keys[n].place for n in levers},
            "reference class": {c.id: c.place for c in classes.values()},
        },
        problems,
    )
    structure.check_cycles(numbers, problems)
    payments = list(structure.payments(nodes, families))
    structure.check_units(reader, decision, numbers, levers, payments)
    counting.check_counting(
        decision,
        criteria,
        quantities,
        [number for row in performances.values() for number in row.values()],
        classes,
        precedents,
        problems,
    )
    correlations = read_correlations(root, reader, quantities)
    _warn_unused(root, reader, quantities, written, criteria, nodes, correlations, problems)
    return Model(
        decision=decision,
        levers=levers,
        quantities=quantities,
        target_quantities={t.id: own_quantities(t, quantities) for t in targets.values()},
        strategies=strategies,
        nodes=nodes,
        root=start if isinstance(nodes.get(start or ""), DecisionNode) else None,
        criteria=criteria,
        performances=_by_strategy(performances, strategies, targets) if criteria else {},
        gates=gates,
        screening=screening,
        targets=targets,
        precedents=precedents,
        classes=classes,
        sources=sources,
        correlations=correlations,
        switched_off=tuple(switched_off),
        warnings=(),
        files=(),
    )


def _read_quantities(root: Entries, reader: NumberReader) -> dict[str, Quantity]:
    found = {}
    entries = root.below("quantities")
    for name, key in entries.keys.items():
        check_id(key, "quantity", reader.problems)
        number = reader.number(entries.values[name], user=name)
        label = read_label(entries.below(name), "label", reader.problems, shown_id(name))
        found[name] = Quantity(id=name, label=label, number=number, place=key.place)
    return found


def _switch_off(
    root: Entries, families: Mapping[str, Strategy], switched_off: list[SwitchedOff]
) -> dict[str, Strategy]:
    kept = {}
    for name, strategy in families.items():
        if root.below("strategies").below(name).text("off") == "true":
            switched_off.append(
                SwitchedOff(kind="strategy", id=name, label=strategy.label, place=strategy.place)
            )
        else:
            kept[name] = strategy
    return kept


def _check_strategies_there(
    root: Entries, families: Mapping[str, Strategy], nodes: Mapping[str, Node], problems: Problems
) -> None:
    if "strategies" in root and not families:
        problems.error(
            root.keys["strategies"], "no strategy is left to compare", "switch one on, or write one"
        )
    elif "strategies" not in root and not nodes and "decision" in root:
        problems.gap(
            root.keys["decision"],
            "there is nothing to decide between: no strategies, and no tree",
            "write `strategies`, or a `tree` with a root of its own",
        )


def _from_root(node: Node) -> dict[str, Strategy]:
    """Return a root decision's options as strategies; another root is the only strategy."""
    blank = Label((("", ""),))
    if not isinstance(node, DecisionNode):
        only = Strategy(
            id=node.id,
            label=node.label,
            note=blank,
            family=node.id,
            target="",
            settings=(),
            pay=None,
            then=node.id,
            year=node.year,
            place=node.place,
        )
        return {node.id: only}
    return {
        branch.id: Strategy(
            id=branch.id,
            label=branch.label,
            note=blank,
            family=branch.id,
            target="",
            settings=branch.settings,
            pay=branch.pay,
            then=branch.then,
            year=node.year,
            place=branch.place,
        )
        for branch in node.branches
    }


def _read_performances(
    root: Entries,
    reader: NumberReader,
    criteria: ValueTree,
    families: Mapping[str, Strategy],
    switched_off: Iterable[SwitchedOff],
) -> dict[str, dict[str, Number]]:
    entries = root.below("performances")
    off = {
        kind: {s.id for s in switched_off if s.kind == kind} for kind in ("criterion", "strategy")
    }
    found = {}
    for name, key in entries.keys.items():
        if name in off["strategy"]:
            continue
        if name not in families:
            reader.problems.gap(
                key,
                f"there is no strategy {name!r}",
                nearest(name, families, what="strategies"),
            )
            continue
        found[name] = read_performances(
            entries.below(name), criteria, reader, known=off["criterion"]
        )
    if leaves(criteria):
        for name, strategy in families.items():
            at = entries.keys.get(name, strategy.place)
            require_performances(name, found.get(name, {}), criteria, at, reader.problems)
    return found


def _for_each(
    root: Entries, families: Mapping[str, Strategy], targets: Mapping[str, Target]
) -> dict[str, Strategy]:
    """Return one strategy a firm in place of those that are for each target."""
    found = {}
    for name, strategy in families.items():
        if root.below("strategies").below(name).text("for_each") != "targets":
            found[name] = strategy
            continue
        for target in targets.values():
            if not target.failed_gates:
                id_ = f"{name}@{target.id}"
                label = Label(
                    tuple(
                        (language, f"{text}: {target.label.in_language(language)}")
                        for language, text in strategy.label.texts
                    )
                )
                found[id_] = replace(strategy, id=id_, label=label, target=target.id)
    return found


def _by_strategy(
    performances: Mapping[str, Mapping[str, Number]],
    strategies: Mapping[str, Strategy],
    targets: Mapping[str, Target],
) -> dict[str, dict[str, Number]]:
    return {
        s.id: {
            **performances.get(s.family, {}),
            **(targets[s.target].strategy_performances if s.target else {}),
        }
        for s in strategies.values()
    }


def _check_mapped(
    quantities: Mapping[str, Quantity],
    screening: ValueTree,
    families: Mapping[str, Strategy],
    root: Entries,
    problems: Problems,
) -> None:
    criteria = {criterion.id for criterion in leaves(screening)}
    entries = root.below("strategies")
    for quantity, definition in structure.mapped(quantities):
        if definition.criterion not in criteria:
            problems.gap(
                quantity.place,
                f"{quantity.id!r} is read off {definition.criterion!r}, which is no criterion of "
                "the screening",
                nearest(definition.criterion, criteria, what="screening criteria"),
                len(quantity.id),
            )
    if any(True for _ in structure.mapped(quantities)) and not any(
        entries.below(name).text("for_each") for name in families
    ):
        quantity = next(structure.mapped(quantities))[0]
        problems.gap(
            quantity.place,
            f"{quantity.id!r} is read off a firm's performance, and no strategy is `for_each: "
            "targets`",
            "give a strategy `for_each: targets`, or the quantity a value",
            len(quantity.id),
        )


def _warn_unused(
    root: Entries,
    reader: NumberReader,
    quantities: Mapping[str, Quantity],
    written: frozenset[str],
    criteria: ValueTree,
    nodes: Mapping[str, Node],
    correlations: Iterable[Correlation],
    problems: Problems,
) -> None:
    used = {name for use in reader.uses for name in names(use.expression)}
    used |= {getattr(node, "quantity", "") for node in nodes.values()}
    used |= {getattr(node, "given", "") for node in nodes.values()}
    used |= {name for c in correlations for name in c.between}
    used |= {c.overlap for c in leaves(criteria)}
    for name in quantities:
        if name in written and name not in used:
            problems.warn(
                quantities[name].place,
                f"nothing uses the quantity {name!r}",
                "delete it, or name it in a formula",
                len(name),
            )
    set_ = {s.text for entries in _settings(root) for s in entries.keys.values()}
    for name, key in root.below("levers").keys.items():
        if name not in set_:
            problems.warn(key, f"nothing sets the lever {name!r}", "set it, or make it a quantity")


def _settings(root: Entries) -> Iterable[Entries]:
    for strategy in root.below("strategies"):
        yield root.below("strategies").below(strategy).below("set")
    for node in root.below("tree"):
        for kind in ("decide", "chance", "outcomes"):
            branches = root.below("tree").below(node).below(kind)
            for branch in branches:
                yield branches.below(branch).below("set")


def _one_a_place(problems: Iterable[Problem]) -> list[Problem]:
    """Keep the first error at each place: what follows from it is not a second one."""
    kept: dict[tuple[Place | None, str], Problem] = {}
    for problem in problems:
        key = (problem.place, problem.severity.value)
        if problem.place is None:
            key = (None, problem.message)
        kept.setdefault(key, problem)
    wrong = {place for place, severity in kept if severity == "error"}
    return [p for (place, s), p in kept.items() if s == "error" or place not in wrong]


def _with_excerpt(problem: Problem, texts: Mapping[str, str]) -> Problem:
    if problem.place is None or problem.place.file not in texts:
        return problem
    lines = texts[problem.place.file].split("\n")
    number = problem.place.line - 1
    return replace(problem, excerpt=lines[number].rstrip("\r") if number < len(lines) else "")
