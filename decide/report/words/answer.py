"""Words of the answer: who leads, how surely, and what would change it."""

from collections.abc import Sequence

from decide.language import said, say, say_many
from decide.report.view.parts import Part, Sentence, fill, plain
from decide.report.words.choice import count, opened, stop

_VERDICTS = {
    "clear": said("Clear"),
    "leaning": said("Leaning"),
    "too_close": said("Too close to call"),
}


def verdict(clarity: str, language: str) -> str:
    """Name a verdict."""
    return _VERDICTS[clarity].in_language(language)


def often(share: Part, whole: str, *, is_drawn: bool, is_minority: bool, language: str) -> Sentence:
    """Say in how many draws, or states gone through, the leader is worth more.

    `whole` is "every" or "no", "" in between. A leader that is ahead in fewer than half is, on
    average, ahead by more than it is behind.
    """
    if whole:
        text = {
            ("every", True): said(", and is ahead in every draw"),
            ("every", False): said(", and is ahead in every case"),
            ("no", True): said(", and is ahead in no draw"),
            ("no", False): said(", and is ahead in no case"),
        }[whole, is_drawn]
    elif is_minority and is_drawn:
        text = said(", though ahead in only {share} of the draws: there it is ahead by more")
    elif is_minority:
        text = said(", though ahead in only {share} of the cases: there it is ahead by more")
    elif is_drawn:
        text = said(", and is ahead in {share} of the draws")
    else:
        text = said(", and is ahead in {share} of the cases")
    return fill(text.in_language(language), share=share)


def safer(language: str) -> Sentence:
    """Say that a leader owes its lead to its risk."""
    return plain(say(language, ", though less on average: it leads because it risks less"))


def averaged(*, is_drawn: bool, language: str) -> str:
    """Say what a draw is where the tree has chances."""
    if is_drawn:
        return say(
            language,
            "A draw is one state of the inputs, with the tree\u2019s chances averaged.",
        )
    return say(
        language, "A case is one state of the inputs, with the tree\u2019s chances averaged."
    )


def clear(leader: Part, runner_up: Part, lead: Part, ahead: Sentence, language: str) -> Sentence:
    """Say that the leader is clearly ahead, and how often if that is not certain."""
    text = say(
        language,
        "{leader} is the best course, clearly: it is worth {lead} more than {runner_up}, the "
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
        "The answer leans to {leader}: it is worth {lead} more than {runner_up}, the next "
        "best{ahead}.{but}",
    )
    but = say(language, " At least one input alone would change that within its own range.")
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
        "{leader} and {runner_up} are worth the same: the money does not decide between them, "
        "and the first in the files is named.",
    )
    return fill(text, leader=leader, runner_up=runner_up)


def too_close(
    leader: Part, runner_up: Part, lead: Part, ahead: Sentence, *, is_even: bool, language: str
) -> Sentence:
    """Say that two strategies are too close to call, and in what."""
    text = say(
        language,
        "Too close to call between {leader} and {runner_up}: the first is worth {lead} "
        "more{ahead}. {reason}",
    )
    reason = (
        say(language, "What we do not know about the inputs decides between them.")
        if is_even
        else say(language, "The difference is small beside the spread of what may come.")
    )
    return fill(text, leader=leader, runner_up=runner_up, lead=lead, ahead=ahead, reason=reason)


def alone(leader: Part, language: str) -> Sentence:
    """Say that there is nothing to compare with."""
    return fill(say(language, "{leader} is the only strategy."), leader=leader)


