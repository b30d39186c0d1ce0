"""What a message is made of can be said in another language."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from decide.formulas.parse import FUNCTIONS
from decide.formulas.scan import EXPONENTS
from decide.language import Said
from decide.read.json_schema import file_schema
from tests.invalid.test_invalid_workspaces import CASES, parts, problems

WORD = re.compile(r"\b[^\W\d_]\w*")
ALLOWED = {
    *FUNCTIONS,
    *EXPONENTS,  # suffixes of numbers
    "percentiles",  # what a number given by p10, p50 and p90 is called
    "do_nothing",  # ids as they should have been, of "Do nothing" and "Unit price"
    "unit_price",
}


def _words_of_the_format(schema: object) -> Iterator[str]:
    """Yield the keys of the files, and the words that may stand under some."""
    if isinstance(schema, dict):
        yield from schema.get("properties", ())
        yield from schema.get("enum", ())
    if isinstance(schema, dict | list):
        for part in schema.values() if isinstance(schema, dict) else schema:
            yield from _words_of_the_format(part)


def _untranslated(text: str) -> Iterator[str]:
    """Yield what a text is made of, at any depth, and nobody translates."""
    if not isinstance(text, Said):
        yield text
        return
    for piece in text.pieces.values():
        if isinstance(piece, str):
            yield from _untranslated(piece)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_no_piece_of_a_message_is_english_that_nobody_translates(
    case: Path, tmp_path: Path
) -> None:
    found = problems(case, tmp_path)
    files = parts(case)
    del files["said"]
    text = "\n".join((*files, *files.values())).lower()
    known = {*ALLOWED, *_words_of_the_format(file_schema()), *WORD.findall(text)}
    for problem in found:
        for piece in (*_untranslated(problem.message), *_untranslated(problem.advice)):
            assert known.issuperset(WORD.findall(piece.lower())), repr(piece)
