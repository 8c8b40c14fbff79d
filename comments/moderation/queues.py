"""The desk's queues: which rows each page shows, in which order, and what stands beside each row.

A page begins after a comment that its address names, and not at a number: while a moderator works, comments
leave the queue, and page two of a moment ago is another one now. Whatever the length of the queue, a page
looks at a bounded number of rows: counts end at MOST_COUNTED or MOST_MATCHES, and words are looked for in
LOOKED_AT comments at a time. The number of queries does not depend on how many rows there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.timesince import timesince

from comments.models import Comment, Report
from comments.moderation.judgement import Judgement, judgement_of
from comments.moderation.sieve import (
    EVERYTHING,
    REPORTED,
    TABS,
    Sieve,
    comments_in,
    has_verdict,
    says,
)
from lib.ids import ID
from lib.text import excerpt

ROWS_PER_PAGE = 20
MOST_COUNTED = 10_000
MOST_MATCHES = 1_000
LOOKED_AT = 1_000

# A little more than fits two lines on a wide screen; the style sheet cuts the rest.
EXCERPT_LENGTH = 280
SUMMARY_LENGTH = 60

_GONE = {
    Comment.Status.WITHDRAWN: "A comment that its writer withdrew",
    Comment.Status.DELETED: "A comment that was deleted for good",
}

MINUTE = timedelta(minutes=1)

# SQL by hand: one statement for all tabs, none of which reads more than MOST_COUNTED entries of an index.
_COUNT_STATUS = """(
    SELECT COUNT(*) FROM (SELECT 1 FROM comments_comment WHERE status = %s LIMIT %s) AS counted
)"""
_COUNT_REPORTED = """(
    SELECT COUNT(DISTINCT comment_id)
    FROM (SELECT comment_id FROM comments_report WHERE settled_at IS NULL LIMIT %s) AS counted
)"""


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the queue: two fields, the second of which no two comments share."""

    label: str
    fields: tuple[str, str]


ORDERS = {
    "newest": Order("Newest first", ("-created_at", "-pk")),
    "oldest": Order("Oldest first", ("created_at", "pk")),
    "unsure": Order("Most uncertain first", ("-doubt", "-pk")),
    "fine": Order("Likely fine first", ("likelihood", "-pk")),
}
FIRST_ORDER = "newest"


@dataclass(frozen=True, slots=True)
class Tab:
    """`count` is in words: "9", or "10,000+" where nobody has counted any further."""

    status: str
    label: str
    count: str


