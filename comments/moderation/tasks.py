"""The task of a long sweep, as the worker takes it (`manage.py db_worker`).

It does some portions and gives the rest to a task of its own, so that mails need not wait for it. It may be
done twice: `comments.moderation.sweeping` makes a second time harmless.
"""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from comments.models import Sweep
from comments.moderation.sweeping import PORTION, advance

# A worker that is silent for `settings.WORK_PATIENCE` is taken for gone; this takes some seconds.
PORTIONS_A_TASK = 5
# So many comments are done while the moderator waits, and more by the worker.
AT_ONCE = PORTION


@task
def continue_sweep(sweep_id: int) -> None:
    """Does the next portions of a sweep."""
    for _ in range(PORTIONS_A_TASK):
        if not advance(sweep_id, now=timezone.now()):
            return
    continue_sweep.enqueue(sweep_id)


@transaction.atomic
def start(begin: Callable[[], Sweep]) -> Sweep:
    """Begins a sweep, and carries it out when it is small; a large one is left to the worker, whose task is
    written with it. What `begin` raises is raised, and nothing done."""
    sweep = begin()
    if sweep.total <= AT_ONCE:
        while advance(sweep.pk, now=timezone.now()):
            pass
    else:
        continue_sweep.enqueue(sweep.pk)
    sweep.refresh_from_db()
    return sweep
