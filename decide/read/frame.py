"""The frame: the decision, its levers, and the sources that numbers may name."""

import re
from datetime import date

from decide.formulas.error import UnitError
from decide.formulas.units import parse_unit
from decide.language import languages, listed, said
from decide.model.decision import Decision, Lever, Source
from decide.model.number import Fixed, Formula
from decide.read.labels import check_id, read_date, read_label, shown_id
from decide.read.nodes import Entries, Node, Scalar
from decide.read.numbers import NumberReader, is_unreadable
from decide.read.problems import Problems

_YEARS = re.compile(r"([0-9]{4})(?: *[-\u2013] *([0-9]{4}))?\Z")
HIGH_RATE = 0.10  # from which a discount rate is taken to hold a premium for risk
MOST_YEARS = 100


def read_decision(root: Entries, reader: NumberReader) -> Decision:
    """Read the decision, and note where its parts do not go together."""
    entries = root.below("decision")
    problems = reader.problems
    years = _years(entries, problems)
    rate = entries.get("discount_rate")
    tolerance = entries.get("risk_tolerance")
    decision = Decision(
        title=read_label(entries, "title", problems, "Decision"),
        question=read_label(entries, "question", problems),
        as_of=read_date(entries.get("as_of"), problems),
        meeting=read_date(entries.get("meeting"), problems),
        owner=entries.text("owner"),
        years=years,
        currency=_currency(entries, problems),
        prices=entries.text("prices"),
        tax=entries.text("tax"),
        discount_rate=reader.number(rate, levers_allowed=False) if rate else None,
        risk_tolerance=reader.number(tolerance, levers_allowed=False) if tolerance else None,
        base=entries.text("base") or None,
        payoff=_payoff(entries, reader),
        seed=_seed(entries, problems),
        language=_spoken(entries, problems),
        place=entries.place,
    )
    _check_money(entries, decision, problems)
    _check_dates(entries, decision, problems)
    _check_risk(entries, decision, problems)
    return decision


def read_levers(root: Entries, reader: NumberReader) -> dict[str, Lever]:
    """Read the levers with their initial values."""
    found = {}
    entries = root.below("levers")
    for name, key in entries.keys.items():
        check_id(key, said("lever"), reader.problems)
        node = entries.values[name]
        number = reader.number(node, user=name, levers_allowed=False)
        label = read_label(
            node if isinstance(node, Entries) else entries.below(name),
            "label",
            reader.problems,
            shown_id(name),
        )
        found[name] = Lever(id=name, label=label, number=number, unit=number.unit)
    return found


def read_sources(root: Entries, as_of: date | None, problems: Problems) -> dict[str, Source]:
    """Read the sources; what was published after the as-of date is refused."""
    found = {}
    entries = root.below("sources")
    for name, key in entries.keys.items():
        check_id(key, said("source"), problems)
        below = entries.below(name)
        source = Source(
            id=name,
            title=below.text("title"),
            address=below.text("address"),
            published=read_date(below.get("published"), problems),
            published_text=below.text("published"),
            known_by=read_date(below.get("known_by"), problems),
            known_reason=str(read_label(below, "known_reason", problems)),
            note=str(read_label(below, "note", problems)),
            place=key.place,
        )
        _check_date(key, below, source, as_of, problems)
        found[name] = source
    return found


def _check_date(
    key: Scalar, below: Entries, source: Source, as_of: date | None, problems: Problems
) -> None:
    if "known_by" in below and not source.known_reason:
        problems.error(
            below.keys["known_by"],
            said(
                "source {source!r} says by when it was known, and not how we know", source=source.id
            ),
            said("add `known_reason: …`"),
        )
    if "published" not in below and "known_by" not in below:
        problems.error(
            key,
            said("source {source!r} has no date", source=source.id),
            said(
                "add `published: 2023-10-05` (or 2023-10, 2023), or `known_by` with a "
                "`known_reason`"
            ),
        )
    known = source.known_by or source.published
    if as_of is None or known is None or known <= as_of:
        return
    word = "known_by" if source.known_by else "published"
    problems.error(
        below.values[word],
        said(
            "source {source!r} counts as of {known}, after the as-of date {as_of}; hindsight "
            "cannot feed the model",
            source=source.id,
            known=known.isoformat(),
            as_of=as_of.isoformat(),
        ),
        said("use an earlier source, or say with `known_by` and `known_reason` that it was known"),
    )


def _years(entries: Entries, problems: Problems) -> tuple[int, ...]:
    node = entries.get("years")
    if not isinstance(node, Scalar):
        return ()
    found = _YEARS.match(node.text.strip())
    first = int(found[1]) if found else 0
    last = int(found[2] or found[1]) if found else -1
    if not first <= last < first + MOST_YEARS:
        problems.error(
            node,
            said("{text!r} is not a span of years", text=node.text),
            said("write the first and last: 2024-2031"),
        )
        return ()
    return tuple(range(first, last + 1))


def _payoff(entries: Entries, reader: NumberReader) -> Formula | None:
    node = entries.get("payoff")
    if not isinstance(node, Scalar):
        return None
    number = reader.number(node, is_evident=True)
    if isinstance(number.definition, Formula):
        return number.definition
    if not is_unreadable(number):
        reader.problems.error(
            node,
            said("the payoff {text!r} names no quantity", text=node.text),
            said("name the yearly cash"),
        )
    return None


