"""`manage.py announce_posts` tells followers of topics about new posts; run it every few minutes."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from comments.notifications.news import announce_posts


class Command(BaseCommand):
    help = "Writes the mails about posts that came out since the last time."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"Announced {announce_posts(timezone.now())} posts.")
