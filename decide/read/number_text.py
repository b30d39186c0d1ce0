"""A number's mapping as it is shown: one line, and its unit."""

from decide.formulas.units import PLAIN, Unit
from decide.read.evidence import EVIDENCE
from decide.read.nodes import Entries, Items, Scalar

MOST_LISTED = 8  # values of a list that are shown


def number_text(entries: Entries, joint: str = "") -> str:
    """Return a mapping as one line: its value, or its parameters by name."""
    parts = []
    for key in entries:
        if key in EVIDENCE or key in {"low", "high", "text"}:
            continue
        node = entries.values[key]
        if isinstance(node, Scalar):
            parts.append(node.text if key == "value" else f"{key} {node.text}")
        elif isinstance(node, Items):
            parts.append(f"{key}: {_listed(node)}")
        elif isinstance(node, Entries) and key == "mixture":
            inner = ", ".join(f"{k} ({number_text(node.below(k), ', ')})" for k in node)
            parts.append(f"{key}: {inner}")
        elif isinstance(node, Entries):
            inner = ", ".join(f"{k} {node.text(k) or number_text(node.below(k))}" for k in node)
            parts.append(f"{key}: {inner}")
    if "low" in entries or "high" in entries:
        parts.append(f"({entries.text('low')} to {entries.text('high')})")
    return (joint or (" " if "value" in entries else ", ")).join(parts)


def _listed(items: Items) -> str:
    """Return the values of a list, or the first of many and how many there are."""
    texts = [item.text for item in items.items if isinstance(item, Scalar)]
    if len(texts) <= MOST_LISTED:
        return ", ".join(texts)
    return f"{', '.join(texts[:MOST_LISTED])}, … ({len(texts)} values)"


def shown_unit(entries: Entries, unit: Unit | None) -> str:
    """Return a unit as it is shown: without its scale, but for the hundredths of %."""
    if unit is None:
        return ""
    return "%" if unit == PLAIN and "%" in entries.text("unit") else str(unit)
