"""`manage.py evaluate_spam FILE` measures the filter on labelled comments and prints the figures.

What this site has learned is left out: the file may hold the very comments it learned from, and figures of
two sites should be comparable.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comments.scoring import verdict_on
from comments.spam.evaluation import ScoredRow, evaluation_of, speed_of
from comments.spam.records import BadLineError, Record, read_records
from comments.spam.report import as_record, as_text


class Command(BaseCommand):
    help = "Measures the spam filter on a file of comments as JSON lines, each with a label."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", dest="as_json", help="Print the figures as JSON.")

    def handle(self, *, file: Path, as_json: bool, **options: object) -> None:
        rows, seconds = _judged(records_in(file))
        evaluation, speed = evaluation_of(rows), speed_of(seconds)
        if as_json:
            self.stdout.write(json.dumps(as_record(evaluation, speed), indent=2))
        else:
            self.stdout.write(as_text(evaluation, speed))


def records_in(file: Path) -> list[Record]:
    """The labelled comments of a file.

    Raises CommandError when the file cannot be read, holds a bad line, or holds no comment.
    """
    try:
        with file.open("rb") as lines:
            records = list(read_records(lines, labelled=True))
    except OSError as wrong:
        raise CommandError(f"{file}: {wrong.strerror}") from wrong
    except BadLineError as wrong:
        raise CommandError(f"{file}, {wrong}") from wrong
    if not records:
        raise CommandError(f"{file} holds no comments")
    return records


def _judged(records: Sequence[Record]) -> tuple[list[ScoredRow], list[float]]:
    """The records with their verdicts, and the seconds that each took."""
    rows, seconds = [], []
    for record in records:
        started = perf_counter()
        verdict = verdict_on(record, prior_only=True)
        seconds.append(perf_counter() - started)
        rows.append(
            ScoredRow(
                source=record.source,
                is_spam=bool(record.is_spam),
                probability=verdict.probability,
                decision=verdict.decision,
                text=record.text,
                url_domain=record.url_domain,
            )
        )
    return rows, seconds
