"""How much memory a run takes at its peak, found before it starts."""

from collections.abc import Mapping, Sequence

from decide.program.engine import BLOCK, TILE, Stage
from decide.program.operations import YEARLY, Operation
from decide.program.program import Program

BYTES = 8
MANY = 2**17  # draws from which on a larger block pays
MOST = 32_768  # draws in a block
ROOM = 24 * 2**20  # bytes that a larger block may take
ENDS_HELD = 6  # arrays an end: its total, its reach, and what sorting them into bins takes


def memory_needed(
    program: Program, stages: Sequence[Stage], *, block: int, at_once: int, beside: int = 0
) -> int:
    """Return the bytes that blocks of `block` draws take, `at_once` of them, at their peak.

    To within a factor of two: what NumPy and the C library keep for themselves is not counted.
    `beside` is how many numbers a draw are held that the program does not know of.
    """
    widths = _widths(program.operations, len(program.years))
    held: set[int] = set()
    most = 0.0
    for stage in stages:
        live = sum(widths[n] for n in held)
        peak = live
        for number in stage.order:
            live += widths[number]
            peak = max(peak, live)
            spent = stage.spent.get(number, ())
            live -= sum(widths[n] for n in spent)
            held.add(number)
            held.difference_update(spent)
        ends = sum(step.kind == "end" for step in stage.steps)
        most = max(most, peak + len(stage.steps) + ENDS_HELD * ends)
        held.difference_update(stage.left)
    return int((most + beside) * block * BYTES * at_once)


def fitting_block(
    program: Program,
    stages: Sequence[Stage],
    *,
    block: int,
    at_once: int,
    free: int,
    beside: int = 0,
) -> int:
    """Return the largest block, of `block` draws or fewer, that fits into `free` bytes.

    One tile where nothing fits: the results are the same for every block.
    """
    while block > TILE and (
        memory_needed(program, stages, block=block, at_once=at_once, beside=beside) > free
    ):
        block //= 2
    return block


def usual_block(program: Program, stages: Sequence[Stage], draws: int, *, beside: int = 0) -> int:
    """Return how many draws to hold at once where nobody says.

    Many draws of a small program go in larger blocks, so that threads wait less for each other.
    """
    if draws < MANY:
        return BLOCK
    most = fitting_block(program, stages, block=MOST, at_once=1, free=ROOM, beside=beside)
    return max(most, BLOCK)


def _widths(operations: Sequence[Operation], years: int) -> Mapping[int, int]:
    """Return how many numbers a draw each operation's result has; 0 where no draw enters it."""
    drawn: list[bool] = []
    length: list[int] = []
    for operation in operations:
        above = [length[a] for a in operation.arguments]
        if operation.value is not None:
            length.append(len(operation.value))
        elif operation.code in {"present_value", "at_year"}:
            length.append(1)
        else:
            length.append(years if operation.code in YEARLY else max(above, default=1))
        drawn.append(operation.code == "input" or any(drawn[a] for a in operation.arguments))
    return {n: length[n] if drawn[n] else 0 for n in range(len(operations))}
