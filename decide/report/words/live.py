"""What the live part of the page says; braces are filled in by the page itself."""

from collections.abc import Mapping

from decide.language import Said, said

LIVE: Mapping[str, Said] = {
    "same_leader": said("{leader} still leads, by {lead} (\u00b1 {error}) over {second}."),
    "new_leader": said(
        "{leader} leads, by {lead} (\u00b1 {error}) over {second}. As agreed, {agreed} does."
    ),
    "too_close": said("That is too little to tell them apart."),
    "heavy": said(
        "Rare losses weigh so much here that 1,024 draws may miss them: the true errors are larger."
    ),
    "only_leader": said("{leader} is worth {worth}."),
    "as_agreed": said("Nothing is moved: these are the agreed figures."),
    "score_same": said("{leader} still has the highest score, {points} of 100."),
    "score_new": said("{leader} has the highest score, {points} of 100. As agreed, {agreed} has."),
    "moved_one": said("What-if: one change."),
    "moved_many": said("What-if: {count} changes."),
    "worth": said("Certainty equivalent"),
    "score": said("Score"),
    "strategy": said("Strategy"),
    "change": said("Change"),
    "loss": said("P(loss)"),
    "unmoved": said("\u00b10"),
    "bars": said("agreed: |"),
    "horizon": said("Last year that counts"),
    "risk_tolerance": said("Risk tolerance"),
    "no_tolerance": said("none: nobody minds risk"),
    "weight_of": said("Weight: {name}"),
    "median": said("median {value}"),
    "median_was": said("median {value}, agreed {agreed}"),
    "value_was": said("{value}, agreed {agreed}"),
    "swing_was": said("swing {value}, agreed {agreed}; share {share}"),
    "swing": said("swing {value}; share {share}"),
    "pin": said("Pin"),
    "pinned": said("pinned to {value}"),
    "exact": said("Pin to"),
    "undo": said("As agreed"),
    "see": said("suppose we see it"),
    "make": said("suppose we make it so"),
    "seen": said("Supposed to be seen: {name}"),
    "made": said("Supposed to be made so: {name}"),
    "chosen": said("chosen"),
    "was_chosen": said("as agreed, chosen"),
    "never": said("never"),
    "end": said("the path ends"),
    "acquired": said("Firm that is acquired"),
    "firm": said("Firm"),
    "firms": said("The firms"),
    "results": said("What follows"),
    "screened": said("Score on the screen"),
    "take_firm": said("acquire this one"),
    "copied": said("Copied."),
    "not_copied": said("The browser does not let this page copy; here it is:"),
    "unknown": said("What the link names and this model has not, or cannot be, is left out."),
    "plane": said("Score and money of the best strategy of each family"),
    "profiles": said("Risk profiles: how likely it is to end at or below an amount"),
    "score_axis": said("score, points"),
    "money_axis": said("certainty equivalent, {unit}"),
    "total_axis": said("total against the base strategy, {unit}"),
    "refused": said("These numbers cannot stand together: {reason}."),
    "bad_chance": said("the probabilities at {name} leave 0 to 100 %, or do not sum to it"),
    "bad_total": said("an amount is no number"),
}


def live_words(language: str) -> dict[str, str]:
    """Return all that the live part says, by name."""
    return {name: text.in_language(language) for name, text in LIVE.items()}
