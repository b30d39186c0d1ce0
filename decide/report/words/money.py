"""Words of the money section."""

from decide.language import said, say, say_many
from decide.report.view.parts import Part, Sentence, fill
from decide.report.words.choice import count, opened


def opening(leader: Part, equivalent: Part, *, is_neutral: bool, language: str) -> Sentence:
    """Answer where there is one strategy: what is it worth?"""
    text = (
        say(language, "{leader} is worth {equivalent}.")
        if is_neutral
        else say(language, "{leader} is worth {equivalent} after its risk is charged.")
    )
    return fill(text, leader=leader, equivalent=equivalent)


def best(
    leader: Part, equivalent: Part, second: Part, other: str, *, is_neutral: bool, language: str
) -> Sentence:
    """Answer: which strategy is worth most?"""
    text = (
        say(language, "{leader} is worth most, {equivalent}; {second} follows with {other}.")
        if is_neutral
        else say(
            language,
            "{leader} is worth most, {equivalent} after its risk is charged; {second} follows "
            "with {other}.",
        )
    )
    return fill(text, leader=leader, equivalent=equivalent, second=second, other=other)


def equal(leader: Part, second: Part, equivalent: Part, language: str) -> Sentence:
    """Answer where the best two are worth the same."""
    text = say(language, "{leader} and {second} are worth the same, {equivalent}.")
    return fill(text, leader=leader, second=second, equivalent=equivalent)


def loses_more_often(losers: int, base: str, language: str) -> Sentence:
    """Say how many strategies lose, or do worse than the base, more often than not."""
    number = opened(count(losers, language))
    text = (
        say_many(
            language,
            losers,
            "{count} strategy does worse than {base} more often than not.",
            "{count} strategies do worse than {base} more often than not.",
        )
        if base
        else say_many(
            language,
            losers,
            "{count} strategy loses more often than not.",
            "{count} strategies lose more often than not.",
        )
    )
    return fill(text, count=number, base=base)


def caption(unit: str, base: str, *, is_discounted: bool, language: str) -> str:
    """Name the table of values."""
    what = said("Present value") if is_discounted else said("Total")
    if unit and base:
        text = said("{what} in {unit}, against {base}, best first", what=what, unit=unit, base=base)
    elif unit:
        text = said("{what} in {unit}, best first", what=what, unit=unit)
    elif base:
        text = said("{what}, against {base}, best first", what=what, base=base)
    else:
        text = said("{what}, best first", what=what)
    return text.in_language(language)


def error_note(draws: str, scrambles: int, error: str, language: str) -> str:
    """Say how precise the figures are."""
    return say(
        language,
        "From {draws} draws in {scrambles} independent sets; the standard error of a certainty "
        "equivalent is at most {error}.",
        draws=draws,
        scrambles=scrambles,
        error=error,
    )


def exact_note(states: str, language: str) -> str:
    """Say that the figures are exact."""
    if states == "1":
        return say(
            language,
            "Nothing is uncertain but the chances of the tree: certainty equivalents and expected "
            "values have no sampling error.",
        )
    return say(
        language,
        "All uncertainty was gone through state by state ({states} states): certainty equivalents "
        "and expected values have no sampling error.",
        states=states,
    )


def merged_note(ends: str, distinct: str, language: str) -> str:
    """Say that histories with one future were taken together."""
    return say(
        language,
        "The trees have {ends} paths; those that have the same future were taken together, which "
        "leaves {distinct} distinct decisions.",
        ends=ends,
        distinct=distinct,
    )


def simulated_note(strategies: str, language: str) -> str:
    """Say of which strategies the spread is that of simulated paths."""
    return say(
        language,
        "The policy leaves too many paths open to list for {strategies}: the spread and the cash "
        "are those of one path in each draw; the expected value and the certainty equivalent are "
        "of all paths.",
        strategies=strategies,
    )


def in_sample(strategy: str, amount: str, language: str) -> Part:
    """Say a strategy's worth on the draws that chose its policy."""
    return Part(say(language, "{strategy} {amount}", strategy=strategy, amount=amount))


def bracket(pieces: Sentence, language: str) -> Sentence:
    """Say that choosing and valuing on other draws differ."""
    text = say(
        language,
        "On the draws that chose the policy the certainty equivalents are slightly different "
        "({pieces}); those in the table come from other draws and do not flatter.",
    )
    return fill(text, pieces=pieces)


def firms_summary(title: str, firms: int, language: str) -> str:
    """Name the folded table of one family's firms."""
    return say_many(
        language,
        firms,
        "{title}: the one firm",
        "{title}: all {count} firms",
        title=title,
        count=count(firms, language),
    )


def cash_caption(unit: str, base: str, language: str) -> str:
    """Name the table of cash by year."""
    if unit and base:
        text = said(
            "Expected cash by year in {unit}, against {base}, not discounted", unit=unit, base=base
        )
    elif unit:
        text = said("Expected cash by year in {unit}, not discounted", unit=unit)
    elif base:
        text = said("Expected cash by year, against {base}, not discounted", base=base)
    else:
        text = said("Expected cash by year, not discounted")
    return text.in_language(language)


def cash_opening(strategy: Part, amount: str, year: int, language: str) -> Sentence:
    """Say when the leader costs most."""
    text = say(
        language,
        "{strategy} is deepest in the red at the end of {year}: by then {amount} more has gone "
        "out than come in, on average.",
    )
    return fill(text, strategy=strategy, amount=amount, year=str(year))


def cash_never_negative(strategy: Part, language: str) -> Sentence:
    """Say that the leader is never in the red."""
    return fill(say(language, "{strategy} is never in the red on average."), strategy=strategy)


def profile_title(language: str) -> str:
    """Name the chart of risk profiles."""
    return say(language, "Probability that a strategy comes to no more than an amount")


def profile_description(lines: str, language: str) -> str:
    """Say in words what the chart of risk profiles shows."""
    return say(language, "One rising curve a strategy. {lines}", lines=lines)


def profile_line(strategy: str, p10: str, p50: str, p90: str, language: str) -> str:
    """Say one curve."""
    return say(
        language,
        "{strategy}: P10 {p10}, P50 {p50}, P90 {p90}.",
        strategy=strategy,
        p10=p10,
        p50=p50,
        p90=p90,
    )


def profile_axis(unit: str, language: str) -> str:
    """Name the axis of totals."""
    return say(language, "Total ({unit})", unit=unit) if unit else say(language, "Total")


def profile_note(share: str, language: str) -> str:
    """Say how the picture is read, and what the axis leaves out if anything."""
    text = say(language, "Read upwards from an amount: the share of outcomes at or below it.")
    if not share:
        return text
    beyond = say(
        language, "Up to the best {share} of outcomes lie beyond the right edge.", share=share
    )
    return f"{text} {beyond}"
