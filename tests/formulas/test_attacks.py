import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from decide.formulas.error import FormulaError
from decide.formulas.parse import parse_formula, parse_number
from decide.formulas.units import UnitError, parse_unit

ATTACKS = [
    "__import__('os').system('id')",
    "().__class__",
    "().__class__.__bases__[0].__subclasses__()",
    "9**9**9**9",
    "9^9^9^9",
    "1/0",
    "a.b",
    "a . b",
    "1 .real",
    "1.real",
    "x[0]",
    "x[::-1]",
    "lambda: 0",
    "lambda x: x",
    "(lambda: 0)()",
    'f"{x}"',
    "f'{__import__(\"os\")}'",
    "`id`",
    "$(id)",
    "${x}",
    "{{ 7 * 7 }}",
    "{% print 1 %}",
    "<script>alert(1)</script>",
    "'; drop table x; --",
    "eval(x)",
    "exec('x')",
    "open('x')",
    "getattr(x, y)",
    "globals()",
    "min.__self__",
    "min(*x)",
    "min(**x)",
    "min(a=1)",
    "min(a for a in b)",
    "[a for a in b]",
    "{a: b}",
    "a := 1",
    "a = 1",
    "a; b",
    "a if b else c",
    "not a",
    "a is b",
    "a in b",
    "a @ b",
    "a & b",
    "a | b",
    "~a",
    "a << 2",
    "a >> 2",
    "a # b",
    "a \\ b",
    "a\x00",
    "\x00",
    "a\x1b[31m",
    "a\ufeff",
    "\u202ea",
    "a\u2028b",
    "a\x0cb",
    "a\x85b",
    "\ud800",
    "\u2212 5",
    "\uff15",
    "\u0661",
    "\U0001d7d8",
    "\U0001d426\U0001d422\U0001d427(a)",
    "\U0001f600",
    "m\u0456n(a)",
    "1e999",
    "1e99999999999999999999",
    "1e99999999999999999999 bn",
    "0x10",
    "0b1",
    "1j",
    "1_",
    "_",
    "__builtins__",
    "...",
    "..",
    "exp(exp(exp(9)))",
    "2^2^2^2^2^2^2",
    "lag(x, 1e300)",
    "lag(x, lag(x, 1))",
    "(" * 100_000,
    ")" * 100_000,
    "(" * 10_000,
    "min(" * 2_500,
    "[" * 100_000,
    "-" * 10_000,
    "-" * 9_999 + "1",
    "1^" * 4_999 + "1",
    "1+" * 4_999 + "1",
    "a+" * 4_999 + "a",
    "a<" * 4_999 + "a",
    "1," * 4_999 + "1",
    "1 000 " * 1_600,
    "1." * 4_999,
    "1_" * 4_999,
    "9" * 10_000,
    "_" * 10_000,
    "a" * 10_001,
    "'" * 10_000,
    '"' + "a" * 9_999,
    "abs(" + "1" * 9_000 + ",",
    "abs(" + "1." * 4_000 + ")",
    "abs(" + "1," * 4_000 + "1)",
    "\u00e9" * 10_000,
    "\uff11" * 10_000,
    " " * 10_000,
]


@contextmanager
def counted_calls() -> Iterator[Counter[str]]:
    """Count what the interpreter calls and returns from."""
    calls: Counter[str] = Counter()
    before = sys.getprofile()
    sys.setprofile(lambda _frame, event, _argument: calls.update((event,)))
    try:
        yield calls
    finally:
        sys.setprofile(before)


@pytest.mark.parametrize("text", ATTACKS, ids=lambda text: ascii(text[:24]))
def test_an_attack_is_refused_at_once_in_a_few_printable_words(text: str) -> None:
    with counted_calls() as calls, pytest.raises(FormulaError) as caught:
        parse_formula(text)
    assert calls.total() < 500_000  # steps, some 30 ms: it grows with the length and no faster
    error = caught.value
    assert error.advice
    assert 0 <= error.at <= len(text)
    assert 1 <= error.width <= max(1, len(text) - error.at)
    for words in (error.message, error.advice):
        assert words.isprintable()
        assert len(words) < 200
        words.encode()


@pytest.mark.parametrize("text", ["inf", "nan", "-inf", "Infinity", ".inf", ".nan", "1e400"])
def test_no_number_is_infinite_or_none_at_all(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_number(text)


@pytest.mark.parametrize(
    "text", ["", " ", "(" * 100_000, "a" * 101, "USD\x00", "*", "USD/", "a^b", "a^", "\ud800", "''"]
)
def test_a_broken_unit_is_refused_in_printable_words(text: str) -> None:
    with pytest.raises(UnitError) as caught:
        parse_unit(text)
    assert caught.value.advice
    assert caught.value.message.isprintable()
    assert 0 <= caught.value.at <= len(text)


def test_reading_formulas_loads_nothing_heavy() -> None:
    code = "import sys, decide.formulas.parse, decide.formulas.units; print(*sys.modules)"
    done = subprocess.run(  # noqa: S603 - this interpreter, with the code above
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded.isdisjoint({"numpy", "scipy", "pandas", "yaml", "networkx"})
