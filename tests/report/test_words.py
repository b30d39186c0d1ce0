"""What the page says is true of every model, the smallest included."""

import re
from dataclasses import replace

import pytest

from decide.evaluate import Evaluation, evaluate
from decide.model.decision import Model
from decide.model.distribution import Discrete, Normal, Uniform
from decide.model.number import Fixed
from decide.report.page import render_page
from decide.report.view.parts import Part
from decide.report.words import answer, precedents, targets
from tests.models import branch, chance, model, number, strategy


def said(m: Model, section: str) -> str:
    """The text of one section of a model's page."""
    return said_of(evaluate(m), section)


def said_of(evaluation: Evaluation, section: str) -> str:
    page = render_page(evaluation)
    start = page.index(f'<section id="{section}"')
    text = re.sub(r"<[^>]+>", " ", page[start : page.index("</section>", start)])
    spaced = " ".join(re.sub(r"[\u00a0\u202f]", " ", text).split())
    return re.sub(r" ([.,:;)])", r"\1", spaced)


CERTAIN = [strategy("a", pay=5), strategy("b", pay=3)]
OPEN = {"x": Uniform(min=0, max=10)}


def test_one_strategy_is_looked_at_and_two_are_compared() -> None:
    assert "One strategy is looked at." in said(model([strategy("a", pay=5)]), "options")
    assert "Two strategies are compared." in said(model(CERTAIN), "options")


def test_no_strategy_is_said_to_be_added_to_the_question() -> None:
    assert "added" not in said(model(CERTAIN), "options")


def test_a_risk_neutral_model_charges_no_risk() -> None:
    neutral = model([strategy("a", pay="x"), strategy("b", pay=3)], (), OPEN)
    assert "risk is charged" not in said(neutral, "money") + said(neutral, "answer")
    averse = replace(neutral, decision=replace(neutral.decision, risk_tolerance=number(20.0)))
    assert "after its risk is charged" in said(averse, "money")
    assert "once its risk is charged" in said(averse, "answer")


def test_strategies_that_are_worth_the_same_are_said_to_be() -> None:
    same = model([strategy("a", pay=5), strategy("b", pay=5)])
    assert "a and b are worth the same" in said(same, "answer")
    assert "a and b are worth the same, 5" in said(same, "money")
    assert "spread" not in said(same, "answer")


def test_what_is_certain_has_no_downside_and_no_share_of_draws() -> None:
    text = said(model(CERTAIN), "answer")
    assert "a is worth 5.00, for certain." in text
    assert "One time in ten it comes" not in text
    assert "ahead in" not in text
    assert "draws" not in text


def test_states_that_are_gone_through_are_no_draws() -> None:
    x = Discrete(values=(0.0, 9.0), probabilities=(0.5, 0.5))
    text = said(model([strategy("a", pay="x"), strategy("b", pay=3)], (), {"x": x}), "answer")
    assert "ahead in 50 % of the cases" in text.replace("50%", "50 %")
    assert "draws" not in text


def test_the_share_of_draws_says_that_chances_are_averaged_where_there_are_any() -> None:
    gate = chance("gate", branch("up", 0.5, pay="2 * x"), branch("down", "rest"))
    with_chance = model([strategy("a", "gate"), strategy("b", pay=3)], [gate], OPEN)
    text = said(with_chance, "answer")
    assert "A draw is one state of the inputs, with the tree\u2019s chances averaged." in text
    without = model([strategy("a", pay="x"), strategy("b", pay=3)], (), OPEN)
    assert "averaged" not in said(without, "answer")


def test_where_no_input_has_a_range_none_was_looked_at() -> None:
    text = said(model(CERTAIN), "answer")
    assert "No input has a range" in text
    assert "anywhere in the range" not in text


def test_constants_without_a_range_are_counted() -> None:
    gate = chance("gate", branch("up", 0.5, pay=9), branch("down", "rest"))
    rivals = [strategy("a", "gate"), strategy("b", pay="x + c")]
    m = model(rivals, [gate], {"x": Uniform(min=0, max=10), "c": Fixed(1.0), "d": Fixed(1.0, 0, 2)})
    assert "Three constants without a range were not tried." in said(m, "answer")
    assert "not tried" not in said(model([strategy("b", pay="x")], (), OPEN), "answer")


def test_a_risk_neutral_page_says_a_strategy_s_worth_once() -> None:
    neutral = model([strategy("a", pay="x"), strategy("b", pay=3)], (), OPEN)
    assert "on average" not in said(neutral, "tree")
    assert "Certainty equivalent" not in said(neutral, "answer")


