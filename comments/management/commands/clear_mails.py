"""`manage.py clear_mails` forgets mails that are done with; run it daily.

A month after a mail was sent or given up its row loses the address. The row itself stays for a year: its key
keeps the same news from being told twice. A mail that could not go out for a month has nothing new to say.
"""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.db.models import Q
from django.utils import timezone

from comments.models import Mail

ADDRESS_FOR = timedelta(days=30)
KEY_FOR = timedelta(days=365)


class Command(BaseCommand):
    help = "Forgets the addresses of mails older than a month, and mails older than a year."

    def handle(self, *args: object, **options: object) -> None:
        now = timezone.now()
        past = now - ADDRESS_FOR
        Mail.objects.due(past).filter(created_at__lte=past).update(dropped_at=now, to="", error="too late")
        done = Mail.objects.filter(Q(sent_at__lte=past) | Q(dropped_at__lte=past)).exclude(to="")
        forgotten = done.update(to="")
        deleted, _ = Mail.objects.filter(created_at__lte=now - KEY_FOR, to="").delete()
        self.stdout.write(f"Forgot {forgotten} addresses and deleted {deleted} old mails.")
