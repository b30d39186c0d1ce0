"""What the page says is true of small models too, where sentences are easily false."""

import re
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from decide.evaluate import evaluate
from decide.read.workspace import read_workspace
from decide.report.page import render_page

COIN = "tree: {coin: {chance: {won: {p: 50 %, pay: 20}, lost: {p: rest, pay: -8}}}}\n"
EQUAL = """\
decision: {title: Equal}
strategies: {first: {pay: 5}, second: {pay: 5}, third: {pay: 5}, poor: {pay: 1}}
"""
SURE_OR_COIN = """\
decision: {title: Even, currency: EUR}
strategies: {sure: {pay: 3}, coin: {then: coin}}
"""
SCORED = """\
decision: {title: Scored}
strategies: {a: {pay: 2}, b: {pay: PAY}}
criteria: {q: {worst: 0, best: 10, swing: 1, swing_reason: all there is}}
performances: {a: {q: 3}, b: {q: SCORE}}
"""
UNCERTAIN = """\
decision: {title: Uncertain}
quantities: {x: X, y: Y}
strategies: {a: {pay: x}, b: {pay: y}}
"""
FIRMS = """\
decision: {title: Firms}
quantities: {price: 2}
strategies: {a: {pay: 1}, buy: {for_each: targets, pay: -price}}
screening:
  gates: {proof: {question: Is there a product?}}
  criteria: {ripe: {worst: 0, best: 100, swing: 1, swing_reason: from slides to volume}}
targets:
"""
FIRM = "  NAME: {performances: {ripe: RIPE}, gates: {proof: {status: STATUS, why: seen}}}\n"
CLASSES = """\
decision: {title: Classes}
quantities: {odds: (rate + 1/2) / 2}
strategies: {try: {then: trial}, leave: {}}
tree: {trial: {chance: {good: {p: odds, pay: 1}, bad: {p: rest, pay: -1}}}}
classes: {rate: {label: All of them, success: [success, partial]}}
precedents:
"""
PRECEDENT = """\
  ID: {label: "Ab: ID", kind: deal, buyer: Ab, buyer_kind: firm, year: 2000, outcome: OUTCOME,
    relevance: 1, why: seen, grade: judgement, reason: a test}
"""


CRITERIA = """\
criteria: {q: {worst: 0, best: 10, swing: 1, swing_reason: all there is}}
performances: {a: {q: 3}, buy: {q: 4}}
"""


def firm(name: str, status: str = "pass", ripe: int = 50) -> str:
    return FIRM.replace("NAME", name).replace("STATUS", status).replace("RIPE", str(ripe))


def precedent(name: str, outcome: str) -> str:
    return PRECEDENT.replace("ID", name).replace("OUTCOME", outcome)


