"""Carrying out deeds: whatever follows when comments change their status, for one or for many at once.

In one transaction the comments get their status, the log its lines, the posts their counts, search its
entries and the filter its lessons. What readers see for the first time is told to followers.

Rows are locked in one order everywhere: comments by their ids, then posts by theirs, then the version of what
the filter learned. So two who work at once may wait for each other, but never in a circle.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import F, Q

from comments.counting import lock_posts, recount
from comments.following import ask_commenter
from comments.indexing import index_comments
from comments.models import Comment, Deed
from comments.notifications.going_live import tell_commenter
from comments.notifications.news import tell_of_comment
from comments.teaching import teach

APPROVED = Comment.Status.APPROVED


def locked(comment_ids: Iterable[str]) -> list[Comment]:
    """The comments' rows, locked in the order of their ids, and their posts' after them, because settled
    reports touch posts that no deed counts afresh. Comments that are gone are missing."""
    # no_key: a row's key stays as it is, so a reply that refers to it need not wait for us.
    rows = Comment.objects.select_for_update(no_key=True).filter(pk__in=list(comment_ids))
    comments = list(rows.order_by("pk"))
    lock_posts(comment.post_id for comment in comments)
    return comments


def carry_out(lines: Sequence[Deed]) -> None:
    """Writes the lines and does what they say. Each line's comment is a locked row, and is brought up to
    date; its `after` is the status to come, its `before` is filled in here."""
    if not lines:
        return
    comments = [line.comment for line in lines]
    seen_before = _shown_before(comments)
    for line in lines:
        line.before, line.comment.status = line.comment.status, line.after
    moved = [line for line in lines if line.before != line.after]
    _save_statuses(moved)
    Deed.objects.bulk_create(lines)
    for post_id in sorted({line.comment.post_id for line in moved}):
        recount(post_id)
    index_comments([line.comment for line in moved])
    teach(comments)
    for line in moved:
        if line.after == APPROVED and line.comment_id not in seen_before:
            tell_of_comment(line.comment)
            ask_commenter(line.comment, now=line.at)


def tell_writers(lines: Iterable[Deed]) -> None:
    """Mails those whose comments waited and are approved now; `carry_out` has been called."""
    for line in lines:
        if line.verb == Deed.Verb.APPROVE and line.before != APPROVED:
            tell_commenter(line.comment, now=line.at)


def _save_statuses(lines: Sequence[Deed]) -> None:
    """One statement for each status, however many comments get it."""
    by_status: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        line.comment.version += 1
        by_status[line.after].append(line.comment_id)
    for status, keys in by_status.items():
        Comment.objects.filter(pk__in=keys).update(status=status, version=F("version") + 1)


def _shown_before(comments: Sequence[Comment]) -> set[str]:
    """Those that readers could read at some time, as far as the rows and the log know."""
    shown = Q(before=APPROVED) | Q(after=APPROVED)
    hidden = [comment.pk for comment in comments if comment.status != APPROVED]
    logged = Deed.objects.filter(shown, comment__in=hidden).values_list("comment", flat=True)
    return {comment.pk for comment in comments if comment.status == APPROVED} | set(logged)
