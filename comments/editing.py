"""Changing and withdrawing a comment, by its own writer.

Both are one transaction that locks the comment's row, then the post's, then the version of what the filter
learned. That is the order of `comments.moderation.actions`; in another one the two could wait for each other.
New words are judged as if they had just arrived, so nobody can publish something kind and make an
advertisement of it afterwards. What is withdrawn leaves nothing but its place in the thread.

The functions ask no permission: `comments.ownership` or a mailed link has shown whose the comment is.
"""

from collections.abc import Sequence
from copy import copy
from datetime import datetime

from django.db import transaction

from comments.blocking import count_hits
from comments.counting import recount
from comments.draft import Draft
from comments.identity import Sender
from comments.indexing import index_comment
from comments.judging import judge_comment
from comments.models import ChangedMeanwhileError, Comment, Deed, Mail, Wording
from comments.notifications.news import tell_of_comment
from comments.spam.candidate import BlockedEntry
from comments.spam.text import fingerprint
from comments.teaching import teach, unteach
from comments.traces import leave_traces, take_traces
from lib.markup import render_comment

Status = Comment.Status

_WORDS = ("name", "text", "html", "fingerprint")
_VERDICT = ("status", "probability", "findings", "main_reason", "filter_version")


class CannotChangeError(Exception):
    """The comment was taken down by a moderator, or withdrawn, meanwhile."""


def is_open_to_change(comment: Comment) -> bool:
    """Whether its words may change: not once a moderator took it down, or its writer did."""
    if comment.status == Status.SPAM:
        deed = _verdict_in_force(comment)
        return deed is None or deed.verb != Deed.Verb.SPAM
    return comment.status in (Status.APPROVED, Status.HELD)


def _verdict_in_force(comment: Comment) -> Deed | None:
    return comment.deeds.verdicts().order_by("-pk").first()


def edit_comment(comment: Comment, draft: Draft, *, edition: str, sender: Sender, now: datetime) -> bool:
    """Gives the comment the draft's name and text and a new verdict; brings `comment` up to date.

    `edition` is that of the words which the writer saw. False when the words are the same as before: then
    nothing is judged or marked. Raises CannotChangeError and ChangedMeanwhileError, and changes nothing then;
    ValueError when the text is longer than lib.markup allows.
    """
    edited = _with_words(comment, draft)
    # Judged by where it comes from now; what the row says of its network stays.
    edited.network = sender.network
    if all(getattr(edited, name) == getattr(comment, name) for name in ("name", "text")):
        return False
    matched = judge_comment(edited, draft, sender=sender, now=now)
    _replace(comment, edited, matched=matched, edition=edition, now=now)
    return True


def _with_words(comment: Comment, draft: Draft) -> Comment:
    edited = copy(comment)
    edited.name, edited.text = draft.name, draft.text
    edited.html, edited.fingerprint = render_comment(draft.text), fingerprint(draft.text)
    return edited


@transaction.atomic
def _replace(
    comment: Comment, edited: Comment, *, matched: Sequence[BlockedEntry], edition: str, now: datetime
) -> None:
    fresh = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    if not is_open_to_change(fresh):
        raise CannotChangeError
    if fresh.edition != edition:
        raise ChangedMeanwhileError
    was_shown = fresh.status == Status.APPROVED
    comment.status = _status_after(fresh, judged=edited.status)
    for name in (*_WORDS, *_VERDICT[1:]):
        setattr(comment, name, getattr(edited, name))
    comment.edited_at, comment.is_edited_by_team, comment.version = now, False, fresh.version + 1
    comment.save(update_fields=[*_WORDS, *_VERDICT, "edited_at", "is_edited_by_team", "version"])
    take_traces(comment)
    leave_traces(comment)
    count_hits(matched, now=now)
    _show(comment, was_shown=was_shown)
    teach([comment])


def _status_after(fresh: Comment, *, judged: str) -> str:
    """A person who had it wait, and a filter that was sure of spam, are not overruled by the filter alone."""
    if judged != Status.APPROVED or fresh.status == Status.APPROVED:
        return judged
    deed = _verdict_in_force(fresh)
    must_wait = fresh.status == Status.SPAM or (deed is not None and deed.verb == Deed.Verb.HOLD)
    return Status.HELD if must_wait else judged


def _show(comment: Comment, *, was_shown: bool) -> None:
    """Tells pages, search and followers, as far as readers see it now or saw it before."""
    is_shown = comment.status == Status.APPROVED
    if not (was_shown or is_shown):
        return
    index_comment(comment)
    comment.post.root_count = recount(comment.post_id)
    if is_shown and not was_shown:
        tell_of_comment(comment)


@transaction.atomic
def withdraw_comment(comment: Comment) -> bool:
    """Takes the words and all that is known of their writer away, for good. Where replies stand below it, a
    placeholder stays. False when it was withdrawn already. Brings `comment` up to date."""
    fresh = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    is_new = not fresh.is_gone
    if is_new:
        empty(fresh, status=Status.WITHDRAWN)
        index_comment(fresh)
        recount(fresh.post_id)
        unteach(fresh)
    comment.status, comment.version = fresh.status, fresh.version
    return is_new


def empty(comment: Comment, *, status: Status) -> None:
    """Takes a locked comment's words away, and all that is known of their writer. What is left says where it
    stood and when, because replies hang from it."""
    comment.status, comment.version = status, comment.version + 1
    comment.name = comment.text = comment.html = comment.email = comment.website = ""
    comment.network = comment.fingerprint = comment.filter_version = comment.badge = ""
    comment.user = comment.idempotency_key = comment.probability = comment.edited_at = None
    comment.findings, comment.main_reason, comment.is_edited_by_team = [], "", False
    comment.same_here_count = comment.helped_count = 0
    comment.helpfulness = 0.0
    comment.save()
    take_traces(comment)
    for of_comment in (comment.reactions, comment.reports, comment.follows):
        of_comment.all().delete()
    Mail.objects.waiting().filter(comment=comment).delete()
    Wording.objects.filter(deed__comment=comment).delete()