def _seed(entries: Entries, problems: Problems) -> int:
    node = entries.get("seed")
    if not isinstance(node, Scalar):
        return 1
    if not re.match(r"[0-9]{1,15}\Z", node.text):
        problems.error(
            node,
            said("the seed {text!r} is not a whole number", text=node.text),
            said("write seed: 1"),
        )
        return 1
    return int(node.text)


def _spoken(entries: Entries, problems: Problems) -> str:
    node = entries.get("language")
    if not isinstance(node, Scalar):
        return ""
    if node.text not in languages():
        message = said("{language!r} is not spoken here", language=node.text)
        known = ", ".join(languages())
        problems.error(node, message, said("write one of {languages}", languages=known))
    return node.text


def _check_money(entries: Entries, decision: Decision, problems: Problems) -> None:
    needs = {
        "payoff": ("years", "base", "currency", "as_of"),
        "discount_rate": ("years", "as_of"),
    }
    told: set[str] = set()
    for key, others in needs.items():
        missing = [other for other in others if key in entries and other not in {*entries, *told}]
        told.update(missing)
        if missing:
            message = said(
                "{key!r} needs {missing} beside it",
                key=key,
                missing=listed([repr(m) for m in missing]),
            )
            advice = said("add {missing} to the decision", missing=", ".join(missing))
            problems.gap(entries.keys[key], message, advice)
    numbers = {
        "discount_rate": decision.discount_rate,
        "risk_tolerance": decision.risk_tolerance,
    }
    for key, number in numbers.items():
        if number is None or is_unreadable(number):
            continue
        if isinstance(number.definition, Fixed):
            _check_range(entries, key, number.definition, problems)
        else:
            problems.error(
                entries.values[key],
                said(
                    "{key!r} is a constant, with low and high where its range is in question",
                    key=key,
                ),
                said("write {value: …, low: …, high: …}"),
            )
            problems.settle(_value_of(entries, key))


def _check_range(entries: Entries, key: str, fixed: Fixed, problems: Problems) -> None:
    """Note the first of value, low and high that the discount rate or risk tolerance cannot be."""
    for end, x in (("value", fixed.value), ("low", fixed.low), ("high", fixed.high)):
        at = entries.below(key).get(end) or entries.values[key]
        if key == "discount_rate" and x is not None and not -0.5 < x < 1:
            message = said(
                "a discount rate of {rate:g} is {percent:g} % a year", rate=x, percent=100 * x
            )
            problems.error(at, message, said("write {x:g} % where that is meant", x=x))
            return
        if key == "risk_tolerance" and x is not None and x <= 0:
            message = said("the risk tolerance is {x:g}; it must be above 0", x=x)
            advice = said("leave it out to be risk-neutral")
            if end != "value":
                message = said(
                    "the range of the risk tolerance begins at {x:g}; it must be above 0", x=x
                )
                advice = said("give the smallest tolerance that anyone would argue for")
            problems.error(at, message, advice)
            return


def _value_of(entries: Entries, key: str) -> Node:
    """Return the constant itself, whether it stands bare or in a mapping."""
    return entries.below(key).get("value") or entries.values[key]


def _currency(entries: Entries, problems: Problems) -> str:
    node = entries.get("currency")
    if not isinstance(node, Scalar):
        return ""
    try:
        _, factor = parse_unit(node.text)
    except UnitError:
        advice = said("write its three letters, as USD; units are compared with it")
        problems.error(node, said("the currency {text!r} cannot be a unit", text=node.text), advice)
        return ""
    if factor != 1.0:
        problems.error(node, said("the currency has a scale"), said("write it alone, as USD"))
    return node.text


def _check_dates(entries: Entries, decision: Decision, problems: Problems) -> None:
    as_of, meeting, years = decision.as_of, decision.meeting, decision.years
    if as_of is not None and meeting is not None and meeting < as_of:
        message = said("the meeting is before the as-of date {as_of}", as_of=as_of.isoformat())
        problems.error(entries.values["meeting"], message, said("correct one of the two"))
    if as_of is not None and years and years[0] < as_of.year:
        message = said(
            "the years begin in {first}, before the year of the as-of date {year}",
            first=years[0],
            year=as_of.year,
        )
        advice = said("what is spent is spent: begin with the as-of year or later")
        problems.error(entries.values["years"], message, advice)


def _check_risk(entries: Entries, decision: Decision, problems: Problems) -> None:
    rate, tolerance = decision.discount_rate, decision.risk_tolerance
    if rate is None or tolerance is None or "risk_reason" in entries:
        return
    if isinstance(rate.definition, Fixed) and rate.definition.value >= HIGH_RATE:
        problems.error(
            _value_of(entries, "discount_rate"),
            said(
                "a discount rate of {value:g} % beside a risk tolerance charges for risk twice",
                value=100 * rate.definition.value,
            ),
            said(
                "lower the rate, leave out risk_tolerance, or say in `risk_reason` why both stand"
            ),
        )
