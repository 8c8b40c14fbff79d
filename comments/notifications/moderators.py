"""Mails moderators what waits for them: looks at what waits, and writes a mail for each whose time has come.

The worker's housekeeper does it every few seconds (`comments.notifications.upkeep`). One UPDATE decides who
of several workers writes a moderator's mail, for it names the mail before it; and the mail's key does too.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from comments.models import Mail, ModeratorPreferences
from comments.notifications.moderator_rhythm import Situation, is_wave_over, mail_to_write, may_be_mailed
from comments.notifications.outbox import queue_mail
from comments.notifications.told import last_mailed_at, told_until
from comments.notifications.waiting import arrivals_of_last_hour, oldest_held_at, oldest_report_at
from comments.team import moderators


def mail_moderators(now: datetime) -> int:
    """Writes the mails whose time has come, and says how many."""
    if not settings.MAILS:
        return 0
    arrivals = arrivals_of_last_hour(now)
    if is_wave_over(arrivals):
        ModeratorPreferences.objects.exclude(told_of_wave_at=None).update(told_of_wave_at=None)
    _give_everybody_preferences()
    written = 0
    for preferences in _hearers():
        kind = _kind_for(preferences, arrivals=arrivals, now=now)
        written += bool(kind and _write(kind, preferences, now=now))
    return written


def _give_everybody_preferences() -> None:
    """They hold when each was mailed last."""
    for user in moderators().filter(moderator_preferences=None):
        ModeratorPreferences.objects.get_or_create(user=user)


def _hearers() -> QuerySet[ModeratorPreferences]:
    """Without those to whom a mail is on its way: it will say all there is."""
    on_its_way = Mail.objects.waiting().filter(moderator=OuterRef("pk"))
    hearers = ModeratorPreferences.objects.filter(user__in=moderators()).exclude(user__email="")
    return (
        hearers.exclude(mails=ModeratorPreferences.Mails.NEVER)
        .exclude(Exists(on_its_way))
        .select_related("user")
    )


def _kind_for(preferences: ModeratorPreferences, *, arrivals: int, now: datetime) -> Mail.Kind | None:
    """What is new is asked for only when it may be mailed: most looks fall into an hour of rest."""
    mailed_at, after = last_mailed_at(preferences), told_until(preferences)
    if not may_be_mailed(preferences.mails, mailed_at, now=now):
        return None
    situation = Situation(
        mails=preferences.mails,
        last_mailed_at=mailed_at,
        told_of_wave_at=preferences.told_of_wave_at,
        oldest_held_at=oldest_held_at(after, now=now),
        oldest_report_at=oldest_report_at(after, now=now),
        arrivals=arrivals,
    )
    return mail_to_write(situation, now=now)


@transaction.atomic
def _write(kind: Mail.Kind, preferences: ModeratorPreferences, *, now: datetime) -> bool:
    before = preferences.last_mailed_at
    changes = {"last_mailed_at": now} | ({"told_of_wave_at": now} if kind == Mail.Kind.WAVE else {})
    same = ModeratorPreferences.objects.filter(pk=preferences.pk, last_mailed_at=before)
    if not same.update(**changes):
        return False
    key = f"{kind.value}:{preferences.pk}:{now.timestamp():.6f}"
    return queue_mail(kind, to=preferences.user.email, key=key, now=now, moderator=preferences)
