"""OpenTURNS and squigglepy on a million correlated draws."""

from collections.abc import Iterator

import numpy as np

from benchmarks import draws
from benchmarks.peers.environment import beside, versions
from benchmarks.timing import Peer


def peers(count: int = draws.DRAWS) -> Iterator[Peer]:
    """Let each draw and value the four strategies; ours says what is right."""
    found = draws.ours(draws.program(), count, informed=False).values.values()
    right = np.array([(value.expected_value, value.p10) for value in found])
    errors = np.array([[value.sd / count**0.5] for value in found])

    def agrees(result: list[list[float]]) -> bool:
        return bool((abs(np.array(result) - right) < 8 * errors).all())

    def is_near(result: list[list[float]]) -> bool:
        return bool((abs(np.array(result) - right) < 0.02 * (right[:, :1] - right[:, 1:])).all())

    given = {
        "quantities": draws.quantities(),
        "ranks": draws.RANKS,
        "formulas": draws.formulas(),
        "draws": count,
    }
    name = f"OpenTURNS {versions()['openturns']}"
    yield beside(name, "openturns_draws.py", given, agrees, note="means and P10 alone")
    yield beside(
        f"squigglepy {versions()['squigglepy']}",
        "squigglepy_draws.py",
        given,
        is_near,
        note="means and P10 alone; correlations by shuffling, about 0.48 for 0.5",
    )
