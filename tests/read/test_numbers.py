"""Every form of a number, with suffixes, units and scales."""

import math

import pytest

from decide.model.distribution import (
    Beta,
    Discrete,
    Empirical,
    Lognormal,
    Mixture,
    Normal,
    Percentiles,
    Triangular,
    Uniform,
)
from decide.model.number import Definition, Fixed, Formula, Series
from tests.read.reading import CHOICE, quantity, read

ATOM = Discrete(values=(3,), probabilities=(1,))
NESTED = (
    "mixture: {a: {p: 1/2, mixture: {b: {p: 1/2, value: 3}, c: {p: rest, value: 3}}}, "
    "d: {p: 1/2, discrete: {3: 1/2, 1: rest}}}"
)
EVIDENT = "grade: judgement, reason: r"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12),
        ("-0.5", -0.5),
        ("+3", 3),
        ("1_000", 1000),
        ("1.5e9", 1.5e9),
        ("22 %", 0.22),
        ("22%", 0.22),
        ("48.1 bn", 48.1e9),
        ("350 m", 350e6),
        ("10 k", 10e3),
        ("30/41", 30 / 41),
        ("2 * 3 %", 0.06),
        ("'12'", 12),
        ("1e-3", 0.001),
        (".5", 0.5),
    ],
)
def test_a_constant_is_the_number_that_it_says(written: str, value: float) -> None:
    assert quantity(written).definition == Fixed(value)


@pytest.mark.parametrize(
    ("written", "definition"),
    [
        ("value: 4 m", Fixed(4e6)),
        ("value: 12 %, low: 8 %, high: 15 %", Fixed(0.12, 0.08, 0.15)),
        ("value: 12 %, high: 15 %", Fixed(0.12, 0.12, 0.15)),
        ("p10: 1, p50: 2, p90: 4", Percentiles(p10=1, p50=2, p90=4)),
        ("p10: 1, p50: 2, p90: 4, min: 0", Percentiles(p10=1, p50=2, p90=4, min=0)),
        ("p10: 1, p50: 2, p90: 4, min: 0, max: 9", Percentiles(p10=1, p50=2, p90=4, min=0, max=9)),
        ("normal: {mean: 10, sd: 2}", Normal(mean=10, sd=2)),
        ("normal: {mean: 10, sd: 2}, min: 8", Normal(mean=10, sd=2, min=8)),
        ("lognormal: {mu: 1.5, sigma: 0.4}", Lognormal(mu=1.5, sigma=0.4)),
        ("triangular: {min: 1, mode: 1, max: 4}", Triangular(min=1, mode=1, max=4)),
        ("pert: {min: 0, mode: 1, max: 4}", Beta(alpha=2, beta=4, min=0, max=4)),
        ("beta: {alpha: 2, beta: 5}", Beta(alpha=2, beta=5)),
        ("beta: {alpha: 2, beta: 5}, max: 10", Beta(alpha=2, beta=5, max=10)),
        ("uniform: {min: -1, max: 1}", Uniform(min=-1, max=1)),
        (
            "discrete: {30: 50 %, -30: rest}",
            Discrete(values=(30, -30), probabilities=(0.5, 0.5)),
        ),
        (
            "discrete: {dry: {value: -70, p: 1/4}, wet: {value: 50, p: 3/4}}",
            Discrete(values=(-70, 50), probabilities=(0.25, 0.75), states=("dry", "wet")),
        ),
        ("empirical: [3, 1, 20 %], min: 0", Empirical(values=(0.2, 1, 3), min=0)),
        (
            "mixture: {a: {p: 20 %, value: 3}, b: {p: rest, uniform: {min: 0, max: 1}}}, max: 2",
            Mixture(
                probabilities=(0.2, 0.8),
                components=(ATOM, Uniform(min=0, max=1)),
                max=2,
            ),
        ),
        (
            NESTED,
            Mixture(
                probabilities=(0.25, 0.25, 0.25, 0.25),
                components=(ATOM, ATOM, ATOM, Discrete(values=(1,), probabilities=(1,))),
            ),
        ),
        ("series: {2031: 100 %, 2024: 6 %}", Series(((2024, 0.06), (2031, 1.0)))),
    ],
)
def test_a_form_is_read_as_the_definition_that_it_is(written: str, definition: Definition) -> None:
    assert quantity(f"{{{written}, {EVIDENT}}}").definition == definition


@pytest.mark.parametrize("given", ["{p10: 2, p90: 9}", "{mean: 5, sd: 2}"])
def test_a_lognormal_has_the_percentiles_or_the_moments_that_were_given(given: str) -> None:
    found = quantity(f"{{lognormal: {given}, {EVIDENT}}}").definition
    assert isinstance(found, Lognormal)
    z = 1.2815515655446004
    mean = math.exp(found.mu + found.sigma**2 / 2)
    sd = mean * math.sqrt(math.expm1(found.sigma**2))
    p10, p90 = (math.exp(found.mu + sign * z * found.sigma) for sign in (-1, 1))
    assert (p10, p90) == pytest.approx((2, 9)) or (mean, sd) == pytest.approx((5, 2))


def test_a_formula_keeps_its_text() -> None:
    found = read(f"{CHOICE}quantities: {{a: 1, x: a * 2 + 1}}\n").quantities["x"].number
    assert isinstance(found.definition, Formula)
    assert found.definition.text == found.text == "a * 2 + 1"
    assert found.provenance.grade == ""


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("value: 48.1, unit: USD bn", 48.1e9, "USD"),
        ("value: 48.1 bn, unit: USD", 48.1e9, "USD"),
        ("value: 16, unit: USD bn/year", 16e9, "USD/year"),
        ("value: 22, unit: '%'", 0.22, "%"),
        ("value: 22 %, unit: '%'", 0.22, "%"),
        ("value: 3, unit: years", 3.0, "year"),
    ],
)
def test_a_unit_scales_the_number_and_is_kept_without_its_scale(
    written: str, value: float, unit: str
) -> None:
    found = quantity(f"{{{written}, {EVIDENT}}}")
    assert isinstance(found.definition, Fixed)
    assert found.definition.value == pytest.approx(value)
    assert found.unit == unit


def test_a_scale_goes_to_every_parameter_but_those_of_the_shape() -> None:
    found = quantity(f"{{beta: {{alpha: 2, beta: 3}}, min: 0, max: 5, unit: USD m, {EVIDENT}}}")
    assert found.definition == Beta(alpha=2, beta=3, min=0, max=5e6)
    states = quantity(f"{{discrete: {{3: 20 %, 4: rest}}, unit: USD m, {EVIDENT}}}")
    assert states.definition == Discrete(values=(3e6, 4e6), probabilities=(0.2, 0.8))


def test_a_number_says_where_it_comes_from() -> None:
    model = read(
        f"{CHOICE}sources: {{a: {{title: A, published: 2020}}, b: {{title: B, published: 2021}}}}\n"
        "quantities:\n  x: {value: 5, source: [a, b], reason: read off, note: twice}\n"
        "  y: {value: 5, grade: judgement, reason: our view}\n  z: 5\n"
    )
    x, y, z = (model.quantities[name].number.provenance for name in "xyz")
    assert (x.sources, x.grade, x.reason, x.note) == (("a", "b"), "", "read off", "twice")
    assert (y.sources, y.grade, y.reason) == ((), "judgement", "our view")
    assert z.grade == "unsourced"
