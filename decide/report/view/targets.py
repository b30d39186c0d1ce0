"""The firms: gates, screening totals, and what buying each is worth."""

from dataclasses import dataclass

from decide.analyses.score import Scores
from decide.analyses.screening import ScreenedTarget, Screening
from decide.model.criterion import leaves
from decide.report.view.anchors import (
    criterion_anchor,
    gate_anchor,
    target_anchor,
    target_performance_anchor,
)
from decide.report.view.context import Context
from decide.report.view.numerals import UNKNOWN
from decide.report.view.parts import Part, Sentence, plain
from decide.report.view.scores import HeatCell, heat_cell
from decide.report.words import sources as status_words
from decide.report.words import targets as words

_SIGNS = {"pass": "\u2713", "fail": "\u2717", "unknown": "?"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GateMark:
    """A finding, as a sign with its words."""

    sign: str
    status: str  # class: pass, fail or unknown
    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """A firm that passes."""

    firm: Part
    gates: tuple[GateMark, ...]
    total: str
    certainty_equivalent: str
    expected_value: str
    shortfall: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedGate:
    """A gate that a firm fails, and why."""

    firm: Part
    gate: Part
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningRow:
    """A firm's values on the screening criteria."""

    firm: Part
    total: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSection:
    """The seventh section."""

    opening: tuple[Sentence, ...]
    caption: str
    gates: tuple[str, ...]
    rows: tuple[TargetRow, ...]
    failed: tuple[FailedGate, ...]
    criteria: tuple[Part, ...]
    weights: tuple[str, ...]
    screening: tuple[ScreeningRow, ...]


def targets_view(context: Context) -> TargetSection | None:
    """Rank the firms; None where there are none."""
    screening = context.evaluation.screening
    if screening is None or not screening.targets:
        return None
    model = context.evaluation.model
    passing = tuple(t for t in screening.targets if not t.failed)
    criteria = leaves(model.screening)
    scores = screening.scores
    return TargetSection(
        opening=_opening(context, screening, passing),
        caption=words.caption(context.scale.unit, context.language),
        gates=tuple(context.label(g.label) for g in model.gates.values()),
        rows=tuple(_row(context, screening, t) for t in passing),
        failed=tuple(f for t in screening.targets for f in _failures(context, t)),
        criteria=tuple(
            Part(context.label(c.label), f"#{criterion_anchor(context.evaluation.model, c.id)}")
            for c in criteria
        ),
        weights=tuple(context.numerals.percent(scores.weights[c.id]) for c in criteria)
        if scores
        else (),
        screening=tuple(_screening_row(context, scores, t) for t in scores.ranking)
        if scores
        else (),
    )


def _opening(
    context: Context, screening: Screening, passing: tuple[ScreenedTarget, ...]
) -> tuple[Sentence, ...]:
    language = context.language
    failing = len(screening.targets) - len(passing)
    if not passing:
        return (plain(words.gates_passed(0, failing, language)),)
    valued = [t for t in passing if t.strategy]
    found: list[Sentence] = []
    if valued:
        best = valued[0]
        worth = context.scale.write(best.certainty_equivalent)
        found.append(
            words.opening(len(passing), failing, _firm(context, best.target), worth, language)
        )
        found.append(_shortfall(context, screening, best))
    else:
        every = len(screening.targets)
        found.append(plain(words.gates_passed(len(passing), every, language)))
        found.append(plain(words.not_bought(language)))
    scores = screening.scores
    if scores and scores.ranking:
        first = scores.ranking[0]
        total = context.numerals.decimal(100 * scores.totals[first], 1)
        found.append(plain(words.best_score(context.target(first), total, language)))
    return tuple(found)


def _shortfall(context: Context, screening: Screening, best: ScreenedTarget) -> Sentence:
    leader = context.evaluation.verdict.leader
    short = screening.shortfall.get(best.target, 0.0)
    if best.strategy == leader or short <= 0:
        return plain(words.leads(context.language))
    return words.short(context.strategy_link(leader), context.scale.write(short), context.language)


def _firm(context: Context, target: str) -> Part:
    return Part(context.target(target), f"#{target_anchor(context.evaluation.model, target)}")


def _row(context: Context, screening: Screening, target: ScreenedTarget) -> TargetRow:
    write = context.scale.write_bare
    wide = context.wide.write_bare
    total = target.total
    return TargetRow(
        firm=_firm(context, target.target),
        gates=tuple(_gate(context, target.target, gate) for gate in context.evaluation.model.gates),
        total=context.numerals.decimal(100 * total, 1),
        certainty_equivalent=write(target.certainty_equivalent),
        expected_value=wide(target.expected_value),
        shortfall=write(screening.shortfall[target.target])
        if target.target in screening.shortfall
        else UNKNOWN,
    )


def _gate(context: Context, target: str, gate: str) -> GateMark:
    model = context.evaluation.model
    firm = model.targets.get(target)
    status = firm.gates[gate].status if firm and gate in firm.gates else "unknown"
    return GateMark(
        sign=_SIGNS[status],
        status=status,
        text=status_words.status(status, context.language),
        href=f"#{gate_anchor(model, target, gate)}",
    )


def _failures(context: Context, target: ScreenedTarget) -> list[FailedGate]:
    model = context.evaluation.model
    found = []
    for gate in target.failed:
        finding = model.targets[target.target].gates[gate]
        label = context.label(model.gates[gate].label)
        found.append(
            FailedGate(
                firm=_firm(context, target.target),
                gate=Part(label, f"#{gate_anchor(model, target.target, gate)}"),
                why=finding.why,
            )
        )
    return found


def _screening_row(context: Context, scores: Scores, target: str) -> ScreeningRow:
    cells = scores.cells[target]
    model = context.evaluation.model
    hrefs = {c: f"#{target_performance_anchor(model, target, c)}" for c in scores.criteria}
    return ScreeningRow(
        firm=_firm(context, target),
        total=context.numerals.decimal(100 * scores.totals[target], 1),
        cells=tuple(
            heat_cell(context, cells[c], hrefs[c], is_share=False) for c in scores.criteria
        ),
    )
