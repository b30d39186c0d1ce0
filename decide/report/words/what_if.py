"""Sentences of a page that is a what-if."""

from decide.language import say, say_many


def pinned(name: str, value: str, language: str) -> str:
    """Say that a number is held at a value."""
    return say(language, "{name} is {value}.", name=name, value=value)


def shifted(name: str, scores: str, language: str) -> str:
    """Say that a distribution is shifted."""
    return say(language, "{name} is shifted by {scores} normal scores.", name=name, scores=scores)


def swing(name: str, value: str, language: str) -> str:
    """Say that a weight is another."""
    return say(language, "The swing of {name} is {value}.", name=name, value=value)


def horizon(year: int, language: str) -> str:
    """Say which year is the last that counts."""
    return say(language, "No year after {year} counts.", year=year)


def risk_tolerance(value: str, language: str) -> str:
    """Say what risk tolerance is taken; "" for none."""
    if not value:
        return say(language, "Nobody minds risk.")
    return say(language, "The risk tolerance is {value}.", value=value)


def acquired(firm: str, language: str) -> str:
    """Say which firm is the one to buy."""
    return say(language, "{firm} is the one firm to buy.", firm=firm)


def withheld(number: int, language: str) -> str:
    """Say how many moved numbers the copy does not show."""
    return say_many(
        language,
        number,
        "One number more is moved, which this copy leaves out.",
        "{number} numbers more are moved, which this copy leaves out.",
    )


def supposed(name: str, language: str, *, is_seen: bool) -> str:
    """Say that an outcome is supposed to come."""
    if is_seen:
        return say(language, "{name}: supposed to be seen, and so is evidence.", name=name)
    return say(language, "{name}: supposed to be made so, which is no evidence.", name=name)
