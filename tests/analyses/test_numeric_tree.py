"""Large trees of numbers, from tables and graphs."""

import math
from collections.abc import Sequence

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import decide
from decide.model.place import InvalidInputError

Edge = tuple[object, object, float | None, float]


def table(*edges: Edge) -> pd.DataFrame:
    return pd.DataFrame(edges, columns=["parent", "child", "probability", "pay"])


OIL = table(  # Raiffa 1968, the wildcatter without a test
    ("what", "drill", None, -70),
    ("what", "leave", None, 0),
    ("drill", "dry", 0.5, 0),
    ("drill", "wet", 0.3, 120),
    ("drill", "soaking", 0.2, 270),
)


def test_the_wildcatter_drills() -> None:
    found = decide.roll_back_edges(OIL)
    assert found.loc["what", "expected_value"] == pytest.approx(20)
    assert found.loc["what", "choice"] == "drill"
    assert found["kind"].to_dict()["drill"] == "chance"
    assert found.loc["soaking", "reach"] == pytest.approx(0.2)
    assert found.loc["leave", "reach"] == 0
    assert found["choice"].isna().to_list() == [False, True, True, True, True, True]


def test_a_careful_wildcatter_leaves_it_and_the_expected_value_follows_the_policy() -> None:
    found = decide.roll_back_edges(OIL, risk_tolerance=100)
    drill = -100 * math.log(0.5 * math.exp(0.7) + 0.3 * math.exp(-0.5) + 0.2 * math.exp(-2))
    assert found.loc["drill", "certainty_equivalent"] == pytest.approx(drill + 70)
    assert found.loc["drill", "expected_value"] == pytest.approx(90)
    assert found.loc["what", "choice"] == "leave"
    assert found.loc["what", "expected_value"] == 0


def test_an_impossible_option_does_not_blur_the_choice_among_the_others() -> None:
    pays = {"never": -1e13, "ok": 0.0, "good": 5.0}
    edges = pd.DataFrame({"parent": "d", "child": list(pays), "pay": list(pays.values())})
    assert decide.roll_back_edges(edges).loc["d", "choice"] == "good"


def test_a_graph_says_the_same_as_its_table() -> None:
    graph = nx.DiGraph()
    for parent, child, p, pay in OIL.itertuples(index=False):
        attributes = {"pay": pay} if np.isnan(p) else {"pay": pay, "probability": p}
        graph.add_edge(parent, child, **attributes)
    pd.testing.assert_frame_equal(decide.roll_back_edges(graph), decide.roll_back_edges(OIL))


def test_the_first_of_equal_options_is_taken() -> None:
    found = decide.roll_back_edges(table((0, 1, None, 0.3), (0, 2, None, 0.1 + 0.2)))
    assert found.loc[0, "choice"] == 1


def test_what_cannot_happen_does_not_count() -> None:
    edges = table((0, 1, 0.0, -1e9), (0, 2, 1.0, 5))
    assert decide.roll_back_edges(edges, risk_tolerance=1).loc[0, "certainty_equivalent"] == 5


def test_a_disaster_of_next_to_no_probability_still_counts() -> None:
    edges = table((0, 1, 1e-18, -1000), (0, 2, 1.0, 0))
    worth = decide.roll_back_edges(edges, risk_tolerance=1).loc[0, "certainty_equivalent"]
    assert worth == pytest.approx(-1000 - math.log(1e-18))


@st.composite
def trees(draw: st.DrawFn) -> list[Edge]:
    """Edges of a random tree, shuffled."""
    count = draw(st.integers(2, 40))
    above = [draw(st.integers(max(0, n - 6), n - 1)) for n in range(1, count)]
    is_chance = [draw(st.booleans()) for _ in range(count)]
    shares = [draw(st.integers(0, 4)) for _ in range(count)]
    edges: list[Edge] = []
    for parent in sorted(set(above)):
        below = [n for n in range(1, count) if above[n - 1] == parent]
        whole = sum(shares[n] for n in below)
        for n in below:
            p = (shares[n] / whole if whole else 1 / len(below)) if is_chance[parent] else None
            edges.append((parent, n, p, draw(st.integers(-50, 50))))
    return draw(st.permutations(edges))


