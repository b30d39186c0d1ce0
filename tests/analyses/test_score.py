"""Value functions, weights from swings, and the additive total."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.analyses.score import Scores, score, weights_of
from decide.analyses.value_function import is_beyond, value_of
from decide.model.criterion import (
    Criterion,
    CriterionGroup,
    Exponential,
    Linear,
    Piecewise,
    Shape,
    ValueTree,
)
from decide.model.distribution import Uniform
from decide.model.number import Fixed
from decide.model.place import InvalidInputError
from decide.program.compile import compile_program
from tests.models import JUDGED, PLACE, Written, label, model, number, strategy


def criterion(
    id: str = "c",  # noqa: A002
    *,
    worst: float = 0,
    best: float = 100,
    shape: Shape | None = None,
    swing: float = 100,
) -> Criterion:
    return Criterion(
        id=id,
        label=label(id),
        question=label(""),
        unit="",
        worst=worst,
        best=best,
        shape=shape or Linear(),
        swing=swing,
        swing_reason="a test",
        provenance=JUDGED,
        place=PLACE,
    )


def group(id: str, swing: float, *members: Criterion) -> CriterionGroup:  # noqa: A002
    return CriterionGroup(
        id=id,
        label=label(id),
        swing=swing,
        swing_reason="a test",
        members=members,
        place=PLACE,
    )


def scored(
    tree: ValueTree, quantities: dict[str, Written] | None = None, **rows: dict[str, Written]
) -> Scores:
    performances = {s: {c: number(x) for c, x in row.items()} for s, row in rows.items()}
    program = compile_program(
        replace(model([strategy(s) for s in rows], (), quantities), performances=performances)
    )
    return score(program, tree, program.performances, performances)


def test_performances_that_are_no_number_are_refused_together() -> None:
    rows: dict[str, dict[str, Written]] = {
        "s": {"x": "1 / drawn", "y": 2},
        "t": {"x": 3, "y": "sqrt(drawn - 1)"},
    }
    with pytest.raises(InvalidInputError) as caught:
        scored((criterion("x"), criterion("y")), {"drawn": Fixed(0.0)}, **rows)
    first, second = caught.value.problems
    assert first.message == (
        "the performance of 's' on 'x' (1 / drawn) is not a finite number in some draws"
    )
    assert "'t' on 'y'" in second.message


@pytest.mark.parametrize(
    ("performance", "value"), [(9000, 0), (3000, 1), (6000, 0.5), (12_000, 0), (0, 1)]
)
def test_less_can_be_better_and_values_are_flat_beyond_the_anchors(
    performance: float, value: float
) -> None:
    hhi = criterion(worst=9000, best=3000)
    assert value_of(hhi, np.array([float(performance)]))[0] == pytest.approx(value)


@given(st.floats(0.02, 0.98), st.floats(0, 1), st.floats(0, 1))
def test_an_exponential_value_rises_and_is_half_at_its_middle(m: float, a: float, b: float) -> None:
    bent = criterion(worst=10, best=2, shape=Exponential(10 - 8 * m))
    x = np.array([10 - 8 * m, 10.0, 2.0, 10 - 8 * min(a, b), 10 - 8 * max(a, b)])
    half, worst, best, low, high = value_of(bent, x)
    assert half == pytest.approx(0.5, abs=1e-6)
    assert (worst, best) == pytest.approx((0, 1))
    assert low <= high + 1e-12


def test_a_piecewise_value_is_linear_between_its_points() -> None:
    bent = criterion(shape=Piecewise(((0, 0), (20, 0.8), (100, 1))))
    assert value_of(bent, np.array([10.0, 20, 60])) == pytest.approx([0.4, 0.8, 0.9])


def test_what_lies_beyond_the_anchors_is_counted() -> None:
    assert is_beyond(criterion(worst=5, best=1), np.array([0.0, 1, 3, 5, 6])).tolist() == [
        1, 0, 0, 0, 1,
    ]  # fmt: skip


def test_weights_are_swings_normalised_group_by_group() -> None:
    tree = (
        group("a", 100, criterion("a1", swing=30), criterion("a2", swing=10)),
        criterion("b", swing=60),
    )
    assert weights_of(tree) == pytest.approx({"a": 0.625, "a1": 0.46875, "a2": 0.15625, "b": 0.375})


def test_the_total_is_the_weighted_sum_of_values() -> None:
    tree = (criterion("x", swing=75), criterion("y", swing=25))
    found = scored(tree, s={"x": 100, "y": 0}, t={"x": 50, "y": 60})
    assert found.totals == pytest.approx({"s": 0.75, "t": 0.525})
    assert found.ranking == ("s", "t")
    assert found.cells["t"]["x"].contribution == pytest.approx(0.375)


def test_an_uncertain_performance_counts_as_the_mean_of_its_value() -> None:
    found = scored((criterion(best=50),), s={"c": Uniform(min=0, max=100)})
    cell = found.cells["s"]["c"]
    assert cell.performance == pytest.approx(50, abs=0.01)
    assert cell.value == pytest.approx(0.75, abs=0.001)  # the value of the mean would be 1
    assert (cell.p10, cell.p90) == pytest.approx((10, 90), abs=0.1)
    assert cell.held_flat == pytest.approx(0.5, abs=0.001)


@given(
    st.lists(st.lists(st.floats(0, 100), min_size=2, max_size=2), min_size=2, max_size=5),
    st.lists(st.floats(0, 100), min_size=2, max_size=2),
)
def test_adding_an_alternative_never_reorders_the_others(
    rows: list[list[float]], added: list[float]
) -> None:
    tree = (criterion("x", swing=60), criterion("y", swing=40))
    written: dict[str, dict[str, Written]] = {
        f"s{i}": {"x": a, "y": b} for i, (a, b) in enumerate(rows)
    }
    before = scored(tree, **written)
    after = scored(tree, **written, new={"x": added[0], "y": added[1]})
    assert [s for s in after.ranking if s != "new"] == list(before.ranking)
    assert all(after.totals[s] == before.totals[s] for s in written)


@given(st.floats(0.1, 50))
def test_scaling_every_swing_changes_nothing(factor: float) -> None:
    def tree(scale: float) -> ValueTree:
        return (criterion("x", swing=60 * scale), criterion("y", swing=40 * scale))

    row: dict[str, Written] = {"x": 20.0, "y": 70.0}
    assert scored(tree(factor), s=row).totals == pytest.approx(scored(tree(1), s=row).totals)
