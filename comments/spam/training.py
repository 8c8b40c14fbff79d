"""Training the prior: from labelled comments of other sites to the weights that ship.

Plain stochastic gradient descent on the logistic loss, with a step that falls to nothing. What matters is
whom it listens to:
- A campaign counts as one comment, however often it was sent, and a feature known from one campaign alone
  gets no weight: it would be that campaign's name.
- A large site counts for more than a small one, but not in proportion.
- Text in ninety languages that is neither spam nor ham is learned as neither, so that a language is no sign.

Probabilities come from sites left out in turn (a new site is what the filter will meet); the thresholds lie
midway between those for sites left out and for campaigns left out. The same rows always give the same bytes.
"""

from __future__ import annotations

import math
import random
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from comments.spam.candidate import Candidate
from comments.spam.features import (
    HOST_BUCKETS,
    HOSTS_LENGTH,
    PAIRS_LENGTH,
    RUNS_LENGTH,
    SHAPE_LENGTH,
    TEXT_BUCKETS,
    WORDS_LENGTH,
    TextFeatures,
    text_features_of,
    value_in,
)
from comments.spam.odds import logistic
from comments.spam.prior import Prior, Weights, as_stored
from comments.spam.reading import read
from comments.spam.shape import shape_of
from comments.spam.traits import subject_of, traits_of

# Honest comments on running, and spam that such a blog gets, written for the project: other people's blogs
# hardly speak of knees. They are few, so each counts as many times.
OWN_WEIGHT = 10
OWN_SOURCE = "second-wind"
OWN_COMMENTS = Path(__file__).parent / "own_comments.jsonl"

EPOCHS = 6
FIRST_STEP = 2.0
# The order in which comments are met leaves its mark; the mean of three orders leaves less of it.
ORDERS = (1, 2, 3)
# The weight of a neutral text, beside a comment's of 1 on average.
NEUTRAL_WEIGHT = 1.0
# A source of a thousand comments weighs as much as 125 sources of one: 1000 ** 0.7.
SOURCE_POWER = 0.7
SITE_FOLDS = 6
RIDGE = 1e-6
CAMPAIGN_FOLDS = 5

