import math

import pytest

from decide.model.criterion import leaves
from decide.model.distribution import Percentiles
from decide.model.number import Fixed, Formula
from decide.program.compile import compile_program
from tests.read.reading import read

SCORED = """\
decision: {title: T}
quantities: {share: {value: 40 %, grade: judgement, reason: r}}
strategies: {stay: {}, go: {pay: share}}
criteria:
  portability: {unit: "%", worst: 10, best: 90 %, swing: 100, swing_reason: r}
performances:
  stay: {portability: 10}
  go: {portability: WRITTEN}
"""


@pytest.mark.parametrize(
    "written",
    [
        "40",
        "40 %",
        "{value: 40, grade: judgement, reason: r}",
        "{value: 40 %, grade: judgement, reason: r}",
        '{value: 40, unit: "%", grade: judgement, reason: r}',
    ],
)
def test_a_performance_is_in_the_unit_of_its_criterion_however_it_is_written(written: str) -> None:
    model = read(SCORED.replace("WRITTEN", written))
    definition = model.performances["go"]["portability"].definition
    assert isinstance(definition, Fixed)
    assert math.isclose(definition.value, 40)


def test_anchors_are_in_the_unit_of_their_criterion_however_they_are_written() -> None:
    (criterion,) = leaves(read(SCORED.replace("WRITTEN", "40")).criteria)
    assert (criterion.worst, criterion.best) == (10, 90)


def test_percentiles_of_a_performance_are_in_the_unit_of_its_criterion() -> None:
    written = "{p10: 20 %, p50: 30, p90: 40 %, min: 0, grade: judgement, reason: r}"
    number = read(SCORED.replace("WRITTEN", written)).performances["go"]["portability"]
    assert number.definition == Percentiles(p10=20, p50=30, p90=40, min=0)


def test_a_formula_is_turned_into_the_unit_of_its_criterion() -> None:
    model = read(SCORED.replace("WRITTEN", "share"))
    definition = model.performances["go"]["portability"].definition
    assert isinstance(definition, Formula)
    assert definition.text == "share"
    program = compile_program(model)
    performance = program.operations[program.performances["go", "portability"]]
    assert performance.value is not None
    assert math.isclose(performance.value.item(), 40)
