"""Words of the score section."""

from decide.language import say
from decide.report.view.parts import Part, Sentence, fill


def opening(
    leader: Part,
    total: str,
    second: Part | None,
    other: str,
    *,
    is_best: bool,
    language: str,
) -> Sentence:
    """Answer: which strategy scores best?"""
    if second is None:
        text = say(language, "{leader} scores {total} of 100 points.")
        return fill(text, leader=leader, total=total)
    if total == other and is_best:
        text = say(language, "{leader} and {second} score best with {total} of 100 each.")
    elif is_best:
        text = say(
            language, "{leader} scores best with {total} of 100; {second} follows with {other}."
        )
    elif total == other:
        text = say(
            language,
            "Of the strategies shown here, {leader} and {second} score best with {total} of 100 "
            "each.",
        )
    else:
        text = say(
            language,
            "Of the strategies shown here, {leader} scores best with {total} of 100; {second} "
            "follows with {other}.",
        )
    return fill(text, leader=leader, total=total, second=second, other=other)


def heaviest(criterion: Part, weight: str, *, is_alone: bool, language: str) -> Sentence:
    """Say which criterion weighs most, or that none weighs more than some others."""
    text = (
        say(language, "{criterion} weighs most, {weight} of the whole.")
        if is_alone
        else say(language, "No criterion weighs more than {criterion}, {weight} of the whole.")
    )
    return fill(text, criterion=criterion, weight=weight)


def rank_agreement(tau: str, language: str) -> str:
    """Say how far the two rankings agree."""
    return say(
        language,
        "Kendall\u2019s tau-b between the two rankings is {tau} (1: the same order).",
        tau=tau,
    )


def chart(language: str) -> str:
    """Name the chart of totals."""
    return say(language, "Totals and what makes them up, in points of 100")


def share(weight: str, language: str) -> str:
    """Say a group's weight beside its name."""
    return say(language, "{weight} of the weight", weight=weight)


def bar(strategy: str, total: str, language: str) -> str:
    """Say one bar."""
    return say(language, "{strategy}: {total}.", strategy=strategy, total=total)


def anchors(worst: str, best: str, language: str) -> str:
    """Say a criterion's range."""
    return say(language, "{worst} to {best}", worst=worst, best=best)


def held(share_of_draws: str, language: str) -> str:
    """Say that performances lie beyond the range."""
    return say(
        language,
        "beyond the range in {share_of_draws} of cases, held at its end",
        share_of_draws=share_of_draws,
    )


def spread(performance: str, low: str, high: str, language: str) -> str:
    """Say an uncertain performance: mean, P10 and P90."""
    return say(
        language, "{performance} ({low}\u2013{high})", performance=performance, low=low, high=high
    )
