"""`manage.py train_prior FILE …` trains the text model that ships with the filter, from labelled comments.

The project's own comments on running are always among them. It writes `comments/spam/prior.bin`, the same
bytes for the same files, code and version of Django. This is for developers: a site learns from its own
moderators without it.
"""

from pathlib import Path
from time import perf_counter

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comments.management.commands.evaluate_spam import records_in
from comments.neutral_texts import neutral_texts
from comments.spam.prior import SHIPPED, write_prior
from comments.spam.records import candidate_of
from comments.spam.training import OWN_COMMENTS, Labelled, train


class Command(BaseCommand):
    help = "Trains the spam filter's text model on a file of comments as JSON lines, each with a label."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
        parser.add_argument("--output", type=Path, default=SHIPPED, help="Where to write the model.")

    def handle(self, *, files: list[Path], output: Path, **options: object) -> None:
        rows = [
            Labelled(
                candidate_of(record),
                is_spam=bool(record.is_spam),
                source=record.source,
                campaign=record.group or str(record.id),
            )
            for file in (*files, OWN_COMMENTS)
            for record in records_in(file)
        ]
        started = perf_counter()

        def tell(line: str) -> None:
            self.stdout.write(f"{perf_counter() - started:6.1f} s  {line}")

        try:
            prior = train(rows, neutral_texts(), tell=tell)
        except ValueError as wrong:
            raise CommandError(str(wrong)) from wrong
        write_prior(prior, output)
        tell(f"written: {prior.version}, {output.stat().st_size // 1000} KB")
        self.stdout.write(
            f"Thresholds it suggests: hold from {prior.hold_from:.2f}, spam from {prior.spam_from:.2f}"
        )
