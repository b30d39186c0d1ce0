"""Results for the small model, made by plain arithmetic so that no engine is needed."""

from dataclasses import dataclass, field, replace

from small_case import FILE, YEARS, model

from decide.analyses.inputs import Inputs, InputSummary
from decide.analyses.reference import ClassRate, ReferenceClasses
from decide.analyses.rollback import NodeKind, Rollback, Sampling, Step, StrategyValue
from decide.analyses.score import Cell, Scores
from decide.analyses.screening import ScreenedTarget, Screening
from decide.analyses.sensitivity import Bar, Sensitivity, SwitchPoint
from decide.analyses.verdict import Verdict
from decide.evaluate import Evaluation
from decide.model.decision import Model
from decide.model.number import Fixed, Number
from decide.model.place import Place, Problem, Severity
from decide.model.tree import DecisionNode, ObservationNode

WORTH = {
    "status_quo": 0.0,
    "diversify": 1.43e9,
    "build": -3.2e8,
    "acquire@graphcore": -5.1e8,
    "acquire@groq": -9.0e8,
    "diversify_and_build": 1.12e9,
}


def _value(strategy: str, worth: float) -> StrategyValue:
    spread = 0.0 if strategy == "status_quo" else 1.6e9
    profile = tuple(
        (worth + spread * (2 * i / 24 - 0.9), min(1.0, (i / 24) ** 1.3)) for i in range(25)
    )
    return StrategyValue(
        strategy=strategy,
        expected_value=worth + 0.12 * spread,
        certainty_equivalent=worth,
        standard_error=0.004 * spread,
        by_scramble=tuple(worth + spread * 0.004 * k for k in range(-3, 5)),
        in_sample=worth + 0.02 * spread,
        sd=spread,
        p10=worth - 0.7 * spread,
        p50=worth - 0.1 * spread,
        p90=worth + 1.1 * spread,
        probability_of_loss=0.3 if spread else 0.0,
        worst_tenth_mean=worth - 0.85 * spread,
        minimum=worth - spread,
        maximum=worth + 1.2 * spread,
        profile=profile if spread else ((0.0, 1.0),),
        cash=tuple(0.0 if not spread else worth / 4 * (year - 2025) for year in YEARS),
    )


@dataclass
class _Unfolding:
    """Unfolds one strategy's tree and rolls plain payoffs back."""

    model: Model
    worth: float
    steps: list[Step] = field(default_factory=list)

    def visit(self, node: str | None, parent: int, branch: str, p: float, turn: int) -> float:
        index = len(self.steps)
        found = self.model.nodes[node] if node else None
        kind: NodeKind = "end"
        if found is not None:
            kind = "chance"
            if isinstance(found, DecisionNode):
                kind = "decision"
            elif isinstance(found, ObservationNode):
                kind = "observation"
        step = Step(
            parent=parent,
            branch=branch,
            node=node or "",
            kind=kind,
            year=found.year if found else None,
            probability=p,
            reach=0.0,
            expected_value=0.0,
            certainty_equivalent=0.0,
        )
        self.steps.append(step)
        if found is None:
            value = self.worth + (1.4 - turn) * 5e8
        else:
            shares = [self._share(b.p, kind, len(found.branches)) for b in found.branches]
            worths = [
                self.visit(b.then, index, b.id, share, turn + place)
                for place, (b, share) in enumerate(zip(found.branches, shares, strict=True))
            ]
            choice = ""
            value = sum(w * s for w, s in zip(worths, shares, strict=True))
            if kind == "decision":
                value = max(worths)
                choice = found.branches[worths.index(value)].id
                if turn >= 2 and found.id == "gate":
                    choice, value = found.branches[1].id, worths[1]
            step = replace(step, choice=choice)
        self.steps[index] = replace(step, expected_value=value + 1e8, certainty_equivalent=value)
        return value

    def reached(self) -> tuple[Step, ...]:
        for index, step in enumerate(self.steps):
            if step.parent < 0:
                reach = 1.0
            else:
                above = self.steps[step.parent]
                taken = above.kind != "decision" or above.choice == step.branch
                reach = above.reach * step.probability * taken
            self.steps[index] = replace(step, reach=reach)
        return tuple(self.steps)

    @staticmethod
    def _share(p: object, kind: NodeKind, count: int) -> float:
        if kind == "decision":
            return 1.0
        if isinstance(p, Number) and isinstance(p.definition, Fixed):
            return p.definition.value
        return 1 / count


