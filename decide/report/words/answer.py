"""Words of the answer: who leads, how surely, and what would change it."""

from collections.abc import Sequence

from decide.report.view.parts import Part, Sentence, fill, plain
from decide.report.words.choice import count, opened, say

_VERDICTS = {"en": {"clear": "Clear", "leaning": "Leaning", "too_close": "Too close to call"}}


def verdict(clarity: str, language: str) -> str:
    """Name a verdict."""
    return _VERDICTS.get(language, _VERDICTS["en"])[clarity]


def often(share: Part, whole: str, *, is_drawn: bool, language: str) -> Sentence:
    """Say in how many draws, or states gone through, the leader is worth more.

    `whole` is "every" or "no", "" in between.
    """
    where = "draw" if is_drawn else "case"
    how_often = f"{whole} {where}" if whole else f"{{share}} of the {where}s"
    return fill(say(language, en=f", and is ahead in {how_often}"), share=share)


def safer(language: str) -> Sentence:
    """Say that a leader owes its lead to its risk."""
    return plain(say(language, en=", though less on average: it leads because it risks less"))


def averaged(*, is_drawn: bool, language: str) -> str:
    """Say what a draw is where the tree has chances."""
    what = "A draw" if is_drawn else "A case"
    return say(
        language, en=f"{what} is one state of the inputs, with the tree\u2019s chances averaged."
    )


def clear(leader: Part, runner_up: Part, lead: Part, ahead: Sentence, language: str) -> Sentence:
    """Say that the leader is clearly ahead, and how often if that is not certain."""
    text = say(
        language,
        en="{leader} is the best course, clearly: it is worth {lead} more than {runner_up}, the "
        "next best{ahead}.",
    )
    return fill(text, leader=leader, runner_up=runner_up, lead=lead, ahead=ahead)


def leaning(
    leader: Part,
    runner_up: Part,
    lead: Part,
    ahead: Sentence,
    *,
    is_switchable: bool,
    language: str,
) -> Sentence:
    """Say that the answer leans to the leader, and what keeps it from being clear."""
    text = say(
        language,
        en="The answer leans to {leader}: it is worth {lead} more than {runner_up}, the next "
        "best{ahead}.{but}",
    )
    but = say(language, en=" At least one input alone would change that within its own range.")
    return fill(
        text,
        leader=leader,
        runner_up=runner_up,
        lead=lead,
        ahead=ahead,
        but=but if is_switchable else "",
    )


def tied(leader: Part, runner_up: Part, language: str) -> Sentence:
    """Say that the money does not tell two strategies apart."""
    text = say(
        language,
        en="{leader} and {runner_up} are worth the same: the money does not decide between them, "
        "and the first in the files is named.",
    )
    return fill(text, leader=leader, runner_up=runner_up)


def too_close(
    leader: Part, runner_up: Part, lead: Part, ahead: Sentence, *, is_even: bool, language: str
) -> Sentence:
    """Say that two strategies are too close to call, and in what."""
    text = say(
        language,
        en="Too close to call between {leader} and {runner_up}: the first is worth {lead} "
        "more{ahead}. {reason}",
    )
    reason = (
        say(language, en="What we do not know about the inputs decides between them.")
        if is_even
        else say(language, en="The difference is small beside the spread of what may come.")
    )
    return fill(text, leader=leader, runner_up=runner_up, lead=lead, ahead=ahead, reason=reason)


def alone(leader: Part, language: str) -> Sentence:
    """Say that there is nothing to compare with."""
    return fill(say(language, en="{leader} is the only strategy."), leader=leader)


def sampling(error: Part, language: str) -> Sentence:
    """Say what sampling adds to the doubt."""
    text = say(
        language,
        en="Sampling alone leaves the lead uncertain by {error}; more draws would shrink "
        "that, and it is not part of the verdict.",
    )
    return fill(text, error=error)


def worth(
    leader: Part,
    mean: Part,
    equivalent: Part,
    base: str,
    *,
    is_certain: bool,
    is_neutral: bool,
    language: str,
) -> Sentence:
    """Say what the leader is worth."""
    against = say(language, en=f", against {base}") if base else ""
    if is_certain:
        text = say(language, en="{leader} is worth {mean}{against}, for certain.")
    elif is_neutral:
        text = say(language, en="{leader} is worth {mean} on average{against}.")
    else:
        text = say(
            language,
            en="{leader} is worth {mean} on average{against}, and {equivalent} once its risk is "
            "charged.",
        )
    return fill(text, leader=leader, mean=mean, equivalent=equivalent, against=against)


def worth_of(strategy: Part, equivalent: Part, language: str) -> Sentence:
    """Name a strategy with its worth."""
    text = say(language, en="{strategy} {equivalent}")
    return fill(text, strategy=strategy, equivalent=equivalent)


def standing(each: Sequence[Sentence], *, is_neutral: bool, language: str) -> Sentence:
    """List all strategies, best first."""
    charged = "" if is_neutral else ", once their risk is charged"
    parts = list(fill(say(language, en=f"All of them, best first{charged}: ")))
    for place, strategy in enumerate(each):
        parts += [Part("; ")] * (place > 0)
        parts += strategy
    return (*parts, Part("."))


def base_leads(leader: Part, language: str) -> Sentence:
    """Say that nothing is worth more than what all money is counted against."""
    text = say(
        language,
        en="No other strategy is worth more than {leader}, which all money is counted against.",
    )
    return fill(text, leader=leader)


