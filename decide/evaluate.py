"""Runs the analyses on a model and bundles their results with where they come from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from decide.analyses.inputs import Inputs, summarise_inputs
from decide.analyses.policy import ENOUGH_DRAWS
from decide.analyses.policy_sample import POLICY_DRAWS, POLICY_SCRAMBLES, Agreed, agree_policy
from decide.analyses.reference import ReferenceClasses, refer
from decide.analyses.rollback import SCRAMBLES, Rollback, roll_back
from decide.analyses.score import DRAWS as SCORE_DRAWS
from decide.analyses.score import Scores, score
from decide.analyses.screening import Screening, screen
from decide.analyses.sensitivity import Sensitivity, move_one_by_one
from decide.analyses.tails import look_at_tails, warn_of_few
from decide.analyses.verdict import Verdict, best_of_families, judge
from decide.language import listed, said
from decide.model.decision import Model
from decide.model.number import Fixed
from decide.model.place import InvalidInputError, Problem
from decide.program.compile import compile_program
from decide.program.engine import BLOCK, TILE, keep_freed_memory, plan_stages
from decide.program.fingerprint import fingerprint
from decide.program.memory import MOST, fitting_block, memory_needed
from decide.program.path_sums import REACH
from decide.program.portable import compile_movable, portable
from decide.program.program import Program
from decide.program.workers import Workers, available_workers, ignore
from decide.version import VERSION

if TYPE_CHECKING:
    from decide.analyses.diagram import DiagramSolution


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Who is told of a long run, and what it may use."""

    free: int | None = None  # bytes of memory; None where that is not known
    needs: Callable[[int], None] | None = None  # told the bytes of a run that will take more
    tell: Callable[[float], None] = ignore  # told the share that is done


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The draws that figures come from."""

    policy_scrambles: tuple[int, ...]
    policy_draws: int
    scrambles: tuple[int, ...]  # that value the policy
    score_draws: int
    enough_draws: float  # effective ones that a decision takes to choose by itself


USUAL_SAMPLE = Sample(
    policy_scrambles=POLICY_SCRAMBLES,
    policy_draws=POLICY_DRAWS,
    scrambles=SCRAMBLES,
    score_draws=SCORE_DRAWS,
    enough_draws=ENOUGH_DRAWS,
)
LIVE_SAMPLE = Sample(  # those that the page makes for itself
    policy_scrambles=(0,),
    policy_draws=TILE,
    scrambles=(0,),
    score_draws=TILE,
    enough_draws=32.0,
)
NAMED = 8  # quantities that a message lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Everything that is known about a decision, ready to be shown."""

    model: Model
    version: str
    digest: str  # SHA-256 over the workspace's files, in the order of their paths
    fingerprint: str  # of the mathematics: the same bytes are promised where it is the same
    rollback: Rollback
    scores: Scores | None  # None without criteria
    sensitivity: Sensitivity
    verdict: Verdict
    screening: Screening | None  # None without targets
    references: ReferenceClasses
    inputs: Inputs
    diagram: "DiagramSolution | None"  # None where a tree was written
    warnings: tuple[Problem, ...]  # the model's, and those that only draws can show
    is_heavy_tailed: bool = False  # whether rare losses make certainty equivalents doubtful
    is_redacted: bool = False  # whether prices and notes of firms are left out

    def _repr_html_(self) -> str:
        """Return what a notebook shows: what the page says, so that both say the same."""
        return str(import_module("decide.report.notebook").notebook_html(self))


def evaluate(
    model: Model,
    *,
    draws: int = POLICY_DRAWS,
    block: int | None = None,
    workers: Workers | None = None,
    together: Sequence[Sequence[str]] | None = None,
    watch: Watch = Watch(),  # frozen
) -> Evaluation:
    """Evaluate a model on `draws` draws, a power of two from 1,024 on.

    The result is the same, to the bit, for every `block`, which is how many draws are held at once,
    and for all `workers`: by default a thread for each core. With `together`, which may be empty,
    `rollback.information` says what it would be worth to know each quantity before the first
    decision, and each set of several that it names. `watch` is told how far the run has come; where
    memory is short, smaller blocks are taken. A diagram is evaluated as the tree that it unfolds
    to. A what-if on 1,024 draws is chosen and valued on those that the page makes for itself.
    Raises InvalidInputError where `draws` or `block` is no power of two from 1,024 on, with what
    only draws can show to be wrong, or with names in `together` that are no drawn quantities; and
    where a diagram has no tree, or one that is too large.
    """
    _check_count("draws", draws)
    if block is not None:
        _check_count("block", block)
    workers = workers or available_workers()
    keep_freed_memory()
    model = _as_tree(model)
    is_live = not model.what_if.is_empty and draws == TILE
    program = compile_movable(model) if is_live else compile_program(model)
    if together:
        _refuse_unknown(program, together, has_diagram=model.diagram is not None)
    block = _block_that_fits(program, block, workers, watch)
    attitude = _risk_tolerance(model)
    risk_tolerance = None if attitude is None else attitude.value
    sample = LIVE_SAMPLE if is_live else USUAL_SAMPLE
    agreed = agree_policy(
        program,
        risk_tolerance=risk_tolerance,
        block=block or BLOCK,
        workers=workers,
        scrambles=sample.policy_scrambles,
        draws=sample.policy_draws,
        enough_draws=sample.enough_draws,
    )
    _refuse_the_impossible(model, agreed)
    far = look_at_tails(program, model, agreed, risk_tolerance)
    rollback = roll_back(
        program,
        agreed,
        risk_tolerance=risk_tolerance,
        draws=draws,
        scrambles=sample.scrambles,
        block=block,
        workers=workers,
        together=together,
        tell=watch.tell,
    )
    families = {strategy.id: strategy.family for strategy in model.strategies.values()}
    compared = best_of_families(rollback.ranking, families)
    sensitivity = move_one_by_one(
        program, agreed, rollback, compared=compared, risk_tolerance=attitude
    )
    scores = (
        score(
            program,
            model.criteria,
            program.performances,
            model.performances,
            draws=sample.score_draws,
        )
        if model.criteria
        else None
    )
    leader = rollback.ranking[0]
    doubtful = (*far, *warn_of_few(model, rollback))
    return Evaluation(
        model=model,
        version=VERSION,
        digest=model.digest,
        fingerprint=fingerprint(),
        rollback=rollback,
        scores=scores,
        sensitivity=sensitivity,
        verdict=judge(rollback, scores, sensitivity, families),
        screening=screen(program, model, rollback, leader=leader) if model.targets else None,
        references=refer(model),
        inputs=summarise_inputs(program, model),
        diagram=_solved(model, risk_tolerance),
        warnings=(*model.warnings, *doubtful),
        is_heavy_tailed=bool(doubtful),
    )


