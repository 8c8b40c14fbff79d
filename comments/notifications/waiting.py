"""What waits for moderators, since when, and what of it no mail has told them.

Nobody writes that down. A held comment and an open report say so themselves, from the moment
in which their transaction ends, so posting costs nothing more and a killed worker has nothing to forget.

A row is dated when it arrives and can be read some seconds later, when its transaction ends. So a mail tells
what came up to a minute before it, and the next one begins exactly there: nothing falls between two mails.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db.models import Max, Min, QuerySet
from django.db.models.functions import Coalesce

from comments.models import Comment, Mail, ModeratorPreferences, Report

SETTLES_FOR = timedelta(minutes=1)
HOUR = timedelta(hours=1)
BEFORE_EVERYTHING = datetime(1970, 1, 1, tzinfo=UTC)


def last_sent_at(preferences: ModeratorPreferences, kind: Mail.Kind) -> datetime | None:
    sent = Mail.objects.filter(moderator=preferences, kind=kind)
    return sent.aggregate(last=Max("sent_at"))["last"]


def last_mailed_at(preferences: ModeratorPreferences) -> datetime | None:
    """When the latest mail was written down or, if its server was slow, sent."""
    sent = (last_sent_at(preferences, kind) for kind in (Mail.Kind.MODERATOR, Mail.Kind.WAVE))
    return max(filter(None, (preferences.last_mailed_at, *sent)), default=None)


def told_until(preferences: ModeratorPreferences) -> datetime:
    """Up to when the moderator was told what waits. What was sent counts, not what was planned."""
    sent_at = last_sent_at(preferences, Mail.Kind.MODERATOR)
    return sent_at - SETTLES_FOR if sent_at else BEFORE_EVERYTHING


def held_news(after: datetime, *, now: datetime) -> QuerySet[Comment]:
    """Held comments that were written, or changed by their writers, after a moment. Newest first."""
    held = Comment.objects.filter(status=Comment.Status.HELD)
    since = held.annotate(waits_since=Coalesce("edited_at", "created_at"))
    news = since.filter(waits_since__gt=after, waits_since__lte=now - SETTLES_FOR)
    return news.order_by("-waits_since", "-pk")


def report_news(after: datetime, *, now: datetime) -> QuerySet[Report]:
    """Open reports made after a moment."""
    return Report.objects.open().filter(created_at__gt=after, created_at__lte=now - SETTLES_FOR)


def oldest_news_at(after: datetime, *, now: datetime) -> datetime | None:
    """Since when the first of the news waits; None when there is none."""
    held = held_news(after, now=now).aggregate(first=Min("waits_since"))["first"]
    reported = report_news(after, now=now).aggregate(first=Min("created_at"))["first"]
    return min(filter(None, (held, reported)), default=None)


def arrivals_of_last_hour(now: datetime) -> int:
    """How many comments of the last hour are held or among the spam."""
    stopped = Comment.objects.filter(status__in=[Comment.Status.HELD, Comment.Status.SPAM])
    return stopped.filter(created_at__gt=now - HOUR, created_at__lte=now).count()