def sampling(error: Part, language: str) -> Sentence:
    """Say what sampling adds to the doubt."""
    text = say(
        language,
        "Sampling alone leaves the lead uncertain by {error}; more draws would shrink that, and "
        "it is not part of the verdict.",
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
    if is_certain and base:
        text = say(language, "{leader} is worth {mean}, against {base}, for certain.")
    elif is_certain:
        text = say(language, "{leader} is worth {mean}, for certain.")
    elif is_neutral and base:
        text = say(language, "{leader} is worth {mean} on average, against {base}.")
    elif is_neutral:
        text = say(language, "{leader} is worth {mean} on average.")
    elif base:
        text = say(
            language,
            "{leader} is worth {mean} on average, against {base}, and {equivalent} once its risk "
            "is charged.",
        )
    else:
        text = say(
            language,
            "{leader} is worth {mean} on average, and {equivalent} once its risk is charged.",
        )
    return fill(text, leader=leader, mean=mean, equivalent=equivalent, base=base)


def worth_of(strategy: Part, equivalent: Part, language: str) -> Sentence:
    """Name a strategy with its worth."""
    text = say(language, "{strategy} {equivalent}")
    return fill(text, strategy=strategy, equivalent=equivalent)


def standing(each: Sequence[Sentence], *, is_neutral: bool, language: str) -> Sentence:
    """List all strategies, best first."""
    text = (
        say(language, "All of them, best first: ")
        if is_neutral
        else say(language, "All of them, best first, once their risk is charged: ")
    )
    parts = list(fill(text))
    for place, strategy in enumerate(each):
        parts += [Part(stop(language))] * (place > 0)
        parts += strategy
    return (*parts, Part("."))


def base_leads(leader: Part, language: str) -> Sentence:
    """Say that nothing is worth more than what all money is counted against."""
    text = say(
        language,
        "No other strategy is worth more than {leader}, which all money is counted against.",
    )
    return fill(text, leader=leader)


def downside(
    p10: Part, share: Part | None, loss: Part, worst: Part, base: str, language: str
) -> Sentence:
    """Say what may be lost; `share` of outcomes are at P10 or below, None for one in ten."""
    if base and share:
        text = say(
            language,
            "With a probability of {share} it comes to {p10} or less; the probability that it "
            "comes out worse than {base} is {loss}; the worst tenth of outcomes averages {worst}.",
        )
    elif base:
        text = say(
            language,
            "One time in ten it comes to {p10} or less; the probability that it comes out worse "
            "than {base} is {loss}; the worst tenth of outcomes averages {worst}.",
        )
    elif share:
        text = say(
            language,
            "With a probability of {share} it comes to {p10} or less; the probability of a loss "
            "is {loss}; the worst tenth of outcomes averages {worst}.",
        )
    else:
        text = say(
            language,
            "One time in ten it comes to {p10} or less; the probability of a loss is {loss}; the "
            "worst tenth of outcomes averages {worst}.",
        )
    return fill(text, p10=p10, share=share or "", loss=loss, worst=worst, base=base)


def score_agrees(leader: Part, lead: Part, language: str) -> Sentence:
    """Say that score and tree have the same leader."""
    text = say(language, "The criteria agree: {leader} also leads on the score, by {lead}.")
    return fill(text, leader=leader, lead=lead)


def score_prefers_firm(leader: Part, lead: Part, language: str) -> Sentence:
    """Say that score and tree have the same leader, but for the firm."""
    text = say(
        language, "The criteria agree but for the firm: {leader} leads on the score, by {lead}."
    )
    return fill(text, leader=leader, lead=lead)


def score_ties(leader: Part, other: str, language: str) -> Sentence:
    """Say that the leader has the highest score together with another."""
    text = say(
        language, "The criteria do not tell: {leader} and {other} have the same score, the highest."
    )
    return fill(text, leader=leader, other=other)


def score_differs(
    score_leader: Part, points: Part, price: Part, leader: str, language: str
) -> Sentence:
    """Say that score and tree differ, and the rate at which they tie."""
    text = say(
        language,
        "The criteria disagree: {score_leader} leads on the score, {points} ahead of {leader}. "
        "It overtakes {leader} only where one point is worth more than {price}.",
    )
    return fill(text, score_leader=score_leader, points=points, price=price, leader=leader)


def score_differs_unpriced(
    score_leader: Part, points: Part, leader: str, language: str
) -> Sentence:
    """Say that score and tree differ where no price makes them tie."""
    text = say(
        language,
        "The criteria disagree: {score_leader} leads on the score, {points} ahead of {leader}.",
    )
    return fill(text, score_leader=score_leader, points=points, leader=leader)


def no_score(language: str) -> str:
    """Say that nothing is scored."""
    return say(language, "No criteria were given, so nothing is scored beside the money.")


def points(number: str, language: str) -> str:
    """Say a difference of scores."""
    if number in {"1", "1.0"}:
        return say(language, "1 point")
    return say(language, "{number} points", number=number)


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
    if is_below and until:
        text = say(
            language,
            "{quantity} below {at}: {leader} leads; held at {now}, its middle, {until} does.",
        )
    elif until:
        text = say(
            language,
            "{quantity} above {at}: {leader} leads; held at {now}, its middle, {until} does.",
        )
    elif is_below:
        text = say(language, "{quantity} below {at} (now {now}): {leader} leads.")
    else:
        text = say(language, "{quantity} above {at} (now {now}): {leader} leads.")
    return fill(text, quantity=quantity, at=at, now=now, until=until, leader=leader)


def beyond(language: str) -> str:
    """Say that a switch point lies outside an input's range."""
    return say(language, " That is outside the range given for it.")


def no_switch(language: str) -> str:
    """Say that no single input changes the leader."""
    return say(
        language, "No single input changes the leader anywhere in the range that was looked at."
    )


def untried(number: int, link: str, language: str) -> Sentence:
    """Say how many constants were left where they are."""
    which = say_many(
        language,
        number,
        "One constant without a range",
        "{count} constants without a range",
        count=opened(count(number, language)),
    )
    text = say_many(language, number, "{how_many} was not tried.", "{how_many} were not tried.")
    return fill(text, how_many=Part(which, link))


def unsourced(number: int, total: int, link: str, language: str) -> Sentence:
    """Say how many numbers nobody backs."""
    backed = say(language, "a source or a stated reason")
    bare = say(language, "neither a source nor a stated reason")
    if not total:
        return fill(say(language, "There is no number behind this yet."))
    if total == 1:
        text = say(language, "The one number behind this has {link}.")
        where = bare if number else backed
    elif not number:
        text, where = say(language, "All {total} numbers behind this have {link}."), backed
    elif number == total:
        text, where = say(language, "None of the {total} numbers behind this have {link}."), backed
    else:
        text, where = (
            say_many(
                language,
                number,
                "One of the {total} numbers behind this has {link}.",
                "{count} of the {total} numbers behind this have {link}.",
                count=opened(count(number, language)),
            ),
            bare,
        )
    return fill(text, total=str(total), link=Part(where, link))


def dates(as_of: str, meeting: str, language: str) -> str:
    """Say what was known when, and for which meeting."""
    texts = []
    if as_of:
        texts.append(say(language, "As of {as_of}: nothing published later is used.", as_of=as_of))
    if meeting:
        texts.append(say(language, "For the meeting of {meeting}.", meeting=meeting))
    return " ".join(texts)


def warned(number: int, link: str, language: str) -> Sentence:
    """Say how many warnings there are beside those of numbers that nobody backs."""
    what = say_many(
        language, number, "one warning", "{count} warnings", count=count(number, language)
    )
    return fill(say(language, "The checks left {what}."), what=Part(what, link))
