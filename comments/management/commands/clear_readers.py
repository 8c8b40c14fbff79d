"""`manage.py clear_readers` deletes dead links and unproven addresses; run it daily where no worker runs."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from comments.following import forget_unconfirmed
from comments.mailed_links import clear_links


class Command(BaseCommand):
    help = "Deletes links that are over, and addresses that were typed and never confirmed."

    def handle(self, *args: object, **options: object) -> None:
        now = timezone.now()
        links, readers = clear_links(now), forget_unconfirmed(now)
        self.stdout.write(f"Deleted {links} links and {readers} addresses.")
