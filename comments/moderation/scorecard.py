"""The desk's scorecard: what came, how the filter and the moderators dealt with it, and what still waits.

This module asks the database and hands the answers to `scorecard_figures` and `charts`. Comments to which
nobody has done anything are counted by the database; those with deeds are read one after the other, a few
columns of each, so that memory stays the same however many there are. Days are the site's own.

Left out: what the team wrote, and what the filter never saw, such as imported comments. Access is the gate's
business (`comments.moderation.urls`).
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby, starmap
from typing import NamedTuple, Self

from django.contrib.auth import get_user_model
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When, Window
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.views.decorators.http import require_safe

from blog.people import writer_name
from comments.models import Comment, Deed
from comments.moderation.actions import STATUS_AFTER
from comments.moderation.charts import BarChart, Column, ColumnChart, bar_chart, column_chart
from comments.moderation.queues import MINUTE, age_of
from comments.moderation.scorecard_figures import (
    Bin,
    Handled,
    Record,
    Response,
    Tally,
    Volume,
    calibration_of,
    record_of,
    response_of,
    spans_of,
    together,
    volumes_of,
)
from comments.spam.verdict import Decision
from comments.teaching import IS_SPAM

# Periods in days, and how many days of each stand in one column of the chart.
STEPS = {7: 1, 30: 1, 90: 7}
DEFAULT = 30

LONGEST_WAITING = 5
# Comments with deeds are fetched so many lines at a time.
CHUNK = 2000

SAID = {
    Comment.Status.APPROVED: Decision.PUBLISH,
    Comment.Status.HELD: Decision.HOLD,
    Comment.Status.SPAM: Decision.SPAM,
}


@dataclass(frozen=True, slots=True)
class Period:
    """So many days up to and with the day of `now`, in spans whose midnights are `starts`."""

    days: int
    now: datetime
    spans: list[tuple[date, date]]
    starts: list[datetime]

    @classmethod
    def ending(cls, now: datetime, *, days: int) -> Self:
        spans = spans_of(days, step=STEPS[days], today=timezone.localtime(now).date())
        midnights = [timezone.make_aware(datetime.combine(first, time.min)) for first, _last in spans]
        return cls(days, now, spans, midnights)

    @property
    def range(self) -> tuple[datetime, datetime]:
        return self.starts[0], self.now

    def span_of(self, moment: datetime) -> int:
        return bisect_right(self.starts, moment) - 1


@dataclass(frozen=True, slots=True)
class Waiting:
    """One of the comments that wait longest."""

    comment_id: str
    name: str
    post: str
    since: datetime
    age: str


@dataclass(frozen=True, slots=True)
class Moderator:
    """How much somebody did in the period. No name: the account is gone."""

    name: str
    deeds: int
    undone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """All that the page shows. `spans` are the columns of the chart, `volume` is the whole period."""

    period: Period
    volume: Volume
    spans: list[Volume]
    chart: ColumnChart
    record: Record
    bins: list[Bin]
    response: Response
    median: str
    nine_tenths: str
    response_chart: BarChart
    waiting: list[Waiting]
    waiting_count: int
    moderators: list[Moderator]

    @property
    def is_weekly(self) -> bool:
        return STEPS[self.period.days] > 1

    @property
    def busiest(self) -> Volume:
        """The column with the most; of equal ones the latest."""
        return max(reversed(self.spans), key=lambda span: span.total)


@require_safe
def show_scorecard(request: HttpRequest) -> HttpResponse:
    card = scorecard(days_in(request.GET.get("days", "")), now=timezone.now())
    return render(request, "desk/scorecard.html", {"card": card, "periods": list(STEPS)})


def days_in(wanted: str) -> int:
    """The period that the address asks for; what is none is the default one."""
    return next((days for days in STEPS if str(days) == wanted), DEFAULT)


def scorecard(days: int, *, now: datetime) -> Scorecard:
    period = Period.ending(now, days=days)
    tally = _tally(period)
    spans = volumes_of(tally.arrived, period.spans)
    volume = together(spans)
    response = response_of(tally.waits, held=volume.hold)
    waiting, waiting_count = _waiting_longest(now)
    return Scorecard(
        period=period,
        volume=volume,
        spans=spans,
        chart=column_chart([_column(span) for span in spans]),
        record=record_of(tally.judged),
        bins=calibration_of(tally.binned),
        response=response,
        median=_in_words(response.median, now),
        nine_tenths=_in_words(response.nine_tenths, now),
        response_chart=bar_chart(response.groups),
        waiting=waiting,
        waiting_count=waiting_count,
        moderators=_moderators(period),
    )


def _column(span: Volume) -> Column:
    parts = (("publish", span.publish), ("hold", span.hold), ("spam", span.spam))
    return Column(date_format(span.first, "j M"), parts)


def _in_words(wait: timedelta | None, now: datetime) -> str:
    if wait is None:
        return ""
    return timesince(now - wait, now) if wait >= MINUTE else "less than a minute"


# ---------- what came ----------
def _tally(period: Period) -> Tally:
    tally = Tally()
    for span, status, count in _untouched(period):
        tally.add_untouched(span, SAID[status], count)
    for _comment, lines in groupby(_lines(period), key=lambda line: line.comment_id):
        if handled := _handled(list(lines), period):
            tally.add(handled)
    return tally


def _untouched(period: Period) -> QuerySet:
    """Comments without a deed, as span, status and how many: their status is what the filter said."""
    comments = Comment.objects.filter(
        badge=Comment.Badge.NONE,
        created_at__range=period.range,
        status__in=SAID,
        probability__isnull=False,
    )
    deeds = Deed.objects.filter(comment=OuterRef("pk"))
    # Midnights, latest first. The database's own way to a day is a function of Python on SQLite, and slow.
    starts = reversed(list(enumerate(period.starts)))
    span = Case(*(When(created_at__gte=start, then=number) for number, start in starts))
    untouched = comments.filter(~Exists(deeds)).order_by().annotate(span=span)
    return untouched.values_list("span", "status").annotate(Count("pk"))


class _Line(NamedTuple):
    """A deed, and before it what is wanted of its comment."""

    comment_id: str
    created_at: datetime
    status: str
    probability: float | None
    edited_at: datetime | None
    pk: int
    verb: str
    before: str
    at: datetime
    undoes: int | None


_COLUMNS = (
    "comment_id",
    "comment__created_at",
    "comment__status",
    "comment__probability",
    "comment__edited_at",
    "pk",
    "verb",
    "before",
    "at",
    "undoes_id",
)


def _lines(period: Period) -> Iterator[_Line]:
    """The deeds on each comment in turn, in the order they happened."""
    # A comment loses its probability when its words are taken away; what was done to it before still counts.
    was_judged = Q(comment__probability__isnull=False) | Q(comment__status__in=Comment.GONE)
    deeds = Deed.objects.filter(
        was_judged, comment__badge=Comment.Badge.NONE, comment__created_at__range=period.range
    )
    # By time first. By id alone, PostgreSQL walks the index of deeds and may compare each with every comment,
    # as long as it has no statistics of the tables: minutes for 100,000 comments.
    rows = deeds.order_by("comment__created_at", "comment_id", "pk").values_list(*_COLUMNS)
    return starmap(_Line, rows.iterator(chunk_size=CHUNK))


def _handled(lines: list[_Line], period: Period) -> Handled | None:
    """A comment by its deeds; None when nothing tells any longer what the filter said of it."""
    first = lines[0]
    moves = [line for line in lines if line.verb in STATUS_AFTER]
    said = SAID.get(moves[0].before if moves else first.status)
    if said is None:
        return None
    return Handled(
        span=period.span_of(first.created_at),
        said=said,
        is_spam=_is_spam(moves, undone={line.undoes for line in lines}),
        probability=first.probability,
        waited=first.at - first.created_at,
    )


def _is_spam(moves: list[_Line], *, undone: set[int | None]) -> bool | None:
    """What the latest verdict in force says, if filter and moderator had the same words before them."""
    verdicts = [line for line in moves if line.verb in IS_SPAM and line.pk not in undone]
    if not verdicts or (moves[0].edited_at and moves[0].edited_at > moves[0].at):
        return None
    return IS_SPAM[verdicts[-1].verb]


# ---------- what waits, and who did how much ----------
def _waiting_longest(now: datetime) -> tuple[list[Waiting], int]:
    """The oldest held comments, whenever they came, and how many wait in all."""
    held = Comment.objects.filter(status=Comment.Status.HELD).order_by("created_at", "pk")
    # The number in the same query: a window counts before the limit cuts.
    rows = held.annotate(of=Window(Count("pk"))).values_list("pk", "name", "post__title", "created_at", "of")
    found = list(rows[:LONGEST_WAITING])
    waiting = [Waiting(*row[:4], age=age_of(row[3], now=now)) for row in found]
    return waiting, found[0][4] if found else 0


def _moderators(period: Period) -> list[Moderator]:
    """Whoever did something in the period, the busiest first. An undo is no deed of its own here: it stands
    with the deed that it undid."""
    # Each comment of a sweep counts; the sweep's own line would count them once more.
    deeds = Deed.objects.filter(at__range=period.range, whole=None).exclude(verb=Deed.Verb.UNDO).order_by()
    rows = list(deeds.values(who=F("by")).annotate(deeds=Count("pk"), undone=Count("undone_by")))
    people = get_user_model().objects.in_bulk([row["who"] for row in rows if row["who"]])
    names = {key: writer_name(person) for key, person in people.items()}
    moderators = [
        Moderator(names.get(row["who"], ""), row["deeds"] - row["undone"], row["undone"]) for row in rows
    ]
    return sorted(moderators, key=lambda moderator: (-moderator.deeds, -moderator.undone, moderator.name))
