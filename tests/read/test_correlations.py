"""Rank correlations that cannot hold together become the nearest that can."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from decide.program.compile import compile_program
from decide.read.nearest_correlation import FLOOR, Matrix, least_eigenvalue, nearest_correlation
from decide.uncertainty.sample import draw, uncertainty
from tests.read.reading import read

QUANTITY = "{uniform: {min: 0, max: 1}, grade: judgement, reason: r}"


def workspace(ranks: dict[str, float]) -> str:
    lines = [
        f"  - {{between: [{pair[0]}, {pair[1]}], rank: {rank}, grade: judgement, reason: r}}"
        for pair, rank in ranks.items()
    ]
    names = "".join(f"  {name}: {QUANTITY}\n" for name in sorted(set("".join(ranks))))
    pay = " + ".join(sorted(set("".join(ranks))))
    tree = f"tree: {{start: {{decide: {{go: {{pay: {pay}}}, stop: {{}}}}}}}}\n"
    stated = "\n".join(lines)
    return f"decision: {{title: T}}\nquantities:\n{names}correlations:\n{stated}\n{tree}"


@st.composite
def stated_matrices(draw: st.DrawFn) -> Matrix:
    size = draw(st.integers(2, 5))
    matrix = [[1.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i):
            matrix[i][j] = matrix[j][i] = draw(st.floats(-0.99, 0.99))
    return matrix


def distance(a: Matrix, b: Matrix) -> float:
    return float(np.linalg.norm(np.array(a) - np.array(b)))


def test_the_nearest_matrix_is_the_published_one() -> None:
    found = nearest_correlation([[1, 1, 0], [1, 1, 1], [0, 1, 1]])
    assert found[0][1:] == pytest.approx([0.7607, 0.1573], abs=5e-5)
    assert found[1][2] == pytest.approx(0.7607, abs=5e-5)


@pytest.mark.parametrize("size", [3, 4, 6])
def test_things_that_all_oppose_each_other_do_so_as_far_as_they_can(size: int) -> None:
    matrix = [[1.0 if i == j else -0.9 for j in range(size)] for i in range(size)]
    found = nearest_correlation(matrix)
    beside = [found[i][j] for i in range(size) for j in range(i)]
    assert beside == pytest.approx([-1 / (size - 1)] * len(beside), abs=1e-5)


@given(stated_matrices())
def test_a_repaired_matrix_is_positive_definite_with_a_unit_diagonal(stated: Matrix) -> None:
    found = np.array(nearest_correlation(stated))
    assert (np.diag(found) == 1).all()
    assert found == pytest.approx(found.T, abs=1e-12)
    assert np.linalg.eigvalsh(found).min() >= FLOOR / 2
    assert (np.linalg.cholesky(found).diagonal() > 0).all()


@given(stated_matrices())
def test_a_matrix_that_is_valid_stays_as_it_is(stated: Matrix) -> None:
    if np.linalg.eigvalsh(stated).min() > 2 * FLOOR:
        assert nearest_correlation(stated) == stated


@given(stated_matrices(), st.integers(0, 2**32 - 1))
def test_no_other_valid_matrix_is_nearer(stated: Matrix, seed: int) -> None:
    found = nearest_correlation(stated)
    rng = np.random.default_rng(seed)
    for step in (1.0, 0.1, 0.01):
        rows = np.linalg.cholesky(found) + step * rng.normal(size=(len(found), len(found)))
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        assert distance(stated, found) <= distance(stated, (rows @ rows.T).tolist()) + 1e-4


@given(stated_matrices())
def test_the_least_eigenvalue_is_numpys(matrix: Matrix) -> None:
    assert least_eigenvalue(matrix) == pytest.approx(np.linalg.eigvalsh(matrix).min(), abs=1e-9)


def test_ranks_that_hold_together_are_drawn_as_stated() -> None:
    model = read(workspace({"ab": 0.6, "bc": -0.3}))
    assert model.ranks == {("a", "b"): 0.6, ("b", "c"): -0.3}
    assert not model.warnings


def test_repaired_ranks_are_those_of_the_draws_and_of_the_warning() -> None:
    model = read(workspace({"ab": 0.9, "bc": 0.9, "cd": 0.6, "ad": -0.9, "ef": 0.5}))
    program = compile_program(model)
    uncertain = uncertainty(program.distributions, program.ranks, 1)
    drawn = draw(uncertain, scramble=0, start=0, count=16_384)
    for (a, b), rank in model.ranks.items():
        found = stats.spearmanr(drawn[a], drawn[b]).statistic
        assert found == pytest.approx(rank, abs=0.02)
    assert model.ranks["e", "f"] == 0.5
    assert {c.rank for c in model.correlations} == {0.9, 0.6, -0.9, 0.5}
    (warning,) = model.warnings
    assert f"a and b {model.ranks['a', 'b']:.3f} (stated 0.9)" in warning.message
    assert f"a and c {model.ranks['a', 'c']:.3f} (not stated)" in warning.message
    assert "e and f" not in warning.message
    r = 2 * math.sin(math.pi * model.ranks["a", "b"] / 6)
    assert r < 2 * math.sin(math.pi * 0.9 / 6)
