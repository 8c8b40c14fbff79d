"""`manage.py clear_mails` forgets mails that are done with; run it daily where no worker runs."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from comments.forgetting import forget_mails


class Command(BaseCommand):
    help = "Forgets the addresses of mails older than a month, and mails older than a year."

    def handle(self, *args: object, **options: object) -> None:
        forgotten, deleted = forget_mails(timezone.now())
        self.stdout.write(f"Forgot {forgotten} addresses and deleted {deleted} old mails.")
