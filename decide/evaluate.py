"""Runs the analyses on a model and bundles their results with where they come from."""

from dataclasses import dataclass

from decide.analyses.diagram import DiagramSolution, solve
from decide.analyses.diagram_tree import unfold_diagram
from decide.analyses.inputs import Inputs, summarise_inputs
from decide.analyses.policy_sample import POLICY_DRAWS, agree_policy
from decide.analyses.reference import ReferenceClasses, refer
from decide.analyses.rollback import Rollback, roll_back
from decide.analyses.score import Scores, score
from decide.analyses.screening import Screening, screen
from decide.analyses.sensitivity import Sensitivity, move_one_by_one
from decide.analyses.tails import look_at_tails, warn_of_few
from decide.analyses.verdict import Verdict, best_of_families, judge
from decide.model.decision import Model
from decide.model.number import Fixed
from decide.model.place import Problem
from decide.program.compile import compile_program
from decide.program.engine import BLOCK, keep_freed_memory
from decide.version import VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Everything that is known about a decision, ready to be shown."""

    model: Model
    version: str
    digest: str  # SHA-256 over the workspace's files, in the order of their paths
    rollback: Rollback
    scores: Scores | None  # None without criteria
    sensitivity: Sensitivity
    verdict: Verdict
    screening: Screening | None  # None without targets
    references: ReferenceClasses
    inputs: Inputs
    diagram: DiagramSolution | None  # None where a tree was written
    warnings: tuple[Problem, ...]  # the model's, and those that only draws can show


def evaluate(model: Model, *, draws: int = POLICY_DRAWS, block: int = BLOCK) -> Evaluation:
    """Evaluate a model on `draws` draws, a power of two from 1,024 on.

    The result is the same for every `block`, which is how many draws are held at once.
    A diagram is evaluated as the tree that it unfolds to. Raises InvalidInputError with what only
    draws can show to be wrong, and where a diagram has no tree, or one that is too large.
    """
    keep_freed_memory()
    model = unfold_diagram(model)
    program = compile_program(model)
    attitude = _risk_tolerance(model)
    risk_tolerance = None if attitude is None else attitude.value
    agreed = agree_policy(program, risk_tolerance=risk_tolerance, block=block)
    far = look_at_tails(program, model, agreed, risk_tolerance)
    rollback = roll_back(program, agreed, risk_tolerance=risk_tolerance, draws=draws, block=block)
    families = {strategy.id: strategy.family for strategy in model.strategies.values()}
    compared = best_of_families(rollback.ranking, families)
    sensitivity = move_one_by_one(
        program, agreed, rollback, compared=compared, risk_tolerance=attitude
    )
    scores = (
        score(program, model.criteria, program.performances, model.performances)
        if model.criteria
        else None
    )
    leader = rollback.ranking[0]
    return Evaluation(
        model=model,
        version=VERSION,
        digest=model.digest,
        rollback=rollback,
        scores=scores,
        sensitivity=sensitivity,
        verdict=judge(rollback, scores, sensitivity, families),
        screening=screen(program, model, rollback, leader=leader) if model.targets else None,
        references=refer(model),
        inputs=summarise_inputs(program, model),
        diagram=None
        if model.diagram is None
        else solve(model.diagram, risk_tolerance=risk_tolerance),
        warnings=(*model.warnings, *far, *warn_of_few(model, rollback)),
    )


def _risk_tolerance(model: Model) -> Fixed | None:
    number = model.decision.risk_tolerance
    if number is None:
        return None
    assert isinstance(number.definition, Fixed), "the reader takes a constant risk tolerance only"
    return number.definition
