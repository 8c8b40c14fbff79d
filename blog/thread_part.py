"""Which part of its thread a post's address asks for: a page, an order, a branch, and what is new marked.

The blog serves and keeps the page, the conversation fills it, so both read the address here. What is no
address of ours is not found, rather than answered with something else under its name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.http import Http404, QueryDict
from django.utils.http import urlencode

from lib.ids import ID

OLDEST, NEWEST, HELPFUL = ORDERS = ("oldest", "newest", "helpful")
# Search engines and people never go further; a made-up number must not build a key or a query.
MAX_PAGE = 10_000
# Seconds since 1970, until the year 2286.
MOMENT = re.compile(r"[0-9]{9,10}")


@dataclass(frozen=True, slots=True)
class ThreadPart:
    """`branch` is the id of a root whose replies are shown by themselves, or empty."""

    page: int = 1
    order: str = OLDEST
    branch: str = ""
    since: datetime | None = None

    @property
    def key(self) -> tuple:
        """What tells two kept pages of one post apart."""
        return (self.page, self.order, self.branch)

    @property
    def query(self) -> str:
        """As it stands in an address, with its question mark; empty for the beginning of a thread."""
        said = {
            "order": self.order if self.order != OLDEST else "",
            "branch": self.branch,
            "page": self.page if self.page > 1 else "",
            "since": int(self.since.timestamp()) if self.since else "",
        }
        words = urlencode({name: value for name, value in said.items() if value})
        return f"?{words}" if words else ""

    @property
    def own_query(self) -> str:
        """The query of the address that search engines shall know for what is shown. The other orders show
        what the first one shows, and so does the beginning of a branch."""
        if self.order != OLDEST or (self.branch and self.page == 1):
            return ""
        return replace(self, since=None).query

    def at(self, page: int) -> ThreadPart:
        return replace(self, page=page)


def read_thread_part(query: QueryDict) -> ThreadPart:
    """Raises Http404 for an order, branch or page that cannot be. A branch has one order only."""
    order, branch = query.get("order", OLDEST), query.get("branch", "")
    known = order in ORDERS and (not branch or ID.fullmatch(branch))
    if not known or ("branch" in query and ("order" in query or not branch)):
        raise Http404("No such part of a thread.")
    return ThreadPart(number_of_page(query), order, branch, read_moment(query.get("since", "")))


def number_of_page(query: QueryDict) -> int:
    """`?page=`, 1 when it is missing. Anything but a number from 1 up is not an address of ours."""
    raw = query.get("page", "1")
    plausible = len(raw) <= len(str(MAX_PAGE)) and raw.isascii() and raw.isdigit()
    if not plausible or not 1 <= int(raw) <= MAX_PAGE:
        raise Http404("No such page.")
    return int(raw)


def read_moment(raw: str) -> datetime | None:
    """`?since=`: a link in a mail that was cut short still leads to the post, and marks nothing."""
    return datetime.fromtimestamp(int(raw), UTC) if MOMENT.fullmatch(raw) else None
