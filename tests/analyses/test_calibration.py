"""Weights under which a few draws tell what many told."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.analyses import sensitivity
from decide.analyses.calibration import calibrated, tilted
from decide.analyses.policy import fold
from decide.analyses.policy_sample import agree_policy, strategy_outputs
from decide.analyses.rollback import roll_back
from decide.analyses.what_if import as_drawn, side_by_side
from decide.evaluate import evaluate
from decide.model.distribution import Lognormal, Normal
from decide.program.compile import compile_program
from decide.program.engine import blocks, plan_draws, run
from decide.program.operations import ancestors
from decide.read.workspace import read_workspace
from tests.models import Written, branch, chance, model, strategy

ROOT = Path(__file__).parents[2]


@given(seed=st.integers(0, 10_000), rows=st.integers(1, 6), apart=st.floats(-0.5, 0.5))
def test_every_row_has_mean_0_under_positive_weights_of_mean_1(
    seed: int, rows: int, apart: float
) -> None:
    x = np.random.default_rng(seed).normal(size=(rows, 200)) + apart
    weights = tilted(x)
    assert weights is not None
    assert weights.min() > 0
    assert weights.mean() == pytest.approx(1)
    assert x @ weights / 200 == pytest.approx(0, abs=1e-6)


def test_the_weights_are_the_nearest_to_equal_ones() -> None:
    """Kullback and Leibler's distance grows along every way that keeps the means."""
    draw = np.random.default_rng(3)
    x = draw.normal(size=(2, 50)) + 0.3
    weights = tilted(x)
    assert weights is not None
    kept = np.vstack([x, np.ones(50)])
    for _ in range(20):
        way = draw.normal(size=50)
        way -= kept.T @ np.linalg.lstsq(kept.T, way, rcond=None)[0]
        other = weights + 1e-3 * way
        assert (other * np.log(other)).sum() > (weights * np.log(weights)).sum()


def test_rows_that_say_the_same_do_no_harm() -> None:
    x = np.random.default_rng(1).normal(size=100) + 0.2
    weights = tilted(np.array([x, 3 * x, -x]))
    assert weights == pytest.approx(tilted(x[None]))


def test_what_no_weights_can_meet_is_given_up() -> None:
    assert tilted(np.array([[1.0, 2.0, 3.0]])) is None


@pytest.mark.parametrize("risk_tolerance", [None, 8.0])
def test_the_printed_values_come_out_of_few_draws(risk_tolerance: float | None) -> None:
    gate = chance("gate", branch("good", 0.4, pay="x * y"), branch("bad", "rest", pay="-x"))
    m = model(
        [strategy("a", "gate"), strategy("b", pay="0.2 * y - 0.3")],
        [gate],
        {"x": Lognormal(mu=0, sigma=0.4), "y": Normal(mean=1, sd=1)},
    )
    program = compile_program(m)
    agreed = agree_policy(program, risk_tolerance=risk_tolerance)
    rollback = roll_back(program, agreed, risk_tolerance=risk_tolerance)
    wanted = [n for s in ("a", "b") for n in strategy_outputs(program, s)]
    plan = plan_draws(program, wanted, scrambles=(20, 21), draws=256, block=256)
    drawn = side_by_side(next(blocks(plan)))
    order = ancestors(program.operations, wanted)
    values = run(program.operations, order, drawn.inputs, {}, 1)
    weighed = calibrated(program, agreed, rollback, ("a", "b"), values, drawn, risk_tolerance)
    for s in ("a", "b"):
        base = as_drawn(program, [s], values, weighed, risk_tolerance)[s]
        found = fold(base.steps, base.sums, risk_tolerance)
        assert found.expected[0, 0] == pytest.approx(rollback.values[s].expected_value)
        assert found.equivalent[0, 0] == pytest.approx(rollback.values[s].certainty_equivalent)


def test_a_strategy_that_is_certain_but_for_rounding_moves_no_weight() -> None:
    quantities: dict[str, Written] = {"x": Normal(mean=1, sd=2), "y": Normal(mean=0, sd=1)}

    def switch(pay: str) -> float:
        m = model([strategy("a", pay=pay), strategy("b", pay="1.1 + y + 0 * x")], (), quantities)
        return next(p.at for p in evaluate(m).sensitivity.switch_points if p.quantity == "y")

    assert switch("(x * 3 + 0.1 * x) - 3.1 * x + 1") == pytest.approx(switch("1 + 0 * x"), rel=1e-6)


@pytest.mark.slow
def test_the_shipped_case_s_nearest_switch_points_hardly_depend_on_the_draws(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Three per cent is one standard deviation of the nearest."""
    shipped = read_workspace(ROOT)
    found = evaluate(shipped).sensitivity.switch_points
    monkeypatch.setattr(sensitivity, "SCRAMBLES", (20, 21, 22, 23))
    again = {
        (p.quantity, p.until, p.leader): p.at for p in evaluate(shipped).sensitivity.switch_points
    }
    for point in found[:6]:
        there = again[point.quantity, point.until, point.leader]
        assert there == pytest.approx(point.at, rel=0.12)
