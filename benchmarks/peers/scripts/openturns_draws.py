"""OpenTURNS: quantities under a normal copula, symbolic formulas, means and tenth percentiles."""

import json
import math
import sys
from functools import partial
from typing import Any

import openturns as ot
from timed import timed

BUILD = {"normal": ot.Normal, "lognormal": ot.LogNormal, "uniform": ot.Uniform}


def study(problem: dict[str, Any]) -> list[tuple[float, float]]:
    """Draw, evaluate, summarise; a formula each."""
    names = [name for name, _, _ in problem["quantities"]]
    matrix = ot.CorrelationMatrix(len(names))
    for a, b, rank in problem["ranks"]:
        matrix[names.index(a), names.index(b)] = 2 * math.sin(math.pi * rank / 6)
    margins = [BUILD[form](*figures) for _, form, figures in problem["quantities"]]
    joint = ot.JointDistribution(margins, ot.NormalCopula(matrix))
    pays = ot.SymbolicFunction(names, problem["formulas"])(joint.getSample(problem["draws"]))
    return list(zip(pays.computeMean(), pays.computeQuantilePerComponent(0.1), strict=True))


print(json.dumps(timed(partial(study, json.load(sys.stdin)))))
