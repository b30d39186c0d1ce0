"""A fingerprint of the mathematics: what the last bits of a result depend on beside its files."""

import hashlib
from functools import cache

import numpy as np
import scipy
from scipy.special import betaincinv, ndtr, ndtri

PROBES = 97


@cache
def fingerprint() -> str:
    """Return 16 hexadecimal digits; equal where the same files give the same bytes.

    Over the versions of NumPy and SciPy, and over what their functions make of some points: NumPy
    picks its exp and log by the processor, and they differ in the last bit.
    """
    shares = (np.arange(PROBES) + 0.5) / PROBES
    wide = 40 * (shares - 0.5)
    found = (
        np.exp(wide),
        np.expm1(wide),
        np.log(shares),
        np.log1p(shares),
        np.sqrt(shares),
        np.power(1 + shares, wide),
        np.array([np.vecdot(wide, shares), wide.sum()]),
        ndtri(shares),
        ndtr(wide / 4),
        betaincinv(1 + shares, 3 - shares, shares),
    )
    text = f"{np.__version__}/{scipy.__version__}/".encode()
    return hashlib.sha256(text + b"".join(x.tobytes() for x in found)).hexdigest()[:16]
