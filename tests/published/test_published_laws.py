"""What holds of every published tree, whatever its figures: laws, through files."""

import copy
import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml

from tests.published.workspaces import (
    at_risk_tolerance,
    certainty_equivalents,
    evaluated,
    expected_values,
    policy,
    text_of,
)

Document = dict[str, Any]

ROOTED = {  # trees whose root is a decision, and a risk tolerance at which risk matters
    "oil_wildcatter_plain": 100,
    "oil_wildcatter_likelihoods": 100,
    "used_car_buyer": 20,
    "shale_gas": 500,
    "kaminski_separable": 20,
    "silverdecisions_rockefeller": 500,
    "pdc_condominium": 5,
    "freemark_abbey": 20_000,
}
LEARNING = {
    "learning_policy": 50,
    "two_trials": 100,
    "later_decision": 30,
    "umbrella_likelihoods": 30,
}
SAMPLED = {"observe_then_decide": 40, "correlated_signal": 100, "two_treatments": 5_000}
EVERY = ROOTED | LEARNING | SAMPLED


def texts(tolerances: Mapping[str, int]) -> pytest.MarkDecorator:
    """Each case risk-neutral, and once more risk-averse."""
    found = [
        pytest.param(at_risk_tolerance(text_of(case), tolerance), id=f"{case}-{name}")
        for case, averse in tolerances.items()
        for name, tolerance in (("neutral", None), ("averse", averse))
    ]
    return pytest.mark.parametrize("text", found)


each_tree = pytest.mark.parametrize("case", EVERY)


class PlainLoader(yaml.SafeLoader):
    """Takes every scalar as the text that it is."""


class PlainDumper(yaml.SafeDumper):
    """Writes every text without quotes where YAML allows."""


PlainLoader.yaml_implicit_resolvers = {}
PlainDumper.yaml_implicit_resolvers = {}


def load(text: str) -> Document:
    document = PlainLoader(text).get_single_data()
    assert isinstance(document, dict)
    return document


def dump(document: Mapping[str, Any]) -> str:
    return yaml.dump(dict(document), Dumper=PlainDumper, sort_keys=False, width=1_000)


def as_strategies(document: Document) -> Document:
    """Write the options of the root decision as strategies, where there are none yet."""
    found = copy.deepcopy(document)
    if "strategies" in found:
        return found
    root = next(iter(found["tree"]))
    found["strategies"] = found["tree"].pop(root)["decide"]
    return found


def branches(document: Document) -> Iterator[Document]:
    yield from document.get("strategies", {}).values()
    for node in document.get("tree", {}).values():
        for kind in ("decide", "chance", "outcomes"):
            yield from node.get(kind, {}).values()


def scaled(document: Document, factor: int) -> Document:
    """Multiply every payment and the risk tolerance."""
    found = copy.deepcopy(document)
    for branch in branches(found):
        if "pay" in branch:
            branch["pay"] = f"({branch['pay']}) * {factor}"
    if "risk_tolerance" in found["decision"]:
        tolerance = float(found["decision"]["risk_tolerance"]) * factor
        found["decision"]["risk_tolerance"] = repr(tolerance)
    return found


def shifted(document: Document, amount: int) -> Document:
    """Add a constant to the payment of every strategy."""
    found = as_strategies(document)
    for strategy in found["strategies"].values():
        strategy["pay"] = f"{strategy.get('pay', '0')} + {amount}"
    return found


@texts(ROOTED)
def test_options_of_the_root_and_strategies_are_the_same_thing(text: str) -> None:
    before, after = evaluated(text), evaluated(dump(as_strategies(load(text))))
    assert after.rollback.values == before.rollback.values
    assert repr(after.rollback.steps) == repr(before.rollback.steps)  # nan where never reached
    assert after.rollback.ranking == before.rollback.ranking


