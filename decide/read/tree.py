"""Strategies and the tree: branches, probabilities, observations, and how they hang together."""

import math
from collections.abc import Iterable, Mapping

from decide.model.decision import Lever, Strategy
from decide.model.distribution import Discrete
from decide.model.label import Label
from decide.model.number import Fixed, Formula, Number
from decide.model.tree import (
    Branch,
    ChanceNode,
    DecisionNode,
    Likelihood,
    Node,
    ObservationNode,
    Rest,
    Setting,
)
from decide.read.labels import check_id, read_label, shown_id
from decide.read.nodes import Entries, Items, Scalar
from decide.read.numbers import NumberReader
from decide.read.problems import nearest

Quantities = Mapping[str, Number]


def read_strategies(
    root: Entries, reader: NumberReader, levers: Mapping[str, Lever]
) -> dict[str, Strategy]:
    """Read the strategies as written; those for each target are not multiplied yet."""
    found = {}
    entries = root.below("strategies")
    for name, key in entries.keys.items():
        check_id(key, "strategy", reader.problems)
        below = entries.below(name)
        found[name] = Strategy(
            id=name,
            label=read_label(below, "label", reader.problems, shown_id(name)),
            note=read_label(below, "note", reader.problems),
            family=name,
            target="",
            settings=_settings(below, reader, levers),
            pay=reader.number(below.get("pay")) if "pay" in below else None,
            then=below.text("then") or None,
            year=None,
            place=key.place,
        )
    return found


def read_nodes(
    root: Entries, reader: NumberReader, levers: Mapping[str, Lever], quantities: Quantities
) -> dict[str, Node]:
    """Read the nodes of the tree."""
    found: dict[str, Node] = {}
    entries = root.below("tree")
    for name, key in entries.keys.items():
        check_id(key, "node", reader.problems)
        node = _node(key, entries.below(name), reader, levers, quantities)
        if node is not None:
            found[name] = node
    return found


def _node(
    key: Scalar,
    entries: Entries,
    reader: NumberReader,
    levers: Mapping[str, Lever],
    quantities: Quantities,
) -> Node | None:
    kinds = [kind for kind in ("decide", "chance", "observe") if kind in entries]
    if len(kinds) != 1:
        what = " and ".join(kinds) if kinds else "none of them"
        reader.problems.error(
            key, f"a node has one of decide, chance and observe, and {key.text!r} has {what}"
        )
        return None
    label = read_label(entries, "label", reader.problems, shown_id(key.text))
    year = _year(entries, reader)
    _refuse_keys(key, entries, kinds[0], reader)
    match kinds[0]:
        case "decide":
            branches = _branches(entries.below("decide"), reader, levers)
            return DecisionNode(
                id=key.text, label=label, year=year, branches=branches, place=key.place
            )
        case "chance":
            return _chance(key, entries, label, year, reader, levers, quantities)
        case _:
            return _observation(key, entries, label, year, reader, levers, quantities)


def _refuse_keys(key: Scalar, entries: Entries, kind: str, reader: NumberReader) -> None:
    belongs = {
        "decide": {"decide"},
        "chance": {"chance", "event", "given"},
        "observe": {"observe", "bins", "outcomes", "then"},
    }
    for word in entries:
        if word not in belongs[kind] | {"label", "year"} and any(
            word in words for words in belongs.values()
        ):
            reader.problems.error(
                entries.keys[word],
                f"{word!r} does not belong to a node that has {kind!r}",
                "a branch has its own `then`" if word == "then" else f"delete it from {key.text!r}",
            )


def _branches(
    entries: Entries, reader: NumberReader, levers: Mapping[str, Lever]
) -> tuple[Branch, ...]:
    if not entries.keys:
        reader.problems.error(entries, "a node without a branch leads nowhere", "add a branch")
    return tuple(
        _branch(key, entries.below(name), reader, levers) for name, key in entries.keys.items()
    )


