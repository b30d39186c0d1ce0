"""Work on blocks of draws, done by threads or processes; what comes of it stays in order."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from decide.program.engine import Block, Plan, Run, block_of, block_runs
from decide.program.fingerprint import fingerprint

Gathered = TypeVar("Gathered")

MOST_THREADS = 8  # more wait for the interpreter rather than compute
FEW_BLOCKS = 4  # fewer are done before a second worker has helped


@dataclass(frozen=True, slots=True, kw_only=True)
class Workers:
    """Who does the work; the results do not depend on it, to the bit."""

    count: int = 1
    are_processes: bool = False


ONE_WORKER = Workers()


def available_workers() -> Workers:
    """Return a thread for each core that this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return Workers(count=min(cores or 1, MOST_THREADS))


def ignore(share: float) -> None:
    """Tell nobody how far a run has come."""


def run_blocks(
    plan: Plan,
    work: Callable[[Block], Gathered],
    workers: Workers,
    tell: Callable[[float], None] = ignore,
) -> Iterator[Gathered]:
    """Yield what `work` makes of each block, in the order of the draws.

    `tell` is called with the share that is done. Only a few blocks more than there are workers are
    under way, so memory stays flat. With processes `work` and what it gives are pickled.
    Raises RuntimeError where a process computes otherwise than this one.
    """
    waiting = block_runs(plan)
    if workers.count == 1 or len(waiting) < FEW_BLOCKS:
        for number, runs in enumerate(waiting, 1):
            yield work(block_of(plan, runs))
            tell(number / len(waiting))
        return
    with _pool(plan, work, workers) as pool:
        under_way: deque[Future[Gathered]] = deque()
        done = 0
        task: Callable[[tuple[Run, ...]], Gathered] = partial(_work, plan, work)
        if workers.are_processes:
            task = _work_apart
        try:
            for runs in waiting:
                under_way.append(pool.submit(task, runs))
                if len(under_way) > workers.count:
                    yield under_way.popleft().result()
                    done += 1
                    tell(done / len(waiting))
            while under_way:
                yield under_way.popleft().result()
                done += 1
                tell(done / len(waiting))
        finally:
            for future in under_way:
                future.cancel()


def _pool(plan: Plan, work: Callable[[Block], object], workers: Workers) -> Executor:
    if workers.are_processes:
        return ProcessPoolExecutor(
            workers.count, initializer=_start, initargs=(plan, work, fingerprint())
        )
    return ThreadPoolExecutor(workers.count, thread_name_prefix="decide")


def _work(plan: Plan, work: Callable[[Block], Gathered], runs: tuple[Run, ...]) -> Gathered:
    return work(block_of(plan, runs))


_apart: list[
    tuple[Plan, Callable[[Block], object], str]
] = []  # what a process of the pool was given


def _start(plan: Plan, work: Callable[[Block], object], expected: str) -> None:
    _apart[:] = [(plan, work, expected)]


def _work_apart(runs: tuple[Run, ...]) -> Any:  # noqa: ANN401  # what its work gives, unknown here
    plan, work, expected = _apart[0]
    if fingerprint() != expected:
        raise RuntimeError(
            "a process computes exp, log or a quantile otherwise than the one that started it: "
            "its draws would not be the same to the bit"
        )
    return _work(plan, work, runs)
