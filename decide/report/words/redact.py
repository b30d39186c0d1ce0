"""Words of a redacted copy."""

from decide.language import say


def withheld(language: str) -> str:
    """Stand in for what is left out."""
    return say(language, "withheld")