def _branch(
    key: Scalar,
    entries: Entries,
    reader: NumberReader,
    levers: Mapping[str, Lever],
    p: Number | Likelihood | Rest | None = None,
) -> Branch:
    check_id(key, "branch", reader.problems)
    return Branch(
        id=key.text,
        label=read_label(entries, "label", reader.problems, shown_id(key.text)),
        p=p,
        settings=_settings(entries, reader, levers),
        pay=reader.number(entries.get("pay")) if "pay" in entries else None,
        then=entries.text("then") or None,
        place=key.place,
    )


def _settings(
    entries: Entries, reader: NumberReader, levers: Mapping[str, Lever]
) -> tuple[Setting, ...]:
    found = []
    below = entries.below("set")
    for name, key in below.keys.items():
        if name not in levers:
            reader.problems.gap(
                key,
                f"there is no lever {name!r} to set",
                f"{nearest(name, levers, what='levers')}; levers are declared under `levers`",
            )
            continue
        found.append(Setting(lever=name, number=reader.number(below.values[name])))
    return tuple(found)


def _chance(
    key: Scalar,
    entries: Entries,
    label: Label,
    year: int | None,
    reader: NumberReader,
    levers: Mapping[str, Lever],
    quantities: Quantities,
) -> Node:
    below = entries.below("chance")
    given = _given(entries, reader, quantities)
    branches = []
    for name, branch_key in below.keys.items():
        branch = below.below(name)
        p = _probability(branch, reader, given)
        branches.append(_branch(branch_key, branch, reader, levers, p))
    if not branches:
        reader.problems.error(below, "a node without a branch leads nowhere", "add a branch")
    _check_sum(key, below, branches, reader, given)
    return ChanceNode(
        id=key.text,
        label=label,
        year=year,
        event=entries.text("event"),
        given=entries.text("given"),
        branches=tuple(branches),
        place=key.place,
    )


def _given(entries: Entries, reader: NumberReader, quantities: Quantities) -> Discrete | None:
    node = entries.get("given")
    if not isinstance(node, Scalar):
        return None
    number = quantities.get(node.text)
    if number is None:
        reader.problems.gap(
            node,
            f"there is no quantity {node.text!r}",
            nearest(node.text, quantities, what="quantities"),
        )
        return None
    if isinstance(number.definition, Discrete) and number.definition.states:
        return number.definition
    reader.problems.error(
        node,
        f"{node.text!r} is not a discrete quantity with named states",
        "write discrete: {dry: {value: -70, p: 50 %}, …}",
    )
    return None


def _probability(
    branch: Entries, reader: NumberReader, given: Discrete | None
) -> Number | Likelihood | Rest:
    node = branch.get("p")
    if isinstance(node, Scalar) and node.text == "rest":
        return "rest"
    if given is None or not isinstance(node, Entries) or "value" in node:
        return reader.number(node)
    by_state = []
    for name, key in node.keys.items():
        if name not in given.states:
            reader.problems.error(
                key,
                f"{name!r} is not a state of the quantity",
                nearest(name, given.states, what="states"),
            )
    for state in given.states:
        if state not in node:
            reader.problems.error(node, f"the state {state!r} has no probability", "add it")
        by_state.append(reader.number(node.get(state)))
    return Likelihood(by_state=tuple(by_state))


def _check_sum(
    key: Scalar,
    below: Entries,
    branches: Iterable[Branch],
    reader: NumberReader,
    given: Discrete | None,
) -> None:
    branches = tuple(branches)
    rests = [b for b in branches if b.p == "rest"]
    if len(rests) > 1:
        reader.problems.error(
            below.below(rests[1].id).values["p"],
            f"'rest' stands at two branches of {key.text!r}",
            "one branch takes what the others leave",
        )
    for state in range(len(given.states)) if given is not None else (None,):
        stated = [_constant(b.p, state) for b in branches if b.p != "rest"]
        where = f" in state {given.states[state]!r}" if given and state is not None else ""
        for branch, p in zip((b for b in branches if b.p != "rest"), stated, strict=True):
            if p is not None and not 0 <= p <= 1:
                reader.problems.error(
                    below.below(branch.id).values["p"],
                    f"the probability of {branch.id!r} is {p:g}{where}; it must lie in [0, 1]",
                    "write 30 % or 0.3",
                )
        known = [p for p in stated if p is not None]
        if len(known) < len(stated):
            continue
        total = math.fsum(known)
        if rests and total > 1 + 1e-9:
            reader.problems.error(
                below.below(rests[0].id).values["p"],
                f"nothing is left for 'rest' at {key.text!r}{where}: the others sum to {total:g}",
                "lower one",
            )
        elif not rests and abs(total - 1) > 1e-9 and branches:
            reader.problems.error(
                key,
                f"the probabilities at {key.text!r} sum to {total:g}{where}, not 1 "
                f"({'missing' if total < 1 else 'too much by'} {abs(1 - total):g})",
                "correct one, add a branch, or write `p: rest` for one",
            )


