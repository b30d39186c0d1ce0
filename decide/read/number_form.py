"""Which form a number has: a constant, a formula, one distribution, a series or a mapping."""

from decide.language import listed, said
from decide.read.distributions import FORMS
from decide.read.nodes import Entries
from decide.read.percentiles import percentiles_of
from decide.read.problems import Problems
from decide.read.written_percentiles import PERCENTILES

BESIDE = {  # what may stand beside each form, evidence apart
    "value": ("low", "high"),
    "percentiles": (*PERCENTILES, "min", "max"),
    "normal": ("min", "max"),
    "lognormal": ("min", "max"),
    "beta": ("min", "max"),
    "empirical": ("min", "max"),
    "mixture": ("min", "max"),
    "from": ("points",),
}
MISPLACED = {
    "low": said("low and high stand beside a value; a drawn number is bounded by min and max"),
    "high": said("low and high stand beside a value; a drawn number is bounded by min and max"),
    "min": said("min and max bound percentiles, a normal, a lognormal or a beta"),
    "max": said("min and max bound percentiles, a normal, a lognormal or a beta"),
    "points": said("points stand beside from"),
}


def form_of(entries: Entries, problems: Problems) -> str:
    """Return the one form that a number has; "" where it has none or several."""
    forms = [k for k in ("value", "series", "from", *FORMS) if k in entries]
    if percentiles_of(entries):
        forms.append("percentiles")
    if len(forms) == 1:
        beside = (forms[0], *BESIDE.get(forms[0], ()))
        for key, advice in MISPLACED.items():
            is_told = forms[0] in {"triangular", "pert", "uniform"} and key in {"min", "max"}
            if key in entries and key not in beside and not is_told:
                message = said("{key!r} has no meaning beside {form}", key=key, form=forms[0])
                problems.error(entries.keys[key], message, advice)
        return forms[0]
    what = listed([repr(form) for form in forms]) if forms else said("no value")
    advice = said("give value, or p10, p50 and p90, or one distribution, or series")
    if not forms and ("low" in entries or "high" in entries):
        advice = said("add the value that low and high lie around")
    elif not forms and "points" in entries:
        advice = said("add from: the screening criterion that the points speak of")
    message = said("a number has exactly one form, and this has {what}", what=what)
    problems.error(entries, message, advice)
    return ""
