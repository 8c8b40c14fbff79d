"""Puts the figures of all rows into words for a person and into `bench/latest.json` for a program."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.rows import REFERENCE, Targets

LATEST = Path(__file__).with_name("latest.json")
SEARCH_P50_TARGET = 15.0
COLUMNS = (
    "row", "CPU ratio", "CPU ms", "bare ms", "queries", "req/s", "p50 ms", "p99 ms", "HTML", "gzip", "RSS MB",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Result:
    """A measured row. Bytes are of the page as it is and compressed, 0 where the answer has none."""

    name: str
    database: str
    cpu_ratio: float
    cpu_ms: float
    bare_cpu_ms: float
    queries: int
    rps: float
    p50_ms: float
    p99_ms: float
    html_bytes: int
    html_gzip_bytes: int
    rss_mb: float
    comments_shown: int
    targets: Targets


@dataclass(frozen=True)
class SearchFigures:
    """Milliseconds of a search on a large site (`bench.search`)."""

    database: str
    p50_ms: float
    p99_ms: float

    def as_record(self) -> dict[str, object]:
        figures = {"p50_ms": round(self.p50_ms, 2), "p99_ms": round(self.p99_ms, 2)}
        return {"name": "search-mixed", "database": self.database} | figures

    def __str__(self) -> str:
        met = "pass" if self.p50_ms <= SEARCH_P50_TARGET else "MISS"
        return (
            f"{met}  search-mixed: half of the searches within, ms: {self.p50_ms:.2f} "
            f"(target ≤ {SEARCH_P50_TARGET:g}); 99 % within {self.p99_ms:.2f}"
        )


@dataclass(frozen=True)
class Check:
    """A figure beside its target."""

    row: str
    what: str
    figure: float
    limit: float

    @property
    def is_met(self) -> bool:
        return self.figure <= self.limit


KEPT = (
    "name", "database", "cpu_ratio", "queries", "rps", "p50_ms", "p99_ms", "html_bytes", "html_gzip_bytes",
    "rss_mb",
)  # fmt: skip


def as_record(result: Result) -> dict[str, object]:
    """The row as `latest.json` keeps it, rounded to what the measurement can tell."""
    every = asdict(result)
    return {key: round(every[key], 2) if isinstance(every[key], float) else every[key] for key in KEPT}


def write_latest(
    results: Sequence[Result], path: Path = LATEST, *, more: Sequence[dict[str, object]] = ()
) -> None:
    """`more` are rows that were measured without a server."""
    rows = [*(as_record(result) for result in results), *more]
    path.write_text(json.dumps({"rows": rows}, indent=2) + "\n")


def table(results: Sequence[Result]) -> str:
    rows = [COLUMNS, *map(_cells, results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip() for row in rows
    )


def _cells(result: Result) -> tuple[str, ...]:
    return (
        result.name,
        f"{result.cpu_ratio:.2f}",
        f"{result.cpu_ms:.2f}",
        f"{result.bare_cpu_ms:.2f}",
        str(result.queries),
        f"{result.rps:.0f}",
        f"{result.p50_ms:.1f}",
        f"{result.p99_ms:.1f}",
        str(result.html_bytes),
        str(result.html_gzip_bytes),
        f"{result.rss_mb:.0f}",
    )


def checks(results: Sequence[Result]) -> Iterator[Check]:
    """Every target that the rows of one database have, with what was measured."""
    reference = next((result for result in results if result.name == REFERENCE), None)
    for result in results:
        yield from _checks_of(result, reference)


def _checks_of(result: Result, reference: Result | None) -> Iterator[Check]:
    targets = result.targets
    if targets.cpu_ratio is not None:
        yield Check(result.name, "CPU, times the bare view’s", result.cpu_ratio, targets.cpu_ratio)
    if targets.per_comment is not None and reference:
        figure = per_comment(result) / per_comment(reference)
        words = f"CPU per comment shown ({result.comments_shown}), times that of {reference.name}"
        yield Check(result.name, words, figure, targets.per_comment)
    if targets.queries is not None:
        yield Check(result.name, "queries", result.queries, targets.queries)
    if targets.gzip_kilobytes is not None:
        yield Check(result.name, "compressed HTML, KB", result.html_gzip_bytes / 1000, targets.gzip_kilobytes)


def per_comment(result: Result) -> float:
    """Milliseconds of processor time for each comment on the page."""
    return result.cpu_ms / result.comments_shown


def verdicts(found: Sequence[Check]) -> str:
    return "\n".join(
        f"{'pass' if check.is_met else 'MISS'}  {check.row}: {check.what}: {check.figure:.3g}"
        f" (target ≤ {check.limit:g})"
        for check in found
    )
