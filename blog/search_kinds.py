"""The kinds of things that search finds. Each part registers its own as the site starts (`AppConfig.ready`).

The search page knows no kind by name: it asks the index for places, and each kind for what to show of its
own. So the parts above the blog can be found without the blog knowing them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from blog.search_index import Entry
from lib.fulltext import Phrase

# For the keys of one page of results: what its template shows of each, without those that nobody may read.
Reader = Callable[[Sequence[str], Sequence[Phrase], datetime], Mapping[str, object]]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`name` stands in entries and in the page's address, `plural` on the page."""

    name: str
    plural: str
    # The part of the results page that shows one, as `hit`.
    template: str
    read: Reader
    # Whether it has a title, a deck or topics by which it could be found.
    has_head: bool
    # Everything of this kind that anybody can or will be able to find, for building the index anew.
    entries: Callable[[], Iterable[Entry]]


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _KINDS[kind.name] = kind


def kinds() -> list[Kind]:
    """In the order they were registered, which is the order on the page."""
    return list(_KINDS.values())


def all_entries() -> Iterable[Entry]:
    for kind in kinds():
        yield from kind.entries()
