"""`manage.py db_worker` does the work that may wait: the tasks' own worker, with a housekeeper beside it.

The library's command of this name only does what it is given; the housekeeper gives it what killed workers
left behind (`comments.notifications.upkeep`). All options are the library's.
"""

from django_tasks_db.management.commands import db_worker

from comments.notifications.upkeep import Housekeeper


class Command(db_worker.Command):
    help = "Does the work that may wait, such as sending mails."

    def handle(self, **options: object) -> None:
        with Housekeeper():
            super().handle(**options)
