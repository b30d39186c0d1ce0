"""The shipped case holds what it promises, and comes out the same however it is run."""

from pathlib import Path

import numpy as np
import pytest

from decide.evaluate import Evaluation, evaluate
from decide.model.decision import Model
from decide.program.calendar import discount_exponent
from decide.read.workspace import read_workspace

ROOT = Path(__file__).parents[1]
ASKED_FOR = ("build", "acquire", "partner", "diversify")


@pytest.fixture(scope="module")
def model() -> Model:
    return read_workspace(ROOT)


@pytest.fixture(scope="module")
def evaluation(model: Model) -> Evaluation:
    return evaluate(model, draws=1_024)


def test_it_reads_without_a_warning(model: Model) -> None:
    assert model.warnings == ()


def test_the_four_courses_and_hybrids_are_compared_with_the_status_quo(model: Model) -> None:
    families = {s.family for s in model.strategies.values()}
    assert {*ASKED_FOR, "status_quo", "codesign"} < families
    assert model.decision.base == "status_quo"


def test_fifteen_firms_or_more_are_screened_and_a_failing_one_is_not_run(model: Model) -> None:
    assert len(model.targets) >= 15
    run = {s.target for s in model.strategies.values()} - {""}
    assert run == {t.id for t in model.targets.values() if not t.failed_gates}


def test_annapurna_is_one_row_of_its_class(evaluation: Evaluation) -> None:
    members = evaluation.model.classes["bought_by_users"].members
    assert "amazon_annapurna" in members
    assert len(members) > 8
    assert evaluation.references.rates["bought_by_users"].used_by


def test_all_classes_count_the_same_outcomes_as_success(model: Model) -> None:
    assert {c.success for c in model.classes.values()} == {("success", "partial")}


def test_nothing_known_later_than_the_as_of_date_feeds_it(model: Model) -> None:
    as_of = model.decision.as_of
    assert as_of is not None
    for source in model.sources.values():
        known = source.known_by or source.published
        assert known is not None, source.id
        assert known <= as_of, source.id


def test_own_chips_supply_nothing_before_their_first_volume(evaluation: Evaluation) -> None:
    assert all(cash < 0 for cash in evaluation.rollback.values["build"].cash[:2])


def test_expected_values_are_the_discounted_cash_by_year(evaluation: Evaluation) -> None:
    decision = evaluation.model.decision
    assert decision.discount_rate is not None
    rate = evaluation.model.decision.discount_rate
    assert rate is not None
    growth = 1 + getattr(rate.definition, "value", np.nan)
    factors = [growth ** -discount_exponent(decision.as_of, year) for year in decision.years]
    for value in evaluation.rollback.values.values():
        present = float(np.dot(value.cash, factors))
        assert present == pytest.approx(value.expected_value, rel=1e-9, abs=1.0)


def test_every_strategy_is_worth_no_more_than_it_earns_on_average(evaluation: Evaluation) -> None:
    for value in evaluation.rollback.values.values():
        assert value.certainty_equivalent <= value.expected_value + 1e-6


@pytest.mark.slow
def test_the_block_changes_no_bit(model: Model, evaluation: Evaluation) -> None:
    other = evaluate(model, draws=1_024, block=1_024)
    assert other.rollback == evaluation.rollback
    assert other.sensitivity == evaluation.sensitivity
    assert other.scores == evaluation.scores
