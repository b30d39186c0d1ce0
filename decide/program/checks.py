"""What only draws can show to be wrong: probabilities outside [0, 1], totals that are no number."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from decide.model.place import InvalidInputError, Place, Problem
from decide.program.engine import TOTAL
from decide.program.program import Outcomes, Program
from decide.uncertainty.points import Floats

ROUNDING = 1e-9


@dataclass(slots=True)
class Breach:
    """How often a rule is broken, and by how much at worst."""

    place: Place
    what: str  # whose rule
    rule: str
    draws: int = 0
    worst: float = 0.0


@dataclass(slots=True)
class Findings:
    """Gathers breaches over all blocks."""

    program: Program
    draws: int = 0
    breaches: dict[tuple[str, str, str], Breach] = field(default_factory=dict)
    _by_strategy: dict[str, list[Outcomes]] = field(init=False)

    def __post_init__(self) -> None:
        self._by_strategy = {strategy: [] for strategy in self.program.strategies}
        for outcomes in self.program.outcomes:
            self._by_strategy[outcomes.strategy].append(outcomes)

    def note(self, strategy: str, values: Mapping[int, Floats], draws: int) -> None:
        """Look at the probabilities of one strategy in one block."""
        if strategy == next(iter(self.program.strategies)):
            self.draws += draws
        for outcomes in self._by_strategy[strategy]:
            found = [values[number] for number in outcomes.probabilities]
            for branch, place, p in zip(outcomes.branches, outcomes.places, found, strict=True):
                wrong = ~((p >= -ROUNDING) & (p <= 1 + ROUNDING))
                if wrong.any():
                    what = f"the probability of {branch!r} at chance node {outcomes.node!r}"
                    self._add(place, what, "lie in [0, 1]", p, wrong, draws)
            if not outcomes.has_rest:
                whole = np.asarray(sum(found[1:], found[0]))
                wrong = ~(np.abs(whole - 1) <= ROUNDING)
                if wrong.any():
                    what = f"the sum of the probabilities at chance node {outcomes.node!r}"
                    self._add(outcomes.places[0], what, "be 1", whole, wrong, draws)

    def raise_problems(self, sums: Mapping[str, Floats]) -> None:
        """Raise InvalidInputError with every breach, and with every total that is no number."""
        problems = [self._problem(breach) for breach in self.breaches.values()]
        problems += [_not_a_number(strategy) for strategy, s in sums.items() if _is_broken(s)]
        if problems:
            raise InvalidInputError(problems)

    def _add(
        self,
        place: Place,
        what: str,
        rule: str,
        p: Floats,
        wrong: npt.NDArray[np.bool_],
        draws: int,
    ) -> None:
        breach = self.breaches.setdefault(
            (str(place), what, rule), Breach(place=place, what=what, rule=rule)
        )
        breach.draws += int(np.broadcast_to(wrong, np.broadcast_shapes(p.shape)).sum()) * (
            draws // max(p.size, 1) if p.size < draws else 1
        )
        worst = p[wrong][np.argmax(np.nan_to_num(np.abs(p[wrong] - 0.5), nan=np.inf))]
        if breach.worst == 0.0 or abs(worst - 0.5) > abs(breach.worst - 0.5):
            breach.worst = float(worst)

    def _problem(self, breach: Breach) -> Problem:
        share = min(breach.draws / max(self.draws, 1), 1.0)
        return Problem(
            place=breach.place,
            message=f"{breach.what} must {breach.rule} in every draw, and does not in "
            f"{share:.2%} of them (as far off as {breach.worst:.4g})",
            advice="bound the quantities in its formula (min, max), or let one branch be `rest`",
        )


def _is_broken(sums: Floats) -> bool:
    return not bool(np.isfinite(sums[..., TOTAL]).all())


def _not_a_number(strategy: str) -> Problem:
    return Problem(
        place=None,
        message=f"the total of strategy {strategy!r} is not a finite number in some draws",
        advice="look for a division by something that can be 0, or a log or sqrt of something "
        "that can be negative, in the formulas behind its payoff",
    )
