"""Words of the question and its options."""

from decide.report.view.parts import Part, Sentence, fill
from decide.report.words.choice import count, opened, say


def opening(strategies: int, base: Part | None, language: str) -> Sentence:
    """Answer: what is compared?"""
    number = opened(count(strategies, language))
    are = "strategy is looked at" if strategies == 1 else "strategies are compared"
    parts = list(fill(say(language, en=f"{number} {are}.")))
    if base:
        text = say(language, en=" Every money figure is counted against {base}.")
        parts += fill(text, base=base)
    return tuple(parts)


def firms(members: int, shown: str, language: str) -> str:
    """Say that a card stands for several firms."""
    if members == 1:
        return say(language, en=f"One strategy a firm; only {shown} can be bought.")
    number = count(members, language)
    return say(
        language, en=f"One strategy a firm, {number} in all; its figures are those of {shown}."
    )


def payment(language: str) -> str:
    """Name a payment at the start."""
    return say(language, en="Paid at the start")


def starts_with(node: str, language: str) -> str:
    """Say what comes first."""
    return say(language, en=f"First: {node}")


def horizon(first: int, last: int, language: str) -> str:
    """Say over which years money is counted."""
    return say(language, en=f"{first} to {last}")


def money_basis(
    currency: str, prices: str, tax: str, rate: str, tolerance: str, language: str
) -> str:
    """Say how money is counted."""
    pieces = [
        f"{prices} {currency}".strip(),
        f"{tax} tax" if tax else "",
        f"discounted at {rate} a year" if rate else "not discounted",
        f"risk tolerance {tolerance}" if tolerance else "risk-neutral",
    ]
    return say(language, en=", ".join(piece for piece in pieces if piece))
