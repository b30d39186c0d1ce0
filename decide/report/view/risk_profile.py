"""The risk profiles of all strategies in one picture."""

from dataclasses import dataclass

from decide.report.view.context import Context
from decide.report.view.scale import Axis, axis_over, coordinate, polyline, ticks
from decide.report.words import money as words

WIDTH, HEIGHT = 820, 380
LEFT, RIGHT, TOP, BOTTOM = 52, 806, 12, 338
LOWEST, HIGHEST = 0.01, 0.95  # what the axis holds of every strategy
STEP = 0.03  # a larger mass at one amount is drawn as a step


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark on an axis."""

    at: str
    text: str
    is_zero: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One strategy's profile, and its entry in the key."""

    path: str
    shade: str  # class of its colour and dashes
    number: str  # stands on the curve and in the key
    badge_x: str
    badge_y: str
    name: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskProfile:
    """The picture."""

    width: str
    height: str
    title: str
    note: str
    description: str
    left: str
    right: str
    top: str
    bottom: str
    axis_x: str
    axis_y: str
    axis_text: str
    amounts: tuple[Tick, ...]
    shares: tuple[Tick, ...]
    curves: tuple[Curve, ...]


def risk_profile_view(context: Context, order: tuple[str, ...]) -> RiskProfile:
    """Draw the cumulative distribution of every strategy's total."""
    profiles = {s: context.evaluation.rollback.values[s].profile for s in order}
    across = _amount_axis(context, order)
    up = Axis(0.0, 1.0, BOTTOM, TOP)
    places = _badge_levels(context, order)
    return RiskProfile(
        width=str(WIDTH),
        height=str(HEIGHT),
        title=words.profile_title(context.language),
        note=words.profile_note(_beyond(context, order, across), context.language),
        description=_description(context, order),
        left=str(LEFT),
        right=str(RIGHT),
        top=str(TOP),
        bottom=str(BOTTOM),
        axis_x=coordinate((LEFT + RIGHT) / 2),
        axis_y=str(HEIGHT - 8),
        axis_text=words.profile_axis(context.scale.unit, context.language),
        amounts=_amount_ticks(context, across),
        shares=tuple(
            Tick(at=coordinate(up.at(p)), text=context.numerals.percent(p), is_zero=p == 0)
            for p in (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)
        ),
        curves=tuple(
            _curve(context, strategy, index, profiles[strategy], (across, up), places[strategy])
            for index, strategy in enumerate(order)
        ),
    )


def _amount_axis(context: Context, order: tuple[str, ...]) -> Axis:
    """Leave out the outermost outcomes, which would squeeze all the rest."""
    ends = [0.0]
    for strategy in order:
        profile = context.evaluation.rollback.values[strategy].profile
        ends.append(_at_level(profile, LOWEST))
        ends.append(_at_level(profile, HIGHEST))
    return axis_over(ends, LEFT, RIGHT)


def _beyond(context: Context, order: tuple[str, ...], across: Axis) -> str:
    """Return the share of outcomes that may lie beyond the axis; "" where none does."""
    values = context.evaluation.rollback.values
    if all(values[s].profile[-1][0] <= across.high for s in order):
        return ""
    return context.numerals.percent(1 - HIGHEST)


def _amount_ticks(context: Context, across: Axis) -> tuple[Tick, ...]:
    amounts = ticks(across.low, across.high, 7)
    return tuple(
        Tick(
            at=coordinate(across.at(a)),
            text=context.numerals.number(a / context.scale.factor, 2),
            is_zero=a == 0,
        )
        for a in amounts
    )


def _at_level(profile: tuple[tuple[float, float], ...], level: float) -> float:
    return next((total for total, share in profile if share >= level), profile[-1][0])


def _badge_levels(context: Context, order: tuple[str, ...]) -> dict[str, float]:
    """Spread the badges over the height: the curves that rise first carry theirs highest."""
    values = context.evaluation.rollback.values
    by_median = sorted(order, key=lambda s: values[s].p50)
    count = len(by_median)
    return {s: 0.9 - 0.75 * (index + 0.5) / count for index, s in enumerate(by_median)}


def _curve(
    context: Context,
    strategy: str,
    index: int,
    profile: tuple[tuple[float, float], ...],
    axes: tuple[Axis, Axis],
    level: float,
) -> Curve:
    across, up = axes
    return Curve(
        path=_path(profile, across, up),
        shade=f"s{index % 8}",
        number=str(index + 1),
        badge_x=coordinate(across.at(_on_curve(profile, level))),
        badge_y=coordinate(up.at(level)),
        name=context.strategy(strategy),
        href=context.strategy_link(strategy).href,
    )


def _on_curve(profile: tuple[tuple[float, float], ...], level: float) -> float:
    """Return the total at which the drawn line crosses a level."""
    before = (profile[0][0], 0.0)
    for total, share in profile:
        if share >= level:
            width = share - before[1]
            if width > STEP:
                return total
            return before[0] + (total - before[0]) * (level - before[1]) / width if width else total
        before = (total, share)
    return profile[-1][0]


def _path(profile: tuple[tuple[float, float], ...], across: Axis, up: Axis) -> str:
    """Join the points by straight lines, as far as the axis goes."""
    points = [(across.low, 0.0)]
    before = 0.0
    for total, share in profile:
        if total > across.high:
            break
        if total < across.low:
            points = [(across.low, share)]
        else:
            if share - before > STEP or len(points) == 1:
                points.append((total, before))
            points.append((total, share))
        before = share
    points.append((across.high, before))
    return polyline([(across.at(x), up.at(y)) for x, y in points])


def _description(context: Context, order: tuple[str, ...]) -> str:
    values = context.evaluation.rollback.values
    write = context.scale.write
    lines = (
        words.profile_line(
            context.strategy(s),
            write(values[s].p10),
            write(values[s].p50),
            write(values[s].p90),
            context.language,
        )
        for s in order
    )
    return words.profile_description(" ".join(lines), context.language)
