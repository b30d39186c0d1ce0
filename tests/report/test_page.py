import re
import zlib
from base64 import b64encode, b85decode
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest

from decide.evaluate import Evaluation, evaluate
from decide.read.workspace import read_workspace
from decide.report.page import render_page
from decide.report.view.anchors import (
    branch_anchor,
    criterion_anchor,
    gate_anchor,
    performance_anchor,
    precedent_anchor,
    quantity_anchor,
    setting_anchor,
    target_performance_anchor,
)
from decide.report.view.context import context_of
from decide.report.view.sources import Sources, sources_view

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
LARGEST = 400_000  # bytes


@dataclass
class Outline(HTMLParser):
    """What the tests ask of a page: tags with attributes, ids, links, headings, text."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.tags if attribute in attributes]


def outline_of(page: str) -> Outline:
    outline = Outline()
    outline.feed(page)
    return outline


@pytest.fixture(scope="module")
def outline(page: str) -> Outline:
    return outline_of(page)


def assert_links_lead_somewhere(outline: Outline) -> None:
    ids = outline.values("id")
    doubled = [name for name, count in Counter(ids).items() if count > 1]
    assert doubled == []
    inner = [href[1:] for href in outline.values("href") if href.startswith("#")]
    assert len(inner) > 50
    assert set(inner) - set(ids) == set()


def assert_every_input_is_backed(view: Sources) -> None:
    sources = {f"#{row.anchor}" for file in view.publications for row in file.rows}
    blocks = [block for group in view.groups for block in group.blocks]
    assert blocks
    for block, row in [(b, r) for b in blocks for r in b.rows]:
        assert row.has_grade or (row.grade == "judgement" and block.grade), row
        assert not row.note or (row.note, row.reason) in {(n.mark, n.text) for n in block.notes}
        assert row.file, row
        assert int(row.line) > 0, row
        if row.grade == "sourced":
            assert row.sources, row
            assert row.dates, row
            assert {part.href for part in row.sources} <= sources, row
        elif row.grade == "judgement":
            assert row.why or row.reason, row
        else:
            assert row.grade_text, row


def test_every_link_on_the_page_leads_to_one_place(outline: Outline) -> None:
    assert_links_lead_somewhere(outline)


def test_every_input_leads_to_a_source_a_reason_or_a_grade_and_to_its_line(
    evaluation: Evaluation,
) -> None:
    view = sources_view(context_of(evaluation, "en"))
    assert_every_input_is_backed(view)


def test_the_numbers_without_a_source_are_those_that_the_reader_warned_of(
    evaluation: Evaluation,
) -> None:
    view = sources_view(context_of(evaluation, "en"))
    warned = {
        f"{p.place.file}:{p.place.line}"
        for p in evaluation.model.warnings
        if p.place and "neither a source nor a grade" in p.message
    }
    assert {row.place for row in view.unsourced} == warned
    assert warned.isdisjoint(row.place for row in view.warnings)
    assert view.unsourced_count == len(view.unsourced) == 4


def test_every_quantity_performance_and_weight_has_a_row_of_its_own(
    evaluation: Evaluation, outline: Outline
) -> None:
    model = evaluation.model
    wanted = [
        *(quantity_anchor(model, q) for q in ("demand", "price", "price@alpha", "own_chip")),
        quantity_anchor(model, "discount_rate"),
        performance_anchor(model, "diversify", "delay"),
        performance_anchor(model, "acquire@alpha", "delay"),
        performance_anchor(model, "acquire@beta", "control"),
        *(criterion_anchor(model, c) for c in ("supply", "delay", "maturity")),
        target_performance_anchor(model, "alpha", "maturity"),
        gate_anchor(model, "gamma", "silicon"),
        setting_anchor(model, "diversify", "second_source"),
        branch_anchor(model, "silicon", "good"),
        precedent_anchor(model, "annapurna"),
    ]
    assert len(set(wanted)) == len(wanted)
    assert set(wanted) <= set(outline.values("id"))


def test_firms_without_a_performance_of_their_own_share_a_row(evaluation: Evaluation) -> None:
    model = evaluation.model
    shared = performance_anchor(model, "acquire@alpha", "control")
    assert performance_anchor(model, "acquire@alpha", "delay") == performance_anchor(
        model, "acquire@beta", "delay"
    )
    assert performance_anchor(model, "acquire@beta", "control") != shared


def test_the_policy_allows_style_sheet_and_script_by_their_hash_and_nothing_else(
    page: str, outline: Outline
) -> None:
    digests = {}
    for tag in ("style", "script"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digests[tag] = b64encode(sha256(text.encode()).digest()).decode()
    (letters,) = re.findall(r'id="live-engine">(.*?)<', page)
    engine = zlib.decompress(b85decode(letters.translate(str.maketrans(".,/", "&<>"))))
    live = b64encode(sha256(engine).digest()).decode()
    policy = next(a["content"] for t, a in outline.tags if t == "meta" and "http-equiv" in a)
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{digests['script']}' 'sha256-{live}'; "
        f"style-src 'sha256-{digests['style']}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_nothing_on_the_page_asks_for_anything(outline: Outline) -> None:
    assert outline.values("src") == []
    assert outline.values("style") == []
    assert not {tag for tag, _ in outline.tags} & {"iframe", "object", "base", "form"}
    scripts = [attributes for tag, attributes in outline.tags if tag == "script"]
    packed = [{"type": "text/plain", "id": name} for name in ("live-data", "live-engine")]
    assert scripts == [*packed, {}]
    links = [a["href"] for tag, a in outline.tags if tag == "link"]
    assert links == ["data:,"]


def test_hostile_text_is_shown_as_text(evaluate_text: Callable[..., Evaluation]) -> None:
    shown = evaluate_text(
        ("title: AI compute", f"title: '{HOSTILE}'"),
        ("label: Diversify suppliers", f"label: '{HOSTILE} \" onload=\"'"),
        ("label: Alpha Chips", f"label: '{HOSTILE}'"),
        ("title: A bank's note", f"title: '{HOSTILE}'"),
        ("https://example.org/note?a=1&b=2", "javascript:alert(3)"),
        ("reason: as planned", f"reason: '{HOSTILE}'"),
        ("label: Continue", f"label: '{HOSTILE}'"),
        ("why: Slides only.", f"why: '{HOSTILE}'"),
    )
    page = render_page(shown)
    outline = outline_of(page)
    assert "img" not in {tag for tag, _ in outline.tags}
    assert sum(tag == "script" for tag, _ in outline.tags) == 3  # the page's own
    assert [name for _, a in outline.tags for name in a if name.startswith("on")] == []
    assert [href for href in outline.values("href") if href.startswith("javascript")] == []
    assert HOSTILE in "".join(outline.text)


def test_headings_go_down_one_step_at_a_time(outline: Outline) -> None:
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_heads_its_columns(outline: Outline) -> None:
    tags = [tag for tag, _ in outline.tags]
    assert tags.count("table") == tags.count("caption") == tags.count("thead") > 5


def test_every_picture_has_a_name_or_is_hidden_from_those_who_do_not_see_it(
    outline: Outline,
) -> None:
    pictures = [a for tag, a in outline.tags if tag == "svg"]
    assert len(pictures) > 5
    assert all(a.get("aria-hidden") == "true" or a.get("aria-label") for a in pictures)


def test_whatever_scrolls_can_be_reached_by_keyboard_and_has_a_name(outline: Outline) -> None:
    regions = [a for _, a in outline.tags if "scroll" in a.get("class", "").split()]
    assert regions
    assert all(a["tabindex"] == "0" and a["aria-label"] and a["role"] == "region" for a in regions)


def test_the_answer_names_leader_lead_worth_and_what_would_change_it(page: str) -> None:
    answer = page[page.index('<section id="answer"') : page.index('<section id="options"')]
    text = " ".join(re.sub(r"<[^>]+>", "", answer).replace("\u00a0", " ").split())
    assert "Diversify suppliers is the best course, clearly" in text
    assert "Acquire a chip firm: Alpha Chips, the next best" in text
    assert re.search(r"is worth \$\d\.\d bn on average, against Status quo", text)
    assert "The criteria disagree: Build in-house leads on the score" in text
    assert "overtakes Diversify suppliers only where one point is worth more than $" in text
    assert "Four of the" in text
    assert "neither a source nor a stated reason" in text
    assert "As of October 31, 2023" in text


def test_the_footer_says_how_the_page_came_about(page: str, evaluation: Evaluation) -> None:
    footer = page[page.index("<footer>") :]
    assert evaluation.digest in footer
    assert evaluation.version in footer
    assert all(file.sha256 in footer for file in evaluation.model.files)


def test_the_same_evaluation_gives_the_same_bytes(evaluation: Evaluation, page: str) -> None:
    assert render_page(evaluation) == page


def test_a_language_that_the_page_does_not_speak_is_answered_in_english_throughout(
    evaluation: Evaluation, page: str
) -> None:
    assert render_page(evaluation, language="tlh") == page


def test_a_textbook_tree_has_a_page_too(tmp_path: Path) -> None:
    path = tmp_path / "criteria" / "oil.yaml"
    path.parent.mkdir()
    path.write_text(
        "decision: {title: Oil}\n"
        "tree:\n"
        "  drill: {decide: {go: {pay: -70, then: oil}, leave: {}}}\n"
        "  oil: {chance: {wet: {p: 40 %, pay: 200}, dry: {p: rest}}}\n",
        encoding="utf-8",
    )
    page = render_page(evaluate(read_workspace(tmp_path), draws=1024))
    outline = outline_of(page)
    ids = outline.values("id")
    assert {href[1:] for href in outline.values("href") if href.startswith("#")} <= set(ids)
    assert 'id="score"' not in page
    assert 'id="targets"' not in page


def mistakes(page: str) -> list[object]:
    """What the parser of the HTML standard has to mend."""
    parser = html5lib.HTMLParser()
    parser.parse(page)
    return list(parser.errors)


def test_the_page_is_html_as_the_standard_has_it(page: str) -> None:
    assert mistakes(page) == []
    assert mistakes(page.replace("</table>", "", 1)) != []


@pytest.mark.slow
def test_the_shipped_case_s_page_is_small_and_sound_in_every_language(
    shipped: Evaluation, shipped_page: str, french_page: str
) -> None:
    for page in (shipped_page, french_page):
        assert len(page.encode()) <= LARGEST
        assert mistakes(page) == []
        assert_links_lead_somewhere(outline_of(page))
    view = sources_view(context_of(shipped, "en"))
    assert_every_input_is_backed(view)


ARTICLE = (
    ("incumbent_share", "Over 80 % of the market"),
    ("gpus_today", "The machine of 2020 had 10,000"),
    ("scenario_stock", "48.1 bn"),
    ("scenario_renewal", "16 bn"),
    ("programme_cost", "Hundreds of millions a year"),
    ("build_years", "Several years"),
)


@pytest.mark.slow
@pytest.mark.parametrize(("quantity", "figure"), ARTICLE)
def test_the_article_s_figures_stand_where_they_are_used(
    shipped: Evaluation, quantity: str, figure: str
) -> None:
    view = sources_view(context_of(shipped, "en"))
    rows = [row for group in view.groups for block in group.blocks for row in block.rows]
    anchor = quantity_anchor(shipped.model, quantity)
    row = next(row for row in rows if row.anchor == anchor)
    publications = (source for file in view.publications for source in file.rows)
    article = next(p for p in publications if "exploring making its own AI chips" in p.title)
    assert figure in f"{row.value} {row.why} {row.reason}".replace("\u202f", " ")
    assert f"#{article.anchor}" in {part.href for part in row.sources}


@pytest.mark.slow
def test_the_four_courses_are_named_in_the_answer_and_annapurna_in_its_class(
    shipped_page: str,
) -> None:
    answer, precedents = (
        shipped_page[shipped_page.index(f'<section id="{name}"') :].partition("</section>")[0]
        for name in ("answer", "precedents")
    )
    for course in ("Build in-house", "Acquire a chip firm", "Partner with Nvidia", "Diversify"):
        assert course in answer
    assert "Amazon: Annapurna Labs" in precedents
