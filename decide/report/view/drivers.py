"""What drives the result: the tornado and the switch points."""

from dataclasses import dataclass, replace

from decide.analyses.sensitivity import Bar
from decide.analyses.switch_points import SwitchPoint
from decide.report.view.context import Context
from decide.report.view.fitting import shorten
from decide.report.view.numerals import MoneyScale, rounded
from decide.report.view.parts import Part, Sentence, plain
from decide.report.view.scale import Axis, axis_over, coordinate, ticks
from decide.report.words import drivers as words

MOST_BARS = 14
WIDTH, ROW, TOP = 830, 50, 24
NAME, LEFT, RIGHT = 4, 176, 640  # names stand above their bars, so that both fit a telephone
LONGEST_NAME, LONGEST_LEADER = 90, 28


@dataclass(frozen=True, slots=True, kw_only=True)
class BarEnd:
    """What stands at one end of a bar."""

    x: str
    amount: str
    setting: str  # the input's value there
    leader: str  # who leads there instead; "" where nobody does


@dataclass(frozen=True, slots=True, kw_only=True)
class TornadoBar:
    """One input's bar."""

    name: str
    full: str  # the whole name where it is cut; "" elsewhere
    href: str
    low: str  # path of the bar towards the low end
    high: str
    name_y: str
    text_y: str
    leader_y: str
    held: str  # path of the thin mark
    left: BarEnd
    right: BarEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class TornadoTick:
    """A mark on the axis."""

    x: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tornado:
    """The picture."""

    width: str
    height: str
    title: str
    note: str
    base_x: str
    bottom: str
    name_x: str
    ticks: tuple[TornadoTick, ...]
    bars: tuple[TornadoBar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverRow:
    """One input in the table."""

    quantity: Part
    low: str
    high: str
    at_low: str
    at_high: str
    held_at_low: str
    held_at_high: str
    leader_at_low: Part
    leader_at_high: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchRow:
    """One switch point in the table."""

    quantity: Part
    now: str
    at: str
    leader: Part
    until: str  # who leads up to there; "" where it is the leader of all
    distance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drivers:
    """The fifth section."""

    opening: tuple[Sentence, ...]
    tornado: Tornado | None
    remarks: tuple[str, ...]
    caption: str  # of the table behind the picture
    rows: tuple[DriverRow, ...]
    switches: tuple[SwitchRow, ...]


def drivers_view(context: Context) -> Drivers:
    """Show what moves the leader's worth, one input at a time."""
    sensitivity = context.evaluation.sensitivity
    scale = context.scale
    moving = tuple(b for b in sensitivity.bars if is_moving(b, scale))
    return Drivers(
        opening=_opening(context, scale),
        tornado=_tornado(context, moving[:MOST_BARS], scale) if moving else None,
        remarks=_remarks(context, len(moving), len(sensitivity.bars)),
        caption=words.table(context.strategy(sensitivity.leader), scale.unit, context.language),
        rows=tuple(_row(context, b, scale) for b in moving),
        switches=tuple(_switch(context, p) for p in sensitivity.switch_points),
    )


def is_moving(bar: Bar, scale: MoneyScale) -> bool:
    """Whether a bar can be told from nothing at the figures' precision."""
    ends = {scale.write(x) for x in (bar.at_low, bar.at_high, bar.held_at_low, bar.held_at_high)}
    return len(ends) > 1 or bar.leader_at_low != bar.leader_at_high


def _opening(context: Context, scale: MoneyScale) -> tuple[Sentence, ...]:
    sensitivity = context.evaluation.sensitivity
    if not sensitivity.bars:
        return (plain(words.nothing(context.language)),)
    widest = sensitivity.bars[0]
    quantities = {p.quantity for p in sensitivity.switch_points if p.is_plausible}
    leader = context.strategy(sensitivity.leader)
    if widest.width == 0:
        said = plain(words.still(leader, context.language))
    else:
        ends = ((widest.low, widest.at_low), (widest.high, widest.at_high))
        low, high = (
            (context.quantity_amount(widest.quantity, x), scale.write(worth)) for x, worth in ends
        )
        link = context.quantity_link(widest.quantity)
        said = words.opening(link, low, high, leader, context.language)
    return said, plain(words.switches(len(quantities), context.language))


def _remarks(context: Context, moving: int, every: int) -> tuple[str, ...]:
    found = []
    if moving > MOST_BARS:
        found.append(words.left_out(moving - MOST_BARS, context.language))
    if every > moving:
        found.append(words.unmoving(every - moving, context.language))
    return tuple(found)


def _tornado(context: Context, bars: tuple[Bar, ...], scale: MoneyScale) -> Tornado:
    sensitivity = context.evaluation.sensitivity
    amounts = [sensitivity.base]
    for bar in bars:
        amounts += [bar.at_low, bar.at_high, bar.held_at_low, bar.held_at_high]
    axis = axis_over(amounts, LEFT, RIGHT)
    bottom = TOP + ROW * len(bars) + 4
    marks = ticks(axis.low, axis.high, 6)
    return Tornado(
        width=str(WIDTH),
        height=str(bottom + 8),
        title=words.chart(context.strategy(sensitivity.leader), context.language),
        note=words.chart_note(scale.write(sensitivity.base), context.language),
        base_x=coordinate(axis.at(sensitivity.base)),
        bottom=str(bottom),
        name_x=str(NAME),
        ticks=tuple(
            TornadoTick(x=coordinate(axis.at(a)), text=context.numerals.number(a / scale.factor, 2))
            for a in marks
        ),
        bars=tuple(_bar(context, bar, row, axis, scale) for row, bar in enumerate(bars)),
    )


def _bar(context: Context, bar: Bar, row: int, axis: Axis, scale: MoneyScale) -> TornadoBar:
    top = TOP + ROW * row
    base = axis.at(context.evaluation.sensitivity.base)
    low, high = axis.at(bar.at_low), axis.at(bar.at_high)
    held = sorted((axis.at(bar.held_at_low), axis.at(bar.held_at_high)))
    full = context.quantity(bar.quantity)
    name = shorten(full, LONGEST_NAME)
    left, right = min(low, high, held[0], base) - 6, max(low, high, held[1], base) + 6
    ends = (
        _end(context, bar, (bar.low, bar.at_low, bar.leader_at_low), scale),
        _end(context, bar, (bar.high, bar.at_high, bar.leader_at_high), scale),
    )
    first, second = ends if bar.at_low <= bar.at_high else ends[::-1]
    return TornadoBar(
        name=name,
        full="" if name == full else full,
        href=context.quantity_link(bar.quantity).href,
        low=f"M{coordinate(base)} {top + 30}H{coordinate(low)}",
        high=f"M{coordinate(base)} {top + 30}H{coordinate(high)}",
        name_y=str(top + 15),
        text_y=str(top + 34),
        leader_y=str(top + 46),
        held=f"M{coordinate(held[0])} {top + 30}H{coordinate(held[1])}",
        left=replace(first, x=coordinate(left)),
        right=replace(second, x=coordinate(right)),
    )


def _end(context: Context, bar: Bar, end: tuple[float, float, str], scale: MoneyScale) -> BarEnd:
    setting, amount, led_by = end
    is_same = led_by == context.evaluation.sensitivity.leader
    return BarEnd(
        x="",
        amount=scale.write_bare(amount),
        setting=words.at(context.quantity_amount(bar.quantity, setting), context.language),
        leader=""
        if is_same
        else words.led_by(shorten(context.strategy(led_by), LONGEST_LEADER), context.language),
    )


def _row(context: Context, bar: Bar, scale: MoneyScale) -> DriverRow:
    return DriverRow(
        quantity=context.quantity_link(bar.quantity),
        low=context.quantity_amount(bar.quantity, bar.low),
        high=context.quantity_amount(bar.quantity, bar.high),
        at_low=scale.write_bare(bar.at_low),
        at_high=scale.write_bare(bar.at_high),
        held_at_low=scale.write_bare(bar.held_at_low),
        held_at_high=scale.write_bare(bar.held_at_high),
        leader_at_low=_leader(context, bar.leader_at_low),
        leader_at_high=_leader(context, bar.leader_at_high),
    )


def _leader(context: Context, strategy: str) -> Part:
    is_same = strategy == context.evaluation.sensitivity.leader
    return Part(words.same(context.language)) if is_same else context.strategy_link(strategy)


def switch_amount(context: Context, point: SwitchPoint) -> str:
    """Write where a switch lies in two digits, more where that would put it too near the input."""
    now = context.quantity_amount(point.quantity, point.now)
    for digits in range(2, 7):
        at = rounded(point.at, digits)
        text = context.quantity_amount(point.quantity, at, max(digits, 3))
        if text != now and abs(at - point.at) <= abs(point.at - point.now) / 4:
            return text
    return text


def _switch(context: Context, point: SwitchPoint) -> SwitchRow:
    at = switch_amount(context, point)
    say = words.below if point.at < point.now else words.above
    distance = context.numerals.percent(point.distance)
    return SwitchRow(
        quantity=context.quantity_link(point.quantity),
        now=context.quantity_amount(point.quantity, point.now),
        at=say(at, context.language),
        leader=context.strategy_link(point.leader),
        until=""
        if point.until == context.evaluation.sensitivity.leader
        else words.until(context.strategy(point.until), context.language),
        distance=words.widths(distance, context.language)
        if point.is_plausible
        else words.outside(context.language),
    )
