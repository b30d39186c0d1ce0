"""The distributions a quantity may have: data only; `decide.uncertainty` knows their quantiles."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Percentiles:
    """The three-term metalog through P10, P50 and P90, within the bounds that are given.

    Unbounded, log (one bound) or logit (two bounds); Keelin, Decision Analysis 13 (2016) 243-277.
    """

    p10: float
    p50: float
    p90: float
    min: float | None = None
    max: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metalog:
    """A metalog through other percentiles, or more: level(c) + steepness(c) ln(u / (1 - u)).

    Both are polynomials in c = u - 1/2, constant first. Within bounds it is the log or the logit
    metalog, as for `Percentiles`; Keelin 2016, equation 6 and section 4.
    """

    level: tuple[float, ...]
    steepness: tuple[float, ...]
    min: float | None = None
    max: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpolated:
    """A monotone curve through percentiles that no metalog goes through.

    The value, on the scale on which it has no bounds, over the normal score of the share: cubic
    between the percentiles (Fritsch and Butland 1984), straight outside.
    """

    shares: tuple[float, ...]  # rising, in (0, 1)
    values: tuple[float, ...]  # rising
    min: float | None = None
    max: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Normal:
    """Normal, truncated to the bounds that are given."""

    mean: float
    sd: float
    min: float | None = None
    max: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lognormal:
    """Lognormal: ln x is normal(mu, sigma); truncated to the bounds that are given."""

    mu: float
    sigma: float
    min: float | None = None
    max: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangular:
    """Triangular."""

    min: float
    mode: float
    max: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Beta:
    """Beta, stretched from [0, 1] to [min, max]; a PERT is read as one (lambda = 4)."""

    alpha: float
    beta: float
    min: float = 0.0
    max: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Uniform:
    """Uniform on [min, max]."""

    min: float
    max: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrete:
    """Finitely many states, in the order of the file; probabilities sum to 1."""

    values: tuple[float, ...]
    probabilities: tuple[float, ...]
    states: tuple[str, ...] = ()  # ids of the states, () where they have none


@dataclass(frozen=True, slots=True, kw_only=True)
class Empirical:
    """What was seen: the k-th of n values is the quantile at (k - 1/2) / n (Hazen).

    Straight lines between, flat outside, so its mean is that of the values; truncated to the
    bounds that are given.
    """

    values: tuple[float, ...]  # never falling
    min: float | None = None
    max: float | None = None


Component = (
    Percentiles
    | Metalog
    | Interpolated
    | Normal
    | Lognormal
    | Triangular
    | Beta
    | Uniform
    | Discrete
    | Empirical
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """One of several distributions, each with its probability; truncated as a whole."""

    probabilities: tuple[float, ...]  # above 0, they sum to 1
    components: tuple[Component, ...]  # a discrete one stands for its values
    min: float | None = None
    max: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifted:
    """A distribution whose every value gives way to one of a higher rank, or a lower one.

    What had a normal score z has the value that stood at z + `score`; bounds stay where they are.
    """

    distribution: Component | Mixture  # continuous
    score: float


Distribution = Component | Mixture | Shifted
