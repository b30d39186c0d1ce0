"""Histories that have one future share it: the same results as every history by itself."""

import math
from collections.abc import Mapping
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.analyses.paths import count_paths, list_paths
from decide.analyses.policy_sample import agree_policy
from decide.analyses.rollback import Rollback, StrategyValue, roll_back
from decide.analyses.sensitivity import move_one_by_one
from decide.evaluate import evaluate
from decide.model.decision import Model
from decide.model.distribution import Discrete, Normal, Uniform
from decide.model.number import Fixed
from decide.model.place import InvalidInputError
from decide.model.tree import Node
from decide.program.compile import compile_program
from decide.program.program import Program
from decide.program.workers import Workers
from tests.models import Written, branch, chance, decide, model, observe, strategy

TWO = Discrete(values=(0.25, 0.75), probabilities=(0.5, 0.5))
THREE = Discrete(values=(-2, 0, 3), probabilities=(0.3, 0.3, 0.4))


def tolerance(m: Model) -> float | None:
    written = m.decision.risk_tolerance
    if written is None:
        return None
    assert isinstance(written.definition, Fixed)
    return written.definition.value


def rolled(m: Model, *, merges: bool | None = None, draws: int = 2**14) -> Rollback:
    program = compile_program(m, merges=merges)
    agreed = agree_policy(program, risk_tolerance=tolerance(m))
    return roll_back(program, agreed, risk_tolerance=tolerance(m), draws=draws)


def merged_steps(program: Program, of: str = "s") -> int:
    return sum(step.kind == "merged" for step in program.strategies[of])


def test_two_trials_share_a_gate_only_where_they_are_the_same_evidence() -> None:
    """SF and FS have p (1 - p) and (1 - p) p; SS and FF differ: three states of the gate."""
    first = chance("first", branch("s", "p", then="second"), branch("f", "rest", then="second"))
    second = chance("second", branch("s", "p", then="gate"), branch("f", "rest", then="gate"))
    gate = decide("gate", branch("invest", then="trial"), branch("skip"))
    trial = chance("trial", branch("win", "p", pay=100), branch("lose", "rest", pay=-110))
    m = model([strategy("s", "first")], [first, second, gate, trial], {"p": TWO})
    for merges in (False, True):
        found = rolled(m, merges=merges)
        assert found.values["s"].expected_value == pytest.approx(11.5625, rel=1e-12)
        assert found.sampling.sub_decisions == 3
    program = compile_program(m, merges=True)
    gates = [s for s in program.strategies["s"] if s.node == "gate"]
    assert [s.kind for s in gates] == ["decision", "decision", "merged", "decision"]


def chain(
    stages: int,
    *,
    decides: bool,
    p: Written = 0.4,
    pays: tuple[Written, Written] = (3, -1),
    risk_tolerance: float | None = None,
    quantities: Mapping[str, Written] | None = None,
) -> Model:
    """Stages that each go up or down, after a decision to play or to pass where there is one."""
    nodes: list[Node] = []
    for k in range(stages):
        then = f"n{k + 1}" if k + 1 < stages else None
        toss = (
            branch("up", p, pay=pays[0], then=then),
            branch("down", "rest", pay=pays[1], then=then),
        )
        if decides:
            nodes.append(decide(f"n{k}", branch("play", then=f"t{k}"), branch("pass", then=then)))
            nodes.append(chance(f"t{k}", *toss))
        else:
            nodes.append(chance(f"n{k}", *toss))
    return model(
        [strategy("s", "n0")], nodes, dict(quantities or {}), risk_tolerance=risk_tolerance
    )


@pytest.mark.parametrize("decides", [False, True])
@pytest.mark.parametrize("risk_tolerance", [None, 5.0])
def test_forty_stages_are_gone_through_once_each(
    *, decides: bool, risk_tolerance: float | None
) -> None:
    m = chain(40, decides=decides, risk_tolerance=risk_tolerance)
    program = compile_program(m)
    assert program.path_ends >= 2**40
    assert len(program.strategies["s"]) <= 40 * 5 + 2
    assert program.sub_decisions == (40 if decides else 0)
    value = rolled(m).values["s"]
    assert value.paths == 2**40
    assert value.expected_value == pytest.approx(40 * (0.4 * 3 - 0.6), rel=1e-12)
    sure = 0.4 * 3 - 0.6
    if risk_tolerance is not None:
        sure = -risk_tolerance * math.log(0.4 * math.exp(-3 / 5) + 0.6 * math.exp(1 / 5))
        assert sure > 0  # so it is played
    assert value.certainty_equivalent == pytest.approx(40 * sure, rel=1e-9)


def test_the_spread_of_many_paths_is_that_of_one_path_a_draw() -> None:
    value = rolled(chain(40, decides=True)).values["s"]
    assert value.is_simulated
    sd = 4 * math.sqrt(40 * 0.24)
    assert value.sd == pytest.approx(sd, rel=0.02)
    assert value.p50 == pytest.approx(24, abs=4)
    assert value.probability_of_loss == pytest.approx(0.0156, abs=0.004)  # at most 9 of 40 up
    assert sum(p for _, p in value.profile[-1:]) == 1


