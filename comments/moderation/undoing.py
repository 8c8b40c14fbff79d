"""Taking a deed back, for 30 days, as a deed of its own in the log.

A comment's deeds are undone from the latest backwards, so that it always returns to a state it really had:
its status, its words, the reports on it, what the filter learned from it. An entry of the blocklist comes off
the list or back on it. What a whole sweep did is undone in `comments.moderation.sweeping`.
"""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from comments.blocking import AlreadyBlockedError, put_back, take_off
from comments.disposal import UNDO_FOR
from comments.models import BlockedTerm, Comment, Deed, Sweep
from comments.moderation.actions import STATUS_IN_WORDS
from comments.moderation.deeds import carry_out, locked
from comments.moderation.wording import restore_words
from comments.reporting import reopen_reports

Verb = Deed.Verb
APPROVED = Comment.Status.APPROVED

LIST_HAS_CHANGED = "The blocklist has changed since, or it is too long ago. Nothing has changed."


class CannotUndoError(Exception):
    """A deed can no longer be undone; the text says why, as a sentence for the moderator."""


def undoable(now: datetime) -> QuerySet[Deed]:
    """The deeds that can be undone at this moment, if younger than UNDO_FOR and not undone yet: each
    comment's latest, while the comment has the status that it led to; sweeps that are over; entries that are
    on the blocklist, and those that are off it.

    After an undo the deed before it is the latest again, so a moderator can go back step by step.
    """
    # A comment's deeds are written under its lock, so their keys rise in the order they happened.
    later = Deed.objects.in_force().filter(comment=OuterRef("comment"), pk__gt=OuterRef("pk"))
    # An edit, while nobody has changed the words after it.
    as_left = ~Q(verb=Verb.EDIT) | Q(comment__edited_at=F("at"))
    of_comments = Q(comment__isnull=False, after=F("comment__status")) & as_left & ~Exists(later)
    of_sweeps = Q(whole__ended_at__isnull=False)
    recent = Deed.objects.in_force().filter(at__gt=now - UNDO_FOR)
    return recent.filter(of_comments | of_sweeps | _of_terms())


def _of_terms() -> Q:
    same = BlockedTerm.objects.listed().filter(kind=OuterRef("term__kind"), value=OuterRef("term__value"))
    is_on = Q(verb=Verb.BLOCK, term__removed_at=None)
    # A network that was banned is forgotten a while after.
    was_off = Q(verb=Verb.UNBLOCK, term__value__gt="") & ~Exists(same)
    return Q(term__isnull=False) & (is_on | was_off)


@transaction.atomic
def undo_listing(deed: Deed, *, by: AbstractUser | None, now: datetime) -> Deed:
    """Takes an entry off the blocklist again, or puts it back on. Raises CannotUndoError."""
    # Locked, so that the second of two who undo the same sees what the first has done.
    term = BlockedTerm.objects.select_for_update(no_key=True).get(pk=deed.term_id)
    if not undoable(now).filter(pk=deed.pk).exists():
        raise CannotUndoError(LIST_HAS_CHANGED)
    if deed.verb == Verb.BLOCK:
        take_off(term, by=by, now=now)
    else:
        try:
            put_back(term, by=by)
        except AlreadyBlockedError as error:
            raise CannotUndoError(LIST_HAS_CHANGED) from error
    return Deed.objects.create(verb=Verb.UNDO, undoes=deed, term=term, by=by, at=now)


@transaction.atomic
def undo(deed: Deed, *, by: AbstractUser | None, now: datetime | None = None) -> Deed:
    """Gives one comment back what it had before the deed, and logs that as a deed of its own.

    Raises CannotUndoError, and changes nothing, unless the deed is among the `undoable` ones.
    """
    now = now or timezone.now()
    comments = locked([deed.comment_id]) if deed.comment_id else []
    if not comments:
        raise CannotUndoError("The comment has been deleted for good. Nothing has changed.")
    [comment] = comments
    if not undoable(now).filter(pk=deed.pk).exists():
        raise CannotUndoError(_why_not(deed, comment=comment, now=now))
    if would_show_unread_words(deed, comment):
        raise CannotUndoError(
            "Its writer has changed it since, and nobody has read that. Nothing has changed."
        )
    return take_back([(deed, comment)], by=by, now=now)[0]


def take_back(
    pairs: Sequence[tuple[Deed, Comment]],
    *,
    by: AbstractUser | None,
    now: datetime,
    sweep: Sweep | None = None,
) -> list[Deed]:
    """Undoes deeds that may be undone, each with its comment's locked row. Returns the lines in the log."""
    lines = [
        Deed(comment=comment, sweep=sweep, verb=Verb.UNDO, after=deed.before, undoes=deed, by=by, at=now)
        for deed, comment in pairs
    ]
    carry_out(lines)
    for deed, comment in pairs:
        if deed.verb == Verb.EDIT:
            restore_words(deed, comment)
    reopen_reports(pairs)
    return lines


def would_show_unread_words(deed: Deed, comment: Comment) -> bool:
    """Whether readers would see words that came after the deed; a moderator's own edit is one of those."""
    is_hidden_now = comment.status != APPROVED
    return deed.before == APPROVED and is_hidden_now and comment.was_edited_after(deed.at)


def _why_not(deed: Deed, *, comment: Comment, now: datetime) -> str:
    if deed.verb == Verb.UNDO:
        return "An undo is not undone itself. Use the buttons beside the comment instead."
    if Deed.objects.filter(undoes=deed).exists():
        return "Somebody has undone this already. Nothing has changed now."
    if deed.at <= now - UNDO_FOR:
        return f"This is more than {UNDO_FOR.days} days ago, and undoing ends then. Nothing has changed."
    is_followed = Deed.objects.in_force().filter(comment=comment, pk__gt=deed.pk).exists()
    if deed.verb == Verb.EDIT and not is_followed and comment.edited_at != deed.at:
        return "Its writer has changed the words since, and they would be lost. Nothing has changed."
    if comment.status == deed.after:
        return "Something was done to the comment since. Undo that first. Nothing has changed."
    return (
        f"The comment has been moved since: it is {STATUS_IN_WORDS[Comment.Status(comment.status)]} now. "
        "Nothing has changed."
    )
