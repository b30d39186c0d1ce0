"""Values of information through workspace files, with figures by hand or published."""

import pytest

from decide.analyses.information import Information
from decide.evaluate import evaluate
from tests.published.workspaces import read_text


def informed(text: str, *together: tuple[str, ...], draws: int = 2**14) -> Information:
    found = evaluate(read_text(text), together=together, draws=draws).rollback.information
    assert found is not None
    return found


LATER_DECISION = """\
decision: {title: A decision that comes after}
quantities:
  a: {discrete: {1: 50 %, -1: rest}, grade: judgement, reason: t}
  b: {discrete: {40: 50 %, -10: rest}, grade: judgement, reason: t}
strategies:
  go: {pay: b - 10, then: trial}
  no: {}
tree:
  trial: {chance: {works: {p: "if(a > 0, 75 %, 25 %)", then: gate}, fails: {p: rest}}}
  gate: {decide: {expand: {pay: "if(a > 0, 60, -100)"}, hold: {}}}
"""


def test_each_decision_is_made_anew_with_what_is_known() -> None:
    """Held at the later decision, knowing a would be worth 10; against mean values, 22.5."""
    found = informed(LATER_DECISION, ("a", "b"))
    worth = {", ".join(names): own.value for names, own in found.each.items()}
    assert worth == pytest.approx({"a": 12.5, "b": 5, "a, b": 17.5}, abs=1e-9)
    assert found.quantities.value == pytest.approx(17.5, abs=1e-9)
    assert found.outcomes is not None
    assert found.quantities.value + found.outcomes.value == pytest.approx(18.75, abs=1e-9)


CORRELATED = """\
decision: {title: What enters no formula may still inform}
quantities:
  x: {normal: {mean: 0, sd: 1}, grade: judgement, reason: t}
  y: {normal: {mean: 0, sd: 1}, grade: judgement, reason: t}
correlations:
  - {between: [x, y], rank: 0.6, grade: judgement, reason: t}
strategies:
  invest: {pay: 100 * y}
  pass: {}
"""


def test_a_quantity_that_enters_no_formula_informs_by_correlation() -> None:
    """100 r phi(0) with r = 2 sin(0.6 pi / 6); the rank as it stands would give 23.94."""
    found = informed(CORRELATED, draws=2**17)
    assert found.each["x",].value == pytest.approx(24.655988883747643, abs=0.1)
    assert found.each["y",].value == pytest.approx(39.894228040143275, abs=0.1)


IMPERFECT_TEST = """\
decision: {title: A market that may be good}
quantities:
  market: {discrete: {1: 30 %, 0: rest}, grade: judgement, reason: t}
strategies:
  invest: {pay: "if(market > 0, 1000, -400)"}
  pass: {}
"""


def test_perfect_information_on_the_market_is_worth_280() -> None:
    """30 % of 1,000 is 300 with foresight; without it investing is worth 20."""
    assert informed(IMPERFECT_TEST).each["market",].value == pytest.approx(280, abs=1e-9)
