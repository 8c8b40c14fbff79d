"""`manage.py rebuild_search` makes the search index anew: after an upgrade or an import that says so."""

from django.core.management.base import BaseCommand

from blog.search_index import rebuild
from blog.search_kinds import all_entries


class Command(BaseCommand):
    help = "Makes the search index anew from posts and comments."

    def handle(self, *args: object, **options: object) -> None:
        number = rebuild(all_entries())
        if options["verbosity"]:
            self.stdout.write(f"Search knows {number} entries.")
