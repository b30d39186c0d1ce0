"""Values that were seen, read from the column of a table."""

import pytest

from decide.model.decision import Model
from decide.model.distribution import Empirical
from tests.read.reading import CHOICE, errors, read

COLUMN = "{empirical: {file: %s, column: price}, unit: USD m, grade: judgement, reason: r}"
PLAIN = 'year,price,firm\n2020,3.5,A\n\n2021,1,"B, of C"\n2022,2.25,\n'
FRENCH = "year;price;firm\r\n2020;3,5;Société A\r\n;;\r\n2021;1;B, of C\r\n2022;2,25;\r\n"


def workspace(file: str, table: str | bytes, path: str = "criteria/seen.csv") -> Model:
    return read(f"{CHOICE}quantities:\n  x: {COLUMN % file}\n", {path: table})


@pytest.mark.parametrize(
    ("file", "path"),
    [("seen.csv", "criteria/seen.csv"), ("data/seen.csv", "criteria/data/seen.csv")],
)
def test_a_column_is_read_from_the_folder_of_the_file_that_names_it(file: str, path: str) -> None:
    model = workspace(file, PLAIN, path)
    found = model.quantities["x"].number
    assert found.definition == Empirical(values=(1e6, 2.25e6, 3.5e6))
    assert found.text == f"empirical: file {file}, column price"
    assert path in {file.path for file in model.files}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_column_of_french_excel_is_read(encoding: str) -> None:
    found = workspace("seen.csv", FRENCH.encode(encoding)).quantities["x"].number
    assert found.definition == Empirical(values=(1e6, 2.25e6, 3.5e6))


def test_a_table_of_values_that_nothing_names_is_no_table_that_is_known() -> None:
    (said,) = errors(CHOICE, {"criteria/seen.csv": PLAIN})
    assert said == "the header does not say what this table holds"


def test_a_row_that_is_not_whole_is_refused() -> None:
    text = f"{CHOICE}quantities:\n  x: {COLUMN % 'seen.csv'}\n"
    (said,) = errors(text, {"criteria/seen.csv": PLAIN + "2023,5\n"})
    assert said == "this row has 2 cells, and the header 3"
