"""Quasi-random points keyed by name: adding a quantity moves no other's points.

Each name has a digital sequence of its own in base 2, as Sobol's are: its direction numbers, which
a hash of the name makes, are upper triangular, so that every run of 2^m points from a multiple of
2^m on is stratified to 2^-m, and two names are mostly stratified together on their leading bits.
An Owen scrambling follows, hash-based after Burley, Practical Hash-based Owen Scrambling, JCGT
9(4), 2020, with the constants of Vegdahl (2021). All of it is 32-bit integer arithmetic, the same
in any language.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bits = npt.NDArray[np.uint32]

FULL = 0xFFFFFFFF
DIRECTIONS_BASIS = 0x811C9DC5
SCRAMBLE_BASIS = 0x2166F3B1


def points(name: str, *, seed: int, scramble: int, start: int, count: int) -> Floats:
    """Return `count` points of (0, 1) from number `start` on, shape (count,).

    A function of (seed, scramble, name, number) alone; no point is 0 or 1. `count` is a power of
    two and `start` a multiple of it.
    """
    text = f"{seed}/{scramble}/{name}"
    plain = _digital(_directions(_hash(text, DIRECTIONS_BASIS)), start, count)
    bits = _reverse_bits(_permute(_reverse_bits(plain), _hash(text, SCRAMBLE_BASIS)))
    return (bits.astype(np.float64) + 0.5) * 2.0**-32


def _directions(key: int) -> list[int]:
    """Return 32 direction numbers: bit 31 - j is set, the j bits above it are random."""
    numbers = []
    for j in range(32):
        above = (FULL << (32 - j)) & FULL
        numbers.append((1 << (31 - j)) | (_mixed((key + j * 0x9E3779B9) & FULL) & above))
    return numbers


def _digital(directions: list[int], start: int, count: int) -> Bits:
    """Add (without carry) the direction numbers of the bits that are set in each number."""
    first = 0
    for j, direction in enumerate(directions):
        if start >> j & 1:
            first ^= direction
    found = np.array([first], dtype=np.uint32)
    for direction in directions[: count.bit_length() - 1]:
        found = np.concatenate([found, found ^ np.uint32(direction)])
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


def _permute(x: Bits, key: int) -> Bits:
    """Permute so that each bit depends on the bits below it only."""
    x = x ^ (x * np.uint32(0x3D20ADEA))
    x = x + np.uint32(key)
    x = x * np.uint32((key >> 16) | 1)
    x = x ^ (x * np.uint32(0x05526C56))
    return x ^ (x * np.uint32(0x53A22864))


def _reverse_bits(x: Bits) -> Bits:
    for shift, mask in ((1, 0x55555555), (2, 0x33333333), (4, 0x0F0F0F0F), (8, 0x00FF00FF)):
        low = np.uint32(mask)
        x = ((x >> np.uint32(shift)) & low) | ((x & low) << np.uint32(shift))
    return (x >> np.uint32(16)) | (x << np.uint32(16))
