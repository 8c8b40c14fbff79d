"""What moderators do to a comment: approve it, hold it, mark it as spam, trash it, and undo any of these.

Each verb is one transaction: the comment's row is locked, its status changed, a line added to the log, the
post counted afresh, and the filter taught; a commenter whose comment waited is told by mail, and so are
followers of what readers can read for the first time. What readers reported of it is settled; an undo leaves
that settled. Because of the lock, two moderators who press the same button at once leave one line in the log,
and the later one gets None. Nothing is destroyed here.

The functions ask no permission: the gate (`comments.moderation.gate`) has let `by` in before they are called.
"""

from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from comments.counting import recount
from comments.following import ask_commenter
from comments.indexing import index_comment
from comments.models import ChangedMeanwhileError, Comment, Deed
from comments.notifications.going_live import tell_commenter
from comments.notifications.news import tell_of_comment
from comments.reporting import settle_reports
from comments.teaching import teach

Status = Comment.Status
Verb = Deed.Verb

UNDO_FOR = timedelta(days=30)

STATUS_AFTER = {
    Verb.APPROVE: Status.APPROVED,
    Verb.HOLD: Status.HELD,
    Verb.SPAM: Status.SPAM,
    Verb.TRASH: Status.TRASH,
}

# How a sentence about a comment ends: "it is …".
STATUS_IN_WORDS = {
    Status.APPROVED: "approved",
    Status.HELD: "held",
    Status.SPAM: "in spam",
    Status.TRASH: "in the trash",
    Status.WITHDRAWN: "withdrawn by its writer",
}


class CannotUndoError(Exception):
    """A deed can no longer be undone; the text says why, as a sentence for the moderator."""


def approve(
    comment: Comment,
    *,
    by: AbstractUser | None,
    reason: str = "",
    seen: str | None = None,
    now: datetime | None = None,
) -> Deed | None:
    """Show the comment to readers. Like its three sisters below: returns the line in the log, or None when
    the comment already had that status, or its writer has withdrawn it; brings `comment` up to date; raises
    Comment.DoesNotExist when its row is gone. `seen` is the edition that `by` has read: if its writer has
    changed the words since, ChangedMeanwhileError is raised and nothing done."""
    return _move(comment, Verb.APPROVE, by=by, reason=reason, seen=seen, now=now)


def hold(
    comment: Comment,
    *,
    by: AbstractUser | None,
    reason: str = "",
    seen: str | None = None,
    now: datetime | None = None,
) -> Deed | None:
    """Let the comment wait, unseen by readers."""
    return _move(comment, Verb.HOLD, by=by, reason=reason, seen=seen, now=now)


def mark_spam(
    comment: Comment,
    *,
    by: AbstractUser | None,
    reason: str = "",
    seen: str | None = None,
    now: datetime | None = None,
) -> Deed | None:
    """Put the comment among the spam."""
    return _move(comment, Verb.SPAM, by=by, reason=reason, seen=seen, now=now)


def trash(
    comment: Comment,
    *,
    by: AbstractUser | None,
    reason: str = "",
    seen: str | None = None,
    now: datetime | None = None,
) -> Deed | None:
    """Take the comment away from readers and from the other queues."""
    return _move(comment, Verb.TRASH, by=by, reason=reason, seen=seen, now=now)


@transaction.atomic
def undo(deed: Deed, *, by: AbstractUser | None, now: datetime | None = None) -> Deed:
    """Give the comment back the status it had before the deed, and log that as a deed of its own.

    Raises CannotUndoError, and changes nothing, unless the deed is among the `undoable` ones.
    """
    now = now or timezone.now()
    comment = _locked(deed.comment_id)
    if not undoable(now).filter(pk=deed.pk).exists():
        raise CannotUndoError(_why_not(deed, comment=comment, now=now))
    if deed.before == Status.APPROVED and _was_changed_since(deed, comment):
        raise CannotUndoError(
            "Its writer has changed it since, and nobody has read that. Nothing has changed."
        )
    line = Deed(verb=Verb.UNDO, after=deed.before, undoes=deed, by=by, at=now)
    return _carry_out(line, comment=comment)


def _was_changed_since(deed: Deed, comment: Comment) -> bool:
    return comment.edited_at is not None and comment.edited_at > deed.at


def undoable(now: datetime) -> QuerySet[Deed]:
    """The deeds that can be undone at this moment: each comment's latest that nobody has undone, if it is
    younger than UNDO_FOR and the comment still has the status that it led to.

    After an undo the deed before it is the latest again, so a moderator can go back step by step.
    """
    verbs = Deed.objects.in_force()
    # A comment's deeds are written under its lock, so their keys rise in the order they happened.
    later = verbs.filter(comment=OuterRef("comment"), pk__gt=OuterRef("pk"))
    return verbs.filter(at__gt=now - UNDO_FOR, after=F("comment__status")).exclude(Exists(later))


@transaction.atomic
def _move(
    comment: Comment,
    verb: Verb,
    *,
    by: AbstractUser | None,
    reason: str,
    seen: str | None,
    now: datetime | None,
) -> Deed | None:
    fresh = _locked(comment.pk)
    if seen is not None and seen != fresh.edition:
        raise ChangedMeanwhileError
    line = Deed(verb=verb, after=STATUS_AFTER[verb], by=by, reason=reason, at=now or timezone.now())
    is_done = fresh.status in (line.after, Status.WITHDRAWN)
    deed = None if is_done else _carry_out(line, comment=fresh)
    if deed and verb == Verb.APPROVE:
        tell_commenter(fresh, now=deed.at)
    settle_reports(fresh, by=by, now=line.at)
    comment.status, comment.version = fresh.status, fresh.version
    return deed


def _locked(comment_id: str) -> Comment:
    # no_key: the row's key stays as it is, so a reply that refers to it need not wait for us.
    return Comment.objects.select_for_update(no_key=True).get(pk=comment_id)


def _carry_out(line: Deed, *, comment: Comment) -> Deed:
    """Write the line, the locked comment's new status, the post's counts, and what the filter learns."""
    line.comment = comment
    line.before, comment.status = comment.status, line.after
    comment.version += 1
    comment.save(update_fields=["status", "version"])
    is_new_to_readers = line.after == Status.APPROVED and not _was_shown(comment)
    line.save()
    recount(comment.post_id)
    index_comment(comment)
    teach(comment)
    if is_new_to_readers:
        tell_of_comment(comment)
        ask_commenter(comment, now=line.at)
    return line


def _was_shown(comment: Comment) -> bool:
    """Whether readers could read it before, as far as the log knows. Only of a comment that is hidden now."""
    shown = Q(before=Status.APPROVED) | Q(after=Status.APPROVED)
    return Deed.objects.filter(shown, comment=comment).exists()


def _why_not(deed: Deed, *, comment: Comment, now: datetime) -> str:
    if deed.verb == Verb.UNDO:
        return "An undo is not undone itself. Use the buttons beside the comment instead."
    if Deed.objects.filter(undoes=deed).exists():
        return "Somebody has undone this already. Nothing has changed now."
    if deed.at <= now - UNDO_FOR:
        return f"This is more than {UNDO_FOR.days} days ago, and undoing ends then. Nothing has changed."
    return (
        f"The comment has been moved since: it is {STATUS_IN_WORDS[Status(comment.status)]} now. "
        "Nothing has changed."
    )
