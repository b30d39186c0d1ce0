"""The page's own engine against NumPy, in a real browser, on random models and what-ifs."""

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

import decide.report.page
from decide.evaluate import Evaluation, evaluate
from decide.model.criterion import (
    Criterion,
    CriterionGroup,
    Exponential,
    Linear,
    Piecewise,
    Shape,
)
from decide.model.decision import Model
from decide.model.distribution import (
    Beta,
    Discrete,
    Distribution,
    Empirical,
    Interpolated,
    Lognormal,
    Metalog,
    Mixture,
    Normal,
    Percentiles,
    Triangular,
    Uniform,
)
from decide.model.place import InvalidInputError
from decide.model.tree import Node
from decide.model.what_if import Supposition, WhatIf
from decide.program.portable import portable
from decide.program.supposing import supposing
from decide.read.workspace import read_workspace
from decide.report.page import LIVE_SCRIPTS
from tests.models import (
    JUDGED,
    PLACE,
    Written,
    branch,
    chance,
    label,
    model,
    number,
    observe,
    strategy,
)
from tests.models import decide as decision
from tests.report.test_browser import browser  # noqa: F401  # a fixture

pytestmark = pytest.mark.browser
FOLDER = Path(decide.report.page.__file__).parent / "scripts"
ENGINE = LIVE_SCRIPTS[: LIVE_SCRIPTS.index("engine") + 1]
CLOSE = 1e-9  # relative, or absolute below 1


