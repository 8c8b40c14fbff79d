"""`manage.py clear_traces` deletes what the spam filter no longer looks at; run it now and then.

Near-duplicates are looked for among comments of the last 30 days, and so are rejected domains. Domains of
approved comments stay: they go on speaking for a link.
"""

from django.core.management.base import BaseCommand
from django.db.models import Exists, OuterRef
from django.utils import timezone

from comments.history import SAME_TEXT
from comments.models import Comment, CommentBand, CommentDomain, Deed


class Command(BaseCommand):
    help = "Deletes traces of comments that the spam filter no longer looks at."

    def handle(self, *args: object, **options: object) -> None:
        since = timezone.now() - SAME_TEXT
        bands, _ = CommentBand.objects.filter(comment__created_at__lt=since).delete()
        old = CommentDomain.objects.filter(comment__created_at__lt=since)
        # What a moderator rejected lately counts from then on, however old the comment is.
        judged_lately = Exists(Deed.objects.filter(comment=OuterRef("comment"), at__gte=since))
        domains, _ = old.exclude(comment__status=Comment.Status.APPROVED).exclude(judged_lately).delete()
        self.stdout.write(f"Deleted {bands} old bands and {domains} old domains.")
