"""One sentence in each language that the page speaks, side by side."""

LANGUAGES = ("en",)


def say(language: str, /, **texts: str) -> str:
    """Return the text of a language, else the English one."""
    return texts.get(language, texts["en"])