@dataclass(frozen=True, slots=True)
class Where:
    """The post a comment stands under, and where it is read; no address for a post that is not out."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """What a template would work out for itself is worked out here: it is most of what a page costs."""

    comment: Comment
    page: str  # the address of the comment's own page at the desk
    where: Where
    written: str  # in the form of ISO 8601
    edition: str  # the comment's `stand`
    judgement: Judgement
    excerpt: str
    age: str
    reports: list[Report]  # the open ones, in their own queue only
    can_confirm: bool  # no moderator has given a verdict on it


@dataclass(frozen=True, slots=True)
class QueuePage:
    """`after` names the comment that the next page begins behind; empty on the last one. `count` is in words,
    as a tab's, and empty where it is not known. `looked_at` comments were searched for words, and `after` is
    then where to look further; 0 where all were."""

    rows: list[Row]
    after: str = ""
    count: str = ""
    looked_at: int = 0
    example: Comment | None = None  # that the rows are like, where the sieve asks for such


def age_of(moment: datetime, *, now: datetime) -> str:
    """How long ago, in its largest unit: "38 minutes"."""
    return timesince(moment, now, depth=1) if now - moment >= MINUTE else "less than a minute"


def summary_of(comment: Comment) -> str:
    """The comment in a few words, to speak of it: "Hollis: Three weeks into the stair thing…"."""
    if comment.is_gone:
        return _GONE[comment.status]
    return excerpt(f"{comment.name}: {comment.text}", SUMMARY_LENGTH)


def tabs() -> list[Tab]:
    """Every queue with its count, in the order of TABS. One query."""
    counts = ", ".join(_COUNT_REPORTED if name == REPORTED else _COUNT_STATUS for name in TABS)
    values = [value for name in TABS for value in ([] if name == REPORTED else [str(name)]) + [MOST_COUNTED]]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}", values)
        found = cursor.fetchone()
    return [Tab(str(name), label_of(name), in_words(count)) for name, count in zip(TABS, found, strict=True)]


def label_of(queue: str) -> str:
    if queue == REPORTED:
        return "Reported"
    return "All" if queue == EVERYTHING else Comment.Status(queue).label


def in_words(count: int, *, most: int | None = None) -> str:
    """A count that ended at `most`, or at MOST_COUNTED."""
    most = most or MOST_COUNTED
    return f"{count:,}" if count < most else f"{most:,}+"


def oldest_age(queue: str, *, now: datetime) -> str:
    """How long the oldest of a queue that waits for moderators has waited: "3 days". Empty for the others."""
    if queue == REPORTED:
        moments = Report.objects.open().order_by("created_at").values_list("created_at", flat=True)
    elif queue == Comment.Status.HELD:
        moments = (
            Comment.objects.filter(status=queue).order_by("created_at").values_list("created_at", flat=True)
        )
    else:
        return ""
    oldest = moments.first()
    return age_of(oldest, now=now) if oldest else ""


def page_of_queue(sieve: Sieve, *, order: str, after: str, now: datetime) -> QueuePage:
    """A page of rows. `after` may be anything: what is no comment begins at the beginning."""
    fields, named = ORDERS[order].fields, Comment.objects.in_bulk({*filter(ID.fullmatch, (after, sieve.of))})
    mark, example = named.get(after), named.get(sieve.of)
    everything = comments_in(replace(sieve, words=""), example=example)
    ahead = everything.order_by(*fields)
    if mark:
        ahead = ahead.filter(_beyond(mark, fields))
    # What readers reported is never much.
    is_much = sieve.queue != REPORTED
    looked_to = _end_of_look(ahead) if sieve.words and is_much else None
    found = ahead.exclude(_beyond(looked_to, fields)) if looked_to else ahead
    found = found.filter(says(sieve.words)) if sieve.words else found
    comments = list(_with_what_rows_show(found, sieve)[: ROWS_PER_PAGE + 1])
    rows = [_row(comment, now=now, queue=sieve.queue) for comment in comments[:ROWS_PER_PAGE]]
    if len(comments) > ROWS_PER_PAGE:
        is_counted = sieve.is_narrowed and is_much and not sieve.words and not mark
        count = _count(everything) if is_counted else ""
        return QueuePage(rows, rows[-1].comment.pk, count, example=example)
    if looked_to:
        return QueuePage(rows, looked_to.pk, looked_at=LOOKED_AT, example=example)
    return QueuePage(rows, count="" if mark else in_words(len(rows)), example=example)


def _beyond(mark: Comment, fields: Sequence[str]) -> Q:
    """What comes after the mark in an order of two fields. Its first part alone is what an index can use."""
    first, second = fields
    ahead, tie = _behind(mark, first), _behind(mark, second)
    at_least = _behind(mark, first, or_at=True)
    return at_least & (ahead | tie)


def _behind(mark: Comment, field: str, *, or_at: bool = False) -> Q:
    name = field.lstrip("-")
    lookup = ("lt" if field.startswith("-") else "gt") + ("e" if or_at else "")
    return Q(**{f"{name}__{lookup}": getattr(mark, name)})


def _end_of_look(ahead: QuerySet[Comment]) -> Comment | None:
    """The last comment in which words are looked for on this page; None where the queue ends before."""
    return ahead.defer("text", "html", "findings")[LOOKED_AT - 1 : LOOKED_AT].first()


def _with_what_rows_show(comments: QuerySet[Comment], sieve: Sieve) -> QuerySet[Comment]:
    comments = (
        comments.annotate(has_verdict=has_verdict())
        .select_related("post")
        .defer("html", "post__body", "post__plain_text")
    )
    if sieve.queue != REPORTED:
        return comments
    return comments.prefetch_related(Prefetch("reports", Report.objects.open()))


def _count(comments: QuerySet[Comment]) -> str:
    """Of the rows only the status is asked for, so that an index alone can answer."""
    count = comments.order_by().values("status")[:MOST_MATCHES].count()
    return in_words(count, most=MOST_MATCHES)


def where_of(comment: Comment, *, now: datetime) -> Where:
    if not comment.post.is_published(now):
        return Where(comment.post.title, "")
    seen_itself = comment.status == Comment.Status.APPROVED
    return Where(comment.post.title, (comment if seen_itself else comment.post).get_absolute_url())


def _row(comment: Comment, *, now: datetime, queue: str) -> Row:
    return Row(
        comment=comment,
        page=reverse("desk:comment", args=[comment.pk]),
        where=where_of(comment, now=now),
        written=comment.created_at.isoformat(),
        edition=comment.stand,
        judgement=judgement_of(comment),
        excerpt=excerpt(comment.text, EXCERPT_LENGTH),
        age=age_of(comment.created_at, now=now),
        reports=list(comment.reports.all()) if queue == REPORTED else [],
        can_confirm=not comment.has_verdict and not comment.badge,
    )


def reports_on(comment: Comment) -> list[Report]:
    """All that readers reported of one comment, the open ones first, then newest first."""
    reports = comment.reports.select_related("settled_by")
    return sorted(reports, key=lambda report: report.settled_at is not None)
