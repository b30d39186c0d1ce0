"""The policy in sentences: what to choose at each decision, given what has been seen."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from decide.analyses.policy import ENOUGH_DRAWS
from decide.analyses.rollback import Step
from decide.model.tree import ObservationNode
from decide.report.view.context import Context
from decide.report.view.diagram_rows import copied_from, copy_of
from decide.report.view.parts import Sentence, plain
from decide.report.view.tree_nodes import bins_label, branch_label, branch_of, is_bare
from decide.report.words import tree as words
from decide.report.words.choice import quoted

MOST_IN_A_SENTENCE = 2  # conditions; more of them make a list
Conditions = tuple[tuple[str, tuple[str, ...]], ...]  # ((node, outcomes), ...)
Rule = tuple[Conditions, str]  # what was seen, and the option then chosen


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """What to do at one decision; long lists of cases stand beneath it."""

    sentence: Sentence
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One copy of a decision that the policy comes to."""

    history: tuple[tuple[str, str], ...]  # (node, branch) from the top
    choice: str
    reach: float

    def seen(self, node: str) -> str:
        """Return the branch taken at a node; "" where the path did not pass it."""
        return dict(self.history).get(node, "")


def policy_lines(context: Context, strategy: str) -> tuple[PolicyLine, ...]:
    """Say what the policy chooses at each decision, in the order of the tree."""
    steps = context.evaluation.rollback.steps[strategy]
    found = defaultdict(list)
    for index, step in enumerate(steps):
        if step.kind == "decision" and step.reach > 0:
            found[copied_from(step.node)].append(index)
    if not found:
        return (PolicyLine(plain(words.no_decisions(context.language))),)
    lines: list[PolicyLine] = []
    for node, indices in found.items():
        cases = [Case(_history(steps, i), steps[i].choice, steps[i].reach) for i in indices]
        lines.append(_line(context, node, steps[indices[0]].year, cases))
        remarks = _remarks(context, node, [steps[i] for i in indices])
        lines.extend(PolicyLine(plain(remark)) for remark in remarks)
    return tuple(lines)


def rules_of(cases: Sequence[Case]) -> tuple[Rule, ...]:
    """Return conditions on what was seen that lead to each choice, fewest conditions first.

    A greedy tree: split by the node whose outcomes leave the fewest mixed groups.
    """
    choices = {case.choice for case in cases}
    if len(choices) == 1:
        return (((), choices.pop()),)
    node = _best_split(cases)
    if node is None:
        likeliest = max(cases, key=lambda case: case.reach)
        return (((), likeliest.choice),)
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.seen(node)].append(case)
    below: dict[tuple[Rule, ...], list[str]] = defaultdict(list)
    for outcome, group in groups.items():
        below[rules_of(group)].append(outcome)
    return tuple(
        (((node, tuple(outcomes)), *conditions), choice)
        for rules, outcomes in below.items()
        for conditions, choice in rules
    )


def _history(steps: Sequence[Step], index: int) -> tuple[tuple[str, str], ...]:
    found = []
    while steps[index].parent >= 0:
        above = steps[index].parent
        found.append((copied_from(steps[above].node), steps[index].branch))
        index = above
    return tuple(reversed(found))


def _best_split(cases: Sequence[Case]) -> str | None:
    nodes = dict.fromkeys(node for case in cases for node, _ in case.history)
    best: tuple[int, int, str] | None = None
    for order, node in enumerate(nodes):
        groups: dict[str, set[str]] = defaultdict(set)
        for case in cases:
            groups[case.seen(node)].add(case.choice)
        if len(groups) > 1:
            mixed = sum(1 for choices in groups.values() if len(choices) > 1)
            best = min(best or (mixed, order, node), (mixed, order, node))
    return best[2] if best else None


def _line(context: Context, node: str, year: int | None, cases: Sequence[Case]) -> PolicyLine:
    here = copy_of(context, node)
    title = context.label(here.label).strip()
    rules = rules_of(cases)
    if len(rules) == 1:
        option = branch_label(context, here, rules[0][1])
        return PolicyLine(words.always(title, year, option, context.language))
    reach: dict[str, float] = defaultdict(float)
    for case in cases:
        reach[case.choice] += case.reach
    main = max(reach, key=lambda choice: reach[choice])
    rare = tuple(
        (_conditions(context, conditions), branch_label(context, here, choice))
        for conditions, choice in rules
        if choice != main
    )
    otherwise = branch_label(context, here, main)
    if len(rare) <= MOST_IN_A_SENTENCE:
        return PolicyLine(words.rules(title, year, rare, otherwise, context.language))
    listed = tuple(words.case(when, option, context.language) for when, option in rare)
    last = words.otherwise(otherwise, context.language)
    return PolicyLine(words.cases(title, year, context.language), (*listed, last))


def _conditions(context: Context, conditions: Conditions) -> str:
    pieces = tuple(_condition(context, node, outcomes) for node, outcomes in conditions)
    return words.conditions(pieces, context.language)


def _condition(context: Context, node: str, outcomes: tuple[str, ...]) -> str:
    here = copy_of(context, node)
    title = context.label(here.label).strip()
    if isinstance(here, ObservationNode) and all(outcomes):
        return words.observed(title, _spans(context, here, outcomes), context.language)
    passed = tuple(o for o in outcomes if o)
    if not passed:
        return words.never_asked(title, context.language)
    copies = ((copy_of(context, node, o), o) for o in passed)
    texts = tuple(quoted(branch_label(context, copy, o), context.language) for copy, o in copies)
    said = words.happened(title, texts, context.language)
    if len(passed) == len(outcomes):
        return said
    return words.either(said, words.never_asked(title, context.language), context.language)


def _spans(context: Context, node: ObservationNode, outcomes: tuple[str, ...]) -> tuple[str, ...]:
    """Join neighbouring bins that have no names of their own."""
    branches = [branch_of(node, o) for o in outcomes]
    bare = [b for b in branches if b is not None and is_bare(b, context.label(b.label))]
    if len(bare) < len(outcomes):
        return tuple(quoted(branch_label(context, node, o), context.language) for o in outcomes)
    places = sorted(node.branches.index(b) for b in bare)
    spans: list[list[int]] = []
    for place in places:
        if spans and spans[-1][1] == place - 1:
            spans[-1][1] = place
        else:
            spans.append([place, place])
    return tuple(bins_label(context, node, first, last) for first, last in spans)


def _remarks(context: Context, node: str, steps: Sequence[Step]) -> list[str]:
    here = copy_of(context, node)
    language = context.language
    found = []
    tied = [s for s in steps if s.ties]
    if tied:
        names = dict.fromkeys(name for s in tied for name in (s.choice, *s.ties))
        options = ", ".join(branch_label(context, here, name) for name in names)
        found.append(words.tied(len(tied), options, language))
    borrowed = [s for s in steps if s.borrowed]
    if borrowed:
        least = context.numerals.decimal(min(s.effective_draws for s in borrowed), 0)
        found.append(words.borrowed(len(borrowed), least, language))
    thin = [s for s in steps if s.effective_draws < ENOUGH_DRAWS and not s.borrowed]
    if thin:
        least = context.numerals.decimal(min(s.effective_draws for s in thin), 0)
        found.append(words.thin(len(thin), least, language))
    return found
