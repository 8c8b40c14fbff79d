"""What a queue's page is asked for by its address: order, filters, beginning; and each filter in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from blog.models import Post
from comments.models import MainReason
from comments.moderation.queues import FIRST_ORDER, ORDERS, QueuePage, summary_of
from comments.moderation.sieve import Same, Sieve, sieve_from

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


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a queue's page asks for, and the addresses of the pages beside it."""

    sieve: Sieve
    order: str
    after: str

    @property
    def is_plain(self) -> bool:
        """Whether it is the beginning of the whole queue."""
        return not self.sieve.is_narrowed and not self.after

    @property
    def kept(self) -> str:
        """What every page of it has in its address."""
        return urlencode(_query(self.sieve, self.order))

    def address(self, *, after: str = "") -> str:
        return _address(self.sieve, self.order, after=after)

    @property
    def beginning(self) -> str:
        return self.address() if self.after else ""


def asked_in(queue: str, query: Mapping[str, str]) -> Asked:
    """What makes no sense is passed over."""
    order = query.get("order", "")
    return Asked(sieve_from(queue, query), order if order in ORDERS else FIRST_ORDER, query.get("after", ""))


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


def _query(sieve: Sieve, order: str) -> dict[str, str]:
    return sieve.query | ({"order": order} if order != FIRST_ORDER else {})


def _address(sieve: Sieve, order: str, *, after: str = "") -> str:
    query = _query(sieve, order) | ({"after": after} if after else {})
    page = reverse("desk:queue", args=[sieve.queue])
    return f"{page}?{urlencode(query)}" if query else page


def _title_of(post_id: str, page: QueuePage) -> str:
    if page.rows:
        return page.rows[0].comment.post.title
    post = Post.objects.filter(pk=int(post_id)).only("title").first()
    return post.title if post else "a post that is gone"


def _example(page: QueuePage) -> str:
    return summary_of(page.example) if page.example else "a comment that is gone"
