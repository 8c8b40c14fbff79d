"""Comments as search finds them: the entry of each, and what its result shows.

`index_comment` is part of every change of a comment's words or status, beside `comments.counting.recount`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from blog.search_index import Entry, put, remove
from blog.search_kinds import Kind
from blog.snippets import snippet
from comments.models import Comment
from lib.fulltext import Phrase
from lib.ids import number_of
from lib.markup import plain_text

COMMENT = "comment"
BATCH = 500


@dataclass(frozen=True)
class CommentHit:
    comment: Comment
    # Whom it answers; empty where that comment is not public.
    answered: str
    snippet: SafeString


def index_comment(comment: Comment) -> None:
    """Makes what search knows of the comment what it says now; nothing unless it is approved.

    Call it in the transaction of every change of its text, name or status."""
    index_comments([comment])


def index_comments(comments: Sequence[Comment]) -> None:
    """The same for many at once."""
    shown = [comment for comment in comments if comment.status == Comment.Status.APPROVED]
    forget_comments([comment.pk for comment in comments if comment.status != Comment.Status.APPROVED])
    put([_entry(comment) for comment in shown])


def forget_comments(comment_ids: Sequence[str]) -> None:
    """For comments whose rows go."""
    remove(COMMENT, comment_ids)


def _entry(comment: Comment) -> Entry:
    return Entry(
        kind=COMMENT,
        key=comment.pk,
        post_id=comment.post_id,
        number=number_of(comment.pk),
        texts=(comment.name, plain_text(comment.html)),
    )


def _entries() -> Iterator[Entry]:
    approved = Comment.objects.approved().only("post_id", "name", "html").order_by("pk")
    return map(_entry, approved.iterator(chunk_size=BATCH))


def _read(keys: Sequence[str], phrases: Sequence[Phrase], now: datetime) -> dict[str, CommentHit]:
    # By their keys alone: asked for a status as well, SQLite reads all comments that have it.
    comments = Comment.objects.filter(pk__in=keys).select_related("answers").with_post_title()
    return {comment.pk: _hit(comment, phrases) for comment in comments if comment.is_visible(now)}


def _hit(comment: Comment, phrases: Sequence[Phrase]) -> CommentHit:
    answers = comment.answers
    is_public = answers is not None and answers.status == Comment.Status.APPROVED
    return CommentHit(comment, answers.name if is_public else "", snippet(plain_text(comment.html), phrases))


COMMENTS = Kind(
    name=COMMENT,
    plural="Comments",
    template="comments/_hit.html",
    read=_read,
    has_head=False,
    entries=_entries,
)
