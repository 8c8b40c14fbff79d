"""What tests of mails do to the outbox: let a worker work it off, and move the clock."""

from datetime import datetime
from unittest.mock import patch

from django_tasks import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from comments.models import Mail


def run_tasks() -> None:
    """Does every task that is due, as `manage.py db_worker --batch` does. One that fails fails the test."""
    worker = db_worker.Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
    )
    # Between tasks a worker looks after its connection; here that is the test's own, inside its transaction.
    with patch.object(db_worker, "close_old_connections"):
        worker.run()
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).first()
    assert failed is None, failed.traceback


def do_tasks() -> None:
    """The same within a test's own transaction, which a worker would close."""
    while row := DBTaskResult.objects.ready().first():
        row.task.func(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        row.delete()


def make_mail(key: str = "live:1", *, now: datetime, **fields: object) -> Mail:
    """A mail in the outbox without a task, for tests that send it themselves."""
    words = {"kind": Mail.Kind.LIVE, "to": "ines@example.org", "due_at": now, "created_at": now}
    return Mail.objects.create(key=key, **(words | fields))
