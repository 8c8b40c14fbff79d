"""How the desk shows entries of the blocklist: each by a name that gives nobody's address away.

A network is a keyed hash, which says nothing to people, so it has no name of its own. A mail address is for
those who may see addresses; others see enough of it to know it again when they have it before them.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from blog.people import writer_name
from comments.models import BlockedTerm, Comment
from comments.moderation.queues import age_of

Kind = BlockedTerm.Kind

WITHDRAWN = "somebody who withdrew it"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list. `by` is who added it, empty when the account is gone; `writer` is, of a ban, who
    wrote the comment that it was made from."""

    term: BlockedTerm
    name: str
    by: str
    writer: str
    is_expired: bool
    last_hit: str  # the age of its last hit, such as "3 days"; empty when there was none


def entries_listed(*, can_see_email: bool, now: datetime) -> list[Entry]:
    """Everything on the list, newest first, in one query."""
    return [
        Entry(
            term=term,
            name=name_of(term, can_see_email=can_see_email),
            by=writer_name(term.by) if term.by else "",
            writer=_writer_of(term.source) if term.source else "",
            is_expired=term.is_expired(now),
            last_hit=age_of(term.last_hit_at, now=now) if term.last_hit_at else "",
        )
        for term in _with_people(BlockedTerm.objects.listed())
    ]


def name_of(term: BlockedTerm, *, can_see_email: bool) -> str:
    if term.kind == Kind.NETWORK:
        return "A network"
    is_hidden = term.kind == Kind.ADDRESS and not can_see_email
    return _masked(term.value) if is_hidden else term.value


def quoted(term: BlockedTerm, *, can_see_email: bool) -> str:
    """The entry within a sentence."""
    return "a network" if term.kind == Kind.NETWORK else f"“{name_of(term, can_see_email=can_see_email)}”"


def bans_from(comment: Comment) -> str:
    """Who is banned because of a comment, and by what, as a sentence; "" when nobody is."""
    kinds = set(comment.bans.listed().values_list("kind", flat=True))
    by = [
        words for kind, words in ((Kind.NETWORK, "network"), (Kind.ADDRESS, "mail address")) if kind in kinds
    ]
    return f"Banned {_writer_of(comment)}, by {' and '.join(by)}" if by else ""


def _with_people(terms: QuerySet[BlockedTerm]) -> QuerySet[BlockedTerm]:
    terms = terms.select_related("by", "source")
    return terms.defer("source__text", "source__html", "source__findings")


def _writer_of(comment: Comment) -> str:
    return comment.name or WITHDRAWN


def _masked(address: str) -> str:
    """ "n•••@mail.example"; what is all of a domain's addresses stays as it is."""
    name, _, host = address.rpartition("@")
    return f"{name[:1]}•••@{host}" if name else address