def test_a_chain_below_which_nothing_is_decided_merges_whatever_was_seen() -> None:
    """The number of successes out of forty, the rate unknown: p is 0.25 or 0.75."""
    m = chain(40, decides=False, p="p", quantities={"p": TWO})
    assert merged_steps(compile_program(m)) == 39
    value = rolled(m).values["s"]
    assert value.expected_value == pytest.approx(40 * (0.5 * 3 - 0.5), rel=1e-12)
    averse = chain(40, decides=False, p="p", quantities={"p": TWO}, risk_tolerance=50.0)
    bent = [(p * math.exp(-3 / 50) + (1 - p) * math.exp(1 / 50)) ** 40 for p in (0.25, 0.75)]
    expected = -50 * math.log(sum(bent) / 2)
    assert rolled(averse).values["s"].certainty_equivalent == pytest.approx(expected, rel=1e-9)


def test_what_may_not_merge_and_is_too_large_is_refused_with_its_count() -> None:
    """Every history of successes and failures counts apart once the rates differ by stage."""
    nodes: list[Node] = []
    rates = {f"p{k}": Uniform(min=0.1, max=0.9) for k in range(17)}
    for k in range(17):
        then = f"n{k + 1}"
        nodes.append(
            chance(f"n{k}", branch("s", f"p{k}", then=then), branch("f", "rest", then=then))
        )
    nodes.append(decide("n17", branch("go", pay="p0"), branch("no", pay=0.5)))
    m = model([strategy("s", "n0")], nodes, rates)
    with pytest.raises(InvalidInputError, match="262,144 path ends"):
        compile_program(m)


@pytest.mark.slow
def test_a_tree_deeper_than_calls_may_be_nested_is_rolled_back() -> None:
    m = chain(1_100, decides=False)
    value = rolled(m, draws=1_024).values["s"]
    assert value.expected_value == pytest.approx(1_100 * 0.6, rel=1e-9)


# Laws, on random trees whose nodes several histories reach.

AMOUNTS = st.integers(-20, 20)


@st.composite
def random_models(draw: st.DrawFn) -> Model:
    """Layers of nodes, each branch of which leads to one of the next layer."""

    def amount() -> Written:
        return draw(st.sampled_from([str(draw(AMOUNTS)), f"{draw(AMOUNTS)} * x", "x + 3"]))

    layers = draw(st.integers(2, 4))
    nodes: list[Node] = []
    for layer in range(layers):
        for place in ("a", "b"):
            below = [f"{layer + 1}a", f"{layer + 1}b"] if layer + 1 < layers else [None]
            name = f"n{layer}{place}"
            kind = draw(st.sampled_from(["decide", "chance", "chance", "event", "observe"]))
            thens = [
                None if then is None else f"n{then}"
                for then in (draw(st.sampled_from(below)), draw(st.sampled_from(below)))
            ]
            lever = {"effort": draw(st.sampled_from([1.0, 2.0]))} if draw(st.booleans()) else {}
            p = draw(st.sampled_from(["p", "q", "0.3", "p * q", "0.5 * p", "1"]))
            if kind == "decide":
                pair = (
                    branch("l", pay=amount(), then=thens[0], **lever),
                    branch("r", pay=amount(), then=thens[1]),
                )
                nodes.append(decide(name, *pair))
            elif kind == "observe":
                pair = (branch("l", then=thens[0]), branch("r", then=thens[1]))
                nodes.append(observe(name, "x", [0.0], *pair))
            else:
                p = "0.4" if kind == "event" else p
                pair = (
                    branch("l", p, pay=amount(), then=thens[0], **lever),
                    branch("r", "rest", pay=amount(), then=thens[1]),
                )
                nodes.append(chance(name, *pair, event="rain" if kind == "event" else ""))
    reached = {"n0a"}
    for node in nodes:
        if node.id in reached:
            reached.update(b.then for b in node.branches if b.then)
    return model(
        [strategy("base"), strategy("s", "n0a", effort=0.5)],
        [node for node in nodes if node.id in reached],
        {"p": TWO, "q": TWO, "x": THREE},
        levers={"effort": 0.0},
        years=(2024, 2025),
        payoff="effort * (2 * x + 1)",
        base="base",
        discount_rate=0.1,
        as_of=date(2023, 12, 31),
        risk_tolerance=draw(st.sampled_from([None, 10.0])),
    )


def figures(value: StrategyValue) -> list[float]:
    return [
        *(value.expected_value, value.certainty_equivalent, value.sd, value.p10, value.p50),
        *(value.p90, value.probability_of_loss, value.worst_tenth_mean, value.minimum),
        *(value.maximum, *value.cash, value.paths),
    ]


