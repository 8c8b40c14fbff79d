"""How the desk shows entries of the blocklist: each by a name that gives nobody's address away.

A network is a keyed hash, which says nothing to people, so it has no name of its own. A mail address is for
those who may see addresses; others see enough of it to know it again when they have it before them.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.core.paginator import Page, Paginator
from django.db.models import Case, QuerySet, When

from blog.people import writer_name
from comments.models import BlockedTerm, Comment
from comments.moderation.queues import age_of

Kind = BlockedTerm.Kind

PER_PAGE = 50

WITHDRAWN = "somebody who withdrew it"
DELETED = "somebody whose words were deleted"


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


def page_of_entries(*, number: str | None, can_see_email: bool, now: datetime) -> Page:
    """A page of what is on the list: what is in force first, then the newest. Two queries."""
    is_over = Case(When(expires_at__lte=now, then=True), default=False)
    listed = BlockedTerm.objects.listed().order_by(is_over, "-created_at", "-pk")
    page = Paginator(_with_people(listed), PER_PAGE).get_page(number)
    page.object_list = [
        Entry(
            term=term,
            name=name_of(term, can_see_email=can_see_email),
            by=writer_name(term.by) if term.by else "",
            writer=_writer_of(term.source) if term.source else "",
            is_expired=term.is_expired(now),
            last_hit=age_of(term.last_hit_at, now=now) if term.last_hit_at else "",
        )
        for term in page.object_list
    ]
    return page


def name_of(term: BlockedTerm, *, can_see_email: bool) -> str:
    if _is_nameless(term):
        return f"A {term.get_kind_display().lower()}"
    is_hidden = term.kind == Kind.ADDRESS and not can_see_email
    return _masked(term.value) if is_hidden else term.value


def quoted(term: BlockedTerm, *, can_see_email: bool) -> str:
    """The entry within a sentence."""
    if _is_nameless(term):
        return f"a {term.get_kind_display().lower()}"
    return f"“{name_of(term, can_see_email=can_see_email)}”"


def removal_of(term: BlockedTerm, *, seen_by: AbstractUser, can_see_email: bool) -> str:
    """What has become of an entry that was to be taken off, as a sentence; "" when it is on the list."""
    if term.removed_at is None:
        return ""
    name = quoted(term, can_see_email=can_see_email)
    if term.removed_by == seen_by:
        return f"Lifted the ban of {name}" if term.is_ban else f"Took {name} off the blocklist"
    by = f", by {writer_name(term.removed_by)}" if term.removed_by else ""
    if term.is_ban:
        return f"The ban of {name} was lifted already{by}"
    return f"{name[:1].upper()}{name[1:]} was taken off the blocklist already{by}"


def bans_from(comment: Comment, *, now: datetime) -> str:
    """Who is banned because of a comment, and by what, as a sentence; "" when nobody is."""
    kinds = set(comment.bans.in_force(now).values_list("kind", flat=True))
    by = [
        words for kind, words in ((Kind.NETWORK, "network"), (Kind.ADDRESS, "mail address")) if kind in kinds
    ]
    return f"Banned {_writer_of(comment)}, by {' and '.join(by)}" if by else ""


def _with_people(terms: QuerySet[BlockedTerm]) -> QuerySet[BlockedTerm]:
    terms = terms.select_related("by", "source")
    return terms.defer("source__text", "source__html", "source__findings")


def _writer_of(comment: Comment) -> str:
    return comment.name or (DELETED if comment.status == Comment.Status.DELETED else WITHDRAWN)


def _is_nameless(term: BlockedTerm) -> bool:
    """Whether it is a network, or an address that is forgotten."""
    return term.kind == Kind.NETWORK or term.value == ""


def _masked(address: str) -> str:
    """ "n•••@mail.example"; what is all of a domain's addresses stays as it is."""
    name, _, host = address.rpartition("@")
    return f"{name[:1]}•••@{host}" if name else address
