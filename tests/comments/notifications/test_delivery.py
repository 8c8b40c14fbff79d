"""A mail goes out once; a server that cannot now is asked again, one that refuses for good is not."""

from collections.abc import Callable
from datetime import timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives
from django_tasks_db.models import DBTaskResult

from comments.models import Comment, Mail, Reader
from comments.notifications import delivery
from comments.notifications.delivery import FIRST_WAIT, MOST_ATTEMPTS, deliver, take, wait_after
from comments.notifications.outbox import queue_mail
from tests.comments.notifications.mails import make_mail, run_tasks
from tests.makers import NOW, make_comment, make_post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ADDRESS = "ines@example.org"
UNKNOWN = SMTPRecipientsRefused({ADDRESS: (550, b"5.1.1 ines@example.org unknown")})
BUSY = SMTPRecipientsRefused({ADDRESS: (451, b"4.7.1 ines@example.org greylisted")})


@pytest.fixture
def comment() -> Comment:
    return make_comment(make_post(publish_at=NOW - timedelta(days=3)), created_at=NOW)


@pytest.fixture
def fail_with(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception | None], None]:
    """Lets the mail server answer in this way from now on."""
    send = EmailMultiAlternatives.send

    def answer(problem: Exception | None) -> None:
        def sending(self: EmailMultiAlternatives) -> int:
            if problem:
                raise problem
            return send(self)

        monkeypatch.setattr(EmailMultiAlternatives, "send", sending)

    return answer


def test_mail_goes_out_and_is_marked_as_sent(comment):
    row = make_mail(now=NOW, comment=comment)
    assert deliver(row.pk, now=NOW) is None
    (message,) = django_mail.outbox
    assert message.to == [ADDRESS]
    row.refresh_from_db()
    assert (row.sent_at, row.dropped_at, row.error, row.attempts) == (NOW, None, "", 1)


def test_second_task_for_the_same_mail_does_nothing(comment):
    row = make_mail(now=NOW, comment=comment)
    assert [deliver(row.pk, now=NOW), deliver(row.pk, now=NOW + timedelta(hours=1))] == [None, None]
    assert len(django_mail.outbox) == 1


def test_mail_that_somebody_is_sending_is_left_to_them(comment, settings):
    row = make_mail(now=NOW, comment=comment)
    assert take(Mail.objects.filter(pk=row.pk), now=NOW)
    assert not take(Mail.objects.filter(pk=row.pk), now=NOW)
    assert take(Mail.objects.filter(pk=row.pk), now=NOW + settings.WORK_PATIENCE)


def test_of_two_workers_that_read_a_mail_at_once_one_takes_it(comment):
    row = make_mail(now=NOW, comment=comment)
    first, second = Mail.objects.get(pk=row.pk), Mail.objects.get(pk=row.pk)
    until = NOW + timedelta(minutes=3)
    assert [delivery._take(each, until=until, now=NOW) for each in (first, second)] == [True, False]


def test_mail_that_is_not_due_waits(comment):
    row = make_mail(now=NOW, comment=comment, due_at=NOW + timedelta(minutes=1))
    deliver(row.pk, now=NOW)
    assert not django_mail.outbox


def test_mail_for_a_digest_does_not_go_alone(comment):
    deliver(make_mail(now=NOW, comment=comment, in_digest=True).pk, now=NOW)
    assert not django_mail.outbox


def test_mail_that_is_gone_is_no_error():
    assert deliver(1, now=NOW) is None


def test_nothing_leaves_a_site_whose_mails_were_switched_off(comment, settings):
    row = make_mail(now=NOW, comment=comment)
    settings.MAILS = False
    assert deliver(row.pk, now=NOW) is None
    row.refresh_from_db()
    assert not django_mail.outbox
    assert (row.attempts, row.dropped_at) == (0, None)


def test_comment_removed_meanwhile_is_in_no_mail(comment):
    row = make_mail(now=NOW, comment=comment)
    Comment.objects.update(status=Comment.Status.TRASH)
    deliver(row.pk, now=NOW)
    row.refresh_from_db()
    assert not django_mail.outbox
    assert (row.sent_at, row.dropped_at, row.error) == (None, NOW, "")


