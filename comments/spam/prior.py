"""What the filter knew before its first day: weights trained elsewhere, shipped with the code, never changed
here.

A logistic regression over the features of `comments.spam.features`. Its raw sum is made a log-odds by two
numbers (Platt, "Probabilistic Outputs for Support Vector Machines", 1999) that were fitted on sites it had
not seen. `comments.spam.training` makes the file; `docs/spam.md` has the model card.

The file is the SHA-256 of the rest, a line of JSON (version, bins, scales, calibration, thresholds), and the
tables, deflated: one signed byte for each weight, the square root of its size, so that small weights keep
their digits.
"""

import hashlib
import json
import math
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from comments.spam.features import (
    HOST_BUCKETS,
    HOSTS_LENGTH,
    PAIRS_LENGTH,
    RUNS_LENGTH,
    SHAPE_LENGTH,
    TEXT_BUCKETS,
    WORDS_LENGTH,
    Features,
    TextFeatures,
    value_in,
)
from comments.spam.shape import Shape

SHIPPED = Path(__file__).parent / "prior.bin"
LARGEST_BYTE = 127


class PriorError(Exception):
    """The file of weights is missing, damaged, or of another shape than the code; the text says which."""


@dataclass(frozen=True)
class Weights:
    """One table of weights for each kind of feature; words and runs share `text`."""

    text: Sequence[float]
    hosts: Sequence[float]
    bins: Sequence[float]
    pairs: Sequence[float]
    bias: float

    def sum_of(self, features: Features) -> float:
        """The raw sum, a number without unit: above zero towards spam."""
        return (
            self.bias
            + self.sum_of_text(features.text)
            + value_in(features.bins, SHAPE_LENGTH) * _total(self.bins, features.bins)
            + value_in(features.pairs, PAIRS_LENGTH) * _total(self.pairs, features.pairs)
        )

    def sum_of_text(self, text: TextFeatures) -> float:
        return (
            value_in(text.runs, RUNS_LENGTH) * _total(self.text, text.runs)
            + value_in(text.words, WORDS_LENGTH) * _total(self.text, text.words)
            + value_in(text.hosts, HOSTS_LENGTH) * _total(self.hosts, text.hosts)
        )


@dataclass(frozen=True)
class Prior:
    """The shipped model. `slope` and `intercept` make log-odds of the raw sum; the thresholds are
    probabilities."""

    version: str
    shape: Shape
    weights: Weights
    slope: float
    intercept: float
    hold_from: float
    spam_from: float

    def log_odds(self, features: Features) -> float:
        return self.slope * self.weights.sum_of(features) + self.intercept


@cache
def shipped_prior() -> Prior:
    """The prior that came with the code, read once in each process. Raises PriorError."""
    return read_prior(SHIPPED)


def read_prior(path: Path) -> Prior:
    """The prior in a file. Raises PriorError when it cannot be used."""
    try:
        digest, _, rest = path.read_bytes().partition(b"\n")
        if hashlib.sha256(rest).hexdigest().encode() != digest:
            raise PriorError(f"{path.name} is damaged: it does not hold what was written to it")
        head, _, body = rest.partition(b"\n")
        return _prior_from(json.loads(head), zlib.decompress(body))
    except FileNotFoundError:
        raise PriorError(f"{path.name} is missing") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zlib.error) as error:
        raise PriorError(f"{path.name} cannot be read: {error}") from error


def write_prior(prior: Prior, path: Path) -> None:
    """Writes the file, the same bytes for the same prior."""
    weights = prior.weights
    tables = (weights.text, weights.hosts, weights.bins, weights.pairs)
    scales = [max(map(abs, table), default=0.0) for table in tables]
    body = b"".join(_bytes_of(table, scale) for table, scale in zip(tables, scales, strict=True))
    facts = {
        "version": prior.version,
        "slope": prior.slope,
        "intercept": prior.intercept,
        "hold_from": prior.hold_from,
        "spam_from": prior.spam_from,
        "bias": weights.bias,
        "scales": scales,
        "edges": prior.shape.edges,
        "pair_edges": prior.shape.pair_edges,
    }
    head = json.dumps(facts, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    rest = head.encode() + b"\n" + zlib.compress(body, 9)
    path.write_bytes(hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest)


def as_stored(weights: Weights) -> Weights:
    """The weights as a file gives them back, each rounded to its byte."""
    return Weights(
        *(_rounded(table) for table in (weights.text, weights.hosts, weights.bins, weights.pairs)),
        weights.bias,
    )


def _rounded(table: Sequence[float]) -> list[float]:
    scale = max(map(abs, table), default=0.0)
    return _floats_of(_bytes_of(table, scale), scale)


def _prior_from(facts: dict, tables: bytes) -> Prior:
    shape = Shape(facts["edges"], facts["pair_edges"])
    sizes = (TEXT_BUCKETS, HOST_BUCKETS, shape.size, shape.pairs_size)
    if len(tables) != sum(sizes):
        raise PriorError(
            f"the weights are of another shape than the code: {len(tables)} instead of {sum(sizes)}"
        )
    pieces, place = [], 0
    for size, scale in zip(sizes, facts["scales"], strict=True):
        pieces.append(_floats_of(tables[place : place + size], scale))
        place += size
    weights = Weights(*pieces, bias=facts["bias"])
    numbers = {name: float(facts[name]) for name in ("slope", "intercept", "hold_from", "spam_from")}
    if not all(map(math.isfinite, (*numbers.values(), weights.bias))):
        raise ValueError("a number is beyond all measure")
    return Prior(str(facts["version"]), shape, weights, **numbers)


def _bytes_of(table: Iterable[float], scale: float) -> bytes:
    if not scale:
        return bytes(len(list(table)))
    roots = (math.copysign(math.sqrt(abs(weight) / scale), weight) for weight in table)
    return array("b", (round(root * LARGEST_BYTE) for root in roots)).tobytes()


def _floats_of(data: bytes, scale: float) -> list[float]:
    known = {byte: math.copysign(scale * (byte / LARGEST_BYTE) ** 2, byte) for byte in range(-128, 128)}
    return [known[byte] for byte in array("b", data)]


def _total(table: Sequence[float], buckets: Iterable[int]) -> float:
    return sum(map(table.__getitem__, buckets))
