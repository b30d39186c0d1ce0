"""Distributions by their percentiles: a metalog, or a monotone curve where there is none."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from decide.language import NOTHING, listed, said
from decide.model.distribution import Distribution, Interpolated, Metalog, Percentiles
from decide.read.metalog import MOST, SKEWED, Curve, fit_metalog, is_feasible
from decide.read.nodes import Entries
from decide.read.problems import Problems
from decide.read.written_percentiles import PERCENTILES

USUAL = ("p10", "p50", "p90")
FARTHEST = 700.0  # what exp can take
FAR_OUT = 0.001  # the share at which a quantity that is above 0 is looked at


def percentiles_of(entries: Entries) -> tuple[str, ...]:
    """Return the percentiles that a number has, in their order."""
    return tuple(key for key in PERCENTILES if key in entries)


def read_percentiles(
    entries: Entries,
    made: Mapping[str, float],
    low: float | None,
    high: float | None,
    problems: Problems,
) -> Distribution | None:
    """Return the distribution through percentiles, by their keys; None where there is none."""
    keys = percentiles_of(entries)
    if not _has_enough(entries, keys, problems) or any(map(math.isnan, made.values())):
        return None
    values = [made[key] for key in keys]
    if not _rise(entries, keys, values, problems):
        return None
    if low is not None and low >= values[0]:
        message = said(
            "min {low} is not below {key} {value}",
            low=entries.text("min"),
            key=keys[0],
            value=entries.text(keys[0]),
        )
        problems.error(
            entries.values["min"], message, said("lower it, or raise {key}", key=keys[0])
        )
        return None
    if high is not None and high <= values[-1]:
        message = said(
            "max {high} is not above {key} {value}",
            high=entries.text("max"),
            key=keys[-1],
            value=entries.text(keys[-1]),
        )
        problems.error(
            entries.values["max"], message, said("raise it, or lower {key}", key=keys[-1])
        )
        return None
    scores = [unbounded(x, low, high) for x in values]
    if not _are_apart(scores):
        message = said("the bounds lie too far away, or too near, to be told from the percentiles")
        problems.error(entries, message, said("leave out a bound that does not matter"))
        return None
    shares = tuple(int(key[1:]) / 100 for key in keys)
    curve = fit_metalog(shares, scores)
    far_left: float
    found: Distribution
    if not is_feasible(curve):
        _warn_infeasible(entries, keys, scores, problems)
        found = Interpolated(shares=shares, values=tuple(values), min=low, max=high)
        far_left = straight(shares, scores, FAR_OUT)
    elif not _has_mean(entries, curve, low, high, problems):
        return None
    else:
        far_left = curve.at(FAR_OUT)
        if keys == USUAL:
            p10, p50, p90 = values
            found = Percentiles(p10=p10, p50=p50, p90=p90, min=low, max=high)
        else:
            found = Metalog(level=curve.level, steepness=curve.steepness, min=low, max=high)
    if values[0] > 0 and low is None:
        _warn_below_zero(entries, keys[0], bounded(far_left, None, high), problems)
    return found


def unbounded(x: float, low: float | None, high: float | None) -> float:
    """Return a value on the scale on which the metalog has no bounds; nan where it has no place."""
    try:
        if low is not None and high is not None:
            return math.log((x - low) / (high - x))
        if low is not None:
            return math.log(x - low)
        return x if high is None else -math.log(high - x)
    except (ValueError, ZeroDivisionError):
        return math.nan


def bounded(y: float, low: float | None, high: float | None) -> float:
    """Return the value that `unbounded` makes into `y`."""
    up, down = math.exp(min(y, FARTHEST)), math.exp(min(-y, FARTHEST))
    if low is not None and high is not None:
        return low + (high - low) / (1 + down)
    if low is not None:
        return low + up
    return y if high is None else high - down


def straight(shares: Sequence[float], scores: Sequence[float], share: float) -> float:
    """Return where the straight tail of a monotone curve through percentiles has a share."""
    ends = slice(2) if share < shares[0] else slice(-2, None)
    at, first, second = (_normal_score(u) for u in (share, *shares[ends]))
    low, high = scores[ends]
    return low + (high - low) * (at - first) / (second - first)


def _has_enough(entries: Entries, keys: Sequence[str], problems: Problems) -> bool:
    if len(keys) < 3:
        missing = [key for key in USUAL if key not in keys][: 3 - len(keys)]
        message = (
            said("three percentiles or more go together, and {key} stands alone", key=keys[0])
            if len(keys) == 1
            else said(
                "three percentiles or more go together, and {one} and {other} are two",
                one=keys[0],
                other=keys[1],
            )
        )
        advice = said("add {missing}, or use another distribution", missing=listed(missing))
        problems.error(entries, message, advice)
    if len(keys) > MOST:
        message = said(
            "a smooth distribution goes through {most} percentiles at the most, and these are "
            "{number}",
            most=MOST,
            number=len(keys),
        )
        problems.error(entries, message, said("leave some out, or give the values as `empirical`"))
    return 3 <= len(keys) <= MOST


def _rise(
    entries: Entries, keys: Sequence[str], values: Sequence[float], problems: Problems
) -> bool:
    falls = [n for n in range(1, len(keys)) if values[n - 1] >= values[n]]
    if falls:
        shown = ", ".join(f"{key} {entries.text(key)}" for key in keys)
        at = entries.values[keys[falls[0]]]
        problems.error(
            at,
            said("{shown} do not rise", shown=shown),
            said("order them: {keys}", keys=" < ".join(keys)),
        )
    return not falls


def _are_apart(scores: Sequence[float]) -> bool:
    return all(map(math.isfinite, scores)) and all(a < b for a, b in pairwise(scores))


def _warn_infeasible(
    entries: Entries, keys: Sequence[str], scores: Sequence[float], problems: Problems
) -> None:
    """Say that no metalog goes through these percentiles, and what is drawn instead."""
    is_bounded = "min" in entries or "max" in entries
    listed = said("{others} and {last}", others=", ".join(keys[:-1]), last=keys[-1])
    message = said("no metalog goes through {listed}: it would fall somewhere", listed=listed)
    if len(keys) == 3 and keys[1] == "p50" and int(keys[0][1:]) + int(keys[2][1:]) == 100:
        skew = (scores[1] - scores[0]) / (scores[2] - scores[0])
        least = 0.5 - SKEWED * (0.25 - int(keys[0][1:]) / 200)
        message = said(
            "{listed} are too skewed for a metalog: p50 lies {skew:.0f} % of the way from {first} "
            "to {last}{scale}, and it would have to lie between {least:.0f} % and {most:.0f} %",
            listed=listed,
            skew=100 * skew,
            first=keys[0],
            last=keys[2],
            scale=said(" on the scale that the bounds make") if is_bounded else NOTHING,
            least=100 * least,
            most=100 - 100 * least,
        )
    advice = said(
        "drawn instead: the monotone curve through every one of them, straight in the tails; "
        "{way_out}",
        way_out=said("check them")
        if is_bounded
        else said("give min or max if the quantity has a bound"),
    )
    problems.warn(entries.values[keys[len(keys) // 2]], message, advice)


def _has_mean(
    entries: Entries, curve: Curve, low: float | None, high: float | None, problems: Problems
) -> bool:
    """Say whether the mean exists; warn where the variance does not.

    With one bound the other side falls off like x to the power -1/a, where a is the slope of the
    log's quantile function in the logit of the share, far out: a mean needs a < 1, a variance
    a < 1/2.
    """
    if (low is None) == (high is None):
        return True
    slope = curve.upper_tail if high is None else curve.lower_tail
    other = "max" if high is None else "min"
    at = entries.values[percentiles_of(entries)[-1]]
    if slope >= 1:
        message = said(
            "these percentiles with one bound leave so much in the other tail that the mean does "
            "not exist"
        )
        problems.error(at, message, said("give a {other} too", other=other))
        return False
    if slope >= 0.5:
        message = said(
            "these percentiles with one bound leave so much in the other tail that sampling "
            "errors are not to be trusted"
        )
        problems.warn(at, message, said("give a {other} too", other=other))
    return True


def _warn_below_zero(entries: Entries, key: str, least: float, problems: Problems) -> None:
    if least < 0:
        message = said(
            "{key} is {value}, yet one draw in a thousand falls below {least:.3g}",
            key=key,
            value=entries.text(key),
            least=least,
        )
        problems.warn(entries.values[key], message, said("give `min: 0` if it cannot be negative"))


def _normal_score(share: float) -> float:
    """Return the standard normal quantile of a share, by bisection."""
    below, above = -40.0, 40.0
    for _ in range(60):
        middle = (below + above) / 2
        if math.erfc(-middle / math.sqrt(2)) / 2 < share:
            below = middle
        else:
            above = middle
    return below
