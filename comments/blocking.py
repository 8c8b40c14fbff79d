"""The blocklist: what is on it, how an entry gets on and off, and how often each has matched.

A ban is one or two entries made from a comment: for the network it came from, for the mail address that was
given. Whoever is banned is not told; the filter does the rest.

An entry is never deleted, and what it says never changes. Whoever wants another one takes it off and adds the
other, and the rows that were taken off say who wanted what, and when.
"""

import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from comments.models import MAX_BLOCKED, BlockedTerm, Comment, Deed
from comments.spam.candidate import Blocked, BlockedEntry, Strength

logger = logging.getLogger(__name__)


# SQL by hand, as in `comments.history`: it is run for every comment that arrives.
_IN_FORCE = """
    SELECT id, kind, value, strength, note FROM comments_blockedterm
    WHERE removed_at IS NULL AND (expires_at IS NULL OR expires_at > %s)
    ORDER BY id
"""


class AlreadyBlockedError(Exception):
    """The same entry is on the list already."""


def entries_in_force(now: datetime) -> tuple[BlockedEntry, ...]:
    """The entries that a comment of this moment is compared with. One query, the one of `in_force`."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE, [connection.ops.adapt_datetimefield_value(now)])
        return tuple(
            BlockedEntry(number=pk, kind=Blocked(kind), value=value, strength=Strength(strength), note=note)
            for pk, kind, value, strength, note in cursor.fetchall()
        )


def count_hits(entries: Sequence[BlockedEntry], *, now: datetime) -> None:
    """Notes that a comment matched these. Call it in the transaction that writes the comment."""
    if entries:
        matched = BlockedTerm.objects.filter(pk__in=[entry.number for entry in entries])
        matched.update(hits=F("hits") + 1, last_hit_at=now)


@transaction.atomic
def block(term: BlockedTerm, *, by: AbstractUser, now: datetime | None = None) -> BlockedTerm:
    """Puts an entry on the list, in place of an expired one that says the same, with a line in the log.

    Raises AlreadyBlockedError, and changes nothing, when one that says the same is in force.
    """
    now = now or timezone.now()
    same = BlockedTerm.objects.listed().filter(kind=term.kind, value=term.value)
    same.filter(expires_at__lte=now).update(removed_at=now, removed_by=by)
    term.by, term.created_at = by, now
    try:
        with transaction.atomic():
            term.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyBlockedError(term.value) from error
    logger.info("blocklist: entry %s (%s, %s) added by user %s", term.pk, term.kind, term.strength, by.pk)
    Deed.objects.create(verb=Deed.Verb.BLOCK, term=term, by=by, at=now, reason=term.note)
    return term


def known_of(comment: Comment) -> dict[Blocked, str]:
    """By what its writer could be banned, as entries keep it. Nothing for the team: it is never judged."""
    if comment.badge:
        return {}
    # Tidied no further: there are addresses that would then mean all of their domain.
    known = {Blocked.NETWORK: comment.network, Blocked.ADDRESS: comment.email.casefold()[:MAX_BLOCKED]}
    return {kind: value for kind, value in known.items() if value}


def bans_on(comment: Comment, *, now: datetime) -> dict[Blocked, BlockedTerm]:
    """What is on the list already, and in force, of what is known of its writer. One query."""
    same = Q(pk=None)
    for kind, value in known_of(comment).items():
        same |= Q(kind=kind, value=value)
    return {Blocked(term.kind): term for term in BlockedTerm.objects.in_force(now).filter(same)}


@transaction.atomic
def ban(
    comment: Comment,
    *,
    by: AbstractUser,
    network: bool,
    address: bool,
    expires_at: datetime | None,
    strength: str,
    note: str,
    now: datetime | None = None,
) -> list[BlockedTerm]:
    """Puts whoever wrote the comment on the list, by network, by mail address or both, as far as known.

    Returns the new entries. What is on the list already stays as it is. Raises Comment.DoesNotExist when the
    comment was deleted for good meanwhile.
    """
    # Locked, so that nobody is banned by what an erasure takes away at the same moment.
    known = known_of(Comment.objects.select_for_update(no_key=True).get(pk=comment.pk))
    wanted = [Blocked.NETWORK] * network + [Blocked.ADDRESS] * address
    like = {"strength": strength, "note": note, "expires_at": expires_at, "source": comment}
    made = []
    for kind in wanted:
        if kind in known:
            with suppress(AlreadyBlockedError):
                made.append(block(BlockedTerm(kind=kind, value=known[kind], **like), by=by, now=now))
    return made


@transaction.atomic
def unblock(term: BlockedTerm, *, by: AbstractUser, now: datetime | None = None) -> bool:
    """Takes an entry off the list, with a line in the log. Returns whether this call did it; False when it
    was off already."""
    now = now or timezone.now()
    was_listed = take_off(term, by=by, now=now)
    if was_listed:
        Deed.objects.create(verb=Deed.Verb.UNBLOCK, term=term, by=by, at=now)
    return was_listed


def put_back(term: BlockedTerm, *, by: AbstractUser | None) -> None:
    """Puts an entry that was taken off back as it was before, without a line in the log.

    Raises AlreadyBlockedError, and changes nothing, when one that says the same is on the list.
    """
    try:
        with transaction.atomic():
            BlockedTerm.objects.filter(pk=term.pk).update(removed_at=None, removed_by=None)
    except IntegrityError as error:
        raise AlreadyBlockedError(term.value) from error
    logger.info("blocklist: entry %s put back by user %s", term.pk, by and by.pk)


def take_off(term: BlockedTerm, *, by: AbstractUser | None, now: datetime) -> bool:
    """The same without a line in the log, for what writes its own."""
    was_listed = BlockedTerm.objects.listed().filter(pk=term.pk).update(removed_at=now, removed_by=by) == 1
    if was_listed:
        logger.info("blocklist: entry %s removed by user %s", term.pk, by and by.pk)
    return was_listed
