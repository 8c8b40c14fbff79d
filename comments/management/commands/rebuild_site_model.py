"""`manage.py rebuild_site_model` makes every lesson anew from the moderators' log, and says which ones count.

Running it again changes nothing. It is for a site whose log came from elsewhere, or whose lessons are in
doubt.
"""

from collections import Counter

from django.core.management.base import BaseCommand

from comments.learning import Sorted, lessons_sorted
from comments.teaching import teach_anew


class Command(BaseCommand):
    help = "Makes the filter's lessons anew from the moderators' log and says how many of them count."

    def handle(self, **options: object) -> None:
        teach_anew()
        self.stdout.write(_as_text(lessons_sorted()))


def _as_text(lessons: Sorted) -> str:
    counts = lessons.counted
    lines = [
        f"{lessons.total} lessons from the log, version {lessons.version}.",
        f"{len(counts.learned)} are learned, {len(counts.shadows)} kept as tests.",
    ]
    reasons = Counter(counts.skipped.values())
    lines += [f"{count} do not count: {reason}." for reason, count in sorted(reasons.items())]
    if lessons.is_spoilt:
        lines.append("Nothing of it is used: on the tests the filter does better without.")
    return "\n".join(lines)
