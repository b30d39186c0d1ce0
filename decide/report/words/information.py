"""Words of "What would it be worth to know?"."""

from decide.language import say, say_many
from decide.report.view.parts import Part, Sentence, fill
from decide.report.words.choice import count, opened


def whole(every: str, error: str, language: str) -> Sentence:
    """Answer: what is it worth to know all quantities?"""
    text = say(
        language,
        "To know every uncertain quantity before the first decision would be worth "
        "{every}\u00a0\u00b1\u00a0{error}; no study of them can be worth more.",
    )
    return fill(text, every=every, error=error)


def exactly(every: str, language: str) -> Sentence:
    """Answer where states were gone through one by one."""
    text = say(
        language,
        "To know every uncertain quantity before the first decision would be worth {every}; no "
        "study of them can be worth more.",
    )
    return fill(text, every=every)


def outcomes(whole: str, language: str) -> Sentence:
    """Say what knowing how chance falls would add."""
    text = say(language, "With the outcome of every chance known too it would be {whole}.")
    return fill(text, whole=whole)


def largest(quantity: Part, worth: str, language: str) -> Sentence:
    """Say which single quantity is worth knowing most."""
    text = say(language, "Of single quantities {quantity} is worth knowing most: {worth}.")
    return fill(text, quantity=quantity, worth=worth)


def nothing(language: str) -> str:
    """Say that no single quantity is worth knowing."""
    return say(
        language,
        "No single quantity is worth knowing by more than sampling would show: what is chosen "
        "would seldom be another.",
    )


def table(unit: str, language: str) -> str:
    """Name the table."""
    text = say(language, "What it would be worth to know one quantity before the first decision")
    return text + (f" ({unit})" if unit else "")


def note(language: str) -> str:
    """Say what the figures are."""
    return say(
        language,
        "Each is the certainty equivalent with every decision taken anew under what is then "
        "known, less that without: the most that a study should cost, were it never wrong and "
        "done at once. They do not add up: two quantities may be worth more, or less, known "
        "together than apart.",
    )


def left_out(number: int, language: str) -> str:
    """Say how many quantities cannot be told from being worth nothing."""
    return say_many(
        language,
        number,
        "One other quantity cannot be told from being worth nothing.",
        "{count} others cannot be told from being worth nothing.",
        count=opened(count(number, language)),
    )
