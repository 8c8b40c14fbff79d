"""Reporting a comment to the moderators, and settling what was reported."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Q, QuerySet

from comments.models import Comment, Deed, Report
from comments.reacting import save_voices


@dataclass(frozen=True)
class Complaint:
    """What a reader says is wrong. `key` stands for the reader, `network` for where they are."""

    reason: Report.Reason
    words: str
    key: str
    network: str


@transaction.atomic
def report(comment: Comment, complaint: Complaint, *, now: datetime) -> Report:
    """Keeps one report of each reader on a comment; a second one takes the place of the first, and is open
    even if that one was settled. Raises Comment.DoesNotExist when readers see the comment no more."""
    fresh = Comment.objects.approved().select_for_update(no_key=True).get(pk=comment.pk)
    said = {"reason": complaint.reason, "words": complaint.words, "network": complaint.network}
    kept, _ = Report.objects.update_or_create(
        comment=fresh,
        reader_key=complaint.key,
        defaults={**said, "created_at": now, "settled_at": None, "settled_by": None},
    )
    save_voices(fresh)
    return kept


def has_reported(comment: Comment, *, key: str) -> bool:
    return Report.objects.filter(comment=comment, reader_key=key).exists()


@transaction.atomic
def settle_reports(
    comment: Comment, *, by: AbstractUser | None, now: datetime, until: datetime | None = None
) -> int:
    """Closes the open reports on a comment, those made until then, whatever became of it; says how many there
    were. Brings `comment` up to date."""
    if not _open_until(until).filter(comment=comment).exists():
        return 0
    fresh = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    count = _open_until(until).filter(comment=fresh).update(settled_at=now, settled_by=by)
    save_voices(fresh)
    comment.version = fresh.version
    return count


def _open_until(moment: datetime | None) -> QuerySet[Report]:
    reports = Report.objects.open()
    return reports.filter(created_at__lte=moment) if moment else reports


def reported(comments: Iterable[Comment], *, until: datetime | None = None) -> list[Comment]:
    """Those of the comments that have open reports, made until then."""
    comments = list(comments)
    keys = set(_open_until(until).filter(comment__in=comments).values_list("comment", flat=True))
    return [comment for comment in comments if comment.pk in keys]


def reopen_reports(undone: Iterable[tuple[Deed, Comment]]) -> None:
    """Opens again what the deeds had settled, in the transaction that undoes them."""
    undone = list(undone)
    closed = Report.objects.exclude(settled_at=None).filter(comment__in=[comment for _, comment in undone])
    settled = set(closed.values_list("comment", "settled_at", "settled_by"))
    for deed, comment in undone:
        if (comment.pk, deed.at, deed.by_id) in settled:
            of_deed = Q(settled_at=deed.at, settled_by=deed.by_id)
            Report.objects.filter(of_deed, comment=comment).update(settled_at=None, settled_by=None)
            save_voices(comment)
