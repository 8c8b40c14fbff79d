"""Changing the words of somebody else's comment: to take out a telephone number, a link, a name.

The edit is one transaction with its line in the log. What stood there before is kept for as long as the edit
can be undone. The comment says publicly that a moderator has changed it. What the filter learned from the
former words is forgotten, because a lesson is about the words that its commenter wrote.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from comments.counting import touch_thread
from comments.indexing import index_comment
from comments.models import ChangedMeanwhileError, Comment, Deed, Wording
from comments.moderation.actions import NO_REASON, Reason
from comments.moderation.deeds import locked
from comments.spam.text import fingerprint
from comments.teaching import teach
from comments.traces import leave_traces, take_traces
from lib.markup import render_comment

REDACTED = "[removed by a moderator]"

_CHANGED = ["name", "website", "text", "html", "fingerprint", "edited_at", "is_edited_by_team", "version"]


@dataclass(frozen=True, slots=True)
class Words:
    """What of a comment a moderator may change."""

    name: str
    website: str
    text: str


def words_of(comment: Comment) -> Words:
    return Words(comment.name, comment.website, comment.text)


def without(passage: str, text: str) -> str:
    """The text with every occurrence of the passage, as typed, replaced by a mark that something is gone."""
    return text.replace(passage, REDACTED) if passage else text


@transaction.atomic
def edit_words(
    comment: Comment,
    words: Words,
    *,
    by: AbstractUser,
    seen: str,
    now: datetime,
    reason: Reason = NO_REASON,
) -> Deed | None:
    """Gives the comment other words and brings it up to date. None when they are the same as before, or its
    writer has withdrawn it. Raises ChangedMeanwhileError when they are no longer the edition that `by` saw,
    Comment.DoesNotExist when the row is gone, and ValueError when the text is too long for lib.markup."""
    comments = locked([comment.pk])
    if not comments:
        raise Comment.DoesNotExist(comment.pk)
    [fresh] = comments
    if fresh.edition != seen:
        raise ChangedMeanwhileError
    if fresh.is_gone or words_of(fresh) == words:
        return None
    deed = Deed(comment=fresh, verb=Deed.Verb.EDIT, before=fresh.status, after=fresh.status, by=by, at=now)
    deed.reason_code, deed.reason = reason.code, reason.words
    deed.save()
    _keep(deed, words_of(fresh), words, edited_at=fresh.edited_at)
    _replace(fresh, words, edited_at=now, is_by_team=True)
    comment.refresh_from_db()
    return deed


def restore_words(deed: Deed, comment: Comment) -> None:
    """Gives a locked comment back the words it had before an edit, in the transaction that undoes it."""
    kept = deed.wording
    before = Words(kept.name_before, kept.website_before, kept.text_before)
    _replace(comment, before, edited_at=kept.edited_at_before, is_by_team=_was_by_team(deed, comment))


def _was_by_team(deed: Deed, comment: Comment) -> bool:
    edits = Deed.objects.in_force().filter(comment=comment, verb=Deed.Verb.EDIT, pk__lt=deed.pk)
    return edits.filter(at=deed.wording.edited_at_before).exists()


def _keep(deed: Deed, before: Words, after: Words, *, edited_at: datetime | None) -> None:
    Wording.objects.create(
        deed=deed,
        name_before=before.name,
        name_after=after.name,
        website_before=before.website,
        website_after=after.website,
        text_before=before.text,
        text_after=after.text,
        edited_at_before=edited_at,
    )


def _replace(comment: Comment, words: Words, *, edited_at: datetime | None, is_by_team: bool) -> None:
    comment.name, comment.website, comment.text = words.name, words.website, words.text
    comment.html, comment.fingerprint = render_comment(words.text), fingerprint(words.text)
    comment.edited_at, comment.is_edited_by_team = edited_at, is_by_team
    comment.version += 1
    comment.save(update_fields=_CHANGED)
    take_traces(comment)
    leave_traces(comment)
    index_comment(comment)
    touch_thread(comment.post_id)
    teach([comment])
