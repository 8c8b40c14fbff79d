"""The site set up for a run: its settings, its filled database, and the servers that are measured."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.measure import Bench
from bench.report import SearchFigures
from bench.rows import ROWS, Row, Scene
from bench.servers import ROOT, inherited, running

# As a deployment would set it up, but for HTTPS, which a proxy takes care of.
SITE = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "DEBUG": "0",
    "HTTPS": "0",
    "SECRET_KEY": "signs-for-one-run-of-the-benchmark-on-this-machine-only",
    "ALLOWED_HOSTS": "127.0.0.1",
    "TRUSTED_PROXIES": "1",
    # Mails are on, so that each comment also writes the task that tells followers; nothing is ever sent.
    "EMAIL_URL": "dummymail://",
    "SITE_URL": "https://bench.example",
    "MAIL_FROM": "mail@bench.example",
    "LOG_LEVEL": "WARNING",
}
# By whether the site keeps pages: production's default, or nothing kept.
PAGE_CACHE_MEGABYTES = {True: "64", False: "0"}


@dataclass(frozen=True)
class Place:
    """A filled database and a folder for everything that the site writes besides."""

    environment: dict[str, str]
    folder: Path
    pages: dict[str, str]
    forms: list[dict]
    last_pages: dict[str, int]
    desk: dict[str, str]


def prepare(database_url: str, folder: Path) -> Place:
    """Sets a site up on an empty database and fills it; takes about a minute."""
    environment = SITE | {
        "DATABASE_URL": database_url,
        "STATIC_ROOT": str(folder / "static"),
        "MEDIA_ROOT": str(folder / "media"),
    }
    for command in ("migrate", "collectstatic"):
        _python(environment, "manage.py", command, "--no-input", "--verbosity", "0")
    return Place(environment, folder, **_inside(environment, "fill"))


@contextmanager
def benches(place: Place) -> Iterator[dict[bool, Bench]]:
    """The running site beside its running bare measure, by whether it keeps pages."""
    with ExitStack() as stack:
        answers = place.folder / "answers"
        answers.mkdir()
        settings = {"BENCH_ANSWERS": str(answers)}
        bare = stack.enter_context(running("bench.bare", environment=settings, log=place.folder / "bare.log"))
        found = {}
        for keeps, megabytes in PAGE_CACHE_MEGABYTES.items():
            settings = place.environment | {"PAGE_CACHE_MEGABYTES": megabytes}
            log = place.folder / f"site-{megabytes}.log"
            site = stack.enter_context(running("config.wsgi", environment=settings, log=log))
            found[keeps] = Bench(
                site, bare, Scene(site.host, place.pages, place.forms, place.last_pages, place.desk), answers
            )
        yield found


def count_queries(place: Place, found: dict[bool, Bench]) -> dict[str, int]:
    """Queries of each row, counted in a process of their own."""
    rows = [_two_of(row, found[row.keeps_pages].scene) for row in ROWS]
    settings = place.environment | {"PAGE_CACHE_MEGABYTES": PAGE_CACHE_MEGABYTES[True]}
    return _inside(settings, "queries", given=rows)


def search_figures(place: Place, database: str) -> SearchFigures:
    """Adds many posts and comments to the database: nothing else can be measured on it afterwards."""
    return SearchFigures(database, **_inside(place.environment, "search"))


def _two_of(row: Row, scene: Scene) -> dict[str, object]:
    """Two requests of a row, as `bench.inside queries` takes them."""
    requests = [
        {"method": one.method, "path": one.path, "headers": one.all_headers(), "body": one.body}
        for one in row.make(scene, 2)
    ]
    return {"name": row.name, "status": row.status, "keeps_pages": row.keeps_pages, "requests": requests}


def _inside(environment: dict[str, str], command: str, *, given: object = None) -> dict:
    return json.loads(_python(environment, "-m", "bench.inside", command, given=json.dumps(given)))


def _python(environment: dict[str, str], *arguments: str, given: str = "") -> str:
    """What this Python prints when it runs with just the settings of the environment."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=inherited() | environment,
        input=given,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
