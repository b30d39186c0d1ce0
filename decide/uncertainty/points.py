"""Quasi-random points keyed by name: adding a quantity moves no other's points.

Each name has a digital sequence of its own in base 2, as Sobol's are: its direction numbers, which
a hash of the name makes, are upper triangular, so that every run of 2^m points from a multiple of
2^m on is stratified to 2^-m, and two names are mostly stratified together on their leading bits.
An Owen scrambling follows, hash-based after Burley, Practical Hash-based Owen Scrambling, JCGT
9(4), 2020, with the constants of Vegdahl (2021). All of it is 32-bit integer arithmetic, the same
in any language.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bits = npt.NDArray[np.uint32]

FULL = 0xFFFFFFFF
DIRECTIONS_BASIS = 0x811C9DC5
SCRAMBLE_BASIS = 0x2166F3B1
ONE_BITS = np.uint32(1) << np.arange(32, dtype=np.uint32)
AT_ONCE = 131_072  # points that are made side by side: they stay in the cache
KEPT = 512  # sequences whose beginning is kept: 32 kB each for a block of 8,192 draws


def points(name: str, *, seed: int, scramble: int, start: int, count: int) -> Floats:
    """Return `count` points of (0, 1) from number `start` on, shape (count,).

    A function of (seed, scramble, name, number) alone; no point is 0 or 1. `count` is a power of
    two and `start` a multiple of it.
    """
    return points_of([name], seed=seed, scramble=scramble, start=start, count=count)[name]


def points_of(
    names: Sequence[str], *, seed: int, scramble: int, start: int, count: int
) -> dict[str, Floats]:
    """Return the `points` of several names, side by side where they are few."""
    found: dict[str, Floats] = {}
    at_once = max(AT_ONCE // count, 1)
    for first in range(0, len(names), at_once):
        some = names[first : first + at_once]
        texts = [f"{seed}/{scramble}/{name}" for name in some]
        reversed_bits = np.empty((len(some), count), dtype=np.uint32)
        for row, text in zip(reversed_bits, texts, strict=True):
            offset = np.uint32(_offset(text, start))
            np.bitwise_xor(_first_digital(text, count), offset, out=row)
        keys = np.array([_hash(text, SCRAMBLE_BASIS) for text in texts], dtype=np.uint32)
        _permute(reversed_bits, keys[:, None])
        _reverse_bits(reversed_bits)
        shares = reversed_bits.astype(np.float64)
        shares += 0.5
        shares *= 2.0**-32
        found.update(zip(some, shares, strict=True))
    return found


@lru_cache(maxsize=KEPT)
def _directions(text: str) -> tuple[int, ...]:
    """Return 32 direction numbers, reversed: bit j is set, the j bits below it are random."""
    key = _hash(text, DIRECTIONS_BASIS)
    random = np.array([_mixed((key + j * 0x9E3779B9) & FULL) for j in range(32)], dtype=np.uint32)
    _reverse_bits(random)
    return tuple((random & (ONE_BITS - 1) | ONE_BITS).tolist())


def _offset(text: str, start: int) -> int:
    """Add (without carry) the direction numbers of the bits that are set in a number."""
    found = 0
    for j, direction in enumerate(_directions(text)):
        if start >> j & 1:
            found ^= direction
    return found


@lru_cache(maxsize=KEPT)
def _first_digital(text: str, count: int) -> Bits:
    """Return the first points of a digital sequence, their bits reversed."""
    found = np.zeros(count, dtype=np.uint32)
    for j, direction in enumerate(_directions(text)[: count.bit_length() - 1]):
        half = 1 << j
        np.bitwise_xor(found[:half], np.uint32(direction), out=found[half : 2 * half])
    found.flags.writeable = False
    return found


def _hash(text: str, basis: int) -> int:
    """FNV-1a, mixed so that near names are far apart."""
    value = basis
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & FULL
    return _mixed(value)


def _mixed(value: int) -> int:
    """The finalizer of MurmurHash3."""
    value ^= value >> 16
    value = (value * 0x85EBCA6B) & FULL
    value ^= value >> 13
    value = (value * 0xC2B2AE35) & FULL
    return value ^ (value >> 16)


def _permute(x: Bits, key: Bits) -> None:
    """Permute in place so that each bit depends on the bits below it only."""
    x ^= x * np.uint32(0x3D20ADEA)
    x += key
    x *= (key >> np.uint32(16)) | np.uint32(1)
    x ^= x * np.uint32(0x05526C56)
    x ^= x * np.uint32(0x53A22864)


def _reverse_bits(x: Bits) -> None:
    """Reverse the bits of each number in place: the bytes first, then within each byte."""
    x.byteswap(inplace=True)
    for shift, mask in ((4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        high = x >> np.uint32(shift)
        high &= np.uint32(mask)
        x &= np.uint32(mask)
        x <<= np.uint32(shift)
        x |= high