def test_reader_who_wants_no_mail_meanwhile_gets_none(comment):
    reader = Reader.objects.create(email=ADDRESS, silenced_at=NOW)
    deliver(make_mail(now=NOW, comment=comment, reader=reader).pk, now=NOW)
    assert not django_mail.outbox


@pytest.mark.parametrize(
    "problem",
    [
        BUSY,
        SMTPServerDisconnected("gone"),
        ConnectionRefusedError(),
        TimeoutError(),
        SMTPDataError(452, b"full"),
        SMTPAuthenticationError(535, b"our password is wrong"),
        SMTPSenderRefused(550, b"our address is wrong", "mail@example.org"),
    ],
    ids=lambda problem: type(problem).__name__,
)
def test_failure_of_the_moment_is_tried_again_later(comment, fail_with, problem):
    row = make_mail(now=NOW, comment=comment)
    fail_with(problem)
    again_at = deliver(row.pk, now=NOW)
    assert FIRST_WAIT * 0.7 < again_at - NOW < FIRST_WAIT * 1.3
    row.refresh_from_db()
    assert (row.due_at, row.sent_at, row.dropped_at, row.attempts) == (again_at, None, None, 1)


@pytest.mark.parametrize("problem", [UNKNOWN, SMTPDataError(554, b"no")], ids=["address", "mail"])
def test_refusal_for_good_is_taken_for_an_answer(comment, fail_with, problem):
    row = make_mail(now=NOW, comment=comment)
    fail_with(problem)
    assert deliver(row.pk, now=NOW) is None
    row.refresh_from_db()
    assert (row.sent_at, row.dropped_at) == (None, NOW)


@pytest.mark.parametrize("problem", [UNKNOWN, BUSY], ids=["for good", "for now"])
def test_neither_error_nor_log_names_the_address(comment, fail_with, problem, caplog):
    caplog.set_level("INFO")
    row = make_mail(now=NOW, comment=comment)
    fail_with(problem)
    deliver(row.pk, now=NOW)
    row.refresh_from_db()
    assert "SMTPRecipientsRefused" in row.error
    assert row.error in caplog.text
    assert ADDRESS not in row.error + caplog.text


def test_error_of_ours_costs_a_traceback_and_not_the_mail(comment, fail_with, caplog):
    row = make_mail(now=NOW, comment=comment)
    fail_with(KeyError("template"))
    assert deliver(row.pk, now=NOW) > NOW
    assert "Traceback" in caplog.text


def test_mail_is_given_up_after_about_a_day(comment, fail_with):
    row = make_mail(now=NOW, comment=comment)
    fail_with(BUSY)
    moment, tries = NOW, 0
    while moment:
        last, moment, tries = moment, deliver(row.pk, now=moment), tries + 1
    row.refresh_from_db()
    assert tries == row.attempts == MOST_ATTEMPTS
    assert row.dropped_at == last
    assert timedelta(hours=15) < last - NOW < timedelta(hours=30)


def test_waits_grow_and_differ_a_little():
    assert wait_after(1, chance=0.5) == FIRST_WAIT
    assert wait_after(3, chance=0.5) == 16 * FIRST_WAIT
    assert wait_after(1, chance=0) < FIRST_WAIT < wait_after(1, chance=1)


def test_task_of_a_failed_mail_is_followed_by_the_next(comment, fail_with, clock: time_machine.Traveller):
    queue_mail(Mail.Kind.LIVE, to=ADDRESS, key="live:1", now=NOW, comment=comment)
    fail_with(BUSY)
    run_tasks()
    assert not django_mail.outbox
    assert DBTaskResult.objects.earliest("run_after").run_after == Mail.objects.get().due_at
    fail_with(None)
    run_tasks()
    assert not django_mail.outbox
    clock.shift(timedelta(minutes=2))
    run_tasks()
    assert len(django_mail.outbox) == 1
