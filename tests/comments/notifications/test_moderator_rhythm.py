"""When a moderator is mailed: with some company, at most once an hour or in the morning, once for a wave."""

from datetime import UTC, datetime, timedelta

import pytest

from comments.models import Mail
from comments.notifications.moderator_rhythm import Situation, mail_to_write

NOON = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MODERATOR, WAVE = Mail.Kind.MODERATOR, Mail.Kind.WAVE


def at(now: datetime, **told: object) -> Mail.Kind | None:
    """What is written at a moment to somebody who gets mails soon, while a comment waits since long."""
    usual = {
        "mails": "soon",
        "last_mailed_at": None,
        "told_of_wave_at": None,
        "oldest_held_at": now - 2 * DAY,
        "oldest_report_at": None,
        "arrivals": 0,
    }
    return mail_to_write(Situation(**(usual | told)), now=now)


def on(day: int, hour: int, minute: int = 0, *, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


# ---------- soon ----------
def test_first_comment_waits_for_company_but_no_ten_minutes():
    assert at(NOON, oldest_held_at=NOON - timedelta(minutes=8, seconds=59)) is None
    assert at(NOON, oldest_held_at=NOON - timedelta(minutes=9)) == MODERATOR


def test_next_mail_is_an_hour_later_at_the_earliest():
    assert at(NOON, last_mailed_at=NOON - timedelta(minutes=59, seconds=59)) is None
    assert at(NOON, last_mailed_at=NOON - HOUR) == MODERATOR


def test_nothing_new_is_no_mail_however_long_ago_the_last_one_was():
    assert at(NOON, oldest_held_at=None, last_mailed_at=NOON - 30 * DAY) is None


def test_hour_does_not_begin_anew_at_midnight():
    last = on(20, 23, 30)
    assert at(on(21, 0, 15), last_mailed_at=last) is None
    assert at(on(21, 0, 30), last_mailed_at=last) == MODERATOR


def test_hour_is_an_hour_when_the_clocks_change():
    """In London one o'clock on 29 March 2026 is two o'clock."""
    last = on(29, 0, 30)
    assert at(on(29, 1, 29), last_mailed_at=last) is None
    assert at(on(29, 1, 30), last_mailed_at=last) == MODERATOR


def test_whoever_wants_none_gets_none():
    assert at(NOON, mails="never") is None
    assert at(NOON, mails="never", arrivals=500) is None


# ---------- once a day ----------
@pytest.mark.parametrize(
    ("now", "written"),
    [
        (on(20, 6, 59), None),
        (on(20, 7), MODERATOR),
        (on(20, 10, 59), MODERATOR),
        (on(20, 11), None),
        (on(20, 23, 59), None),
        (on(21, 0, 0), None),
    ],
)
def test_daily_mail_leaves_in_the_morning(now, written):
    assert at(now, mails="daily", last_mailed_at=on(19, 7)) == written


def test_daily_mail_leaves_once():
    assert at(on(20, 7, 20), mails="daily", last_mailed_at=on(20, 7, 0)) is None
    assert at(on(21, 7, 0), mails="daily", last_mailed_at=on(20, 7, 0)) == MODERATOR


def test_daily_mail_says_nothing_when_nothing_is_new():
    assert at(on(20, 7), mails="daily", oldest_held_at=None) is None


def test_what_came_after_seven_is_for_the_next_morning():
    assert at(on(20, 8), mails="daily", oldest_held_at=on(20, 7, 1)) is None
    assert at(on(21, 7), mails="daily", oldest_held_at=on(20, 7, 1)) == MODERATOR


@pytest.mark.parametrize(
    ("zone", "seven"),
    [
        ("Europe/London", on(20, 7)),
        ("Asia/Kathmandu", on(20, 1, 15)),
        ("America/Los_Angeles", on(20, 14)),
        ("Pacific/Kiritimati", on(19, 17)),
    ],
)
def test_seven_is_by_the_sites_clock(settings, zone, seven):
    settings.TIME_ZONE = zone
    last = seven - DAY
    assert at(seven - MINUTE, mails="daily", last_mailed_at=last) is None
    assert at(seven, mails="daily", last_mailed_at=last) == MODERATOR


def test_seven_stays_seven_when_the_clocks_change():
    assert at(on(28, 7), mails="daily", last_mailed_at=on(27, 7)) == MODERATOR
    assert at(on(29, 5, 59), mails="daily", last_mailed_at=on(28, 7)) is None
    assert at(on(29, 6), mails="daily", last_mailed_at=on(28, 7)) == MODERATOR


def test_daily_mail_leaves_in_a_wave_too():
    assert at(on(20, 7), mails="daily", arrivals=500) == MODERATOR
    assert at(on(20, 12), mails="daily", arrivals=500) is None


# ---------- a wave ----------
def test_thirty_comments_in_an_hour_are_a_wave():
    assert at(NOON, arrivals=29) == MODERATOR
    assert at(NOON, arrivals=30) == WAVE


def test_wave_is_told_even_if_an_earlier_mail_told_all_of_it():
    assert at(NOON, arrivals=30, oldest_held_at=None) == WAVE


def test_wave_keeps_the_hour():
    assert at(NOON, arrivals=30, last_mailed_at=NOON - timedelta(minutes=59)) is None


def test_wave_that_was_told_is_quiet_for_six_hours():
    for hours in range(1, 6):
        told = NOON - hours * HOUR
        assert at(NOON, arrivals=90, last_mailed_at=told, told_of_wave_at=told) is None
    told = NOON - 6 * HOUR
    assert at(NOON, arrivals=90, last_mailed_at=told, told_of_wave_at=told) == WAVE


def test_after_a_wave_one_mail_says_what_waits():
    told = NOON - 2 * HOUR
    assert at(NOON, arrivals=14, last_mailed_at=told, told_of_wave_at=told) == MODERATOR


def test_told_wave_goes_on_while_half_as_many_come():
    told = NOON - 2 * HOUR
    assert at(NOON, arrivals=15, last_mailed_at=told, told_of_wave_at=told) is None
    assert at(NOON, arrivals=15, last_mailed_at=told) == MODERATOR


def test_report_is_mailed_in_a_wave():
    told = NOON - 2 * HOUR
    wave = {"arrivals": 90, "last_mailed_at": told, "told_of_wave_at": told}
    assert at(NOON, oldest_report_at=NOON - 9 * MINUTE, **wave) == MODERATOR
    assert at(NOON, oldest_report_at=NOON - 8 * MINUTE, **wave) is None


def test_report_in_a_wave_keeps_the_hour():
    wave = {"arrivals": 90, "last_mailed_at": NOON - 59 * MINUTE}
    assert at(NOON, oldest_report_at=NOON - 30 * MINUTE, **wave) is None
