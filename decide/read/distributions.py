"""Distributions as they are written: parameters checked, other parametrisations resolved."""

import math
from collections.abc import Callable, Mapping

from decide.language import NOTHING, listed, said
from decide.model.distribution import (
    Beta,
    Distribution,
    Lognormal,
    Normal,
    Triangular,
    Uniform,
)
from decide.read.nodes import Entries, Node
from decide.read.percentiles import percentiles_of, read_percentiles
from decide.read.problems import Problems
from decide.read.scale import Scale

FORMS = (
    *("normal", "lognormal", "triangular", "pert", "beta", "uniform", "discrete"),
    *("empirical", "mixture"),
)
FARTHEST = 37  # standard deviations beyond which a normal has no mass that a float can hold
Z90 = 1.2815515655446004  # standard normal quantile at 0.9

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
    bounds = read_bounds(entries, read, problems)
    if bounds is None:
        return None
    low, high = bounds
    match form:
        case "percentiles":
            made = read(entries, percentiles_of(entries))
            return read_percentiles(entries, made, low, high, problems)
        case "normal":
            return _normal(below, read(below, ("mean", "sd")), low, high, problems)
        case "lognormal":
            return _lognormal(below, read, low, high, scale, problems)
        case _:
            made = read(below, ("alpha", "beta"), scaled=False)
            return _beta(below, made, low, high, scale, problems)


def read_bounds(
    entries: Entries, read: Read, problems: Problems
) -> tuple[float | None, float | None] | None:
    """Return min and max, None for one that is not given; None where they are no bounds."""
    bounds = read(entries, ("min", "max"))
    low, high = bounds.get("min"), bounds.get("max")
    if any(math.isnan(bound) for bound in bounds.values()):
        return None
    if low is not None and high is not None and low >= high:
        message = said(
            "min {low} is not below max {high}",
            low=entries.text("min"),
            high=entries.text("max"),
        )
        problems.error(entries.values["min"], message, said("order them: min < max"))
        return None
    return low, high


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
        message = said("the standard deviation is {sd}; it must be above 0", sd=below.text("sd"))
        problems.error(below.values["sd"], message, said("a number without spread is a value"))
        return None
    found = Normal(mean=made["mean"], sd=made["sd"], min=low, max=high)
    return found if _leaves_mass(found, below, problems) else None


def _leaves_mass(d: Normal, below: Entries, problems: Problems) -> bool:
    """Say whether the bounds leave anything that a number can tell from nothing."""
    is_above = d.min is not None and d.min > d.mean + FARTHEST * d.sd
    is_below = d.max is not None and d.max < d.mean - FARTHEST * d.sd
    if is_above or is_below:
        message = said(
            "{bound} leaves nothing of this distribution: it lies over {farthest} standard "
            "deviations out",
            bound="min" if is_above else "max",
            farthest=FARTHEST,
        )
        problems.error(below, message, said("widen the bounds, or leave them out"))
    return not (is_above or is_below)


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
    message, at = NOTHING, below
    mu = sigma = 0.0
    match given:
        case ("p10", "p90"):
            if 0 < made["p10"] < made["p90"]:
                a, b = math.log(made["p10"]), math.log(made["p90"])
                mu, sigma = (a + b) / 2, (b - a) / (2 * Z90)
            else:
                message = said("a lognormal needs 0 < p10 < p90")
        case ("mean", "sd"):
            if made["mean"] > 0 and made["sd"] > 0:
                variance = math.log1p(min(made["sd"] / made["mean"], 1e150) ** 2)
                mu, sigma = math.log(made["mean"]) - variance / 2, math.sqrt(variance)
            else:
                message = said("a lognormal needs a mean and an sd above 0")
        case ("mu", "sigma"):
            mu, sigma = made["mu"] + math.log(scale.bare), made["sigma"]
            message = NOTHING if sigma > 0 else said("sigma must be above 0")
        case _:
            message = said(
                "a lognormal with {given} is not determined",
                given=listed(given) if given else said("nothing"),
            )
    if message:
        problems.error(at, message, said("give p10 and p90, or mean and sd, or mu and sigma"))
        return None
    if high is not None and high <= 0:
        problems.error(
            at,
            said("a lognormal is above 0, and its max is {high:g}", high=high),
            said("raise the max"),
        )
        return None
    logs = [None if b is None or b <= 0 else math.log(b) for b in (low, high)]
    normal = Normal(mean=mu, sd=sigma, min=logs[0], max=logs[1])
    if not _leaves_mass(normal, below, problems):
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
        advice = (
            said("order them: min < max")
            if form == "uniform"
            else said("order them: min <= mode <= max")
        )
        problems.error(below, said("{shown} do not rise", shown=shown), advice)
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
            message = said("{key} is {value}; it must be above 0", key=key, value=below.text(key))
            problems.error(below.values[key], message, said("beta: {alpha: 2, beta: 5} is one"))
            return None
    least, most = 0.0 if low is None else low, scale.whole if high is None else high
    if least >= most:
        problems.error(
            below,
            said("min {least:g} is not below max {most:g}", least=least, most=most),
            said("order them: min < max"),
        )
        return None
    return Beta(alpha=made["alpha"], beta=made["beta"], min=least, max=most)


def _fails(made: Parameters, *keys: str) -> bool:
    return any(math.isnan(made.get(key, math.nan)) for key in keys)


def _refuse_outer_bounds(entries: Entries, form: str, problems: Problems) -> None:
    for key in ("min", "max"):
        if key in entries:
            at: Node = entries.keys[key]
            message = said(
                "{key!r} beside {form!r} has no meaning; its own stand inside", key=key, form=form
            )
            problems.error(at, message, said("move it into {form}: {{…}}", form=form))
