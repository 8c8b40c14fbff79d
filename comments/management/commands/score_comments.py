"""`manage.py score_comments` judges comments given as JSON lines and stores nothing.

One line in, one line out, in the same order, so that it can stand in a pipe of any length. Answers are plain
ASCII, whatever the locale, since JSON can spell every character so.
"""

import json
import sys

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comments.scoring import as_answer, verdict_on
from comments.spam.records import BadLineError, read_records


class Command(BaseCommand):
    help = (
        "Reads comments as JSON lines (id, author, url_domain, text) from standard input and writes what the "
        "spam filter says of each to standard output."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--prior-only", action="store_true", help="Ignore what this site has learned.")

    def handle(self, *, prior_only: bool, **options: object) -> None:
        try:
            for record in read_records(sys.stdin.buffer):
                answer = as_answer(record, verdict_on(record, prior_only=prior_only))
                self.stdout.write(json.dumps(answer))
        except BadLineError as wrong:
            raise CommandError(str(wrong)) from wrong
