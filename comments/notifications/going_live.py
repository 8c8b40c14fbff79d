"""Tells a commenter, by one mail, that the comment that waited can now be read.

The address was typed by somebody and perhaps never confirmed. Then it gets one mail a day at most: a second
piece of news waits until the day is over, a third one is not told. None goes to an owner who wants no mail.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q

from comments.models import Comment, Mail, Reader
from comments.notifications.outbox import queue_mail
from comments.readers import reader_for

UNASKED_EVERY = timedelta(days=1)


def tell_commenter(comment: Comment, *, now: datetime) -> bool:
    """Queues the mail in the transaction that approved the comment. Says whether there will be one.

    None for the team, nor for a comment that readers could see before: one that was published at once, or
    whose mail went out already.
    """
    if not settings.MAILS or not comment.email or comment.user_id or _was_published_at_once(comment):
        return False
    key = f"live:{comment.pk}"
    # Approved, undone before the mail went out, approved again: nothing was said yet.
    Mail.objects.filter(key=key, sent_at=None, dropped_at__isnull=False, error="").delete()
    if Mail.objects.filter(key=key).exists():
        return False
    reader = reader_for(comment.email)
    due_at = _moment_for(reader, now=now)
    if due_at is None:
        return False
    about = {"reader": reader, "comment": comment}
    return queue_mail(Mail.Kind.LIVE, to=reader.email, key=key, now=now, due_at=due_at, **about)


def _was_published_at_once(comment: Comment) -> bool:
    first = comment.deeds.order_by("pk").first()
    return first is not None and first.before == Comment.Status.APPROVED


def _moment_for(reader: Reader, *, now: datetime) -> datetime | None:
    """When the reader may get the mail; None for never.

    One statement reads, decides and writes, so that of two comments approved at once one is told now. The
    other may be told when the day is over, which is written down too: `asked_at` is then in the future.
    """
    if reader.silenced_at:
        return None
    if reader.confirmed_at:
        return now
    rested = Q(asked_at=None) | Q(asked_at__lte=now - UNASKED_EVERY)
    unasked = Reader.objects.filter(pk=reader.pk)
    if unasked.filter(rested).update(asked_at=now):
        return now
    later = F("asked_at") + UNASKED_EVERY
    if not unasked.filter(asked_at__lte=now).update(asked_at=later):
        return None
    return unasked.values_list("asked_at", flat=True).get()
