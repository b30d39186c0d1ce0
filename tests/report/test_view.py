import pytest

from decide.evaluate import Evaluation
from decide.report.view.context import context_of
from decide.report.view.fitting import shorten, width_of, width_wrapped, wrap
from decide.report.view.parts import text_of
from decide.report.view.policy import Case, policy_lines, rules_of
from decide.report.view.scale import Axis, axis_over, coordinate, polyline, ticks
from decide.report.view.sources import sources_view
from decide.report.view.tree_nodes import choose_expanded, count_ends, strategy_nodes


def test_ticks_are_round_and_within_the_axis() -> None:
    assert ticks(-1.7, 3.4, 5) == (-1.0, 0.0, 1.0, 2.0, 3.0)
    assert ticks(0.0, 0.3, 3) == pytest.approx((0.0, 0.1, 0.2, 0.3))


def test_an_axis_holds_what_lies_beyond_it_at_its_end() -> None:
    axis = Axis(0.0, 10.0, 100.0, 200.0)
    assert [axis.at(x) for x in (-5.0, 5.0, 20.0)] == [100.0, 150.0, 200.0]


def test_an_axis_over_a_single_amount_has_a_width() -> None:
    assert axis_over([3.0, 3.0], 0, 1).at(3.0) == pytest.approx(0.5)


def test_coordinates_are_as_short_as_they_go() -> None:
    assert [coordinate(x) for x in (12.04, 12.0, -0.04, 3.26)] == ["12", "12", "0", "3.3"]


def test_a_line_is_written_in_steps_and_without_what_cannot_be_seen() -> None:
    assert polyline([(0, 0), (5, 0.1), (10, 0), (10, 8), (13, 4.5)]) == "M0 0h10v8l3-3.5"


def test_a_text_is_wrapped_at_spaces_and_cut_where_it_is_too_long() -> None:
    assert wrap("one two three", 7, 2) == ("one two", "three")
    assert wrap("one two three", 3, 2) == ("one", "two three")
    assert width_wrapped("one two three", 2) == 7
    assert shorten("one two three", 8) == "one two\u2026"
    assert shorten("one", 3) == "one"


def test_wide_letters_count_for_more_and_marks_for_nothing() -> None:
    assert width_of("漢字") > width_of("ab")
    assert width_of("e\u0301") == width_of("e")


def test_one_choice_everywhere_needs_no_condition() -> None:
    cases = [Case((("look", "low"),), "go", 0.5), Case((("look", "high"),), "go", 0.5)]
    assert rules_of(cases) == (((), "go"),)


def test_the_node_that_tells_the_choices_apart_is_the_condition() -> None:
    cases = [
        Case((("coin", side), ("look", seen)), "stop" if seen == "low" else "go", 0.25)
        for side in ("heads", "tails")
        for seen in ("low", "high")
    ]
    assert rules_of(cases) == (
        ((("look", ("low",)),), "stop"),
        ((("look", ("high",)),), "go"),
    )


def test_two_conditions_are_used_where_one_is_not_enough() -> None:
    cases = [
        Case((("coin", side), ("look", seen)), choice, 0.25)
        for side, seen, choice in (
            ("heads", "low", "stop"),
            ("heads", "high", "go"),
            ("tails", "low", "stop"),
            ("tails", "high", "stop"),
        )
    ]
    assert ((("coin", ("heads",)), ("look", ("high",))), "go") in rules_of(cases)


def test_the_policy_names_decision_year_condition_and_choice(evaluation: Evaluation) -> None:
    context = context_of(evaluation, "en")
    sentences = [text_of(s.sentence) for s in policy_lines(context, "acquire@alpha")]
    assert sentences[0].startswith("Gate 1 (2026): if \u201cDemand seen in 2025\u201d is ")
    assert "Stop" in sentences[0]
    assert "otherwise, Continue" in sentences[0]


def test_a_strategy_without_decisions_says_so(evaluation: Evaluation) -> None:
    context = context_of(evaluation, "en")
    (line,) = policy_lines(context, "diversify")
    assert text_of(line.sentence) == "Nothing is left to decide once it is chosen."


def test_a_tree_is_folded_to_the_rows_it_may_have(evaluation: Evaluation) -> None:
    nodes = strategy_nodes(context_of(evaluation, "en"), "build")
    every, ends = len(nodes), count_ends(nodes)[0]
    assert ends == 9  # three bins, each with two outcomes of silicon and a stop
    for most in (4, 7, 20):
        expanded = choose_expanded(nodes, most)
        rows = 1 + sum(len(nodes[i].children) - 1 for i in expanded)
        assert rows <= max(most, len(nodes[0].children))
    assert len(choose_expanded(nodes, 20)) == every - ends


def test_the_likeliest_branch_is_unfolded_first(evaluation: Evaluation) -> None:
    nodes = strategy_nodes(context_of(evaluation, "en"), "build")
    likeliest = max(nodes[0].children, key=lambda i: nodes[i].reach)
    assert likeliest in choose_expanded(nodes, 4)


def test_bins_are_named_by_their_edges(evaluation: Evaluation) -> None:
    nodes = strategy_nodes(context_of(evaluation, "en"), "build")
    names = [nodes[i].branch.replace("\u202f", " ") for i in nodes[0].children]
    assert names == ["below 5 %", "5 % to 15 %", "15 % or more"]


@pytest.mark.slow
def test_every_probability_of_a_tree_leads_to_what_it_rests_on(shipped: Evaluation) -> None:
    context = context_of(shipped, "en")
    rows = [r for g in sources_view(context).groups for b in g.blocks for r in b.rows]
    backed = {f"#{row.anchor}" for row in rows if row.anchor}
    for strategy in context.drawn_trees:
        nodes = [n for n in strategy_nodes(context, strategy) if n.probability]
        assert {n.href for n in nodes} <= backed
