"""What a notebook shows of an evaluation: its answer, and every strategy's figures."""

from markupsafe import Markup, escape

from decide.evaluate import Evaluation
from decide.report.view.answer import answer_view
from decide.report.view.context import Context, context_of, ranked
from decide.report.view.parts import text_of
from decide.report.words.phrases import phrase

COLUMNS = ("strategy", "ce", "mean", "p10_short", "p50_short", "p90_short", "loss_short")


def notebook_html(evaluation: Evaluation) -> str:
    """Return the headline and a table of the strategies, best first, in the model's language."""
    context = context_of(evaluation)
    answer = answer_view(context, numbers=0, unsourced=0, warnings=0)
    heads = Markup("").join(
        Markup("<th>{}</th>").format(phrase(name, context.language)) for name in COLUMNS
    )
    rows = Markup("").join(
        _row(context, name) for name in ranked(evaluation, context.representatives)
    )
    return Markup(
        "<p><b>{}</b></p><table><caption>{}</caption><thead><tr>{}</tr></thead>"
        "<tbody>{}</tbody></table>"
    ).format(text_of(answer.headline), context.scale.unit, heads, rows)


def _row(context: Context, strategy: str) -> Markup:
    value = context.evaluation.rollback.values[strategy]
    figures = (value.certainty_equivalent, value.expected_value, value.p10, value.p50, value.p90)
    cells = [context.scale.write_bare(figure) for figure in figures]
    cells.append(context.numerals.percent(value.probability_of_loss))
    texts = Markup("").join(Markup("<td>{}</td>").format(cell) for cell in cells)
    return Markup("<tr><th>{}</th>{}</tr>").format(escape(context.strategy(strategy)), texts)
