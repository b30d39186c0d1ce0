"""Words of the targets section."""

from decide.report.view.parts import Part, Sentence, fill
from decide.report.words.choice import count, opened, say


def opening(passing: int, failing: int, best: Part, worth: str, language: str) -> Sentence:
    """Answer: which firm is worth most to buy?"""
    every = passing + failing
    firms = "firm" if every == 1 else "firms"
    passes = "passes" if passing == 1 else "pass"
    which = "Of these, buying {best} comes out best" if passing > 1 else "Buying {best} comes out"
    text = say(
        language, en=f"{{passing}} of {{every}} {firms} {passes} the gates. {which} at {{worth}}."
    )
    return fill(
        text,
        passing=opened(count(passing, language)),
        every=str(every),
        best=best,
        worth=worth,
    )


def none_pass(failing: int, language: str) -> str:
    """Say that no firm can be bought."""
    who = "The one firm fails" if failing == 1 else f"All {failing} firms fail"
    return say(language, en=f"{who} the gates.")


def short(leader: Part, shortfall: str, language: str) -> Sentence:
    """Say by how much the best firm falls short of the leader."""
    text = say(language, en="That is {shortfall} short of {leader}.")
    return fill(text, leader=leader, shortfall=shortfall)


def leads(language: str) -> str:
    """Say that buying it is the answer."""
    return say(language, en="Buying it is the leading strategy.")


def best_score(firm: str, total: str, language: str) -> str:
    """Say which firm scores best on the screening criteria."""
    return say(language, en=f"On the screening criteria {firm} comes first, with {total} of 100.")
