"""Files that no text can show: other encodings, characters nobody sees, sizes."""

import pytest

from tests.read.reading import CHOICE, errors


def test_a_file_that_is_not_utf_8_is_refused_at_its_first_foreign_character() -> None:
    said = errors(CHOICE, {"criteria/x.yaml": "quantities: {prix: {label: coût}}".encode("cp1252")})
    assert said == ["this is not UTF-8"]


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029", "\x00", "\x07", "\ufeff"])
def test_a_character_that_nobody_sees_is_named_by_its_code(character: str) -> None:
    (said,) = errors(CHOICE, {"criteria/x.yaml": f"quantities: {{a: 1{character}}}\n"})
    assert f"U+{ord(character):04X}" in said


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    (said,) = errors(CHOICE, {"criteria/x.yaml": "#" * 5_000_001})
    assert "5,000,001 bytes" in said


def test_what_a_file_that_cannot_be_read_may_explain_is_held_back() -> None:
    text = f"{CHOICE}quantities: {{a: b + 1, c: 1 +}}\n"
    assert len(errors(text)) == 2
    assert len(errors(text, {"criteria/x.yaml": b"\xff"})) == 2  # not b, but the bytes and 1 +


def test_nothing_is_warned_of_as_unused_while_there_are_errors() -> None:
    said = errors(f"{CHOICE}levers: {{idle: 0}}\nquantities: {{alone: 1, wrong: 1 +}}\n")
    assert len(said) == 1
