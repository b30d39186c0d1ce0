"""Words of the decision tree and of its policy."""

from decide.report.view.parts import Part, Sentence, fill
from decide.report.words.choice import count, say


def choose_strategy(language: str) -> str:
    """Name the first choice."""
    return say(language, en="Choose a strategy")


def node_title(label: str, year: int | None, language: str) -> str:
    """Name a node with its year."""
    return label if year is None else say(language, en=f"{year} {label}")


def merged(branch: str, node: str, language: str) -> str:
    """Name a branch whose future is laid out under another history."""
    return say(language, en=f"{branch}: as {node} above")


def bin_range(low: str, high: str, language: str) -> str:
    """Name a bin by its edges; the lower one belongs to it."""
    if not low and not high:
        return say(language, en="any value")
    if not low:
        return say(language, en=f"below {high}")
    if not high:
        return say(language, en=f"{low} or more")
    return say(language, en=f"{low} to {high}")


def worth_heading(unit: str, language: str) -> str:
    """Head the column of worths."""
    return say(language, en=f"Worth ({unit})" if unit else "Worth")


def reach_heading(language: str) -> str:
    """Head the column of reach bars."""
    return say(language, en="Chance under the policy")


def folded_paths(number: int, language: str) -> str:
    """Say how many paths a row stands for."""
    return say(language, en="+ 1 path" if number == 1 else f"+ {number} paths")


def opening(leader: Part, decisions: int, paths: str, language: str) -> Sentence:
    """Answer: what should be done, and when?"""
    if not decisions:
        text = say(
            language,
            en="Choose {leader}. It leaves nothing to decide later; its tree has {paths}.",
        )
    else:
        later = "one decision" if decisions == 1 else f"{count(decisions, language)} decisions"
        text = say(
            language, en="Choose {leader}. It leaves {later} for later; its tree has {paths}."
        )
        return fill(text, leader=leader, later=say(language, en=later), paths=paths)
    return fill(text, leader=leader, paths=paths)


def paths(number: int, shown: int, language: str) -> str:
    """Say how many paths a tree has, and how many of them are drawn apart."""
    what = "one path" if number == 1 else f"{number:,} paths"
    if shown >= number:
        return say(language, en=what)
    return say(language, en=f"{what}, {shown} of them drawn apart and the others folded")


def summary(equivalent: str, mean: str, language: str) -> str:
    """Say a strategy's worth beside its name."""
    also = f", {mean} on average" if mean else ""
    return say(language, en=f"worth {equivalent}{also}")


def picture(strategy: str, language: str) -> str:
    """Name the picture of a tree."""
    return say(language, en=f"Decision tree of {strategy}")


def picture_description(language: str) -> str:
    """Say how a tree is read."""
    return say(
        language,
        en="Squares are decisions, filled circles chances, rings observations, triangles path "
        "ends; the policy\u2019s way is bold, what it rejects is struck through. The figures are "
        "certainty equivalents, given that one comes there.",
    )


def always(node: str, year: int | None, option: str, language: str) -> Sentence:
    """Say a choice that nothing seen before changes."""
    text = say(language, en="{node}: {option}, whatever has been seen.")
    return fill(text, node=_heading(node, year, language), option=option)


def rules(
    node: str,
    year: int | None,
    conditions: tuple[tuple[str, str], ...],
    rest: str,
    language: str,
) -> Sentence:
    """Say all choices at one decision: (condition, option) by turns, then what is left."""
    pieces = "; ".join(say(language, en=f"if {when}, {option}") for when, option in conditions)
    text = say(language, en="{node}: {pieces}; otherwise, {rest}.")
    return fill(text, node=_heading(node, year, language), pieces=pieces, rest=rest)


def cases(node: str, year: int | None, language: str) -> Sentence:
    """Head a list of cases."""
    return fill(say(language, en="{node}:"), node=_heading(node, year, language))


def case(when: str, option: str, language: str) -> str:
    """Say a choice in one case."""
    return say(language, en=f"if {when}: {option};")


def otherwise(option: str, language: str) -> str:
    """Say the choice in all other cases."""
    return say(language, en=f"otherwise: {option}.")


def observed(node: str, spans: tuple[str, ...], language: str) -> str:
    """Say where a quantity was seen to fall."""
    return say(language, en=f"\u201c{node}\u201d is {' or '.join(spans)}")


def happened(node: str, outcomes: tuple[str, ...], language: str) -> str:
    """Say what happened at a chance, or was chosen before."""
    return say(language, en=f"\u201c{node}\u201d came to {' or '.join(outcomes)}")


def never_asked(node: str, language: str) -> str:
    """Say that a path did not pass a node."""
    return say(language, en=f"\u201c{node}\u201d did not arise")


def either(first: str, second: str, language: str) -> str:
    """Say that one of two things is so."""
    return say(language, en=f"{first} or {second}")


def conditions(pieces: tuple[str, ...], language: str) -> str:
    """Say several things that were seen."""
    return say(language, en=" and ".join(pieces))


def tied(number: int, options: str, language: str) -> str:
    """Say that options are worth the same."""
    places = "one place" if number == 1 else f"{count(number, language)} places"
    return say(
        language, en=f"Worth the same in {places}: {options}; the first in the file is taken."
    )


def borrowed(number: int, draws: str, language: str) -> str:
    """Say that too few draws support a choice."""
    places = "one place" if number == 1 else f"{count(number, language)} places"
    return say(
        language,
        en=f"Too few draws come to {places} (as few as {draws} effective); the choice there is "
        "borrowed from the nearest case with enough.",
    )


def thin(number: int, draws: str, language: str) -> str:
    """Say how few draws support a choice."""
    places = "one place" if number == 1 else f"{count(number, language)} places"
    return say(
        language,
        en=f"The choice rests on fewer than 200 effective draws in {places} (least {draws}).",
    )


def no_decisions(language: str) -> str:
    """Say that a strategy has no decision of its own."""
    return say(language, en="Nothing is left to decide once it is chosen.")


def shared_events(language: str) -> str:
    """Say what is taken to be independent."""
    return say(
        language,
        en="Chance nodes that name the same event share it; all others are independent given the "
        "quantities.",
    )


def _heading(node: str, year: int | None, language: str) -> Part:
    return Part(node if year is None else say(language, en=f"{node} ({year})"), strong=True)
