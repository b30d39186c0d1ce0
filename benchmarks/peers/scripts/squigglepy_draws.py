"""squigglepy: quantities correlated in rank, formulas in NumPy, means and tenth percentiles."""

import json
import sys
from functools import partial
from typing import Any

import numpy as np
import squigglepy as sq
from timed import timed


def study(problem: dict[str, Any]) -> list[tuple[float, float]]:
    """Draw, evaluate, summarise; a formula each."""
    made = {name: _built(form, *figures) for name, form, figures in problem["quantities"]}
    if problem["ranks"]:
        names = sorted({name for a, b, _ in problem["ranks"] for name in (a, b)})
        matrix = np.eye(len(names))
        for a, b, rank in problem["ranks"]:
            i, j = names.index(a), names.index(b)
            matrix[i, j] = matrix[j, i] = rank
        together = sq.correlate(tuple(made[name] for name in names), matrix.tolist())
        made |= dict(zip(names, together, strict=True))
    drawn = {name: sq.sample(one, n=problem["draws"]) for name, one in made.items()}
    pays = [eval(text, {"__builtins__": {}}, drawn) for text in problem["formulas"]]  # noqa: S307  # ours
    return [(float(pay.mean()), float(np.percentile(pay, 10))) for pay in pays]


def _built(form: str, first: float, second: float) -> Any:
    match form:
        case "normal":
            return sq.norm(mean=first, sd=second)
        case "lognormal":
            return sq.lognorm(norm_mean=first, norm_sd=second)
        case _:
            return sq.uniform(first, second)


print(json.dumps(timed(partial(study, json.load(sys.stdin)))))
