"""Distributions as they are written: parameters checked, other parametrisations resolved."""

import math
from collections.abc import Callable, Iterable, Mapping

from decide.model.distribution import (
    Beta,
    Distribution,
    Lognormal,
    Normal,
    Percentiles,
    Triangular,
    Uniform,
)
from decide.read.nodes import Entries
from decide.read.problems import Problems

PERCENTILES = ("p10", "p50", "p90")
FORMS = ("normal", "lognormal", "triangular", "pert", "beta", "uniform", "discrete")
Z90 = 1.2815515655446004  # standard normal quantile at 0.9
LEAST, MOST = 0.166578, 0.833422  # of (p50 - p10) / (p90 - p10); Keelin 2016, section 5

Parameters = Mapping[str, float]
Read = Callable[..., Parameters]


def read_distribution(
    form: str, entries: Entries, read: Read, problems: Problems
) -> Distribution | None:
    """Return a continuous distribution; None where its parameters do not make one.

    `read(entries, keys, scaled=True)` gives the constants under some keys.
    """
    bounds = read(entries, ("min", "max"))
    low, high = bounds.get("min"), bounds.get("max")
    if form == "p10, p50, p90":
        return _percentiles(entries, read(entries, PERCENTILES), low, high, problems)
    below = entries.below(form)
    if form in {"triangular", "pert", "uniform"}:
        _refuse_outer_bounds(entries, form, problems)
    match form:
        case "normal":
            made = read(below, ("mean", "sd"))
            return _normal(entries, made, low, high, problems)
        case "lognormal":
            return _lognormal(below, read, low, high, problems)
        case "triangular" | "pert":
            return _mode_form(form, below, read(below, ("min", "mode", "max")), problems)
        case "uniform":
            made = read(below, ("min", "max"))
            if _fails(made, ("min", "max")) or not _rises(below, made, problems):
                return None
            return Uniform(min=made["min"], max=made["max"])
        case _:
            made = read(below, ("alpha", "beta"), scaled=False)
            return _beta(below, made, low, high, problems)


def _percentiles(
    entries: Entries,
    made: Parameters,
    low: float | None,
    high: float | None,
    problems: Problems,
) -> Distribution | None:
    missing = [key for key in PERCENTILES if key not in made]
    if missing:
        problems.error(
            entries,
            f"p10, p50 and p90 go together, and {' and '.join(missing)} is missing",
            f"add {', '.join(missing)}, or use another distribution",
        )
        return None
    p10, p50, p90 = (made[key] for key in PERCENTILES)
    if any(math.isnan(x) for x in (p10, p50, p90, low or 0.0, high or 0.0)):
        return None
    if not p10 < p50 < p90:
        problems.error(
            entries.values["p50"],
            f"p10 {entries.text('p10')}, p50 {entries.text('p50')}, p90 {entries.text('p90')} do "
            "not rise",
            "order them: p10 < p50 < p90",
        )
        return None
    if low is not None and low >= p10:
        problems.error(
            entries.values["min"], f"min {entries.text('min')} is not below p10", "lower it"
        )
        return None
    if high is not None and high <= p90:
        problems.error(
            entries.values["max"], f"max {entries.text('max')} is not above p90", "raise it"
        )
        return None
    y10, y50, y90 = (unbounded(x, low, high) for x in (p10, p50, p90))
    skew = (y50 - y10) / (y90 - y10)
    if not LEAST <= skew <= MOST:
        problems.error(
            entries.values["p50"],
            "p10, p50 and p90 are too skewed for the distribution that goes through them: p50 lies "
            f"{skew:.0%} of the way from p10 to p90{' (bounds considered)' if low or high else ''}, "
            "and 17 % to 83 % is the limit",
            "give min or max if the quantity has a bound, or use a lognormal",
        )
        return None
    found = Percentiles(p10=p10, p50=p50, p90=p90, min=low, max=high)
    if p10 > 0 and low is None and far_left(found) < 0:
        problems.warn(
            entries.values["p10"],
            f"p10 is {entries.text('p10')}, yet one draw in a thousand falls below "
            f"{far_left(found):.3g}",
            "give `min: 0` if it cannot be negative",
        )
    return found


def unbounded(x: float, low: float | None, high: float | None) -> float:
    """Return a value on the scale on which the metalog has no bounds."""
    if low is not None and high is not None:
        return math.log((x - low) / (high - x))
    if low is not None:
        return math.log(x - low)
    if high is not None:
        return -math.log(high - x)
    return x


def far_left(d: Percentiles) -> float:
    """Return the 0.1 % quantile of a metalog that has no lower bound."""
    y10, y50, y90 = (unbounded(x, None, d.max) for x in (d.p10, d.p50, d.p90))
    share = 0.001
    skew = (1 - 2 * (y50 - y10) / (y90 - y10)) / 0.8
    spread = (y90 - y10) / math.log(9)
    y = y50 + spread * (0.5 + skew * (share - 0.5)) * math.log(share / (1 - share))
    return y if d.max is None else d.max - math.exp(-y)


