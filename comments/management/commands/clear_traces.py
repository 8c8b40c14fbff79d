"""`manage.py clear_traces` deletes what the spam filter no longer looks at; run it where no worker runs."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from comments.forgetting import clear_traces


class Command(BaseCommand):
    help = "Deletes traces of comments that the spam filter no longer looks at."

    def handle(self, *args: object, **options: object) -> None:
        bands, domains = clear_traces(timezone.now())
        self.stdout.write(f"Deleted {bands} old bands and {domains} old domains.")
