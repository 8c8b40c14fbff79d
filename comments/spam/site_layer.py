"""What this site's moderators taught, on top of the prior that came with the code.

Each lesson leaves two whole numbers at each of its signals: how wrong the prior was there (the verdict, 1 or
0, less the prior's probability) and how much was seen. A signal's weight is

    gain * (wrong - seen * base) / (seen + doubt)

where `base` is how wrong the prior was on average over all lessons: a site with more spam than elsewhere says
nothing about any one word. A weight is less than twice GAIN, however often the same is taught. Because only
sums are kept, the order of lessons does not matter; because they are whole numbers, taking a lesson back
leaves exactly what was before, and a layer made anew is the same to the bit. That is why it is not the
stochastic gradient descent of the prior, whose result depends on the order.

Every tenth lesson is not learned but kept as a test. When the site layer does clearly worse there than the
prior alone, it is spoilt and says nothing, until its lessons are better ones.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from comments.spam.candidate import Candidate
from comments.spam.features import Features, features_of
from comments.spam.odds import logistic
from comments.spam.prior import Prior
from comments.spam.signals import Group, Kind, signals_of

# Chosen on the development comments, one round number each; docs/spam.md has the figures.
GAIN = 4.0
DOUBT = 4.0
BASE_DOUBT = 1.0
MOST_POINTS = 6.0

# A verdict this far from the prior's probability teaches less: it is more often a slip or an attack.
SURPRISE = 0.7
WEIGHT_OF_SURPRISE = 0.2

# How many tests are needed to say anything, how many of the newest are asked, and by how many standard errors
# the layer must do worse.
FEWEST_SHADOWS = 20
MOST_SHADOWS = 50
CLEARLY = 2.0

# Sums are in these parts of one. Points are too, so that they add up exactly in whatever order.
UNIT = 1 << 20

# The shape as a whole, since its bins have no words.
_SHAPE_LABEL = "how it is made"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A verdict and what it was about; `log_odds` is the prior's opinion of it."""

    is_spam: bool
    log_odds: float
    groups: tuple[Group, ...]


def lesson_from(candidate: Candidate, *, is_spam: bool, prior: Prior) -> Lesson:
    """The lesson of a verdict on this comment."""
    features = features_of(candidate, prior.shape)
    groups = signals_of(features, name=candidate.name, website=candidate.website)
    return Lesson(is_spam, prior.log_odds(features), groups)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a word or pair of words, a host, a word of the name, the website or the whole shape adds."""

    kind: Kind
    label: str
    points: float


@dataclass(frozen=True, slots=True)
class SitePoints:
    """The layer's opinion of a comment in log-odds, exactly the sum of the contributions, strongest first."""

    total: float
    contributions: tuple[Contribution, ...]


NO_POINTS = SitePoints(0.0, ())