def _normal(
    entries: Entries,
    made: Parameters,
    low: float | None,
    high: float | None,
    problems: Problems,
) -> Distribution | None:
    if _fails(made, ("mean", "sd")):
        return None
    if made["sd"] <= 0:
        problems.error(
            entries.below("normal").values["sd"], f"sd is {made['sd']:g}; it must be above 0"
        )
        return None
    if not _bounds_rise(entries, low, high, problems):
        return None
    return Normal(mean=made["mean"], sd=made["sd"], min=low, max=high)


def _lognormal(
    below: Entries,
    read: Read,
    low: float | None,
    high: float | None,
    problems: Problems,
) -> Distribution | None:
    given = sorted(below)
    made: Parameters = {}
    if given == ["p10", "p90"]:
        made = read(below, ("p10", "p90"))
        if any(math.isnan(x) for x in made.values()):
            return None
        if not 0 < made["p10"] < made["p90"]:
            problems.error(below, "a lognormal needs 0 < p10 < p90")
            return None
        a, b = math.log(made["p10"]), math.log(made["p90"])
        return Lognormal(mu=(a + b) / 2, sigma=(b - a) / (2 * Z90), min=low, max=high)
    if given == ["mean", "sd"]:
        made = read(below, ("mean", "sd"))
        if any(math.isnan(x) for x in made.values()):
            return None
        if made["mean"] <= 0 or made["sd"] <= 0:
            problems.error(below, "a lognormal needs a mean and an sd above 0")
            return None
        variance = math.log1p((made["sd"] / made["mean"]) ** 2)
        mu = math.log(made["mean"]) - variance / 2
        return Lognormal(mu=mu, sigma=math.sqrt(variance), min=low, max=high)
    if given == ["mu", "sigma"]:
        made = read(below, ("mu", "sigma"), scaled=False)
        if any(math.isnan(x) for x in made.values()):
            return None
        if made["sigma"] <= 0:
            problems.error(below.values["sigma"], "sigma must be above 0")
            return None
        return Lognormal(mu=made["mu"], sigma=made["sigma"], min=low, max=high)
    problems.error(
        below,
        f"a lognormal with {', '.join(given) or 'nothing'} is not determined",
        "give p10 and p90, or mean and sd, or mu and sigma",
    )
    return None


def _mode_form(
    form: str, below: Entries, made: Parameters, problems: Problems
) -> Distribution | None:
    if _fails(made, ("min", "mode", "max")):
        return None
    low, mode, high = made["min"], made["mode"], made["max"]
    if not (low <= mode <= high and low < high):
        problems.error(
            below,
            f"min {below.text('min')}, mode {below.text('mode')}, max {below.text('max')} do not "
            "rise",
            "order them: min <= mode <= max",
        )
        return None
    if form == "triangular":
        return Triangular(min=low, mode=mode, max=high)
    share = (mode - low) / (high - low)
    return Beta(alpha=1 + 4 * share, beta=1 + 4 * (1 - share), min=low, max=high)


def _beta(
    below: Entries,
    made: Parameters,
    low: float | None,
    high: float | None,
    problems: Problems,
) -> Distribution | None:
    if _fails(made, ("alpha", "beta")):
        return None
    if made["alpha"] <= 0 or made["beta"] <= 0:
        problems.error(below, "alpha and beta must be above 0")
        return None
    least, most = 0.0 if low is None else low, 1.0 if high is None else high
    if least >= most:
        problems.error(below, f"min {least:g} is not below max {most:g}")
        return None
    return Beta(alpha=made["alpha"], beta=made["beta"], min=least, max=most)


def _fails(made: Parameters, keys: Iterable[str]) -> bool:
    return any(math.isnan(made.get(key, math.nan)) for key in keys)


def _rises(below: Entries, made: Parameters, problems: Problems) -> bool:
    if made["min"] < made["max"]:
        return True
    problems.error(below, f"min {below.text('min')} is not below max {below.text('max')}")
    return False


def _bounds_rise(
    entries: Entries, low: float | None, high: float | None, problems: Problems
) -> bool:
    if low is None or high is None or low < high:
        return True
    problems.error(entries.values["min"], f"min {low:g} is not below max {high:g}")
    return False


def _refuse_outer_bounds(entries: Entries, form: str, problems: Problems) -> None:
    for key in ("min", "max"):
        if key in entries:
            problems.error(
                entries.keys[key],
                f"{key!r} beside {form!r} has no meaning; its own min and max stand inside",
                f"move it into {form}: {{…}}",
            )
