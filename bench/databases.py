"""An empty database for one run, as the address that DATABASE_URL takes, and its end afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

POSTGRESQL = "postgresql://postgres@127.0.0.1:5432"
NAME = "second_wind_bench"
SECONDS_TO_CONNECT = 3


class UnreachableError(Exception):
    """There is no such database server here; the message says why."""


@contextmanager
def sqlite(scratch: Path) -> Iterator[str]:
    yield f"sqlite:///{scratch / 'bench.sqlite3'}"


@contextmanager
def postgresql(_scratch: Path) -> Iterator[str]:
    """A database of its own, dropped at the end. Raises UnreachableError where no server answers."""
    _recreate()
    try:
        yield f"{POSTGRESQL}/{NAME}"
    finally:
        _run(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def _recreate() -> None:
    """Drops what a run that was killed has left behind."""
    try:
        _run(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)", f"CREATE DATABASE {NAME}")
    except psycopg.OperationalError as error:
        raise UnreachableError(str(error).strip().splitlines()[0]) from error


def _run(*statements: str) -> None:
    address = f"{POSTGRESQL}/postgres"
    with psycopg.connect(address, autocommit=True, connect_timeout=SECONDS_TO_CONNECT) as connection:
        for statement in statements:
            connection.execute(statement)


KINDS = {"sqlite": sqlite, "postgresql": postgresql}
