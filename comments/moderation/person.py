"""Who wrote a comment, as far as the desk may know: what else came from the same person or network."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from comments.models import Comment
from comments.moderation.queues import age_of, in_words, summary_of
from comments.moderation.sieve import EVERYTHING, QUEUES, Same, Sieve, comments_in
from comments.traces import domains_of

MOST_OTHERS = 5
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class Other:
    """Another comment by the same person: a line that leads to it."""

    comment: Comment
    summary: str
    age: str


@dataclass(frozen=True, slots=True)
class Alike:
    """A way in which other comments are like this one, how many there are, and the sieve that lists them."""

    words: str
    count: str
    sieve: Sieve


@dataclass(frozen=True, slots=True)
class Person:
    """`counts` are pairs of a status and a number, of the latest MOST_COUNTED of what else came from the same
    network or address."""

    is_known: bool
    counts: list[tuple[str, int]]
    others: list[Other]


def person_of(comment: Comment, *, now: datetime) -> Person:
    """Two queries, none where neither a network nor an address is known."""
    if not comment.network and not comment.email:
        return Person(is_known=False, counts=[], others=[])
    same = Sieve(queue=EVERYTHING, same=Same.PERSON, of=comment.pk)
    others = comments_in(same, example=comment).exclude(pk=comment.pk)
    counts = Counter(others.order_by("-pk").values_list("status", flat=True)[:MOST_COUNTED])
    newest = others.order_by("-pk").only("name", "text", "status", "created_at")[:MOST_OTHERS]
    return Person(
        is_known=True,
        counts=[(status.label, counts[status]) for status in QUEUES if counts[status]],
        others=[Other(row, summary_of(row), age_of(row.created_at, now=now)) for row in newest],
    )


def alike(comment: Comment) -> list[Alike]:
    """The ways in which other comments are like this one."""
    domains = domains_of(comment)
    wanted = [
        (Same.TEXT, "the same text", bool(comment.fingerprint)),
        (Same.DOMAIN, f"a link to {', '.join(domains)}", bool(domains)),
        (Same.NETWORK, "the same network", bool(comment.network)),
        (Same.PERSON, "the same person: network or mail address", bool(comment.network and comment.email)),
    ]
    return [found for same, words, is_known in wanted if is_known and (found := _alike(comment, same, words))]


def _alike(comment: Comment, same: Same, words: str) -> Alike | None:
    sieve = Sieve(queue=EVERYTHING, same=same, of=comment.pk)
    count = comments_in(sieve, example=comment).filter(~Q(pk=comment.pk)).order_by()[:MOST_COUNTED].count()
    return Alike(words, in_words(count, most=MOST_COUNTED), sieve) if count else None
