"""The answer in a few sentences, as every form of the results opens with it."""

from decide.report.view.answer import Answer, answer_view
from decide.report.view.context import Context
from decide.report.view.parts import text_of


def answer_of(context: Context) -> Answer:
    """Return the page's answer, without its counts of numbers and warnings."""
    return answer_view(context, numbers=0, unsourced=0, warnings=0)


def answer_lines(context: Context) -> tuple[str, ...]:
    """Say who leads and how surely, its worth, whether the criteria agree, what would change it."""
    answer = answer_of(context)
    worth, *_, agreement = answer.sentences
    sentences = (answer.headline, worth, agreement, answer.changes[0])
    return tuple(text_of(sentence) for sentence in sentences)
