"""Words of the decision tree and of its policy."""

from decide.language import said_many, say, say_many
from decide.report.view.parts import Part, Sentence, fill
from decide.report.words.choice import count, in_series, quoted


def choose_strategy(language: str) -> str:
    """Name the first choice."""
    return say(language, "Choose a strategy")


def node_title(label: str, year: int | None, language: str) -> str:
    """Name a node with its year."""
    return label if year is None else say(language, "{year} {label}", year=year, label=label)


def merged(branch: str, node: str, language: str) -> str:
    """Name a branch whose future is laid out under another history."""
    return say(language, "{branch}: as {node} above", branch=branch, node=node)


def bin_range(low: str, high: str, language: str) -> str:
    """Name a bin by its edges; the lower one belongs to it."""
    if not low and not high:
        return say(language, "any value")
    if not low:
        return say(language, "below {high}", high=high)
    if not high:
        return say(language, "{low} or more", low=low)
    return say(language, "{low} to {high}", low=low, high=high)


def worth_heading(unit: str, language: str) -> str:
    """Head the column of worths."""
    return say(language, "Worth ({unit})", unit=unit) if unit else say(language, "Worth")


def reach_heading(language: str) -> str:
    """Head the column of reach bars."""
    return say(language, "Chance under the policy")


def folded_paths(number: int, language: str) -> str:
    """Say how many paths a row stands for."""
    return say_many(language, number, "+ 1 path", "+ {number} paths")


def opening(
    leader: Part, decisions: int, paths: str, *, is_too_close: bool, language: str
) -> Sentence:
    """Answer: what should be done, and when? Where it is too close to call, of the first named."""
    number = count(decisions, language)
    if is_too_close and not decisions:
        text = say(
            language,
            "If {leader} is chosen, nothing is left to decide later; its tree has {paths}.",
        )
    elif is_too_close:
        text = say_many(
            language,
            decisions,
            "If {leader} is chosen, one decision is left for later; its tree has {paths}.",
            "If {leader} is chosen, {count} decisions are left for later; its tree has {paths}.",
            count=number,
        )
    elif not decisions:
        text = say(
            language, "Choose {leader}. It leaves nothing to decide later; its tree has {paths}."
        )
    else:
        text = say_many(
            language,
            decisions,
            "Choose {leader}. It leaves one decision for later; its tree has {paths}.",
            "Choose {leader}. It leaves {count} decisions for later; its tree has {paths}.",
            count=number,
        )
    return fill(text, leader=leader, paths=paths)


def paths(number: int, shown: int, language: str) -> str:
    """Say how many paths a tree has, and how many of them are drawn apart."""
    what = said_many(number, "one path", "{count} paths", count=f"{number:,}")
    if shown >= number:
        return what.in_language(language)
    return say(
        language,
        "{paths}, {shown} of them drawn apart and the others folded",
        paths=what,
        shown=shown,
    )


def summary(equivalent: str, mean: str, paths: str, language: str) -> Sentence:
    """Say a strategy's worth and how many paths it has beside its name."""
    if not mean:
        return fill(
            say(language, "worth {equivalent}; {paths}"), equivalent=equivalent, paths=paths
        )
    text = say(language, "worth {equivalent}, {mean} on average; {paths}")
    return fill(text, equivalent=equivalent, mean=mean, paths=paths)


def picture(strategy: str, language: str) -> str:
    """Name the picture of a tree."""
    return say(language, "Decision tree of {strategy}", strategy=strategy)


def picture_description(language: str) -> str:
    """Say how a tree is read."""
    return say(
        language,
        "Squares are decisions, filled circles chances, rings observations, triangles path ends; "
        "the policy\u2019s way is bold, what it rejects is struck through. The figures are "
        "certainty equivalents, given that one comes there.",
    )


def always(node: str, year: int | None, option: str, language: str) -> Sentence:
    """Say a choice that nothing seen before changes."""
    text = say(language, "{node}: {option}, whatever has been seen.")
    return fill(text, node=_heading(node, year, language), option=option)


def rules(
    node: str,
    year: int | None,
    conditions: tuple[tuple[str, str], ...],
    rest: str,
    language: str,
) -> Sentence:
    """Say all choices at one decision: (condition, option) by turns, then what is left."""
    each = (say(language, "if {when}, {option}", when=w, option=o) for w, o in conditions)
    pieces = in_series(each, language)
    text = say(language, "{node}: {pieces}; otherwise, {rest}.")
    return fill(text, node=_heading(node, year, language), pieces=pieces, rest=rest)


def cases(node: str, year: int | None, language: str) -> Sentence:
    """Head a list of cases."""
    return fill(say(language, "{node}:"), node=_heading(node, year, language))


def case(when: str, option: str, language: str) -> str:
    """Say a choice in one case."""
    return say(language, "if {when}: {option};", when=when, option=option)


def otherwise(option: str, language: str) -> str:
    """Say the choice in all other cases."""
    return say(language, "otherwise: {option}.", option=option)


def observed(node: str, spans: tuple[str, ...], language: str) -> str:
    """Say where a quantity was seen to fall."""
    where = say(language, " or ").join(spans)
    return say(language, "{node} is {where}", node=quoted(node, language), where=where)


def happened(node: str, outcomes: tuple[str, ...], language: str) -> str:
    """Say what happened at a chance, or was chosen before."""
    what = say(language, " or ").join(outcomes)
    return say(language, "{node} came to {what}", node=quoted(node, language), what=what)


def never_asked(node: str, language: str) -> str:
    """Say that a path did not pass a node."""
    return say(language, "{node} did not arise", node=quoted(node, language))


def either(first: str, second: str, language: str) -> str:
    """Say that one of two things is so."""
    return say(language, "{first} or {second}", first=first, second=second)


def conditions(pieces: tuple[str, ...], language: str) -> str:
    """Say several things that were seen."""
    return say(language, " and ").join(pieces)


def tied(number: int, options: str, language: str) -> str:
    """Say that options are worth the same."""
    return say_many(
        language,
        number,
        "Worth the same in one place: {options}; the first in the file is taken.",
        "Worth the same in {count} places: {options}; the first in the file is taken.",
        count=count(number, language),
        options=options,
    )


def borrowed(number: int, draws: str, language: str) -> str:
    """Say that too few draws support a choice."""
    return say_many(
        language,
        number,
        "Too few draws come to one place (as few as {draws} effective); the choice there is "
        "borrowed from the nearest case with enough.",
        "Too few draws come to {count} places (as few as {draws} effective); the choice there is "
        "borrowed from the nearest case with enough.",
        count=count(number, language),
        draws=draws,
    )


def thin(number: int, draws: str, language: str) -> str:
    """Say how few draws support a choice."""
    return say_many(
        language,
        number,
        "The choice rests on fewer than 200 effective draws in one place (least {draws}).",
        "The choice rests on fewer than 200 effective draws in {count} places (least {draws}).",
        count=count(number, language),
        draws=draws,
    )


def no_decisions(language: str) -> str:
    """Say that a strategy has no decision of its own."""
    return say(language, "Nothing is left to decide once it is chosen.")


def shared_events(language: str) -> str:
    """Say what is taken to be independent."""
    return say(
        language,
        "Chance nodes that name the same event share it; all others are independent given the "
        "quantities.",
    )


def _heading(node: str, year: int | None, language: str) -> Part:
    return Part(
        node if year is None else say(language, "{node} ({year})", node=node, year=year),
        strong=True,
    )
