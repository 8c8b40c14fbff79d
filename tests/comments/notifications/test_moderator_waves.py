"""While spam comes in masses moderators get one mail, and then silence until it is over."""

from datetime import datetime, timedelta

import pytest
from django.core import mail as mailbox
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from comments.models import Comment, Mail, ModeratorPreferences
from comments.notifications.moderators import mail_moderators
from comments.reporting import settle_reports
from tests.comments.notifications.mails import do_tasks
from tests.comments.notifications.moderator_mails import (
    MINUTE,
    complain,
    hold,
    look,
    look_for,
    refuse,
)
from tests.makers import (
    NOW,
    make_comment,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("silent_text_model", "clock")]


def test_wave_is_told_once_and_afterwards_what_waits(post, sam, clock):
    for _ in range(30):
        hold(post)
    assert look_for(clock, minutes=300, every=20) == [
        (20, "A wave of spam is running"),
        (80, "30 new comments wait at the desk"),
    ]
    assert "30 comments of the last hour are held" in mailbox.outbox[0].body


def test_long_wave_is_told_again_after_six_hours(post, sam, clock):
    told = []
    for _ in range(24):
        hold(post)
    for minute in range(0, 600, 10):
        for _ in range(6):
            hold(post)
        told += [(minute, message.subject) for message in look()]
        clock.shift(10 * MINUTE)
    assert told == [(0, "A wave of spam is running"), (360, "A wave of spam is running")]


def test_wave_that_ebbs_and_swells_is_told_once(post, sam, clock):
    told = []
    for count in (30, 0, 20, 0, 15, 0):
        for _ in range(count):
            hold(post)
        told += look_for(clock, minutes=20, every=5)
    assert told == [(5, "A wave of spam is running")]


def test_second_wave_is_told_too(post, sam, clock):
    told = []
    for _ in range(2):
        for _ in range(30):
            hold(post)
        told += look_for(clock, minutes=40, every=40)
        Comment.objects.update(status="spam")
        told += look_for(clock, minutes=80, every=40)
    assert told == [(40, "A wave of spam is running")] * 2


def test_mail_on_its_way_is_dropped_when_a_wave_begins(post, sam, clock):
    hold(post)
    clock.shift(10 * MINUTE)
    mail_moderators(timezone.now())
    for _ in range(30):
        hold(post)
    do_tasks()
    assert [message.subject for message in look()] == ["A wave of spam is running"]


def test_wave_that_is_over_before_its_mail_goes_out_is_not_told(post, sam, clock):
    for _ in range(30):
        hold(post)
    mail_moderators(timezone.now())
    Comment.objects.update(status="trash")
    do_tasks()
    assert mailbox.outbox == []
    Comment.objects.update(status="held")
    clock.shift(MINUTE)
    assert [message.subject for message in look()] == ["A wave of spam is running"]


def test_daily_mail_says_that_a_wave_is_running(post, sam, clock):
    ModeratorPreferences.objects.create(user=sam, mails="daily")
    hold(post)
    clock.move_to(datetime(2026, 3, 21, 7, 0, tzinfo=NOW.tzinfo))
    for _ in range(30):
        hold(post)
    [message] = look()
    assert message.subject == "1 new comment waits at the desk"
    assert "A wave of spam is running: 30 comments" in message.body


def test_spam_that_nobody_has_to_look_at_is_no_wave(post, sam, clock):
    for _ in range(90):
        hold(post, status="spam")
    hold(post)
    assert look_for(clock, minutes=10) == [(9, "1 new comment waits at the desk")]


def test_report_comes_through_in_a_wave(post, sam, clock):
    loud = make_comment(post, "Loud words.", created_at=NOW - timedelta(days=30))
    for _ in range(30):
        hold(post)
    told = look_for(clock, minutes=10, every=10)
    complain(loud)
    for _ in range(30):
        clock.shift(MINUTE)
        hold(post)
    told += look_for(clock, minutes=60, every=10)
    assert [subject for _minute, subject in told] == [
        "A wave of spam is running",
        "61 new comments wait at the desk",
    ]
    assert "Loud words." in mailbox.outbox[-1].body
    assert "A wave of spam is running: 30 comments" in mailbox.outbox[-1].body


def test_settled_report_does_not_make_a_told_wave_news(post, sam, clock):
    loud = make_comment(post, "Loud words.", created_at=NOW - timedelta(days=30))
    for _ in range(30):
        hold(post)
    look()
    complain(loud)
    for _ in range(30):
        hold(post, created_at=timezone.now() + 65 * MINUTE)
    clock.shift(65 * MINUTE)
    assert mail_moderators(timezone.now()) == 1
    settle_reports(loud, by=sam, now=timezone.now())
    do_tasks()
    clock.shift(MINUTE)
    look()
    assert [message.subject for message in mailbox.outbox] == ["A wave of spam is running"]


def test_wave_whose_mail_was_refused_is_told_an_hour_later(post, sam, clock, monkeypatch):
    for _ in range(30):
        hold(post)
    with monkeypatch.context() as patched:
        patched.setattr(EmailMultiAlternatives, "send", refuse)
        assert look() == []
    assert Mail.objects.get().dropped_at
    clock.shift(59 * MINUTE)
    for _ in range(30):
        hold(post)
    assert look() == []
    clock.shift(MINUTE)
    assert [message.subject for message in look()] == ["A wave of spam is running"]
