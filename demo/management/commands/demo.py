"""`manage.py demo`: fills an empty site with the demo, and says how to sign in to it."""

from time import perf_counter

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.utils import timezone

from demo.load import MODERATOR, WRITER, load_demo


class Command(BaseCommand):
    help = "Fill an empty site with the demo's posts, pictures and comments. A site with posts is left alone."

    def handle(self, **options: object) -> None:
        started = perf_counter()
        loaded = load_demo(now=timezone.now())
        if loaded:
            seconds = perf_counter() - started
            self.stdout.write(
                f"Loaded {loaded.posts} posts, {loaded.pictures} pictures and {loaded.comments} comments "
                f"in {seconds:.0f} seconds."
            )
        else:
            self.stdout.write("The site has posts already; nothing was changed.")
        self._say_sign_ins()

    def _say_sign_ins(self) -> None:
        users = get_user_model().objects
        for sign_in in (WRITER, MODERATOR):
            if users.filter(username=sign_in.username, email=sign_in.email).exists():
                self.stdout.write(f"  {sign_in.role.capitalize()}: {sign_in.username} / {sign_in.password}")
