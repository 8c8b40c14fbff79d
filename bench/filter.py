"""What the spam filter costs: one comment judged, and the prior trained. No server, no database, no network.

The comments are the project's own, which come in all lengths.
"""

from dataclasses import dataclass, replace
from itertools import cycle, islice
from time import perf_counter

from comments.neutral_texts import neutral_texts
from comments.spam.candidate import History
from comments.spam.evaluation import Speed, speed_of
from comments.spam.judge import judge
from comments.spam.records import Record, candidate_of, read_records
from comments.spam.training import OWN_COMMENTS, Labelled, Workbench

JUDGED = 2_000
TRAINED_ON = 2_000

P50_TARGET = 1.0
P99_TARGET = 5.0
TRAINING_TARGET = 30.0


@dataclass(frozen=True)
class FilterFigures:
    """Milliseconds for a comment, and seconds to train on 10,000 of them, neutral texts included."""

    speed: Speed
    training_seconds: float

    def as_records(self) -> list[dict[str, object]]:
        """The rows of `latest.json`."""
        judged = {
            "name": "spam-judge",
            "database": "none",
            "rps": round(self.speed.per_second, 2),
            "p50_ms": round(self.speed.p50_ms, 3),
            "p99_ms": round(self.speed.p99_ms, 3),
        }
        trained = {"name": "spam-train", "database": "none", "seconds": round(self.training_seconds, 2)}
        return [judged, trained]

    def __str__(self) -> str:
        lines = [
            ("spam-judge: half of the comments within, ms", self.speed.p50_ms, P50_TARGET),
            ("spam-judge: 99 % of the comments within, ms", self.speed.p99_ms, P99_TARGET),
            ("spam-train: 10,000 comments, s", self.training_seconds, TRAINING_TARGET),
        ]
        return "\n".join(
            f"{'pass' if figure <= target else 'MISS'}  {what}: {figure:.2f} (target ≤ {target:g})"
            for what, figure, target in lines
        )


def measure_filter() -> FilterFigures:
    with OWN_COMMENTS.open("rb") as lines:
        records = list(read_records(lines, labelled=True))
    return FilterFigures(speed_of(_judging(records)), _training(records))


def _judging(records: list[Record]) -> list[float]:
    """The seconds that each comment took."""
    seconds = []
    for record in islice(cycle(records), JUDGED):
        candidate = candidate_of(record)
        started = perf_counter()
        judge(candidate, History())
        seconds.append(perf_counter() - started)
    return seconds


def _training(records: list[Record]) -> float:
    """The seconds that training takes, for 10,000 comments."""
    rows = [
        Labelled(
            candidate_of(replace(record, text=f"{record.text} {number}")),
            bool(record.is_spam),
            "own",
            str(number),
        )
        for number, record in enumerate(islice(cycle(records), TRAINED_ON))
    ]
    started = perf_counter()
    Workbench(rows, neutral_texts()).weights(range(len(rows)))
    return (perf_counter() - started) * 10_000 / TRAINED_ON
