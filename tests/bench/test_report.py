"""The benchmark's report: targets beside figures, for a person and for a program."""

import json

from bench.report import Result, checks, per_comment, table, verdicts, write_latest
from bench.rows import DESK_PAGES, REFERENCE, ROWS, Targets

KEYS = {
    *("name", "database", "cpu_ratio", "queries", "rps"),
    *("p50_ms", "p99_ms", "html_bytes", "html_gzip_bytes", "rss_mb"),
}


def result(name: str = REFERENCE, *, targets: Targets = Targets(), **fields: object) -> Result:  # noqa: B008
    plain = {
        "database": "sqlite",
        "cpu_ratio": 2.0,
        "cpu_ms": 13.0,
        "bare_cpu_ms": 0.25,
        "queries": 1,
        "rps": 1234.5678,
        "p50_ms": 1.0,
        "p99_ms": 9.0,
        "html_bytes": 90_000,
        "html_gzip_bytes": 20_000,
        "rss_mb": 64.0,
        "comments_shown": 65,
    }
    return Result(name=name, targets=targets, **plain | fields)


def test_figure_at_its_target_passes_and_above_it_misses():
    both = [result(targets=Targets(cpu_ratio=2.0)), result("other", targets=Targets(cpu_ratio=1.99))]
    assert [check.is_met for check in checks(both)] == [True, False]


def test_every_kind_of_target_is_checked():
    targets = Targets(cpu_ratio=40, per_comment=1.3, queries=6, gzip_kilobytes=30)
    assert len(list(checks([result(targets=targets)]))) == 4


def test_row_without_targets_is_checked_for_nothing():
    assert list(checks([result()])) == []


def test_cost_of_a_comment_is_compared_with_the_short_threads():
    short = result(cpu_ms=13.0, comments_shown=65)
    long = result("long", cpu_ms=26.0, comments_shown=100, targets=Targets(per_comment=1.3))
    (check,) = checks([short, long])
    assert per_comment(short) == 0.2
    assert check.figure == 1.3


def test_compressed_size_is_checked_in_thousands_of_bytes():
    (check,) = checks([result(html_gzip_bytes=30_001, targets=Targets(gzip_kilobytes=30))])
    assert not check.is_met


def test_verdicts_say_what_was_missed():
    words = verdicts(list(checks([result(cpu_ratio=41.26, targets=Targets(cpu_ratio=40))])))
    assert words.startswith("MISS")
    assert "41.3 (target ≤ 40)" in words


def test_table_has_a_line_for_each_row_below_its_heading():
    lines = table([result("post-65-cached"), result("comment-post")]).splitlines()
    assert [line.split()[0] for line in lines] == ["row", "post-65-cached", "comment-post"]


def test_latest_figures_are_kept_as_json(tmp_path):
    """Other programs read this file; names and keys are a promise."""
    path = tmp_path / "latest.json"
    write_latest([result(rps=1234.5678)], path)
    (row,) = json.loads(path.read_text())["rows"]
    assert row.keys() == KEYS
    assert (row["name"], row["rps"]) == ("post-65-cold", 1234.57)


def test_names_of_rows_are_a_promise_too():
    assert [row.name for row in ROWS] == [
        "post-65-cached",
        "post-65-304",
        "post-65-cold",
        "post-1000-cold",
        "post-10000-cold",
        "post-10000-middle",
        "post-10000-last",
        "post-10000-newest",
        "post-10000-helpful",
        *(f"desk-{name}" for name, _path in DESK_PAGES),
        "desk-comment",
        "comment-post",
    ]
