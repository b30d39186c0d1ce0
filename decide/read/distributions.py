"""Distributions as they are written: parameters checked, other parametrisations resolved."""

import math
from collections.abc import Callable, Mapping

from decide.model.distribution import (
    Beta,
    Distribution,
    Lognormal,
    Normal,
    Percentiles,
    Triangular,
    Uniform,
)
from decide.read.nodes import Entries, Node
from decide.read.problems import Problems
from decide.read.scale import Scale

PERCENTILES = ("p10", "p50", "p90")
FORMS = ("normal", "lognormal", "triangular", "pert", "beta", "uniform", "discrete")
Z90 = 1.2815515655446004  # standard normal quantile at 0.9
LEAST, MOST = 0.166578, 0.833422  # of (p50 - p10) / (p90 - p10); Keelin 2016, section 5

Parameters = Mapping[str, float]
Read = Callable[..., Parameters]


def read_distribution(
    form: str, entries: Entries, read: Read, scale: Scale, problems: Problems
) -> Distribution | None:
    """Return a continuous distribution; None where its parameters do not make one.

    `read(entries, keys, scaled=True)` gives the constants under some keys, nan for what is none.
    """
    below = entries.below(form)
    if form in {"triangular", "pert", "uniform"}:
        _refuse_outer_bounds(entries, form, problems)
        return _bounded(form, below, read, problems)
    bounds = read(entries, ("min", "max"))
    low, high = bounds.get("min"), bounds.get("max")
    if any(math.isnan(bound) for bound in bounds.values()):
        return None
    if low is not None and high is not None and low >= high:
        message = f"min {entries.text('min')} is not below max {entries.text('max')}"
        problems.error(entries.values["min"], message, "order them: min < max")
        return None
    match form:
        case "p10, p50, p90":
            return _percentiles(entries, read(entries, PERCENTILES), low, high, problems)
        case "normal":
            return _normal(below, read(below, ("mean", "sd")), low, high, problems)
        case "lognormal":
            return _lognormal(below, read, low, high, scale, problems)
        case _:
            made = read(below, ("alpha", "beta"), scaled=False)
            return _beta(below, made, low, high, scale, problems)


def _percentiles(
    entries: Entries,
    made: Parameters,
    low: float | None,
    high: float | None,
    problems: Problems,
) -> Distribution | None:
    missing = [key for key in PERCENTILES if key not in made]
    if missing:
        message = f"p10, p50 and p90 go together, and {' and '.join(missing)} is missing"
        advice = f"add {', '.join(missing)}, or use another distribution"
        problems.error(entries, message, advice)
        return None
    p10, p50, p90 = (made[key] for key in PERCENTILES)
    if math.isnan(p10 + p50 + p90):
        return None
    if not p10 < p50 < p90:
        shown = ", ".join(f"{key} {entries.text(key)}" for key in PERCENTILES)
        at = entries.values["p50" if p10 >= p50 else "p90"]
        problems.error(at, f"{shown} do not rise", "order them: p10 < p50 < p90")
        return None
    if low is not None and low >= p10:
        message = f"min {entries.text('min')} is not below p10 {entries.text('p10')}"
        problems.error(entries.values["min"], message, "lower it, or raise p10")
        return None
    if high is not None and high <= p90:
        message = f"max {entries.text('max')} is not above p90 {entries.text('p90')}"
        problems.error(entries.values["max"], message, "raise it, or lower p90")
        return None
    found = Percentiles(p10=p10, p50=p50, p90=p90, min=low, max=high)
    if not _is_feasible(entries, found, problems) or not _has_mean(entries, found, problems):
        return None
    if p10 > 0 and low is None and far_left(found) < 0:
        message = f"p10 is {entries.text('p10')}, yet one draw in a thousand falls below "
        message += f"{far_left(found):.3g}"
        problems.warn(entries.values["p10"], message, "give `min: 0` if it cannot be negative")
    return found


def _is_feasible(entries: Entries, d: Percentiles, problems: Problems) -> bool:
    """Say whether the quantile function through the percentiles rises everywhere."""
    y10, y50, y90 = (unbounded(x, d.min, d.max) for x in (d.p10, d.p50, d.p90))
    if not (math.isfinite(y10) and math.isfinite(y90) and y10 < y50 < y90):
        message = "the bounds lie too far away, or too near, to be told from the percentiles"
        problems.error(entries, message, "leave out a bound that does not matter")
        return False
    skew = (y50 - y10) / (y90 - y10)
    if LEAST <= skew <= MOST:
        return True
    is_bounded = d.min is not None or d.max is not None
    message = (
        "p10, p50 and p90 are too skewed for one smooth distribution: p50 lies "
        f"{100 * skew:.0f} % of the way from p10 to p90"
        f"{' on the scale that the bounds make' if is_bounded else ''}, and it must lie between "
        "17 % and 83 %"
    )
    advice = "give min or max if the quantity has a bound, or use a lognormal"
    problems.error(entries.values["p50"], message, "use a lognormal" if is_bounded else advice)
    return False


