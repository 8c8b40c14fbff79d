"""`manage.py demo_wave`: two hundred spam comments and five honest ones came overnight, to practise on."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from comments.models import Comment
from demo.wave import Arrived, NoHonestLeftError, NoPostsError, clear_waves, send_wave

IN_WORDS = {
    Comment.Status.HELD: "held",
    Comment.Status.SPAM: "in spam",
    Comment.Status.APPROVED: "published",
}


class Command(BaseCommand):
    help = (
        "Send the demo a night's comments to practise moderating on. The spam filter judges them as it does "
        "all others. Once a day, unless --again; --clear takes all of it away."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        either = parser.add_mutually_exclusive_group()
        either.add_argument("--again", action="store_true", help="another wave, though last night had one")
        either.add_argument(
            "--clear",
            action="store_true",
            help="take every wave away, with what moderators did to it and the replies below it",
        )

    def handle(self, *, again: bool, clear: bool, **options: object) -> None:
        if clear:
            self._clear()
            return
        try:
            arrived = send_wave(now=timezone.now(), again=again)
        except NoPostsError:
            raise CommandError("No post of the demo takes comments. Run `manage.py demo` first.") from None
        except NoHonestLeftError:
            raise CommandError("There are no more honest comments. Run it with --clear first.") from None
        if arrived is None:
            self.stdout.write("Last night's wave is here already; nothing was added. --again sends another.")
        else:
            self._say(arrived)
        self.stdout.write(f"The desk is at {settings.SITE_URL}{reverse('desk:home')}")

    def _clear(self) -> None:
        cleared = clear_waves()
        below = f" and {cleared.replies} below them" if cleared.replies else ""
        self.stdout.write(f"Took {cleared.comments} comments{below} away, with all that was done to them.")

    def _say(self, arrived: Arrived) -> None:
        first, last = (localtime(arrived.comments[place].created_at) for place in (0, -1))
        posts = len({comment.post_id for comment in arrived.comments})
        self.stdout.write(
            f"{len(arrived.comments)} comments came in under {posts} posts, {first:%H:%M} to {last:%H:%M}:"
        )
        for status, words in IN_WORDS.items():
            self.stdout.write(f"  {arrived.statuses[status]:>3} {words}")
        self.stdout.write(f"{len(arrived.honest)} of them are honest:")
        for comment in arrived.honest:
            self.stdout.write(f"  {comment.name}, {IN_WORDS[comment.status]}, under “{comment.post.title}”")
