"""What is wrong with a formula or a unit: where, what, and the way out."""

from decide.language import NOTHING, Said


class FormulaError(Exception):
    """A formula that cannot be read, or a constant in it that has no value."""

    def __init__(self, message: Said, advice: Said = NOTHING, at: int = 0, width: int = 1) -> None:
        super().__init__(message, advice, at, width)
        self.message = message  # one sentence, no final full stop
        self.advice = advice
        self.at = at  # offset of the mistake in the text
        self.width = width  # how many characters are wrong

    def __str__(self) -> str:
        return self.message


class UnitError(Exception):
    """A unit that cannot be read, or two units that do not fit."""

    def __init__(self, message: Said, advice: Said = NOTHING, at: int = 0) -> None:
        super().__init__(message, advice, at)
        self.message = message  # one sentence, no final full stop
        self.advice = advice
        self.at = at  # offset in the unit's text, or of the operator in the formula's

    def __str__(self) -> str:
        return self.message


def short(text: str) -> str:
    """Return a piece of a text as messages repeat it: short, and printable whatever it holds."""
    cut = text if len(text) <= 30 else f"{text[:27]}…"
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in cut)


def shown(text: str) -> str:
    """Return a piece of a text in quotes."""
    return f"'{short(text)}'"
