"""Gathers problems while reading, and says each in the same shape."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from decide.language import ENGLISH, NOTHING, Said, said
from decide.model.place import Place, Problem, Severity
from decide.read.nodes import Node

LOOKALIKES = str.maketrans("ol", "01")  # p5O is p50, not p5


@dataclass(slots=True)
class Problems:
    """Every problem found so far."""

    found: list[Problem] = field(default_factory=list)
    is_whole: bool = True  # whether all that the files hold could be read
    _gaps: set[tuple[Place | None, str]] = field(default_factory=set)
    _seen: set[tuple[Place | None, str]] = field(default_factory=set)
    _settled: set[Place] = field(default_factory=set)

    def error(
        self, at: Node | Place, message: Said, advice: Said = NOTHING, width: int = 0
    ) -> None:
        """Note that something is wrong at a node."""
        self._note(at, message, advice, width, Severity.ERROR)

    def warn(self, at: Node | Place, message: Said, advice: Said = NOTHING, width: int = 0) -> None:
        """Note that something at a node is doubtful."""
        self._note(at, message, advice, width, Severity.WARNING)

    def gap(self, at: Node | Place, message: Said, advice: Said = NOTHING, width: int = 0) -> None:
        """Note that something is wanted that no file holds."""
        self.error(at, message, advice, width)
        self._gaps.add((at if isinstance(at, Place) else at.place, message))

    def settle(self, *nodes: Node) -> None:
        """Note that what is wrong at these is said: what else is found there only follows."""
        self._settled.update(node.place for node in nodes)

    @property
    def has_errors(self) -> bool:
        """Whether anything found so far stops the work."""
        return any(p.severity is Severity.ERROR for p in self.found)

    @property
    def number_of_errors(self) -> int:
        """How much of what was found so far stops the work."""
        return sum(p.severity is Severity.ERROR for p in self.found)

    def certain(self) -> list[Problem]:
        """Return what is wrong whatever stands where the files cannot be read."""
        if self.is_whole:
            return self.found
        return [p for p in self.found if (p.place, p.message) not in self._gaps]

    def _note(
        self, at: Node | Place, message: Said, advice: Said, width: int, severity: Severity
    ) -> None:
        place = at if isinstance(at, Place) else at.place
        if place in self._settled or (place, message) in self._seen:
            return
        self._seen.add((place, message))
        if not isinstance(at, Place):
            width = width or at.width
        self.found.append(
            Problem(
                place=place,
                message=message,
                advice=advice,
                width=max(width, 1),
                severity=severity,
            )
        )


def closest(word: str, known: Iterable[str]) -> str:
    """Return the known word that a wrong one was probably meant to be, "" where none is close."""
    words = list(dict.fromkeys(known))
    plain = {known_word.lower().replace("-", "_"): known_word for known_word in reversed(words)}
    same = plain.get(word.lower().replace("-", "_").replace(" ", "_"))
    same = same or plain.get(word.lower().translate(LOOKALIKES))
    turned = [known_word for known_word in words if sorted(known_word) == sorted(word)]
    turned.sort(key=lambda known_word: sum(map(str.__ne__, known_word, word)))
    close = get_close_matches(word, words, n=1, cutoff=0.6)
    return same or next(iter([*turned, *close]), "")


KNOWN = said("known")
NONE = said("there is none")


def nearest(word: str, known: Iterable[str], *, what: Said = KNOWN, none: Said = NONE) -> Said:
    """Say which known word a wrong one was probably meant to be, or which there are.

    `what` names them, as in "strategies: a, b", and `none` says that there are none.
    """
    words = list(dict.fromkeys(known))
    if not words:
        return none
    close = closest(word, words)
    if close:
        return said("did you mean {close!r}?", close=close)
    names = ", ".join(sorted(words)[:12]) + (", …" if len(words) > 12 else "")
    return said("{what}: {names}", what=what, names=names)


SEVERITIES = {Severity.ERROR: said("error"), Severity.WARNING: said("warning")}


def format_problem(problem: Problem, language: str = ENGLISH) -> str:
    """Return a problem as lines: place and message, the line of the file, a caret, the advice."""
    message, advice = (s.in_language(language) for s in (problem.message, problem.advice))
    severity = SEVERITIES[problem.severity].in_language(language)
    where = f"{problem.place}: " if problem.place is not None else ""
    lines = [f"{where}{severity}: {message}"]
    if problem.excerpt and problem.place is not None:
        lines += _caret(problem.excerpt, problem.place.column, problem.width)
    if advice:
        lines.append(f"  {advice}")
    return "\n".join(lines)


def order(problems: Sequence[Problem]) -> list[Problem]:
    """Return problems by file, line and column; those without a place come last."""
    return sorted(problems, key=lambda p: (p.place is None, p.place or Place("", 0), p.message))


def _caret(excerpt: str, column: int, width: int) -> list[str]:
    start = max(column - 61, 0)
    shown = excerpt[start : start + 100].rstrip()
    before = column - 1 - start
    width = max(min(width, len(shown) - before), 1)
    return [f"    {shown}", f"    {' ' * before}{'^' * width}"]
