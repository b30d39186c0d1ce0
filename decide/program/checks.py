"""What only draws can show to be wrong: probabilities outside [0, 1], totals that are no number."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from decide.language import said
from decide.model.place import InvalidInputError, Place, Problem
from decide.program.path_sums import TOTAL
from decide.program.program import Outcomes, Program
from decide.uncertainty.points import Floats

ROUNDING = 1e-9


@dataclass(slots=True)
class Breach:
    """How often a rule is broken, and by how much at worst."""

    place: Place
    node: str
    branch: str  # "" for the sum over all branches
    written: str  # the probability's formula
    mass: float = 0.0
    worst: float = 0.5  # what lies farthest from 0.5


@dataclass(slots=True)
class Findings:
    """Gathers breaches over all blocks."""

    program: Program
    mass: float = 0.0  # of all draws: their number, or 1
    breaches: dict[tuple[int, str], Breach] = field(default_factory=dict)

    def note(self, strategy: str, values: Mapping[int, Floats], weights: Floats) -> None:
        """Look at those probabilities of one strategy that a block has run."""
        if strategy == next(iter(self.program.strategies)):
            self.mass += float(weights.sum())
        for number, outcomes in enumerate(self.program.outcomes):
            if outcomes.strategy == strategy and values.keys() >= set(outcomes.probabilities):
                found = [values[operation] for operation in outcomes.probabilities]
                self._look(number, outcomes, found, weights)

    def merge(self, other: "Findings") -> None:
        """Add what another block has shown."""
        self.mass += other.mass
        for key, breach in other.breaches.items():
            own = self.breaches.setdefault(key, replace(breach, mass=0.0))
            own.mass += breach.mass
            if not abs(breach.worst - 0.5) <= abs(own.worst - 0.5):
                own.worst = breach.worst

    def raise_problems(self, sums: Mapping[str, Floats]) -> None:
        """Raise InvalidInputError with every breach, and with every total that is no number."""
        worst: dict[tuple[Place, str, str], Breach] = {}
        for breach in self.breaches.values():  # a node is met in several states of the levers
            key = (breach.place, breach.node, breach.branch)
            if key not in worst or breach.mass > worst[key].mass:
                worst[key] = breach
        # where what is supposed to be seen cannot be, no draw is left to break a rule
        problems = [self._problem(breach) for breach in worst.values() if self.mass > 0]
        problems += [
            _not_a_number(strategy, self.program.places[strategy])
            for strategy, summed in sums.items()
            if not np.isfinite(summed[..., TOTAL]).all()
        ]
        if problems:
            raise InvalidInputError(problems)

    def _look(self, number: int, outcomes: Outcomes, found: list[Floats], weights: Floats) -> None:
        for place, branch in enumerate(outcomes.branches):
            p = found[place]
            breach = Breach(
                place=outcomes.places[place],
                branch=branch,
                node=outcomes.node,
                written=outcomes.written[place],
            )
            self._add((number, branch), breach, p, (p >= -ROUNDING) & (p <= 1 + ROUNDING), weights)
        if not outcomes.has_rest:
            whole = np.asarray(sum(found[1:], found[0]))
            breach = Breach(
                place=outcomes.places[0],
                branch="",
                node=outcomes.node,
                written="",
            )
            self._add((number, ""), breach, whole, np.abs(whole - 1) <= ROUNDING, weights)

    def _add(
        self,
        key: tuple[int, str],
        breach: Breach,
        found: Floats,
        is_right: npt.NDArray[np.bool_],
        weights: Floats,
    ) -> None:
        if is_right.all():
            return
        breach = self.breaches.setdefault(key, breach)
        breach.mass += float((weights * ~is_right).sum())
        wrong = found[~is_right]
        farthest = float(wrong[np.argmax(np.nan_to_num(np.abs(wrong - 0.5), nan=np.inf))])
        if not abs(farthest - 0.5) <= abs(breach.worst - 0.5):
            breach.worst = farthest

    def _problem(self, breach: Breach) -> Problem:
        share = breach.mass / self.mass
        if breach.branch:
            message = said(
                "the probability of {branch!r} at chance node {node!r} ({written}) must lie in "
                "[0, 1] in every draw, and does not in {share:.2%} of them (as far off as "
                "{worst:.4g})",
                branch=breach.branch,
                node=breach.node,
                written=breach.written,
                share=share,
                worst=breach.worst,
            )
        else:
            message = said(
                "the sum of the probabilities at chance node {node!r} must be 1 in every draw, and "
                "does not in {share:.2%} of them (as far off as {worst:.4g})",
                node=breach.node,
                share=share,
                worst=breach.worst,
            )
        return Problem(
            place=breach.place,
            message=message,
            advice=said(
                "bound the quantities in its formula (min, max), or let one branch be `rest`"
            ),
        )


def _not_a_number(strategy: str, place: Place) -> Problem:
    return Problem(
        place=place,
        message=said(
            "the total of strategy {strategy!r} is not a finite number in some draws",
            strategy=strategy,
        ),
        advice=said(
            "look for a division by something that can be 0, or a log or sqrt of something that "
            "can be negative, in the formulas behind its payoff"
        ),
        width=len(strategy.partition("@")[0]),
    )
