"""Search over posts and whatever other kinds of things are registered: what fits a query, in which order.

Topics that are called so come first. Then everything by tiers (`blog.search_query`): the words in the title,
in the deck, side by side, anywhere; within a tier the newest first. If nothing fits, the last word may be
the beginning of one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from blog.models import Topic
from blog.search_index import Place, newest_of
from blog.search_kinds import Kind, kinds
from blog.search_query import Query, Term, is_called, tiers_of, with_prefix, with_synonyms
from lib.fulltext import All, Phrase, marked

# Of each kind; nobody reads further, and a word that stands everywhere must not be read everywhere.
MAX_HITS = 200


@dataclass(frozen=True)
class Found:
    """Topics that are called so, where each kind's hits are, and the phrases they were found by."""

    topics: list[Topic] = field(default_factory=list)
    places: dict[str, list[Place]] = field(default_factory=dict)
    phrases: tuple[Phrase, ...] = ()
    # The kinds of which there is more than is shown.
    cut: frozenset[str] = frozenset()

    def of(self, kind: Kind | None) -> list[Place]:
        """The places of one kind, or of all, the best first."""
        if kind:
            return self.places.get(kind.name, [])
        return sorted((place for places in self.places.values() for place in places), key=_order)


@dataclass(frozen=True)
class Hit:
    """One result, and the part of the page that shows it."""

    template: str
    shown: object


def find(query: Query, now: datetime) -> Found:
    if not query.terms:
        return Found()
    topics = list(Topic.objects.only("name", "slug", "aliases", "is_injury", "summary"))
    called_so = [topic for topic in topics if is_called(topic, query.terms)]
    terms = with_synonyms(query.terms, topics)
    places = _places(terms, topics, now)
    if not any(places.values()) and (longer := with_prefix(terms)):
        terms, places = longer, _places(longer, topics, now)
    return Found(
        called_so,
        {name: some[:MAX_HITS] for name, some in places.items()},
        _phrases(terms),
        frozenset(name for name, some in places.items() if len(some) > MAX_HITS),
    )


def _places(terms: Sequence[Term], topics: list[Topic], now: datetime) -> dict[str, list[Place]]:
    """Of each kind the best places, one more than are shown; each thing once, where it fits best."""
    tiers = tiers_of(terms, topics)
    asked = [
        (number, All((marked(kind.name), tier.wanted)))
        for number, tier in enumerate(tiers)
        for kind in kinds()
        if kind.has_head or not tier.needs_head
    ]
    found = newest_of(asked, now=now, limit=MAX_HITS + 1)
    best: dict[tuple[str, str], Place] = {}
    for place in sorted(found, key=_order):
        best.setdefault((place.kind, place.key), place)
    places: dict[str, list[Place]] = {kind.name: [] for kind in kinds()}
    for place in best.values():
        places[place.kind].append(place)
    return {name: some[: MAX_HITS + 1] for name, some in places.items()}


def _order(place: Place) -> tuple[int, int]:
    return place.tier, -place.number


def _phrases(terms: Sequence[Term]) -> tuple[Phrase, ...]:
    """What a snippet marks: each way to say a term, and the words of a name that may stand apart."""
    needed = [term for term in terms if not term.is_small] or terms
    said = [phrase for term in needed for phrase in term.phrases]
    apart = [Phrase((word,)) for term in needed if term.others for word in term.words]
    return tuple(dict.fromkeys([*said, *(one for one in apart if not Term("", one.words).is_small)]))


def hits_of(places: Sequence[Place], phrases: Sequence[Phrase], now: datetime) -> list[Hit]:
    """What stands on one page of results. Each kind reads its own, once, and only what is public."""
    shown = {}
    for kind in kinds():
        keys = [place.key for place in places if place.kind == kind.name]
        if keys:
            read = kind.read(keys, phrases, now)
            shown |= {(kind.name, key): Hit(kind.template, each) for key, each in read.items()}
    at = [(place.kind, place.key) for place in places]
    return [shown[each] for each in at if each in shown]
