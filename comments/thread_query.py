"""Which comments stand on a page of a thread, and on which page a comment stands. All SQL of threads.

A page holds 20 branches. In the order of time they are one range of paths, from the first root of the page to
the first of the next, read forwards or backwards; by helpfulness they are found by an index of their own. Of
each branch a page reads the first replies only, up to a path that is looked up with it. So a page costs what
it shows, however long the thread and however large one of its branches. Only the way to a far page counts the
roots before it, in an index that holds nothing else.

SQL by hand: composing these queries from querysets takes ten times as long as running them. "Standing" is
what CommentQuerySet.standing() says; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil

from django.conf import settings
from django.db import connection

from blog.models import Post
from blog.thread_part import HELPFUL, NEWEST, ThreadPart
from comments.faces import StoredComment
from comments.models import Comment

# Replies that a branch shows on a page of the thread, and on each page of its own.
BRANCH_SIZE = 100
# New comments that a page can lead to. More are counted, and called "more than".
MOST_NEWS = 200

_STANDING = """(c.status = 'approved' OR EXISTS (
    SELECT 1 FROM comments_comment AS r
    WHERE r.post_id = c.post_id AND r.status = 'approved' AND r.path > c.path AND r.path < c.path || '~'
))"""
_COLUMNS = ", ".join(f"c.{name}" for name in StoredComment._fields)
_ROOTS = "FROM comments_comment AS c WHERE c.post_id = %s AND c.depth = 0"
_NTH_ROOT = f"(SELECT c.path {_ROOTS} AND {_STANDING} ORDER BY c.path {{}} LIMIT 1 OFFSET %s)"
# Where the replies that a page shows of a branch end: at the first one too many, or with the branch.
_UPPER = f"""COALESCE((
    SELECT r.path FROM comments_comment AS r
    WHERE r.post_id = c.post_id AND r.status = 'approved' AND r.path > c.path AND r.path < c.path || '~'
    ORDER BY r.path LIMIT 1 OFFSET {BRANCH_SIZE}
), c.path || '~')"""  # noqa: S608
# The roots are found first, then where each one ends, then its branch. PostgreSQL thinks that a range between
# columns holds much of the thread, and would read all of it; told that a branch is short, it uses the index.
# The limit is above what a branch can show: replies, placeholders over them, what waits of one's own.
_BRANCH = f"""
    SELECT c.* FROM comments_comment AS c
    WHERE c.post_id = %s AND c.path >= root.path AND c.path < root.upper AND {{shown}}
    ORDER BY c.path LIMIT {10 * BRANCH_SIZE}
"""  # noqa: S608
_JOINED = {
    "postgresql": f"CROSS JOIN LATERAL ({_BRANCH}) AS c",
    "sqlite": "JOIN comments_comment AS c ON c.post_id = %s AND c.path >= root.path AND c.path < root.upper"
    " AND {shown}",
}
_BRANCHES = f"""
    WITH c AS MATERIALIZED (SELECT c.post_id, c.path, c.helpfulness {_ROOTS} AND {{roots}}),
    root AS MATERIALIZED (SELECT c.path, c.helpfulness, {_UPPER} AS upper FROM c)
    SELECT {_COLUMNS} FROM root {{joined}} ORDER BY {{order}}
"""  # noqa: S608
_BY_PATH = {"oldest": "root.path, c.path", NEWEST: "root.path DESC, c.path"}
_BY_HELP = "root.helpfulness DESC, root.path, c.path"

_REPLIES = """
    FROM comments_comment AS c WHERE c.post_id = %s AND c.path > %s AND c.path < %s AND c.status = 'approved'
"""
_NTH_REPLY = f"(SELECT c.path {_REPLIES} ORDER BY c.path LIMIT 1 OFFSET %s)"
_BRANCH_PAGE = f"""
    SELECT {_COLUMNS} FROM comments_comment AS c
    WHERE c.post_id = %s AND (
        c.path = %s OR (c.path >= {_NTH_REPLY} AND c.path < COALESCE({_NTH_REPLY}, %s))
    ) AND {{shown}} ORDER BY c.path
"""  # noqa: S608
_ROOTS_UP_TO = f"SELECT COUNT(*) {_ROOTS} AND c.path <= %s AND {_STANDING}"
_NEWS = """
    SELECT c.path, c.id FROM comments_comment AS c
    WHERE c.post_id = %s AND c.status = 'approved' AND c.created_at > %s ORDER BY c.created_at LIMIT %s
