"""The benchmark: `make bench`, or `python -m bench --quick` for a try.

Starts the site as in production beside a bare Django view, on a database of its own, and compares what a
request costs. docs/benchmark.md says what the figures mean.
"""

import argparse
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from subprocess import CalledProcessError

from bench.databases import KINDS, UnreachableError
from bench.filter import measure_filter
from bench.measure import Plan
from bench.report import LATEST, Result, SearchFigures, checks, table, verdicts, write_latest
from bench.rows import ROWS
from bench.servers import THREADS, WORKERS
from bench.sites import benches, count_queries, prepare, search_figures

ROUNDS = 15
QUICK = Plan(rounds=3, share=0.2)
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(arguments: Sequence[str] | None = None) -> None:
    if sys.platform != "linux":
        sys.exit("The benchmark reads processor time from Linux's /proc and runs there only.")
    for ending in ENDINGS:
        signal.signal(ending, _leave)
    options = _options(arguments)
    plan = QUICK if options.quick else Plan(max(1, options.rounds))
    _say("the spam filter")
    filter_figures = measure_filter()
    print(f"\n{filter_figures}")
    kinds = list(KINDS) if options.database == "both" else [options.database]
    measured = [figures for kind in kinds if (figures := _measure(kind, plan))]
    if not measured:
        sys.exit("No page was measured.")
    results = [result for rows, _search in measured for result in rows]
    searches = [search.as_record() for _rows, search in measured]
    write_latest(results, more=[*filter_figures.as_records(), *searches])
    print(f"\nWritten to {LATEST.relative_to(Path.cwd()) if LATEST.is_relative_to(Path.cwd()) else LATEST}")


def _leave(number: int, _frame: object) -> None:
    """Ends through all that stops servers and removes files; a second Ctrl-C must not cut that short."""
    for ending in ENDINGS:
        signal.signal(ending, signal.SIG_IGN)
    sys.exit(128 + number)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="three short rounds, to see that it works")
    parser.add_argument("--database", choices=[*KINDS, "both"], default="both")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds a row (default {ROUNDS})")
    return parser.parse_args(arguments)


def _measure(kind: str, plan: Plan) -> tuple[list[Result], SearchFigures] | None:
    """All rows and the searches on one kind of database; None where there is no such server."""
    with tempfile.TemporaryDirectory(prefix="second-wind-bench-") as folder:
        try:
            with KINDS[kind](Path(folder)) as database_url:
                results, search = _rows(kind, database_url, Path(folder), plan)
        except UnreachableError as error:
            print(f"\n{kind} skipped: {error}")
            return None
    _print(kind, results, plan)
    print(search)
    return results, search


def _rows(kind: str, database_url: str, folder: Path, plan: Plan) -> tuple[list[Result], SearchFigures]:
    _say(f"{kind}: filling the database")
    place = prepare(database_url, folder)
    results = []
    with benches(place) as found:
        queries = count_queries(place, found)
        for row in ROWS:
            _say(f"{kind}: {row.name}")
            bench = found[row.keeps_pages]
            results.append(bench.measure(row, plan=plan, database=kind, queries=queries[row.name]))
    _say(f"{kind}: searches on a large site")
    return results, search_figures(place, kind)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _print(kind: str, results: Sequence[Result], plan: Plan) -> None:
    python = ".".join(map(str, sys.version_info[:3]))
    servers = f"gunicorn with {WORKERS} workers of {THREADS} threads"
    print(f"\n{kind}: Python {python}, {servers}, {plan.rounds} rounds\n\n{table(results)}\n")
    print(verdicts(list(checks(results))))


if __name__ == "__main__":
    try:
        main()
    except (RuntimeError, OSError, CalledProcessError) as error:
        sys.exit(f"The benchmark failed: {error}")
