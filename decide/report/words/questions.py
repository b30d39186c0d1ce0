"""The ten questions that a sceptical room asks, and what this page has to say to each."""

from decide.report.view.parts import Part, Sentence, fill
from decide.report.words.choice import count, opened, say


def asked(language: str) -> tuple[str, ...]:
    """Return the questions, in the order in which they are answered."""
    return tuple(
        say(language, en=text)
        for text in (
            "What would have to be true for another strategy to win?",
            "How sure are you?",
            "What changes the answer?",
            "Who scored this?",
            "What did it cost others?",
            "What do we learn by waiting?",
            "What is the downside in money?",
            "How does it differ from last time?",
            "Where does this number come from?",
            "What if we can do two at once?",
        )
    )


def would_have_to_be_true(drivers: Part, live: Part | None, language: str) -> Sentence:
    """Say what is known of changes that would make another strategy win."""
    alone = "{drivers} says how far each input alone would have to go"
    text = f"{alone}; {{live}} tries any joint change" if live else alone
    missing = "The nearest joint change is not looked for."
    return fill(say(language, en=f"{text}. {missing}"), drivers=drivers, live=live or "")


def how_sure(verdict: str, answer: Part, language: str) -> Sentence:
    """Say where the verdict is explained."""
    return fill(say(language, en=f"{verdict}: {{answer}} says why."), answer=answer)


def what_changes_it(plausible: int, drivers: Part, language: str) -> Sentence:
    """Say how many switch points lie within the range of their input."""
    point = "switch point lies" if plausible == 1 else "switch points lie"
    text = (
        f"{opened(count(plausible, language))} {point} within the range of the input, each enough "
        "by itself: {drivers}. When each will be known is not in the files, but for what the tree "
        "observes."
    )
    return fill(say(language, en=text), drivers=drivers)


def who_scored(score: Part | None, language: str) -> Sentence:
    """Say that there is one set of judgements."""
    if score is None:
        return fill(say(language, en="There are no criteria."))
    text = (
        "{score} rests on one set of weights and performances, each with its reason. Who gave "
        "them, and who disagrees, the files do not hold."
    )
    return fill(say(language, en=text), score=score)


def what_it_cost_others(cases: int, precedents: Part | None, language: str) -> Sentence:
    """Say how many precedents there are."""
    if precedents is None:
        return fill(say(language, en="The files hold no precedents."))
    which = "one case" if cases == 1 else f"{cases} cases, failures among them,"
    text = f"{{precedents}} holds {which} with price, years and outcome as far as they are known."
    return fill(say(language, en=text), precedents=precedents)


def what_waiting_teaches(observations: int, tree: Part, language: str) -> Sentence:
    """Say what the tree observes, and where the rest is found."""
    waits = {
        0: "The tree observes nothing before it decides ({tree})",
        1: "The tree observes one quantity before a later decision ({tree})",
    }
    many = f"The tree observes {observations} quantities before later decisions ({{tree}})"
    text = (
        f"{waits.get(observations, many)}. What knowing each quantity beforehand would be worth is "
        "not on this page: the command decide show information says it."
    )
    return fill(say(language, en=text), tree=tree)


def downside(leader: Part, p10: Part, worst: Part, loss: str, language: str) -> Sentence:
    """Say what the leader may lose."""
    text = (
        f"{{leader}}: one time in ten {{p10}} or less, {{worst}} on average in the worst tenth, "
        f"and a loss with {loss}."
    )
    return fill(say(language, en=text), leader=leader, p10=p10, worst=worst)


def since_last_time(language: str) -> Sentence:
    """Say that meetings are not compared."""
    text = (
        "This page cannot say: nothing compares two meetings' files. The digest below tells "
        "whether they are the same."
    )
    return fill(say(language, en=text))


def where_from(numbers: int, sources: Part, unsourced: Part, language: str) -> Sentence:
    """Say where every number is traced."""
    text = f"{{sources}} traces {numbers} numbers to file and line; {{unsourced}}."
    return fill(say(language, en=text), sources=sources, unsourced=unsourced)


def unsourced(number: int, language: str) -> str:
    """Say how many numbers have neither source nor reason."""
    which = "none has" if number == 0 else f"{number} has" if number == 1 else f"{number} have"
    return say(language, en=f"{which} neither source nor reason")


def two_at_once(strategies: int, options: Part, language: str) -> Sentence:
    """Say that combinations are strategies of their own."""
    text = (
        f"Where the combination is one of the {strategies} strategies, its quantities are shared "
        "and counted once ({options}). Others are not made up here, and scores are never added."
    )
    return fill(say(language, en=text), options=options)
