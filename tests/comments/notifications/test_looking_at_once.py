"""Workers that look at the same moment for what waits write one mail to each moderator, on every database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail as mailbox
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from comments.models import Comment, Mail
from comments.notifications.delivery import deliver
from comments.notifications.moderators import mail_moderators
from tests.makers import make_comment, make_moderator, make_post

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
WORKERS = 4


def look_at_once() -> list[int]:
    """How many mails each of the workers wrote."""
    barrier = Barrier(WORKERS)

    def look(_worker: int) -> int:
        try:
            barrier.wait(timeout=10)
            return mail_moderators(timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(look, range(WORKERS)))


def test_each_moderator_is_written_to_once():
    addresses = sorted(make_moderator(name).email for name in ("sam", "noor"))
    make_comment(make_post(), status=Comment.Status.HELD, created_at=timezone.now() - timedelta(hours=1))
    assert sum(look_at_once()) == 2
    assert sum(look_at_once()) == 0
    assert sorted(Mail.objects.values_list("to", flat=True)) == addresses
    assert DBTaskResult.objects.count() == 2
    for mail in Mail.objects.all():
        deliver(mail.pk, now=timezone.now())
    assert sum(look_at_once()) == 0
    assert sorted(message.to[0] for message in mailbox.outbox) == addresses
