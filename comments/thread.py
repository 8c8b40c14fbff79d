"""One page of a post's thread as flat rows that know when a list of replies opens and closes.

A page holds whole branches: the rows between the first root of the page and the first root of the next, which
is one range of paths and so one index scan however long the thread is. The template is one loop over the rows
and never includes itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from itertools import takewhile
from math import ceil
from typing import TypedDict

from django.conf import settings
from django.db import connection
from django.utils.safestring import SafeString

from blog.models import Post
from comments.faces import CommentView, StoredComment, render_comments, view_of
from comments.models import MAX_DEPTH, Comment
from lib.markup import machine_made

_LEVELS = tuple(machine_made(f"d{depth}") for depth in range(MAX_DEPTH + 1))
# A long run of replies is folded, but never in the first branches of a page.
FOLD_FROM = 7
FOLD_AFTER = 3
MONOGRAMS_ON_FOLD = 4


# SQL by hand: composing this query from querysets takes ten times as long as running it. "Standing" is what
# CommentQuerySet.standing() says; a test holds the two together.
_STANDING = """(c.status = 'approved' OR EXISTS (
    SELECT 1 FROM comments_comment AS r
    WHERE r.post_id = c.post_id AND r.status = 'approved' AND r.path > c.path AND r.path < c.path || '~'
))"""
_COLUMNS = ", ".join(f"c.{name}" for name in StoredComment._fields)
_SELECT = f"SELECT {_COLUMNS} FROM comments_comment AS c WHERE c.post_id = %s"  # noqa: S608
_NTH_ROOT = f"""(
    SELECT c.path FROM comments_comment AS c WHERE c.post_id = %s AND c.depth = 0 AND {_STANDING}
    ORDER BY c.path LIMIT 1 OFFSET %s
)"""  # noqa: S608

_ROOTS_BEFORE = f"""
    SELECT COUNT(*) FROM comments_comment AS c
    WHERE c.post_id = %s AND c.depth = 0 AND c.path < %s AND {_STANDING}
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Fold:
    """The summary that stands for a folded run of replies."""

    count: int
    from_author: int
    monograms: tuple[tuple[str, str], ...]


