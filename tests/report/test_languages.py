"""Every sentence of the product is in every language."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Formatter

import pytest

import decide.language
from decide.evaluate import Evaluation
from decide.language import languages, said, said_many, say
from decide.report.page import render_page
from decide.report.view.context import context_of
from tests.catalogues import CATALOGUES, read_catalogue, spoken, template

OTHERS = [language for language in languages() if language != "en"]
WIDE = "\u00a0"


def places(sentence: str) -> set[str]:
    """The named places of a sentence; braces that stand for themselves are none."""
    try:
        return {
            name for _, name, _, _ in Formatter().parse(sentence) if name and name.isidentifier()
        }
    except ValueError:
        return set()


def test_french_is_spoken() -> None:
    assert "fr" in OTHERS


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_each_sentence_of_the_code_once_and_no_other(language: str) -> None:
    expected = {said for said, _ in spoken(template())}
    found = [said for said, _ in spoken(read_catalogue(CATALOGUES / f"{language}.po"))]
    assert set(found) == expected, "make languages"
    assert len(found) == len(expected)


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated_with_the_same_places(language: str) -> None:
    for sentence, translation in spoken(read_catalogue(CATALOGUES / f"{language}.po")):
        assert all(translation), sentence
        wanted = places(sentence[-1])
        assert places(translation[-1]) == wanted, sentence
        assert places(translation[0]) <= wanted, sentence


def test_french_has_its_spaces_before_high_stops() -> None:
    for _, translation in spoken(read_catalogue(CATALOGUES / "fr.po")):
        for text in translation:
            assert not re.search(r" (?:[;:!?](?: |$)|\u00bb)|\u00ab ", text), text


def test_a_sentence_keeps_its_pieces_in_another_language(german: None) -> None:
    assert german is None
    sentence = said("{leader} is the only strategy.", leader=said("The tree"))
    assert sentence == "The tree is the only strategy."
    assert sentence.in_language("de") == "Nur eine Strategie: Der Baum."
    assert said_many(1, "one path", "{count} paths", count="1").in_language("de") == "ein Pfad"
    assert said_many(7, "one path", "{count} paths", count="7").in_language("de") == "7 Pfade"
    assert say("de", "{leader} is worth {worth}.", leader="A", worth="1") == "A is worth 1."


GERMAN = """
msgid "The tree"
msgstr "Der Baum"

msgid "The answer"
msgstr "Die Antwort"

msgid "bn"
msgstr "Mrd."

msgid "{leader} is the only strategy."
msgstr "Nur eine Strategie: {leader}."

msgid "one path"
msgid_plural "{count} paths"
msgstr[0] "ein Pfad"
msgstr[1] "{count} Pfade"
"""


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A third language, by one file."""
    (tmp_path / "de.po").write_text(GERMAN, encoding="utf-8")
    monkeypatch.setattr(decide.language, "CATALOGUES", tmp_path)
    forget = (decide.language.languages, decide.language._catalogue)  # noqa: SLF001
    for cached in forget:
        cached.cache_clear()
    yield
    for cached in forget:
        cached.cache_clear()


def test_a_third_language_needs_one_catalogue_and_no_code(
    evaluation: Evaluation, german: None
) -> None:
    assert german is None
    assert languages() == ("en", "de")
    page = render_page(evaluation, language="de")
    assert '<html lang="de">' in page
    assert "Die Antwort" in page
    assert re.search(rf"\d,\d+{WIDE}Mrd\.{WIDE}\$", page)
    assert "Money" in page  # what the catalogue has not stays in English


def test_no_english_is_left_on_the_french_page(evaluation: Evaluation) -> None:
    page = render_page(evaluation, language="fr")
    assert '<html lang="fr">' in page
    text = re.sub(r"<(style|script)\b.*?</\1>", "", page, flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", "|", text)
    french = {
        t for _, translation in spoken(read_catalogue(CATALOGUES / "fr.po")) for t in translation
    }
    fragments = {
        piece.strip()
        for sentence, _ in spoken(template())
        for form in sentence
        for piece in re.split(r"\{[^}]*\}", form)
        if len(re.findall(r"[a-z]{2,}", piece)) >= 3 and form not in french
    }
    assert len(fragments) > 300
    assert [piece for piece in fragments if piece in text] == []


def test_a_sign_that_french_sets_apart_stays_with_its_word(
    evaluate_text: Callable[..., Evaluation],
) -> None:
    label = "label: Demand in 2031"
    context = context_of(
        evaluate_text((label, 'label: "Vite : \u00ab oui \u00bb ou non ? \u00e0 5 %"'))
    )
    assert context.quantity("demand") == (
        "Vite\u00a0: \u00ab\u00a0oui\u00a0\u00bb ou non\u00a0? \u00e0 5\u202f%"
    )