@dataclass(frozen=True)
class SiteLayer:
    """All that was taught so far. It never changes: `changed` gives another one. `number` is in its name."""

    number: int = 0
    wrong: Mapping[int, int] = field(default_factory=dict)
    seen: Mapping[int, int] = field(default_factory=dict)
    all_wrong: int = 0
    all_seen: int = 0
    shadows: tuple[Lesson, ...] = ()

    @property
    def version(self) -> str:
        return f"site-{self.number}"

    def changed(
        self,
        number: int,
        *,
        learned: Iterable[Lesson] = (),
        forgotten: Iterable[Lesson] = (),
        shadows: Sequence[Lesson] = (),
    ) -> Self:
        """The layer with these lessons more, those fewer, and these as its tests."""
        sums = _Sums(dict(self.wrong), dict(self.seen), self.all_wrong, self.all_seen)
        for lesson in learned:
            sums.add(lesson, times=1)
        for lesson in forgotten:
            sums.add(lesson, times=-1)
        tests = tuple(shadows[-MOST_SHADOWS:])
        return type(self)(number, sums.wrong, sums.seen, sums.all_wrong, sums.all_seen, tests)

    def points(self, features: Features, *, name: str = "", website: str = "") -> SitePoints:
        """What the site's lessons say of a comment; nothing while there are none or they are spoilt."""
        if not self.seen or self.is_spoilt:
            return NO_POINTS
        return self._points_of(signals_of(features, name=name, website=website))

    def log_odds(self, lesson: Lesson) -> float:
        """What prior and layer together say of a comment whose lesson is at hand."""
        return lesson.log_odds + (0.0 if self.is_spoilt else self._points_of(lesson.groups).total)

    @cached_property
    def is_spoilt(self) -> bool:
        """Whether the layer does clearly worse on its tests than the prior alone."""
        if len(self.shadows) < FEWEST_SHADOWS:
            return False
        harm = [self._harm_in(lesson) for lesson in self.shadows]
        return math.fsum(harm) > CLEARLY * math.sqrt(math.fsum(loss * loss for loss in harm))

    def _harm_in(self, lesson: Lesson) -> float:
        """By how much the layer makes the log-loss on a lesson worse; below zero where it helps."""
        with_layer = lesson.log_odds + self._points_of(lesson.groups).total
        return _log_loss(with_layer, is_spam=lesson.is_spam) - _log_loss(
            lesson.log_odds, is_spam=lesson.is_spam
        )

    def _points_of(self, groups: Iterable[Group]) -> SitePoints:
        found = [part for group in groups for part in self._contributions(group)]
        found = _bounded([part for part in found if part.points])
        found.sort(key=lambda part: (-abs(part.points), part.kind, part.label))
        return SitePoints(sum(part.points for part in found), tuple(found))

    def _contributions(self, group: Group) -> Iterable[Contribution]:
        seen, base = self.seen, self._base
        parts = [
            (label, _rounded(group.value * self._weight(signal, base)))
            for signal, label in group.labels.items()
            if signal in seen
        ]
        if group.kind is Kind.SHAPE:
            return [Contribution(group.kind, _SHAPE_LABEL, sum(points for _label, points in parts))]
        return _by_label(group.kind, parts)

    def _weight(self, signal: int, base: float) -> float:
        seen = self.seen[signal] / UNIT
        return GAIN * (self.wrong[signal] / UNIT - seen * base) / (seen + DOUBT)

    @cached_property
    def _base(self) -> float:
        return self.all_wrong / (self.all_seen + BASE_DOUBT * UNIT)


@dataclass(slots=True)
class _Sums:
    """The sums of a layer while they are changed."""

    wrong: dict[int, int]
    seen: dict[int, int]
    all_wrong: int
    all_seen: int

    def add(self, lesson: Lesson, *, times: int) -> None:
        """Adds a lesson, or takes it back with `times=-1`. What comes to nothing leaves no trace."""
        error = lesson.is_spam - logistic(lesson.log_odds)
        weight = WEIGHT_OF_SURPRISE if abs(error) > SURPRISE else 1.0
        self.all_wrong += times * round(UNIT * weight * error)
        self.all_seen += times * round(UNIT * weight)
        for group in lesson.groups:
            value = UNIT * weight * group.value
            self._add_group(group, wrong=times * round(value * error), seen=times * round(value))

    def _add_group(self, group: Group, *, wrong: int, seen: int) -> None:
        all_wrong, all_seen = self.wrong, self.seen
        for signal in group.labels:
            now_seen = all_seen.get(signal, 0) + seen
            if now_seen:
                all_seen[signal] = now_seen
                all_wrong[signal] = all_wrong.get(signal, 0) + wrong
            else:
                del all_seen[signal], all_wrong[signal]


def _by_label(kind: Kind, parts: Iterable[tuple[str, float]]) -> list[Contribution]:
    """One contribution for each label: a host is several signals."""
    sums: dict[str, float] = {}
    for label, points in parts:
        sums[label] = sums.get(label, 0.0) + points
    return [Contribution(kind, label, points) for label, points in sums.items()]


def _bounded(parts: list[Contribution]) -> list[Contribution]:
    """The contributions, all made smaller alike where their sum is more than MOST_POINTS."""
    total = sum(part.points for part in parts)
    if abs(total) <= MOST_POINTS:
        return parts
    share = MOST_POINTS / abs(total)
    towards_zero = math.floor if total > 0 else math.ceil
    return [
        Contribution(part.kind, part.label, towards_zero(share * part.points * UNIT) / UNIT) for part in parts
    ]


def _rounded(points: float) -> float:
    return round(points * UNIT) / UNIT


def _log_loss(log_odds: float, *, is_spam: bool) -> float:
    against = -log_odds if is_spam else log_odds
    return max(0.0, against) + math.log1p(math.exp(-abs(log_odds)))
