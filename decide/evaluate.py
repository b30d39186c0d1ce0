"""Runs the analyses on a model and bundles their results with where they come from."""

from dataclasses import dataclass

from decide.analyses.inputs import Inputs
from decide.analyses.reference import ReferenceClasses
from decide.analyses.rollback import Rollback
from decide.analyses.score import Scores
from decide.analyses.screening import Screening
from decide.analyses.sensitivity import Sensitivity
from decide.analyses.verdict import Verdict
from decide.model.decision import Model
from decide.model.place import Problem


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
    warnings: tuple[Problem, ...]  # the model's, and those that only draws can show