@cache
def text_of(model: str, draws: int = 1024) -> str:
    """What the page of a model says, in one line, without the style sheet."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "criteria" / "model.yaml"
        path.parent.mkdir()
        path.write_text(model, encoding="utf-8")
        return plain(render_page(evaluate(read_workspace(Path(folder)), draws=draws)))


def plain(page: str) -> str:
    page = re.sub(r"<(style|script)\b.*?</\1>", "", page, flags=re.DOTALL)
    page = re.sub(r"<(p|li|h\d|tr|t[dh]|figcaption|dt|dd|section|text)\b", r" <\1", page)
    text = unescape(re.sub(r"<[^>]+>", "", page)).translate({0x2212: "-", 0x2019: "'"})
    return " ".join(text.split())


def test_a_score_without_a_lead_is_not_said_to_agree() -> None:
    tie = text_of(SCORED.replace("PAY", "1").replace("SCORE", "3"))
    assert "The criteria do not tell: A and B have the same score, the highest." in tie
    assert "also leads on the score" not in tie
    assert "A and B score best with 30.0 of 100 each." in tie


def test_a_firm_that_scores_best_is_not_taken_for_the_one_that_is_worth_most() -> None:
    firms = firm("ada") + firm("bob").replace("{perf", "{quantities: {price: 1}, perf")
    firms = firms.replace("ada: {", "ada: {strategy_performances: {q: 9}, ")
    model = FIRMS.replace("pay: 1", "pay: -9") + firms
    model = model.replace("strategies:", f"{CRITERIA}strategies:")
    said = text_of(model)
    assert "The criteria agree but for the firm: Buy: Ada leads on the score" in said
    assert "Of the strategies shown here, Buy: Bob scores best with 40.0" in said


def test_criteria_that_weigh_the_same_are_not_put_before_each_other() -> None:
    model = SCORED.replace("SCORE", "4").replace("PAY", "1")
    model = model.replace(
        "{q: {worst", "{r: {worst: 0, best: 1, swing: 1, swing_reason: y}, q: {worst"
    )
    said = text_of(model.replace("{q: 3}", "{q: 3, r: 0}").replace("{q: 4}", "{q: 4, r: 1}"))
    assert "No criterion weighs more than R, 50 % of the whole." in said


@pytest.mark.parametrize(
    ("x", "said"),
    [
        ("{normal: {mean: 9, sd: 1}}", "in every draw"),
        ("{discrete: {9: 50 %, 3: rest}}", "in every case"),
    ],
)
def test_a_leader_that_is_always_ahead_is_said_to_be(x: str, said: str) -> None:
    text = text_of(UNCERTAIN.replace("x: X", f"x: {x}").replace("y: Y", "y: 1"))
    assert f"and is ahead {said}." in text
    assert "100 % of" not in text


def test_a_low_outcome_that_is_common_is_not_called_one_in_ten() -> None:
    said = text_of(SURE_OR_COIN.replace("pay: 3", "pay: -1") + COIN)
    assert re.search(r"With a probability of 50 % it comes to -\u20ac8[.\d]* or less", said)
    assert "One time in ten it" not in said


def test_a_total_that_is_not_discounted_is_no_present_value() -> None:
    assert "Present value" not in text_of(SURE_OR_COIN + COIN)


def test_values_with_probabilities_in_per_cent_are_not_per_cents_themselves() -> None:
    model = UNCERTAIN.replace("x: X", "x: {discrete: {-3: 50 %, -5: rest}}").replace("Y", "-99")
    assert "-500 %" not in text_of(model)
    assert "-300 %" not in text_of(model)


def test_a_class_without_a_decided_case_has_no_rate() -> None:
    said = text_of(CLASSES + precedent("p1", "too_early"))
    assert "1 too early or not known; \u201csuccess\u201d and \u201cpartial\u201d count" in said
    assert "0 of 0" not in said
    assert "from the class's unknown rate alone" in said
    assert "beside it, ." not in said


def test_a_name_that_ends_a_sentence_by_itself_gets_no_second_stop() -> None:
    said = text_of(EQUAL.replace("poor: {pay: 1}", "best: {label: Now or never!, pay: 9}"))
    assert "Choose Now or never! It leaves nothing" in said


def test_one_number_is_spoken_of_in_the_singular() -> None:
    said = text_of("decision: {title: One}\nstrategies: {only: {pay: 5}}\n")
    assert "1 number was written by hand: 0 rest on a publication" in said
    assert "and 1 lacks both" in said


def test_a_page_without_units_has_no_empty_brackets() -> None:
    assert "()" not in text_of(EQUAL)
    assert "()" not in text_of(FIRMS + firm("ada"))
    assert "()" not in text_of(
        UNCERTAIN.replace("x: X", "x: {normal: {mean: 9, sd: 1}}").replace("Y", "1")
    )


def test_firms_that_nobody_buys_are_counted_all_the_same() -> None:
    said = text_of(FIRMS.replace(", buy: {for_each: targets, pay: -price}", "") + firm("ada"))
    assert "The one firm fails no gate. No strategy buys a firm" in said
