"""Sweeps: one verb on all comments that a sieve lets through, or on some chosen ones, and its undo.

A small sweep is done while the moderator waits; a large one by a worker, some hundred comments at a time.
Each portion is one transaction that also writes down how far the sweep has come, so that it can be
interrupted, killed, or taken up by two workers at once, and still does each comment once. Memory holds one
portion.

What arrived or was changed after the moderator's page was made is left alone: nobody has read it.
"""

from dataclasses import asdict
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from comments.models import Comment, Deed, Sweep
from comments.moderation.actions import do_to
from comments.moderation.deeds import locked
from comments.moderation.sieve import Sieve, comments_in, sieve_from
from comments.moderation.undoing import CannotUndoError, take_back, undoable, would_show_unread_words
from comments.team import may_moderate

PORTION = 200

Verb = Deed.Verb


class MoreThanShownError(Exception):
    """More comments match now than the moderator confirmed; `count` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


def seen_in(sieve: Sieve, seen_at: datetime) -> QuerySet[Comment]:
    """What of a sieve's comments stood on, or behind, a page made at that moment."""
    return comments_in(sieve).filter(_unchanged_since(seen_at), created_at__lte=seen_at)


def _unchanged_since(seen_at: datetime) -> Q:
    return Q(edited_at=None) | Q(edited_at__lte=seen_at)


@transaction.atomic
def begin_sweep(
    line: Deed, sieve: Sieve, *, seen_at: datetime, count: int, token: str | None = None
) -> Sweep:
    """Writes down a sweep over all that the sieve lets through, and its line in the log; `advance` carries it
    out. `count` is what the moderator confirmed: when more match, MoreThanShownError is raised. What is sent
    a second time with the same `token` is the sweep that has begun already."""
    if token and (begun := Sweep.objects.filter(token=token).first()):
        return begun
    total = seen_in(sieve, seen_at).count()
    if total > count:
        raise MoreThanShownError(total)
    line.save()
    return Sweep.objects.create(deed=line, sieve=asdict(sieve), seen_at=seen_at, total=total, token=token)


@transaction.atomic
def begin_choice(line: Deed, stands: dict[str, str]) -> Sweep:
    """The same for chosen comments: of each, by its id, the `stand` that the moderator has before them."""
    line.save()
    return Sweep.objects.create(deed=line, chosen=stands, seen_at=line.at, total=len(stands))


@transaction.atomic
def begin_undo(deed: Deed, *, by: AbstractUser, now: datetime) -> Sweep:
    """Writes down the undo of a whole sweep, given its line in the log. Raises CannotUndoError."""
    undone = Sweep.objects.select_for_update().get(deed=deed)
    if not undoable(now).filter(pk=deed.pk).exists():
        raise CannotUndoError(_why_not(undone, now))
    line = Deed.objects.create(verb=Verb.UNDO, undoes=deed, by=by, at=now)
    return Sweep.objects.create(deed=line, seen_at=now, total=undone.done_count)


def _why_not(sweep: Sweep, now: datetime) -> str:
    if sweep.ended_at is None:
        return "It is still running. Stop it first. Nothing has changed."
    if sweep.is_undo:
        return "An undo is not undone itself. Use the queue it came from instead."
    if Deed.objects.filter(undoes=sweep.deed).exists():
        return "Somebody has undone this already. Nothing has changed now."
    return "This is too long ago, and undoing ends then. Nothing has changed."


@transaction.atomic
def advance(sweep_id: int, *, now: datetime) -> bool:
    """Does the next portion of a sweep. True while there may be more to do. It ends when its moderator has
    lost the right to it; an undo goes on, because half of one leaves the rest with no way back."""
    rows = Sweep.objects.select_for_update(of=("self",)).select_related("deed__by")
    sweep = rows.get(pk=sweep_id)
    if sweep.ended_at is not None:
        return False
    keys = _next_keys(sweep) if sweep.is_undo or _is_by_moderator(sweep) else []
    if keys:
        done = _undo_portion(sweep, keys) if sweep.is_undo else _do_portion(sweep, keys)
        sweep.done_count += done
        sweep.left_count += len(keys) - done
        sweep.reached = keys[-1]
    if len(keys) < PORTION:
        sweep.ended_at = now
    sweep.save(update_fields=["done_count", "left_count", "reached", "ended_at"])
    return sweep.ended_at is None


def _is_by_moderator(sweep: Sweep) -> bool:
    return sweep.deed.by is not None and may_moderate(sweep.deed.by)


def stop(sweep: Sweep, *, now: datetime) -> bool:
    """Ends a sweep where it is; what is done can be undone. False when it was over already, and for an undo,
    which would leave the rest with no way back."""
    if sweep.is_undo:
        return False
    return Sweep.objects.filter(pk=sweep.pk, ended_at=None).update(ended_at=now) == 1


def _next_keys(sweep: Sweep) -> list[str]:
    """The ids of the next portion, in their order."""
    if sweep.is_undo:
        found = Deed.objects.filter(sweep__deed=sweep.deed.undoes_id).exclude(comment=None)
        keys = found.filter(comment__gt=sweep.reached).order_by("comment").values_list("comment", flat=True)
    elif sweep.chosen is not None:
        keys = sorted(key for key in sweep.chosen if key > sweep.reached)
    else:
        keys = _wanted(sweep).filter(pk__gt=sweep.reached).order_by("pk").values_list("pk", flat=True)
    return list(keys[:PORTION])


def _wanted(sweep: Sweep) -> QuerySet[Comment]:
    """What the sieve lets through, without what somebody has decided since."""
    since = Deed.objects.in_force().filter(comment=OuterRef("pk"), at__gt=sweep.seen_at)
    found = seen_in(sieve_from(sweep.sieve["queue"], sweep.sieve), sweep.seen_at)
    return found.exclude(Exists(since.exclude(sweep=sweep)))


def _do_portion(sweep: Sweep, keys: list[str]) -> int:
    # Between being found and being locked a comment may have been changed, or moved by somebody else.
    comments = locked(keys)
    if sweep.chosen is not None:
        comments = [comment for comment in comments if comment.stand == sweep.chosen[comment.pk]]
    else:
        wanted = set(_wanted(sweep).filter(pk__in=keys).values_list("pk", flat=True))
        comments = [comment for comment in comments if comment.pk in wanted]
    return len(do_to(comments, sweep.deed, sweep=sweep, reports_until=sweep.seen_at))


def _undo_portion(sweep: Sweep, keys: list[str]) -> int:
    comments = {comment.pk: comment for comment in locked(keys)}
    undone = Deed.objects.filter(sweep__deed=sweep.deed.undoes_id, comment__in=keys).order_by("comment")
    # By the time of its beginning: an undo that began on the last day is finished on the next one.
    possible = set(undoable(sweep.deed.at).filter(pk__in=undone.values("pk")).values_list("pk", flat=True))
    pairs = [(deed, comments[deed.comment_id]) for deed in undone if deed.pk in possible]
    pairs = [pair for pair in pairs if not would_show_unread_words(*pair)]
    return len(take_back(pairs, by=sweep.deed.by, now=sweep.deed.at, sweep=sweep))
