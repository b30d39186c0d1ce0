"""The clock of the scripts beside this one."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

LONG = 2.0  # seconds, from which one run is enough
ROUNDS = 5


def timed(work: Callable[[], Any]) -> dict[str, Any]:
    """Return what the work finds, and its seconds: the median after a run that is not counted."""
    seconds, result = _once(work)
    if seconds < LONG:
        seconds = median(_once(work)[0] for _ in range(ROUNDS))
    return {"seconds": seconds, "result": result}


def _once(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result
