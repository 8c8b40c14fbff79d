"""Measuring one row: warm both servers up, let them take turns, and look at what they answered.

Taking turns lets a machine that grows slower or busier slow both down. It does not make them equal: on a busy
machine the caches hold little of the larger program, and ratios come out too high.
"""

import gzip
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path

from bench.figures import Round, figures_of
from bench.load import Answer, Request, ask, visit
from bench.report import Result
from bench.rows import Row, Scene
from bench.servers import Server

# Sent in short visits on new connections, so that every worker has answered, and so keeps, what it will be
# asked for.
WARM_UP_REQUESTS = 40
REQUESTS_A_VISIT = 4
# In a round, however few requests the site gets: of fewer, opening the connections would be a good part.
BARE_REQUESTS = 1_000
COMMENT = re.compile(rb'id="c([0-9a-z]{12})"')
PLACE = re.compile(r"#c([0-9a-z]{12})$")
# A site that keeps no pages leaves compressing to the proxy; this is what a proxy makes of them.
GZIP_LEVEL = 6


@dataclass(frozen=True)
class Plan:
    """How much to measure: rounds, and which part of each row's requests a round has."""

    rounds: int
    share: float = 1.0

    def size_of(self, row: Row) -> int:
        return max(REQUESTS_A_VISIT, int(row.requests * self.share))

    @property
    def bare_size(self) -> int:
        return int(BARE_REQUESTS * self.share)


@dataclass(frozen=True)
class Bench:
    """A site and its bare measure, both running. The bare view reads what it has to answer from `folder`."""

    site: Server
    bare: Server
    scene: Scene
    folder: Path

    def measure(self, row: Row, *, plan: Plan, database: str, queries: int) -> Result:
        """Raises RuntimeError when the site answers anything but what the row says."""
        size = plan.size_of(row)
        requests = row.make(self.scene, 1 + WARM_UP_REQUESTS + plan.rounds * size)
        sample = ask(requests[0])
        check_status(requests, [sample], status=row.status)
        (self.folder / row.name).write_bytes(sample.body)
        answers = [sample, *self._warm_up(row, requests[1 : 1 + WARM_UP_REQUESTS])]
        turns = []
        for start in range(1 + WARM_UP_REQUESTS, len(requests), size):
            share = requests[start : start + size]
            bare, _ = self._turn(self.bare, row, self._twins(row, share, number=plan.bare_size))
            site, answered = self._turn(self.site, row, share)
            turns.append((site, bare))
            answers += answered
        if row.stores:
            check_published(self.scene.host, answers)
        figures = figures_of(turns)
        return Result(
            name=row.name,
            database=database,
            cpu_ratio=figures.cpu_ratio,
            cpu_ms=figures.cpu * 1000,
            bare_cpu_ms=figures.bare_cpu * 1000,
            queries=queries,
            rps=figures.per_second,
            p50_ms=figures.p50 * 1000,
            p99_ms=figures.p99 * 1000,
            rss_mb=self.site.rss_megabytes(),
            targets=row.targets,
            **_page(requests[0], sample),
        )

    def _twins(self, row: Row, requests: Sequence[Request], *, number: int) -> list[Request]:
        """As many requests for the bare view, the same over and over."""
        there = {"host": self.bare.host, "path": f"/{row.status}/{row.name}"}
        return [replace(one, **there) for one in islice(cycle(requests), number)]

    def _warm_up(self, row: Row, requests: Sequence[Request]) -> list[Answer]:
        answers = []
        for start in range(0, len(requests), REQUESTS_A_VISIT):
            share = requests[start : start + REQUESTS_A_VISIT]
            visit(self._twins(row, share, number=len(share)))
            answers += visit(share).answers
        check_status(requests, answers, status=row.status)
        return answers

    def _turn(self, server: Server, row: Row, requests: Sequence[Request]) -> tuple[Round, list[Answer]]:
        before = server.cpu_seconds()
        done = visit(requests)
        after = server.cpu_seconds()
        if before.keys() != after.keys():
            raise RuntimeError("A worker was replaced during a round.")
        check_status(requests, done.answers, status=row.status)
        cpu = (sum(after.values()) - sum(before.values())) / len(requests)
        return Round(cpu, len(requests) / done.seconds, done.latencies), done.answers


def check_status(requests: Sequence[Request], answers: Sequence[Answer], *, status: int) -> None:
    others = {answer.status for answer in answers} - {status}
    if others:
        raise RuntimeError(f"{requests[0].path} answered {sorted(others)} instead of {status}.")


def check_published(host: str, answers: Sequence[Answer]) -> None:
    """Every comment that was acknowledged has a permalink, which only a published comment has."""
    ids = {found[1] for answer in answers if (found := PLACE.search(answer.header("Location")))}
    if len(ids) != len(answers):
        raise RuntimeError(f"{len(answers)} comments were taken, and {len(ids)} places given.")
    permalinks = [Request(f"/comments/{one}/", host) for one in sorted(ids)]
    check_status(permalinks, visit(permalinks).answers, status=302)


def _page(request: Request, sample: Answer) -> dict[str, int]:
    """Bytes of the answer as it is and compressed, and how many comments stand on it."""
    if sample.status != 200:
        return {"html_bytes": 0, "html_gzip_bytes": 0, "comments_shown": 0}
    plain = ask(replace(request, headers={**request.headers, "Accept-Encoding": "identity"})).body
    is_packed = sample.header("Content-Encoding") == "gzip"
    return {
        "html_bytes": len(plain),
        "html_gzip_bytes": len(sample.body if is_packed else gzip.compress(plain, GZIP_LEVEL)),
        "comments_shown": len(set(COMMENT.findall(plain))),
    }
