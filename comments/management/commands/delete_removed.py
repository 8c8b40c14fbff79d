"""`manage.py delete_removed` deletes for good what was removed long ago; run it where no worker runs."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from comments.disposal import delete_removed, forget_wordings


class Command(BaseCommand):
    help = "Deletes spam and trash older than COMMENT_DELETE_AFTER_DAYS, and what old edits had taken out."

    def handle(self, *args: object, **options: object) -> None:
        now, deleted = timezone.now(), 0
        while count := delete_removed(now):
            deleted += count
        wordings = forget_wordings(now)
        self.stdout.write(f"Deleted {deleted} removed comments and the former words of {wordings} edits.")