# What may become of honest comments and of spam where the thresholds stand.
HAM_IN_SPAM = 0.005
SPAM_PUBLISHED = 0.03

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A comment whose label a person gave. `campaign` is shared by variants of one text."""

    candidate: Candidate
    is_spam: bool
    source: str
    campaign: str


@dataclass(frozen=True, slots=True)
class _Example:
    """What the descent works on: for each table the buckets and their common value, what to learn, how
    hard."""

    groups: list[tuple[int, list[int], float]]
    target: float
    weight: float


def train(rows: Sequence[Labelled], neutral: Sequence[str], *, tell: Tell = lambda line: None) -> Prior:
    """The prior trained on these rows and neutral texts. Raises ValueError unless both labels are there."""
    if len({row.is_spam for row in rows if row.source != OWN_SOURCE} or {None}) < 2:
        raise ValueError("training needs spam and ham")
    tell(f"reading {len(rows)} comments and {len(neutral)} neutral texts")
    bench = Workbench(rows, neutral)
    tell("training")
    weights = bench.weights(range(len(rows)))
    tell("leaving out sites, one group after the other")
    unseen_sites = bench.sums_left_out(_site_folds(rows))
    tell("leaving out campaigns")
    unseen_campaigns = bench.sums_left_out(_campaign_folds(rows))
    return _calibrated(bench, weights, [unseen_sites, unseen_campaigns])


def _calibrated(bench: Workbench, weights: Weights, unseen: Sequence[Sequence[float]]) -> Prior:
    """The prior with its probabilities and thresholds. Comments of our own have no say in these: they are so
    many of a kind as we wrote, not as a site gets."""
    others = [number for number, row in enumerate(bench.rows) if row.source != OWN_SOURCE]
    rows = [bench.rows[number] for number in others]
    sums = [[each[number] for number in others] for each in unseen]
    counts = _weights_of(rows)
    slope, intercept = calibration(
        [value for each in sums for value in each],
        [float(row.is_spam) for row in rows] * len(sums),
        counts * len(sums),
    )
    lows, highs = zip(*(_thresholds(rows, each) for each in sums), strict=True)
    return Prior(
        version=f"prior-{_checksum(weights):08x}",
        shape=bench.shape,
        weights=as_stored(weights),
        slope=slope,
        intercept=intercept,
        hold_from=logistic(slope * sum(lows) / len(lows) + intercept),
        spam_from=logistic(slope * sum(highs) / len(highs) + intercept),
    )


class Workbench:
    """The rows made ready once, for the training itself and for each that leaves some of them out."""

    def __init__(self, rows: Sequence[Labelled], neutral: Sequence[str]) -> None:
        self.rows = rows
        readings = [read(row.candidate.text) for row in rows]
        self._texts = [text_features_of(reading) for reading in readings]
        traits = [
            traits_of(subject_of(row.candidate, reading)) for row, reading in zip(rows, readings, strict=True)
        ]
        self.shape = shape_of(traits)
        self._bins = [(self.shape.bins(each), self.shape.pairs(each)) for each in traits]
        self._known = _known_from_two_campaigns(rows, self._texts)
        self._neutral = [
            _Example(self._text_groups(text_features_of(read(text))), 0.5, NEUTRAL_WEIGHT) for text in neutral
        ]
        targets = [float(row.is_spam) for row in rows]
        row_weights = _weights_of(rows)
        self._examples = [
            _Example(self._text_groups(text) + _shape_groups(bins, pairs), target, weight)
            for text, (bins, pairs), target, weight in zip(
                self._texts, self._bins, targets, row_weights, strict=True
            )
        ]

    def weights(self, numbers: Sequence[int]) -> Weights:
        """The weights learned from these rows and all neutral texts."""
        sizes = (TEXT_BUCKETS, HOST_BUCKETS, self.shape.size, self.shape.pairs_size)
        examples = [*(self._examples[number] for number in numbers), *self._neutral]
        return _mean([_descend(examples, sizes, seed=seed) for seed in ORDERS])

    def sums_left_out(self, folds: Sequence[int]) -> list[float]:
        """The raw sum of each row, by weights that saw neither its fold nor its campaign."""
        sums = [0.0] * len(self.rows)
        for fold in sorted(set(folds)):
            out = [number for number, each in enumerate(folds) if each == fold]
            campaigns = {self.rows[number].campaign for number in out}
            weights = self.weights(
                [
                    number
                    for number, row in enumerate(self.rows)
                    if folds[number] != fold and row.campaign not in campaigns
                ]
            )
            for number in out:
                sums[number] = self._sum_of(weights, number)
        return sums

    def _sum_of(self, weights: Weights, number: int) -> float:
        tables = (weights.text, weights.hosts, weights.bins, weights.pairs)
        return weights.bias + sum(
            value * sum(map(tables[table].__getitem__, buckets))
            for table, buckets, value in self._examples[number].groups
        )

    def _text_groups(self, text: TextFeatures) -> list[tuple[int, list[int], float]]:
        """The known features only, but with the value that all of them give: rare words dilute the others."""
        groups = ((0, text.runs, RUNS_LENGTH), (0, text.words, WORDS_LENGTH), (1, text.hosts, HOSTS_LENGTH))
        return [
            (table, known, value_in(buckets, length))
            for table, buckets, length in groups
            if (known := [bucket for bucket in buckets if (table, bucket) in self._known])
        ]


def _shape_groups(bins: list[int], pairs: list[int]) -> list[tuple[int, list[int], float]]:
    return [(2, bins, value_in(bins, SHAPE_LENGTH)), (3, pairs, value_in(pairs, PAIRS_LENGTH))]


def _known_from_two_campaigns(
    rows: Sequence[Labelled], texts: Sequence[TextFeatures]
) -> frozenset[tuple[int, int]]:
    """The (table, bucket) of every feature that stands in comments of at least two campaigns."""
    first: dict[tuple[int, int], str] = {}
    known = set()
    for row, text in zip(rows, texts, strict=True):
        for table, buckets in ((0, text.runs), (0, text.words), (1, text.hosts)):
            for bucket in buckets:
                if first.setdefault((table, bucket), row.campaign) != row.campaign:
                    known.add((table, bucket))
    return frozenset(known)


def _weights_of(rows: Sequence[Labelled]) -> list[float]:
    """How much each row counts, 1 on average: less in a large campaign, less in a large source."""
    sizes = Counter(row.campaign for row in rows)
    sources: dict[tuple[str, bool], float] = defaultdict(float)
    for row in rows:
        sources[row.source, row.is_spam] += 1 / sizes[row.campaign]
    weights = [
        sources[row.source, row.is_spam] ** (SOURCE_POWER - 1)
        / sizes[row.campaign]
        * (OWN_WEIGHT if row.source == OWN_SOURCE else 1)
        for row in rows
    ]
    scale = len(weights) / math.fsum(weights)
    return [weight * scale for weight in weights]


def _descend(examples: Sequence[_Example], sizes: Sequence[int], *, seed: int) -> Weights:
    """Stochastic gradient descent, EPOCHS times through the examples in an order drawn anew each time."""
    tables = [[0.0] * size for size in sizes]
    bias = 0.0
    order = list(range(len(examples)))
    draw = random.Random(seed)  # noqa: S311  (an order, no secret)
    steps, done = EPOCHS * len(examples), 0
    for _ in range(EPOCHS):
        draw.shuffle(order)
        for number in order:
            example = examples[number]
            step = FIRST_STEP * (1 - done / steps) * example.weight
            done += 1
            total = bias
            for table, buckets, value in example.groups:
                total += value * sum(map(tables[table].__getitem__, buckets))
            move = step * (example.target - logistic(total))
            bias += move
            for table, buckets, value in example.groups:
                weights, change = tables[table], move * value
                for bucket in buckets:
                    weights[bucket] += change
    return Weights(*tables, bias=bias)


def _mean(several: Sequence[Weights]) -> Weights:
    """The weights between those of several descents, each of which met the examples in another order."""

    def middle(tables: Iterable[Sequence[float]]) -> list[float]:
        return [math.fsum(column) / len(several) for column in zip(*tables, strict=True)]

    return Weights(
        text=middle(weights.text for weights in several),
        hosts=middle(weights.hosts for weights in several),
        bins=middle(weights.bins for weights in several),
        pairs=middle(weights.pairs for weights in several),
        bias=math.fsum(weights.bias for weights in several) / len(several),
    )


def calibration(
    sums: Sequence[float], targets: Sequence[float], weights: Sequence[float]
) -> tuple[float, float]:
    """Slope and intercept that make log-odds of raw sums (Platt 1999), by Newton's method on the logistic
    loss."""
    slope, intercept = 0.0, 0.0
    for _ in range(50):
        gradient, hessian = _platt_step(sums, targets, weights, slope=slope, intercept=intercept)
        (g1, g2), (h11, h12, h22) = gradient, hessian
        # A trace of ridge: sums that separate the labels perfectly have no steepest curve.
        h11, h22 = h11 + RIDGE, h22 + RIDGE
        scale = h11 * h22 - h12 * h12
        change = (h22 * g1 - h12 * g2) / scale, (h11 * g2 - h12 * g1) / scale
        slope, intercept = slope - change[0], intercept - change[1]
        if max(map(abs, change)) < 1e-9:
            break
    return slope, intercept


def _platt_step(
    sums: Sequence[float],
    targets: Sequence[float],
    weights: Sequence[float],
    *,
    slope: float,
    intercept: float,
) -> tuple[tuple[float, float], tuple[float, float, float]]:
    """Gradient and Hessian (slope-slope, slope-intercept, intercept-intercept) of the weighted logistic
    loss."""
    g1 = g2 = h11 = h12 = h22 = 0.0
    for each, target, weight in zip(sums, targets, weights, strict=True):
        probability = logistic(slope * each + intercept)
        error, bend = weight * (probability - target), weight * probability * (1 - probability)
        g1, g2 = g1 + error * each, g2 + error
        h11, h12, h22 = h11 + bend * each * each, h12 + bend * each, h22 + bend
    return (g1, g2), (h11, h12, h22)


def _thresholds(rows: Sequence[Labelled], sums: Sequence[float]) -> tuple[float, float]:
    """The raw sums below which SPAM_PUBLISHED of the spam lies, and from which on HAM_IN_SPAM of the ham."""
    spam = sorted(each for row, each in zip(rows, sums, strict=True) if row.is_spam)
    ham = sorted(each for row, each in zip(rows, sums, strict=True) if not row.is_spam)
    return spam[int(len(spam) * SPAM_PUBLISHED)], ham[min(len(ham) - 1, int(len(ham) * (1 - HAM_IN_SPAM)))]


def _site_folds(rows: Sequence[Labelled]) -> list[int]:
    """Whole sources, the largest first, each into the fold that is smallest so far."""
    filled = [0] * SITE_FOLDS
    fold_of = {}
    for source, size in sorted(
        Counter(row.source for row in rows).items(), key=lambda pair: (-pair[1], pair[0])
    ):
        fold_of[source] = filled.index(min(filled))
        filled[fold_of[source]] += size
    return [fold_of[row.source] for row in rows]


def _campaign_folds(rows: Sequence[Labelled]) -> list[int]:
    return [crc32(row.campaign.encode("utf-8", "surrogatepass")) % CAMPAIGN_FOLDS for row in rows]


def _checksum(weights: Weights) -> int:
    """Names the weights: another training gives another number."""
    checksum = 0
    for table in (weights.text, weights.hosts, weights.bins, weights.pairs):
        checksum = crc32(array("d", table).tobytes(), checksum)
    return checksum