def _constant(p: Number | Likelihood | Rest | None, state: int | None) -> float | None:
    """Return a probability where it is a constant; None where it is a formula or unreadable."""
    if isinstance(p, Likelihood) and state is not None:
        p = p.by_state[state]
    if isinstance(p, Number) and isinstance(p.definition, Fixed):
        return None if math.isnan(p.definition.value) else p.definition.value
    return None


def _observation(
    key: Scalar,
    entries: Entries,
    label: Label,
    year: int | None,
    reader: NumberReader,
    levers: Mapping[str, Lever],
    quantities: Quantities,
) -> Node | None:
    seen = entries.get("observe")
    bins = entries.get("bins")
    if not isinstance(seen, Scalar):
        return None
    if seen.text not in quantities:
        reader.problems.gap(
            seen,
            f"there is no quantity {seen.text!r} to observe",
            nearest(seen.text, quantities, what="quantities"),
        )
    if not isinstance(bins, Items) or not bins.items:
        reader.problems.error(key, f"{key.text!r} observes without bins", "add bins: [5 %, 15 %]")
        return None
    edges = [reader.number(edge, is_evident=True) for edge in bins.items]
    values = [e.definition.value if isinstance(e.definition, Fixed) else math.nan for e in edges]
    for edge, node in zip(edges, bins.items, strict=True):
        if isinstance(edge.definition, Formula):
            reader.problems.error(
                node, "the edge of a bin is a constant", "write the number itself"
            )
    if any(b <= a for a, b in zip(values, values[1:], strict=False)):
        reader.problems.error(bins, "the edges of the bins do not rise", "order them")
    branches = _bins(key, entries, edges, reader, levers)
    return ObservationNode(
        id=key.text,
        label=label,
        year=year,
        quantity=seen.text,
        edges=tuple(edges),
        branches=branches,
        place=key.place,
    )


def _bins(
    key: Scalar,
    entries: Entries,
    edges: list[Number],
    reader: NumberReader,
    levers: Mapping[str, Lever],
) -> tuple[Branch, ...]:
    below = entries.below("outcomes")
    if "outcomes" not in entries:
        names = _bin_names([edge.text for edge in edges])
        then = entries.text("then") or None
        return tuple(
            Branch(id=f"bin_{n}", label=Label((("", name),)), then=then, place=key.place)
            for n, name in enumerate(names, start=1)
        )
    if "then" in entries:
        reader.problems.error(
            entries.keys["then"], "`then` and `outcomes` do not go together", "delete one"
        )
    if len(below.keys) != len(edges) + 1:
        reader.problems.error(
            entries.keys["outcomes"],
            f"{len(edges)} edges make {len(edges) + 1} bins, and {len(below.keys)} outcomes are "
            "given",
            "give one outcome a bin, the lowest first",
        )
    return _branches(below, reader, levers)


def _bin_names(edges: list[str]) -> list[str]:
    between = [f"{a} to {b}" for a, b in zip(edges, edges[1:], strict=False)]
    return [f"below {edges[0]}", *between, f"{edges[-1]} or more"]


def _year(entries: Entries, reader: NumberReader) -> int | None:
    node = entries.get("year")
    if not isinstance(node, Scalar):
        return None
    if not (node.text.isdigit() and len(node.text) == 4):
        reader.problems.error(node, f"{node.text!r} is not a year", "write year: 2027")
        return None
    return int(node.text)