def _steps(whole: Model, strategy: str, worth: float) -> tuple[Step, ...]:
    unfolding = _Unfolding(whole, worth)
    unfolding.visit(whole.strategies[strategy].then, -1, "", 1.0, 0)
    steps = list(unfolding.reached())
    decisions = [i for i, s in enumerate(steps) if s.kind == "decision" and s.reach > 0]
    if decisions:
        last = decisions[-1]
        steps[last] = replace(steps[last], effective_draws=140.0, borrowed=True, ties=("leave",))
    return tuple(steps)


def _rollback(whole: Model) -> Rollback:
    return Rollback(
        values={s: _value(s, worth) for s, worth in WORTH.items()},
        steps={s: _steps(whole, s, worth) for s, worth in WORTH.items()},
        ahead={(a, b): 0.61 if WORTH[a] > WORTH[b] else 0.39 for a in WORTH for b in WORTH},
        ranking=tuple(sorted(WORTH, key=lambda s: -WORTH[s])),
        sampling=Sampling(
            draws=131_072, policy_draws=16_384, scrambles=8, seed=1, is_enumerated=False
        ),
    )


def _scores() -> Scores:
    weights = {"supply": 0.6, "concentration": 0.375, "delay": 0.225, "control": 0.4}
    leaves = ("concentration", "delay", "control")
    values = {
        "status_quo": (0.1, 0.2, 0.1),
        "diversify": (0.87, 0.6, 0.4),
        "build": (0.5, 0.1, 0.95),
        "acquire@graphcore": (0.4, 0.3, 0.7),
        "acquire@groq": (0.4, 0.3, 0.6),
        "diversify_and_build": (0.9, 0.6, 0.8),
    }
    cells = {
        s: {
            c: Cell(
                performance=3000 + 6000 * (1 - v) if c == "concentration" else 100 * v,
                p10=90 * v,
                p90=100 * v,
                value=v,
                contribution=v * weights[c],
                held_flat=0.2 if v > 0.94 else 0.0,
            )
            for c, v in zip(leaves, row, strict=True)
        }
        for s, row in values.items()
    }
    totals = {s: sum(cell.contribution for cell in row.values()) for s, row in cells.items()}
    return Scores(
        criteria=leaves,
        weights=weights,
        cells=cells,
        totals=totals,
        ranking=tuple(sorted(totals, key=lambda s: -totals[s])),
    )


def _screening() -> Screening:
    totals = {"graphcore": 0.8, "groq": 0.55}
    cells = {
        t: {
            "maturity": Cell(
                performance=100 * v, p10=100 * v, p90=100 * v, value=v, contribution=v, held_flat=0
            )
        }
        for t, v in totals.items()
    }
    passing = tuple(
        ScreenedTarget(
            target=t,
            failed=(),
            unknown=("silicon",) if t == "groq" else (),
            total=totals[t],
            strategy=f"acquire@{t}",
            certainty_equivalent=WORTH[f"acquire@{t}"],
            expected_value=WORTH[f"acquire@{t}"] + 2e8,
        )
        for t in totals
    )
    nan = float("nan")
    failing = ScreenedTarget(
        target="paperchip",
        failed=("silicon",),
        unknown=(),
        total=nan,
        strategy="",
        certainty_equivalent=nan,
        expected_value=nan,
    )
    scores = Scores(
        criteria=("maturity",),
        weights={"maturity": 1.0},
        cells=cells,
        totals=totals,
        ranking=("graphcore", "groq"),
    )
    shortfall = {t: WORTH["diversify"] - WORTH[f"acquire@{t}"] for t in totals}
    return Screening(targets=(*passing, failing), scores=scores, shortfall=shortfall)


