"""What killed workers leave behind is found and done, once, by whichever worker looks first."""

import logging
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from comments.models import Mail
from comments.notifications import upkeep
from comments.notifications.outbox import queue_mail
from comments.notifications.upkeep import MOST_TRIES, hurry_mails, revive_tasks, tend
from tests.comments.notifications.mails import make_mail, run_tasks
from tests.makers import NOW, make_comment, make_post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def task() -> DBTaskResult:
    """The task of a mail, begun by a worker at NOW."""
    comment = make_comment(make_post(publish_at=NOW - timedelta(days=3)), created_at=NOW)
    queue_mail(Mail.Kind.LIVE, to="ines@example.org", key="live:1", now=NOW, comment=comment)
    task = DBTaskResult.objects.get()
    task.claim("killed")
    return task


def status_of(task: DBTaskResult) -> str:
    task.refresh_from_db()
    return task.status


def test_task_whose_worker_is_gone_is_given_out_again(task, settings, clock):
    revive_tasks(NOW + settings.WORK_PATIENCE)
    assert status_of(task) == TaskResultStatus.READY
    clock.shift(settings.WORK_PATIENCE)
    run_tasks()
    assert len(django_mail.outbox) == 1


def test_task_that_is_being_done_is_left_alone(task, settings):
    revive_tasks(NOW + settings.WORK_PATIENCE - timedelta(seconds=1))
    assert status_of(task) == TaskResultStatus.RUNNING


def test_task_that_failed_by_accident_is_tried_again_later(task, settings):
    task.set_failed(RuntimeError("no connection"))
    revive_tasks(NOW)
    assert status_of(task) == TaskResultStatus.FAILED
    revive_tasks(NOW + settings.WORK_PATIENCE)
    assert status_of(task) == TaskResultStatus.READY


def test_task_that_ends_its_workers_is_given_up(task, settings):
    for _ in range(MOST_TRIES - 1):
        task.claim("killed")
    revive_tasks(NOW + settings.WORK_PATIENCE)
    assert status_of(task) == TaskResultStatus.FAILED
    assert task.finished_at == NOW + settings.WORK_PATIENCE


def test_task_that_is_done_stays_done(task, settings):
    task.set_successful(None)
    revive_tasks(NOW + settings.WORK_PATIENCE)
    assert status_of(task) == TaskResultStatus.SUCCESSFUL


def test_overdue_mail_gets_a_new_task_once(settings):
    row = make_mail(now=NOW)
    late = NOW + settings.WORK_PATIENCE
    hurry_mails(late - timedelta(seconds=1))
    assert not DBTaskResult.objects.exists()
    hurry_mails(late)
    hurry_mails(late)
    assert DBTaskResult.objects.get().args_kwargs["args"] == [row.pk]


@pytest.mark.parametrize("fate", [{"sent_at": NOW}, {"dropped_at": NOW}, {"in_digest": True}])
def test_mail_that_needs_no_task_gets_none(settings, fate):
    make_mail(now=NOW, **fate)
    hurry_mails(NOW + settings.WORK_PATIENCE)
    assert not DBTaskResult.objects.exists()


def test_site_without_mails_hurries_none(settings):
    make_mail(now=NOW)
    settings.MAILS = False
    hurry_mails(NOW + settings.WORK_PATIENCE)
    assert not DBTaskResult.objects.exists()


def test_chore_that_fails_stops_no_other(monkeypatch, caplog):
    done = []

    def broken(now: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(upkeep, "CHORES", [broken, done.append])
    with caplog.at_level(logging.ERROR):
        tend(NOW)
    assert done == [NOW]
    assert "broken failed" in caplog.text
