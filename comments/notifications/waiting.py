"""What waits for moderators, since when, and what of it no mail has told them.

Nobody writes that down. A held comment and an open report say so themselves, from the moment
in which their transaction ends, so posting costs nothing more and a killed worker has nothing to forget.

A row is dated when it arrives and can be read some seconds later, when its transaction ends. So a mail tells
what came up to a minute before it, and the next one begins exactly there: nothing falls between two mails.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Min, QuerySet

from comments.models import Comment, Report
from comments.models.comment import WAITS_SINCE

SETTLES_FOR = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def held_news(after: datetime, *, now: datetime) -> QuerySet[Comment]:
    """Held comments that were written, or changed by their writers, after a moment. Newest first."""
    held = Comment.objects.filter(status=Comment.Status.HELD).annotate(waits_since=WAITS_SINCE)
    news = held.filter(waits_since__gt=after, waits_since__lte=now - SETTLES_FOR)
    return news.order_by("-waits_since", "-pk")


def report_news(after: datetime, *, now: datetime) -> QuerySet[Report]:
    """Open reports made after a moment."""
    return Report.objects.open().filter(created_at__gt=after, created_at__lte=now - SETTLES_FOR)


def oldest_held_at(after: datetime, *, now: datetime) -> datetime | None:
    """Since when the first of the held news waits; None when there is none."""
    oldest = held_news(after, now=now).reverse()
    return oldest.values_list("waits_since", flat=True).first()


def oldest_report_at(after: datetime, *, now: datetime) -> datetime | None:
    return report_news(after, now=now).aggregate(first=Min("created_at"))["first"]


def arrivals_of_last_hour(now: datetime) -> int:
    """How many comments of the last hour are held. What the filter put among the spam disturbs nobody."""
    held = Comment.objects.filter(status=Comment.Status.HELD)
    return held.filter(created_at__gt=now - HOUR, created_at__lte=now).count()