"""


def pages_of(root_count: int) -> int:
    """How many pages a thread has. A last page of less than half joins the one before it."""
    size = settings.COMMENT_ROOTS_PER_PAGE
    return max(1, ceil((root_count - size // 2) / size))


def part_of(comment: Comment, *, root_count: int) -> ThreadPart:
    """The part of its thread that a comment's permalink leads to; `root_count` as the post has it now.

    A comment that waits stands where the last one that readers see before it does.
    """
    if comment.depth:
        replies = _one(f"SELECT COUNT(*) {_REPLIES}", [*_branch_of(comment), f"{comment.path}!"])
        if replies > BRANCH_SIZE:
            return ThreadPart(page=_page_at(replies, BRANCH_SIZE), branch=comment.root_id)
    pages = pages_of(root_count)
    if pages == 1:
        return ThreadPart()
    roots = _one(_ROOTS_UP_TO, [comment.post_id, comment.root_id])
    return ThreadPart(page=min(_page_at(roots, settings.COMMENT_ROOTS_PER_PAGE), pages))


def _branch_of(comment: Comment) -> list[object]:
    return [comment.post_id, comment.root_id]


def _page_at(count: int, size: int) -> int:
    return (max(count, 1) - 1) // size + 1


def comments_on(post: Post, part: ThreadPart, *, own_ids: Sequence[str]) -> list[StoredComment]:
    """The page's comments in the order they are shown, as far as their status or their writer lets them be
    seen. What waits of one's own under the order of helpfulness is shown below a root that stands."""
    shown, own = _shown_to(own_ids)
    size, last = settings.COMMENT_ROOTS_PER_PAGE, pages_of(post.root_count)
    before, after = (part.page - 1) * size, part.page * size
    if part.order == HELPFUL:
        limit = size if part.page < last else size + size // 2
        roots = f"{_STANDING} ORDER BY c.helpfulness DESC, c.path LIMIT %s OFFSET %s"
        return _read(_branches(roots, shown, _BY_HELP), [post.pk, limit, before, post.pk, *own])
    here, there, way = (">=", "<", "") if part.order != NEWEST else ("<=", ">", "DESC")
    roots, values = shown, [post.pk, *own]
    if part.page > 1:
        roots += f" AND c.path {here} {_NTH_ROOT.format(way)}"
        values += [post.pk, before]
    if part.page < last:
        roots += f" AND c.path {there} {_NTH_ROOT.format(way)}"
        values += [post.pk, after]
    # No more than a page can hold; the database plans for so many rather than for half the thread.
    roots += f" ORDER BY c.path {way} LIMIT %s"
    values.append(size + size // 2 + len(own))
    return _read(_branches(roots, shown, _BY_PATH[part.order]), [*values, post.pk, *own])


def _branches(roots: str, shown: str, order: str) -> str:
    joined = _JOINED[connection.vendor].format(shown=shown)
    return _BRANCHES.format(roots=roots, joined=joined, order=order)


def _shown_to(own_ids: Sequence[str]) -> tuple[str, list[str]]:
    if not own_ids:
        return _STANDING, []
    marks = ", ".join(["%s"] * len(own_ids))
    return f"({_STANDING} OR (c.status IN ('held', 'spam') AND c.id IN ({marks})))", list(own_ids)


def replies_in(post: Post, root: str, *, after: str | None = None) -> int:
    """How many replies readers see in a branch, or in the rest of it after a path."""
    return _one(f"SELECT COUNT(*) {_REPLIES}", [post.pk, after or root, f"{root}~"])


@dataclass(frozen=True, slots=True)
class BranchPage:
    """The root and a page of its replies; `names` are of those who are answered from another page."""

    comments: list[StoredComment]
    names: dict[str, str]


def branch_on(post: Post, part: ThreadPart, *, own_ids: Sequence[str]) -> BranchPage:
    root, end = part.branch, f"{part.branch}~"
    shown, own = _shown_to(own_ids)
    start, stop = (part.page - 1) * BRANCH_SIZE, part.page * BRANCH_SIZE
    range_of = [post.pk, root, end]
    values = [post.pk, root, *range_of, start, *range_of, stop, end, *own]
    comments = _read(_BRANCH_PAGE.format(shown=shown), values)
    here = {comment.id for comment in comments}
    missing = {comment.answers_id for comment in comments if comment.answers_id} - here
    found = Comment.objects.approved().filter(post=post, pk__in=missing).values_list("pk", "name")
    return BranchPage(comments, dict(found))


def news_in(post: Post, since: datetime, *, own_ids: Sequence[str]) -> list[str]:
    """Ids of what others wrote since then, in the order of the thread; of many those written first, at most
    one more than MOST_NEWS."""
    moment = connection.ops.adapt_datetimefield_value(since)
    with connection.cursor() as cursor:
        cursor.execute(_NEWS, [post.pk, moment, MOST_NEWS + 1 + len(own_ids)])
        found = [(path, pk) for path, pk in cursor.fetchall() if pk not in own_ids]
    return [pk for _path, pk in sorted(found[: MOST_NEWS + 1])]


def _read(sql: str, values: Sequence[object]) -> list[StoredComment]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [_stored(row) for row in cursor.fetchall()]


def _stored(row: tuple) -> StoredComment:
    """SQLite gives times without a zone; they are in UTC, as Django wrote them."""
    comment = StoredComment._make(row)
    if comment.created_at.tzinfo is None:
        edited_at = comment.edited_at and comment.edited_at.replace(tzinfo=UTC)
        comment = comment._replace(created_at=comment.created_at.replace(tzinfo=UTC), edited_at=edited_at)
    return comment


def _one(sql: str, values: Sequence[object]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]
