"""Words of the score section."""

from decide.report.view.parts import Part, Sentence, fill
from decide.report.words.choice import say


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
        return fill(
            say(language, en="{leader} scores {total} of 100 points."), leader=leader, total=total
        )
    follows = "{leader} scores best with {total} of 100; {second} follows with {other}."
    level = "{leader} and {second} score best with {total} of 100 each."
    shown = "" if is_best else "Of the strategies shown here, "
    text = say(language, en=shown + (level if total == other else follows))
    return fill(text, leader=leader, total=total, second=second, other=other)


def heaviest(criterion: Part, weight: str, *, is_alone: bool, language: str) -> Sentence:
    """Say which criterion weighs most, or that none weighs more than some others."""
    most = "{criterion} weighs most" if is_alone else "No criterion weighs more than {criterion}"
    text = say(language, en=f"{most}, {{weight}} of the whole.")
    return fill(text, criterion=criterion, weight=weight)


def rank_agreement(tau: str, language: str) -> str:
    """Say how far the two rankings agree."""
    return say(
        language, en=f"Kendall\u2019s tau-b between the two rankings is {tau} (1: the same order)."
    )


def chart(language: str) -> str:
    """Name the chart of totals."""
    return say(language, en="Totals and what makes them up, in points of 100")


def share(weight: str, language: str) -> str:
    """Say a group's weight beside its name."""
    return say(language, en=f"{weight} of the weight")


def bar(strategy: str, total: str, language: str) -> str:
    """Say one bar."""
    return say(language, en=f"{strategy}: {total}.")


def anchors(worst: str, best: str, language: str) -> str:
    """Say a criterion's range."""
    return say(language, en=f"{worst} to {best}")


def held(share_of_draws: str, language: str) -> str:
    """Say that performances lie beyond the range."""
    return say(language, en=f"beyond the range in {share_of_draws} of cases, held at its end")


def spread(performance: str, low: str, high: str, language: str) -> str:
    """Say an uncertain performance: mean, P10 and P90."""
    return say(language, en=f"{performance} ({low}\u2013{high})")
