"""A million draws of 30 quantities of six kinds, each correlated with every other."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from benchmarks.draws import DRAWS, ours
from benchmarks.plants import PLANTS, QUANTITIES, text
from benchmarks.plants_by_hand import PAIRS, compare_plants
from benchmarks.timing import Row, compared
from benchmarks.workspace import compiled_from


def check(draws: int = 2**16) -> None:
    """See that both ways find the same, within sampling."""
    found = ours(compiled_from(text()), draws, informed=True)
    limit = compare_plants(4 * draws, informed=True)
    values = [found.values[plant] for plant in PLANTS]
    sds = np.array([v.sd for v in values])
    information = found.information
    assert information is not None, "the model is small"
    each = [information.each[name,].in_sample for name in QUANTITIES]
    error = 5 * sds / draws**0.5
    assert (abs(limit.means - [v.expected_value for v in values]) < error).all()
    assert np.allclose(limit.sds, sds, rtol=0.03)
    quantiles = np.array([(v.p10, v.p50, v.p90) for v in values])
    # our bins may put a quantile off by 0.009 in probability, some 0.05 sd in the upper tail
    assert (abs(limit.quantiles - quantiles) < 0.05 * sds[:, None]).all()
    assert np.allclose(limit.losses, [v.probability_of_loss for v in values], atol=0.01)
    ahead = [found.ahead[PLANTS[a], PLANTS[b]] for a, b in PAIRS]
    assert np.allclose(limit.ahead, ahead, atol=0.01)
    assert abs(limit.evpi - information.quantities.in_sample) < error.max()
    assert (abs(np.array(list(limit.evppi.values())) - each) < error.max()).all()
    assert max(each) > 5 * error.max(), "some are worth enough to be told apart"


def rows() -> Iterator[Row]:
    """Time both, without the value of information and with it."""
    program = compiled_from(text())
    for informed, most, what in ((False, 1.5, ""), (True, 1.3, " with EVPI, EVPPI of all 30")):
        yield compared(
            f"1,048,576 draws, 30 quantities of six kinds, 435 correlations{what}",
            partial(ours, program, DRAWS, informed=informed),
            partial(compare_plants, DRAWS, informed=informed),
            name="NumPy for these four alone, two threads",
            most=most,
            rounds=5,
        )
