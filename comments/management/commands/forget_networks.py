"""`manage.py forget_networks` forgets networks older than 30 days, and whom the blocklist named; run it daily
where no worker runs."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from comments.forgetting import forget_bans, forget_networks


class Command(BaseCommand):
    help = (
        "Forgets networks: of comments, reactions and reports after 30 days; and networks and mail addresses "
        "on the blocklist as long after their end."
    )

    def handle(self, *args: object, **options: object) -> None:
        now, total = timezone.now(), 0
        while forgotten := forget_networks(now):
            total += forgotten
        self.stdout.write(f"Forgot the networks of {total} comments, reactions and reports.")
        self.stdout.write(
            f"Forgot {forget_bans(now)} networks and mail addresses on the blocklist that are over."
        )
