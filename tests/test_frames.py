"""Every result can be had as a table."""

from dataclasses import replace

import pytest

from decide.evaluate import Evaluation, evaluate
from decide.frames import to_frame
from decide.model.distribution import Uniform
from tests.models import model, strategy


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    m = model(
        [strategy("low", pay="x"), strategy("high", pay="x + y")],
        (),
        {"x": Uniform(min=0, max=1), "y": 2.0},
    )
    return evaluate(replace(m), draws=1_024)


def test_strategies_come_best_first(evaluation: Evaluation) -> None:
    frame = to_frame(evaluation.rollback)
    assert list(frame.index) == ["high", "low"]
    assert frame.loc["high", "expected_value"] == pytest.approx(2.5, abs=0.001)


def test_inputs_and_bars_come_by_quantity(evaluation: Evaluation) -> None:
    assert list(to_frame(evaluation.inputs).index) == ["x", "y"]
    assert list(to_frame(evaluation.sensitivity).index) == ["x"]


def test_a_result_without_rows_is_an_empty_table(evaluation: Evaluation) -> None:
    assert to_frame(evaluation.references).empty


@pytest.mark.parametrize("other", ["x", None, 3])
def test_what_is_no_result_is_refused(other: object) -> None:
    with pytest.raises(TypeError, match="to_frame takes an evaluation's rollback"):
        to_frame(other)