def downside(
    p10: Part, share: Part | None, loss: Part, worst: Part, base: str, language: str
) -> Sentence:
    """Say what may be lost; `share` of outcomes are at P10 or below, None for one in ten."""
    what = "that it comes out worse than {base}" if base else "of a loss"
    often = "With a probability of {share}" if share else "One time in ten"
    text = say(
        language,
        en=f"{often} it comes to {{p10}} or less; the probability {what} is {{loss}}; the "
        "worst tenth of outcomes averages {worst}.",
    )
    return fill(text, p10=p10, share=share or "", loss=loss, worst=worst, base=base)


def score_agrees(leader: Part, lead: Part, language: str) -> Sentence:
    """Say that score and tree have the same leader."""
    text = say(
        language,
        en="The criteria agree: {leader} also leads on the score, by {lead}.",
    )
    return fill(text, leader=leader, lead=lead)


def score_prefers_firm(leader: Part, lead: Part, language: str) -> Sentence:
    """Say that score and tree have the same leader, but for the firm."""
    text = say(
        language, en="The criteria agree but for the firm: {leader} leads on the score, by {lead}."
    )
    return fill(text, leader=leader, lead=lead)


def score_ties(leader: Part, other: str, language: str) -> Sentence:
    """Say that the leader has the highest score together with another."""
    text = say(
        language,
        en="The criteria do not tell: {leader} and {other} have the same score, the highest.",
    )
    return fill(text, leader=leader, other=other)


def score_differs(
    score_leader: Part, points: Part, price: Part, leader: str, language: str
) -> Sentence:
    """Say that score and tree differ, and the rate at which they tie."""
    text = say(
        language,
        en="The criteria disagree: {score_leader} leads on the score, {points} ahead of {leader}. "
        "It overtakes {leader} only where one point is worth more than {price}.",
    )
    return fill(text, score_leader=score_leader, points=points, price=price, leader=leader)


def score_differs_unpriced(
    score_leader: Part, points: Part, leader: str, language: str
) -> Sentence:
    """Say that score and tree differ where no price makes them tie."""
    text = say(
        language,
        en="The criteria disagree: {score_leader} leads on the score, {points} ahead of {leader}.",
    )
    return fill(text, score_leader=score_leader, points=points, leader=leader)


def no_score(language: str) -> str:
    """Say that nothing is scored."""
    return say(language, en="No criteria were given, so nothing is scored beside the money.")


def points(number: str, language: str) -> str:
    """Say a difference of scores."""
    return say(language, en="1 point" if number in {"1", "1.0"} else f"{number} points")


def switch(
    quantity: Part,
    at: Part,
    now: str,
    leader: Part,
    *,
    until: str,
    is_below: bool,
    language: str,
) -> Sentence:
    """Say which value of one input changes the leader; `until` leads before if it is another."""
    side = "below" if is_below else "above"
    before = " (now {now})" if not until else ""
    after = "; at {now}, its middle, {until} does" if until else ""
    text = say(language, en=f"{{quantity}} {side} {{at}}{before}: {{leader}} leads{after}.")
    return fill(text, quantity=quantity, at=at, now=now, until=until, leader=leader)


def beyond(language: str) -> str:
    """Say that a switch point lies outside an input's range."""
    return say(language, en=" That is outside the range given for it.")


def no_switch(language: str) -> str:
    """Say that no single input changes the leader."""
    return say(
        language, en="No single input changes the leader anywhere in the range that was looked at."
    )


def untried(number: int, link: str, language: str) -> Sentence:
    """Say how many constants were left where they are."""
    what, were = ("constant", "was") if number == 1 else ("constants", "were")
    text = f"{opened(count(number, language))} {what} without a range"
    how_many = Part(say(language, en=text), link)
    return fill(say(language, en=f"{{how_many}} {were} not tried."), how_many=how_many)


def unsourced(number: int, total: int, link: str, language: str) -> Sentence:
    """Say how many numbers nobody backs."""
    has = "has" if 1 in {number, total} else "have"
    where = say(language, en="a source or a stated reason")
    if not total:
        return fill(say(language, en="There is no number behind this yet."))
    if not number:
        text = f"All {{total}} numbers behind this {has} {{link}}."
        text = "The one number behind this has {link}." if total == 1 else text
    elif number == total:
        text = f"None of the {{total}} numbers behind this {has} {{link}}."
        if total == 1:
            text = "The one number behind this has {link}."
            where = say(language, en="neither a source nor a stated reason")
    else:
        where = say(language, en="neither a source nor a stated reason")
        text = f"{{count}} of the {{total}} numbers behind this {has} {{link}}."
    how_many = opened(count(number, language))
    return fill(say(language, en=text), count=how_many, total=str(total), link=Part(where, link))


def dates(as_of: str, meeting: str, language: str) -> str:
    """Say what was known when, and for which meeting."""
    texts = []
    if as_of:
        texts.append(say(language, en=f"As of {as_of}: nothing published later is used."))
    if meeting:
        texts.append(say(language, en=f"For the meeting of {meeting}."))
    return " ".join(texts)


def warned(number: int, link: str, language: str) -> Sentence:
    """Say how many warnings there are beside those of numbers that nobody backs."""
    what = say(language, en="one warning" if number == 1 else f"{count(number, language)} warnings")
    text = say(language, en="The checks left {what}.")
    return fill(text, what=Part(what, link))
