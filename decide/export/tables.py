"""All tables of an evaluation, in the order in which one reads them."""

from decide.evaluate import Evaluation
from decide.export import input_tables, result_tables, score_tables
from decide.export.inputs_table import inputs_table
from decide.export.table import Table
from decide.report.view.context import context_of

TABLES = (
    input_tables.decision_table,
    result_tables.strategies_table,
    result_tables.cash_table,
    score_tables.contributions_table,
    score_tables.criteria_table,
    result_tables.tree_table,
    result_tables.policy_table,
    result_tables.drivers_table,
    result_tables.switch_points_table,
    input_tables.targets_table,
    score_tables.target_contributions_table,
    input_tables.findings_table,
    result_tables.information_table,
    input_tables.quantities_table,
    inputs_table,
    input_tables.classes_table,
    input_tables.precedents_table,
    input_tables.sources_table,
)


def tables_of(evaluation: Evaluation) -> tuple[Table, ...]:
    """Return every table, those without rows too; all have the same columns for all models."""
    context = context_of(evaluation)
    return tuple(make(context) for make in TABLES)
