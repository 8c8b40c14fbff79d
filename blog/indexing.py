"""Posts as search finds them: the entry of each, and what its result shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from blog.models import Post
from blog.search_index import Entry, put, remove
from blog.search_kinds import Kind
from blog.search_query import mark_of
from blog.snippets import snippet
from lib.fulltext import Phrase
from lib.ids import number_at

POST = "post"
BATCH = 200


@dataclass(frozen=True)
class PostHit:
    post: Post
    snippet: SafeString


def index_post(post: Post) -> None:
    """Makes what search knows of the post what it says now; nothing while it is a draft.

    Part of every saving of a post, in its transaction (`blog.writing`)."""
    if post.publish_at is None:
        remove(POST, [str(post.pk)])
    else:
        put([_entry(post)])


def _entry(post: Post) -> Entry:
    return Entry(
        kind=POST,
        key=str(post.pk),
        post_id=post.pk,
        number=number_at(post.publish_at, post.pk),
        title=post.title,
        deck=post.deck,
        texts=(post.plain_text, post.closing_question, post.hero_caption),
        marks=[mark_of(topic.pk) for topic in post.topics.all()],
    )


def _entries() -> Iterator[Entry]:
    dated = Post.objects.exclude(publish_at=None).defer("body").prefetch_related("topics").order_by("pk")
    return map(_entry, dated.iterator(chunk_size=BATCH))


def _read(keys: Sequence[str], phrases: Sequence[Phrase], now: datetime) -> dict[str, PostHit]:
    posts = Post.objects.published(now).filter(pk__in=map(int, keys)).defer("body")
    return {
        str(post.pk): PostHit(post, snippet(f"{post.deck}\n{post.plain_text}", phrases)) for post in posts
    }


POSTS = Kind(
    name=POST, plural="Posts", template="blog/_hit.html", read=_read, has_head=True, entries=_entries
)
