"""Four plants to choose from: 30 quantities of six kinds, each correlated with every other."""

import itertools

import numpy as np

from decide.uncertainty.points import Floats

PLANTS = ("north", "east", "south", "west")
FORMS = {
    "lognormal": "lognormal: {{p10: {}, p90: {}}}",
    "normal": "normal: {{mean: {}, sd: {}}}",
    "percentiles": "p10: {}, p50: {}, p90: {}",
    "share": "p10: {}, p50: {}, p90: {}, min: 0, max: 1",
    "uniform": "uniform: {{min: {}, max: {}}}",
    "triangular": "triangular: {{min: {}, mode: {}, max: {}}}",
}
QUANTITIES: dict[str, tuple[str, tuple[float, ...]]] = {
    "market": ("lognormal", (80, 160)),
    "currency": ("lognormal", (0.9, 1.15)),
    "price_north": ("lognormal", (22, 34)),
    "price_east": ("lognormal", (24, 40)),
    "price_south": ("lognormal", (25, 29)),
    "price_west": ("lognormal", (18, 30)),
    "fixed_north": ("lognormal", (250, 450)),
    "fixed_east": ("lognormal", (150, 380)),
    "fixed_south": ("lognormal", (280, 340)),
    "fixed_west": ("lognormal", (450, 700)),
    "growth": ("normal", (1.3, 0.2)),
    "wage": ("normal", (1.1, 0.08)),
    "unit_cost_north": ("normal", (14, 1.5)),
    "unit_cost_east": ("normal", (16, 2.5)),
    "unit_cost_south": ("normal", (13, 1)),
    "unit_cost_west": ("normal", (12, 2)),
    "grant": ("percentiles", (-40, 60, 220)),
    "share_north": ("share", (0.2, 0.35, 0.5)),
    "share_east": ("share", (0.1, 0.25, 0.5)),
    "share_south": ("share", (0.25, 0.3, 0.4)),
    "share_west": ("share", (0.3, 0.5, 0.65)),
    "inflation": ("uniform", (0.95, 1.2)),
    "output_north": ("uniform", (0.8, 1)),
    "output_east": ("uniform", (0.7, 1)),
    "output_south": ("uniform", (0.9, 1)),
    "output_west": ("uniform", (0.75, 0.95)),
    "capacity_north": ("triangular", (30, 60, 90)),
    "capacity_east": ("triangular", (20, 45, 110)),
    "capacity_south": ("triangular", (35, 40, 55)),
    "capacity_west": ("triangular", (60, 80, 120)),
}
PAY = (
    "min(market * growth * share_{0}, capacity_{0}) * output_{0}"
    " * (price_{0} * currency - unit_cost_{0} * wage) - fixed_{0} * inflation + grant"
)
JUDGED = "grade: judgement, reason: A benchmark"


def rank(a: str, b: str) -> float:
    """Return the rank correlation of two quantities, as one common cause would bring it."""
    return round(_loading(a) * _loading(b), 3)


def figures(kind: str) -> Floats:
    """Return the figures of all quantities of one kind, (quantities, figures)."""
    return np.array([own for other, own in QUANTITIES.values() if other == kind])


def text() -> str:
    """Return the workspace's one file."""
    quantities = [
        f"  {name}: {{{FORMS[kind].format(*own)}, {JUDGED}}}"
        for name, (kind, own) in QUANTITIES.items()
    ]
    strategies = [f'  {plant}: {{pay: "{PAY.format(plant)}"}}' for plant in PLANTS]
    pairs = [
        f"  - {{between: [{a}, {b}], rank: {rank(a, b)}, {JUDGED}}}"
        for a, b in itertools.combinations(QUANTITIES, 2)
    ]
    parts = ("quantities:", *quantities, "strategies:", *strategies, "correlations:", *pairs)
    return "\n".join(["decision: {title: Four plants}", *parts, ""])


def _loading(name: str) -> float:
    """Between -0.4 and 0.8, costs against the rest."""
    size = 0.2 + 0.6 * list(QUANTITIES).index(name) / len(QUANTITIES)
    return -size / 2 if name.startswith(("unit_cost", "fixed", "wage")) else size