class Row(TypedDict):
    """A comment in its place. `closes` has a value for each list that ends after it: True ends a fold too."""

    html: SafeString
    depth: int
    # The depth as a class name: templates localise every number, which costs more than all else in the loop.
    level: SafeString
    opens: bool
    fold: Fold | None
    closes: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    rows: list[Row]
    page: int
    pages: int
    count: int

    @property
    def previous_page(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def next_page(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None


def pages_of(root_count: int) -> int:
    """How many pages a thread has. A last page of less than half joins the one before it."""
    size = settings.COMMENT_ROOTS_PER_PAGE
    return max(1, ceil((root_count - size // 2) / size))


def page_of(comment: Comment, *, root_count: int) -> int:
    """The page of its thread that a comment stands on; `root_count` as the post has it now."""
    pages = pages_of(root_count)
    if pages == 1:
        return 1
    with connection.cursor() as cursor:
        cursor.execute(_ROOTS_BEFORE, [comment.post_id, comment.root_id])
        (before,) = cursor.fetchone()
    return min(before // settings.COMMENT_ROOTS_PER_PAGE + 1, pages)


def build_thread(
    post: Post, number: int, *, own_ids: Sequence[str] = (), can_moderate: bool = False
) -> Thread | None:
    """The page `number` of the post's thread; None when there is no such page.

    `own_ids` are the visitor's own comments: the held ones among them stand in their places, for them only.
    """
    pages = pages_of(post.root_count)
    if not 1 <= number <= pages:
        return None
    comments = _comments_on(post, number, is_last=number == pages, own_ids=own_ids)
    options = {"can_reply": post.takes_comments, "can_moderate": can_moderate}
    views = _views(comments, _reasons_to_wait(own_ids), options)
    return Thread(rows=rows_of(views), page=number, pages=pages, count=post.comment_count)


def _comments_on(post: Post, number: int, *, is_last: bool, own_ids: Sequence[str]) -> list[StoredComment]:
    """The page's comments in thread order, as far as their status or their writer lets them be seen."""
    size = settings.COMMENT_ROOTS_PER_PAGE
    shown, parameters = _STANDING, [post.pk]
    if own_ids:
        marks = ", ".join(["%s"] * len(own_ids))
        shown = f"({_STANDING} OR (c.status IN ('held', 'spam') AND c.id IN ({marks})))"
        parameters += own_ids
    sql = f"{_SELECT} AND {shown}"
    if number > 1:
        sql += f" AND c.path >= {_NTH_ROOT}"
        parameters += [post.pk, (number - 1) * size]
    if not is_last:
        sql += f" AND c.path < {_NTH_ROOT}"
        parameters += [post.pk, number * size]
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY c.path", parameters)
        return [_stored(row) for row in cursor.fetchall()]


def _stored(row: tuple) -> StoredComment:
    """SQLite gives times without a zone; they are in UTC, as Django wrote them."""
    comment = StoredComment._make(row)
    if comment.created_at.tzinfo is None:
        edited_at = comment.edited_at and comment.edited_at.replace(tzinfo=UTC)
        comment = comment._replace(created_at=comment.created_at.replace(tzinfo=UTC), edited_at=edited_at)
    return comment


def _reasons_to_wait(own_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each of the visitor's own comments what they may be told of the filter's findings."""
    if not own_ids:
        return {}
    found = Comment.objects.filter(pk__in=own_ids).values_list("pk", "findings")
    return {pk: _told_to_readers(findings) for pk, findings in found}


def _told_to_readers(findings: list[dict]) -> tuple[str, ...]:
    return tuple(finding["reader_words"] for finding in findings if finding.get("reader_words"))


def _views(
    comments: Sequence[StoredComment], own: Mapping[str, tuple[str, ...]], options: dict[str, bool]
) -> list[CommentView]:
    """A view of each comment whose parents are all on the page too, in the same order."""
    names: dict[str, str] = {}
    views = []
    for comment in comments:
        if comment.parent_id and comment.parent_id not in names:
            continue
        answered, is_own = names.get(comment.answers_id, ""), comment.id in own
        view = view_of(comment, answered=answered, is_own=is_own, reasons=own.get(comment.id, ()), **options)
        names[comment.id] = view["name"]
        views.append(view)
    return views


def rows_of(views: Sequence[CommentView]) -> list[Row]:
    """The rows of views in thread order: each opens a list if replies follow, or closes those that end."""
    rows: list[Row] = []
    folded: list[bool] = []
    branches = 0
    depths = [*(view["depth"] for view in views[1:]), 0]
    for index, (view, html, next_depth) in enumerate(
        zip(views, render_comments(views), depths, strict=False)
    ):
        depth = view["depth"]
        branches += depth == 0
        row = Row(
            html=html, depth=depth, level=_LEVELS[depth], opens=next_depth > depth, fold=None, closes=()
        )
        if row["opens"]:
            row["fold"] = _fold_below(views, index) if depth == 0 and branches > FOLD_AFTER else None
            folded.append(row["fold"] is not None)
        else:
            row["closes"] = tuple(folded.pop() for _ in range(depth - next_depth))
        rows.append(row)
    return rows


def _fold_below(views: Sequence[CommentView], index: int) -> Fold | None:
    """The fold over the replies below a root, if there are many and none of them waits for a moderator."""
    replies = list(takewhile(lambda view: view["depth"] > 0, views[index + 1 :]))
    if len(replies) < FOLD_FROM or any(view["state"] == "held" for view in replies):
        return None
    faces = dict.fromkeys((view["tone"], view["letter"]) for view in replies if view["name"])
    by_author = sum(view["is_author"] for view in replies)
    return Fold(len(replies), by_author, tuple(faces)[:MONOGRAMS_ON_FOLD])
