"""Words of the precedents section."""

from decide.report.view.parts import Part, Sentence, fill, join
from decide.report.words.choice import say

_OUTCOMES = {
    "en": {
        "success": "success",
        "partial": "partial",
        "failure": "failure",
        "abandoned": "abandoned",
        "blocked": "blocked",
        "declined": "declined",
        "too_early": "too early to tell",
        "not_known": "not known",
    }
}


def outcome(name: str, language: str) -> str:
    """Say an outcome."""
    return _OUTCOMES.get(language, _OUTCOMES["en"])[name]


def opening(label: str, successes: int, trials: int, rate: str, language: str) -> str:
    """Answer: how did it go for others?"""
    return say(language, en=f"{label}: {successes} of {trials} succeeded ({rate}).")


def rate(
    successes: int, trials: int, undecided: int, counted: tuple[str, ...], language: str
) -> str:
    """Say how many succeeded, and which outcomes count as that."""
    late = f"; {undecided} more too early or not known" if undecided else ""
    told = f"{successes} of {trials} succeeded{late}"
    if not trials:
        told = f"{undecided} too early or not known" if undecided else "No case belongs to it"
    outcomes = " and ".join(f"\u201c{outcome}\u201d" for outcome in counted)
    count_as = "counts as success" if len(counted) == 1 else "count as success"
    return say(language, en=f"{told}; {outcomes} {count_as}.")


def interval(share: str, low: str, high: str, language: str) -> str:
    """Say a rate with its interval."""
    return say(language, en=f"Rate {share}; between {low} and {high} with 90 % probability.")


def no_trials(low: str, high: str, language: str) -> str:
    """Say a rate nobody knows."""
    return say(
        language, en=f"No case is decided yet; between {low} and {high} with 90 % probability."
    )


def medians(price: str, years: str, language: str) -> str:
    """Say the middle price and duration."""
    pieces = [
        f"median price {price}" if price else "",
        f"median time to first deployment {years} {'year' if years == '1' else 'years'}"
        if years
        else "",
    ]
    text = "; ".join(piece for piece in pieces if piece)
    return say(language, en=f"{text[:1].upper()}{text[1:]}." if text else "")


def place(
    label: Part, price: str, prices: int, years: str, durations: int, result: str, language: str
) -> Sentence:
    """Say where one member stands in its class, among two or more."""
    pieces = [
        f"number {price} of {prices} by price, cheapest first" if price and prices > 1 else "",
        f"number {years} of {durations} by time to deployment, fastest first"
        if years and durations > 1
        else "",
        result,
    ]
    text = "; ".join(piece for piece in pieces if piece)
    return fill(say(language, en="{label}: {text}."), label=label, text=text)


def used_by(quantities: tuple[Part, ...], language: str) -> Sentence:
    """Say which quantities the rate goes into."""
    if not quantities:
        return fill(say(language, en="No formula uses this rate; it is shown for comparison."))
    which = join(quantities, say(language, en=" and "))
    return fill(say(language, en="The rate goes into {which}."), which=which)


def own_number(name: Part, value: str, language: str) -> Part:
    """Say one of the team's own numbers; those that differ by firm have no single value."""
    text = f"{name.text} {value}" if value else f"{name.text} (by firm)"
    return Part(say(language, en=text), name.href)


def beside(quantity: Part, value: str, rate: str, own: Sentence, language: str) -> Sentence:
    """Put the team's own numbers beside the class's rate; `rate` is "" where none is known."""
    comes = "comes to {value} on average, from" if value else "differs by firm:"
    which = f"the class\u2019s {rate}" if rate else "the class\u2019s unknown rate"
    rest = " and, beside it, {own}" if own else " alone"
    text = say(language, en=f"{{quantity}} {comes} {which}{rest}.")
    return fill(text, quantity=quantity, value=value, own=own)


def none(language: str) -> str:
    """Say that there are no classes."""
    return say(language, en="No class of precedents is defined.")
