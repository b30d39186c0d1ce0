"""Names that formulas use: known, meaning one thing only, and used at all."""

from collections.abc import Iterator, Mapping

from decide.formulas.expression import Name
from decide.formulas.terms import names, walk
from decide.language import Said, said
from decide.model.criterion import leaves
from decide.model.decision import Lever, Model, Quantity
from decide.model.place import Place
from decide.model.precedent import ReferenceClass
from decide.model.tree import ChanceNode, ObservationNode
from decide.read.nodes import Entries
from decide.read.numbers import NumberReader
from decide.read.problems import Problems, nearest


def check_names(
    reader: NumberReader, quantities: Mapping[str, Quantity], levers: Mapping[str, Lever]
) -> None:
    """Note names in formulas that are nothing, or levers where none may stand."""
    known = {**quantities, **levers}
    for use in reader.uses:
        firsts: dict[str, Name] = {}
        for part in walk(use.expression):
            if isinstance(part, Name):
                firsts.setdefault(part.id, part)
        for name in firsts.values():
            place = use.scalar.at(name.at)
            if name.id in levers and not use.levers_allowed:
                message = said(
                    "the lever {id!r} cannot stand here; levers are set along the tree", id=name.id
                )
                advice = said("use a quantity that no lever enters")
                reader.problems.error(place, message, advice, len(name.id))
            elif name.id not in known:
                others = [other for other in known if other != use.user]
                message = said("there is no quantity or lever {id!r}", id=name.id)
                advice = nearest(
                    name.id,
                    others,
                    what=said("quantities or levers"),
                    none=said("there are no quantities or levers"),
                )
                reader.problems.gap(place, message, advice, len(name.id))


def check_one_meaning(
    root: Entries,
    levers: Mapping[str, Lever],
    classes: Mapping[str, ReferenceClass],
    problems: Problems,
) -> None:
    """Note a name that means two things to formulas."""
    groups = {
        said("quantity"): {n: key.place for n, key in root.below("quantities").keys.items()},
        said("lever"): {name: root.below("levers").keys[name].place for name in levers},
        said("reference class"): {c.id: c.place for c in classes.values()},
    }
    seen: dict[str, tuple[Said, Place]] = {}
    for what, places in groups.items():
        for name, place in places.items():
            if name in seen:
                other, first = seen[name]
                message = said(
                    "{name!r} is a {what} here and a {other} at {first}; a formula could not tell "
                    "them apart",
                    name=name,
                    what=what,
                    other=other,
                    first=first,
                )
                problems.error(
                    place,
                    message,
                    said("rename one"),
                    len(name),
                )
            seen[name] = (what, place)


def warn_unused(root: Entries, reader: NumberReader, model: Model) -> None:
    """Note quantities that nothing uses and levers that nothing sets."""
    nodes = model.nodes.values()
    used = {name for use in reader.uses for name in names(use.expression)}
    used |= {node.quantity for node in nodes if isinstance(node, ObservationNode)}
    used |= {node.given for node in nodes if isinstance(node, ChanceNode)}
    used |= {name for c in model.correlations for name in c.between}
    used |= {c.overlap for c in leaves(model.criteria)}
    for name, key in root.below("quantities").keys.items():
        if name not in used:
            message = said("nothing uses the quantity {name!r}", name=name)
            reader.problems.warn(key, message, said("delete it, or name it in a formula"))
    set_ = {name for below in _settings(root) for name in below}
    for name, key in root.below("levers").keys.items():
        if name not in set_:
            message = said("nothing sets the lever {name!r}", name=name)
            reader.problems.warn(key, message, said("set it, or make it a quantity"))


def _settings(root: Entries) -> Iterator[Entries]:
    strategies, tree = root.below("strategies"), root.below("tree")
    for strategy in strategies:
        yield strategies.below(strategy).below("set")
    for node in tree:
        for kind in ("decide", "chance", "outcomes"):
            branches = tree.below(node).below(kind)
            for branch in branches:
                yield branches.below(branch).below("set")
