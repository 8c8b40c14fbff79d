"""What has to be done now and then, beside the tasks: `manage.py db_worker` starts the housekeeper.

A worker may be killed at any moment, and what it had in hand stays marked as running for ever. Time tells:
after `settings.WORK_PATIENCE` a running task's worker is taken for gone, and the task is given out again. So
every task must be one that may be done twice. A mail that is overdue gets a new task, whatever became of its
old one: the mails, not the tasks, say what is left to send.

Any number of workers may do this at once; each change is one statement that only one of them can make.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread
from types import TracebackType

from django.conf import settings
from django.db import close_old_connections, connections, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from comments.disposal import delete_removed, forget_wordings
from comments.forgetting import forget_daily, forget_networks
from comments.models import Mail
from comments.notifications.digest import hurry_digests
from comments.notifications.moderators import mail_moderators
from comments.notifications.news import announce_posts
from comments.notifications.tasks import send_later

logger = logging.getLogger(__name__)

# A task that so many workers began and none ended is left as failed: it may be what ends them.
MOST_TRIES = 5
# Overdue mails that one round looks at; the next round is soon.
ROUND = 500
ROUNDS_PER_PATIENCE = 10


def revive_tasks(now: datetime) -> None:
    """Gives out again what a worker that is gone had begun, and what failed by an accident of the moment."""
    past = now - settings.WORK_PATIENCE
    begun = Q(status=TaskResultStatus.RUNNING, started_at__lte=past)
    failed = Q(status=TaskResultStatus.FAILED, finished_at__lte=past)
    for task in DBTaskResult.objects.filter(begun | failed):
        same = DBTaskResult.objects.filter(pk=task.pk, status=task.status, started_at=task.started_at)
        if len(task.worker_ids) < MOST_TRIES:
            same.update(status=TaskResultStatus.READY)
        elif task.status == TaskResultStatus.RUNNING:
            same.update(status=TaskResultStatus.FAILED, finished_at=now)


def hurry_mails(now: datetime) -> None:
    """Gives a mail whose time is long past a new task. The old one, if there still is one, will find nothing
    to do."""
    if not settings.MAILS:
        return
    overdue = Mail.objects.due(now - settings.WORK_PATIENCE).filter(in_digest=False)
    for mail_id, due_at in overdue.values_list("pk", "due_at")[:ROUND]:
        with transaction.atomic():
            if Mail.objects.waiting().filter(pk=mail_id, due_at=due_at).update(due_at=now):
                send_later(mail_id, due_at=now, now=now)


CHORES: list[Callable[[datetime], object]] = [
    revive_tasks,
    hurry_mails,
    hurry_digests,
    announce_posts,
    mail_moderators,
    forget_networks,
    forget_daily,
    delete_removed,
    forget_wordings,
]


def tend(now: datetime) -> None:
    """One round of all chores. One that fails says so in the log and is tried again in the next round."""
    for chore in CHORES:
        try:
            chore(now)
        except Exception:
            logger.exception("%s failed", chore.__name__)


class Housekeeper(Thread):
    """Tends in rounds while the worker works: `with Housekeeper(): …`."""

    def __init__(self) -> None:
        super().__init__(name="housekeeper", daemon=True)
        self.ended = Event()

    def run(self) -> None:
        pause = (settings.WORK_PATIENCE / ROUNDS_PER_PATIENCE).total_seconds()
        while not self.ended.is_set():
            close_old_connections()
            tend(timezone.now())
            close_old_connections()
            self.ended.wait(pause)
        connections.close_all()

    def __enter__(self) -> Housekeeper:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ended.set()
        self.join(timeout=10)
