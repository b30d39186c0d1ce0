"""Quasi-random points keyed by name: adding a quantity moves no other's points.

Each name has its own one-dimensional Owen-scrambled Sobol sequence (base 2), read in its own
shuffled order, so that any two names are paired at random while each is stratified. Hash-based
scrambling and shuffling after Burley, Practical Hash-based Owen Scrambling, JCGT 9(4), 2020, with
the constants of Vegdahl (2021). Everything is 32-bit integer arithmetic, the same in any language.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bits = npt.NDArray[np.uint32]

FNV_PRIME = 0x01000193
SHUFFLE_BASIS = 0x811C9DC5
SCRAMBLE_BASIS = 0x2166F3B1


def points(name: str, *, seed: int, scramble: int, start: int, count: int) -> Floats:
    """Return `count` points of (0, 1) from number `start` on, shape (count,).

    A function of (seed, scramble, name, number) alone; no point is 0 or 1.
    """
    text = f"{seed}/{scramble}/{name}"
    numbers = np.arange(start, start + count, dtype=np.uint32)
    order = _reverse_bits(_permute(_reverse_bits(numbers), _hash(text, SHUFFLE_BASIS)))
    scrambled = _reverse_bits(_permute(order, _hash(text, SCRAMBLE_BASIS)))
    return (scrambled.astype(np.float64) + 0.5) * 2.0**-32


def _hash(text: str, basis: int) -> int:
    """FNV-1a, then the finalizer of MurmurHash3, so that near names are far apart."""
    value = basis
    for byte in text.encode():
        value = ((value ^ byte) * FNV_PRIME) & 0xFFFFFFFF
    value ^= value >> 16
    value = (value * 0x85EBCA6B) & 0xFFFFFFFF
    value ^= value >> 13
    value = (value * 0xC2B2AE35) & 0xFFFFFFFF
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
