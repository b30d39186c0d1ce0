"""Influence diagrams built in plain Python, and their results as tables."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import decide
from tests.models import model, strategy
from tests.published.workspaces import read_text, text_of

UMBRELLA: dict[str, dict[str, Any]] = {
    "weather": {"chance": {"dry": 0.7, "rain": 0.3}},
    "forecast": {
        "chance": ["sunny", "cloudy", "rainy"],
        "given": ["weather"],
        "table": [[0.7, 0.2, 0.1], [0.15, 0.25, 0.6]],
    },
    "umbrella": {"decide": ["take", "leave"], "knows": ["forecast"]},
    "comfort": {
        "value": {"dry": {"take": 20, "leave": 100}, "rain": {"take": 70, "leave": 0}},
        "given": ["weather", "umbrella"],
    },
}
ROWS = pd.DataFrame(
    {"sunny": [0.7, 0.15], "cloudy": [0.2, 0.25], "rainy": [0.1, 0.6]}, index=["dry", "rain"]
)
AMOUNTS = pd.DataFrame({"take": [20, 70], "leave": [100, 0]}, index=["dry", "rain"])


def umbrella(**changes: dict[str, Any]) -> decide.Diagram:
    return decide.make_diagram({name: UMBRELLA[name] | changes.get(name, {}) for name in UMBRELLA})


def test_a_diagram_is_solved_from_plain_python() -> None:
    assert decide.solve_diagram(umbrella()).value.expected_value == pytest.approx(77, rel=1e-12)


@pytest.mark.parametrize(
    "changes",
    [
        {"forecast": {"table": ROWS}},
        {"forecast": {"table": ROWS.to_numpy()}},
        {"comfort": {"value": AMOUNTS}},
        {"comfort": {"value": np.array([[20, 100], [70, 0]])}},
        {"weather": {"chance": {"dry": np.float64(0.7), "rain": "rest"}}},
    ],
    ids=["frame", "array", "frame of amounts", "array of amounts", "rest"],
)
def test_tables_may_be_arrays_and_frames(changes: dict[str, dict[str, Any]]) -> None:
    found = decide.solve_diagram(umbrella(**changes))
    assert found.value.expected_value == pytest.approx(77, rel=1e-12)


def test_a_frame_may_have_several_levels_of_rows() -> None:
    rows = pd.MultiIndex.from_product([["dry", "rain"], ["take", "leave"]])
    wet = pd.DataFrame({"wet": [0, 0, 0.5, 1], "fine": [1, 1, 0.5, 0]}, index=rows)
    diagram = decide.make_diagram(
        {
            "weather": {"chance": {"dry": 0.7, "rain": 0.3}},
            "umbrella": {"decide": ["take", "leave"]},
            "coat": {"chance": ["wet", "fine"], "given": ["weather", "umbrella"], "table": wet},
            "comfort": {"value": {"wet": 0, "fine": 1}, "given": ["coat"]},
        }
    )
    found = decide.solve_diagram(diagram)
    assert found.value.expected_value == pytest.approx(0.85, rel=1e-12)


def test_small_and_negative_numbers_keep_their_value() -> None:
    diagram = decide.make_diagram(
        {"act": {"decide": ["a", "b"]}, "gain": {"value": [-1e-7, -2.5e-9], "given": ["act"]}}
    )
    assert decide.solve_diagram(diagram).value.expected_value == -2.5e-9


def test_all_that_is_wrong_is_said_without_places() -> None:
    wrong = {"table": [[0.7, 0.2, 0.2], [0.15, 0.25, 0.6]]}
    with pytest.raises(decide.InvalidInputError) as caught:
        umbrella(forecast=wrong, umbrella={"knows": ["forcast"]})
    messages = [problem.message for problem in caught.value.problems]
    assert len(messages) == 2
    assert all(problem.place is None for problem in caught.value.problems)
    assert any("sum to 1.1 where weather = dry, not 1" in message for message in messages)
    assert "there is no node 'forcast' in the diagram" in messages


@pytest.mark.parametrize("risk_tolerance", [0, -1.0, float("inf"), float("nan")])
def test_a_risk_tolerance_that_is_none_is_refused(risk_tolerance: float) -> None:
    with pytest.raises(decide.InvalidInputError, match="the risk tolerance is"):
        decide.solve_diagram(umbrella(), risk_tolerance=risk_tolerance)


def test_a_model_without_a_diagram_is_refused() -> None:
    with pytest.raises(decide.InvalidInputError, match="the workspace has no diagram"):
        decide.solve_diagram(model([strategy("a")]))


def test_a_model_is_solved_at_its_own_risk_tolerance() -> None:
    text = text_of("umbrella_diagram").replace(
        "title: Umbrella", "title: Umbrella, risk_tolerance: 30"
    )
    found = decide.solve_diagram(read_text(text))
    own = decide.solve_diagram(umbrella(), risk_tolerance=30)
    assert found.value.certainty_equivalent == pytest.approx(own.value.certainty_equivalent)
    assert found.value.certainty_equivalent < found.value.expected_value


def test_a_policy_is_a_table_by_what_matters() -> None:
    found = decide.solve_diagram(umbrella())
    frame = decide.to_frame(found.policies["umbrella"])
    assert list(frame.index.names) == ["forecast"]
    assert frame.loc["rainy", "option"] == "take"
    whole = decide.to_frame(found)
    assert whole.loc[("umbrella", "sunny"), "option"] == "leave"
    assert whole["reach"].sum() == pytest.approx(1)


def test_a_policy_that_depends_on_nothing_is_a_table_of_one_row() -> None:
    diagram = decide.make_diagram(
        {"act": {"decide": ["a", "b"]}, "gain": {"value": [1, 2], "given": ["act"]}}
    )
    frame = decide.to_frame(decide.solve_diagram(diagram).policies["act"])
    assert frame["option"].tolist() == ["b"]


def test_the_example_of_the_docs_comes_out_as_it_says() -> None:
    page = (Path(__file__).parents[1] / "docs" / "export.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```python\n(umbrella = .*?)```", page, flags=re.DOTALL)
    said = {}
    for line in block.splitlines():
        code, _, result = line.partition("  # ")
        if result:
            said[code] = float(result)
    names = {"decide": decide}
    exec(block, names)  # noqa: S102  # the example, as it is printed
    assert said
    for code, result in said.items():
        assert eval(code, names) == pytest.approx(result)  # noqa: S307  # as above
