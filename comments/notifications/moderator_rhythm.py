"""When a moderator is mailed, and of what: arithmetic over plain values, the clock being one of them.

"Soon" leaves some company time to gather and then rests for an hour; "once a day" leaves in the morning by
the site's clock. A wave of spam would make every hour's mail the same, so while one runs there is one mail
that says so, and then quiet, until it is over or has lasted for hours. Reports are readers' own words to us:
no wave keeps them back.

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
# So many comments of an hour that are held are a wave.
WAVE_FROM = 30
# One that was told is over below this: at a limit that is one for both, mails and quiet would take turns.
WAVE_UNTIL = 15
QUIET_FOR = timedelta(hours=6)
# A worker that slept at seven sends the morning's mail when it wakes, unless the morning is over.
MORNING_LASTS = timedelta(hours=4)

Mails = ModeratorPreferences.Mails


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What the decision is made from. `oldest_held_at` and `oldest_report_at` are since when the first waits
    of what no mail has told this moderator yet, None when nothing does; `arrivals` are the comments of the
    last hour that are held."""

    mails: str
    last_mailed_at: datetime | None
    told_of_wave_at: datetime | None
    oldest_held_at: datetime | None
    oldest_report_at: datetime | None
    arrivals: int

    @property
    def oldest_news_at(self) -> datetime | None:
        return min(filter(None, (self.oldest_held_at, self.oldest_report_at)), default=None)


def mail_to_write(situation: Situation, *, now: datetime) -> Mail.Kind | None:
    """The kind of mail whose time has come; None for none."""
    if not may_be_mailed(situation.mails, situation.last_mailed_at, now=now):
        return None
    if situation.mails == Mails.DAILY:
        return Mail.Kind.MODERATOR if _is_for_this_morning(situation.oldest_news_at, now) else None
    if not is_wave(situation.arrivals, told_at=situation.told_of_wave_at):
        return Mail.Kind.MODERATOR if _has_company(situation.oldest_news_at, now) else None
    if _has_company(situation.oldest_report_at, now):
        return Mail.Kind.MODERATOR
    return Mail.Kind.WAVE if _has_passed(QUIET_FOR, situation.told_of_wave_at, now) else None


def may_be_mailed(mails: str, last_mailed_at: datetime | None, *, now: datetime) -> bool:
    """Whether it is time for a mail, if there is anything to say."""
    if mails == Mails.DAILY:
        seven = _last_seven(now)
        was_mailed = last_mailed_at is not None and last_mailed_at >= seven
        return now - seven < MORNING_LASTS and not was_mailed
    return mails == Mails.SOON and _has_passed(RESTS_FOR, last_mailed_at, now)


def is_wave(arrivals: int, *, told_at: datetime | None) -> bool:
    """Whether a wave runs, for somebody who was told of it at that time or, with None, was not."""
    return arrivals >= (WAVE_FROM if told_at is None else WAVE_UNTIL)


def is_wave_over(arrivals: int) -> bool:
    return arrivals < WAVE_UNTIL


def _last_seven(now: datetime) -> datetime:
    return next_morning(now) - timedelta(days=1)


def _is_for_this_morning(oldest_news_at: datetime | None, now: datetime) -> bool:
    """What came after seven is for the next morning."""
    return oldest_news_at is not None and oldest_news_at <= _last_seven(now)


def _has_company(oldest_news_at: datetime | None, now: datetime) -> bool:
    return oldest_news_at is not None and _has_passed(GATHERS_FOR, oldest_news_at, now)


def _has_passed(time: timedelta, since: datetime | None, now: datetime) -> bool:
    return since is None or now - since >= time
