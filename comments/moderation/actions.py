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
from comments.moderation.deeds import carry_out, locked, tell_writers
from comments.reporting import reported, settle_reports

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
    Comment.DoesNotExist when its row is gone. `seen` is the comment's `stand` that `by` has before them: if
    somebody has moved it since, nothing is done and None returned; if its words have changed,
    ChangedMeanwhileError is raised."""
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
def keep(
    comment: Comment, *, by: AbstractUser | None, seen: str | None = None, now: datetime | None = None
) -> Deed | None:
    """Nothing is wrong with a reported comment: it stays as it is, and its reports are settled. None when
    there are none (any more). `seen` as above."""
    [fresh] = _all_locked(comment)
    if _is_other_than(seen, fresh) or not reported([fresh]):
        return None
    now = now or timezone.now()
    deed = _keep_line(fresh, by=by, now=now)
    deed.save()
    settle_reports(fresh, by=by, now=now)
    comment.status, comment.version = fresh.status, fresh.version
    return deed


def _keep_line(
    comment: Comment, *, by: AbstractUser | None, now: datetime, sweep: Sweep | None = None
) -> Deed:
    line = Deed(comment=comment, sweep=sweep, verb=Verb.KEEP, by=by, at=now)
    line.before = line.after = comment.status
    return line


def line_for(verb: Verb, *, by: AbstractUser | None, reason: Reason, now: datetime) -> Deed:
    """A line of the log that names no comment yet, not saved."""
    return Deed(
        verb=verb, after=STATUS_AFTER[verb], by=by, at=now, reason_code=reason.code, reason=reason.words
    )


def do_to(
    comments: list[Comment], line: Deed, *, sweep: Sweep | None = None, reports_until: datetime | None = None
) -> list[Deed]:
    """Does what the line says to locked comments, and settles what was reported of them; returns the lines
    that it wrote. A comment of which the line says nothing new, but readers something, is kept."""
    lines = _lines_for(comments, line, sweep=sweep)
    said, complained_of = {own.comment_id for own in lines}, reported(comments, until=reports_until)
    for comment in complained_of:
        if comment.pk not in said:
            lines.append(_keep_line(comment, by=line.by, now=line.at, sweep=sweep))
    carry_out(lines)
    tell_writers(lines)
    for comment in complained_of:
        settle_reports(comment, by=line.by, now=line.at, until=reports_until)
    return lines


def _lines_for(comments: list[Comment], line: Deed, *, sweep: Sweep | None) -> list[Deed]:
    """A line like this one for each comment of which it says something new."""
    said = Deed.objects.last_verdicts(comments)
    wanted = [comment for comment in comments if _says_something(line, comment, said.get(comment.pk))]
    reason = Reason(line.reason_code, line.reason)
    lines = [line_for(line.verb, by=line.by, reason=reason, now=line.at) for _ in wanted]
    for comment, own in zip(wanted, lines, strict=True):
        own.comment, own.sweep = comment, sweep
    return lines


def _says_something(line: Deed, comment: Comment, last: Deed | None) -> bool:
    """A verdict on words that were changed since is none on those that took their place."""
    if comment.is_gone:
        return False
    if comment.status != line.after:
        return True
    is_said = last is not None and last.verb == line.verb and not comment.was_edited_after(last.at)
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
    [fresh] = _all_locked(comment)
    lines = []
    if not _is_other_than(seen, fresh):
        lines = do_to([fresh], line_for(verb, by=by, reason=reason, now=now or timezone.now()))
    comment.status, comment.version = fresh.status, fresh.version
    return lines[0] if lines else None


def _all_locked(comment: Comment) -> list[Comment]:
    comments = locked([comment.pk])
    if not comments:
        raise Comment.DoesNotExist(comment.pk)
    return comments


def _is_other_than(seen: str | None, fresh: Comment) -> bool:
    """Whether somebody has moved it since it was seen. Raises ChangedMeanwhileError for other words."""
    if seen is None:
        return False
    status, _, edition = seen.rpartition(":")
    if edition != fresh.edition:
        raise ChangedMeanwhileError
    return bool(status) and status != fresh.status
