"""What it would be worth to know quantities before the first decision, where that was asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from decide.analyses.information import Worth
from decide.report.view.context import Context
from decide.report.view.numerals import MoneyScale
from decide.report.view.parts import Part, Sentence, plain
from decide.report.view.scale import whole
from decide.report.words import information as words

WIDTH = 160  # of the longest bar


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthRow:
    """One quantity that is worth knowing."""

    quantity: Part
    worth: str
    error: str
    bar: str  # how long it is drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationSection:
    """What would it be worth to know?"""

    opening: tuple[Sentence, ...]
    caption: str
    width: str
    rows: tuple[WorthRow, ...]
    notes: tuple[str, ...]


def information_view(context: Context) -> InformationSection | None:
    """Show what is worth knowing, the most first; None where it was not asked or not found."""
    found = context.evaluation.rollback.information
    if found is None:
        return None
    every = found.quantities
    scale = context.numerals.money_scale([every.value], every.standard_error)
    singles = _singles(found.each)
    worth_it = tuple(s for s in singles if s[1].is_distinguishable and _is_seen(s[1], scale))
    left = len(singles) - len(worth_it)
    return InformationSection(
        opening=tuple(_opening(context, scale, worth_it)),
        caption=words.table(scale.unit, context.language),
        width=str(WIDTH),
        rows=tuple(_row(context, scale, name, worth, worth_it[0][1]) for name, worth in worth_it),
        notes=(
            words.note(context.language),
            *((words.left_out(left, context.language),) if left else ()),
        ),
    )


def _singles(each: Mapping[tuple[str, ...], Worth]) -> tuple[tuple[str, Worth], ...]:
    """Return single quantities, the one most worth knowing first."""
    singles = ((names[0], worth) for names, worth in each.items() if len(names) == 1)
    return tuple(sorted(singles, key=lambda single: -single[1].value))


def _is_seen(worth: Worth, scale: MoneyScale) -> bool:
    return scale.write(worth.value) != scale.write(0.0)


def _opening(
    context: Context, scale: MoneyScale, worth_it: tuple[tuple[str, Worth], ...]
) -> Iterator[Sentence]:
    found, language = context.evaluation.rollback.information, context.language
    assert found is not None, "the section is there"
    every = found.quantities
    error = context.numerals.money(2 * every.standard_error)
    worth = scale.write(every.value)
    yield (
        words.whole(worth, error, language)
        if every.standard_error
        else words.exactly(worth, language)
    )
    if found.outcomes is not None and found.outcomes.value > 0:
        yield words.outcomes(context.numerals.money(every.value + found.outcomes.value), language)
    if worth_it:
        name, most = worth_it[0]
        yield words.largest(context.quantity_link(name), scale.write(most.value), language)
    else:
        yield plain(words.nothing(language))


def _row(context: Context, scale: MoneyScale, name: str, worth: Worth, most: Worth) -> WorthRow:
    error = worth.standard_error
    return WorthRow(
        quantity=context.quantity_link(name),
        worth=scale.write_bare(worth.value),
        error=context.numerals.number(2 * error / scale.factor, 1) if error else "",
        bar=whole(WIDTH * worth.value / most.value),
    )
