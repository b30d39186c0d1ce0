"""Words of the precedents section."""

from decide.language import said, say, say_many
from decide.report.view.parts import Part, Sentence, fill, join, text_of
from decide.report.words.choice import in_series, opened, quoted

_OUTCOMES = {
    "success": said("success"),
    "partial": said("partial"),
    "failure": said("failure"),
    "abandoned": said("abandoned"),
    "blocked": said("blocked"),
    "declined": said("declined"),
    "too_early": said("too early to tell"),
    "not_known": said("not known"),
}


def outcome(name: str, language: str) -> str:
    """Say an outcome."""
    return _OUTCOMES[name].in_language(language)


def opening(label: str, successes: int, trials: int, rate: str, language: str) -> str:
    """Answer: how did it go for others?"""
    return say(
        language,
        "{label}: {successes} of {trials} succeeded ({rate}).",
        label=label,
        successes=successes,
        trials=trials,
        rate=rate,
    )


def rate(
    successes: int, trials: int, undecided: int, counted: tuple[str, ...], language: str
) -> str:
    """Say how many succeeded, and which outcomes count as that."""
    if trials and undecided:
        told = said(
            "{successes} of {trials} succeeded; {undecided} more too early or not known",
            successes=successes,
            trials=trials,
            undecided=undecided,
        )
    elif trials:
        told = said("{successes} of {trials} succeeded", successes=successes, trials=trials)
    elif undecided:
        told = said("{undecided} too early or not known", undecided=undecided)
    else:
        told = said("No case belongs to it")
    each = tuple(Part(quoted(outcome, language)) for outcome in counted)
    outcomes = text_of(join(each, say(language, " and ")))
    return say_many(
        language,
        len(counted),
        "{told}; {outcomes} counts as success.",
        "{told}; {outcomes} count as success.",
        told=told,
        outcomes=outcomes,
    )


def interval(share: str, low: str, high: str, language: str) -> str:
    """Say a rate with its interval."""
    return say(
        language,
        "Rate {share}; between {low} and {high} with 90 % probability.",
        share=share,
        low=low,
        high=high,
    )


def no_trials(low: str, high: str, language: str) -> str:
    """Say a rate nobody knows."""
    return say(
        language,
        "No case is decided yet; between {low} and {high} with 90 % probability.",
        low=low,
        high=high,
    )


def medians(price: str, years: str, language: str) -> str:
    """Say the middle price and duration."""
    pieces = [
        say(language, "median price {price}", price=price) if price else "",
        say_many(
            language,
            1 if years == "1" else 2,
            "median time to first deployment {years} year",
            "median time to first deployment {years} years",
            years=years,
        )
        if years
        else "",
    ]
    text = in_series(pieces, language)
    return f"{opened(text)}." if text else ""


def place(
    label: Part, price: str, prices: int, years: str, durations: int, result: str, language: str
) -> Sentence:
    """Say where one member stands in its class, among two or more."""
    pieces = [
        say(language, "number {rank} of {all} by price, cheapest first", rank=price, all=prices)
        if price and prices > 1
        else "",
        say(
            language,
            "number {rank} of {all} by time to deployment, fastest first",
            rank=years,
            all=durations,
        )
        if years and durations > 1
        else "",
        result,
    ]
    text = in_series(pieces, language)
    return fill(say(language, "{label}: {text}."), label=label, text=text)


def used_by(quantities: tuple[Part, ...], language: str) -> Sentence:
    """Say which quantities the rate goes into."""
    if not quantities:
        return fill(say(language, "No formula uses this rate; it is shown for comparison."))
    which = join(quantities, say(language, " and "))
    return fill(say(language, "The rate goes into {which}."), which=which)


def own_number(name: Part, value: str, language: str) -> Part:
    """Say one of the team's own numbers; those that differ by firm have no single value."""
    if value:
        return Part(f"{name.text} {value}", name.href)
    return Part(say(language, "{name} (by firm)", name=name.text), name.href)


def beside(quantity: Part, value: str, rate: str, own: Sentence, language: str) -> Sentence:
    """Put the team's own numbers beside the class's rate; `rate` is "" where none is known."""
    which = (
        say(language, "the class\u2019s {rate}", rate=rate)
        if rate
        else say(language, "the class\u2019s unknown rate")
    )
    if value and own:
        text = say(
            language,
            "{quantity} comes to {value} on average, from {which} and, beside it, {own}.",
        )
    elif value:
        text = say(language, "{quantity} comes to {value} on average, from {which} alone.")
    elif own:
        text = say(language, "{quantity} differs by firm: {which} and, beside it, {own}.")
    else:
        text = say(language, "{quantity} differs by firm: {which} alone.")
    return fill(text, quantity=quantity, value=value, which=which, own=own)


def none(language: str) -> str:
    """Say that there are no classes."""
    return say(language, "No class of precedents is defined.")
