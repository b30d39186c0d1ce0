"""The whole page as finished strings, section by section."""

from collections.abc import Mapping
from dataclasses import dataclass

from decide.evaluate import Evaluation
from decide.report.view.answer import Answer, answer_view
from decide.report.view.context import Context, context_of
from decide.report.view.drivers import Drivers, drivers_view
from decide.report.view.information import InformationSection, information_view
from decide.report.view.live import Live, live_view
from decide.report.view.looks import Looks, looks_of
from decide.report.view.money import Money, money_view
from decide.report.view.options import Options, options_view
from decide.report.view.precedents import PrecedentSection, precedents_view
from decide.report.view.questions import Question, questions_view
from decide.report.view.scores import ScoreSection, scores_view
from decide.report.view.sources import Sources, sources_view
from decide.report.view.targets import TargetSection, targets_view
from decide.report.view.tree import Trees, tree_view
from decide.report.view.what_if import what_if_lines
from decide.report.words.phrases import phrase, phrases

SECTIONS = (  # in the order of the page
    "answer",
    "options",
    "money",
    "tree",
    "drivers",
    "information",
    "what_if",
    "score",
    "targets",
    "precedents",
    "questions",
    "sources",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the contents."""

    href: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FooterLine:
    """A line on how the page came about."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """A file that was read."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything that the templates print."""

    language: str
    title: str
    words: Mapping[str, str]
    kicker: str
    contents: tuple[Entry, ...]
    answer: Answer
    options: Options
    money: Money
    tree: Trees
    drivers: Drivers
    information: InformationSection | None
    score: ScoreSection | None
    targets: TargetSection | None
    precedents: PrecedentSection | None
    questions: tuple[Question, ...]
    sources: Sources
    live: Live | None
    is_redacted: bool
    looks: Looks
    logo: str  # as an address that holds it; "" for none
    brand: str  # a line at the foot of the page
    what_if: tuple[str, ...]  # what is moved, where this is not the agreed model
    footer: tuple[FooterLine, ...]
    files: tuple[FileRow, ...]


def page_view(evaluation: Evaluation, language: str) -> Page:
    """Turn results into everything that the page prints."""
    context = context_of(evaluation, language)
    sources = sources_view(context)
    score = scores_view(context)
    targets = targets_view(context)
    precedents = precedents_view(context)
    live = live_view(context)
    information = information_view(context)
    some = {
        "information": information,
        "what_if": live,
        "score": score,
        "targets": targets,
        "precedents": precedents,
    }
    sections = frozenset(SECTIONS) - {name for name, section in some.items() if section is None}
    return Page(
        language=language,
        title=context.label(evaluation.model.decision.title),
        words=phrases(language),
        kicker=_kicker(context),
        contents=_contents(language, sections),
        answer=answer_view(
            context,
            numbers=sources.numbers,
            unsourced=sources.unsourced_count,
            warnings=len(sources.warnings),
        ),
        options=options_view(context),
        money=money_view(context),
        tree=tree_view(context),
        drivers=drivers_view(context),
        information=information,
        score=score,
        targets=targets,
        precedents=precedents,
        questions=questions_view(
            context,
            numbers=sources.numbers,
            unsourced=sources.unsourced_count,
            sections=sections,
        ),
        sources=sources,
        live=live,
        is_redacted=evaluation.is_redacted,
        what_if=what_if_lines(context),
        looks=looks_of(evaluation.model.theme),
        logo=evaluation.model.theme.picture,
        brand=context.label(evaluation.model.theme.footer),
        footer=_footer(context),
        files=tuple(FileRow(path=f.path, sha256=f.sha256) for f in evaluation.model.files),
    )


def _kicker(context: Context) -> str:
    meeting = context.evaluation.model.decision.meeting
    text = phrase("kicker", context.language)
    return f"{text} \u00b7 {context.numerals.date(meeting)}" if meeting else text


def _contents(language: str, sections: frozenset[str]) -> tuple[Entry, ...]:
    return tuple(
        Entry(href=f"#{name}", text=phrase(f"{name}_title", language))
        for name in SECTIONS
        if name in sections
    )


def _footer(context: Context) -> tuple[FooterLine, ...]:
    evaluation = context.evaluation
    sampling = evaluation.rollback.sampling
    decimal = context.numerals.decimal
    lines = (
        ("version", evaluation.version),
        ("seed", str(sampling.seed)),
        ("draws", decimal(sampling.draws, 0)),
        ("policy_draws", decimal(sampling.policy_draws, 0)),
        ("digest", evaluation.digest),
    )
    return tuple(
        FooterLine(label=phrase(name, context.language), value=value) for name, value in lines
    )
