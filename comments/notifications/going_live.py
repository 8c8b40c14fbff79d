"""Tells a commenter, by one mail, that the comment that waited can now be read.

The address was typed by somebody and perhaps never confirmed, so it gets one such mail a day at most, and
none once its owner wants no mail from here.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

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
    if not _takes_unasked_mail(reader, now=now):
        return False
    return queue_mail(Mail.Kind.LIVE, to=reader.email, key=key, now=now, reader=reader, comment=comment)


def _was_published_at_once(comment: Comment) -> bool:
    first = comment.deeds.order_by("pk").first()
    return first is not None and first.before == Comment.Status.APPROVED


def _takes_unasked_mail(reader: Reader, *, now: datetime) -> bool:
    """One statement reads, decides and writes, so that two comments approved at once send one mail."""
    rested = Q(asked_at=None) | Q(asked_at__lte=now - UNASKED_EVERY)
    willing = Reader.objects.filter(pk=reader.pk, silenced_at=None)
    if reader.confirmed_at:
        return willing.exists()
    return bool(willing.filter(rested).update(asked_at=now))
