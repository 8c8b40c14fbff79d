"""Deletes for good what was removed long ago, and what edits had taken out: the desk's only way to destroy.

Nothing goes while a moderator can still take something back. The log keeps its lines, and the filter what it
learned. A removed comment under which readers see replies keeps its place, without words. The housekeeper
does a round now and then (`comments.notifications.upkeep`); `manage.py delete_removed` does all of it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from comments.editing import empty
from comments.models import Comment, Deed, Wording

# As long as a deed can be undone.
UNDO_FOR = timedelta(days=30)
# Rows of one round; the next is soon, and on SQLite others want to write meanwhile.
ROUND = 200

REMOVED = (Comment.Status.SPAM, Comment.Status.TRASH)


def delete_removed(now: datetime) -> int:
    """One round: deletes comments without replies, and when there are none left, empties the others.
    Returns how many; 0 when there is nothing to delete, or nothing is ever to be."""
    days = settings.COMMENT_DELETE_AFTER_DAYS
    if not days:
        return 0
    past = now - max(UNDO_FOR, timedelta(days=days))
    return _delete_leaves(past) or _empty_others(past)


def forget_wordings(now: datetime) -> int:
    """What edits took out, when they can no longer be undone. Returns how many."""
    return Wording.objects.filter(deed__at__lte=now - UNDO_FOR).delete()[0]


@transaction.atomic
def _delete_leaves(past: datetime) -> int:
    replies = Comment.objects.filter(parent=OuterRef("pk"))
    keys = [comment.pk for comment in _locked(_removed_before(past).exclude(Exists(replies)))]
    if keys:
        Comment.objects.filter(pk__in=keys).delete()
    return len(keys)


@transaction.atomic
def _empty_others(past: datetime) -> int:
    comments = _locked(_removed_before(past))
    for comment in comments:
        empty(comment, status=Comment.Status.DELETED)
    return len(comments)


def _removed_before(past: datetime) -> QuerySet[Comment]:
    """Removed, and neither judged nor changed by anybody since."""
    touched = Deed.objects.filter(comment=OuterRef("pk"), at__gt=past)
    old = Comment.objects.filter(status__in=REMOVED).annotate(since=Coalesce("edited_at", "created_at"))
    return old.filter(~Exists(touched), since__lte=past)


def _locked(comments: QuerySet[Comment]) -> list[Comment]:
    """Some of them, locked; those that a moderator has brought back meanwhile are left out."""
    keys = list(comments.order_by("pk").values_list("pk", flat=True)[:ROUND])
    rows = Comment.objects.select_for_update(no_key=True).filter(pk__in=keys, status__in=REMOVED)
    return list(rows.order_by("pk"))
