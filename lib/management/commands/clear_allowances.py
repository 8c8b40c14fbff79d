"""`manage.py clear_allowances` deletes rate limits whose time is over; run it daily."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from lib.models import Allowance


class Command(BaseCommand):
    help = "Deletes rate limits whose time is over."

    def handle(self, *args: object, **options: object) -> None:
        deleted, _ = Allowance.objects.expired(timezone.now()).delete()
        self.stdout.write(f"Deleted {deleted} expired allowances.")
