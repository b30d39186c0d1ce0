"""Words of "Where every number comes from"."""

from decide.language import in_language, said, said_many, say, say_many

_FRAME = {"discount_rate": said("Discount rate"), "risk_tolerance": said("Risk tolerance")}
_GRADES = {
    "judgement": said("judgement"),
    "formula": said("formula"),
    "definition": said("definition"),
    "unsourced": said("no source"),
}
_STATUS = {"pass": said("pass"), "fail": said("fail"), "unknown": said("not known")}
_KINDS = {
    "strategy": said("strategy"),
    "criterion": said("criterion"),
    "target": said("target"),
}


def frame_name(name: str, language: str) -> str:
    """Name a number of the frame."""
    return in_language(_FRAME.get(name, name.replace("_", " ")), language)


def levers_at_first(language: str) -> str:
    """Head the levers' values before anyone sets them."""
    return say(language, "Levers, before anyone sets them")


def payment(language: str) -> str:
    """Name a payment."""
    return say(language, "payment")


def payment_of(owner: str, language: str) -> str:
    """Name the payment of a branch."""
    return say(language, "{owner}: payment", owner=owner)


def edge(index: int, language: str) -> str:
    """Name the edge between two bins."""
    return say(language, "edge {index}", index=index)


def correlation_of(first: str, second: str, language: str) -> str:
    """Name a rank correlation."""
    return say(language, "{first} with {second}", first=first, second=second)


def repaired(stated: str, drawn: str, language: str) -> str:
    """Say what a rank correlation is drawn as, where it cannot hold with the others."""
    return say(
        language,
        "{stated}; drawn as {drawn}, the nearest that holds with the others",
        stated=stated,
        drawn=drawn,
    )


def drawn(mean: str, p10: str, p90: str, language: str) -> str:
    """Say what the draws made of a number."""
    return say(language, "mean {mean}; P10 {p10}, P90 {p90}", mean=mean, p10=p10, p90=p90)


def mean(amount: str, language: str) -> str:
    """Say the mean of a number."""
    return say(language, "mean {amount}", amount=amount)


def swing(amount: str, language: str) -> str:
    """Say a swing."""
    return say(language, "swing {amount}", amount=amount)


def swing_range(swing_text: str, worst: str, best: str, language: str) -> str:
    """Say a swing and the range that was weighed."""
    return say(
        language,
        "{swing_text}, from {worst} to {best}",
        swing_text=swing_text,
        worst=worst,
        best=best,
    )


def grade(name: str, language: str) -> str:
    """Say how a number is backed."""
    return _GRADES[name].in_language(language) if name in _GRADES else ""


def status(name: str, language: str) -> str:
    """Say whether a firm passes a gate."""
    return _STATUS[name].in_language(language)


def opening(numbers: int, sourced: int, judgement: int, unsourced: int, language: str) -> str:
    """Answer: how well are the numbers backed?"""
    rest = say(
        language,
        "What formulas compute from them is not counted, nor is what merely defines an option, "
        "such as a lever at 0 or 1.",
    )
    if not numbers:
        nothing = say(language, "No numbers were written by hand.")
        return f"{nothing} {rest}"
    text = say_many(
        language,
        numbers,
        "{number} number was written by hand: {sourced}, {judged}, and {bare}.",
        "{number} numbers were written by hand: {sourced}, {judged}, and {bare}.",
        sourced=said_many(
            sourced, "{number} rests on a publication", "{number} rest on a publication"
        ),
        judged=said_many(
            judgement,
            "{number} is a judgement with a reason",
            "{number} are judgements with a reason",
        ),
        bare=said_many(unsourced, "{number} lacks both", "{number} lack both")
        if unsourced
        else said("none lacks both"),
    )
    return f"{text} {rest}"


def kind(name: str, language: str) -> str:
    """Name a kind of thing that can be switched off."""
    return in_language(_KINDS.get(name, name), language)


def years(number: str, language: str) -> str:
    """Say a time to first deployment."""
    return say_many(
        language,
        1 if number == "1" else 2,
        "{years} year to first deployment",
        "{years} years to first deployment",
        years=number,
    )


def grade_of_block(language: str) -> str:
    """Say what the rows below are that name neither a source nor another grade."""
    return say(language, "judgement where blank")
