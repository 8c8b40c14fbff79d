"""`manage.py evaluate_learning FILE` measures what verdicts do to the filter on sites it has not seen.

The file is one for `evaluate_spam`: labelled comments as JSON lines, in the order of time. Nothing is stored,
and what this site has learned plays no part.
"""

from collections.abc import Sequence
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comments.management.commands.evaluate_spam import records_in
from comments.spam.evaluation import Figures
from comments.spam.learning_trial import Conditions, Trial, trials_of
from comments.spam.prior import PriorError, shipped_prior

UNKNOWN = "–"


class Command(BaseCommand):
    help = (
        "Measures how the filter does after the first verdicts of each site in a file of labelled comments."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--verdicts", type=int, default=200, help="How many comments are judged first.")
        parser.add_argument(
            "--turned", type=float, default=0.0, help="The share of verdicts turned round, 0 to 1."
        )
        parser.add_argument(
            "--seen-only",
            action="store_true",
            help="Judge only what reaches moderators: what is held, and spam that is published.",
        )

    def handle(self, *, file: Path, verdicts: int, turned: float, seen_only: bool, **options: object) -> None:
        if verdicts < 1 or not 0 <= turned <= 1:
            raise CommandError("--verdicts takes a number from 1 on, --turned a share from 0 to 1")
        records = records_in(file)
        try:
            prior = shipped_prior()
        except PriorError as problem:
            raise CommandError(str(problem)) from problem
        conditions = Conditions(verdicts=verdicts, turned=turned, seen_only=seen_only)
        self.stdout.write(_as_text(trials_of(records, prior, conditions)))


def _as_text(trials: Sequence[Trial]) -> str:
    heading = f"{'':20}{'verdicts':>9}{'spam':>6}{'ham':>6}{'F1':>16}{'AUC':>16}{'Brier':>16}"
    return "\n".join([heading, *map(_line, trials)])


def _line(trial: Trial) -> str:
    """The figures of the comments after the verdicts: by the prior alone, and with what was learned."""
    both = (trial.prior, trial.learned)
    cells = (_change(*(figure(figures) for figures in both)) for figure in (_f1, _auc, _brier))
    line = f"{trial.source[:19]:20}{trial.verdicts:>9}{trial.prior.spam:>6}{trial.prior.ham:>6}"
    return line + "".join(f"{cell:>16}" for cell in cells) + (" spoilt" if trial.is_spoilt else "")


def _f1(figures: Figures) -> float | None:
    return figures.f1


def _auc(figures: Figures) -> float | None:
    return figures.auc


def _brier(figures: Figures) -> float | None:
    return figures.brier


def _change(before: float | None, after: float | None) -> str:
    if before is None or after is None:
        return UNKNOWN
    return f"{before:.3f} → {after:.3f}"
