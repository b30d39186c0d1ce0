import math
from datetime import date

import pytest

from decide.report.view.numerals import MINUS, THIN, WIDE, numerals, rounded

ENGLISH = numerals("en", "USD")
FRENCH = numerals("fr", "USD")


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (1.43e9, f"$1.4{WIDE}bn"),
        (-6e8, f"{MINUS}$600{WIDE}m"),
        (271.6e6, f"$270{WIDE}m"),
        (999.6e6, f"$1.0{WIDE}bn"),
        (12.0, "$12"),
        (math.nan, "\u2013"),
    ],
)
def test_an_amount_on_its_own_has_two_significant_digits(amount: float, written: str) -> None:
    assert ENGLISH.money(amount) == written


@pytest.mark.parametrize(
    ("amount", "written"), [(48.1e9, "48.1"), (2.78e8, "278"), (1e9, "1"), (1.5e9, "1.5")]
)
def test_an_amount_of_the_files_keeps_its_digits(amount: float, written: str) -> None:
    assert ENGLISH.money_as_known(amount)[1:].split(WIDE)[0] == written


def test_amounts_that_stand_together_share_a_unit_and_decimals() -> None:
    scale = ENGLISH.money_scale([1.43e9, 2e7])
    assert (scale.write(1.43e9), scale.write(-2e7)) == (f"$1.4{WIDE}bn", f"$0.0{WIDE}bn")


def test_a_third_digit_is_shown_where_the_standard_error_allows_it() -> None:
    assert ENGLISH.money_scale([1.43e9], 1e7).write(1.434e9) == f"$1.43{WIDE}bn"
    assert ENGLISH.money_scale([1.43e9], 2e7).write(1.434e9) == f"$1.4{WIDE}bn"


def test_what_rounds_to_nothing_has_no_sign() -> None:
    assert ENGLISH.decimal(-0.004, 2) == "0.00"


def test_french_has_its_own_comma_spaces_and_place_of_the_currency() -> None:
    assert FRENCH.decimal(12345.6, 1) == "12\u202f345,6"
    assert FRENCH.money(1.43e9) == f"1,4{WIDE}Md{WIDE}$US"
    assert FRENCH.date(date(2023, 10, 31)) == "31 octobre 2023"


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.3, f"30{THIN}%"),
        (0.003, f"0.3{THIN}%"),
        (0.997, f"99.7{THIN}%"),
        (0.0001, f"<{THIN}0.1{THIN}%"),
        (0.9999, f">{THIN}99.9{THIN}%"),
        (0.0, f"0{THIN}%"),
        (1.0, f"100{THIN}%"),
    ],
)
def test_a_probability_is_never_rounded_to_certain_or_impossible(
    share: float, written: str
) -> None:
    assert ENGLISH.percent(share) == written


def test_significant_digits_are_kept_from_the_first_that_counts() -> None:
    assert [rounded(x, 2) for x in (6240.0, 0.0123, -18.5, 0.0)] == [6200.0, 0.012, -18.0, 0.0]
