"""One sentence in each language that the page speaks, side by side."""

LANGUAGES = ("en",)


def say(language: str, /, **texts: str) -> str:
    """Return the text of a language, else the English one."""
    return texts.get(language, texts["en"])


_COUNTS = {
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
}


def count(number: int, language: str) -> str:
    """Write a small count as a word, as a sentence wants it."""
    names = _COUNTS.get(language, _COUNTS["en"])
    return names[number] if number < len(names) else str(number)


def opened(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]
