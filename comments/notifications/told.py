"""What moderators have been told: up to when, when last, and what follows from a mail's fate.

What was sent counts, not what was planned. It is written down with the moderator, for mails are deleted after
a year, and somebody who heard nothing for so long has still heard what came before.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.db.models import Max, Q, QuerySet

from comments.models import Mail, ModeratorPreferences
from comments.notifications.waiting import SETTLES_FOR

BEFORE_EVERYTHING = datetime(1970, 1, 1, tzinfo=UTC)
_KINDS = (Mail.Kind.MODERATOR, Mail.Kind.WAVE)


def told_until(preferences: ModeratorPreferences) -> datetime:
    """Up to when the moderator was told what waits."""
    return preferences.told_until or BEFORE_EVERYTHING


def last_mailed_at(preferences: ModeratorPreferences) -> datetime | None:
    """When the latest mail was written down or, if its server was slow, sent."""
    sent = Mail.objects.filter(moderator=preferences, kind__in=_KINDS).aggregate(last=Max("sent_at"))["last"]
    return max(filter(None, (preferences.last_mailed_at, sent)), default=None)


def note_sent(mail: Mail, *, now: datetime) -> None:
    if mail.kind == Mail.Kind.MODERATOR:
        until = now - SETTLES_FOR
        _owner(mail).filter(Q(told_until=None) | Q(told_until__lt=until)).update(told_until=until)


def note_dropped(mail: Mail) -> None:
    """Nobody heard of the wave by a mail that nobody got."""
    if mail.kind == Mail.Kind.WAVE:
        _owner(mail).filter(told_of_wave_at=mail.created_at).update(told_of_wave_at=None)


def give_turn_back(mail: Mail) -> None:
    """A mail with nothing to say makes nobody wait for the next one."""
    _owner(mail).filter(last_mailed_at=mail.created_at).update(last_mailed_at=None)


def _owner(mail: Mail) -> QuerySet[ModeratorPreferences]:
    return ModeratorPreferences.objects.filter(pk=mail.moderator_id)