def test_a_loss_is_named_after_the_base_where_there_is_one() -> None:
    rivals = [strategy("now"), strategy("a", pay="x - 4")]
    assert "that it comes out worse than now is" in said(
        model(rivals, (), OPEN, base="now"), "answer"
    )
    assert "the probability of a loss is" in said(model(rivals, (), OPEN), "answer")
    worse = model([strategy("now"), strategy("a", pay="x - 9")], (), OPEN, base="now")
    assert "One strategy does worse than now more often than not." in said(worse, "money")
    assert "loses" not in said(worse, "money")


def test_a_base_that_leads_is_not_counted_against_itself() -> None:
    text = said(model([strategy("now"), strategy("a", pay=-3)], base="now"), "answer")
    assert "No other strategy is worth more than now" in text
    assert "against now" not in text


def test_nothing_is_said_to_lie_beyond_a_picture_that_holds_everything() -> None:
    flat = model([strategy("a", pay=5), strategy("b", pay=3)])
    assert "right edge" not in said(flat, "money")
    tail = model([strategy("a", pay="x * x * x * x"), strategy("b", pay=1)], (), OPEN)
    assert "beyond the right edge" in said(tail, "money")


def test_a_single_state_is_not_counted() -> None:
    assert "1 states" not in said(model(CERTAIN), "money")


def test_an_input_that_acts_alike_on_both_sides_is_said_at_its_ends() -> None:
    m = model([strategy("a", pay="x * x"), strategy("b")], (), {"x": Normal(mean=0, sd=1)})
    text = said(m, "drivers")
    assert "matters most: a is worth" in text
    assert "with it at" in text
    assert "over its range" not in text


def test_inputs_that_move_others_only_do_not_matter_most_to_the_leader() -> None:
    m = model([strategy("a", pay=20), strategy("b", pay="x")], (), OPEN)
    text = said(m, "drivers")
    assert "No single input moves what a is worth." in text
    assert "matters most" not in text


def test_who_leads_at_the_median_is_named_where_it_is_not_the_leader() -> None:
    m = model([strategy("a", pay="x * x"), strategy("b", pay=30)], (), OPEN)
    text = said(m, "answer")  # 33.3 on average, 25 at the median
    assert re.search(r"x above 5\.\d: a leads; held at 5, its middle, b does\.", text)


def test_three_strategies_are_listed_with_their_worth_and_two_are_not() -> None:
    three = model([*CERTAIN, strategy("c", pay=-1)])
    assert "All of them, best first: a 5.00; b 3.00; c \u22121.00." in said(three, "answer")
    assert "best first:" not in said(model(CERTAIN), "answer")


def test_a_switch_point_names_who_leads_before_it_where_that_is_not_the_leader() -> None:
    m = model([strategy("a", pay="x * x"), strategy("b", pay=30)], (), OPEN)
    assert re.search(r"x 5 above 5\.\d [^ ]+ % of its range a, after b", said(m, "drivers"))


@pytest.mark.parametrize(
    ("number_without", "total", "text"),
    [
        (0, 0, "There is no number behind this yet."),
        (0, 1, "The one number behind this has a source or a stated reason."),
        (0, 7, "All 7 numbers behind this have a source or a stated reason."),
        (1, 1, "The one number behind this has neither a source nor a stated reason."),
        (1, 7, "One of the 7 numbers behind this has neither a source nor a stated reason."),
        (4, 4, "None of the 4 numbers behind this have a source or a stated reason."),
        (4, 9, "Four of the 9 numbers behind this have neither a source nor a stated reason."),
    ],
)
def test_numbers_without_a_source_are_counted_in_grammar(
    number_without: int, total: int, text: str
) -> None:
    parts = answer.unsourced(number_without, total, "#sources", "en")
    assert "".join(part.text for part in parts) == text


@pytest.mark.parametrize(
    ("passing", "failing", "text"),
    [
        (1, 0, "The one firm fails no gate. Buying X comes out at $1."),
        (1, 2, "One of 3 firms fails no gate. Buying X comes out at $1."),
        (2, 0, "None of the 2 firms fails a gate. Of these, buying X comes out best at $1."),
    ],
)
def test_firms_are_counted_in_grammar(passing: int, failing: int, text: str) -> None:
    parts = targets.opening(passing, failing, Part("X"), "$1", "en")
    assert "".join(part.text for part in parts) == text


def test_a_rate_says_which_outcomes_count_as_success() -> None:
    assert precedents.rate(2, 4, 1, ("success", "partial"), "en") == (
        "2 of 4 succeeded; 1 more too early or not known; \u201csuccess\u201d and "
        "\u201cpartial\u201d count as success."
    )
