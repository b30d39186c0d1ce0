"""pyAgrum: an influence diagram under no forgetting."""

import json
import sys
from functools import partial
from typing import Any

import numpy as np
import pyagrum as gum
from timed import timed


def build(problem: dict[str, Any]) -> Any:
    """Return the diagram; what comes before a node stands before it in the problem."""
    diagram = gum.InfluenceDiagram()
    add = {
        "chance": diagram.addChanceNode,
        "decision": diagram.addDecisionNode,
        "value": diagram.addUtilityNode,
    }
    for node in problem["nodes"]:
        name = node["name"]
        add[node["kind"]](gum.LabelizedVariable(name, name, node["states"]))
    for node in problem["nodes"]:
        for parent in node["parents"]:
            diagram.addArc(parent, node["name"])
    for node in problem["nodes"]:
        if node["kind"] != "decision":
            _fill(diagram, node)
    return diagram


def _fill(diagram: Any, node: dict[str, Any]) -> None:
    is_chance = node["kind"] == "chance"
    into = diagram.cpt(node["name"]) if is_chance else diagram.utility(node["name"])
    table = np.array(node["table"]).reshape(*node["shape"], -1)
    for place in np.ndindex(*node["shape"]):
        key = dict(zip(node["parents"], place, strict=True))
        into[key] = table[place].tolist() if is_chance else float(table[place][0])


def solve(diagram: Any, decisions: list[str]) -> float:
    """Return the largest expected value."""
    inference = gum.ShaferShenoyLIMIDInference(diagram)
    inference.addNoForgettingAssumption(decisions)
    inference.makeInference()
    return float(inference.MEU()["mean"])


asked = json.load(sys.stdin)
print(json.dumps(timed(partial(solve, build(asked), asked["decisions"]))))
