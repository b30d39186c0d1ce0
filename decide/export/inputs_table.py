"""The table of every number that a person wrote, with what stands behind it."""

from collections.abc import Iterator
from dataclasses import dataclass

from decide.export.table import Table, listed, named
from decide.language import said
from decide.model.decision import Model, Strategy
from decide.model.diagram import Diagram, DiagramDecision
from decide.model.number import COMPUTED, Formula, Number, Provenance
from decide.model.place import Place
from decide.model.tree import Branch, Likelihood, Node, ObservationNode
from decide.report.view.context import FRAME_NUMBERS, Context
from decide.report.view.input_row import grade_of

BACKING = (*named("grade"), *named("sources", "sources"), *named("published reason note place"))


@dataclass(frozen=True, slots=True)
class Input:
    """A number of the files, with what it belongs to."""

    kind: (
        str  # "frame", "lever", "quantity", "strategy", "tree", "diagram", "performance", "target"
    )
    of: str  # id of the strategy, node or firm; "" where it stands alone
    name: str
    written: str
    unit: str
    backing: tuple[str, ...]  # the cells under BACKING


def inputs_table(context: Context) -> Table:
    """Where does each number come from?"""
    rows = _inputs(context.evaluation.model)
    return Table(
        name="inputs",
        title=said("Every number of the files, with its source, date, grade and place"),
        columns=(*named("kind of name written unit"), *BACKING),
        rows=tuple((r.kind, r.of, r.name, r.written, r.unit, *r.backing) for r in rows),
    )


def backing_of(model: Model, number: Number, *, is_definition: bool = False) -> tuple[str, ...]:
    """Return the cells of BACKING for a number; what defines an option needs no source."""
    fallback = "definition" if is_definition else "unsourced"
    if isinstance(number.definition, Formula) or number.provenance == COMPUTED:
        fallback = "formula"
    return backing(model, number.provenance, number.place, fallback)


def backing(
    model: Model, provenance: Provenance, place: Place, fallback: str = "unsourced"
) -> tuple[str, ...]:
    """Return the cells of BACKING: grade, sources, their dates, reason, note, place."""
    dates = (model.sources[s].published_text for s in provenance.sources if s in model.sources)
    grade = grade_of(provenance, fallback)
    said = (provenance.reason, provenance.note)
    return (grade, listed(provenance.sources), listed(dates), *said, str(place))


def _inputs(model: Model) -> Iterator[Input]:
    yield from _of_frame(model)
    for name, quantity in model.every_quantity().items():
        if name not in model.classes:
            yield _input(model, "quantity", quantity.target, name, quantity.number)
    families = {s.family: s for s in reversed(tuple(model.strategies.values()))}
    for strategy in reversed(families.values()):
        yield from _of_strategy(model, strategy)
    if model.diagram is not None:
        yield from _of_diagram(model, model.diagram)
    for node in model.nodes.values() if model.diagram is None else ():
        yield from _of_node(model, node)
    yield from _of_performances(model)


def _input(
    model: Model, kind: str, of: str, name: str, number: Number, *, is_definition: bool = False
) -> Input:
    behind = backing_of(model, number, is_definition=is_definition)
    return Input(kind, of, name, number.text, number.unit, behind)


def _of_frame(model: Model) -> Iterator[Input]:
    for name in FRAME_NUMBERS:
        number: Number | None = getattr(model.decision, name)
        if number is not None:
            yield _input(model, "frame", "", name, number)
    for lever in model.levers.values():
        yield _input(model, "lever", "", lever.id, lever.number, is_definition=True)


def _of_strategy(model: Model, strategy: Strategy) -> Iterator[Input]:
    for setting in strategy.settings:
        yield _input(model, "strategy", strategy.family, setting.lever, setting.number)
    if strategy.pay is not None:
        yield _input(model, "strategy", strategy.family, "pay", strategy.pay)


def _of_node(model: Model, node: Node) -> Iterator[Input]:
    edges = node.edges if isinstance(node, ObservationNode) else ()
    for index, edge in enumerate(edges, 1):
        yield _input(model, "tree", node.id, f"edge {index}", edge, is_definition=True)
    for branch in node.branches:
        yield from _of_branch(model, node.id, branch)


def _of_branch(model: Model, node: str, branch: Branch) -> Iterator[Input]:
    chances = branch.p.by_state if isinstance(branch.p, Likelihood) else (branch.p,)
    for index, number in enumerate(chances, 1):
        if isinstance(number, Number):
            state = f" {index}" if len(chances) > 1 else ""
            yield _input(model, "tree", node, f"{branch.id}: probability{state}", number)
    if branch.pay is not None:
        yield _input(model, "tree", node, f"{branch.id}: pay", branch.pay)
    for setting in branch.settings:
        yield _input(model, "tree", node, f"{branch.id}: {setting.lever}", setting.number)


def _of_diagram(model: Model, diagram: Diagram) -> Iterator[Input]:
    for node in diagram.nodes.values():
        if not isinstance(node, DiagramDecision):
            behind = backing(model, node.provenance, node.place)
            yield Input("diagram", node.id, "table", listed(node.table), "", behind)


def _of_performances(model: Model) -> Iterator[Input]:
    """Yield performances; one that the firms of a strategy share stands once."""
    seen = set()
    for strategy, row in model.performances.items():
        for criterion, number in row.items():
            if (number.place, criterion) not in seen:
                seen.add((number.place, criterion))
                yield _input(model, "performance", strategy, criterion, number)
    for target in model.targets.values():
        for criterion, number in target.performances.items():
            yield _input(model, "target", target.id, criterion, number)
