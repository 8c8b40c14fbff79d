"""How good is the filter? Figures over comments whose label a person gave.

Rows come in already judged; this module only counts. Spam is what is looked for, so a row is flagged when its
probability is high. Every figure is exact for tied probabilities: rows that the filter cannot tell apart are
flagged together or not at all. A figure that the rows cannot give (there is no recall without spam) is None
and never a zero that looks like a result.
"""

import math
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from comments.spam.text import links_in
from comments.spam.verdict import Decision

# A comment is called spam from even odds on, for precision, recall and F1.
EVEN = 0.5

BINS = 10

# Characters. A thank-you, a greeting, a joke: what gives a filter least to go by.
SHORT_TEXT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredRow:
    """A labelled comment and what the filter made of it. `source` names the site it was written on."""

    source: str
    is_spam: bool
    probability: float
    decision: Decision
    text: str
    url_domain: str


@dataclass(frozen=True, slots=True)
class Zones:
    """Which share of some comments, 0 to 1, got each decision."""

    publish: float
    hold: float
    spam: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What can be said of some rows; all shares are 0 to 1.

    `precision`, `recall` and `f1` are for calling spam what is at least as likely spam as not. `auc` is the
    chance that some spam scores higher than some ham. `ham_flagged_at_95` is the share of ham that is flagged
    once the threshold is low enough to flag 95 % of the spam, `ham_flagged_at_99` the same for 99 %. `brier`
    and `calibration_error` say how far probabilities can be believed; 0 is best.

    Recall, Brier score, calibration error and one of the zones can be had from rows of one label; the others
    need both and are None otherwise.
    """

    spam: int
    ham: int
    precision: float | None
    recall: float | None
    f1: float | None
    auc: float | None
    ham_flagged_at_95: float | None
    ham_flagged_at_99: float | None
    brier: float | None
    calibration_error: float | None
    ham_zones: Zones | None
    spam_zones: Zones | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures over all rows, over each slice of them, and over each source by its name."""

    overall: Figures
    slices: Mapping[str, Figures]
    sources: Mapping[str, Figures]


@dataclass(frozen=True, slots=True)
class Speed:
    """Comments judged in a second, and milliseconds that half and 99 % of them take at most."""

    per_second: float
    p50_ms: float
    p99_ms: float


def evaluation_of(rows: Sequence[ScoredRow]) -> Evaluation:
    """All figures there are. Sources come in the order of their size, the largest first."""
    return Evaluation(figures_of(rows), _of_slices(rows), _of_sources(rows))


def figures_of(rows: Sequence[ScoredRow]) -> Figures:
    spam = [row for row in rows if row.is_spam]
    ham = [row for row in rows if not row.is_spam]
    has_both = bool(spam and ham)
    return Figures(
        spam=len(spam),
        ham=len(ham),
        precision=precision(rows) if has_both else None,
        recall=recall(rows),
        f1=f1(rows) if has_both else None,
        auc=auc(rows),
        ham_flagged_at_95=ham_flagged_at(0.95, rows),
        ham_flagged_at_99=ham_flagged_at(0.99, rows),
        brier=brier(rows),
        calibration_error=calibration_error(rows),
        ham_zones=zones_of(ham),
        spam_zones=zones_of(spam),
    )


def precision(rows: Sequence[ScoredRow]) -> float | None:
    """The share of spam in what is called spam; None when nothing is."""
    called = [row for row in rows if row.probability >= EVEN]
    return _share(sum(row.is_spam for row in called), len(called))


def recall(rows: Sequence[ScoredRow]) -> float | None:
    """The share of the spam that is called spam; None when there is none."""
    return _share(sum(row.is_spam and row.probability >= EVEN for row in rows), _spam_in(rows))


def f1(rows: Sequence[ScoredRow]) -> float | None:
    """The harmonic mean of precision and recall; None when there is no spam and none is called so."""
    called = sum(row.probability >= EVEN for row in rows)
    rightly = sum(row.is_spam and row.probability >= EVEN for row in rows)
    return _share(2 * rightly, called + _spam_in(rows))


def auc(rows: Sequence[ScoredRow]) -> float | None:
    """The area under the ROC curve: how often spam scores higher than ham, over all pairs, ties counted half.

    This is the Mann-Whitney statistic (Hanley and McNeil, 1982). None unless there are both.
    """
    half_wins = ham_below = 0
    for spam, ham in reversed(_by_falling_probability(rows)):
        half_wins += spam * (2 * ham_below + ham)
        ham_below += ham
    return _share(half_wins, 2 * _spam_in(rows) * ham_below)


