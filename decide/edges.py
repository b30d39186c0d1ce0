"""Large trees of numbers from a table of edges or a networkx graph, to a table of nodes."""

import networkx as nx
import numpy as np
import pandas as pd

from decide.analyses.numeric_tree import build_tree, roll_back_tree
from decide.analyses.utility import checked
from decide.language import Said, said, said_many
from decide.model.place import InvalidInputError, Problem

COLUMNS = ("parent", "child", "probability", "pay")


def roll_back_edges(
    edges: "pd.DataFrame | nx.DiGraph[object]", *, risk_tolerance: float | None = None
) -> pd.DataFrame:
    """Roll back a tree given as edges; return a row a node, in the order of first mention.

    A table has the columns `parent` and `child`, and may have `probability` (empty at decisions)
    and `pay` (0 where empty); a graph has the last two as attributes of its edges. Payments of a
    path add up, in the unit of `risk_tolerance`, which makes utility exponential.

    The columns returned: `kind` (decision, chance, end), `expected_value` and
    `certainty_equivalent` of what follows the node, `choice` (the child chosen at a decision; ties:
    the first) and `reach` (probability of coming there under the policy). Raises InvalidInputError
    with everything that is wrong with the tree.
    """
    table = _table(edges)
    risk_tolerance = checked(risk_tolerance)
    places, nodes = pd.factorize(table[["parent", "child"]].to_numpy(dtype=object).ravel())
    parents, children = places[0::2], places[1::2]
    probabilities = table["probability"].to_numpy(dtype=np.float64)
    pays = table["pay"].fillna(0.0).to_numpy(dtype=np.float64)
    tree = build_tree(parents, children, probabilities, pays, list(nodes))
    found = roll_back_tree(tree, risk_tolerance=risk_tolerance)
    kinds = np.full(len(nodes), "end", dtype=object)
    kinds[parents] = np.where(np.isnan(probabilities), "decision", "chance")
    given = np.empty_like(tree.nodes)
    given[tree.nodes] = np.arange(len(nodes))
    chosen = found.choices[given]
    names = np.array([*nodes, None], dtype=object)
    return pd.DataFrame(
        {
            "kind": kinds,
            "expected_value": found.expected_values[given],
            "certainty_equivalent": found.certainty_equivalents[given],
            "choice": names[np.where(chosen < 0, len(nodes), tree.nodes[chosen])],
            "reach": found.reach[given],
        },
        index=pd.Index(nodes, name="node"),
    )


def _table(edges: "pd.DataFrame | nx.DiGraph[object]") -> pd.DataFrame:
    """Return the four columns as they should be."""
    if isinstance(edges, nx.DiGraph):
        edges = nx.to_pandas_edgelist(edges, source="parent", target="child")
    missing = [name for name in COLUMNS[:2] if name not in edges]
    if missing:
        raise _invalid(
            said_many(
                len(missing),
                "the table of edges has no column {first!r}",
                "the table of edges has no column {first!r} and no column {last!r}",
                first=missing[0],
                last=missing[-1],
            ),
            said("name its columns parent, child, probability and pay"),
        )
    doubled = sorted({repr(name) for name in edges.columns[edges.columns.duplicated()]})
    if doubled:
        raise _invalid(
            said(
                "the table of edges has more than one column {doubled}", doubled=", ".join(doubled)
            ),
            said("keep one of them"),
        )
    unknown = [repr(name) for name in edges if name not in COLUMNS]
    if unknown:
        raise _invalid(
            said(
                "the table of edges has a column {unknown} that nothing is made of",
                unknown=", ".join(unknown),
            ),
            said("name its columns parent, child, probability and pay, and drop the others"),
        )
    if edges.empty:
        raise _invalid(said("there are no edges"), said("give at least one"))
    table = edges.reindex(columns=COLUMNS)
    problems = []
    for name in COLUMNS[2:]:
        numbers = pd.to_numeric(table[name], errors="coerce")
        wrong = numbers.isna() & table[name].notna()
        if wrong.any():
            problems.append(
                Problem(
                    place=None,
                    message=said(
                        "{name} {value!r} in row {row} is not a number",
                        name=name,
                        value=table[name][wrong].iloc[0],
                        row=wrong.argmax(),
                    ),
                    advice=said("give a number, or leave it empty"),
                )
            )
        table[name] = numbers
    unnamed = table[["parent", "child"]].isna().any(axis=1)
    if unnamed.any():
        problems.append(
            Problem(
                place=None,
                message=said(
                    "the edge in row {row} has no parent or no child", row=unnamed.argmax()
                ),
                advice=said("name both"),
            )
        )
    if problems:
        raise InvalidInputError(problems)
    return table


def _invalid(message: Said, advice: Said) -> InvalidInputError:
    return InvalidInputError([Problem(place=None, message=message, advice=advice)])
