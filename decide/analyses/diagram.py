"""What should be chosen at each decision of an influence diagram, and what is it worth?"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from decide.analyses.diagram_policy import DiagramPolicy, policy_table
from decide.analyses.elimination import Choice, hold, maximise, sum_out_all, whole, worth_of
from decide.analyses.enumeration import best_policies, can_enumerate
from decide.analyses.limited import Policy, best_response, improve, improve_policies, odds_of
from decide.analyses.outcomes import Outcomes, play
from decide.analyses.potentials import size_of, sizes_of
from decide.analyses.rollback import NO_ERRORS, StrategyValue
from decide.analyses.tally import ROUNDING
from decide.analyses.utility import checked
from decide.language import said
from decide.model.decision import Model
from decide.model.diagram import Diagram, DiagramDecision, in_order, information, parents_of
from decide.model.number import Fixed
from decide.model.place import InvalidInputError, Problem

Method = Literal["elimination", "enumeration", "policy_updating"]
MOST_KNOWN = 20_000_000  # states of what a decision would know without forgetting, for a bound


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagramSolution:
    """The best policy of a diagram that was found, and what it is worth."""

    method: Method
    is_local_optimum: bool  # no change of one decision's policy is better; others were not tried
    upper_bound: float  # what no policy exceeds; nan where it was not found
    value: StrategyValue  # its quantiles are nan, its profile () where there are too many histories
    policies: Mapping[str, DiagramPolicy]  # the first decision first


def solve(diagram: Diagram, *, risk_tolerance: float | None = None) -> DiagramSolution:
    """Solve a diagram: exactly without forgetting, else as exactly as the number of policies lets.

    With a limited memory all policies are gone through where they are few; else one decision's
    policy is improved after the other from several starts, which may end in a local optimum. Raises
    InvalidInputError where that takes too large a table.
    """
    method: Method = "elimination"
    if diagram.memory == "no_forgetting":
        policy, value = roll_back_diagram(diagram, risk_tolerance=risk_tolerance)
        bound = value
    elif can_enumerate(diagram, risk_tolerance):
        method = "enumeration"
        policy, value = _go_through(diagram, risk_tolerance)
        bound = value
    else:
        method = "policy_updating"
        policy, value = improve_policies(diagram, risk_tolerance)
        bound = _bound(diagram, risk_tolerance)
    outcomes = play(diagram, policy)
    is_best = bound <= value + 1e-9 * max(abs(bound), abs(value))
    return DiagramSolution(
        method=method,
        is_local_optimum=not is_best,
        upper_bound=max(bound, value),
        value=_value(diagram, policy, value, outcomes, risk_tolerance),
        policies={
            name: policy_table(diagram, policy[name], outcomes) for name in information(diagram)
        },
    )


def roll_back_diagram(
    diagram: Diagram, *, risk_tolerance: float | None = None
) -> tuple[Policy, float]:
    """Return the best policy without forgetting, and its certainty equivalent."""
    sizes, known = sizes_of(diagram), information(diagram)
    left = whole(diagram, sizes, risk_tolerance)
    waiting = set(sizes)
    policy = {}
    for name in reversed(known):
        hidden = [n for n in sizes if n in waiting and n != name and n not in known[name]]
        left = sum_out_all(left, hidden)
        left, policy[name] = maximise(left, name, known[name])
        waiting -= {*hidden, name}
    return policy, worth_of(sum_out_all(left, [n for n in sizes if n in waiting]))


def hold_diagram(diagram: Diagram, policy: Mapping[str, Choice]) -> float:
    """Return the expected value of a policy."""
    sizes = sizes_of(diagram)
    left = whole(diagram, sizes, None)
    if diagram.memory == "no_forgetting":
        known, waiting = information(diagram), set(sizes)
        for name in reversed(known):
            hidden = [n for n in sizes if n in waiting and n != name and n not in known[name]]
            left = hold(sum_out_all(left, hidden), policy[name])
            waiting -= {*hidden, name}
        return worth_of(sum_out_all(left, [n for n in sizes if n in waiting]))
    odds = (odds_of(choice, sizes) for choice in policy.values())
    return worth_of(sum_out_all(replace(left, odds=(*left.odds, *odds)), sizes))


def value_of_information(
    diagram: Diagram, node: str, decision: str, *, risk_tolerance: float | None = None
) -> float:
    """Return what it is worth to know a chance node before a decision, at most.

    That is the value with the node added to what the decision knows, less the value without: the
    same for certainty equivalents, since utility is exponential. Raises InvalidInputError where
    there is no such node or decision, a decision influences the node, or the risk tolerance is not
    above 0.
    """
    risk_tolerance = checked(risk_tolerance)
    if decision not in diagram.decisions or node not in diagram.chances:
        message = said(
            "{node!r} is no chance node, or {decision!r} no decision of the diagram",
            node=node,
            decision=decision,
        )
        advice = said(
            "chances: {chances}; decisions: {decisions}",
            chances=", ".join(diagram.chances),
            decisions=", ".join(diagram.decisions),
        )
        raise InvalidInputError([Problem(place=None, message=message, advice=advice)])
    if is_influenced(diagram, node):
        message = said(
            "a decision influences {node!r}, so that nobody can know it before", node=node
        )
        advice = said("ask about a node that no decision comes before")
        raise InvalidInputError([Problem(place=None, message=message, advice=advice)])
    here = diagram.nodes[decision]
    assert isinstance(here, DiagramDecision), "it is one of the decisions"
    if node in information(diagram)[decision]:
        return 0.0
    told = replace(here, knows=(*here.knows, node))
    informed = replace(diagram, nodes={**diagram.nodes, decision: told})
    values = [
        solve(each, risk_tolerance=risk_tolerance).value.certainty_equivalent
        if each.memory == "limited"
        else roll_back_diagram(each, risk_tolerance=risk_tolerance)[1]
        for each in (informed, diagram)
    ]
    gain = values[0] - values[1]
    return gain if gain > 1e-12 * max(map(abs, values)) else 0.0


def information_values(
    diagram: Diagram, *, risk_tolerance: float | None = None
) -> dict[str, float]:
    """Return what knowing each chance node before the first decision is worth, at most.

    Nodes that a decision influences or that are known there anyway are left out, and so are those
    that would make what is known too large a table.
    """
    first, *_ = known = information(diagram)
    sizes = sizes_of(diagram)
    entries = max(size_of(names, sizes) for names in known.values())
    found = {}
    for node in diagram.chances:
        is_known = node in known[first] or is_influenced(diagram, node)
        if is_known or entries * sizes[node] > MOST_KNOWN:
            continue
        with suppress(InvalidInputError):  # its tables are too large
            found[node] = value_of_information(diagram, node, first, risk_tolerance=risk_tolerance)
    return found


def is_influenced(diagram: Diagram, node: str) -> bool:
    """Whether a decision comes before a chance node."""
    waiting, seen = [node], set()
    while waiting:
        here = waiting.pop()
        if here in diagram.decisions:
            return True
        above = [p for p in parents_of(diagram.nodes[here]) if p not in seen]
        seen.update(above)
        waiting.extend(above)
    return False


def risk_tolerance_of(model: Model) -> float | None:
    """Return the risk tolerance of a model's decision."""
    number = model.decision.risk_tolerance
    if number is None:
        return None
    assert isinstance(number.definition, Fixed), "the reader takes a constant risk tolerance only"
    return number.definition.value


