"""What a comment leaves behind by which the next one like it is recognised: the bands of its words' sketch
and the domains it links to.

Written with the comment, for comments of every status: what becomes of it is decided later. A trace says
nothing by itself; what counts is where its comment stands when the next one arrives.
"""

from datetime import datetime
from typing import NamedTuple

from django.db import connection

from comments.models import Comment
from comments.spam.domains import promoted_domains
from comments.spam.shingles import SIMILAR_FROM, shared, shingles, sketch

# Of those that share a band, so many are read, the newest: enough to see a campaign.
MOST_COMPARED = 20

# SQL by hand, as in `comments.history`: it is run for nearly every comment that arrives. Few comments share a
# band, and many may be held: the empty text keeps SQLite from walking through all of one status instead.
_SHARING = """
    SELECT near.status IN ('spam', 'trash') AND EXISTS (
               SELECT 1 FROM comments_deed AS deed
               WHERE deed.comment_id = near.id AND deed.verb IN ('spam', 'trash')
                 AND NOT EXISTS (SELECT 1 FROM comments_deed WHERE undoes_id = deed.id)
           ), near.text
    FROM comments_comment AS near
    WHERE near.id IN (SELECT comment_id FROM comments_commentband WHERE band IN ({bands}))
      AND near.status || '' IN ('held', 'spam', 'trash') AND near.created_at >= %s AND near.fingerprint <> %s
      AND near.id <> %s
    ORDER BY near.id DESC
    LIMIT %s
"""


class Near(NamedTuple):
    """How many comments that wait, or were refused, say nearly the same."""

    held: int = 0
    rejected: int = 0


def leave_traces(comment: Comment) -> None:
    """Two inserts at most; one for a comment without links, none for a few words without."""
    bands, domains = sketch(comment.text), domains_of(comment)
    _insert("comments_commentband (comment_id, band)", comment, bands)
    _insert("comments_commentdomain (comment_id, domain)", comment, domains)


def take_traces(comment: Comment) -> None:
    """For a comment whose words go or change."""
    comment.bands.all().delete()
    comment.domains.all().delete()


def _insert(table: str, comment: Comment, values: tuple[int | str, ...]) -> None:
    """All in one statement; `bulk_create` takes four times as long over it."""
    if values:
        rows = ", ".join(["(%s, %s)"] * len(values))
        arguments = [part for value in values for part in (comment.pk, value)]
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} VALUES {rows}", arguments)  # noqa: S608  (no value is in it)


def domains_of(comment: Comment) -> tuple[str, ...]:
    return promoted_domains(comment.text, comment.name, comment.website)


def near_duplicates(comment: Comment, *, since: datetime) -> Near:
    """Counts other comments that nearly repeat this one, under any post. Exact repeats are not among them.

    What only the filter refused counts as waiting: its own verdicts would feed on themselves, and an undone
    deed would live on in them. One query, none for a text too short to be alike by more than chance.
    """
    bands = sketch(comment.text)
    if not bands:
        return Near()
    own = shingles(comment.text)
    alike = [
        refused
        for refused, text in _sharing(bands, comment=comment, since=since)
        if shared(own, shingles(text)) >= SIMILAR_FROM
    ]
    rejected = sum(alike)
    return Near(held=len(alike) - rejected, rejected=rejected)


def _sharing(bands: tuple[int, ...], *, comment: Comment, since: datetime) -> list[tuple[bool, str]]:
    """Whether a person refused it, and the text, of the newest that wait or were refused and share a band."""
    sql = _SHARING.format(bands=", ".join(["%s"] * len(bands)))
    moment = connection.ops.adapt_datetimefield_value(since)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*bands, moment, comment.fingerprint, comment.pk, MOST_COMPARED])
        return [(bool(refused), text) for refused, text in cursor.fetchall()]
