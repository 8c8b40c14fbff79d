"""The tasks of a mail, as the worker takes them (`manage.py db_worker`).

A task may be done twice, by two workers or by one that was killed half-way; `comments.notifications.delivery`
makes a second time harmless.
"""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from comments.notifications.delivery import deliver


@task
def deliver_mail(mail_id: int) -> None:
    """Sends one mail. What failed for now gets its next task."""
    now = timezone.now()
    again_at = deliver(mail_id, now=now)
    if again_at:
        send_later(mail_id, due_at=again_at, now=now)


def send_later(mail_id: int, *, due_at: datetime, now: datetime) -> None:
    """Writes the task that sends a mail when it is due, in the caller's transaction: one INSERT."""
    wanted = deliver_mail.using(run_after=due_at) if due_at > now else deliver_mail
    wanted.enqueue(mail_id)
