"""When a moderator is mailed, and of what: arithmetic over plain values, the clock being one of them.

"Soon" leaves some company time to gather and then rests for an hour; "once a day" leaves in the morning by
the site's clock. A wave of spam would make every hour's mail the same, so while one runs there is one mail
that says so, and then quiet, until it is over or has lasted for hours.

What is mailed once a day needs no such protection, and waves change nothing for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from comments.models import Mail, ModeratorPreferences
from comments.notifications.morning import next_morning

# Nearly the ten minutes we promise: the worker looks every few seconds and needs some more to send.
GATHERS_FOR = timedelta(minutes=9)
RESTS_FOR = timedelta(hours=1)
# So many comments, held or put among the spam within an hour, are a wave.
WAVE_FROM = 30
QUIET_FOR = timedelta(hours=6)
# A worker that slept at seven sends the morning's mail when it wakes, unless the morning is over.
MORNING_LASTS = timedelta(hours=4)

Mails = ModeratorPreferences.Mails


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What the decision is made from. `oldest_news_at` is since when the first waits of what no mail has told
    this moderator yet, None when nothing does; `arrivals` are the comments that were held or put among the
    spam in the last hour."""

    mails: str
    last_mailed_at: datetime | None
    told_of_wave_at: datetime | None
    oldest_news_at: datetime | None
    arrivals: int


def mail_to_write(situation: Situation, *, now: datetime) -> Mail.Kind | None:
    """The kind of mail whose time has come; None for none."""
    if situation.mails == Mails.DAILY:
        return Mail.Kind.MODERATOR if _is_morning_mail(situation, now) else None
    if situation.mails == Mails.NEVER or not _has_passed(RESTS_FOR, situation.last_mailed_at, now):
        return None
    if is_wave(situation.arrivals):
        return Mail.Kind.WAVE if _has_passed(QUIET_FOR, situation.told_of_wave_at, now) else None
    has_company = situation.oldest_news_at and _has_passed(GATHERS_FOR, situation.oldest_news_at, now)
    return Mail.Kind.MODERATOR if has_company else None


def is_wave(arrivals: int) -> bool:
    return arrivals >= WAVE_FROM


def _is_morning_mail(situation: Situation, now: datetime) -> bool:
    """What came after seven is for the next morning."""
    seven = next_morning(now) - timedelta(days=1)
    was_mailed = situation.last_mailed_at is not None and situation.last_mailed_at >= seven
    has_news = situation.oldest_news_at is not None and situation.oldest_news_at <= seven
    return now - seven < MORNING_LASTS and has_news and not was_mailed


def _has_passed(time: timedelta, since: datetime | None, now: datetime) -> bool:
    return since is None or now - since >= time
