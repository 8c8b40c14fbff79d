"""Finding texts that are nearly the same: the same template with another name, link or number in it.

A text is taken apart into shingles, pairs of neighbouring words. Two texts are as similar as the share of
their shingles that both have (Jaccard). To find a similar text among thousands without reading them, each is
remembered by a sketch: its shingles are hashed, sorted into sixteen bins, and the smallest hash of each bin
is kept, an empty bin borrowing from the next (one-permutation MinHash: Li, Owen and Zhang, 2012; Shrivastava
and Li, 2014). Two bins make a band. Texts that agree in 8 shingles of 10 share one of their eight bands with
99.9 %, in 5 of 10 with 90 %, in 1 of 10 with 8 %. A shared band is a reason to compare the texts, no more.

The hashes are the same in every process and on every machine, because they are stored.
"""

from itertools import pairwise
from zlib import crc32

from comments.spam.words import words_of

# With fewer words every polite phrase is like another.
FEWEST_WORDS = 8

# From this share of shingles on two texts are near-duplicates: every fourth or fifth word may be another one.
SIMILAR_FROM = 0.5

BINS = 16
BANDS = 8

_BITS = 32
_MASK = 2**_BITS - 1
# Odd, and without a pattern: the golden ratio and the square roots of 2 and 3, as fractions of 2^32.
_FIRST, _SECOND, _BORROWED = 0x9E3779B1, 0x6A09E667, 0xBB67AE85


def sketch(text: str) -> tuple[int, ...]:
    """The eight bands of a text, each a number from 0 to below 2^63; empty for a text of a few words."""
    words = words_of(text)
    if len(words) < FEWEST_WORDS:
        return ()
    smallest = _filled(_smallest_of_each_bin(_shingles(words)))
    return tuple(_band(number, *smallest[2 * number : 2 * number + 2]) for number in range(BANDS))


def similarity(one: str, other: str) -> float:
    """The share of their shingles that two texts have in common, 0 to 1. Texts without any have 0."""
    return shared(shingles(one), shingles(other))


def shingles(text: str) -> frozenset[int]:
    """The hashed shingles of a text, for comparing it with many others."""
    return frozenset(_shingles(words_of(text)))


def shared(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of common shingles in all shingles of two texts."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def _shingles(words: list[str]) -> set[int]:
    """A hash for each pair of neighbouring words."""
    hashes = [crc32(word.encode("utf-8", "surrogatepass")) for word in words]
    mixed = ((first * _FIRST + second * _SECOND) & _MASK for first, second in pairwise(hashes))
    # The low bits choose the bin and multiplying leaves them poor: let the high ones in.
    return {value ^ (value >> (_BITS // 2)) for value in mixed}


def _smallest_of_each_bin(hashes: set[int]) -> dict[int, int]:
    """Of equal keys a dictionary keeps the last value, so the largest come first."""
    return {value % BINS: value // BINS for value in sorted(hashes, reverse=True)}


def _filled(smallest: dict[int, int]) -> list[int]:
    """A value for every bin. An empty one takes that of the next full one, changed by how far away it is."""
    filled = []
    for place in range(BINS):
        steps = next(steps for steps in range(BINS) if (place + steps) % BINS in smallest)
        filled.append((smallest[(place + steps) % BINS] + steps * _BORROWED) & _MASK)
    return filled


def _band(number: int, first: int, second: int) -> int:
    """Two neighbouring values as one number that fits a signed 64-bit column, different for each band."""
    high = (first * _FIRST + number * _BORROWED) & (_MASK >> 1)
    return (high << _BITS) | ((second * _SECOND + first) & _MASK)
