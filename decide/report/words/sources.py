"""Words of "Where every number comes from"."""

from decide.report.words.choice import say

_FRAME = {"en": {"discount_rate": "Discount rate", "risk_tolerance": "Risk tolerance"}}
_GRADES = {
    "en": {
        "sourced": "",
        "judgement": "judgement",
        "formula": "formula",
        "definition": "definition",
        "unsourced": "no source",
    }
}
_STATUS = {"en": {"pass": "pass", "fail": "fail", "unknown": "not known"}}


def frame_name(name: str, language: str) -> str:
    """Name a number of the frame."""
    return _FRAME.get(language, _FRAME["en"]).get(name, name.replace("_", " "))


def levers_at_first(language: str) -> str:
    """Head the levers' values before anyone sets them."""
    return say(language, en="Levers, before anyone sets them")


def payment(language: str) -> str:
    """Name a payment."""
    return say(language, en="payment")


def payment_of(owner: str, language: str) -> str:
    """Name the payment of a branch."""
    return say(language, en=f"{owner}: payment")


def edge(index: int, language: str) -> str:
    """Name the edge between two bins."""
    return say(language, en=f"edge {index}")


def correlation_of(first: str, second: str, language: str) -> str:
    """Name a rank correlation."""
    return say(language, en=f"{first} with {second}")


def repaired(stated: str, drawn: str, language: str) -> str:
    """Say what a rank correlation is drawn as, where it cannot hold with the others."""
    return say(language, en=f"{stated}; drawn as {drawn}, the nearest that holds with the others")


def drawn(mean: str, p10: str, p90: str, language: str) -> str:
    """Say what the draws made of a number."""
    return say(language, en=f"mean {mean}; P10 {p10}, P90 {p90}")


def mean(amount: str, language: str) -> str:
    """Say the mean of a number."""
    return say(language, en=f"mean {amount}")


def swing(amount: str, language: str) -> str:
    """Say a swing."""
    return say(language, en=f"swing {amount}")


def swing_range(swing_text: str, worst: str, best: str, language: str) -> str:
    """Say a swing and the range that was weighed."""
    return say(language, en=f"{swing_text}, from {worst} to {best}")


def grade(name: str, language: str) -> str:
    """Say how a number is backed."""
    return _GRADES.get(language, _GRADES["en"])[name]


def status(name: str, language: str) -> str:
    """Say whether a firm passes a gate."""
    return _STATUS.get(language, _STATUS["en"])[name]


def opening(numbers: int, sourced: int, judgement: int, unsourced: int, language: str) -> str:
    """Answer: how well are the numbers backed?"""
    pieces = (
        f"{sourced} {'rests' if sourced == 1 else 'rest'} on a publication",
        "1 is a judgement with a reason"
        if judgement == 1
        else f"{judgement} are judgements with a reason",
        f"{unsourced or 'none'} {'lacks' if unsourced <= 1 else 'lack'} both",
    )
    told = f": {pieces[0]}, {pieces[1]}, and {pieces[2]}" if numbers else ""
    were = "number was" if numbers == 1 else "numbers were"
    return say(
        language,
        en=f"{numbers or 'No'} {were} written by hand{told}. What formulas compute from them is "
        "not counted, nor is what merely defines an option, such as a lever at 0 or 1.",
    )


def kind(name: str, language: str) -> str:
    """Name a kind of thing that can be switched off."""
    return say(language, en=name)


def years(number: str, language: str) -> str:
    """Say a time to first deployment."""
    return say(language, en=f"{number} {'year' if number == '1' else 'years'} to first deployment")


def grade_of_block(language: str) -> str:
    """Say what the rows below are that name neither a source nor another grade."""
    return say(language, en="judgement where blank")
