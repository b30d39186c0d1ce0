"""Sentences of a page that is a what-if."""

from decide.report.words.choice import say


def pinned(name: str, value: str, language: str) -> str:
    """Say that a number is held at a value."""
    return say(language, en=f"{name} is {value}.")


def shifted(name: str, scores: str, language: str) -> str:
    """Say that a distribution is shifted."""
    return say(language, en=f"{name} is shifted by {scores} normal scores.")


def swing(name: str, value: str, language: str) -> str:
    """Say that a weight is another."""
    return say(language, en=f"The swing of {name} is {value}.")


def horizon(year: int, language: str) -> str:
    """Say which year is the last that counts."""
    return say(language, en=f"No year after {year} counts.")


def risk_tolerance(value: str, language: str) -> str:
    """Say what risk tolerance is taken; "" for none."""
    return say(language, en=f"The risk tolerance is {value}." if value else "Nobody minds risk.")


def acquired(firm: str, language: str) -> str:
    """Say which firm is the one to buy."""
    return say(language, en=f"{firm} is the one firm to buy.")


def withheld(number: int, language: str) -> str:
    """Say how many moved numbers the copy does not show."""
    what = "One number" if number == 1 else f"{number} numbers"
    verb = "is" if number == 1 else "are"
    return say(language, en=f"{what} more {verb} moved, which this copy leaves out.")


def supposed(name: str, language: str, *, is_seen: bool) -> str:
    """Say that an outcome is supposed to come."""
    how = "seen, and so is evidence" if is_seen else "made so, which is no evidence"
    return say(language, en=f"{name}: supposed to be {how}.")
