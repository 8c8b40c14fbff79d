"""The site layer as each process has it: brought up to date before the next comment is judged.

The lessons are in the database; each process keeps their sums. Before a comment is judged one query asks for
the version. When it is another one, the process looks which lessons are new and which are gone, and adds and
takes away only those (0015: nothing in a process that another could not work out). Lessons in a row are
compared by their digests, so it does not matter which versions a process has seen.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

from django.db import connection

from comments.lessons import LearningState, Lesson
from comments.spam.candidate import Candidate
from comments.spam.lessons import Counted, Facts, counted
from comments.spam.prior import PriorError, shipped_prior
from comments.spam.site_layer import MOST_SHADOWS, SiteLayer, lesson_from
from comments.spam.site_layer import Lesson as Taught

# Of older lessons a process does not even look whether they count.
MOST_CONSIDERED = 5_000
# Fewer missing lessons are asked for by their numbers, more by reading all.
FEW = 500

NOTHING_LEARNED = SiteLayer()

_Rows = dict[int, Lesson]


class State(NamedTuple):
    """The row of LearningState."""

    version: int
    token: str


def _state() -> State | None:
    """SQL by hand, as in `comments.history`: it is run for every comment that arrives."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version, token FROM comments_learningstate WHERE id = %s", [LearningState.ONLY]
        )
        row = cursor.fetchone()
    return State(*row) if row else None


class SiteModel:
    """One process's copy of what was learned. Threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._token = ""
        self._rows: _Rows = {}
        self._learned: _Rows = {}
        self._tests: dict[str, Taught] = {}
        self._layer = NOTHING_LEARNED

    def layer(self) -> SiteLayer:
        """The layer with every lesson that is committed. One query, and two more after a verdict.

        Without a readable prior there is nothing to lay it on: what was known before stays.
        """
        state = _state()
        if state is None:
            return NOTHING_LEARNED
        with self._lock:
            if state.token != self._token:
                with suppress(PriorError):
                    self._follow(state)
            return self._layer

    def _follow(self, state: State) -> None:
        """Nothing is changed before everything is worked out, so an error leaves the former state."""
        rows = _rows_now(self._rows)
        sorted_out = _counted(rows.values())
        learned = {number: rows[number] for number in sorted_out.learned}
        tests = {
            rows[number].digest: self._tests.get(rows[number].digest) or _taught(rows[number])
            for number in sorted_out.shadows[-MOST_SHADOWS:]
        }
        layer = self._layer.changed(
            state.version,
            learned=map(_taught, _missing(learned, self._learned)),
            forgotten=map(_taught, _missing(self._learned, learned)),
            shadows=list(tests.values()),
        )
        self._rows, self._learned, self._tests = rows, learned, tests
        self._layer, self._token = layer, state.token


_of_this_process = SiteModel()


def site_layer() -> SiteLayer:
    """What the site has taught the filter until now."""
    return _of_this_process.layer()


def is_spoilt() -> bool:
    """Whether learning has stopped because its own tests speak against it."""
    return site_layer().is_spoilt


@dataclass(frozen=True, slots=True)
class Sorted:
    """All lessons there are, and which of them count."""

    total: int
    version: int
    counted: Counted
    is_spoilt: bool


def lessons_sorted() -> Sorted:
    layer = site_layer()
    rows = Lesson.objects.order_by("-pk").only("campaign", "commenter")
    return Sorted(len(rows), layer.number, _counted(rows[:MOST_CONSIDERED]), layer.is_spoilt)


def _counted(rows: Iterable[Lesson]) -> Counted:
    return counted([Facts(row.pk, row.campaign, row.commenter) for row in rows])


def _rows_now(known: _Rows) -> _Rows:
    """The rows that may count now, of which those that are known need not be read again."""
    digests = dict(Lesson.objects.order_by("-pk").values_list("pk", "digest")[:MOST_CONSIDERED])
    rows = {number: row for number, row in known.items() if digests.get(number) == row.digest}
    unknown = digests.keys() - rows.keys()
    if unknown:
        lessons = Lesson.objects.order_by("-pk")
        found = lessons.filter(pk__in=unknown) if len(unknown) <= FEW else lessons[:MOST_CONSIDERED]
        rows |= {row.pk: row for row in found if row.pk in unknown}
    return rows


def _missing(rows: _Rows, others: _Rows) -> list[Lesson]:
    """The rows that are not among the others."""
    return [
        row for number, row in rows.items() if number not in others or others[number].digest != row.digest
    ]


def _taught(row: Lesson) -> Taught:
    candidate = Candidate(
        name=row.name,
        text=row.text,
        email="",
        website=row.website,
        network="",
        post_title="",
        post_text="",
        submitted_at=row.at,
    )
    return lesson_from(candidate, is_spam=row.is_spam, prior=shipped_prior())
