"""A number's mapping as it is shown: one line, and its unit."""

from decide.formulas.units import PLAIN, Unit
from decide.read.evidence import EVIDENCE
from decide.read.nodes import Entries, Scalar


def number_text(entries: Entries) -> str:
    """Return a mapping as one line: its value, or its parameters by name."""
    parts = []
    for key in entries:
        if key in EVIDENCE or key in {"low", "high", "text"}:
            continue
        node = entries.values[key]
        if isinstance(node, Scalar):
            parts.append(node.text if key == "value" else f"{key} {node.text}")
        elif isinstance(node, Entries):
            inner = ", ".join(f"{k} {node.text(k) or number_text(node.below(k))}" for k in node)
            parts.append(f"{key}: {inner}")
    if "low" in entries or "high" in entries:
        parts.append(f"({entries.text('low')} to {entries.text('high')})")
    return " ".join(parts) if "value" in entries else ", ".join(parts)


def shown_unit(entries: Entries, unit: Unit | None) -> str:
    """Return a unit as it is shown: without its scale, but for the hundredths of %."""
    if unit is None:
        return ""
    return "%" if unit == PLAIN and "%" in entries.text("unit") else str(unit)
