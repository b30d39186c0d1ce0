"""A result as a pandas table, a row a thing and a column a figure."""

from dataclasses import asdict

import pandas as pd

from decide.analyses.diagram import DiagramSolution
from decide.analyses.diagram_policy import DiagramPolicy, PolicyRow
from decide.analyses.information import Information
from decide.analyses.inputs import Inputs
from decide.analyses.reference import ReferenceClasses
from decide.analyses.rollback import Rollback
from decide.analyses.score import Scores
from decide.analyses.screening import Screening
from decide.analyses.sensitivity import Sensitivity


def to_frame(result: object) -> pd.DataFrame:
    """Return a result of an evaluation as a table, indexed by what it is about.

    Rollback: a row a strategy, best first. Scores: a row a strategy and criterion. Sensitivity: a
    row an input, the widest bar first. Screening: a row a firm, as ranked. Information: a row a
    quantity, or several, by what knowing them is worth. ReferenceClasses: a row a class. Inputs: a
    row a quantity. DiagramPolicy: a row for each state of what matters; DiagramSolution: those of
    all its decisions. Money is in plain currency units. Raises TypeError for
    anything else.
    """
    match result:
        case Rollback(values=values, ranking=ranking):
            rows = [_flat(asdict(values[strategy])) for strategy in ranking]
            return pd.DataFrame(rows).set_index("strategy").drop(columns="profile")
        case Scores(cells=cells):
            rows = [
                {"strategy": strategy, "criterion": criterion, **asdict(cell)}
                for strategy, row in cells.items()
                for criterion, cell in row.items()
            ]
            return pd.DataFrame(rows).set_index(["strategy", "criterion"])
        case Sensitivity(bars=bars):
            return _indexed([asdict(bar) for bar in bars], "quantity")
        case Screening(targets=targets):
            return _indexed([asdict(target) for target in targets], "target")
        case ReferenceClasses(rates=rates):
            return _indexed([asdict(rate) for rate in rates.values()], "reference_class")
        case Information(each=each):
            by_value = sorted(each.items(), key=lambda item: -item[1].value)
            rows = [{"known": ", ".join(names), **asdict(worth)} for names, worth in by_value]
            return _indexed(rows, "known")
        case Inputs(summaries=summaries):
            return _indexed([asdict(summary) for summary in summaries.values()], "quantity")
        case DiagramPolicy(matters=matters, rows=rows):
            index = [dict(zip(matters, row.states, strict=True)) for row in rows]
            frame = pd.DataFrame([i | _row(row) for i, row in zip(index, rows, strict=True)])
            return frame.set_index(list(matters)) if matters else frame
        case DiagramSolution(policies=policies):
            return _indexed(
                [
                    {"decision": name, "states": " ".join(row.states)} | _row(row)
                    for name, policy in policies.items()
                    for row in policy.rows
                ],
                ["decision", "states"],
            )
        case _:
            takes = (
                "rollback, scores, sensitivity, information, screening, references, inputs or "
                "diagram"
            )
            raise TypeError(f"to_frame takes an evaluation's {takes}, not {result!r:.60}")


def _flat(row: dict[str, object]) -> dict[str, object]:
    """Give the errors of figures columns of their own, `p10_error` beside `p10`."""
    errors = row.pop("errors")
    assert isinstance(errors, dict), "a strategy's value has the errors of its figures"
    return row | {f"{name}_error": error for name, error in errors.items()}


def _row(row: PolicyRow) -> dict[str, object]:
    return {"option": row.option, "ties": row.ties, "reach": row.reach}


def _indexed(rows: list[dict[str, object]], index: str | list[str]) -> pd.DataFrame:
    columns = [index] if isinstance(index, str) else index
    return pd.DataFrame(rows, columns=list(rows[0]) if rows else columns).set_index(index)
