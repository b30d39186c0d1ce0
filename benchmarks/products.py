"""Matrix products that leave the second core to the second thread."""

from decide.uncertainty.points import Floats

SMALL = 2**18  # multiplications, up to which OpenBLAS starts no threads of its own


def multiply(factor: Floats, z: Floats, out: Floats) -> None:
    """Write `factor @ z` into `out`, a slice of columns after the other.

    Whole, each of two threads would start two more, and they would wait for one another.
    """
    step = max(SMALL // factor.size, 1)
    for first in range(0, z.shape[1], step):
        columns = slice(first, first + step)
        out[:, columns] = factor @ z[:, columns]
