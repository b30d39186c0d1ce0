"""Words of the targets section."""

from decide.language import say, say_many
from decide.report.view.parts import Part, Sentence, fill
from decide.report.words.choice import count, opened


def opening(passing: int, failing: int, best: Part, worth: str, language: str) -> Sentence:
    """Answer: which firm is worth most to buy?"""
    text = (
        say(language, "{gates} Of these, buying {best} comes out best at {worth}.")
        if passing > 1
        else say(language, "{gates} Buying {best} comes out at {worth}.")
    )
    gates = gates_passed(passing, passing + failing, language)
    return fill(text, gates=gates, best=best, worth=worth)


def gates_passed(passing: int, every: int, language: str) -> str:
    """Say how many firms are in the running; one with an unknown finding is."""
    if every == 1 and passing:
        return say(language, "The one firm fails no gate.")
    if every == 1:
        return say(language, "The one firm fails a gate.")
    if passing == every:
        return say(language, "None of the {every} firms fails a gate.", every=every)
    if not passing:
        return say(language, "Each of the {every} firms fails a gate.", every=every)
    return say_many(
        language,
        passing,
        "{count} of {every} firms fails no gate.",
        "{count} of {every} firms fail no gate.",
        count=opened(count(passing, language)),
        every=every,
    )


def caption(unit: str, language: str) -> str:
    """Name the table of firms."""
    text = say(language, "Firms that fail no gate, by what buying them is worth")
    return f"{text} ({unit})" if unit else text


def not_bought(language: str) -> str:
    """Say that no strategy buys any of the firms."""
    return say(language, "No strategy buys a firm, so none has a worth in money.")


def short(leader: Part, shortfall: str, language: str) -> Sentence:
    """Say by how much the best firm falls short of the leader."""
    text = say(language, "That is {shortfall} short of {leader}.")
    return fill(text, leader=leader, shortfall=shortfall)


def leads(language: str) -> str:
    """Say that buying it is the answer."""
    return say(language, "Buying it is the leading strategy.")


def best_score(firm: str, total: str, language: str) -> str:
    """Say which firm scores best on the screening criteria."""
    return say(
        language,
        "On the screening criteria {firm} comes first, with {total} of 100.",
        firm=firm,
        total=total,
    )
