"""Which of a site's lessons are learned: what keeps one person, or one text, from teaching everything.

A lesson is a moderator's verdict on a comment. One text counts three times, one commenter five times a day,
and the newest two thousand of what is left count at all. Every tenth of those is not learned but kept as a
test (`comments.spam.site_layer`). Which are counted depends on the lessons that there are and on nothing
else, so when one is taken back, another that was skipped for it may count.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from zlib import crc32

MOST_LESSONS = 2_000
MOST_OF_CAMPAIGN = 3
MOST_OF_COMMENTER_A_DAY = 5
SHADOW_EVERY = 10


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides whether a lesson counts. Numbers rise in the order of the verdicts; `campaign` is equal
    for the same text, `commenter` for verdicts of one day on one commenter."""

    number: int
    campaign: str
    commenter: str


class Skipped(StrEnum):
    """Why a lesson does not count, as the end of a sentence."""

    CAMPAIGN = f"the same text has counted {MOST_OF_CAMPAIGN} times"
    COMMENTER = f"the same commenter has counted {MOST_OF_COMMENTER_A_DAY} times that day"
    OLD = f"newer lessons: the newest {MOST_LESSONS} count"


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers of the lessons that are learned, of those kept as a test (oldest first), and why the others
    do not count."""

    learned: frozenset[int] = frozenset()
    shadows: tuple[int, ...] = ()
    skipped: dict[int, Skipped] = field(default_factory=dict)


def counted(lessons: Sequence[Facts]) -> Counted:
    """Sorts lessons, given in any order, into those that count and those that do not.

    The earliest of a campaign and of a commenter's day count, so that a flood displaces nothing. Skipped
    lessons are no test either, or a flood could fill the test.
    """
    campaigns: Counter[str] = Counter()
    commenters: Counter[str] = Counter()
    skipped, kept = {}, []
    for lesson in sorted(lessons, key=lambda lesson: lesson.number):
        if campaigns[lesson.campaign] >= MOST_OF_CAMPAIGN:
            skipped[lesson.number] = Skipped.CAMPAIGN
        elif commenters[lesson.commenter] >= MOST_OF_COMMENTER_A_DAY:
            skipped[lesson.number] = Skipped.COMMENTER
        else:
            campaigns[lesson.campaign] += 1
            commenters[lesson.commenter] += 1
            kept.append(lesson.number)
    return _divided(kept, skipped)


def is_shadow(number: int) -> bool:
    """Whether the lesson is a test: one in ten, by a hash, so that no habit of a moderator decides which."""
    return crc32(b"shadow %d" % number) % SHADOW_EVERY == 0


def _divided(kept: list[int], skipped: dict[int, Skipped]) -> Counted:
    old, new = kept[:-MOST_LESSONS], kept[-MOST_LESSONS:]
    return Counted(
        learned=frozenset(number for number in new if not is_shadow(number)),
        shadows=tuple(number for number in new if is_shadow(number)),
        skipped=skipped | dict.fromkeys(old, Skipped.OLD),
    )