def _has_mean(entries: Entries, d: Percentiles, problems: Problems) -> bool:
    """Say whether the mean exists; warn where the variance does not.

    With one bound the other side falls off like x to the power -1/a, where a is the slope of the
    log's quantile function in the logit of the share, far out: a mean needs a < 1, a variance
    a < 1/2.
    """
    if (d.min is None) == (d.max is None):
        return True
    y10, y50, y90 = (unbounded(x, d.min, d.max) for x in (d.p10, d.p50, d.p90))
    skew = (1 - 2 * (y50 - y10) / (y90 - y10)) / 0.8
    slope = (y90 - y10) / math.log(9) * (1 + skew if d.max is None else 1 - skew) / 2
    other = "max" if d.max is None else "min"
    if slope >= 1:
        message = "these percentiles with one bound leave so much in the other tail that the mean "
        problems.error(entries.values["p90"], message + "does not exist", f"give a {other} too")
        return False
    if slope >= 0.5:
        message = "these percentiles with one bound leave so much in the other tail that sampling "
        message += "errors are not to be trusted"
        problems.warn(entries.values["p90"], message, f"give a {other} too")
    return True


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


def far_left(d: Percentiles) -> float:
    """Return the 0.1 % quantile of a metalog that has no lower bound."""
    y10, y50, y90 = (unbounded(x, None, d.max) for x in (d.p10, d.p50, d.p90))
    share = 0.001
    skew = (1 - 2 * (y50 - y10) / (y90 - y10)) / 0.8
    spread = (y90 - y10) / math.log(9)
    y = y50 + spread * (0.5 + skew * (share - 0.5)) * math.log(share / (1 - share))
    return y if d.max is None else d.max - math.exp(min(-y, 700.0))


def _normal(
    below: Entries,
    made: Parameters,
    low: float | None,
    high: float | None,
    problems: Problems,
) -> Distribution | None:
    if _fails(made, "mean", "sd"):
        return None
    if made["sd"] <= 0:
        message = f"the standard deviation is {below.text('sd')}; it must be above 0"
        problems.error(below.values["sd"], message, "a number without spread is a value")
        return None
    return Normal(mean=made["mean"], sd=made["sd"], min=low, max=high)


def _lognormal(
    below: Entries,
    read: Read,
    low: float | None,
    high: float | None,
    scale: Scale,
    problems: Problems,
) -> Distribution | None:
    given = tuple(sorted(below))
    made = read(below, given, scaled=given != ("mu", "sigma"))
    if _fails(made, *given):
        return None
    message, at = "", below
    mu = sigma = 0.0
    match given:
        case ("p10", "p90"):
            if 0 < made["p10"] < made["p90"]:
                a, b = math.log(made["p10"]), math.log(made["p90"])
                mu, sigma = (a + b) / 2, (b - a) / (2 * Z90)
            else:
                message = "a lognormal needs 0 < p10 < p90"
        case ("mean", "sd"):
            if made["mean"] > 0 and made["sd"] > 0:
                variance = math.log1p(min(made["sd"] / made["mean"], 1e150) ** 2)
                mu, sigma = math.log(made["mean"]) - variance / 2, math.sqrt(variance)
            else:
                message = "a lognormal needs a mean and an sd above 0"
        case ("mu", "sigma"):
            mu, sigma = made["mu"] + math.log(scale.bare), made["sigma"]
            message = "" if sigma > 0 else "sigma must be above 0"
        case _:
            message = f"a lognormal with {' and '.join(given) or 'nothing'} is not determined"
    if message:
        problems.error(at, message, "give p10 and p90, or mean and sd, or mu and sigma")
        return None
    if high is not None and high <= 0:
        problems.error(at, f"a lognormal is above 0, and its max is {high:g}", "raise the max")
        return None
    return Lognormal(mu=mu, sigma=sigma, min=low, max=high)


def _bounded(form: str, below: Entries, read: Read, problems: Problems) -> Distribution | None:
    keys = ("min", "max") if form == "uniform" else ("min", "mode", "max")
    made = read(below, keys)
    if _fails(made, *keys):
        return None
    low, high = made["min"], made["max"]
    mode = made.get("mode", low)
    if not (low <= mode <= high and low < high):
        shown = ", ".join(f"{key} {below.text(key)}" for key in keys)
        advice = "order them: min < max" if form == "uniform" else "order them: min <= mode <= max"
        problems.error(below, f"{shown} do not rise", advice)
        return None
    if form == "uniform":
        return Uniform(min=low, max=high)
    if form == "triangular":
        return Triangular(min=low, mode=mode, max=high)
    share = (mode - low) / (high - low)
    return Beta(alpha=1 + 4 * share, beta=1 + 4 * (1 - share), min=low, max=high)


def _beta(
    below: Entries,
    made: Parameters,
    low: float | None,
    high: float | None,
    scale: Scale,
    problems: Problems,
) -> Distribution | None:
    if _fails(made, "alpha", "beta"):
        return None
    for key in ("alpha", "beta"):
        if made[key] <= 0:
            message = f"{key} is {below.text(key)}; it must be above 0"
            problems.error(below.values[key], message, "beta: {alpha: 2, beta: 5} is one")
            return None
    least, most = 0.0 if low is None else low, scale.whole if high is None else high
    if least >= most:
        problems.error(below, f"min {least:g} is not below max {most:g}", "order them: min < max")
        return None
    return Beta(alpha=made["alpha"], beta=made["beta"], min=least, max=most)


def _fails(made: Parameters, *keys: str) -> bool:
    return any(math.isnan(made.get(key, math.nan)) for key in keys)


def _refuse_outer_bounds(entries: Entries, form: str, problems: Problems) -> None:
    for key in ("min", "max"):
        if key in entries:
            at: Node = entries.keys[key]
            message = f"{key!r} beside {form!r} has no meaning; its own stand inside"
            problems.error(at, message, f"move it into {form}: {{…}}")
