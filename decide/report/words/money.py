"""Words of the money section."""

from decide.report.view.parts import Part, Sentence, fill
from decide.report.words.choice import count, opened, say


def opening(leader: Part, equivalent: Part, *, is_neutral: bool, language: str) -> Sentence:
    """Answer where there is one strategy: what is it worth?"""
    after = "" if is_neutral else " after its risk is charged"
    text = say(language, en=f"{{leader}} is worth {{equivalent}}{after}.")
    return fill(text, leader=leader, equivalent=equivalent)


def best(
    leader: Part, equivalent: Part, second: Part, other: str, *, is_neutral: bool, language: str
) -> Sentence:
    """Answer: which strategy is worth most?"""
    after = "" if is_neutral else " after its risk is charged"
    text = say(
        language,
        en=f"{{leader}} is worth most, {{equivalent}}{after}; {{second}} follows with {{other}}.",
    )
    return fill(text, leader=leader, equivalent=equivalent, second=second, other=other)


def equal(leader: Part, second: Part, equivalent: Part, language: str) -> Sentence:
    """Answer where the best two are worth the same."""
    text = say(language, en="{leader} and {second} are worth the same, {equivalent}.")
    return fill(text, leader=leader, second=second, equivalent=equivalent)


def loses_more_often(losers: int, base: str, language: str) -> Sentence:
    """Say how many strategies lose, or do worse than the base, more often than not."""
    number = opened(count(losers, language))
    if base:
        what = "does worse than {base}" if losers < 2 else "do worse than {base}"
    else:
        what = "loses" if losers < 2 else "lose"
    noun = "strategy" if losers < 2 else "strategies"
    return fill(say(language, en=f"{number} {noun} {what} more often than not."), base=base)


def caption(unit: str, base: str, *, is_discounted: bool, language: str) -> str:
    """Name the table of values."""
    what = "Present value" if is_discounted else "Total"
    what += f" in {unit}" if unit else ""
    against = f", against {base}" if base else ""
    return say(language, en=f"{what}{against}, best first")


def error_note(draws: str, scrambles: int, error: str, language: str) -> str:
    """Say how precise the figures are."""
    return say(
        language,
        en=f"From {draws} draws in {scrambles} independent sets; the standard error of a certainty "
        f"equivalent is at most {error}.",
    )


def exact_note(states: str, language: str) -> str:
    """Say that the figures are exact."""
    return say(
        language,
        en="Nothing is uncertain but the chances of the tree: certainty equivalents and expected "
        "values have no sampling error."
        if states == "1"
        else f"All uncertainty was gone through state by state ({states} states): certainty "
        "equivalents and expected values have no sampling error.",
    )


def merged_note(ends: str, distinct: str, language: str) -> str:
    """Say that histories with one future were taken together."""
    return say(
        language,
        en=f"The trees have {ends} paths; those that have the same future were taken together, "
        f"which leaves {distinct} distinct decisions.",
    )


def simulated_note(strategies: str, language: str) -> str:
    """Say of which strategies the spread is that of simulated paths."""
    return say(
        language,
        en=f"The policy leaves too many paths open to list for {strategies}: the spread and the "
        "cash are those of one path in each draw; the expected value and the certainty equivalent "
        "are of all paths.",
    )


def in_sample(strategy: str, amount: str, language: str) -> Part:
    """Say a strategy's worth on the draws that chose its policy."""
    return Part(say(language, en=f"{strategy} {amount}"))


def bracket(pieces: Sentence, language: str) -> Sentence:
    """Say that choosing and valuing on other draws differ."""
    text = say(
        language,
        en="On the draws that chose the policy the certainty equivalents are slightly different "
        "({pieces}); those in the table come from other draws and do not flatter.",
    )
    return fill(text, pieces=pieces)


def firms_summary(title: str, firms: int, language: str) -> str:
    """Name the folded table of one family's firms."""
    return say(language, en=f"{title}: all {count(firms, language)} firms")


def cash_caption(unit: str, base: str, language: str) -> str:
    """Name the table of cash by year."""
    counted = f" in {unit}" if unit else ""
    against = f", against {base}" if base else ""
    return say(language, en=f"Expected cash by year{counted}{against}, not discounted")


def cash_opening(strategy: Part, amount: str, year: int, language: str) -> Sentence:
    """Say when the leader costs most."""
    text = say(
        language,
        en="{strategy} is deepest in the red at the end of {year}: by then {amount} more has gone "
        "out than come in, on average.",
    )
    return fill(text, strategy=strategy, amount=amount, year=str(year))


def cash_never_negative(strategy: Part, language: str) -> Sentence:
    """Say that the leader is never in the red."""
    return fill(say(language, en="{strategy} is never in the red on average."), strategy=strategy)


def profile_title(language: str) -> str:
    """Name the chart of risk profiles."""
    return say(language, en="Probability that a strategy comes to no more than an amount")


def profile_description(lines: str, language: str) -> str:
    """Say in words what the chart of risk profiles shows."""
    return say(language, en=f"One rising curve a strategy. {lines}")


def profile_line(strategy: str, p10: str, p50: str, p90: str, language: str) -> str:
    """Say one curve."""
    return say(language, en=f"{strategy}: P10 {p10}, P50 {p50}, P90 {p90}.")


def profile_axis(unit: str, language: str) -> str:
    """Name the axis of totals."""
    return say(language, en=f"Total ({unit})" if unit else "Total")


def profile_note(share: str, language: str) -> str:
    """Say how the picture is read, and what the axis leaves out if anything."""
    out = f" Up to the best {share} of outcomes lie beyond the right edge." if share else ""
    return say(
        language, en=f"Read upwards from an amount: the share of outcomes at or below it.{out}"
    )
