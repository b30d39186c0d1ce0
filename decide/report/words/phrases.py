"""Headings, captions and column names."""

from collections.abc import Mapping

from decide.language import Said, said

PHRASES: Mapping[str, Said] = {
    # the page
    "skip": said("Skip to the answer"),
    "kicker": said("Decision report"),
    "contents": said("Contents"),
    "find": said("Find"),
    "found": said("Found"),
    "found_none": said("Nothing is called that, and no number is written so."),
    "present": said("Present"),
    "present_end": said("End (Esc)"),
    "previous_page": said("Back (\u2190)"),
    "next_page": said("Next (\u2192)"),
    "redacted": said("Redacted copy: what firms might cost, and notes on them, are left out."),
    "key_figures": said("Key figures"),
    "scroll_tree": said("Wide picture, scrolls sideways"),
    "numbers_behind": said("The numbers behind the picture"),
    # sections
    "answer_title": said("The answer"),
    "options_title": said("The question and its options"),
    "money_title": said("Money"),
    "tree_title": said("Decision tree and policy"),
    "drivers_title": said("What drives it"),
    "information_title": said("What would it be worth to know?"),
    "questions_title": said("Ten sceptical questions"),
    "what_if_title": said("What if?"),
    "what_if_lead": said(
        "Move any number and see what follows. The page makes 1,024 of the model's own draws and "
        "runs the model on them again; what it shows is the printed figure plus the difference "
        "that the move makes, and after \u00b1 twice the standard error. Nothing that you do here "
        "changes the agreed model."
    ),
    "what_if_none": said("This part needs a browser that runs scripts."),
    "what_if_add": said("Another number, weight or performance"),
    "what_if_back": said("Back to the agreed model"),
    "what_if_link": said("Copy a link"),
    "what_if_yaml": said("Copy as YAML"),
    "what_if_note": said(
        "A slider shifts the whole range; Pin holds a number at one value, typed or where the "
        "slider stands. The YAML, saved as a file, runs on all draws with decide report --with "
        "FILE."
    ),
    "what_if_moves": said("What is moved"),
    "what_if_results": said("What follows"),
    "what_if_tree": said("The tree and its policy"),
    "what_if_tree_of": said("Tree of"),
    "what_if_tree_note": said(
        "Worths in this tree are certainty equivalents on the page's own "
        "draws alone, and so lie a little off the printed ones."
    ),
    "what_if_firms": said("The firms"),
    "what_if_show": said("Show"),
    "what_if_page": said("This page is a what-if, not the agreed model. Moved:"),
    "score_title": said("Score on the criteria"),
    "targets_title": said("Targets, ranked"),
    "precedents_title": said("Precedents"),
    "sources_title": said("Where every number comes from"),
    # key figures
    "certainty_equivalent": said("Certainty equivalent"),
    "expected_value": said("Expected value"),
    "lead": said("Lead over"),
    "probability_of_loss": said("Probability of loss"),
    "p10": said("One time in ten at most"),
    "worst_tenth": said("Mean of the worst tenth"),
    "score_and_tree": said("Score and tree"),
    "score_agrees": said("agree"),
    "score_differs": said("disagree"),
    "unsourced": said("Numbers without source or reason"),
    "what_would_change_it": said("What would change it"),
    "how_far_to_trust_it": said("What it rests on"),
    # options
    "tag_leader": said("leads"),
    "tag_base": said("base"),
    "frame_horizon": said("Years"),
    "frame_money": said("Money"),
    "frame_as_of": said("As of"),
    "frame_meeting": said("Meeting"),
    "frame_owner": said("Owner"),
    "sets": said("What it sets"),
    # money
    "strategy": said("Strategy"),
    "mean": said("Mean"),
    "ce": said("Certainty equiv."),
    "error": said("\u00b1 sampling"),
    "p10_short": said("P10"),
    "p50_short": said("P50"),
    "p90_short": said("P90"),
    "loss_short": said("P(loss)"),
    "worst_short": said("Worst tenth"),
    "profile_heading": said("Risk profiles"),
    "cash_heading": said("Cash by year"),
    "cash_shape": said("Shape"),
    "cash_total": said("Sum"),
    # tree
    "policy_heading": said("The policy in sentences"),
    "other_trees": said("The other strategies"),
    # drivers
    "tornado_heading": said("One input at a time"),
    "switches_heading": said("Switch points"),
    "switches_caption": said("Where one input alone hands the lead to another, nearest first"),
    "input": said("Input"),
    "low": said("Low"),
    "high": said("High"),
    "at_low": said("Worth at low"),
    "at_high": said("Worth at high"),
    "held_at_low": said("Policy held, low"),
    "held_at_high": said("Policy held, high"),
    "leads_at_low": said("Leads at low"),
    "leads_at_high": said("Leads at high"),
    "now": said("Now"),
    "switch_at": said("Switches"),
    "then_leads": said("Then leads"),
    "distance": said("Distance"),
    # information
    "worth_known": said("Worth to know"),
    "twice_error": said("\u00b1 two standard errors"),
    "against_most": said("Against the most"),
    # score
    "ranking_heading": said("Ranking"),
    "consequences_heading": said("Consequence table"),
    "consequences_caption": said(
        "Value, 0 (worst) to 100 (best), over the performance in its unit"
    ),
    "criterion": said("Criterion"),
    "weight": said("Weight"),
    "total": said("Total"),
    "weights_heading": said("Weights and the ranges that were weighed"),
    "weights_caption": said("A weight is the worth of moving from worst to best"),
    "swing": said("Swing"),
    "range": said("Worst to best"),
    "reason": said("Reason"),
    "overlap": said("Not counted twice because"),
    "held_flat": said("* In some cases beyond the range, where the value is held at its end."),
    "agreement_heading": said("Do score and tree agree?"),
    # targets
    "firm": said("Firm"),
    "screening_total": said("Screening"),
    "shortfall": said("Short of the leader"),
    "failed_heading": said("Firms that fail a gate"),
    "failed_caption": said("Listed, not run"),
    "gate": said("Gate"),
    "why": said("Why"),
    "screening_heading": said("Screening values"),
    "screening_caption": said("Value on each screening criterion, 0 (worst) to 100 (best)"),
    # precedents
    "members_caption": said("Every member of the class"),
    "case": said("Case"),
    "year": said("Year"),
    "price": said("Price"),
    "rank_price": said("Rank by price"),
    "years_short": said("Years to use"),
    "rank_years": said("Rank by years"),
    "outcome": said("Outcome"),
    # sources
    "unsourced_heading": said("Without a source or a reason"),
    "warnings_heading": said("What the checks noticed"),
    "off_heading": said("Switched off in the files"),
    "publications_heading": said("Publications"),
    "group_frame": said("The frame and the levers"),
    "group_quantities": said("Quantities"),
    "group_settings": said("What the strategies set"),
    "group_tree": said("The tree"),
    "group_diagram": said("The diagram"),
    "group_criteria": said("Weights of the criteria"),
    "group_performances": said("Performances"),
    "group_screening": said("Weights of the screening"),
    "group_correlations": said("Correlations"),
    "group_targets": said("Firms"),
    "group_precedents": said("Precedents, one by one"),
    "number": said("Number"),
    "written": said("As written"),
    "source_and_date": said("Source, date or grade"),
    "line": said("Line"),
    "title_and_address": said("Title and address"),
    "published": said("Published"),
    "note": said("Note"),
    # footer
    "provenance_heading": said("How this page came about"),
    "version": said("Version"),
    "seed": said("Seed"),
    "draws": said("Draws"),
    "policy_draws": said("Draws that chose the policy"),
    "digest": said("Digest of the files"),
    "files": said("Files"),
    "file": said("File"),
}


def phrases(language: str) -> dict[str, str]:
    """Return all headings and names in a language."""
    return {name: text.in_language(language) for name, text in PHRASES.items()}


def phrase(name: str, language: str) -> str:
    """Return one heading or name in a language."""
    return PHRASES[name].in_language(language)
