"""The filters that a queue's page has on, each in words and with the address of the same page without it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from blog.models import Post
from comments.models import MainReason
from comments.moderation.queues import FIRST_ORDER, QueuePage, summary_of
from comments.moderation.sieve import Same, Sieve

_LIKE = {
    Same.TEXT: "Same text as",
    Same.DOMAIN: "Links to the same site as",
    Same.NETWORK: "From the same network as",
    Same.PERSON: "By the same person as",
}


@dataclass(frozen=True, slots=True)
class Filter:
    words: str
    without: str


def filters_of(sieve: Sieve, *, order: str, page: QueuePage) -> list[Filter]:
    """In the order in which they stand in the address. The search for words has its own field."""
    said = {
        "post": sieve.post and f"Under “{_title_of(sieve.post, page)}”",
        "reason": sieve.reason and f"Reason: {MainReason(sieve.reason).label}",
        "words": sieve.words and f"With “{sieve.words}”",
        "same": sieve.same and f"{_LIKE[Same(sieve.same)]} “{_example(page)}”",
        "unread": sieve.unread and "Without a moderator’s verdict",
    }
    return [Filter(words, _address(sieve.wider(name), order)) for name, words in said.items() if words]


def _address(sieve: Sieve, order: str) -> str:
    query = sieve.query | ({"order": order} if order != FIRST_ORDER else {})
    page = reverse("desk:queue", args=[sieve.queue])
    return f"{page}?{urlencode(query)}" if query else page


def _title_of(post_id: str, page: QueuePage) -> str:
    if page.rows:
        return page.rows[0].comment.post.title
    post = Post.objects.filter(pk=int(post_id)).only("title").first()
    return post.title if post else "a post that is gone"


def _example(page: QueuePage) -> str:
    return summary_of(page.example) if page.example else "a comment that is gone"