@pytest.fixture(scope="module")
def engine(browser: Browser) -> Iterator[Page]:  # noqa: F811
    tab = browser.new_page()
    text = "\n".join((FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in ENGINE)
    figures = """
      const figures = all => ([id, own]) => [id, {
        expected: own.expected[0], certain: own.certain[0], loss: shareOfLoss(all, id),
        p10: shareQuantile(own.profile(), 0.1), p90: shareQuantile(own.profile(), 0.9),
      }];
      const AGREED = { pinned: {}, shifted: {}, swings: {}, supposed: [] };
      globalThis.run = (program, whatIfs) => {
        const engine = engineOf(program);
        let before = evaluate(engine, AGREED);
        return whatIfs.map(moves => {
          before = evaluate(engine, moves, before);
          const own = before.strategies;
          return {
            strategies: Object.fromEntries(Object.entries(own).map(figures(own))),
            scores: before.scores.totals,
          };
        });
      };"""
    tab.evaluate(f'"use strict";(()=>{{{text}{figures}}})()')
    yield tab
    tab.close()


def moves_of(what_if: WhatIf) -> dict[str, Any]:
    """A what-if as the engine has it."""
    found: dict[str, Any] = {
        "pinned": dict(what_if.pinned),
        "shifted": dict(what_if.shifted),
        "swings": dict(what_if.swings),
        "supposed": [
            {"node": s.node, "branch": s.branch, "strategy": s.strategy} for s in what_if.supposed
        ],
    }
    if what_if.horizon is not None:
        found["horizon"] = what_if.horizon
    if what_if.risk_tolerance is not None:
        endless = what_if.risk_tolerance == math.inf
        found["riskTolerance"] = None if endless else what_if.risk_tolerance
    return found


def assert_agree(found: dict[str, Any], expected: Evaluation) -> None:
    values = expected.rollback.values
    assert found["strategies"].keys() == values.keys()
    for strategy_, own in found["strategies"].items():
        value = values[strategy_]
        scale = max(1.0, abs(value.expected_value), value.sd, abs(value.minimum))
        pairs = {
            "expected": value.expected_value,
            "certain": value.certainty_equivalent,
            "p10": value.p10,
            "p90": value.p90,
        }
        for name, figure in pairs.items():
            assert own[name] == pytest.approx(figure, abs=CLOSE * scale), (strategy_, name)
        assert own["loss"] == pytest.approx(value.probability_of_loss, abs=CLOSE)
    if expected.scores is not None:
        assert found["scores"] == pytest.approx(dict(expected.scores.totals), abs=CLOSE)


# ---- random models

AMOUNT = st.integers(-20, 20)
DISTRIBUTIONS: tuple[Distribution, ...] = (
    Percentiles(p10=-2, p50=1, p90=6),
    Percentiles(p10=0.5, p50=1, p90=4, min=0),
    Metalog(level=(1.0, 0.2, 0.1), steepness=(0.5, 0.1)),
    Interpolated(shares=(0.1, 0.3, 0.5, 0.97), values=(0, 1, 1.5, 4)),
    Normal(mean=1, sd=2),
    Normal(mean=0, sd=1, min=0.5, max=3),
    Lognormal(mu=0, sigma=0.5),
    Triangular(min=-1, mode=0, max=4),
    Beta(alpha=2.5, beta=0.7, min=-3, max=3),
    Uniform(min=-2, max=5),
    Discrete(values=(3, -1, 2), probabilities=(0.2, 0.5, 0.3)),
    Discrete(values=(3, -1, 2), probabilities=(0.0, 0.5, 0.5)),
    Discrete(values=(-2, 1, 0, 4), probabilities=(0.0, 0.7, 0.3, 0.0)),
    Empirical(values=(-3, -1, -1, 2, 7)),
    Mixture(
        probabilities=(0.3, 0.7),
        components=(Normal(mean=0, sd=1), Discrete(values=(2,), probabilities=(1.0,))),
    ),
)
ODDS: tuple[Distribution, ...] = (
    Discrete(values=(0.2, 0.9), probabilities=(0.4, 0.6)),
    Beta(alpha=3, beta=2),
    Uniform(min=0.1, max=0.8),
    Percentiles(p10=0.2, p50=0.5, p90=0.7, min=0, max=1),
)
PERFORMANCES: tuple[Written, ...] = ("x", 2.0, "x * c", Uniform(min=-1, max=5))
SWINGS = ("reach", "rest", "calm", "constructor")
PAYOFFS = (
    "x * change(ramp) + max(0, y) * lever",
    "lag(x, 1) + cumulative(y) / 4 - lever * ramp",
    "if(x > y, x * ramp, lever) - abs(y) * 0.1",
    "min(x, y, 3) * ramp ^ 2 + exp(min(0, x)) * lever",
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Model, list[WhatIf]]:
    """A model with years or without, and some what-ifs, one after the other."""
    has_years = draw(st.booleans())
    quantities: dict[str, Written] = {
        "x": draw(st.sampled_from(DISTRIBUTIONS)),
        "y": draw(st.sampled_from(DISTRIBUTIONS)),
        "p": draw(st.sampled_from(ODDS)),
        "c": 2.5,
        "constructor": 1.0
        if draw(st.booleans())
        else Discrete(values=(0, 1), probabilities=(0.3, 0.7)),
    }
    if has_years:
        quantities["ramp"] = "0.5 + c / 10"

    def pay() -> str:
        return draw(st.sampled_from(["{} * x", "{}", "{} * x + c * y", "constructor * {}"])).format(
            draw(AMOUNT)
        )

    gate = decision(
        "gate",
        branch("a", pay=pay(), lever=2) if has_years else branch("a", pay=pay()),
        branch("b", pay=pay(), then=draw(st.sampled_from([None, "luck"]))),
        year=2026 if has_years else None,
    )
    event = draw(st.sampled_from(["", "fate"]))
    first = chance("first", branch("s", "p", then="gate"), branch("f", "rest"), event=event)
    luck = chance("luck", branch("s", "p", pay=pay()), branch("f", "rest", pay=pay()), event=event)
    toss = chance("toss", branch("h", 0.3, then="gate"), branch("t", "rest", pay=pay()))
    see = observe("see", "x", [0.0, 2.0], *(branch(b, then="gate") for b in ("l", "m", "h")))
    nodes: list[Node] = [gate, first, luck, toss, see]
    if isinstance(quantities["constructor"], Discrete):
        ways = branch("yes", [0.1, 0.8], then="gate"), branch("no", [0.9, 0.2], pay=pay())
        nodes.append(chance("probe", *ways, given="constructor"))
    starts = draw(st.lists(st.sampled_from([n.id for n in nodes]), min_size=1, max_size=3))
    strategies = [strategy(f"s{n}", then, pay=pay()) for n, then in enumerate(starts)]
    strategies.append(strategy("stay"))
    is_drawn = {name for name in "xy" if not isinstance(quantities[name], Discrete)}
    ranks = {("x", "y"): 0.6} if is_drawn == {"x", "y"} and draw(st.booleans()) else None
    frame: dict[str, Any] = {}
    if has_years:
        frame = {
            "years": range(2024, 2028),
            "as_of": date(2023, 10, 31),
            "payoff": draw(st.sampled_from(PAYOFFS)),
            "discount_rate": 0.08,
            "base": "stay",
            "levers": {"lever": 1.0},
        }
    tolerance = draw(st.sampled_from([None, 5.0, 40.0]))
    points = Piecewise(points=((-1.0, 0.0), (1.0, 0.8), (3.0, 1.0)))
    extra = [criterion("constructor", points, worst=-1.0, best=3.0)] if draw(st.booleans()) else []
    made = model(
        strategies, nodes, quantities, risk_tolerance=tolerance, ranks=ranks, seed=7, **frame
    )
    made = replace(
        made,
        criteria=(
            criterion("reach", worst=-5.0, best=6.0, swing=60.0),
            group("rest", criterion("calm", Exponential(middle=1.0), worst=4.0, best=0.0), *extra),
        ),
        performances={
            s.id: {
                c: number(draw(st.sampled_from(PERFORMANCES)))
                for c in ("reach", "calm", "constructor")[: 2 + len(extra)]
            }
            for s in strategies
        },
    )
    return made, draw(st.lists(what_ifs(quantities, has_years), min_size=1, max_size=3))


def criterion(
    name: str,
    shape: Shape = Linear(),  # noqa: B008  # frozen
    *,
    worst: float,
    best: float,
    swing: float = 40.0,
) -> Criterion:
    return Criterion(
        id=name,
        label=label(name),
        question=label(""),
        unit="",
        worst=worst,
        best=best,
        shape=shape,
        swing=swing,
        swing_reason="",
        provenance=JUDGED,
        place=PLACE,
    )


def group(name: str, *members: Criterion) -> CriterionGroup:
    return CriterionGroup(
        id=name, label=label(name), swing=30.0, swing_reason="", members=members, place=PLACE
    )


@st.composite
def what_ifs(draw: st.DrawFn, quantities: dict[str, Written], has_years: bool) -> WhatIf:  # noqa: FBT001
    pinned: dict[str, float] = {}
    shifted: dict[str, float] = {}
    for name, written in quantities.items():
        if isinstance(written, str) or draw(st.integers(0, 2)):
            continue
        if isinstance(written, Discrete):
            pinned[name] = draw(st.sampled_from(written.values))
        elif isinstance(written, float) or draw(st.booleans()):
            pinned[name] = draw(st.sampled_from([0.25, 0.5, 0.75]))
        else:
            shifted[name] = draw(st.sampled_from([-1.5, 0.4, 1.0]))
    if isinstance(quantities["p"], Discrete) and "p" not in pinned and draw(st.booleans()):
        shifted["p"] = 0.7
    if draw(st.booleans()):
        pinned["toss.h.p"] = draw(st.sampled_from([0.0, 0.6, 1.0]))
    supposed = draw(
        st.lists(
            st.builds(
                Supposition,
                node=st.sampled_from(["first", "toss"]),
                branch=st.just(""),
                strategy=st.sampled_from(["", "s0"]),
            ),
            max_size=1,
        )
    )
    outcomes = {"first": ("s", "f"), "toss": ("h", "t")}
    for name in ("s0.reach", "stay.calm"):
        if not draw(st.integers(0, 3)):
            pinned[name] = 2.5
    return WhatIf(
        pinned=pinned,
        shifted=shifted,
        swings=draw(st.dictionaries(st.sampled_from(SWINGS), st.integers(0, 100), max_size=2)),
        horizon=draw(st.sampled_from([None, 2025, 2026])) if has_years else None,
        risk_tolerance=draw(st.sampled_from([None, 3.0, math.inf])),
        supposed=tuple(
            replace(s, branch=draw(st.sampled_from(outcomes[s.node]))) for s in supposed
        ),
    )


@given(cases())
@settings(max_examples=100, deadline=None)
def test_both_engines_agree_on_random_models_under_random_what_ifs(
    engine: Page, case: tuple[Model, list[WhatIf]]
) -> None:
    m, moves = case
    expected, tried = [], []
    for what_if in moves:
        if what_if.is_empty:
            continue
        try:
            expected.append(evaluate(supposing(m, what_if), draws=1024))
        except InvalidInputError:
            continue  # what is seen cannot be, or what is pinned leaves its bounds
        tried.append(moves_of(what_if))
    found = engine.evaluate("([program, moves]) => run(program, moves)", [portable(m), tried])
    for own, by_numpy in zip(found, expected, strict=True):
        assert_agree(own, by_numpy)


SHIPPED = (
    WhatIf(pinned={"discount_rate": 0.12}, swings={"position": 10.0}),
    WhatIf(shifted={"gpu_price": 0.5, "schedule": -0.3}),
    WhatIf(horizon=2028, risk_tolerance=1e9),
    WhatIf(pinned={"demand": 0.2}, shifted={"price@graphcore": 1.0}),
    WhatIf(supposed=(Supposition(node="silicon", branch="late"),)),
    WhatIf(supposed=(Supposition(node="silicon", branch="failed", strategy="codesign"),)),
    WhatIf(
        risk_tolerance=math.inf,
        supposed=(
            Supposition(node="proof", branch="better", strategy="build"),
            Supposition(node="deal_terms", branch="signed"),
        ),
    ),
)


def test_both_engines_agree_on_the_shipped_case(engine: Page, shipped_model: Model) -> None:
    moves = [moves_of(what_if) for what_if in SHIPPED]
    program = portable(shipped_model)
    found = engine.evaluate("([program, moves]) => run(program, moves)", [program, moves])
    for own, what_if in zip(found, SHIPPED, strict=True):
        assert_agree(own, evaluate(supposing(shipped_model, what_if), draws=1024))


@pytest.fixture(scope="module")
def shipped_model() -> Model:
    return read_workspace(Path(__file__).parents[2])
