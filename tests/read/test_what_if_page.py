import re
from pathlib import Path

import pytest

from decide.model.decision import Model
from decide.model.place import InvalidInputError
from decide.model.what_if import Supposition, WhatIf
from decide.read.what_if import WhatIfForm, read_what_if
from decide.read.workspace import read_workspace

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "what-if.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def model() -> Model:
    return read_workspace(ROOT)


def test_the_example_of_the_page_is_a_what_if_of_the_shipped_case(
    model: Model, tmp_path: Path
) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "example.yaml"
    path.write_text(example, encoding="utf-8")
    assert read_what_if(path, model) == WhatIf(
        pinned={"discount_rate": 0.12, "price@graphcore": 0.9e9, "build.know_how": 60.0},
        shifted={"demand": 0.5},
        swings={"position": 80.0},
        horizon=2028,
        risk_tolerance=2e9,
        supposed=(
            Supposition(node="deal_terms", branch="signed"),
            Supposition(node="silicon", branch="late", strategy="build"),
        ),
    )


def test_every_key_is_explained() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == set(WhatIfForm.__annotations__)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("made: {silicon: late, silicon_2: late}", "'silicon_2' is not a chance node"),
        (
            "made: {silicon: late}\n  seen: [{node: silicon, outcome: failed, strategy: build}]",
            "'silicon' is supposed to end twice, 'late' before",
        ),
        (
            "seen:\n    - {node: silicon, outcome: late, strategy: status_quo}",
            "the tree of 'status_quo' never comes to 'silicon'",
        ),
        ("made: {proof: better}", "'proof' observes a quantity, and cannot be made to"),
        ("acquired: annapurna", "no strategy buys 'annapurna'"),
        ("shifted: {demand: 7}", "'demand' is shifted by 7 normal scores"),
        ("pinned: {discount_rate: -1}", "a discount rate of -1 is -100 % a year"),
        ("pinned: {deal_terms.signed.p: 1.5}", "'deal_terms.signed.p' cannot be moved"),
        ("risk_tolerance: 0", "the risk tolerance is 0; it must be above 0"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    model: Model, tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(f"what_if:\n  {text}\n", encoding="utf-8")
    with pytest.raises(InvalidInputError) as caught:
        read_what_if(path, model)
    assert [p.message for p in caught.value.problems] == [message]
    assert all(p.place is not None and p.place.line >= 2 for p in caught.value.problems)
