"""SilverDecisions and rdecision on the tree of 185 nodes, drawn and moved one way."""

from collections.abc import Iterator, Mapping

import numpy as np

from benchmarks.one_way import NAMES, at_medians, ours, settings, worth
from benchmarks.peers.environment import beside, versions
from benchmarks.timing import Peer
from benchmarks.tree import DRAWS, SHARES, STRATEGIES, program
from decide.uncertainty.points import Floats
from decide.uncertainty.quantiles import quantile

DECIMALS = 3  # the peer reckons in fractions, and refuses longer ones
FEW = 64
RDECISION = Peer(
    name="rdecision", seconds=None, note="an R package; only those of Python and Node are installed"
)


def peers(count: int = FEW) -> Iterator[Peer]:
    """Let it value a few draws, which are seen to be worth what our limit says."""
    distributions = program().distributions
    shares = np.random.default_rng(0).random((len(NAMES), count))
    drawn = [quantile(distributions[n], own) for n, own in zip(NAMES, shares, strict=True)]
    x = np.round(drawn, DECIMALS)
    note = f"{count} draws, scaled to all; decides anew in each draw, means alone"
    yield _silver(x, worth(x), share=count / DRAWS, note=note)
    yield RDECISION


def one_way_peers(step: int = 5) -> Iterator[Peer]:
    """Let it take every fifth of the values that each quantity is moved to."""
    compiled = program()
    moved = {name: own.round(DECIMALS) for name, own in settings(compiled).items()}
    right = ours(compiled, at_medians(compiled), moved)[:, :, ::step]
    middle = [float(quantile(compiled.distributions[n], np.array([0.5]))[0]) for n in NAMES]
    x = np.empty((len(NAMES), *right.shape[1:]))
    x[:] = np.array(middle)[:, None, None]
    for n, values in enumerate(moved.values()):
        x[n, n] = values[::step]
    share = right.shape[2] / len(next(iter(moved.values())))
    yield _silver(
        x.reshape(len(NAMES), -1),
        right.reshape(STRATEGIES, -1),
        share=share,
        note=f"{right.shape[2]} of the 51 values, scaled to all",
    )


def _silver(x: Floats, right: Floats, *, share: float, note: str) -> Peer:
    def agrees(result: list[list[float]]) -> bool:
        return np.allclose(np.array(result).T, right, rtol=1e-9, atol=1e-9)

    given: list[Mapping[str, float]] = [
        dict(zip(NAMES, own, strict=True)) for own in x.T.round(DECIMALS).tolist()
    ]
    return beside(
        f"SilverDecisions {versions()['sd-computations']}",
        "silver_tree.mjs",
        {"tree": laid_out(), "settings": given},
        agrees,
        share=share,
        note=note,
    )


def laid_out() -> dict[str, object]:
    """Return the whole tree laid out, in the peer's own formulas."""
    strategies = [{"pay": 0, "then": _strategy(s)} for s in range(STRATEGIES)]
    return {"kind": "decision", "branches": strategies}


def _strategy(s: int) -> dict[str, object]:
    gate = {
        "kind": "decision",
        "branches": [
            {"pay": f"-b{s + 1}", "then": _outcomes(s, 2)},
            {"pay": 0, "then": _outcomes(s, 1)},
        ],
    }
    outlooks = ((f"q{s}", f"a{s}"), ("0.3", "0"), ("#", f"-b{s}"))
    return {
        "kind": "chance",
        "branches": [{"p": p, "pay": pay, "then": gate} for p, pay in outlooks],
    }


def _outcomes(s: int, factor: int) -> dict[str, object]:
    odds = ["#", *(f"{share} * (1 + 0.1 * q{s})" for share in SHARES[1:])]
    return {
        "kind": "chance",
        "branches": [
            {"p": p, "pay": f"{factor} * a{(s + k) % 10} - b{k}", "then": {"kind": "end"}}
            for k, p in enumerate(odds)
        ],
    }
