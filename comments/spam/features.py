"""What the text model knows of a comment: which features it has, each as the number of a weight.

Five groups: words and pairs of words; runs of three to five characters; the hosts linked to; the shape, one
bin for each trait; and pairs of bins. Each group is scaled to one length, so that a long text does not drown
its own links. Words, runs and hosts are hashed into tables of fixed size (Weinberger et al., "Feature Hashing
for Large Scale Multitask Learning", 2009), and hashed late: beside each number stands what a person can read.
CRC-32 is the hash because it is fast and the same everywhere; nothing depends on its being hard to reverse.
"""

import math
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from comments.spam.candidate import Candidate
from comments.spam.reading import LINK, Reading, read
from comments.spam.shape import Shape
from comments.spam.traits import subject_of, traits_of

TEXT_BUCKETS = 1 << 18
HOST_BUCKETS = 1 << 13
RUN_LENGTHS = (3, 4, 5)

# What a link is called among the words.
LINK_WORD = "(link)"

# The length each group is scaled to: how loud it may be.
RUNS_LENGTH = 1.0
WORDS_LENGTH = 0.5
HOSTS_LENGTH = 0.5
SHAPE_LENGTH = 1.0
PAIRS_LENGTH = 1.0

# Begins the hash of a word, so that the word "run" and the run of letters "run" are two features.
_WORD_SEED = crc32(b"word")
_WORD_OR_LINK = re.compile(rf"{LINK}|[^\W_]++(?:['’][^\W_]++)*")
_DIGIT = re.compile(r"\d")
_HOST_PARTS = re.compile(r"[.-]")


@dataclass(frozen=True, slots=True)
class TextFeatures:
    """The features of the words: `letters` is the text they were taken from, `words` leads from bucket to
    word or pair, `runs` from bucket to the place in `letters` where the run's middle first stands, `hosts` to
    the host."""

    letters: str
    words: dict[int, str]
    runs: dict[int, int]
    hosts: dict[int, str]


@dataclass(frozen=True, slots=True)
class Features:
    """All there is: the text's features, the traits by name, and their bins and pairs of bins."""

    text: TextFeatures
    traits: dict[str, float]
    bins: list[int]
    pairs: list[int]


def features_of(candidate: Candidate, shape: Shape) -> Features:
    reading = read(candidate.text)
    traits = traits_of(subject_of(candidate, reading))
    return Features(text_features_of(reading), traits, shape.bins(traits), shape.pairs(traits))


def text_features_of(reading: Reading) -> TextFeatures:
    letters = letters_of(reading.plain)
    return TextFeatures(
        letters,
        words={word_bucket(word): word for word in _words_and_pairs(letters)},
        runs=_runs(letters),
        hosts={
            _bucket(feature, HOST_BUCKETS): link.host
            for link in reading.links
            for feature in host_features(link.host)
        },
    )


def letters_of(plain: str) -> str:
    """The text in lower case, every digit a nought, every gap one space: numbers are all alike here."""
    return _DIGIT.sub("0", " ".join(plain.lower().split()))


def value_in(group: Collection[object], length: float) -> float:
    """The value of each feature in a group, such that the group has this length."""
    return length / math.sqrt(len(group)) if group else 0.0


def word_bucket(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"), _WORD_SEED) % TEXT_BUCKETS


def host_features(host: str) -> Iterator[str]:
    """The host, its ending, its words, and their runs of four: "^shoe" … "oes$" of "cheap-shoes.example"."""
    yield host
    *names, ending = _HOST_PARTS.split(host)
    yield f".{ending}"
    for name in names:
        whole = f"^{name}$"
        yield whole
        yield from (whole[i : i + 4] for i in range(len(whole) - 3))


def _words_and_pairs(letters: str) -> Iterator[str]:
    words = [LINK_WORD if word == LINK else word for word in _WORD_OR_LINK.findall(letters)]
    yield from words
    for one, other in pairwise(words):
        yield f"{one} {other}"


def _runs(letters: str) -> dict[int, int]:
    """From the bucket of each run of characters to its first place. In ASCII, bytes are characters, which
    spares encoding each run; the buckets are the same."""
    if letters.isascii():
        data = letters.encode()
        return {
            crc32(data[start : start + length]) % TEXT_BUCKETS: start + length // 2
            for length in RUN_LENGTHS
            for start in range(len(data) - length, -1, -1)
        }
    return {
        _bucket(letters[start : start + length], TEXT_BUCKETS): start + length // 2
        for length in RUN_LENGTHS
        for start in range(len(letters) - length, -1, -1)
    }


def _bucket(feature: str, buckets: int) -> int:
    return crc32(feature.encode("utf-8", "surrogatepass")) % buckets
