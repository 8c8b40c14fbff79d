"""The desk's queues and its log: which rows each shows, in which order, and what stands beside each row.

A queue is every comment of one status; beside these stands one of comments that readers have reported,
whatever their status. The number of queries a page takes does not depend on how many rows
it shows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Min, OuterRef, Prefetch, QuerySet
from django.utils.timesince import timesince

from blog.people import writer_name
from comments.models import Comment, Deed, Report
from comments.moderation.actions import undoable
from comments.moderation.judgement import Judgement, judgement_of
from lib.text import excerpt

# Held first: it is where the work is.
QUEUES = (Comment.Status.HELD, Comment.Status.SPAM, Comment.Status.APPROVED, Comment.Status.TRASH)
# Not a status: the comments with open reports. Second, because somebody was hurt enough to say so.
REPORTED = "reported"
TABS = (QUEUES[0], REPORTED, *QUEUES[1:])

ROWS_PER_PAGE = 25
LINES_PER_PAGE = 50

# A little more than fits two lines on a wide screen; the style sheet cuts the rest.
EXCERPT_LENGTH = 280
SUMMARY_LENGTH = 60

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Tab:
    status: str
    label: str
    count: int
    waiting_for: str  # the age of its oldest comment, such as "3 days"; empty for an empty queue


@dataclass(frozen=True, slots=True)
class Row:
    comment: Comment
    judgement: Judgement
    excerpt: str
    age: str
    reports: list[Report]  # the open ones, in their own queue only


@dataclass(frozen=True, slots=True)
class Line:
    """One deed in the log. `by` is the moderator's name, empty when the account is gone."""

    deed: Deed
    by: str
    excerpt: str
    can_undo: bool
    was_undone: bool


def age_of(moment: datetime, *, now: datetime) -> str:
    """How long ago, in its largest unit: "38 minutes"."""
    return timesince(moment, now, depth=1) if now - moment >= MINUTE else "less than a minute"


def summary_of(comment: Comment) -> str:
    """The comment in a few words, to speak of it: "Hollis: Three weeks into the stair thing…"."""
    if comment.status == Comment.Status.WITHDRAWN:
        return "A comment that its writer withdrew"
    return excerpt(f"{comment.name}: {comment.text}", SUMMARY_LENGTH)


def tabs(*, now: datetime) -> list[Tab]:
    """Every queue with its count, in the order of TABS."""
    statuses = Comment.objects.order_by().values("status")
    found = {row["status"]: row for row in statuses.annotate(count=Count("pk"), oldest=Min("created_at"))}
    found[REPORTED] = Report.objects.open().aggregate(
        count=Count("comment", distinct=True), oldest=Min("created_at")
    )
    return [_tab(name, found.get(name), now=now) for name in TABS]


def _tab(name: str, found: dict | None, *, now: datetime) -> Tab:
    label = "Reported" if name == REPORTED else Comment.Status(name).label
    if not found or not found["count"]:
        return Tab(str(name), label, 0, "")
    return Tab(str(name), label, found["count"], age_of(found["oldest"], now=now))


def page_of_queue(status: str, *, number: str | None, now: datetime) -> Page:
    """A page of rows, newest first. Any number is answered: what is no page becomes the first or the last."""
    comments = _in_queue(status).newest_first().select_related("post")
    page = Paginator(comments.defer("html", "post__body", "post__plain_text"), ROWS_PER_PAGE).get_page(number)
    page.object_list = [_row(comment, now=now, name=status) for comment in page.object_list]
    return page


def _in_queue(name: str) -> QuerySet[Comment]:
    if name != REPORTED:
        return Comment.objects.filter(status=name)
    reports = Report.objects.open()
    reported = Comment.objects.filter(Exists(reports.filter(comment=OuterRef("pk"))))
    return reported.prefetch_related(Prefetch("reports", reports))


def _row(comment: Comment, *, now: datetime, name: str) -> Row:
    return Row(
        comment=comment,
        judgement=judgement_of(comment),
        excerpt=excerpt(comment.text, EXCERPT_LENGTH),
        age=age_of(comment.created_at, now=now),
        reports=list(comment.reports.all()) if name == REPORTED else [],
    )


def reports_on(comment: Comment) -> list[Report]:
    """All that readers reported of one comment, the open ones first, then newest first."""
    reports = comment.reports.select_related("settled_by")
    return sorted(reports, key=lambda report: report.settled_at is not None)


def page_of_log(*, number: str | None, now: datetime) -> Page:
    """A page of the log, newest first."""
    page = Paginator(_deeds(), LINES_PER_PAGE).get_page(number)
    page.object_list = _lines(page.object_list, now=now)
    return page


def history_of(comment: Comment, *, now: datetime) -> list[Line]:
    """All that moderators did to one comment, newest first."""
    return _lines(_deeds().filter(comment=comment), now=now)


def _deeds() -> QuerySet[Deed]:
    deeds = Deed.objects.select_related("by", "comment", "undone_by")
    return deeds.defer("comment__html", "comment__findings")


def _lines(deeds: Iterable[Deed], *, now: datetime) -> list[Line]:
    deeds = list(deeds)
    keys = [deed.pk for deed in deeds]
    can_undo = set(undoable(now).filter(pk__in=keys).values_list("pk", flat=True))
    return [_line(deed, can_undo=deed.pk in can_undo) for deed in deeds]


def _line(deed: Deed, *, can_undo: bool) -> Line:
    return Line(
        deed=deed,
        by=writer_name(deed.by) if deed.by else "",
        excerpt=summary_of(deed.comment),
        can_undo=can_undo,
        was_undone=hasattr(deed, "undone_by"),
    )


def others_from_network(comment: Comment) -> list[tuple[str, int]]:
    """How many other comments came from the same network, by status: [("Approved", 3), ("Spam", 1)].

    Empty when there is none, and when the network's hash is not kept (any longer).
    """
    if not comment.network:
        return []
    others = Comment.objects.filter(network=comment.network).exclude(pk=comment.pk)
    counts = dict(others.order_by().values_list("status").annotate(Count("pk")))
    return [(status.label, counts[status]) for status in QUEUES if status in counts]