def ham_flagged_at(wanted: float, rows: Sequence[ScoredRow]) -> float | None:
    """The share of ham flagged by the highest threshold that flags `wanted` (0 to 1) of the spam.

    None unless there are both.
    """
    spam, flagged_spam, flagged_ham = _spam_in(rows), 0, 0
    if not spam:
        return None
    for more_spam, more_ham in _by_falling_probability(rows):
        flagged_spam += more_spam
        flagged_ham += more_ham
        if flagged_spam / spam >= wanted:
            break
    return _share(flagged_ham, len(rows) - spam)


def brier(rows: Sequence[ScoredRow]) -> float | None:
    """The mean squared distance of the probability from what was true (Brier, 1950)."""
    return _share(math.fsum((row.probability - row.is_spam) ** 2 for row in rows), len(rows))


def calibration_error(rows: Sequence[ScoredRow]) -> float | None:
    """How far the stated probability is from the share of spam among comments that got it, on average.

    The expected calibration error of Guo et al., "On Calibration of Modern Neural Networks" (ICML 2017), over
    10 bins of equal width, [0, 0.1) to [0.9, 1], each weighted by its number of rows.
    """
    bins: defaultdict[int, list[ScoredRow]] = defaultdict(list)
    for row in rows:
        bins[min(int(row.probability * BINS), BINS - 1)].append(row)
    return _share(math.fsum(abs(_excess(found)) for found in bins.values()), len(rows))


def zones_of(rows: Sequence[ScoredRow]) -> Zones | None:
    """Which shares were published, held and called spam; None for no rows."""
    if not rows:
        return None
    decisions = [row.decision for row in rows]
    publish, hold, spam = (decisions.count(decision) / len(rows) for decision in Decision)
    return Zones(publish, hold, spam)


def has_link(row: ScoredRow) -> bool:
    """Whether the comment links anywhere, in its text or by the address its writer gave."""
    return bool(row.url_domain or links_in(row.text))


def is_short(row: ScoredRow) -> bool:
    return len(row.text.strip()) < SHORT_TEXT


def is_non_latin(row: ScoredRow) -> bool:
    """Whether most letters are of another script than Latin. A text without letters is of none."""
    letters = [char for char in row.text if char.isalpha()]
    return 2 * sum(_is_latin(letter) for letter in letters) < len(letters)


SLICES: Mapping[str, Callable[[ScoredRow], bool]] = {
    "with a link": has_link,
    "without a link": lambda row: not has_link(row),
    f"under {SHORT_TEXT} characters": is_short,
    "non-Latin script": is_non_latin,
}


def speed_of(seconds: Sequence[float]) -> Speed:
    """The speed of judging, from the time that each comment took; at least one."""
    ordered = sorted(seconds)
    return Speed(len(ordered) / math.fsum(ordered), *(1000 * _rank(share, ordered) for share in (0.5, 0.99)))


def _of_slices(rows: Sequence[ScoredRow]) -> dict[str, Figures]:
    return {name: figures_of([row for row in rows if belongs(row)]) for name, belongs in SLICES.items()}


def _of_sources(rows: Sequence[ScoredRow]) -> dict[str, Figures]:
    sources: defaultdict[str, list[ScoredRow]] = defaultdict(list)
    for row in rows:
        sources[row.source].append(row)
    by_size = sorted(sources.items(), key=lambda item: (-len(item[1]), item[0]))
    return {source: figures_of(own) for source, own in by_size}


def _by_falling_probability(rows: Sequence[ScoredRow]) -> list[tuple[int, int]]:
    """How many spam and ham share each probability, the highest first."""
    counts: defaultdict[float, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        counts[row.probability][0 if row.is_spam else 1] += 1
    return [(spam, ham) for _probability, (spam, ham) in sorted(counts.items(), reverse=True)]


def _excess(rows: Sequence[ScoredRow]) -> float:
    """By how much the probabilities of some rows, summed, exceed the spam among them."""
    return math.fsum(row.probability for row in rows) - _spam_in(rows)


def _spam_in(rows: Sequence[ScoredRow]) -> int:
    return sum(row.is_spam for row in rows)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")


def _rank(share: float, ordered: Sequence[float]) -> float:
    """The smallest value that is not exceeded by this share of the values (the nearest-rank percentile)."""
    return ordered[math.ceil(share * len(ordered)) - 1]
