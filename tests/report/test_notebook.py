"""An evaluation in a notebook."""

import re
from collections.abc import Callable

import html5lib

from decide.evaluate import Evaluation


def test_a_notebook_shows_the_answer_and_every_strategy(evaluation: Evaluation) -> None:
    shown = evaluation._repr_html_()  # what a notebook calls
    parser = html5lib.HTMLParser()
    parser.parseFragment(shown)
    assert parser.errors == []
    families = {s.family for s in evaluation.model.strategies.values()}
    assert shown.count("<tr>") == 1 + len(families)
    assert "Diversify suppliers is the best course" in re.sub(r"<[^>]+>", "", shown)
    assert "Certainty equiv." in shown


def test_markup_in_a_name_is_text(evaluate_text: Callable[..., Evaluation]) -> None:
    hostile = evaluate_text(("label: Diversify suppliers", "label: '<img src=x>'"))
    shown = hostile._repr_html_()
    assert "<img" not in shown
    assert "&lt;img" in shown
