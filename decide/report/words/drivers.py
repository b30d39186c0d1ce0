"""Words of "What drives it"."""

from decide.language import say, say_many
from decide.report.view.parts import Part, Sentence, fill
from decide.report.words.choice import count, opened


def opening(
    quantity: Part, low: tuple[str, str], high: tuple[str, str], leader: str, language: str
) -> Sentence:
    """Answer: which input matters most? An end is the input's value and the leader's worth."""
    text = say(
        language,
        "{quantity} matters most: {leader} is worth {at_low} with it at {low}, and {at_high} "
        "with it at {high}.",
    )
    return fill(
        text,
        quantity=quantity,
        leader=leader,
        low=low[0],
        at_low=low[1],
        high=high[0],
        at_high=high[1],
    )


def still(leader: str, language: str) -> str:
    """Say that inputs move other strategies only."""
    return say(language, "No single input moves what {leader} is worth.", leader=leader)


def nothing(language: str) -> str:
    """Say that no input has a range."""
    return say(language, "No input has a range that would move what a strategy is worth.")


def switches(number: int, language: str) -> str:
    """Say how many single inputs would change the leader."""
    if not number:
        return say(language, "No input alone changes the leader within the range given for it.")
    return say_many(
        language,
        number,
        "One input alone would change the leader within the range given for it.",
        "{count} inputs, each alone, would change the leader within the range given for it.",
        count=opened(count(number, language)),
    )


def chart(leader: str, language: str) -> str:
    """Name the tornado."""
    return say(language, "What {leader} is worth as one input goes from low to high", leader=leader)


def table(leader: str, unit: str, language: str) -> str:
    """Name the table behind the tornado."""
    return chart(leader, language) + (f" ({unit})" if unit else "")


def chart_note(base: str, language: str) -> str:
    """Say how the tornado is read."""
    return say(
        language,
        "Beside each bar the leader\u2019s worth and the input\u2019s value there. Bars: later "
        "decisions are taken anew; thin marks: the agreed policy is held. The upright line "
        "stands at {base}, with all inputs as drawn.",
        base=base,
    )


def at(value: str, language: str) -> str:
    """Say the input's value at the end of a bar."""
    return say(language, "at {value}", value=value)


def led_by(strategy: str, language: str) -> str:
    """Say who leads at the end of a bar."""
    return say(language, "{strategy} leads", strategy=strategy)


def outside(language: str) -> str:
    """Say that a switch point lies beyond an input's range."""
    return say(language, "outside its range")


def left_out(number: int, language: str) -> str:
    """Say how many small bars are not drawn."""
    return say_many(
        language,
        number,
        "One input that moves it less is in the table only.",
        "{count} inputs that move it less are in the table only.",
        count=opened(count(number, language)),
    )


def unmoving(number: int, language: str) -> str:
    """Say how many inputs move nothing."""
    return say_many(
        language,
        number,
        "One input does not move it at all within the figures' precision.",
        "{count} inputs do not move it at all within the figures' precision.",
        count=opened(count(number, language)),
    )


def below(at: str, language: str) -> str:
    """Say where a switch lies under today's value."""
    return say(language, "below {at}", at=at)


def above(at: str, language: str) -> str:
    """Say where a switch lies over today's value."""
    return say(language, "above {at}", at=at)


def until(strategy: str, language: str) -> str:
    """Say who leads up to a switch point."""
    return say(language, ", after {strategy}", strategy=strategy)


def widths(number: str, language: str) -> str:
    """Say a distance."""
    return say(language, "{number} of its range", number=number)


def same(language: str) -> str:
    """Say that nobody else leads."""
    return say(language, "same")
