"""What the peers are given is the work of our rows, and who does not answer is listed."""

import math
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks import draws, numeric_tree
from benchmarks.one_way import NAMES, worth
from benchmarks.peers import environment, rollback, tree
from benchmarks.peers.environment import beside, versions


def value(node: Mapping[str, Any], at: Mapping[str, float]) -> float:
    """Fold a laid-out tree by its definition."""
    branches = node.get("branches", [])
    if not branches:
        return 0.0
    worths = [_number(b["pay"], at) + value(b["then"], at) for b in branches]
    if node["kind"] == "decision":
        return max(worths)
    odds = [0.0 if b["p"] == "#" else _number(b["p"], at) for b in branches]
    odds[[b["p"] for b in branches].index("#")] = 1 - sum(odds)
    return math.fsum(p * w for p, w in zip(odds, worths, strict=True))


def _number(text: object, at: Mapping[str, float]) -> float:
    return float(eval(str(text), {"__builtins__": {}}, dict(at)))  # noqa: S307  # our own formulas


def nodes(node: Mapping[str, Any]) -> int:
    return 1 + sum(nodes(branch["then"]) for branch in node.get("branches", ()))


def test_the_tree_that_is_handed_over_has_185_nodes_and_is_worth_what_ours_is() -> None:
    handed_over = tree.laid_out()
    assert nodes(handed_over) == 185
    x = np.random.default_rng(0).random((len(NAMES), 3))
    for place, right in enumerate(worth(x).T):
        at = dict(zip(NAMES, x[:, place].tolist(), strict=True))
        assert math.isclose(value(handed_over, at), right.max(), rel_tol=1e-12)


def test_the_numeric_tree_that_is_handed_over_is_ours() -> None:
    own, numbers = numeric_tree.both(7, decimals=1)
    handed_over = rollback.laid_out(numbers)
    assert math.isclose(value(handed_over, {}), numeric_tree.best_of(own), rel_tol=1e-12)


def test_every_quantity_enters_a_formula_that_is_handed_over() -> None:
    used = set(re.findall(r"[nlu]\d", " ".join(draws.formulas())))
    assert used == {name for name, _, _ in draws.quantities()}


def test_every_package_has_an_exact_version() -> None:
    assert all(re.fullmatch(r"[\d.]+(post\d+)?", version) for version in versions().values())


@pytest.fixture
def own_python(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Have scripts in a folder of the test's run by the tests' own interpreter."""
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(environment, "HOME", tmp_path)
    monkeypatch.setattr(environment, "SCRIPTS", tmp_path)
    return tmp_path


def test_a_share_of_the_work_is_scaled_to_the_whole(own_python: Path) -> None:
    (own_python / "quick.py").write_text('print(\'{"seconds": 2, "result": 7}\')', encoding="utf-8")
    peer = beside("Quick", "quick.py", {}, lambda result: bool(result == 7), share=0.25)
    assert peer.seconds == 8


def test_a_peer_whose_answer_differs_is_not_timed(own_python: Path) -> None:
    (own_python / "quick.py").write_text('print(\'{"seconds": 2, "result": 7}\')', encoding="utf-8")
    peer = beside("Quick", "quick.py", {}, lambda result: bool(result == 8))
    assert (peer.seconds, peer.note) == (None, "its answer differs from ours")


def test_a_peer_that_fails_gives_the_last_thing_that_it_said(own_python: Path) -> None:
    (own_python / "absent.py").write_text("import no_such_program", encoding="utf-8")
    peer = beside("Absent", "absent.py", {}, lambda _: True)
    assert peer.seconds is None
    assert peer.note == "ModuleNotFoundError: No module named 'no_such_program'"


def test_plain_python_folds_as_we_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(environment, "HOME", tmp_path)
    peer = rollback.plain(5)
    assert peer.seconds is not None, peer.note