@texts(ROOTED)
def test_a_strategy_switched_off_leaves_the_others_as_they_were(text: str) -> None:
    document = as_strategies(load(text))
    before = evaluated(dump(document))
    for name in document["strategies"]:
        fewer = copy.deepcopy(document)
        fewer["strategies"][name]["off"] = "true"
        after = evaluated(dump(fewer))
        assert [off.id for off in after.model.switched_off] == [name]
        assert name not in after.rollback.values
        for other, value in after.rollback.values.items():
            assert value == before.rollback.values[other]
            assert repr(after.rollback.steps[other]) == repr(before.rollback.steps[other])


@pytest.mark.parametrize(
    ("case", "strategy"),
    [
        ("observe_then_decide", "blind"),
        ("correlated_signal", "invest"),
        ("correlated_signal", "pass"),
        ("two_treatments", "old_drug"),
        ("two_treatments", "new_drug"),
        ("distributions", "skewed"),
        ("distributions", "lognormal"),
    ],
)
def test_a_strategy_switched_off_moves_no_draw_of_the_others(case: str, strategy: str) -> None:
    document = load(text_of(case))
    before = evaluated(dump(document)).rollback
    document["strategies"][strategy]["off"] = "true"
    after = evaluated(dump(document)).rollback
    assert set(after.values) == set(before.values) - {strategy}
    for other, value in after.values.items():
        assert value == before.values[other]
        assert after.steps[other] == before.steps[other]


@texts(EVERY)
@pytest.mark.parametrize("amount", [1_000, -250])
def test_a_constant_added_to_every_payoff_shifts_every_value(text: str, amount: int) -> None:
    before, after = evaluated(text), evaluated(dump(shifted(load(text), amount)))
    for figures in (expected_values, certainty_equivalents):
        expected = {name: value + amount for name, value in figures(before).items()}
        assert figures(after) == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert policy(after.rollback) == policy(before.rollback)
    assert after.rollback.ranking == before.rollback.ranking


@texts(EVERY)
def test_money_in_thousandths_scales_every_figure(text: str) -> None:
    before, after = evaluated(text), evaluated(dump(scaled(load(text), 1_000)))
    for figures in (expected_values, certainty_equivalents):
        expected = {name: value * 1_000 for name, value in figures(before).items()}
        assert figures(after) == pytest.approx(expected, rel=1e-9, abs=1e-9)
    for name, value in before.rollback.values.items():
        other = after.rollback.values[name]
        assert other.sd == pytest.approx(value.sd * 1_000, rel=1e-9, abs=1e-6)
        assert other.worst_tenth_mean == pytest.approx(value.worst_tenth_mean * 1_000, rel=1e-9)
        assert [p for _, p in other.profile] == pytest.approx([p for _, p in value.profile])
    assert policy(after.rollback) == policy(before.rollback)


@each_tree
def test_the_certainty_equivalent_lies_between_the_worst_and_the_mean(case: str) -> None:
    for value in evaluated(at_risk_tolerance(text_of(case), EVERY[case])).rollback.values.values():
        scale = 1e-9 * max(abs(value.minimum), abs(value.maximum), 1)
        assert value.minimum - scale <= value.certainty_equivalent
        assert value.certainty_equivalent <= value.expected_value + scale


@each_tree
def test_the_certainty_equivalent_rises_with_the_risk_tolerance_to_the_mean(case: str) -> None:
    middle = EVERY[case]
    rising = [
        evaluated(at_risk_tolerance(text_of(case), middle * factor)) for factor in (0.1, 1, 10, 1e9)
    ]
    means = expected_values(evaluated(text_of(case)))
    for name, mean in means.items():
        line = [found.rollback.values[name].certainty_equivalent for found in rising]
        scale = 1e-9 * max(abs(mean), abs(line[0]), 1)
        assert all(b >= a - scale for a, b in itertools.pairwise(line))
        assert line[-1] == pytest.approx(mean, rel=1e-6, abs=1e-6)
