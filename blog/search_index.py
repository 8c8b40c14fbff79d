"""The search index: what is kept of everything that can be found, and the newest that fit a question.

The one function for both databases is `newest_of`. SQL by hand, because Django knows no full-text search on
SQLite; what differs between the two stands side by side.

Whatever may not be read by anybody has no entry: a draft, a held comment. What is right for now but not for
ever, a post that is scheduled or will be withdrawn, is decided by the clock as its entries are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import connection, transaction

from blog.models import SearchEntry
from lib.fulltext import Wanted, as_fts5, as_tsvector, for_fts5, for_postgresql, words_to_keep

BATCH = 500

_INSERT = "INSERT INTO blog_searchentry (number, kind, key, post_id) VALUES (%s, %s, %s, %s)"
_INSERT_FTS5 = "INSERT INTO blog_searchwords (rowid, words) VALUES (%s, %s)"
_INSERT_TSVECTOR = """
    INSERT INTO blog_searchentry (number, kind, key, post_id, words) VALUES (%s, %s, %s, %s, %s::tsvector)
"""

# Few posts are hidden and many are out: their list is made once, from two indexes, for all tiers.
_HIDDEN = """
    WITH hidden AS MATERIALIZED (
        SELECT id FROM blog_post WHERE publish_at IS NULL OR publish_at > %s OR withdraw_at <= %s
    )
"""
# CROSS JOIN makes SQLite begin with the words, whose rows come newest first by themselves.
_NEWEST_IN_FTS5 = """
    SELECT * FROM (
        SELECT %s AS tier, entry.kind, entry.key, entry.number
        FROM blog_searchwords CROSS JOIN blog_searchentry AS entry ON entry.number = blog_searchwords.rowid
        WHERE blog_searchwords MATCH %s AND entry.post_id NOT IN (SELECT id FROM hidden)
        ORDER BY blog_searchwords.rowid DESC LIMIT %s
    )
"""
_NEWEST_IN_TSVECTOR = """
    (
        SELECT %s::int AS tier, kind, key, number FROM blog_searchentry
        WHERE words @@ %s::tsquery AND post_id NOT IN (SELECT id FROM hidden)
        ORDER BY number DESC LIMIT %s
    )
"""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is found, and by which words. `number` rises with its time: see `lib.ids`."""

    kind: str
    key: str
    post_id: int
    number: int
    title: str = ""
    deck: str = ""
    texts: Sequence[str] = ()
    marks: Sequence[str] = ()

    @property
    def words(self) -> list[str]:
        marks = [self.kind, *self.marks]
        return words_to_keep(title=self.title, deck=self.deck, texts=self.texts, marks=marks)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found. The lower the tier, the better it fits."""

    tier: int
    kind: str
    key: str
    number: int


@transaction.atomic
def put(entries: Sequence[Entry]) -> None:
    """Makes the entries, all of one kind, what can be found of each. Call it in the transaction of the
    change."""
    if entries:
        remove(entries[0].kind, [entry.key for entry in entries])
        _insert(entries)


def remove(kind: str, keys: Sequence[str]) -> None:
    """Nothing of these can be found any more."""
    if not keys:
        return
    places = ", ".join(["%s"] * len(keys))
    sql = f"DELETE FROM blog_searchentry WHERE kind = %s AND key IN ({places})"  # noqa: S608  (no value is in it)
    with connection.cursor() as cursor:
        cursor.execute(sql, [kind, *keys])


@transaction.atomic
def rebuild(entries: Iterable[Entry]) -> int:
    """Makes the whole index anew and returns how many entries it has."""
    SearchEntry.objects.all().delete()
    rest = iter(entries)
    return sum(_insert(some) for some in iter(lambda: list(islice(rest, BATCH)), []))


def newest_of(asked: Sequence[tuple[int, Wanted]], *, now: datetime, limit: int) -> list[Place]:
    """For each question the newest entries, at most `limit`, whose post is published at this moment; the
    number beside it is their tier.

    Common words stand in a third of all rows: the limit is what keeps them from being looked at all.
    """
    if not asked:
        return []
    newest, as_query = (
        (_NEWEST_IN_TSVECTOR, for_postgresql) if _is_postgresql() else (_NEWEST_IN_FTS5, for_fts5)
    )
    moment = connection.ops.adapt_datetimefield_value(now)
    values: list[object] = [moment, moment]
    for number, wanted in asked:
        values += [number, as_query(wanted), limit]
    with connection.cursor() as cursor:
        cursor.execute(_HIDDEN + " UNION ALL ".join([newest] * len(asked)), values)
        return [Place(*row) for row in cursor.fetchall()]


def _insert(entries: Sequence[Entry]) -> int:
    rows = [(entry.number, entry.kind, entry.key, entry.post_id) for entry in entries]
    words = [entry.words for entry in entries]
    with connection.cursor() as cursor:
        if _is_postgresql():
            cursor.executemany(
                _INSERT_TSVECTOR, [(*row, as_tsvector(w)) for row, w in zip(rows, words, strict=True)]
            )
        else:
            cursor.executemany(_INSERT, rows)
            cursor.executemany(
                _INSERT_FTS5, [(row[0], as_fts5(w)) for row, w in zip(rows, words, strict=True)]
            )
    return len(rows)


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"
