"""Which comments a moderator asks for: a queue, and perhaps a post, a reason, words, what is like a comment.

The same sieve stands in a page's address, behind "all of these" on that page, and in a sweep that runs for
minutes in the background, so all three mean the same comments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from functools import reduce
from operator import or_

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from comments.models import Comment, CommentDomain, Deed, MainReason, Report
from lib.ids import ID
from lib.text import normalise_line

# Held first: it is where the work is.
QUEUES = (Comment.Status.HELD, Comment.Status.SPAM, Comment.Status.APPROVED, Comment.Status.TRASH)
# Not a status: the comments with open reports. Second, because somebody was hurt enough to say so.
REPORTED = "reported"
TABS = (QUEUES[0], REPORTED, *QUEUES[1:])
# Comments of every status, for "all like this one".
EVERYTHING = "all"

LONGEST_WORDS = 100
# Of digits in the number of a row: as long as the database counts.
LONGEST_NUMBER = 18


class Same(StrEnum):
    """In what other comments are like a given one."""

    TEXT = "text"
    DOMAIN = "domain"
    NETWORK = "network"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """`same` and `of` belong together: those with the same text, domain, network or person as comment `of`.
    `unread` asks for what no moderator has given a verdict on. Empty fields let everything through."""

    queue: str = Comment.Status.HELD.value
    post: str = ""
    reason: str = ""
    words: str = ""
    same: str = ""
    of: str = ""
    unread: str = ""

    @property
    def query(self) -> dict[str, str]:
        """What of it stands in an address behind the queue's."""
        return {name: value for name, value in asdict(self).items() if value and name != "queue"}

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query)

    def wider(self, name: str) -> Sieve:
        """The same without one of its filters."""
        return replace(self, same="", of="") if name == "same" else replace(self, **{name: ""})


def sieve_from(queue: str, query: Mapping[str, str]) -> Sieve:
    """The sieve that an address, or what a sweep has kept, asks for. What is no filter is passed over."""
    asked = {field.name: query.get(field.name, "") for field in fields(Sieve)}
    same, of = asked["same"], asked["of"]
    is_like = same in list(Same) and ID.fullmatch(of)
    return Sieve(
        queue=str(queue),
        post=asked["post"] if is_number(asked["post"]) else "",
        reason=asked["reason"] if asked["reason"] in MainReason.values else "",
        words=normalise_line(asked["words"].replace("\0", ""))[:LONGEST_WORDS],
        same=same if is_like else "",
        of=of if is_like else "",
        unread="yes" if asked["unread"] == "yes" else "",
    )


def example_of(sieve: Sieve) -> Comment | None:
    """The comment that it asks for others like; None where it asks for none, or that one is gone."""
    return Comment.objects.filter(pk=sieve.of).defer("html", "findings").first() if sieve.same else None


def comments_in(sieve: Sieve, *, example: Comment | None = None) -> QuerySet[Comment]:
    """The comments that it lets through, in no order. `example` saves the query for it."""
    found = _in_queue(sieve.queue)
    if sieve.post:
        found = found.filter(post=int(sieve.post))
    if sieve.reason:
        found = found.filter(main_reason=sieve.reason)
    if sieve.same:
        found = found.filter(_alike(sieve.same, example or example_of(sieve)))
    if sieve.unread:
        found = found.exclude(has_verdict())
    return found.filter(says(sieve.words)) if sieve.words else found


def has_verdict() -> Exists:
    """Whether a moderator has said what the comment is, with its words as they are now."""
    on_these_words = Q(comment__edited_at=None) | Q(at__gte=F("comment__edited_at"))
    return Exists(Deed.objects.verdicts().filter(on_these_words, comment=OuterRef("pk")))


def says(words: str, *, places: Sequence[str] = ("text", "name", "website")) -> Q:
    """Whether the words stand in one of these places. SQLite knows capitals of English letters only, so
    the usual ways to write the words are all asked for."""
    ways = {words}
    if not words.isascii():
        ways |= {words.lower(), words.upper(), words.capitalize(), words.title()}
    return reduce(or_, (Q(**{f"{place}__icontains": way}) for way in sorted(ways) for place in places))


def _in_queue(queue: str) -> QuerySet[Comment]:
    if queue == REPORTED:
        return Comment.objects.filter(pk__in=Report.objects.open().values("comment"))
    if queue == EVERYTHING:
        return Comment.objects.exclude(status__in=Comment.GONE)
    return Comment.objects.filter(status=queue)


def _alike(same: str, example: Comment | None) -> Q:
    """Nothing is like a comment that is gone, or of which nothing is known to compare by."""
    nothing = Q(pk__in=[])
    if example is None:
        return nothing
    if same == Same.TEXT:
        return Q(fingerprint=example.fingerprint) if example.fingerprint else nothing
    if same == Same.DOMAIN:
        domains = example.domains.values("domain")
        return Q(pk__in=CommentDomain.objects.filter(domain__in=domains).values("comment"))
    network = Q(network=example.network) if example.network else nothing
    address = Q(email=example.email) if example.email and same == Same.PERSON else nothing
    return network | address


def is_number(text: str) -> bool:
    """Whether the text is the number that a row may have, in the largest column there is."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