@given(random_models())
@settings(max_examples=150, deadline=None)
def test_merged_equals_unfolded(m: Model) -> None:
    apart, together = rolled(m, merges=False), rolled(m, merges=True)
    for name in ("base", "s"):
        assert figures(together.values[name]) == pytest.approx(
            figures(apart.values[name]), rel=1e-9, abs=1e-9
        )
    assert together.ahead["s", "base"] == pytest.approx(apart.ahead["s", "base"])
    assert together.sampling.path_ends == apart.sampling.path_ends
    assert len(together.steps["s"]) <= len(apart.steps["s"])
    for one, other in zip(_histories(together, "s"), _histories(apart, "s"), strict=True):
        assert one == other


def _histories(found: Rollback, of: str) -> list[tuple[str, ...]]:
    """Return what is chosen at the first few decisions of each history, merged or not."""
    steps = found.steps[of]
    below: dict[int, list[int]] = {}
    for number, step in enumerate(steps):
        below.setdefault(step.parent, []).append(number)
    paths: list[tuple[str, ...]] = []
    waiting: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    while waiting:
        number, path = waiting.pop()
        step = steps[number]
        path = (*path, step.branch)
        laid = step.same_as if step.same_as >= 0 else number
        if steps[laid].kind == "end":
            paths.append(path)
            continue
        options = below[laid]
        if steps[laid].kind == "decision":
            options = [n for n in options if steps[n].branch == steps[laid].choice]
        waiting += [(n, path) for n in reversed(options)]
    return paths


@given(random_models())
@settings(max_examples=40, deadline=None)
def test_what_moves_the_answer_is_the_same_merged_or_not(m: Model) -> None:
    bars = []
    for merges in (False, True):
        program = compile_program(m, merges=merges)
        agreed = agree_policy(program, risk_tolerance=tolerance(m))
        found = roll_back(program, agreed, risk_tolerance=tolerance(m))
        fixed = m.decision.risk_tolerance
        moved = move_one_by_one(
            program,
            agreed,
            found,
            compared=["base", "s"],
            risk_tolerance=None if fixed is None else Fixed(tolerance(m) or 0),
        )
        wide = [bar for bar in moved.bars if bar.width > 1e-9]
        bars.append({bar.quantity: (bar.at_low, bar.at_high) for bar in wide})
    assert bars[0].keys() == bars[1].keys()
    for name, (low, high) in bars[0].items():
        assert bars[1][name] == pytest.approx((low, high), rel=1e-9, abs=1e-9)


@given(random_models())
@settings(max_examples=40, deadline=None)
def test_the_paths_of_a_policy_are_all_listed(m: Model) -> None:
    program = compile_program(m, merges=True)
    agreed = agree_policy(program, risk_tolerance=tolerance(m))
    steps, choice = program.strategies["s"], agreed.policies["s"].choice
    assert len(list_paths(steps, choice)) == count_paths(steps, choice)


def test_simulated_paths_do_not_depend_on_blocks_or_threads() -> None:
    m = chain(
        12,
        decides=True,
        p="p",
        pays=("x", -1),
        quantities={"p": Uniform(min=0.3, max=0.7), "x": Normal(mean=2, sd=1)},
    )
    program = compile_program(m, merges=True)
    found = []
    for block, workers in ((1_024, Workers()), (4_096, Workers(count=2)), (8_192, Workers())):
        agreed = agree_policy(program, risk_tolerance=None, block=block, workers=workers)
        found.append(
            roll_back(
                program, agreed, risk_tolerance=None, draws=2**15, block=block, workers=workers
            )
        )
    assert found[0] == found[1] == found[2]
    assert found[0].values["s"].is_simulated


def test_a_range_of_the_risk_tolerance_keeps_what_presumes_it_apart() -> None:
    m = chain(8, decides=False, p="p", quantities={"p": TWO})
    ranged = model(
        list(m.strategies.values()),
        list(m.nodes.values()),
        {"p": TWO},
        risk_tolerance=Fixed(20, 10, 40),
    )
    program = compile_program(ranged, merges=True)
    assert all(step.certain < 0 for step in program.strategies["s"])
    found = evaluate(ranged)
    (bar,) = (bar for bar in found.sensitivity.bars if bar.quantity == "risk_tolerance")
    bent = [
        np.mean([(p * math.exp(-3 / r) + (1 - p) * math.exp(1 / r)) ** 8 for p in (0.25, 0.75)])
        for r in (10, 40)
    ]
    assert (bar.at_low, bar.at_high) == pytest.approx(
        [-r * math.log(x) for r, x in zip((10, 40), bent, strict=True)]
    )


def test_a_history_too_unlikely_to_be_told_from_none_is_refused_and_never_leads() -> None:
    with pytest.raises(InvalidInputError, match="probability below 1e-308"):
        rolled(chain(90, decides=True, p=1e-12))
