"""Words of a redacted copy."""

from decide.report.words.choice import say


def withheld(language: str) -> str:
    """Stand in for what is left out."""
    return say(language, en="withheld")
