"""Words of the targets section."""

from decide.report.view.parts import Part, Sentence, fill
from decide.report.words.choice import count, opened, say


def opening(passing: int, failing: int, best: Part, worth: str, language: str) -> Sentence:
    """Answer: which firm is worth most to buy?"""
    every = passing + failing
    which = "Of these, buying {best} comes out best" if passing > 1 else "Buying {best} comes out"
    text = say(language, en=f"{{gates}} {which} at {{worth}}.")
    gates = gates_passed(passing, every, language)
    return fill(text, gates=gates, best=best, worth=worth)


def gates_passed(passing: int, every: int, language: str) -> str:
    """Say how many firms are in the running; one with an unknown finding is."""
    if every == 1:
        text = f"The one firm fails {'no' if passing else 'a'} gate."
    elif passing in (0, every):
        text = f"{'None' if passing else 'Each'} of the {every} firms fails a gate."
    else:
        fails = "fails" if passing == 1 else "fail"
        text = f"{opened(count(passing, language))} of {every} firms {fails} no gate."
    return say(language, en=text)


def caption(unit: str, language: str) -> str:
    """Name the table of firms."""
    text = "Firms that fail no gate, by what buying them is worth"
    return say(language, en=f"{text} ({unit})" if unit else text)


def not_bought(language: str) -> str:
    """Say that no strategy buys any of the firms."""
    return say(language, en="No strategy buys a firm, so none has a worth in money.")


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
