"""The blocklist: what is on it, how an entry gets on and off, and how often each has matched.

An entry is never changed and never deleted. Whoever wants another one takes it off and adds the other, and
the rows that were taken off say who wanted what, and when.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from comments.models import BlockedTerm
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
    """Puts an entry on the list, in place of an expired one that says the same.

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
    return term


def unblock(term: BlockedTerm, *, by: AbstractUser, now: datetime | None = None) -> bool:
    """Takes an entry off the list. Returns whether this call did it; False when it was off already."""
    listed = BlockedTerm.objects.listed().filter(pk=term.pk)
    was_listed = listed.update(removed_at=now or timezone.now(), removed_by=by) == 1
    if was_listed:
        logger.info("blocklist: entry %s removed by user %s", term.pk, by.pk)
    return was_listed
