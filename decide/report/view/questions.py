"""The sceptical questions, each with what answers it on this page or what does not."""

from dataclasses import dataclass

from decide.model.tree import ObservationNode
from decide.report.view.context import Context
from decide.report.view.parts import Part, Sentence
from decide.report.words import answer as answer_words
from decide.report.words import questions as words
from decide.report.words.phrases import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question with its answer."""

    text: str
    answer: Sentence


def questions_view(
    context: Context, *, numbers: int, unsourced: int, sections: frozenset[str]
) -> tuple[Question, ...]:
    """Answer each question by a link to where this page does, or say that it cannot."""
    evaluation, language = context.evaluation, context.language
    verdict, model = evaluation.verdict, evaluation.model
    value = evaluation.rollback.values[verdict.leader]

    def to(section: str) -> Part | None:
        text = phrase(f"{section}_title", language)
        return Part(text, f"#{section}") if section in sections else None

    def always(section: str) -> Part:
        return Part(phrase(f"{section}_title", language), f"#{section}")

    plausible = sum(p.is_plausible for p in evaluation.sensitivity.switch_points)
    observed = {n.quantity for n in model.nodes.values() if isinstance(n, ObservationNode)}
    answers = (
        words.would_have_to_be_true(always("drivers"), to("what_if"), language),
        words.how_sure(answer_words.verdict(verdict.clarity, language), always("answer"), language),
        words.what_changes_it(plausible, always("drivers"), language),
        words.who_scored(to("score"), language),
        words.what_it_cost_others(len(model.precedents), to("precedents"), language),
        words.what_waiting_teaches(len(observed), always("tree"), to("information"), language),
        words.downside(
            context.strategy_link(verdict.leader),
            Part(context.wide.write(value.p10), "#money", is_figure=True),
            Part(context.wide.write(value.worst_tenth_mean), "#money", is_figure=True),
            context.numerals.percent(value.probability_of_loss),
            language,
        ),
        words.since_last_time(language),
        words.where_from(
            numbers,
            always("sources"),
            Part(words.unsourced(unsourced, language), "#unsourced" if unsourced else "#sources"),
            language,
        ),
        words.two_at_once(len(model.strategies), always("options"), language),
    )
    pairs = zip(words.asked(language), answers, strict=True)
    return tuple(Question(text=text, answer=answer) for text, answer in pairs)
