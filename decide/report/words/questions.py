"""The ten questions that a sceptical room asks, and what this page has to say to each."""

from decide.language import said, say, say_many
from decide.report.view.parts import Part, Sentence, fill
from decide.report.words.choice import count, opened

QUESTIONS = (
    said("What would have to be true for another strategy to win?"),
    said("How sure are you?"),
    said("What changes the answer?"),
    said("Who scored this?"),
    said("What did it cost others?"),
    said("What do we learn by waiting?"),
    said("What is the downside in money?"),
    said("How does it differ from last time?"),
    said("Where does this number come from?"),
    said("What if we can do two at once?"),
)


def asked(language: str) -> tuple[str, ...]:
    """Return the questions, in the order in which they are answered."""
    return tuple(question.in_language(language) for question in QUESTIONS)


def would_have_to_be_true(drivers: Part, live: Part | None, language: str) -> Sentence:
    """Say what is known of changes that would make another strategy win."""
    if live is None:
        text = say(
            language,
            "{drivers} says how far each input alone would have to go. The nearest joint change "
            "is not looked for.",
        )
        return fill(text, drivers=drivers)
    text = say(
        language,
        "{drivers} says how far each input alone would have to go; {live} tries any joint change. "
        "The nearest joint change is not looked for.",
    )
    return fill(text, drivers=drivers, live=live)


def how_sure(verdict: str, answer: Part, language: str) -> Sentence:
    """Say where the verdict is explained."""
    return fill(say(language, "{verdict}: {answer} says why."), verdict=verdict, answer=answer)


def what_changes_it(plausible: int, drivers: Part, language: str) -> Sentence:
    """Say how many switch points lie within the range of their input."""
    where = (
        say(language, "No switch point lies within the range of its input: {drivers}.")
        if not plausible
        else say_many(
            language,
            plausible,
            "{count} switch point lies within the range of the input, enough by itself: {drivers}.",
            "{count} switch points lie within the range of the input, each enough by itself: "
            "{drivers}.",
            count=opened(count(plausible, language)),
        )
    )
    when = say(
        language,
        "When each will be known is not in the files, but for what the tree observes.",
    )
    return fill(f"{where} {when}", drivers=drivers)


def who_scored(score: Part | None, language: str) -> Sentence:
    """Say that there is one set of judgements."""
    if score is None:
        return fill(say(language, "There are no criteria."))
    text = say(
        language,
        "{score} rests on one set of weights and performances, each with its reason. Who gave "
        "them, and who disagrees, the files do not hold.",
    )
    return fill(text, score=score)


def what_it_cost_others(cases: int, precedents: Part | None, language: str) -> Sentence:
    """Say how many precedents there are."""
    if precedents is None:
        return fill(say(language, "The files hold no precedents."))
    text = say_many(
        language,
        cases,
        "{precedents} holds one case with price, years and outcome as far as they are known.",
        "{precedents} holds {number} cases, failures among them, with price, years and outcome as "
        "far as they are known.",
    )
    return fill(text, precedents=precedents)


def what_waiting_teaches(
    observations: int, tree: Part, information: Part | None, language: str
) -> Sentence:
    """Say what the tree observes, and where the rest is found."""
    seen = (
        say_many(
            language,
            observations,
            "The tree observes one quantity before a later decision ({tree}).",
            "The tree observes {number} quantities before later decisions ({tree}).",
        )
        if observations
        else say(language, "The tree observes nothing before it decides ({tree}).")
    )
    if information is None:
        other = say(
            language,
            "What knowing each quantity beforehand would be worth was not asked: decide report "
            "--information adds it to the page.",
        )
        return fill(f"{seen} {other}", tree=tree)
    other = say(
        language,
        "{information} says what knowing each quantity beforehand would be worth; what waiting "
        "costs is in the options that wait, where the files hold some.",
    )
    return fill(f"{seen} {other}", tree=tree, information=information)


def downside(leader: Part, p10: Part, worst: Part, loss: str, language: str) -> Sentence:
    """Say what the leader may lose."""
    text = say(
        language,
        "{leader}: one time in ten {p10} or less, {worst} on average in the worst tenth, and a "
        "loss with {loss}.",
    )
    return fill(text, leader=leader, p10=p10, worst=worst, loss=loss)


def since_last_time(language: str) -> Sentence:
    """Say that meetings are not compared."""
    text = say(
        language,
        "This page cannot say: nothing compares two meetings' files. The digest below tells "
        "whether they are the same.",
    )
    return fill(text)


def where_from(numbers: int, sources: Part, unsourced: Part, language: str) -> Sentence:
    """Say where every number is traced."""
    text = say_many(
        language,
        numbers,
        "{sources} traces {number} number to file and line; {unsourced}.",
        "{sources} traces {number} numbers to file and line; {unsourced}.",
    )
    return fill(text, sources=sources, unsourced=unsourced)


def unsourced(number: int, language: str) -> str:
    """Say how many numbers have neither source nor reason."""
    if not number:
        return say(language, "none has neither source nor reason")
    return say_many(
        language,
        number,
        "{number} has neither source nor reason",
        "{number} have neither source nor reason",
    )


def two_at_once(strategies: int, options: Part, language: str) -> Sentence:
    """Say that combinations are strategies of their own."""
    text = say_many(
        language,
        strategies,
        "A combination is counted where it is a strategy of its own ({options}); here is one "
        "strategy. Others are not made up here, and scores are never added.",
        "Where the combination is one of the {number} strategies, its quantities are shared and "
        "counted once ({options}). Others are not made up here, and scores are never added.",
    )
    return fill(text, options=options)
