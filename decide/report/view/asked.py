"""Which strategies the question itself names, read from the list of options in its words."""

import re
from collections.abc import Mapping

_FILLERS = re.compile(
    r"\b(an?|and|at|by|for|from|how|in|into|its?|more|of|on|or|our|should|than|the|their|then|to"
    r"|us|we|with)\b"
)


def asked_for(question: str, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Return the strategies that a question lists, () where the list cannot be told for sure.

    The list is what stands after the last colon (or all of it), cut at commas and "or". Each item
    goes to the strategy that shares the largest part of its words; every item must find one, no
    two the same.
    """
    items = re.split(r",| or |\?", question.rsplit(":", 1)[-1])
    bags = {strategy: _words(title) for strategy, title in titles.items()}
    found: list[str] = []
    for item in items:
        bag = _words(item)
        if not bag:
            continue
        shares = {strategy: _overlap(bag, other) for strategy, other in bags.items()}
        best = max(shares, key=lambda strategy: shares[strategy], default="")
        if not best or shares[best] <= 0 or best in found:
            return ()
        found.append(best)
    return tuple(found) if len(found) > 1 else ()


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", _FILLERS.sub(" ", text.casefold())))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    union = one | other
    return len(one & other) / len(union) if union else 0.0
