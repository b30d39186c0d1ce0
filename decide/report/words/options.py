"""Words of the question and its options."""

from decide.language import said, say, say_many
from decide.report.view.parts import Part, Sentence, fill
from decide.report.words.choice import count, opened

_PRICES = {"nominal": said("nominal {currency}"), "real": said("real {currency}")}
_TAXES = {"before": said("before tax"), "after": said("after tax")}


def opening(strategies: int, base: Part | None, language: str) -> Sentence:
    """Answer: what is compared?"""
    text = say_many(
        language,
        strategies,
        "One strategy is looked at.",
        "{count} strategies are compared.",
        count=opened(count(strategies, language)),
    )
    if base is None:
        return fill(text)
    against = say(language, "Every money figure is counted against {base}.")
    return (*fill(text), Part(" "), *fill(against, base=base))


def firms(members: int, shown: str, language: str) -> str:
    """Say that a card stands for several firms."""
    if members == 1:
        return say(language, "One strategy a firm; only {shown} can be bought.", shown=shown)
    number = count(members, language)
    return say(
        language,
        "One strategy a firm, {number} in all; its figures are those of {shown}.",
        number=number,
        shown=shown,
    )


def payment(language: str) -> str:
    """Name a payment at the start."""
    return say(language, "Paid at the start")


def starts_with(node: str, language: str) -> str:
    """Say what comes first."""
    return say(language, "First: {node}", node=node)


def horizon(first: int, last: int, language: str) -> str:
    """Say over which years money is counted."""
    return say(language, "{first} to {last}", first=first, last=last)


def money_basis(
    currency: str, prices: str, tax: str, rate: str, tolerance: str, language: str
) -> str:
    """Say how money is counted; `prices` is nominal or real, `tax` before or after."""
    how = [
        say(language, "discounted at {rate} a year", rate=rate)
        if rate
        else say(language, "not discounted"),
        say(language, "risk tolerance {amount}", amount=tolerance)
        if tolerance
        else say(language, "risk-neutral"),
    ]
    if tax:
        how.insert(0, _TAXES[tax].in_language(language))
    if prices or currency:
        text = _PRICES[prices].in_language(language) if prices else "{currency}"
        how.insert(0, text.replace("{currency}", currency).strip())
    return ", ".join(how)
