"""The scorecard's arithmetic: how much came, how often the filter was right, how long people waited.

Comments go one by one into a `Tally`, which keeps counts and a number for each wait, never the comments, so a
busy quarter takes no more memory than a quiet week. Every figure is then made of the tally. What cannot be
said, because nothing was counted, is None and never a zero that looks like a result.

Whether the filter was right is known only of comments that a moderator approved or marked as spam. Those are
no sample: people look at what waits, and seldom at what was published or put away. The page says so.
"""

import statistics
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from comments.spam.verdict import Decision
from lib.wilson import wilson

# Of a probability: [0, 0.2) to [0.8, 1].
BINS = 5

# The upper ends of the groups of waits, each as people say it; longer waits make a last group.
WAITS = (
    (timedelta(minutes=15), "up to 15 minutes"),
    (timedelta(hours=1), "15 minutes to 1 hour"),
    (timedelta(hours=4), "1 to 4 hours"),
    (timedelta(hours=12), "4 to 12 hours"),
    (timedelta(days=1), "12 to 24 hours"),
    (timedelta(days=3), "1 to 3 days"),
    (timedelta(days=7), "3 to 7 days"),
)
LONGEST_WAITS = "longer than 7 days"


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many. `percent`, `low` and `high` are whole per cents; None of nothing."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """Nearly all is never called 100, and hardly any never 0."""
        if not self.whole:
            return None
        if self.part in (0, self.whole):
            return 100 * self.part // self.whole
        return min(99, max(1, _rounded(100 * self.part / self.whole)))

    @property
    def low(self) -> int | None:
        return _rounded(100 * wilson(self.part, self.whole)[0]) if self.whole else None

    @property
    def high(self) -> int | None:
        return _rounded(100 * wilson(self.part, self.whole)[1]) if self.whole else None


def _rounded(number: float) -> int:
    """Half goes up: `round` would make 92 of 92.5."""
    return int(number + 0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """A comment to which a moderator has done something.

    `span` is the number of the span in which it came, from 0; `said` is what the filter said on arrival,
    `is_spam` what moderators found, None if they never said.
    """

    span: int
    said: Decision
    is_spam: bool | None
    probability: float | None
    waited: timedelta


@dataclass(slots=True)
class Tally:
    """What the figures need of all comments. `arrived` is by span, `judged` and `binned` by what is true."""

    arrived: Counter[tuple[int, Decision]] = field(default_factory=Counter)
    judged: Counter[tuple[Decision, bool]] = field(default_factory=Counter)
    binned: Counter[tuple[int, bool]] = field(default_factory=Counter)
    waits: array = field(default_factory=lambda: array("d"))  # in seconds, of held comments

    def add_untouched(self, span: int, said: Decision, count: int) -> None:
        """Comments of one span to which nobody has done anything."""
        self.arrived[span, said] += count

    def add(self, comment: Handled) -> None:
        self.arrived[comment.span, comment.said] += 1
        if comment.said == Decision.HOLD:
            self.waits.append(max(0.0, comment.waited.total_seconds()))
        if comment.is_spam is None:
            return
        self.judged[comment.said, comment.is_spam] += 1
        if comment.probability is not None:
            self.binned[min(int(comment.probability * BINS), BINS - 1), comment.is_spam] += 1


# ---------- how much came ----------
@dataclass(frozen=True, slots=True)
class Volume:
    """What arrived from one day to another, both included, by what the filter said."""

    first: date
    last: date
    publish: int
    hold: int
    spam: int

    @property
    def total(self) -> int:
        return self.publish + self.hold + self.spam

    @property
    def held(self) -> Share:
        return Share(self.hold, self.total)

    @property
    def in_spam(self) -> Share:
        return Share(self.spam, self.total)


def spans_of(days: int, *, step: int, today: date) -> list[tuple[date, date]]:
    """The last `days` days up to today in spans of `step` days, oldest first. The first may be shorter, so
    that the last, which is what people look for, is whole."""
    start = today - timedelta(days=days - 1)
    ends = [today - timedelta(days=back) for back in range(0, days, step)]
    return [(max(start, end - timedelta(days=step - 1)), end) for end in reversed(ends)]


def volumes_of(arrived: Counter[tuple[int, Decision]], spans: Sequence[tuple[date, date]]) -> list[Volume]:
    return [
        Volume(first, last, *(arrived[number, said] for said in Decision))
        for number, (first, last) in enumerate(spans)
    ]


def together(volumes: Sequence[Volume]) -> Volume:
    """One volume of several that follow each other."""
    publish = sum(volume.publish for volume in volumes)
    hold = sum(volume.hold for volume in volumes)
    spam = sum(volume.spam for volume in volumes)
    return Volume(volumes[0].first, volumes[-1].last, publish, hold, spam)


# ---------- how often the filter was right ----------
@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """How the filter did on the comments that a moderator judged.

    `precision`: of what it put into spam, what was spam. `recall`: of the spam, what it put there; `caught`,
    what it put there or held. `ham_held` and `ham_in_spam`: of the ham, what waited and what was put away.
    """

    judged: int
    precision: Share
    recall: Share
    caught: Share
    ham_held: Share
    ham_in_spam: Share


def record_of(judged: Counter[tuple[Decision, bool]]) -> Record:
    spam = sum(judged[said, True] for said in Decision)
    ham = sum(judged[said, False] for said in Decision)
    in_spam = judged[Decision.SPAM, True]
    return Record(
        judged=spam + ham,
        precision=Share(in_spam, in_spam + judged[Decision.SPAM, False]),
        recall=Share(in_spam, spam),
        caught=Share(in_spam + judged[Decision.HOLD, True], spam),
        ham_held=Share(judged[Decision.HOLD, False], ham),
        ham_in_spam=Share(judged[Decision.SPAM, False], ham),
    )


@dataclass(frozen=True, slots=True)
class Bin:
    """Of the comments whose probability lay from `low` to `high` per cent, how many were spam."""

    low: int
    high: int
    spam: Share


def calibration_of(binned: Counter[tuple[int, bool]]) -> list[Bin]:
    width = 100 // BINS
    return [
        Bin(number * width, (number + 1) * width, Share(spam, spam + binned[number, False]))
        for number in range(BINS)
        for spam in [binned[number, True]]
    ]


# ---------- how long people waited ----------
@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """How long held comments waited for the first deed. `unanswered` of them still do."""

    answered: int
    unanswered: int
    median: timedelta | None
    nine_tenths: timedelta | None
    within_hour: Share
    within_day: Share
    groups: list[tuple[str, int]]


def response_of(waits: Sequence[float], *, held: int) -> Response:
    """`waits` are seconds, in any order; `held` counts the comments that waited, or still do."""
    ordered = sorted(waits)
    count = len(ordered)
    return Response(
        answered=count,
        unanswered=held - count,
        median=timedelta(seconds=statistics.median(ordered)) if ordered else None,
        nine_tenths=timedelta(seconds=percentile(90, ordered)) if ordered else None,
        within_hour=Share(_up_to(timedelta(hours=1), ordered), count),
        within_day=Share(_up_to(timedelta(days=1), ordered), count),
        groups=_grouped(ordered),
    )


def percentile(percent: int, ordered: Sequence[float]) -> float:
    """The smallest value that so many per cent of the values do not exceed (the nearest rank), of at least
    one value. It is a wait that somebody had, and not one between two of them."""
    return ordered[-(-percent * len(ordered) // 100) - 1]


def _up_to(limit: timedelta, ordered: Sequence[float]) -> int:
    return bisect_right(ordered, limit.total_seconds())


def _grouped(ordered: Sequence[float]) -> list[tuple[str, int]]:
    below = [0, *(_up_to(limit, ordered) for limit, _words in WAITS), len(ordered)]
    words = [*(words for _limit, words in WAITS), LONGEST_WAITS]
    return [(name, below[number + 1] - below[number]) for number, name in enumerate(words)]