def _go_through(diagram: Diagram, risk_tolerance: float | None) -> tuple[Policy, float]:
    """Return the best of all policies; the last decision's is its best answer to the others'."""
    sizes = sizes_of(diagram)
    found = {name: odds_of(c, sizes) for name, c in best_policies(diagram, risk_tolerance).items()}
    (last,) = (name for name in diagram.decisions if name not in found)
    answer, _ = best_response(diagram, last, found, risk_tolerance)
    return improve(diagram, {**found, last: odds_of(answer, sizes)}, risk_tolerance)


def _bound(diagram: Diagram, risk_tolerance: float | None) -> float:
    """Return the value if nothing were forgotten; nan where that is too large to find."""
    order = [n for n in in_order(diagram) if n in diagram.decisions]
    nodes, seen = dict(diagram.nodes), dict[str, None]()
    for name in order:
        node = diagram.nodes[name]
        assert isinstance(node, DiagramDecision), "it is one of the decisions"
        seen.update(dict.fromkeys(node.knows))
        nodes[name] = replace(node, knows=tuple(seen))
        seen[name] = None
    relaxed = replace(diagram, memory="no_forgetting", nodes=nodes)
    try:
        return roll_back_diagram(relaxed, risk_tolerance=risk_tolerance)[1]
    except InvalidInputError:  # its tables are too large
        return float("nan")


def _value(
    diagram: Diagram,
    policy: Mapping[str, Choice],
    certain: float,
    outcomes: Outcomes | None,
    risk_tolerance: float | None,
) -> StrategyValue:
    exact = StrategyValue(
        strategy="diagram",
        expected_value=certain if risk_tolerance is None else hold_diagram(diagram, policy),
        certainty_equivalent=certain,
        standard_error=0.0,
        by_scramble=(certain,),
        errors=NO_ERRORS,
        rank_error=0.0,
        in_sample=certain,
        sd=np.nan,
        p10=np.nan,
        p50=np.nan,
        p90=np.nan,
        probability_of_loss=np.nan,
        worst_tenth_mean=np.nan,
        worst_disutility=np.nan,
        minimum=np.nan,
        maximum=np.nan,
        profile=(),
        cash=(),
        path_ends=0,
        paths=0,
        is_simulated=False,
    )
    if outcomes is None:
        return exact
    spread = outcomes.totals
    away = spread.totals - exact.expected_value
    scale = float(np.abs(spread.totals).max())
    lost = spread.masses[spread.totals < -ROUNDING * scale]
    return replace(
        exact,
        sd=float((spread.masses * away * away).sum()) ** 0.5,
        p10=spread.quantile(0.1),
        p50=spread.quantile(0.5),
        p90=spread.quantile(0.9),
        probability_of_loss=float(lost.sum()),
        worst_tenth_mean=spread.tail_mean(0.1),
        worst_disutility=0.0
        if risk_tolerance is None
        else spread.tail_disutility(0.01, risk_tolerance),
        minimum=float(spread.totals[0]),
        maximum=float(spread.totals[-1]),
        profile=spread.points(),
    )
