"""What is wrong with a model whose parts are each as they should be."""

from collections.abc import Iterable, Mapping

from decide.language import said
from decide.model.decision import Model, Strategy
from decide.model.number import Number
from decide.read import reach, tree_shape
from decide.read.circles import check_circles
from decide.read.mapped import check_mapped
from decide.read.names import check_names, check_one_meaning
from decide.read.nodes import Entries
from decide.read.numbers import NumberReader
from decide.read.performances import Scored
from decide.read.problems import Problems
from decide.read.strategies import check_for_each
from decide.read.unit_checks import Known, check_units, require_unit

Rows = Iterable[tuple[Mapping[str, Number], Scored]]  # performances, and what they are on


def check_courses(
    root: Entries, model: Model, families: Mapping[str, Strategy], problems: Problems
) -> None:
    """Note what is wrong with the strategies and the tree that they lead into."""
    _check_any(root, families, problems)
    tree_shape.check_years(model.decision, model.nodes, families, problems)
    tree_shape.check_events(model.nodes, problems)
    tree_shape.check_base(root, families, problems)
    check_for_each(root.below("strategies"), families, model.targets, problems)


def check_numbers(
    root: Entries,
    model: Model,
    families: Mapping[str, Strategy],
    rows: Rows,
    reader: NumberReader,
) -> None:
    """Note what is wrong with what formulas name, reach and come out in."""
    check_names(reader, model.quantities, model.levers)
    check_one_meaning(root, model.levers, model.classes, reader.problems)
    check_mapped(root, reader, model.screening)
    reach.check_years_given(reader, root)
    own = {target.id: target.quantities for target in model.targets.values()}
    if not check_circles(model.quantities, own, reader.problems):
        return  # what goes round has no reach and no unit
    reached = reach.reach_of_quantities(model.quantities, model.levers)
    reach.check_firms(reader, model.decision, root, families, model.nodes, reached)
    known = check_units(
        reader, model.decision, model.quantities, model.levers, model.nodes, families
    )
    for row, on in rows:
        reach.check_performances(reader, row.values(), reached)
        _check_units_of(row, on, reader, known)


def _check_any(root: Entries, families: Mapping[str, Strategy], problems: Problems) -> None:
    if families or "decision" not in root or "diagram" in root:
        return
    if "strategies" in root:
        message = said("no strategy is left to compare")
        problems.gap(root.keys["strategies"], message, said("switch one on, or write one"))
    elif not root.below("tree").keys:
        message = said("there is nothing to decide between: no strategies, no tree and no diagram")
        advice = said("write `strategies`, a `tree` with a root of its own, or a `diagram`")
        problems.gap(root.keys["decision"], message, advice)


def _check_units_of(
    row: Mapping[str, Number], on: Scored, reader: NumberReader, known: Known
) -> None:
    """Note performances in another unit than their criterion's."""
    for name, number in row.items():
        unit, _ = on.units[name]
        if unit is not None:
            what = said(
                "the criterion {criterion!r} is in {unit}",
                criterion=name,
                unit=on.criteria[name].unit,
            )
            require_unit(reader, number, unit, known, what)
