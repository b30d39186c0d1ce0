"""A workspace that tries to break the page: long words, markup, other scripts, many strategies."""

import json
import os
from pathlib import Path
from typing import Any

NAMES = (
    "Unternehmensübernahme" * 15,
    "<b>bold</b><script>alert(1)</script> & \" ' </td></svg>",
    "שרשרת אספקה מגוונת עם שבבים",
    "🚀🧠 Rockets 👩\u200d🚀 " * 4,
    "{leader} {0} {x!r:g} {{y} %s",
)
# Windows takes no brackets in the name of a file
FILE = "hostile & '.yaml" if os.name == "nt" else "<img src=x onerror=alert(2)> & '.yaml"
STRATEGIES, CRITERIA, INPUTS, FIRMS = 30, 9, 6, 4
SHARES = (0.05, 0.15)


def name(index: int) -> str:
    """Return one of the texts that break things."""
    return f"{NAMES[index % len(NAMES)]} {index}"


def judged(index: int, **what: object) -> dict[str, Any]:
    """Return a number with a label and a reason."""
    return {**what, "grade": "judgement", "reason": name(index)}


def decision() -> dict[str, Any]:
    """Return what stands in criteria/."""
    signal = {"p10": 0.03, "p50": 0.1, "p90": 0.25, "min": 0, "max": 1}
    return {
        "decision": {
            "title": name(0),
            "question": name(1),
            "as_of": "2023-10-31",
            "years": "2024-2031",
            "currency": "USD",
            "risk_tolerance": judged(0, value=5e9, unit="USD"),
            "discount_rate": {"value": 0.08, "low": 0.05, "high": 0.12, "source": "note"},
            "base": "s0",
            "payoff": "cash",
        },
        "levers": {"share": {"value": 0, "label": name(0)}},
        "quantities": {
            **{f"q{i}": _input(i) for i in range(INPUTS)},
            "signal": {"label": name(0), **signal, "source": "note"},
            "cash": "share * (q0 + q1 + q2 - q3 - q4) * signal - q5 * share * share",
        },
        "sources": {
            "note": _source(1, f"https://example.org/{NAMES[0]}"),
            "talk": _source(0, name(1)),
        },
        "strategies": {
            "s0": {"label": name(0)},
            "buy": {"label": name(1), "for_each": "targets", "then": "look"},
            **{f"s{i}": _strategy(i) for i in range(1, STRATEGIES)},
        },
        "tree": {
            "look": {
                "label": name(0),
                "year": 2025,
                "observe": "signal",
                "bins": SHARES,
                "then": "gate",
            },
            "gate": {
                "label": name(2),
                "year": 2026,
                "decide": {
                    "go": {"label": name(0), "then": "luck"},
                    "stop": {"label": name(1), "set": {"share": 0}},
                },
            },
            "luck": {
                "label": name(3),
                "year": 2027,
                "chance": {
                    "good": {"label": name(0), "p": judged(1, value=0.4)},
                    "bad": {"label": name(3), "p": "rest", "set": {"share": 0}},
                },
            },
        },
        "criteria": {f"c{i}": _criterion(i) for i in range(CRITERIA)},
        "performances": {
            strategy: {f"c{i}": judged(i, value=(7 * row + 11 * i) % 100) for i in range(CRITERIA)}
            for row, strategy in enumerate(("buy", *(f"s{i}" for i in range(STRATEGIES))))
        },
    }


def firms() -> dict[str, Any]:
    """Return what stands in targets/."""
    return {
        "screening": {
            "gates": {"silicon": {"label": name(0), "question": name(1)}},
            "criteria": {f"f{i}": _criterion(i) for i in range(FIRMS)},
        },
        "targets": {f"firm{i}": _firm(i) for i in range(FIRMS)},
        "classes": {
            "bought": {"label": name(0), "kind": ["acquisition"], "success": ["success"]},
        },
        "precedents": {f"case{i}": _precedent(i) for i in range(FIRMS)},
    }


def write_hostile_workspace(folder: Path) -> Path:
    """Write the workspace into a folder and return that."""
    for part, content in (("criteria", decision()), ("targets", firms())):
        path = folder / part / FILE
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def _source(index: int, address: str) -> dict[str, Any]:
    return {"title": name(index), "address": address, "published": "2023-10-05"}


def _input(index: int) -> dict[str, Any]:
    width = {"p10": 1e9, "p50": 2e9, "p90": (4 + index) * 1e9, "min": 0, "max": 3e10}
    return judged(index + 1, label=name(index), unit="USD/year", **width)


def _strategy(index: int) -> dict[str, Any]:
    what = {"label": name(index), "note": name(index)}
    share = {"set": {"share": judged(index, value=0.03 * index)}}
    return {**what, **share, **({"then": "look"} if index % 3 else {})}


def _criterion(index: int) -> dict[str, Any]:
    swing = {"worst": 0, "best": 100, "swing": 100 - index, "swing_reason": name(index)}
    return {"label": name(index), **swing}


def _firm(index: int) -> dict[str, Any]:
    status = "fail" if index == 3 else "pass"
    return {
        "label": name(index),
        "facts": {"seat": {"text": name(index), "source": "note"}},
        "gates": {"silicon": {"status": status, "why": name(index), "source": "note"}},
        "performances": {f"f{i}": {"value": 20 * i, "source": "talk"} for i in range(FIRMS)},
    }


def _precedent(index: int) -> dict[str, Any]:
    return {
        "label": name(index),
        "kind": "acquisition",
        "buyer": name(index),
        "buyer_kind": "cloud",
        "year": 2015,
        "price": (index + 1) * 1e8,
        "outcome": "success" if index % 2 else "failure",
        "relevance": 3,
        "why": name(index),
        "source": "talk",
    }