def _sensitivity() -> Sensitivity:
    bars = (
        Bar(
            quantity="demand",
            low=0.03,
            high=0.25,
            at_low=2.0e8,
            at_high=4.2e9,
            held_at_low=-1.0e8,
            held_at_high=4.0e9,
            leader_at_low="status_quo",
            leader_at_high="diversify_and_build",
        ),
        Bar(
            quantity="price@graphcore",
            low=3e8,
            high=3e9,
            at_low=1.43e9,
            at_high=1.43e9,
            held_at_low=1.43e9,
            held_at_high=1.43e9,
            leader_at_low="diversify",
            leader_at_high="diversify",
        ),
        Bar(
            quantity="discount_rate",
            low=0.08,
            high=0.15,
            at_low=1.9e9,
            at_high=1.1e9,
            held_at_low=1.9e9,
            held_at_high=1.1e9,
            leader_at_low="diversify",
            leader_at_high="diversify",
        ),
    )
    points = (
        SwitchPoint(
            quantity="demand",
            now=0.1,
            at=0.041,
            leader="status_quo",
            distance=0.27,
            is_plausible=True,
        ),
        SwitchPoint(
            quantity="saving",
            now=0.25,
            at=0.52,
            leader="diversify_and_build",
            distance=0.6,
            is_plausible=False,
        ),
    )
    return Sensitivity(leader="diversify", base=1.43e9, bars=bars, switch_points=points)


def _verdict() -> Verdict:
    return Verdict(
        leader="diversify",
        runner_up="diversify_and_build",
        lead=3.1e8,
        lead_error=1.2e7,
        share_of_draws_ahead=0.61,
        clarity="leaning",
        score_leader="diversify_and_build",
        score_lead=0.11,
        agree=False,
        rank_agreement=0.6,
        points_given_up=17.5,
        price_of_a_point=1.8e7,
    )


def _references() -> ReferenceClasses:
    rate = ClassRate(
        reference_class="bought_by_users",
        successes=1,
        trials=3,
        undecided=1,
        rate=1 / 3,
        low=0.08,
        high=0.76,
        median_years=2.65,
        median_price=8.9e8,
        used_by=("team_estimate",),
        price_rank={"annapurna": 1, "nervana": 2, "nuvia": 3, "habana": 4},
        years_rank={"habana": 1, "annapurna": 2},
    )
    return ReferenceClasses(rates={"bought_by_users": rate})


def _inputs(whole: Model) -> Inputs:
    def summary(name: str) -> InputSummary:
        return InputSummary(
            quantity=name,
            mean=0.12,
            p10=0.03,
            p50=0.1,
            p90=0.25,
            is_drawn=name in {"demand", "saving", "price"},
            inputs=(),
            drives=("cash",),
            by_year=(),
        )

    return Inputs(summaries={name: summary(name) for name in whole.quantities})


def evaluation() -> Evaluation:
    """Return the evaluation, whole."""
    whole = model()
    warning = Problem(
        place=Place(FILE, 12, 3),
        message="the number of 'lock_in' has neither a source nor a grade",
        advice="add a source, or grade: judgement with a reason",
        severity=Severity.WARNING,
    )
    return Evaluation(
        model=whole,
        version="0.1.0",
        digest="cd" * 32,
        rollback=_rollback(whole),
        scores=_scores(),
        sensitivity=_sensitivity(),
        verdict=_verdict(),
        screening=_screening(),
        references=_references(),
        inputs=_inputs(whole),
        warnings=(warning,),
    )
