"""Where something stands in the workspace, and what is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from decide.language import NOTHING, Said


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file of the workspace."""

    file: str  # relative to the workspace, with forward slashes
    line: int  # counted from 1
    column: int = 1  # counted from 1, in characters

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Severity(Enum):
    """Whether a problem stops the work."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with the files: where, what, and the way out."""

    place: Place | None  # None where no file can be blamed
    message: Said  # names the value and the rule; one sentence, no final full stop
    advice: Said = NOTHING  # the way out; "" where the message says it
    excerpt: str = ""  # the line of the file, as it stands
    width: int = 1  # how many characters of the excerpt the caret underlines
    severity: Severity = Severity.ERROR


class InvalidInputError(Exception):
    """The files cannot be used; carries every problem found, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(_in_short, self.problems)))


def _in_short(problem: Problem) -> str:
    """Return a problem on one line: where, what, and the way out in brackets."""
    where = "" if problem.place is None else f"{problem.place}: "
    way_out = f" ({problem.advice})" if problem.advice else ""
    return f"{where}{problem.message}{way_out}"
