"""What a run takes, found before it starts, beside what it then took."""

import tracemalloc

import pytest

from decide.analyses.policy_sample import agree_policy
from decide.analyses.rollback import roll_back
from decide.evaluate import Watch, evaluate
from decide.model.decision import Model
from decide.model.distribution import Normal, Uniform
from decide.program.compile import compile_program
from decide.program.engine import plan_stages
from decide.program.memory import fitting_block, memory_needed
from decide.program.workers import Workers
from tests.models import branch, chance, model, strategy


def tosses(count: int) -> Model:
    """A chain of tosses, each of which doubles the path ends."""
    nodes = [
        chance(
            f"n{k}",
            branch("on", "p", pay=f"x * {k + 1}", then=f"n{k + 1}" if k + 1 < count else None),
            branch("off", "rest", pay="x", then=f"n{k + 1}" if k + 1 < count else None),
        )
        for k in range(count)
    ]
    return model(
        [strategy("s", "n0"), strategy("t", pay=1)],
        nodes,
        {"x": Normal(mean=0, sd=1), "p": Uniform(min=0.3, max=0.9)},
    )


def test_what_a_run_takes_is_known_before_to_within_a_factor_of_two() -> None:
    program = compile_program(tosses(8))
    stages = plan_stages(program, tuple(program.strategies))
    said = memory_needed(program, stages, block=8_192, at_once=1)
    agreed = agree_policy(program, risk_tolerance=None)
    tracemalloc.start()
    roll_back(program, agreed, risk_tolerance=None)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak / 2 <= said <= 2 * peak


def test_twice_the_block_takes_twice_the_memory() -> None:
    program = compile_program(tosses(4))
    stages = plan_stages(program, tuple(program.strategies))
    one, two = (memory_needed(program, stages, block=b, at_once=1) for b in (4_096, 8_192))
    assert two == 2 * one
    assert fitting_block(program, stages, block=8_192, at_once=1, free=one) == 4_096
    assert fitting_block(program, stages, block=8_192, at_once=1, free=0) == 1_024


def test_a_run_that_takes_more_than_is_free_says_so_and_gives_the_same() -> None:
    said: list[int] = []
    m = tosses(6)
    short = evaluate(m, workers=Workers(), watch=Watch(free=1_000, needs=said.append))
    assert len(said) == 1
    assert said[0] > 1_000
    assert short.rollback == evaluate(m, workers=Workers()).rollback


@pytest.mark.parametrize("count", [1, 2])
def test_a_run_tells_how_far_it_has_come(count: int) -> None:
    shares: list[float] = []
    watch = Watch(tell=shares.append)
    evaluate(tosses(2), draws=2**16, workers=Workers(count=count), watch=watch)
    assert shares == sorted(shares)
    assert len(shares) == 8
    assert shares[-1] == 1