def by_hand(edges: Sequence[Edge], node: object, tolerance: float | None) -> float:
    """Fold one node after the other, by recursion."""
    below = [(p, pay + by_hand(edges, c, tolerance)) for a, c, p, pay in edges if a == node]
    if not below:
        return 0.0
    if below[0][0] is None:
        return max(x for _, x in below)
    if tolerance is None:
        return sum(p * x for p, x in below if p)
    return -tolerance * math.log(sum(p * math.exp(-x / tolerance) for p, x in below if p))


@settings(deadline=None)
@given(edges=trees(), tolerance=st.sampled_from([None, 40.0]))
def test_every_node_is_worth_what_recursion_finds(
    edges: list[Edge], tolerance: float | None
) -> None:
    found = decide.roll_back_edges(table(*edges), risk_tolerance=tolerance)
    for node, worth in found["certainty_equivalent"].items():
        assert worth == pytest.approx(by_hand(edges, node, tolerance), abs=1e-9)
    ends = found[found["kind"] == "end"]
    assert ends["reach"].sum() == pytest.approx(1)


def test_a_chain_of_100000_nodes_needs_no_recursion() -> None:
    count = 100_000
    edges = pd.DataFrame({"parent": range(count), "child": range(1, count + 1), "pay": 1.0})
    assert decide.roll_back_edges(edges).loc[0, "expected_value"] == count


@pytest.mark.parametrize(
    ("edges", "said"),
    [
        (table((0, 1, None, 0), (0, 2, None, 0), (1, 3, 1, 0), (2, 3, 1, 0)),
         "node 3 has more than one parent"),
        (table((0, 1, 1, 0), (2, 3, 1, 0)), "nodes 0, 2 have no parent, but a tree has one root"),
        (table((0, 1, 1, 0), (2, 3, 1, 0), (3, 2, 1, 0)),
         "nodes 2, 3 have no way from the root: the edges run in a circle"),
        (table((1, 2, 1, 0), (2, 3, 1, 0), (3, 1, 1, 0)),
         "nodes 1, 2, 3 have no way from the root: the edges run in a circle"),
        (table((0, 0, 1, 0)), "node 0 has no way from the root: the edges run in a circle"),
        (table((0, 1, 0.5, 0), (0, 2, None, 0)), "node 0 has a probability on some branches only"),
        (table((0, 1, 1.5, 0), (0, 2, -0.5, 0)), "node 0 has a probability outside [0, 1]"),
        (table((0, 1, 0.5, 0), (0, 2, 0.4, 0)), "node 0 has probabilities that do not sum to 1"),
        (table((0, 1, 1, math.inf)), "node 0 has a payment that is not a finite number"),
        (table((0, None, 1, 0)), "the edge in row 0 has no parent or no child"),
        (table((0, 1, 1, 0)).assign(probability="half"),
         "probability 'half' in row 0 is not a number"),
        (table((0, 1, 1, 0)).rename(columns={"pay": "payoff"}),
         "the table of edges has a column 'payoff' that nothing is made of"),
        (table(), "there are no edges"),
        (pd.DataFrame({"from": [1], "to": [2]}),
         "the table of edges has no column 'parent' and no column 'child'"),
    ],
)  # fmt: skip
def test_what_is_no_tree_is_refused_by_name(edges: pd.DataFrame, said: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        decide.roll_back_edges(edges)
    assert said in [problem.message for problem in caught.value.problems]


def test_every_fault_is_named_at_once() -> None:
    edges = table((0, 1, 0.5, 0), (0, 2, None, 0), (2, 3, 2, math.nan), (9, 3, 1, math.inf))
    with pytest.raises(InvalidInputError) as caught:
        decide.roll_back_edges(edges)
    assert len(caught.value.problems) == 5


def test_two_columns_of_one_name_are_refused() -> None:
    doubled = pd.concat([OIL, OIL[["pay"]]], axis=1)
    with pytest.raises(InvalidInputError, match="more than one column 'pay'"):
        decide.roll_back_edges(doubled)


@pytest.mark.parametrize("tolerance", [0, -1, math.nan, math.inf, "5"])
def test_a_risk_tolerance_that_is_none_is_refused(tolerance: float) -> None:
    with pytest.raises(InvalidInputError):
        decide.roll_back_edges(OIL, risk_tolerance=tolerance)
