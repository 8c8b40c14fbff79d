"""What moderators do to a comment: approve it, hold it, mark it as spam, trash it, keep it despite reports.

Each verb is one transaction: the comment's row is locked, and `comments.moderation.deeds` does what follows.
Because of the lock, two moderators who press the same button at once leave one line in the log, and the later
one gets None. What readers reported of the comment is settled. Nothing is destroyed here, and all of it can
be taken back (`comments.moderation.undoing`).

To approve what the filter published, or mark as spam what it took for spam, changes no status. It is a
verdict all the same: logged once, learned from, and what the scorecard counts.

The functions ask no permission: the gate (`comments.moderation.gate`) has let `by` in before they are called.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from comments.models import ChangedMeanwhileError, Comment, Deed, Sweep
from comments.moderation.deeds import carry_out, last_verdicts, locked, tell_writers
from comments.reporting import settle_reports

Status = Comment.Status
Verb = Deed.Verb

STATUS_AFTER = {
    Verb.APPROVE: Status.APPROVED,
    Verb.HOLD: Status.HELD,
    Verb.SPAM: Status.SPAM,
    Verb.TRASH: Status.TRASH,
}
# Verdicts that say something of a comment that has the status already.
CONFIRMING = (Verb.APPROVE, Verb.SPAM)

# How a sentence about a comment ends: "it is …".
STATUS_IN_WORDS = {
    Status.APPROVED: "approved",
    Status.HELD: "held",
    Status.SPAM: "in spam",
    Status.TRASH: "in the trash",
    Status.WITHDRAWN: "withdrawn by its writer",
    Status.DELETED: "deleted for good",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a moderator did something: one of `Deed.ReasonCode`, a note, both or neither."""

    code: str = ""
    words: str = ""


NO_REASON = Reason()


def approve(
    comment: Comment,
    *,
    by: AbstractUser | None,
    reason: Reason = NO_REASON,
    seen: str | None = None,
    now: datetime | None = None,
) -> Deed | None:
    """Show the comment to readers. Like its three sisters below: returns the line in the log, or None when
    a moderator has said the same already, or its writer has withdrawn it; brings `comment` up to date; raises
    Comment.DoesNotExist when its row is gone. `seen` is the edition that `by` has read: if its writer has
    changed the words since, ChangedMeanwhileError is raised and nothing done."""
    return _move(comment, Verb.APPROVE, by=by, reason=reason, seen=seen, now=now)


def hold(
    comment: Comment,
    *,
    by: AbstractUser | None,
    reason: Reason = NO_REASON,
    seen: str | None = None,
    now: datetime | None = None,
) -> Deed | None:
    """Let the comment wait, unseen by readers."""
    return _move(comment, Verb.HOLD, by=by, reason=reason, seen=seen, now=now)


def mark_spam(
    comment: Comment,
    *,
    by: AbstractUser | None,
    reason: Reason = NO_REASON,
    seen: str | None = None,
    now: datetime | None = None,
) -> Deed | None:
    """Put the comment among the spam."""
    return _move(comment, Verb.SPAM, by=by, reason=reason, seen=seen, now=now)


def trash(
    comment: Comment,
    *,
    by: AbstractUser | None,
    reason: Reason = NO_REASON,
    seen: str | None = None,
    now: datetime | None = None,
) -> Deed | None:
    """Take the comment away from readers and from the other queues."""
    return _move(comment, Verb.TRASH, by=by, reason=reason, seen=seen, now=now)


@transaction.atomic
def keep(comment: Comment, *, by: AbstractUser | None, now: datetime | None = None) -> Deed | None:
    """Nothing is wrong with a reported comment: it stays as it is, and its reports are settled. None when
    there are none (any more)."""
    [fresh] = locked([comment.pk]) or [None]
    now = now or timezone.now()
    if fresh is None or not settle_reports(fresh, by=by, now=now):
        return None
    deed = Deed(comment=fresh, verb=Verb.KEEP, before=fresh.status, after=fresh.status, by=by, at=now)
    deed.save()
    comment.status, comment.version = fresh.status, fresh.version
    return deed


def line_for(verb: Verb, *, by: AbstractUser | None, reason: Reason, now: datetime) -> Deed:
    """A line of the log that names no comment yet, not saved."""
    return Deed(
        verb=verb, after=STATUS_AFTER[verb], by=by, at=now, reason_code=reason.code, reason=reason.words
    )


def lines_for(comments: list[Comment], line: Deed, *, sweep: Sweep | None = None) -> list[Deed]:
    """A line like this one for each locked comment of which it says something new, not saved. What its writer
    withdrew is left alone."""
    said = last_verdicts(comments)
    wanted = [comment for comment in comments if _says_something(line, comment, said.get(comment.pk))]
    reason = Reason(line.reason_code, line.reason)
    lines = [line_for(line.verb, by=line.by, reason=reason, now=line.at) for _ in wanted]
    for comment, own in zip(wanted, lines, strict=True):
        own.comment, own.sweep = comment, sweep
    return lines


def _says_something(line: Deed, comment: Comment, last: Deed | None) -> bool:
    if comment.is_gone:
        return False
    if comment.status != line.after:
        return True
    is_said = last is not None and last.verb == line.verb
    return line.verb in CONFIRMING and not is_said and not comment.badge


@transaction.atomic
def _move(
    comment: Comment,
    verb: Verb,
    *,
    by: AbstractUser | None,
    reason: Reason,
    seen: str | None,
    now: datetime | None,
) -> Deed | None:
    comments = locked([comment.pk])
    if not comments:
        raise Comment.DoesNotExist(comment.pk)
    [fresh] = comments
    if seen is not None and seen != fresh.edition:
        raise ChangedMeanwhileError
    now = now or timezone.now()
    lines = lines_for(comments, line_for(verb, by=by, reason=reason, now=now))
    carry_out(lines)
    tell_writers(lines)
    settle_reports(fresh, by=by, now=now)
    comment.status, comment.version = fresh.status, fresh.version
    return lines[0] if lines else None
