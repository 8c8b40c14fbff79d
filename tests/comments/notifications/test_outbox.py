"""A mail is written down once, in the transaction that causes it, together with the task that sends it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult, get_date_max
from pytest_django import DjangoAssertNumQueries

from comments.models import Mail, Reader
from comments.notifications.outbox import queue_mail
from tests.makers import NOW, make_comment, make_post

pytestmark = pytest.mark.django_db


def queue(key: str = "live:1", **fields: object) -> bool:
    return queue_mail(Mail.Kind.LIVE, to="ines@example.org", key=key, now=NOW, **fields)


def test_mail_is_written_with_all_that_is_known_of_it():
    post = make_post()
    comment, reader = make_comment(post), Reader.objects.create(email="ines@example.org")
    assert queue(comment=comment, post=post, reader=reader)
    mail = Mail.objects.get()
    assert (mail.kind, mail.to, mail.key) == (Mail.Kind.LIVE, "ines@example.org", "live:1")
    assert (mail.comment, mail.post, mail.reader) == (comment, post, reader)
    assert (mail.created_at, mail.due_at, mail.sent_at, mail.dropped_at) == (NOW, NOW, None, None)
    assert (mail.attempts, mail.error, mail.in_digest) == (0, "", False)


def test_task_of_a_mail_is_ready_at_once():
    queue()
    task = DBTaskResult.objects.get()
    assert task.args_kwargs == {"args": [Mail.objects.get().pk], "kwargs": {}}
    assert task.run_after == get_date_max()


def test_task_of_a_later_mail_waits_until_it_is_due():
    queue(due_at=NOW + timedelta(hours=2))
    assert DBTaskResult.objects.get().run_after == NOW + timedelta(hours=2) == Mail.objects.get().due_at


def test_same_news_to_the_same_address_is_written_once():
    assert [queue(), queue(), queue("live:2")] == [True, False, True]
    assert Mail.objects.count() == DBTaskResult.objects.count() == 2


def test_mail_for_a_digest_has_no_task_of_its_own():
    assert queue(in_digest=True)
    assert Mail.objects.get().in_digest
    assert not DBTaskResult.objects.exists()


def test_rolled_back_transaction_has_told_nobody():
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert not Mail.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_site_without_mails_writes_none(settings: object):
    settings.MAILS = False
    assert not queue()
    assert not Mail.objects.exists()


def test_writing_a_mail_down_costs_two_inserts(django_assert_num_queries: DjangoAssertNumQueries):
    queue()  # the first one imports the task
    with django_assert_num_queries(2):
        queue("live:2")