def _refuse_the_impossible(model: Model, agreed: Agreed) -> None:
    """Refuse what is supposed to be seen where no draw allows it."""
    if any(sums[0, 0, REACH] > 0 for sums in agreed.sums.values()):
        return
    seen = [s for s in model.what_if.supposed if s.strategy]
    what = listed(
        [
            said(
                "{branch!r} at {node!r} in {strategy!r}",
                branch=s.branch,
                node=s.node,
                strategy=s.strategy,
            )
            for s in seen
        ]
    )
    message = said("{what} cannot be seen: its probability is 0 in every draw", what=what)
    advice = said("suppose that it is made so, or move what its probability hangs on")
    raise InvalidInputError([Problem(place=None, message=message, advice=advice)])


def _check_count(what: str, count: int) -> None:
    if count < TILE or count.bit_count() != 1:
        advice = said("give a power of two from {least:,} on", least=TILE)
        raise InvalidInputError(
            [
                Problem(
                    place=None,
                    message=said("{what} is {count}", what=what, count=count),
                    advice=advice,
                )
            ]
        )


def _as_tree(model: Model) -> Model:
    """Return a model whose diagram, if it has one, stands as a tree."""
    if model.diagram is None:
        return model
    from decide.analyses.diagram_tree import unfold_diagram  # noqa: PLC0415  # most have none

    return unfold_diagram(model)


def _solved(model: Model, risk_tolerance: float | None) -> "DiagramSolution | None":
    if model.diagram is None:
        return None
    from decide.analyses.diagram import solve  # noqa: PLC0415  # most have none

    return solve(model.diagram, risk_tolerance=risk_tolerance)


def _block_that_fits(
    program: Program, block: int | None, workers: Workers, watch: Watch
) -> int | None:
    """Return how many draws to hold at once, or None for the usual; say if that is too much."""
    at_once = workers.count + 1 if workers.count > 1 else 1
    steps = sum(map(len, program.strategies.values()))
    largest = max(block or BLOCK, MOST)
    at_most = (len(program.operations) * len(program.years) + 8 * steps) * largest * at_once * 8
    if watch.free is None or at_most <= watch.free:
        return block
    stages = plan_stages(program, tuple(program.strategies))
    block = fitting_block(program, stages, block=block or BLOCK, at_once=at_once, free=watch.free)
    needed = memory_needed(program, stages, block=block, at_once=at_once)
    if needed > watch.free and watch.needs is not None:
        watch.needs(needed)
    return block


def _refuse_unknown(
    program: Program, together: Sequence[Sequence[str]], *, has_diagram: bool
) -> None:
    drawn = list(program.distributions)
    listed = ", ".join(drawn[:NAMED])
    if not drawn:
        advice = said("none is drawn")
    elif len(drawn) > NAMED:
        advice = said("drawn are {listed} and others", listed=listed)
    else:
        advice = said("drawn are {listed}", listed=listed)
    if has_diagram:
        advice = said("`decide show diagram` says what it is worth to know the nodes of a diagram")
    problems = [
        Problem(
            place=None,
            message=said("{name!r} is not a quantity that is drawn", name=name),
            advice=advice,
        )
        for name in dict.fromkeys(name for names in together for name in names)
        if name not in program.distributions
    ]
    if problems:
        raise InvalidInputError(problems)


def _risk_tolerance(model: Model) -> Fixed | None:
    number = model.decision.risk_tolerance
    if number is None:
        return None
    assert isinstance(number.definition, Fixed), "the reader takes a constant risk tolerance only"
    return number.definition


def live_program(evaluation: Evaluation) -> dict[str, Any] | None:
    """Return the model's program as plain data for the page's own engine.

    None for a diagram, a what-if, a redacted copy, and where it would take too long to run while
    one waits.
    """
    model = evaluation.model
    if model.diagram is not None or not model.what_if.is_empty or evaluation.is_redacted:
        return None
    return portable(model)
