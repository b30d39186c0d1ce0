import re
from pathlib import Path

import pytest

from decide.model.decision import Model
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
